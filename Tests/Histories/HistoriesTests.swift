import Histories
import Testing

private typealias Model = KeyValueModel<String>
private typealias Answered = Operation<Model.Input, Model.Output>

/// `input` asked for at `from`, answered at `to` (nil: nobody knows).
private func did(_ input: Model.Input, _ from: Int, _ to: Int?, _ output: Model.Output? = nil) -> Answered {
  Answered(
    client: 0, input: input, invoked: from,
    outcome: to.flatMap { time in output.map { Answered.Outcome(time: time, output: $0) } })
}

private func found(_ value: String, _ modRevision: Int64, lease: Int64 = 0, at revision: Int64? = nil) -> Model.Output {
  .found(Model.Found(value: value, modRevision: modRevision, lease: lease), revision: revision ?? modRevision)
}

private func isGood(_ operations: [Answered]) -> Bool? {
  switch LinearizabilityChecker(Model()).check(operations) {
  case .linearizable: true
  case .notLinearizable: false
  case .undecided: nil
  }
}

@Suite struct KnownHistories {
  @Test func oneAfterTheOther() {
    #expect(
      isGood([
        did(.put("a"), 0, 1, .changed(revision: 2)), did(.get, 2, 3, found("a", 2)),
        did(.delete, 4, 5, .changed(revision: 3)), did(.get, 6, 7, .found(nil, revision: 3)),
        did(.delete, 8, 9, .unchanged(revision: 3)),
      ]) == true)
  }

  @Test func nothingAtAll() { #expect(isGood([]) == true) }

  @Test func aStaleRead() {
    #expect(
      isGood([
        did(.put("a"), 0, 1, .changed(revision: 2)), did(.put("b"), 2, 3, .changed(revision: 3)),
        did(.get, 4, 5, found("a", 2, at: 3)),
      ]) == false)
  }

  @Test func readsDuringAWriteMayGoEitherWayButNotBack() {
    let first = did(.put("a"), 0, 1, .changed(revision: 2))
    let write = did(.put("b"), 10, 20, .changed(revision: 3))
    let old = found("a", 2)
    #expect(isGood([first, write, did(.get, 11, 12, old), did(.get, 13, 14, found("b", 3))]) == true)
    #expect(isGood([first, write, did(.get, 11, 12, found("b", 3)), did(.get, 13, 14, old)]) == false)
    #expect(isGood([first, write, did(.get, 11, 15, found("b", 3)), did(.get, 13, 14, old)]) == true)
  }

  @Test func anAcknowledgedWriteIsLost() {
    #expect(
      isGood([did(.put("a"), 0, 1, .changed(revision: 2)), did(.get, 2, 3, .found(nil, revision: 2))]) == false)
  }

  @Test func anUnknownWriteMayComeLateOrNever() {
    let write = did(.put("a"), 0, nil)
    let nothing = Model.Output.found(nil, revision: 1)
    #expect(isGood([write, did(.get, 10, 11, nothing)]) == true)
    #expect(isGood([write, did(.get, 10, 11, nothing), did(.get, 20, 21, found("a", 5))]) == true)
    // But once seen, it does not go by itself…
    #expect(isGood([write, did(.get, 10, 11, found("a", 5)), did(.get, 20, 21, .found(nil, revision: 5))]) == false)
    // …and it does not come twice.
    #expect(
      isGood([
        write, did(.get, 10, 11, found("a", 5)), did(.put("b"), 20, 21, .changed(revision: 6)),
        did(.get, 30, 31, found("a", 7)),
      ]) == false)
    // Nor before it was asked for.
    #expect(isGood([did(.get, 0, 1, found("a", 5)), did(.put("a"), 2, nil)]) == false)
  }

  @Test func aSwapOnWhatWasSeen() {
    let first = did(.put("a"), 0, 1, .changed(revision: 2))
    #expect(isGood([first, did(.swap(expected: 2, "b"), 2, 3, .changed(revision: 3))]) == true)
    #expect(isGood([first, did(.swap(expected: 0, "b"), 2, 3, .changed(revision: 3))]) == false)
    // Two swaps on one revision cannot both succeed.
    #expect(
      isGood([
        first, did(.swap(expected: 2, "b"), 2, 10, .changed(revision: 3)),
        did(.swap(expected: 2, "c"), 3, 9, .changed(revision: 4)),
      ]) == false)
    let seen = Model.Found(value: "a", modRevision: 2)
    #expect(isGood([first, did(.swap(expected: 1, "b"), 2, 3, .notSwapped(seen, revision: 2))]) == true)
    #expect(isGood([first, did(.swap(expected: 2, "b"), 2, 3, .notSwapped(seen, revision: 2))]) == false)
  }

  @Test func aSwapOfUnknownOutcomeOnAWriteOfUnknownRevision() {
    #expect(
      isGood([
        did(.put("a"), 0, nil), did(.swap(expected: 4, "b"), 0, nil), did(.get, 10, 11, found("b", 7)),
      ]) == true)
    #expect(
      isGood([
        did(.put("a"), 0, nil), did(.get, 2, 3, found("a", 5)), did(.swap(expected: 4, "b"), 4, nil),
        did(.get, 10, 11, found("b", 7)),
      ]) == false)
  }

  @Test func revisionsGrow() {
    #expect(
      isGood([did(.put("a"), 0, 1, .changed(revision: 5)), did(.put("b"), 2, 3, .changed(revision: 4))]) == false)
    #expect(isGood([did(.put("a"), 0, 1, .changed(revision: 5)), did(.get, 2, 3, found("a", 5, at: 4))]) == false)
  }

  @Test func aLeaseTakesItsKeysAlong() {
    let write = did(.put("a", lease: 7), 0, 1, .changed(revision: 2))
    let gone = did(.get, 4, 5, .found(nil, revision: 3))
    #expect(isGood([write, gone]) == false)
    #expect(isGood([write, gone, did(.expire(lease: 7), 0, nil)]) == true)
    #expect(isGood([write, gone, did(.expire(lease: 8), 0, nil)]) == false)
    // Not what has been put on another lease meanwhile.
    #expect(
      isGood([
        write, did(.put("b"), 2, 3, .changed(revision: 3)), did(.get, 4, 5, .found(nil, revision: 4)),
        did(.expire(lease: 7), 3, nil),
      ]) == false)
  }

  @Test func aKnownViolationIsExplained() {
    let verdict = LinearizabilityChecker(Model()).check([
      did(.put("a"), 0, 1, .changed(revision: 2)), did(.get, 2, 3, .found(nil, revision: 2)),
    ])
    guard case .notLinearizable(let evidence) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect(evidence.explained == 1 && evidence.stuck.input == .get)
  }

  @Test func aHopelessSearchEnds() {
    // Forty writes whose order nobody knows, and an answer that none of them explains.
    var operations = (0..<40).map { did(.put("\($0)"), 0, nil) }
    operations += (0..<20).map { did(.put("known \($0)"), 1, 1000, .changed(revision: Int64(100 + $0))) }
    operations.append(did(.get, 2000, 2001, found("nobody's", 200)))
    let verdict = LinearizabilityChecker(Model(), budget: 20_000).check(operations)
    guard case .undecided = verdict else {
      Issue.record("\(verdict)")
      return
    }
  }
}

