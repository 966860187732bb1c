package import MVCC
package import Replica
package import StoreAuth

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

  /// The same for one key, without a task: `completion` runs on one of the replica's threads and must not take long.
  /// (A range of many keys belongs into a task: to read it takes time.)
  func range(_ request: RangeRequest, _ completion: @escaping @Sendable (Result<RangeResult, any Error>) -> Void)

  /// Runs a transaction. One that cannot change anything does not go through the log; it is linearisable unless
  /// all its reads are serialisable.
  func transaction(_ request: TransactionRequest) async throws -> TransactionResult

  /// Puts a command through the replicated log and returns what it answered when this replica applied it.
  /// Checks it first (``Command/validate(maximumOperations:)``). Times out after the configured request time with
  /// ``StoreError/timeout``: then it is not known whether it happened.
  func propose(_ command: Command) async throws -> CommandResult

  /// The same without a task: `completion` runs on one of the replica's threads, or at once, and must not take long.
  func propose(_ command: Command, _ completion: @escaping @Sendable (Result<CommandResult, any Error>) -> Void)

  /// Whether this replica knows who leads.
  var hasLeader: Bool { get }

  /// Returns once the local state holds everything that was acknowledged to anybody before the call.
  func linearizableBarrier() async throws

  /// Returns once nothing is left here of what compactions have put out of reach.
  func compactionsFinish() async throws

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

  /// Why this replica serves nothing at all; nil when it does.
  var refusal: StoreError? { get }

  /// What is wrong with the store, as far as this replica knows.
  func alarms() async -> [StoreAlarm]

  /// Gives `body` a backup of the present state of this replica, which writes do not change and which is let go of when
  /// `body` returns. Not linearisable, as etcd's. Throws `tooManyRequests` where too many are under way.
  func withBackup(_ body: (BackupReader) async throws -> Void) async throws

  /// Whether access control is on, as far as this replica knows.
  var isAuthEnabled: Bool { get }
  /// Users and roles, as far as this replica knows them.
  var auth: AuthState { get }
  /// Whether this replica has known, at any moment since its start, everything that was acknowledged before.
  var hasCaughtUp: Bool { get }
  /// Users and roles with everything that was acknowledged before the call.
  func currentAuth() async throws -> AuthState
  /// Changes users or roles, for the caller whose call is served (``StoreError/auth(_:)`` if it may not).
  func changeAuth(_ command: AuthCommand) async throws

  func status() async -> StoreStatus
  /// The voting and learning members with their addresses, by rising id.
  func members() async -> [StoreMember]
  /// Adds a member that votes once it has caught up, or stays a learner. `replacing` names the voter that leaves then.
  /// Returns once the configuration has it.
  func memberAdd(peerURLs: [String], isLearner: Bool, replacing: String?) async throws -> StoreMember
  /// Makes a voter of a learner that is in sync.
  func memberPromote(_ member: UInt64) async throws
  func memberUpdate(_ member: UInt64, peerURLs: [String]) async throws
  /// Removes a member for good.
  func memberRemove(_ member: UInt64) async throws

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
  /// Access control refused it. Nothing was done.
  case auth(AuthError)
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
  /// "etcdserver: bad leader transferee": no member has that id, or one that does not vote. Nothing was done.
  case badLeaderTransferee
  /// "etcdserver: request timed out, leader transfer took too long". Whether the leader goes yet is not known.
  case leaderTransferTimeout
  /// A member change was refused; deterministic.
  case member(MemberError)
  /// "etcdserver: can only promote a learner member which is in sync with leader". Nothing was done.
  case learnerNotReady
  /// "etcdserver: unhealthy cluster". Nothing was done.
  case unhealthyCluster
  /// "etcdserver: given member URLs are invalid", and why, where the text is a URL. Nothing was done.
  case badMemberURLs(String?)
  /// "etcdserver: mvcc: database space exceeded". Nothing was done.
  case noSpace
  /// This replica's state is not the others': it is out of service. Whether it was done is not known.
  case diverged

  /// Access control refused it: the caller's fault, and nothing went wrong.
  var isDenial: Bool { if case .auth = self { true } else { false } }

  /// The text that etcd's clients know.
  package var message: String {
    switch self {
    case .mvcc(let error): error.message
    case .auth(let error): error.message
    case .noLeader: "etcdserver: no leader"
    case .timeout: "etcdserver: request timed out"
    case .leaderChanged: "etcdserver: leader changed"
    case .tooManyRequests: "etcdserver: too many requests"
    case .requestTooLarge: "etcdserver: request is too large"
    case .unreadableCommand: "etcdserver: the leader's version of apus cannot read this request"
    case .stopped: "etcdserver: server stopped"
    case .memberNotFound: "etcdserver: member not found"
    case .badLeaderTransferee: "etcdserver: bad leader transferee"
    case .leaderTransferTimeout: "etcdserver: request timed out, leader transfer took too long"
    case .member(let error): error.message
    case .learnerNotReady: "etcdserver: can only promote a learner member which is in sync with leader"
    case .unhealthyCluster: "etcdserver: unhealthy cluster"
    case .badMemberURLs(let reason): "etcdserver: given member URLs are invalid" + (reason.map { ": \($0)" } ?? "")
    case .noSpace: "etcdserver: mvcc: database space exceeded"
    case .diverged:
      "apus: this replica is out of service: its state differs from the majority's. Rebuild it with: apus store --rebuild"
    }
  }
}
