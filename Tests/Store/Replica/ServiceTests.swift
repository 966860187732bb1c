import MVCC
import RaftCore
import Replica
import Testing

/// Three consensus halves; a disk may be held up, a member may be told to retire.
private struct Trio {
  var halves: [MemberID: ReplicaConsensus] = [:]
  /// Whose disk finishes nothing.
  var stalled: Set<MemberID> = []
  var owed: [MemberID: WriteToken] = [:]
  var conditions: [MemberID: [DiskCondition]] = [:]
  var sentBy: [MemberID: Int] = [:]
  var isCut: Set<MemberID> = []
  private var messages: [RaftMessage] = []

  init() throws {
    for id in [1, 2, 3] as [MemberID] {
      var configuration = ReplicaConfiguration(member: id, seed: 10 + id)
      configuration.raft.electionTicks = 20
      configuration.stalledDiskTicks = 10
      let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1, 2, 3]))
      halves[id] = try ReplicaConsensus(configuration: configuration, recovered: RecoveredLog(base: base))
    }
    settle()
    while leader == nil { tick(1) }
    tick(5)
  }

  var leader: MemberID? { halves.first { $0.value.leadership.role == .leader && !isCut.contains($0.key) }?.key }

  mutating func step(_ id: MemberID, _ input: ReplicaInput) {
    halves[id]!.step(input)
    settle()
  }

  mutating func tick(_ count: Int) {
    for _ in 0..<count {
      for id in halves.keys.sorted() { step(id, .tick) }
    }
  }

  mutating func recover(_ id: MemberID) {
    stalled.remove(id)
    if let token = owed.removeValue(forKey: id) { step(id, .persisted(token)) }
  }

  private mutating func settle() {
    var isBusy = true
    while isBusy {
      isBusy = false
      for id in halves.keys.sorted() {
        for effect in halves[id]!.takeEffects() {
          isBusy = true
          switch effect {
          case .write(let write):
            if stalled.contains(id) { owed[id] = write.token } else { halves[id]!.step(.persisted(write.token)) }
          case .send(let message):
            sentBy[id, default: 0] += 1
            messages.append(message)
          case .apply(let entries): if let last = entries.last { halves[id]!.step(.applied(last.index)) }
          case .disk(let condition): conditions[id, default: []].append(condition)
          default: break
          }
        }
      }
      let batch = messages
      messages = []
      for message in batch where !isCut.contains(message.to) && !isCut.contains(message.from) {
        halves[message.to]!.step(.message(message))
        isBusy = true
      }
    }
  }

  static func put(_ sequence: UInt64) -> ReplicaInput {
    .propose(sequence: sequence, .store(.put(PutRequest(key: [1], value: []))), time: 0)
  }
}

@Suite struct ServiceTests {
  @Test func aLeaderWhoseDiskStallsHandsOver() throws {
    var trio = try Trio()
    let old = try #require(trio.leader)
    let term = trio.halves[old]!.leadership.term
    trio.stalled.insert(old)
    for sequence in 1...12 as ClosedRange<UInt64> {
      if sequence == 10 { #expect(trio.leader == old) }
      trio.step(old, Trio.put(sequence))
      trio.tick(1)
    }
    let new = try #require(trio.leader)
    #expect(new != old)
    #expect(trio.halves[new]!.leadership.term == term + 1)
    #expect(trio.conditions[old] == [.stalled, .handingOver])
    // The cluster goes on, and the stalled one does not campaign, not even when nobody is heard from.
    trio.step(new, Trio.put(1))
    trio.tick(100)
    #expect(trio.leader == new && trio.halves[new]!.leadership.term == term + 1)
    trio.isCut = [old]
    trio.tick(100)
    #expect(trio.halves[old]!.leadership.role == .follower)
    trio.isCut = []
    trio.recover(old)
    trio.tick(5)
    #expect(trio.conditions[old] == [.stalled, .handingOver, .recovered])
    #expect(trio.leader == new)
    #expect(trio.halves[old]!.status.stable == trio.halves[new]!.status.stable)
  }

  /// Nobody could do better: the leader goes on, and says that its disk has stalled.
  @Test func aLeaderWithoutASuccessorStays() throws {
    var trio = try Trio()
    let old = try #require(trio.leader)
    trio.stalled = [1, 2, 3]
    trio.step(old, Trio.put(1))
    trio.tick(60)
    #expect(trio.leader == old)
    #expect(trio.conditions[old] == [.stalled])
    for id in [1, 2, 3] as [MemberID] { trio.recover(id) }
    trio.tick(2)
    #expect(trio.conditions[old] == [.stalled, .recovered])
    #expect(trio.leader == old)
  }

  /// All stalled together, and its own comes back a moment later than the others'.
  @Test func disksThatComeBackTogetherChangeNothing() throws {
    var trio = try Trio()
    let old = try #require(trio.leader)
    // The others had finished the write before that, which it had not.
    trio.stalled = [old]
    trio.step(old, Trio.put(1))
    trio.stalled = [1, 2, 3]
    trio.step(old, Trio.put(2))
    trio.tick(15)
    for id in [1, 2, 3] as [MemberID] where id != old { trio.recover(id) }
    trio.step(old, Trio.put(3))
    trio.tick(2)
    trio.recover(old)
    trio.tick(20)
    #expect(trio.leader == old)
    #expect(trio.conditions[old] == [.stalled, .recovered])
  }

  /// Little is written, but its disk does not come back.
  @Test func aLeaderWithLittleToDoHandsOverLater() throws {
    var trio = try Trio()
    let old = try #require(trio.leader)
    trio.stalled.insert(old)
    trio.step(old, Trio.put(1))
    trio.tick(20)
    trio.step(old, Trio.put(2))
    trio.tick(15)
    #expect(trio.leader == old)
    trio.tick(10)
    #expect(trio.leader != old && trio.leader != nil)
  }

  @Test func slowButWorkingIsNotStalled() throws {
    var trio = try Trio()
    let old = try #require(trio.leader)
    for round in 1...20 as ClosedRange<UInt64> {
      trio.stalled.insert(old)
      trio.step(old, Trio.put(round))
      trio.tick(8)
      trio.recover(old)
    }
    #expect(trio.leader == old && trio.conditions[old] == nil)
  }

  @Test func oneThatRetiresHandsOverAndFallsSilent() throws {
    var trio = try Trio()
    let old = try #require(trio.leader)
    trio.step(old, .retire)
    trio.tick(2)
    let new = try #require(trio.leader)
    #expect(new != old)
    let sent = trio.sentBy[old]
    trio.step(new, Trio.put(1))
    trio.tick(200)
    #expect(trio.sentBy[old] == sent, "a retired replica acknowledges nothing")
    #expect(trio.leader == new)
    #expect(trio.halves[old]!.leadership.role == .follower)
  }

  /// With nobody to have it, the leadership is given up all the same.
  @Test func oneThatRetiresAloneFallsSilentInTime() throws {
    var trio = try Trio()
    let old = try #require(trio.leader)
    trio.isCut = Set([1, 2, 3]).subtracting([old])
    trio.step(old, .retire)
    trio.tick(21)
    let sent = trio.sentBy[old]
    trio.tick(50)
    #expect(trio.sentBy[old] == sent)
  }
}
