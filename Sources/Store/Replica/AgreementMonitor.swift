package import RaftCore

/// What the comparison of the replicas' states has come to, as far as this replica knows.
package struct StateAgreement: Hashable, Sendable {
  /// A majority of the voters agrees on another state than this replica has. It must not serve any more; this never
  /// changes back.
  package var outvoted: Dissent?
  /// Others that a majority of the voters contradicts. One leaves the list when its state agrees again: it was rebuilt.
  package var diverged: Set<MemberID> = []
  /// Voters disagree at this index and neither side has a majority: somebody is wrong, and it cannot be said who.
  package var undecided: LogIndex?

  package init() {}

  package struct Dissent: Hashable, Sendable {
    package var index: LogIndex
    package var own: UInt64
    package var majority: UInt64

    package init(index: LogIndex, own: UInt64, majority: UInt64) {
      self.index = index
      self.own = own
      self.majority = majority
    }
  }
}

/// Compares the digests that replicas tell each other (``StateCheckpoint``).
///
/// The digest at an index follows from the committed log, so it does not matter when a report comes, from which start
/// of a replica, or whether it comes twice: a replica that lags reports later, one that installed a snapshot or started
/// again reports the same. Only reports of one index are compared, by the membership at that index, and only voters
/// decide. What is too far ahead or behind is dropped: the next checkpoint is two seconds away.
struct AgreementMonitor: Sendable {
  /// How many checkpoints are remembered, of this replica and of each other one.
  private static let kept = 8
  private static let largestMemberCount = 64

  private struct Own {
    var checkpoint: StateCheckpoint
    var membership: Membership
    /// Ticks since it was applied.
    var age = 0
  }

  private(set) var agreement = StateAgreement()
  private let member: MemberID
  /// How long the reports of the others are waited for before a disagreement without a majority is told.
  private let graceTicks: Int
  private var own: [Own] = []
  private var reports: [MemberID: [LogIndex: UInt64]] = [:]
  /// Where each member was last found to agree with a majority or not.
  private var judged: [MemberID: LogIndex] = [:]

  init(member: MemberID, graceTicks: Int) {
    self.member = member
    self.graceTicks = graceTicks
  }

  /// This replica has applied a checkpoint, under this membership.
  mutating func applied(_ checkpoint: StateCheckpoint, _ membership: Membership) {
    own.append(Own(checkpoint: checkpoint, membership: membership))
    if own.count > Self.kept { own.removeFirst() }
    judge(own[own.count - 1])
  }

  /// Another one has.
  mutating func received(_ checkpoint: StateCheckpoint, from sender: MemberID) {
    guard checkpoint.version == StateDigest.version, sender != member,
      reports[sender] != nil || reports.count < Self.largestMemberCount
    else { return }
    var known = reports[sender, default: [:]]
    known[checkpoint.index] = checkpoint.digest
    if known.count > 2 * Self.kept, let oldest = known.keys.min() { known[oldest] = nil }
    reports[sender] = known
    if let mine = own.first(where: { $0.checkpoint.index == checkpoint.index }) { judge(mine) }
  }

  mutating func tick() {
    for position in own.indices where own[position].age <= graceTicks {
      own[position].age += 1
      if own[position].age == graceTicks { judge(own[position]) }
    }
  }

  private mutating func judge(_ mine: Own) {
    // Who has left is nobody's trouble any more.
    agreement.diverged = agreement.diverged.filter(mine.membership.isMember)
    let index = mine.checkpoint.index
    var digests = reports.compactMapValues { $0[index] }
    digests[member] = mine.checkpoint.digest
    let majority = Set(digests.values).first { digest in mine.membership.hasQuorum { digests[$0] == digest } }
    guard let majority else {
      let differ = Set(mine.membership.voters.compactMap { digests[$0] }).count > 1
      if differ, mine.age >= graceTicks, index > agreement.undecided ?? 0 { agreement.undecided = index }
      return
    }
    if let undecided = agreement.undecided, index >= undecided { agreement.undecided = nil }
    for (other, digest) in digests where mine.membership.isMember(other) && index >= judged[other] ?? 0 {
      judged[other] = index
      if other == member {
        guard digest != majority, agreement.outvoted == nil else { continue }
        agreement.outvoted = .init(index: index, own: digest, majority: majority)
      } else if digest != majority {
        agreement.diverged.insert(other)
      } else {
        agreement.diverged.remove(other)
      }
    }
  }
}