@Suite struct RandomHistories {
  /// Histories that were played on one key are linearisable, also long ones with many clients.
  @Test func whatWasPlayedIsLinearizable() {
    for seed in 0..<200 {
      var generator = HistoryGenerator(dice: Dice(state: UInt64(seed)), clients: 2 + seed % 6)
      let operations = generator.make(150)
      guard case .linearizable = LinearizabilityChecker(KeyValueModel<Int>()).check(operations) else {
        Issue.record("seed \(seed)")
        continue
      }
    }
  }

  /// Of small ones, also spoilt ones, brute force says the same.
  @Test func bruteForceAgrees() {
    var verdicts = (good: 0, bad: 0)
    for seed in 0..<6000 {
      var generator = HistoryGenerator(dice: Dice(state: UInt64(seed) &* 7919), clients: 2 + seed % 3, unknown: 30)
      var operations = generator.make(7)
      for _ in 0..<(seed % 3) { operations = generator.spoil(operations) }
      let expected = isLinearizable(KeyValueModel<Int>(), operations)
      switch LinearizabilityChecker(KeyValueModel<Int>()).check(operations) {
      case .linearizable:
        verdicts.good += 1
        #expect(expected, "seed \(seed)")
      case .notLinearizable:
        verdicts.bad += 1
        #expect(!expected, "seed \(seed)")
      case .undecided: Issue.record("seed \(seed) is undecided")
      }
    }
    #expect(verdicts.good > 1500 && verdicts.bad > 1000)
  }

  /// A long history with one answer changed is found out within the budget.
  @Test func aSpoiltLongHistoryIsFoundOut() {
    var (bad, undecided) = (0, 0)
    for seed in 0..<200 {
      var generator = HistoryGenerator(dice: Dice(state: UInt64(seed) &+ 4711), clients: 4, unknown: 5)
      let spoilt = generator.spoil(generator.make(120))
      switch LinearizabilityChecker(KeyValueModel<Int>(), budget: 200_000).check(spoilt) {
      case .linearizable: break
      case .notLinearizable: bad += 1
      case .undecided: undecided += 1
      }
    }
    #expect(bad > 60 && undecided < 10)
  }
}

@Suite struct AcrossKeys {
  private typealias History = KeyValueHistory<String, String>

