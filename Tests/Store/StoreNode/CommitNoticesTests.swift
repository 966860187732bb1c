import RaftCore
import StoreNode
import Testing

/// What a leader keeps back of the messages to its followers, for how long, and what takes it along.
@Suite struct CommitNoticesTests {
  private let leader: MemberID = 1

  private func append(to member: MemberID, commit: LogIndex, entries: Int = 0) -> RaftMessage {
    let new = (0..<entries).map { Entry(term: 3, index: 10 + LogIndex($0) + 1, payload: [1]) }
    return RaftMessage(
      from: leader, to: member, term: 3,
      body: .append(Append(previousIndex: 10, previousTerm: 3, commit: commit, entries: new)))
  }

  private func heartbeat(to member: MemberID) -> RaftMessage {
    RaftMessage(from: leader, to: member, term: 3, body: .heartbeat(Heartbeat(commit: 1, round: 1)))
  }

  private func asks(_ member: MemberID) -> RaftMessage {
    RaftMessage(from: member, to: leader, term: 3, body: .readIndex(request: 1))
  }

  @Test func theNextAppendTakesItsPlace() {
    var notices = CommitNotices()
    let (before, goes) = notices.pass(append(to: 2, commit: 10), at: 0)
    #expect(before == nil && !goes)
    let (earlier, goesNow) = notices.pass(append(to: 2, commit: 10, entries: 2), at: 10)
    #expect(earlier == nil && goesNow)
    #expect(notices.nextDue == nil)
    let rest = notices.takeDue(at: .max)
    #expect(rest == [])
  }

  @Test func anyOtherMessageToThatFollowerComesBehindIt() {
    var notices = CommitNotices()
    let notice = append(to: 2, commit: 10)
    _ = notices.pass(notice, at: 0)
    let (ofOthers, _) = notices.pass(heartbeat(to: 3), at: 0)
    #expect(ofOthers == nil)
    let (earlier, goes) = notices.pass(heartbeat(to: 2), at: 0)
    #expect(earlier == notice && goes)
    let (again, _) = notices.pass(heartbeat(to: 2), at: 0)
    #expect(again == nil)
  }

  @Test func itGoesByItselfWhenItsTimeHasCome() {
    var notices = CommitNotices()
    _ = notices.pass(append(to: 3, commit: 9), at: 100)
    _ = notices.pass(append(to: 2, commit: 9), at: 200)
    let due = 100 + CommitNotices.patience
    #expect(notices.nextDue == due)
    // The newest counts, from the first one's time on.
    _ = notices.pass(append(to: 3, commit: 10), at: 300)
    #expect(notices.nextDue == due)
    let tooSoon = notices.takeDue(at: due - 1)
    #expect(tooSoon == [])
    let first = notices.takeDue(at: due)
    #expect(first == [append(to: 3, commit: 10)])
    #expect(notices.nextDue == due + 100)
    let second = notices.takeDue(at: due + 100)
    #expect(second == [append(to: 2, commit: 9)])
    #expect(notices.nextDue == nil)
  }

  @Test func whoHasClientsIsToldAtOnce() {
    var notices = CommitNotices()
    notices.heard(asks(2))
    for _ in 0..<CommitNotices.eagerTicks {
      let (earlier, goes) = notices.pass(append(to: 2, commit: 10), at: 0)
      #expect(earlier == nil && goes)
      let (_, others) = notices.pass(append(to: 3, commit: 10), at: 0)
      #expect(!others)
      notices.tick()
    }
    let (_, goes) = notices.pass(append(to: 2, commit: 10), at: 0)
    #expect(!goes)
    // One that is kept back when its receiver begins to ask is overtaken by the next.
    notices.heard(asks(2))
    let (earlier, next) = notices.pass(append(to: 2, commit: 11), at: 0)
    #expect(earlier == nil && next)
    let rest = notices.takeDue(at: .max)
    #expect(rest == [append(to: 3, commit: 10)])
  }

  @Test func whoLeadsNoMoreTellsNothing() {
    var notices = CommitNotices()
    _ = notices.pass(append(to: 2, commit: 10), at: 0)
    notices.forget()
    #expect(notices.nextDue == nil)
    let rest = notices.takeDue(at: .max)
    #expect(rest == [])
  }
}
