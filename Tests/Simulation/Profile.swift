import MVCC
import RaftCore
import Replica

/// The conditions of one run, drawn from its seed. Times in microseconds of virtual time.
struct Profile {
  var members: Int
  var clients: Int
  var watchers = 4
  var chaosTime = 6_000_000
  var loss: Double
  var duplication: Double
  /// Most messages take up to this, some ten times as long.
  var delay: ClosedRange<Int>
  var diskDelay: ClosedRange<Int>
  var faultPause: ClosedRange<Int>
  var snapshotEntries: Int
  var tellsOfCrashes: Bool
  /// So few that leaders refuse proposals in some runs.
  var uncommittedEntries: Int
  /// Faults come so fast that they meet the middle of elections and appends; members that crash are back at once;
  /// every entry travels alone.
  var isStormy: Bool
  /// How often a leader crashes at the very moment at which it learns of a commit, while another member is cut off.
  var commitStrikes = 0.0
  /// How often a leader crashes soon after it was elected.
  var electionStrikes = 0.0
  /// It is cut off together with one other instead, for a while.
  var cutsLeaders = false
  /// How often a fault is a leader's crash while two others do not hear each other.
  var rivalries = 0.0
  /// How often a voter crashes right after it has voted.
  var voteStrikes = 0.0
  /// How often a fault is a leader's sleep, in which a voter votes for another one and forgets it; whom it has made the
  /// leader is then cut off.
  var amnesias = 0.0
  /// Disks lie: what a crash takes may have been synced.
  var losesTails: Bool
  /// And whole disks are lost, their members rejoin.
  var emptiesDisks: Bool
  /// How many of the new learners never come.
  var phantoms = 0.3
  /// How often a client keeps its lease alive at the very moment at which it runs out.
  var lateKeepAlives = 0.2
  /// How often a leader is cut off, alone or with those that come, when it has written other voters into its log.
  var jointStrikes = 0.1
  /// Members come and go.
  var changesMembers: Bool
  /// How often a fault comes with a change of the members.
  var memberChanges = 0.25
  /// Bits go wrong in logs and snapshots.
  var flipsBits: Bool
  /// Clients have names: they make users and roles, and switch access control on.
  var hasUsers = false
  var mutations: Mutation

  /// - Parameter prey: bugs to look for: make it a storm of the worst kinds for those, whatever the seed says.
  init(mutations: Mutation, prey: Mutation?, using random: inout SeededGenerator) {
    members = Bool.random(using: &random) ? 3 : 5
    clients = Int.random(in: 2...4, using: &random)
    loss = [0, 0.005, 0.05].randomElement(using: &random)!
    duplication = [0, 0.01, 0.1].randomElement(using: &random)!
    delay = [100...500, 200...3000, 500...20_000].randomElement(using: &random)!
    diskDelay = [50...300, 100...2000, 500...15_000].randomElement(using: &random)!
    faultPause = [50_000...400_000, 200_000...900_000].randomElement(using: &random)!
    snapshotEntries = [20, 60, 100_000].randomElement(using: &random)!
    tellsOfCrashes = Bool.random(using: &random)
    uncommittedEntries = [2, 5, 16384].randomElement(using: &random)!
    losesTails = Int.random(in: 0..<3, using: &random) == 0
    emptiesDisks = losesTails
    changesMembers = Int.random(in: 0..<3, using: &random) == 0
    flipsBits = Int.random(in: 0..<3, using: &random) == 0
    let isStormBySeed = Int.random(in: 0..<3, using: &random) == 0
    isStormy = prey != nil || isStormBySeed
    if isStormy {
      commitStrikes = 0.03
      voteStrikes = 0.2
      electionStrikes = 0.3
      faultPause = 20_000...200_000
      loss = min(loss, 0.005)
      delay = [100...500, 200...6000].randomElement(using: &random)!
      diskDelay = [50...300, 50...20_000].randomElement(using: &random)!
    }
    if let prey {
      emptiesDisks = !prey.isDisjoint(with: [.votesAfterRejoining, .forgetsTermWhenRejoining])
      losesTails = emptiesDisks || !prey.isDisjoint(with: [.votesAfterLostTail, .keepsTermAfterLostTail])
      flipsBits = false
      changesMembers = false
      uncommittedEntries = 16384
      electionStrikes = 0.4
      if Bool.random(using: &random) {
        // For what goes wrong between a commit and a sync…
        commitStrikes = 0.1
        diskDelay = [50...20_000, 5_000...60_000].randomElement(using: &random)!
        delay = 100...1000
      } else {
        // …and for what goes wrong when elections collide.
        voteStrikes = 0.5
        delay = [200...6000, 1000...15_000].randomElement(using: &random)!
        diskDelay = 50...2000
        tellsOfCrashes = false
      }
    }
    self.mutations = mutations
    if let prey {
      aim(at: prey)
    } else {
      // A crowd in every sixth seed. (Drawn aside: the other seeds are what they are without it.)
      var aside = random
      if Int.random(in: 0..<6, using: &aside) == 0 { clients = Int.random(in: 5...12, using: &aside) }
    }
  }

