package import ClusterConfig
package import RaftCore
package import RaftTransport
package import Replica

/// What a replica must be told to start.
package struct StoreNodeConfiguration: Sendable {
  /// The cluster's name, as in the peers' certificates.
  package var clusterName: String
  /// This member's name.
  package var name: String
  /// Everyone who is to vote in a new cluster, this member included. What the log says wins over it later.
  package var peers: [Peer]
  /// Where clients reach each member, by member; for the list of members.
  package var clientURLs: [MemberID: String]
  /// Where the replica's files lie.
  package var dataPath: String
  /// How long a tick is. Default 50 ms; the heartbeat is two of them.
  package var tickMilliseconds = 50
  package var heartbeatTicks = 2
  /// Default 20: 1 s.
  package var electionTicks = 20
  /// How long a new replica waits for its peers before it says so, in milliseconds. Default 1 s.
  package var bootstrapPatienceMilliseconds = 1000
  /// etcd's `--max-txn-ops`.
  package var maximumTransactionOperations = 128
  /// etcd's `--max-request-bytes`: the largest command.
  package var maximumRequestBytes = 3 << 19
  /// See ``ReplicaConfiguration``; a snapshot is due after so much log. Defaults 64 MiB and 100,000 entries.
  package var snapshotLogBytes = 64 << 20
  package var snapshotEntries = 100_000
  package var trailingEntries: UInt64 = 5000
  /// What a leader keeps of its log for followers that are behind, at most, in bytes of memory: see
  /// ``ReplicaConfiguration/followerLogBytes``.
  package var followerLogBytes = 512 << 20
  /// Vote although the end of the log was lost: an operator's decision, for one start (`--accept-torn-tail`). What it
  /// gives up is in docs/design/store.md.
  package var acceptsLostTail = false
  /// Begin with an empty disk although this member has taken part before: an operator's decision, for one start
  /// (`--rejoin`). It does not vote until it has caught up. Without effect where the disk is not empty.
  package var rejoins = false
  /// Join a cluster that runs, and wait for being added where that is not so yet, instead of beginning a new one
  /// (`--join`). Only where the disk is empty.
  package var joins = false
  /// Begin a new cluster with an empty disk although not every other member says that it never heard of this one: an
  /// operator's decision, for one start (`--new-cluster`). See ``BootstrapVerdict``.
  package var beginsAnew = false
  let assignment = MemberAssignment()
  /// Move the data folder aside and begin with an empty one, then as ``rejoins``: an operator's decision, for one start
  /// (`--rebuild`), for a replica whose state is wrong.
  package var rebuilds = false
  /// How often the replicas compare their states, when something was written. Default 2 s.
  package var checkpointMilliseconds = 2000
  /// How large the state may grow before writes that add to it are refused, in bytes; nil for no limit. Default 2 GiB.
  package var quota: Int? = 2 << 30
  /// What it costs to try a user's password.
  package var passwordCost = PasswordHasher.Cost.standard
  /// Nil, the default: only clients compact.
  package var autoCompaction: AutoCompactionPolicy?
  /// For tests: runs on the disk thread before each write.
  package var beforeWrite: (@Sendable () -> Void)?
  /// What the recording of this replica's last steps may take on the disk, in bytes (docs/replay.md); 0 for none.
  /// Default 64 MiB.
  package var recordSize = 64 << 20
  /// Default 64 MiB.
  package var segmentSize: UInt64 = 64 << 20

  package init(clusterName: String, name: String, peers: [Peer], dataPath: String) {
    self.clusterName = clusterName
    self.name = name
    self.peers = peers
    self.dataPath = dataPath
    clientURLs = [:]
  }

  /// The member `host` of the cluster's file. Nil when it has no store.
  package init?(_ cluster: ClusterConfig, host: String, dataPath: String) {
    let hosts = cluster.hosts(with: .store)
    guard hosts.contains(where: { $0.name == host }) else { return nil }
    let peers = hosts.map { host in
      Peer(
        id: Self.memberID(cluster: cluster.name, name: host.name), name: host.name, address: host.address,
        port: cluster.ports.storePeer)
    }
    self.init(clusterName: cluster.name, name: host, peers: peers, dataPath: dataPath)
    take(cluster.store)
    for peer in peers { clientURLs[peer.id] = "https://\(peer.address):\(cluster.ports.storeClient)" }
    let heartbeat = max(Self.milliseconds(cluster.timing.heartbeat), 2)
    tickMilliseconds = max(heartbeat / heartbeatTicks, 1)
    electionTicks = max(Self.milliseconds(cluster.timing.election) / tickMilliseconds, 2 * heartbeatTicks)
  }

  /// What the cluster's file says of the store.
  private mutating func take(_ settings: ClusterConfig.Store) {
    quota = settings.quota.map { Int(clamping: $0) }
    recordSize = Int(clamping: settings.recordSize)
    autoCompaction = settings.autoCompaction.map { policy in
      switch policy {
      case .periodic(let retention): .periodic(milliseconds: Int64(Self.milliseconds(retention)))
      case .revision(let count): .revision(count: count)
      }
    }
  }

  /// The id of a cluster that begins empty, with these voters: hosts whose files name others do not get into one cluster
  /// with them. One that was restored from a backup has another id. Once it has begun, the data folder says it.
  package var clusterID: UInt64 {
    let voters = peers.map { String($0.id, radix: 16) }.sorted().joined(separator: " ")
    return Self.identity(of: "apus-cluster", clusterName, voters)
  }
  package var memberID: MemberID { assignment.member ?? derivedMemberID }

  /// The id of a member that the cluster begins with: that of one that is added later is drawn at random.
  package static func memberID(cluster: String, name: String) -> MemberID { identity(of: cluster, name) }

  /// FNV-1a (Fowler, Noll, Vo) over both parts with a zero byte between them, never zero.
  private static func identity(of parts: String...) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for part in parts {
      for byte in Array(part.utf8) + [0] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    }
    return hash == 0 ? 1 : hash
  }

  private static func milliseconds(_ duration: Duration) -> Int {
    Int(duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000)
  }

  var replica: ReplicaConfiguration {
    var replica = ReplicaConfiguration(member: memberID, seed: .random(in: 1...(.max)))
    replica.tickMilliseconds = tickMilliseconds
    replica.raft.electionTicks = electionTicks
    replica.raft.heartbeatTicks = heartbeatTicks
    // Seven seconds, etcd's request time-out with a margin for an election, whatever the pace of the ticks.
    replica.patienceTicks = max(7000 / tickMilliseconds, 4 * electionTicks)
    replica.readRetryTicks = max(500 / tickMilliseconds, 2)
    replica.proposalRetryTicks = max(2000 / tickMilliseconds, 2)
    replica.snapshotLogBytes = snapshotLogBytes
    replica.snapshotEntries = snapshotEntries
    replica.trailingEntries = trailingEntries
    replica.followerLogBytes = followerLogBytes
    replica.checkpointTicks = max(checkpointMilliseconds / tickMilliseconds, 1)
    replica.stalledDiskTicks = max(electionTicks / 2, 2)
    replica.autoCompaction = autoCompaction
    return replica
  }
}

