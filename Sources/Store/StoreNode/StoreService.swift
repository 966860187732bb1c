package import MVCC

/// What a store replica offers to whoever serves it to the outside: the contract between the process
/// (``StoreNodeProcess``) and the etcd services in `Services/`.
///
/// All methods may be called from any task. They throw ``StoreError``, or `CancellationError` when the calling task
/// was cancelled (a cancelled proposal may still be applied).
package protocol StoreService: Sendable {
  /// Who this replica is.
  var identity: StoreIdentity { get }

  /// The values of etcd's response header as of now. `revision` is that of the local state; an answer that carries a
  /// revision of its own uses that instead.
  func header() -> StoreHeader

  /// Reads keys: linearisable (ReadIndex through the leader) unless `request.isSerializable`.
  func range(_ request: RangeRequest) async throws -> RangeResult

  /// Runs a transaction. One that cannot change anything does not go through the log; it is linearisable unless
  /// all its reads are serialisable.
  func transaction(_ request: TransactionRequest) async throws -> TransactionResult

  /// Puts a command through the replicated log and returns what it answered when this replica applied it.
  /// Checks it first (``Command/validate(maximumOperations:)``). Times out after the configured request time with
  /// ``StoreError/timeout``: then it is not known whether it happened.
  func propose(_ command: Command) async throws -> CommandResult

  /// Returns once the local state holds everything that was acknowledged to anybody before the call.
  func linearizableBarrier() async throws

  /// Grants a lease; `id` 0 lets the replica choose one. `timeToLive` in seconds.
  func leaseGrant(id: LeaseID, timeToLive: Int64) async throws -> (lease: Lease, revision: Int64)
  func leaseRevoke(id: LeaseID) async throws -> Int64
  /// Renews a lease (asking the leader where needed) and returns its time to live in seconds;
  /// `StoreError.mvcc(.leaseNotFound)` when there is none (etcd's keep-alive stream answers TTL 0 then).
  func leaseKeepAlive(id: LeaseID) async throws -> Int64
  /// What is left of a lease, as the leader knows it.
  func leaseTimeToLive(id: LeaseID, wantsKeys: Bool) async throws -> LeaseStatus
  func leases() async throws -> [LeaseID]

  /// Opens one watch stream (etcd's Watch RPC): any number of watches on one ordered, bounded output.
  func openWatchStream() -> any WatchStream

  /// Hash over the key-value history up to a revision (0: the present), as etcd's HashKV.
  func hash(at revision: Int64) async throws -> StoreHash

  func status() async -> StoreStatus
  /// The voting and learning members with their addresses.
  func members() async -> [StoreMember]

  /// Hands leadership over to a member: etcd's MoveLeader.
  func moveLeader(to member: UInt64) async throws
}

/// Who a replica is.
package struct StoreIdentity: Hashable, Sendable {
  package var clusterID: UInt64
  package var memberID: UInt64
  package var name: String

  package init(clusterID: UInt64, memberID: UInt64, name: String) {
    self.clusterID = clusterID
    self.memberID = memberID
    self.name = name
  }
}

/// etcd's ResponseHeader.
package struct StoreHeader: Hashable, Sendable {
  package var clusterID: UInt64
  package var memberID: UInt64
  package var revision: Int64
  package var raftTerm: UInt64

  package init(clusterID: UInt64, memberID: UInt64, revision: Int64, raftTerm: UInt64) {
    self.clusterID = clusterID
    self.memberID = memberID
    self.revision = revision
    self.raftTerm = raftTerm
  }
}

package struct LeaseStatus: Hashable, Sendable {
  package var lease: Lease
  /// Whole seconds left.
  package var remaining: Int64
  package var keys: [Bytes]

  package init(lease: Lease, remaining: Int64, keys: [Bytes]) {
    self.lease = lease
    self.remaining = remaining
    self.keys = keys
  }
}

package struct StoreHash: Hashable, Sendable {
  package var hash: UInt32
  package var compactRevision: Int64
  /// The revision that was hashed up to.
  package var hashRevision: Int64
  /// The store's revision.
  package var revision: Int64
}

package struct StoreMember: Hashable, Sendable {
  package var id: UInt64
  package var name: String
  package var peerURLs: [String]
  package var clientURLs: [String]
  package var isLearner: Bool

  package init(id: UInt64, name: String, peerURLs: [String], clientURLs: [String], isLearner: Bool) {
    self.id = id
    self.name = name
    self.peerURLs = peerURLs
    self.clientURLs = clientURLs
    self.isLearner = isLearner
  }
}

/// A replica's state in figures.
package struct StoreStatus: Hashable, Sendable {
  package var identity: StoreIdentity
  package var version: String
  /// 0 when no leader is known.
  package var leader: UInt64
  package var raftTerm: UInt64
  package var raftIndex: UInt64
  package var raftAppliedIndex: UInt64
  package var revision: Int64
  package var compactRevision: Int64
  /// Bytes that the log and the snapshots hold on the disk. Preallocated room is not counted.
  package var databaseSize: Int64
  /// Bytes of keys and values that are kept.
  package var databaseSizeInUse: Int64
  package var isLearner: Bool
  /// What an operator must know, e.g. that the replica is not yet allowed to vote.
  package var errors: [String]
}

/// Why the replica could not do what it was asked.
package enum StoreError: Error, Hashable, Sendable {
  /// The state machine refused; deterministic.
  case mvcc(MVCCError)
  /// "etcdserver: no leader". Nothing was done.
  case noLeader
  /// "etcdserver: request timed out". Whether it was done is not known: nobody answered in time, or it was done while
  /// this replica was brought up to date by a snapshot, which does not tell results.
  case timeout
  /// "etcdserver: leader changed". Whether it was done is not known.
  case leaderChanged
  /// "etcdserver: too many requests". Nothing was done.
  case tooManyRequests
  /// "etcdserver: request is too large". Nothing was done.
  case requestTooLarge
  /// "etcdserver: …". The replicas cannot read such a command. Nothing was done.
  case unreadableCommand
  /// "etcdserver: server stopped".
  case stopped
  /// "etcdserver: member not found".
  case memberNotFound

  /// The text that etcd's clients know.
  package var message: String {
    switch self {
    case .mvcc(let error): error.message
    case .noLeader: "etcdserver: no leader"
    case .timeout: "etcdserver: request timed out"
    case .leaderChanged: "etcdserver: leader changed"
    case .tooManyRequests: "etcdserver: too many requests"
    case .requestTooLarge: "etcdserver: request is too large"
    case .unreadableCommand: "etcdserver: the leader's version of apus cannot read this request"
    case .stopped: "etcdserver: server stopped"
    case .memberNotFound: "etcdserver: member not found"
    }
  }
}