  /// Brings about what a bug needs to show.
  private mutating func aim(at prey: Mutation) {
    let ofMembers: Mutation = [
      .ignoresOldHalf, .countsLearners, .skipsJointConfiguration, .keepsReplacedConfiguration,
    ]
    if !prey.isDisjoint(with: ofMembers) {
      changesMembers = true
      memberChanges = 0.7
      jointStrikes = 0.5
      members = 3
    }
    if !prey.isDisjoint(with: [.acknowledgesBeforeSync, .countsItselfBeforeSync]) {
      // A quick network, disks of which one is quick and the other slow, and leaders that die when they know of a commit.
      (electionStrikes, commitStrikes, voteStrikes) = (0.4, 0.1, 0)
      delay = 100...1000
      diskDelay = 50...20_000
    }
    let ofUsers: Mutation = [
      .checksStaleUsers, .snapshotLosesUsers, .admitsRequestsOfNobody, .identitiesOutliveUsers,
    ]
    hasUsers = !prey.isDisjoint(with: ofUsers) || !prey.ofAuth.isEmpty
    if prey.contains(.snapshotLosesUsers) { snapshotEntries = 20 }
    if prey.contains(.countsLearners) { phantoms = 1 }
    if prey.contains(.endsRenewedLeases) { lateKeepAlives = 0.9 }
    if !prey.isDisjoint(with: [.forgetsVote, .votesTwice]) {
      // Two that do not hear each other campaign at once, for the same voters.
      members = 5
      (electionStrikes, commitStrikes, voteStrikes) = (0, 0, prey.contains(.forgetsVote) ? 0.6 : 0)
      rivalries = 0.8
      delay = 500...8000
      diskDelay = 50...8000
      faultPause = 100_000...300_000
      (loss, tellsOfCrashes) = (0, true)
    }
    let ofSnapshots: Mutation = [.snapshotLosesSessions, .snapshotLosesRenewals, .snapshotClaimsNextEntry]
    if !prey.isDisjoint(with: ofSnapshots) || prey.ofStore.contains(.compactionsDropDeletions) { snapshotEntries = 20 }
    if prey.contains(.keepsTermAfterLostTail) {
      // A leader that sleeps while another one is elected by a vote that is then forgotten, and cut off.
      members = 3
      (electionStrikes, commitStrikes, voteStrikes) = (0, 0, 0)
      amnesias = 0.6
      delay = 200...1000
      diskDelay = 50...300
      faultPause = 150_000...500_000
      (loss, duplication, tellsOfCrashes, snapshotEntries) = (0, 0, false, 100_000)
    }
    if prey.contains(.commitsStaleTerms) {
      // Figure 8 of the paper: leaders that come and go before their entries are on a majority, and one that dies at
      // the moment at which an old entry is on one.
      members = 5
      (electionStrikes, commitStrikes, voteStrikes) = (0.7, 0.5, 0)
      delay = 1000...8000
      diskDelay = 50...300
      (loss, duplication, snapshotEntries) = (0, 0, 100_000)
    }
    if prey.contains(.keepsProgress) {
      // Leaders that are cut off with a part of the others, write what is not committed, and come back.
      members = 5
      (electionStrikes, commitStrikes, voteStrikes) = (0.5, 0.05, 0)
      cutsLeaders = true
      delay = 500...3000
      diskDelay = 50...300
      faultPause = 60_000...300_000
      (duplication, snapshotEntries) = (0.1, 100_000)
    }
  }

  func configuration(for member: MemberID, seed: UInt64) -> ReplicaConfiguration {
    var configuration = ReplicaConfiguration(member: member, seed: seed)
    configuration.tickMilliseconds = World.tickMicroseconds / 1000
    configuration.raft.electionTicks = isStormy ? 5 : 10
    configuration.raft.heartbeatTicks = 2
    configuration.raft.maximumAppendBytes = isStormy ? 0 : 400
    configuration.raft.maximumInflightAppends = 8
    configuration.raft.snapshotChunkBytes = 3000
    configuration.raft.maximumUncommittedEntries = uncommittedEntries
    configuration.raft.mutations = mutations
    configuration.patienceTicks = 100
    configuration.readRetryTicks = 8
    configuration.proposalRetryTicks = 20
    configuration.snapshotEntries = snapshotEntries
    configuration.trailingEntries = 8
    // A leader may keep its log for those that are behind, in one run of three: then few need snapshots.
    configuration.followerLogBytes = clients % 3 == 0 ? 20_000 : 0
    configuration.followerPatienceTicks = 30
    return configuration
  }
}
