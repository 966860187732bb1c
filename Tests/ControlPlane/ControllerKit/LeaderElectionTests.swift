import ControllerKit
import Testing

@Suite struct LeaderElectionTests {
  static let timing = LeaderElectionTiming(
    leaseDuration: .seconds(6), renewDeadline: .seconds(4), retryPeriod: .seconds(2))

  private func held(by holder: String, version: Int, transitions: Int32 = 0) -> LeaseRecord {
    LeaseRecord(holder: holder, transitions: transitions, version: String(version))
  }

  @Test func firstComesFirst() {
    var election = LeaderElection(identity: "a", timing: Self.timing)
    #expect(election.tick(nil, begun: .zero, now: .zero) == .create(transitions: 0))
    #expect(!election.isLeader)
    election.written(held(by: "a", version: 1), now: .milliseconds(100))
    #expect(election.isLeader)
    #expect(election.deadline == .seconds(4), "counted from when the renewal began")
  }

  @Test func losingTheRaceIsNoLeadership() {
    var election = LeaderElection(identity: "a", timing: Self.timing)
    _ = election.tick(nil, begun: .zero, now: .zero)
    election.written(nil, now: .zero)
    #expect(!election.isLeader)
  }

  @Test func candidateCountsFromSeeing() {
    var election = LeaderElection(identity: "b", timing: Self.timing)
    #expect(election.tick(held(by: "a", version: 1), begun: .seconds(100), now: .seconds(100)) == .wait)
    #expect(
      election.tick(held(by: "a", version: 1), begun: .milliseconds(105_999), now: .milliseconds(105_999)) == .wait)
    #expect(
      election.tick(held(by: "a", version: 2), begun: .milliseconds(105_999), now: .milliseconds(105_999)) == .wait,
      "it was renewed")
    #expect(election.tick(held(by: "a", version: 2), begun: .seconds(111), now: .seconds(111)) == .wait)
    #expect(
      election.tick(
        held(by: "a", version: 2, transitions: 0), begun: .milliseconds(111_999), now: .milliseconds(111_999))
        == .write(version: "2", transitions: 1))
    election.written(held(by: "b", version: 3, transitions: 1), now: .seconds(112))
    #expect(election.isLeader)
    #expect(election.holder == "b")
  }

  @Test func releasedLeaseIsTakenAtOnce() {
    var election = LeaderElection(identity: "b", timing: Self.timing)
    #expect(
      election.tick(held(by: "", version: 5, transitions: 7), begun: .zero, now: .zero)
        == .write(version: "5", transitions: 8))
  }

  @Test func leaderRenewsAndGivesUpWhenItCannot() {
    var election = LeaderElection(identity: "a", timing: Self.timing)
    _ = election.tick(nil, begun: .zero, now: .zero)
    election.written(held(by: "a", version: 1), now: .zero)
    #expect(
      election.tick(held(by: "a", version: 1), begun: .seconds(2), now: .seconds(2))
        == .write(version: "1", transitions: 0))
    election.written(held(by: "a", version: 2), now: .seconds(2))
    #expect(election.deadline == .seconds(6))
    election.written(nil, now: .seconds(5))
    #expect(election.isLeader, "one failure is none")
    election.expire(now: .seconds(6))
    #expect(!election.isLeader)
  }

  /// The leader has stopped before any candidate may begin.
  @Test func noTwoLeaders() {
    var leader = LeaderElection(identity: "a", timing: Self.timing)
    var candidate = LeaderElection(identity: "b", timing: Self.timing)
    _ = leader.tick(nil, begun: .zero, now: .zero)
    leader.written(held(by: "a", version: 1), now: .milliseconds(500))
    #expect(candidate.tick(held(by: "a", version: 1), begun: .milliseconds(1), now: .milliseconds(1)) == .wait)
    for time in stride(from: 0, through: 6000, by: 50) {
      leader.expire(now: .milliseconds(time))
      let action = candidate.tick(held(by: "a", version: 1), begun: .milliseconds(time), now: .milliseconds(time))
      #expect(action == .wait || !leader.isLeader)
    }
  }

  /// The answer to a candidate's look may tell of a renewal that began after the look did.
  @Test func slowLookMakesNoEarlyTakeover() {
    var leader = LeaderElection(identity: "a", timing: Self.timing)
    var candidate = LeaderElection(identity: "b", timing: Self.timing)
    let renewal = Duration.milliseconds(3900)
    _ = leader.tick(nil, begun: renewal, now: renewal)
    leader.written(held(by: "a", version: 1), now: renewal)
    #expect(candidate.tick(held(by: "a", version: 1), begun: .zero, now: .seconds(4)) == .wait)
    for time in stride(from: 4000, to: 10_000, by: 50) {
      let now = Duration.milliseconds(time)
      leader.expire(now: now)
      let action = candidate.tick(held(by: "a", version: 1), begun: now - .seconds(2), now: now)
      #expect(action == .wait, "at \(now), the leader's time ends at \(renewal + Self.timing.renewDeadline)")
    }
    #expect(!leader.isLeader)
    #expect(
      candidate.tick(held(by: "a", version: 1), begun: .seconds(9), now: .seconds(10))
        == .write(version: "1", transitions: 1))
    candidate.written(held(by: "b", version: 2, transitions: 1), now: .seconds(11))
    #expect(candidate.deadline == .seconds(13), "counted from when the look began")
  }

  @Test func anotherHolderEndsLeadership() {
    var election = LeaderElection(identity: "a", timing: Self.timing)
    _ = election.tick(nil, begun: .zero, now: .zero)
    election.written(held(by: "a", version: 1), now: .zero)
    #expect(election.tick(held(by: "b", version: 2), begun: .seconds(1), now: .seconds(1)) == .wait)
    #expect(!election.isLeader)
  }

  @Test func lateAnswerIsNoLeadership() {
    var election = LeaderElection(identity: "a", timing: Self.timing)
    _ = election.tick(nil, begun: .zero, now: .zero)
    election.written(held(by: "a", version: 1), now: .seconds(5))
    #expect(!election.isLeader, "the renewal began longer ago than the deadline allows")
  }

  @Test func resigningKeepsWhatToWriteOver() {
    var election = LeaderElection(identity: "a", timing: Self.timing)
    #expect(election.resign() == nil)
    _ = election.tick(nil, begun: .zero, now: .zero)
    election.written(held(by: "a", version: 9), now: .zero)
    #expect(election.resign()?.version == "9")
    #expect(!election.isLeader)
  }
}