  @Test func keysAreCheckedApart() {
    var history = History(revision: 1)
    let a = history.invoke(client: 1, .put("1"), on: "a", at: 0)
    let b = history.invoke(client: 2, .put("2"), on: "b", at: 0)
    history.answer(b, .changed(revision: 2), at: 5)
    history.answer(a, .changed(revision: 3), at: 9)
    let read = history.invoke(client: 1, .get, on: "a", at: 10)
    history.answer(read, .found(.init(value: "1", modRevision: 3), revision: 3), at: 11)
    let report = history.check()
    #expect(report.violation == nil && report.keys == 2 && report.operations == 3 && report.unknown == 0)
  }

  @Test func revisionsGoBackBetweenKeys() {
    var history = History()
    let a = history.invoke(client: 1, .put("1"), on: "a", at: 0)
    history.answer(a, .changed(revision: 7), at: 1)
    let b = history.invoke(client: 1, .put("2"), on: "b", at: 2)
    history.answer(b, .changed(revision: 6), at: 3)
    #expect(history.check().violation != nil)
  }

  @Test func twoChangesShareARevision() {
    var history = History()
    for (client, key) in ["a", "b"].enumerated() {
      let put = history.invoke(client: client, .put("1"), on: key, at: 0)
      history.answer(put, .changed(revision: 7), at: 1)
    }
    #expect(history.check().violation != nil)
  }

  @Test func whatWasRefusedHasNoEffect() {
    var history = History()
    let put = history.invoke(client: 1, .put("1"), on: "a", at: 0)
    history.remove(put)
    let read = history.invoke(client: 1, .get, on: "a", at: 2)
    history.answer(read, .found(.init(value: "1", modRevision: 2), revision: 2), at: 3)
    #expect(history.check().violation != nil)
  }

  @Test func aLeaseEndsNoSoonerThanItMay() {
    for (end, isGood) in [(5, true), (15, false)] {
      var history = History()
      let put = history.invoke(client: 1, .put("1", lease: 9), on: "a", at: 0)
      history.answer(put, .changed(revision: 2), at: 1)
      let read = history.invoke(client: 1, .get, on: "a", at: 8)
      history.answer(read, .found(nil, revision: 3), at: 9)
      history.mayEnd(lease: 9, at: end)
      #expect((history.check().violation == nil) == isGood)
    }
  }
}

@Suite struct Watches {
  private typealias Transcript = WatchTranscript<String, String>
  private typealias Event = Transcript.Event

  private let changes: [Int64: [Event]] = [
    2: [Event(revision: 2, key: "a", value: "1")],
    3: [Event(revision: 3, key: "b", value: "2"), Event(revision: 3, key: "c", value: "3")],
    4: [Event(revision: 4, key: "a", value: nil, previous: "1")],
  ]

  /// Tells a watch from `start` on in batches, and says what is wrong.
  private func told(
    from start: Int64 = 2, _ batches: [(events: [Event], next: Int64)], where isWanted: (Event) -> Bool = { _ in true }
  ) -> String? {
    var transcript = Transcript(from: start)
    for batch in batches {
      if let wrong = transcript.receive(batch.events, next: batch.next) { return wrong }
    }
    return transcript.violation(against: { changes[$0] ?? [] }, where: isWanted)
  }

  @Test func allOfItInOrder() {
    #expect(told([(changes[2]!, 3), (changes[3]! + changes[4]!, 5)]) == nil)
    #expect(told(from: 3, [(changes[3]! + changes[4]!, 5)]) == nil)
    #expect(told([(changes[2]! + changes[4]!, 5)], where: { $0.key == "a" }) == nil)
    #expect(told([]) == nil)
  }

  @Test func somethingIsLeftOut() {
    #expect(told([(changes[2]!, 3), (changes[4]!, 5)]) != nil)
    #expect(told([(changes[2]!, 4)]) != nil)
    #expect(told([(changes[2]! + [changes[3]![0]], 4)]) != nil)
  }

  @Test func somethingComesTwice() {
    #expect(told([(changes[2]!, 3), (changes[2]!, 3)]) != nil)
    #expect(told([(changes[2]! + changes[2]!, 3)]) != nil)
  }

  @Test func aRevisionComesInParts() {
    #expect(told([(changes[2]! + [changes[3]![0]], 4), ([changes[3]![1]], 4)]) != nil)
  }

  @Test func somethingNeverHappened() {
    #expect(told([(changes[2]! + [Event(revision: 3, key: "z", value: "9")] + changes[3]!, 4)]) != nil)
    #expect(told([([Event(revision: 2, key: "a", value: "other")], 3)]) != nil)
    #expect(
      told(from: 4, [([Event(revision: 4, key: "a", value: nil, previous: "0")], 5)]) != nil)
  }

  @Test func itIsResumedWhereItWas() { #expect(told([(changes[2]!, 2)]) != nil) }
}
