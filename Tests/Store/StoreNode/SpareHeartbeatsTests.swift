import RaftCore
import StoreNode
import Testing

/// Which followers a leader's heartbeats go to at once, and when the others have theirs.
@Suite struct SpareHeartbeatsTests {
  private let three = Membership(voters: [1, 2, 3])

  private func heartbeat(_ round: UInt64, to member: MemberID) -> RaftMessage {
    RaftMessage(from: 1, to: member, term: 3, body: .heartbeat(Heartbeat(commit: 1, round: round)))
  }

  private func answer(_ round: UInt64, from member: MemberID) -> RaftMessage {
    RaftMessage(from: member, to: 1, term: 3, body: .heartbeatResponse(round: round))
  }

  /// A round to all others; those it goes to at once.
  private func begin(
    _ round: UInt64, _ spare: inout SpareHeartbeats, in membership: Membership, at time: UInt64 = 0
  ) -> [MemberID] {
    var first: [MemberID] = []
    for member in membership.members where member != 1 {
      if spare.pass(heartbeat(round, to: member), in: membership, at: time) { first.append(member) }
    }
    return first
  }

  @Test func aQuorumIsAskedFirstAndTheOthersHaveTheNewestRound() {
    var spare = SpareHeartbeats()
    let first = begin(1, &spare, in: three, at: 100)
    #expect(first == [2])
    spare.heard(answer(1, from: 2))
    let second = begin(2, &spare, in: three, at: 200)
    #expect(second == [2])
    // From the first one's time on.
    let due = 100 + SpareHeartbeats.patience
    #expect(spare.nextDue == due)
    let tooSoon = spare.takeDue(at: due - 1)
    #expect(tooSoon == [])
    let late = spare.takeDue(at: due)
    #expect(late == [heartbeat(2, to: 3)])
    #expect(spare.nextDue == nil)
  }

  @Test func whoDoesNotAnswerIsNotAskedFirstAgain() {
    var spare = SpareHeartbeats()
    let first = begin(1, &spare, in: three)
    #expect(first == [2])
    _ = spare.takeDue(at: .max)
    spare.heard(answer(1, from: 3))
    let second = begin(2, &spare, in: three)
    #expect(second == [3])
    // What it answered an earlier leadership counts for no more than the present rounds.
    spare.heard(answer(999, from: 2))
    spare.heard(answer(2, from: 3))
    let third = begin(3, &spare, in: three)
    #expect(third == [2])
    spare.heard(answer(3, from: 3))
    let fourth = begin(4, &spare, in: three)
    #expect(fourth == [3])
  }

  @Test func whoAnswersLateIsNotAskedFirstAgain() {
    var spare = SpareHeartbeats()
    for round in UInt64(1)...3 {
      let first = begin(round, &spare, in: three)
      let expected: [MemberID] = round == 1 ? [2] : [3]
      #expect(first == expected)
      _ = spare.takeDue(at: .max)
      // Both answer each round, before the next one begins.
      spare.heard(answer(round, from: 3))
      spare.heard(answer(round, from: 2))
    }
  }

  @Test func asManyAsAQuorumNeeds() {
    var spare = SpareHeartbeats()
    let ofFive = begin(1, &spare, in: Membership(voters: [1, 2, 3, 4, 5]))
    #expect(ofFive == [2, 3])
    spare.forget()
    let ofTwo = begin(1, &spare, in: Membership(voters: [1, 2]))
    #expect(ofTwo == [2])
    let ofFour = begin(2, &spare, in: Membership(voters: [1, 2, 3, 4]))
    #expect(ofFour == [2, 3])
    // Learners are none of it; while the voters change, and where the leader has no vote, all are asked.
    let learning = begin(3, &spare, in: Membership(voters: [1, 2, 3], learners: [4]))
    #expect(learning == [2, 4])
    let joint = begin(4, &spare, in: Membership(voters: [1, 2, 3], outgoing: [1, 2, 4]))
    #expect(joint == [2, 3, 4])
    let voteless = begin(5, &spare, in: Membership(voters: [2, 3, 4]))
    #expect(voteless == [2, 3, 4])
    #expect(spare.nextDue == nil)
  }

  @Test func whoIsNotToWaitHasItAtOnce() {
    var spare = SpareHeartbeats()
    let waits = !spare.pass(heartbeat(1, to: 3), in: three, at: 0)
    #expect(waits)
    let goes = spare.pass(heartbeat(2, to: 3), in: three, mayWait: false, at: 0)
    #expect(goes)
    #expect(spare.nextDue == nil)
  }

  @Test func otherMessagesPass() {
    var spare = SpareHeartbeats()
    let passes = spare.pass(
      RaftMessage(from: 1, to: 3, term: 3, body: .readIndexResponse(request: 1, index: 2)), in: three, at: 0)
    #expect(passes)
    #expect(spare.nextDue == nil)
  }
}