/// Why a replica does not start.
package enum StoreStartError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The peers know a member of this id, whose disk is empty here.
  case emptiedDisk(member: String, knownBy: [String])
  /// The data folder is empty, the cluster runs, and this host is not among its members.
  case notAMember(member: String, peerURL: String)
  /// The member was removed.
  case removed(path: String)
  /// The data folder is empty, and the peers' cluster is another one than would begin here: it came out of a backup, or
  /// began with other voters.
  case foreignCluster(member: String, on: [String])
  /// Parts of the data folder are gone.
  case emptiedFolder(member: String, path: String, String)
  /// The member was to rejoin with an empty disk, and that is not possible (yet).
  case cannotRejoin(member: String, String)
  case foreignData(path: String, found: String, expected: String)
  /// The log begins behind an entry that no snapshot covers.
  case missingSnapshot(path: String, logBegins: UInt64, newest: UInt64)
  case membership(Membership.BootstrapError)
  case unreadableLog(path: String, String)
  case failed(String)

  package var description: String {
    switch self {
    case .emptiedDisk(let member, let peers):
      """
      the data folder of store member \(member) is empty, but \(peers.joined(separator: " and ")) know that it has \
      taken part before. It cannot simply start again: it could vote twice, or elect a leader that lacks what it had \
      acknowledged. (An older copy of the folder forgets that as well: do not restore one.) Once every other member \
      runs, start it once with: apus store --rejoin (docs/design/store.md)
      """
    case .notAMember(let member, let url):
      """
      the cluster runs, and \(member) is none of its members. Add it first, from any of their hosts: etcdctl member add \
      \(member) --peer-urls=\(url) (docs/members.md). Then this start finds out who it is
      """
    case .removed(let path):
      """
      \(Self.removedText). What lies in \(path) is of no use to it any more: to let this host join again, move the \
      folder away and add a member for it (docs/members.md); else take the role store from this host
      """
    case .foreignCluster(let member, let peers):
      """
      store member \(member) would begin another cluster than that of \(peers.joined(separator: " and ")). Either that \
      one was restored from a backup: then restore the same backup here, with the same options, into an empty folder, \
      by apus store restore (docs/backup.md). Or it began with other hosts in its cluster's file than are in this \
      host's: then start it once with apus store --join, if that cluster has it as a member (docs/members.md)
      """
    case .emptiedFolder(let member, let path, let what):
      """
      \(what). Move \(path) away as it is; once every other member runs, start \(member) once with: apus store \
      --rejoin (docs/design/store.md)
      """
    case .cannotRejoin(let member, let reason): "store member \(member) cannot rejoin: \(reason)"
    case .foreignData(let path, let found, let expected):
      "\(path) belongs to \(found), this is \(expected): check --data and the host's name"
    case .missingSnapshot(let path, let begins, let newest):
      """
      \(path): the log begins behind entry \(begins), but the newest snapshot ends with \(newest): a snapshot is missing
      """
    case .membership(let error): "the cluster cannot be started: \(error)"
    case .unreadableLog(let path, let why): "\(path): the log makes no sense: \(why)"
    case .failed(let reason): reason
    }
  }
}

extension StoreStartError {
  /// No further start can go any better: a supervisor is not to try.
  package var isFinal: Bool { if case .removed = self { true } else { false } }

  static let removedText = "this member was removed from the cluster and never takes part again"
}
