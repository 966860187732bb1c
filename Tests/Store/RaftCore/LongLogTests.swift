import ByteCoding
import RaftCore
import Testing

/// A log of many entries, of which the ends come and go, against a plain list.
@Suite struct LongLogTests {
  @Test func entriesComeAndGoAtBothEnds() throws {
    var random = SeededGenerator(seed: 3)
    let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1, 2, 3]))
    var raft = try Raft(configuration: RaftConfiguration(member: 1, seed: 1), recovered: RecoveredLog(base: base))
    _ = raft.takeReady()
    var model: [Entry] = []
    var (first, term, commit) = (UInt64(1), UInt64(1), UInt64(0))
    var written = 0
    for round in 0..<400 {
      // A leader's append, at the end or in the place of what is not committed.
      let replaces = round % 5 == 4
      if replaces { term += 1 }
      let last = first - 1 + UInt64(model.count)
      let start = replaces ? UInt64.random(in: commit...last, using: &random) : last
      let entries = (0..<UInt64.random(in: 0..<700, using: &random)).map { offset in
        Entry(term: term, index: start + 1 + offset, payload: [UInt8(truncatingIfNeeded: offset), UInt8(term & 255)])
      }
      if replaces, entries.isEmpty { continue }
      let previous = start < first ? (raft.term(at: start) ?? 0) : model[Int(start - first)].term
      commit = UInt64.random(in: commit...(start + UInt64(entries.count)), using: &random)
      model.removeLast(Int(last - start))
      model += entries
      let append = Append(previousIndex: start, previousTerm: previous, commit: commit, entries: entries)
      raft.receive(RaftMessage(from: 2, to: 1, term: term, body: .append(append)))
      while true {
        let ready = raft.takeReady()
        if ready.isEmpty { break }
        written += ready.write?.entries.count ?? 0
        if let write = ready.write { raft.persisted(write.token) }
      }
      #expect(raft.lastIndex == start + UInt64(entries.count))
      if round % 3 == 0, commit >= first {
        let cut = UInt64.random(in: first...commit, using: &random)
        raft.compact(through: cut)
        model.removeFirst(Int(cut + 1 - first))
        first = cut + 1
      }
      let found = raft.origin { UInt64($0.isEmpty ? 0 : Int($0[0]) << 8 | Int($0[1])) }
      #expect(found.base.index == first - 1)
      #expect(found.entries.map(\.term) == model.map(\.term))
      #expect(found.entries.map(\.digest) == model.map { UInt64(Int($0.payload[0]) << 8 | Int($0.payload[1])) })
    }
    #expect(written > 50_000)
  }
}
