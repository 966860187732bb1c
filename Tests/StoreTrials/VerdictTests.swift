import Histories
import StoreTrials
import Testing

/// What is wrong is found, each of it; what is right is not.
@Suite struct VerdictTests {
  /// A round with three writes of one key, the last on a lease that ends, and a transaction, all of it right.
  private struct Story {
    var record = TrialRecord(revision: 10)
    var changes: [Change] = [
      Change(revision: 11, key: "k", value: "1.1", version: 1, createRevision: 11),
      Change(revision: 12, key: "k", value: "1.2", version: 2, createRevision: 11, previous: "1.1"),
      Change(revision: 13, key: "k", value: "1.3", version: 3, createRevision: 11, lease: 5, previous: "1.2"),
      Change(revision: 14, key: "k", value: nil, previous: "1.3"),
      Change(revision: 15, key: "m", value: "1.4+", version: 1, createRevision: 15),
      Change(revision: 15, key: "m-pair", value: "1.4+pair", version: 1, createRevision: 15),
    ]
    var finals = [
      FinalKey(key: "m", value: "1.4+", modRevision: 15, createRevision: 15, version: 1, lease: 0),
      FinalKey(key: "m-pair", value: "1.4+pair", modRevision: 15, createRevision: 15, version: 1, lease: 0),
    ]
    private var time = 0

    mutating func does(_ input: TrialRecord.Input, on key: String = "k", _ output: TrialRecord.Output?) {
      time += 10
      let ticket = record.ask(client: 1, input, on: key, at: time)
      if let output { record.answer(ticket, output, at: time + 5) }
    }

    init() {
      record.attempt("1.4+pair", on: "m-pair")
      does(.put("1.1"), .changed(revision: 11))
      does(.put("1.2"), nil)
      does(.get, .found(.init(value: "1.2", modRevision: 12), revision: 12))
      record.kept(lease: 5, seconds: 1, askedAt: 30)
      does(.put("1.3", lease: 5), .changed(revision: 13))
      time = 2_000_000
      does(.get, .found(nil, revision: 14))
      does(.put("1.4+"), on: "m", .changed(revision: 15))
    }

    var verdict: Verdict {
      var log = ChangeLog()
      _ = log.add(changes, of: 11..<16, by: "a watch")
      return Verdict(record, log, from: 10, to: 15, finals: ["store-1": finals])
    }

    func isFound(_ text: String) -> Bool { verdict.violations.contains { $0.contains(text) } }
  }

  @Test func whatIsRightIsFoundRight() {
    #expect(Story().verdict.violations == [])
    #expect(Story().verdict.coveredFrom == 11)
    #expect(Story().verdict.report.operations == 6)
  }

  @Test func aLostWriteIsFound() {
    var story = Story()
    story.changes[0].value = "other"
    #expect(story.isFound("is lost"))
    #expect(story.isFound("which nobody wrote"))
    var late = Story()
    late.does(.put("1.5"), .changed(revision: 16))
    #expect(late.isFound("the store is at 15"))
  }

  @Test func aStaleReadIsFound() {
    var story = Story()
    story.does(.get, on: "m", .found(nil, revision: 14))
    #expect(story.isFound("had been seen, and was answered at revision 14"))
    #expect(story.isFound("not linearisable"))
  }

  @Test func aReadBehindAWatchIsFound() {
    var story = Story()
    story.record.shown(15)
    story.does(.get, .found(nil, revision: 14))
    #expect(story.isFound("when revision 15 had been seen"))
  }

  @Test func aLeaseThatWasCutShortIsFound() {
    var story = Story()
    // It was kept alive later than the key was seen to be gone.
    story.record.kept(lease: 5, seconds: 2, askedAt: 1_000_000)
    #expect(story.isFound("not linearisable"))
    // Unless somebody asked for its end.
    story.record.revokes(lease: 5, at: 100)
    #expect(story.verdict.violations == [])
  }

  @Test func aLeaseThatTakesOtherKeysAlongIsFound() {
    var story = Story()
    story.changes.insert(Change(revision: 14, key: "m", value: nil), at: 4)
    #expect(story.isFound("which nobody asked for"))
    #expect(story.isFound("which is not there"))
  }

  @Test func whatWasRefusedMustNotTakeEffect() {
    var story = Story()
    let ticket = story.record.ask(client: 2, .put("1.2"), on: "k", at: 15)
    story.record.refuse(ticket, "no leader", at: 16)
    #expect(story.isFound("was refused and took effect"))
  }

  @Test func aWriteThatTakesEffectTwiceIsFound() {
    var story = Story()
    story.changes[1].value = "1.1"
    #expect(story.isFound("took effect twice"))
  }

  @Test func halfATransactionIsFound() {
    var story = Story()
    story.changes.removeLast()
    #expect(story.isFound("without the other half"))
    #expect(story.isFound("the keys of store-1"))
  }

  @Test func aRevisionThatChangesNothingIsFound() {
    var story = Story()
    story.changes.remove(at: 1)
    #expect(story.isFound("revision 12 changes nothing"))
  }

  @Test func aReadOfThePastMustHaveBeenSo() {
    var story = Story()
    story.record.sight("k", .init(value: "1.1", modRevision: 11), revision: 11)
    #expect(story.verdict.violations == [])
    story.record.sight("k", .init(value: "1.1", modRevision: 11), revision: 12)
    #expect(story.isFound("a read of k at revision 12"))
  }

  @Test func aReplicaWithOtherKeysIsFound() {
    var story = Story()
    story.finals[0].version = 2
    #expect(story.isFound("the keys of store-1 are not what the changes have made"))
  }

  @Test func watchesThatContradictEachOtherAreFound() {
    let story = Story()
    var log = ChangeLog()
    #expect(log.add(story.changes, of: 11..<16, by: "one") == nil)
    #expect(log.add(Array(story.changes[1...2]), of: 12..<14, by: "two") == nil)
    var other = story.changes
    other[2].value = "1.9"
    #expect(log.add(other, of: 11..<16, by: "three")?.contains("revision 13") == true)
    #expect(log.covered(upTo: 15) == 11)
    var gap = ChangeLog()
    _ = gap.add([], of: 11..<13, by: "one")
    _ = gap.add([], of: 14..<16, by: "two")
    #expect(gap.covered(upTo: 15) == 14)
  }
}
