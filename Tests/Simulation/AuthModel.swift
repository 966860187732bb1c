import MVCC
import RaftCore
import Replica
import StoreAuth

/// Access control said once more, as plainly as it can be: no sums of permissions that could be out of date, and ranges
/// decided by the keys at which anything can change.
struct AuthModel: Equatable {
  struct User: Equatable {
    var roles: Set<AuthName> = []
    var password: Bytes?
    /// Who was known to be this user before that revision may be somebody else.
    var since: UInt64
  }

  private(set) var isEnabled = false
  private(set) var revision: UInt64 = 1
  private(set) var secret: Bytes = []
  private(set) var users: [AuthName: User] = [:]
  private(set) var roles: [AuthName: [KeyRange: Permission.Kind]] = [:]

  // MARK: - Changes

  /// Makes a change. Says whether it was taken; one that is not changes nothing.
  mutating func apply(_ command: AuthCommand) -> Bool {
    let root = AuthState.root
    let locked = isEnabled
    switch command {
    case .enable(let secret):
      guard !isEnabled else { return true }
      guard users[root]?.roles.contains(root) == true else { return false }
      (isEnabled, self.secret) = (true, secret)
      // It does not count as a change.
      return true
    case .disable:
      guard isEnabled else { return true }
      (isEnabled, secret) = (false, [])
    case .userAdd(let name, let password):
      guard users[name] == nil else { return false }
      users[name] = User(password: password, since: revision + 1)
    case .userDelete(let name):
      guard users[name] != nil, !locked || name != root else { return false }
      users[name] = nil
    case .userChangePassword(let name, let password):
      guard let user = users[name] else { return false }
      if user.password != nil { users[name]?.password = password }
      users[name]?.since = revision + 1
    case .userGrantRole(let name, let role):
      guard let user = users[name], role == root || roles[role] != nil else { return false }
      guard !user.roles.contains(role) else { return true }
      users[name]?.roles.insert(role)
    case .userRevokeRole(let name, let role):
      guard users[name]?.roles.contains(role) == true, !(locked && name == root && role == root) else { return false }
      users[name]?.roles.remove(role)
    case .roleAdd(let name):
      guard roles[name] == nil else { return false }
      roles[name] = [:]
    case .roleDelete(let name):
      guard roles[name] != nil, !locked || name != root else { return false }
      roles[name] = nil
      for user in users.keys { users[user]?.roles.remove(name) }
    case .roleGrantPermission(let name, let permission):
      guard roles[name] != nil else { return false }
      roles[name]?[permission.range] = permission.kind
    case .roleRevokePermission(let name, let range):
      guard roles[name]?.removeValue(forKey: range) != nil else { return false }
    }
    revision += 1
    return true
  }

  // MARK: - Who may do what

  private func user(_ identity: AuthIdentity?) -> User? {
    guard let identity, let user = users[identity.user], identity.revision >= user.since else { return nil }
    return user
  }

  /// - Parameter leaseKeys: the keys that hang on a lease.
  func permits(_ identity: AuthIdentity?, _ command: ReplicaCommand, leaseKeys: (LeaseID) -> Set<Bytes>) -> Bool {
    guard isEnabled else { return true }
    guard let user = user(identity) else { return false }
    if user.roles.contains(AuthState.root) { return true }
    func writesLease(_ id: LeaseID) -> Bool { leaseKeys(id).allSatisfy { covers(user, KeyRange(key: $0), .read) } }
    func puts(_ put: PutRequest) -> Bool {
      covers(user, KeyRange(key: put.key), .read) && (put.lease == 0 || writesLease(put.lease))
        && (!put.wantsPrevious || covers(user, KeyRange(key: put.key), .write))
    }
    func deletes(_ deletion: DeleteRangeRequest) -> Bool {
      covers(user, deletion.range, .read) && (!deletion.wantsPrevious || covers(user, deletion.range, .write))
    }
    func does(_ operation: MVCC.Operation) -> Bool {
      switch operation {
      case .range(let range): covers(user, range.range, .write)
      case .put(let put): puts(put)
      case .deleteRange(let deletion): deletes(deletion)
      case .transaction(let transaction): runs(transaction)
      }
    }
    func runs(_ transaction: TransactionRequest) -> Bool {
      transaction.compares.allSatisfy { covers(user, $0.range, .write) }
        && (transaction.success + transaction.failure).allSatisfy(does)
    }
    switch command {
    case .store(.put(let put)): return puts(put)
    case .store(.deleteRange(let deletion)): return deletes(deletion)
    case .store(.transaction(let transaction)): return runs(transaction)
    case .store(.compact), .store(.leaseGrant): return true
    case .store(.leaseRevoke(let id)), .leaseKeepAlive(let id): return writesLease(id)
    default: return false
    }
  }

  func permits(_ identity: AuthIdentity?, reads range: KeyRange) -> Bool {
    guard isEnabled else { return true }
    guard let user = user(identity) else { return false }
    return user.roles.contains(AuthState.root) || covers(user, range, .write)
  }

  func permits(_ identity: AuthIdentity?, writes range: KeyRange) -> Bool {
    guard isEnabled else { return true }
    guard let user = user(identity) else { return false }
    return user.roles.contains(AuthState.root) || covers(user, range, .read)
  }

  /// Whether permissions of another kind than `kind` cover a range: its first key, and every key at which a permission
  /// ends within it.
  private func covers(_ user: User, _ range: KeyRange, _ kind: Permission.Kind) -> Bool {
    let permissions = user.roles.flatMap { roles[$0] ?? [:] }.filter { $0.value != kind }.map(\.key)
    func end(of range: KeyRange) -> Bytes? { range.isUnbounded ? nil : range.isSingleKey ? range.key + [0] : range.end }
    let points = [range.key] + permissions.compactMap(end).filter { range.contains($0) }
    return points.allSatisfy { point in permissions.contains { $0.contains(point) } }
  }
}

/// Knows who was permitted what at each index of the log, and whether that is what came about.
struct AuthChecker {
  /// What has become of users and roles, by the entries that changed them.
  private var history: [(index: LogIndex, model: AuthModel)] = [(0, AuthModel())]
  private var starts: [MemberID: UInt64] = [:]
  private var applied: Set<ProposalID> = []
  private var refused: Set<ProposalID> = []
  /// The newest change of users or roles that a client was told of.
  private(set) var acknowledged: LogIndex = 0
  private(set) var changes = 0
  private(set) var permitted = 0
  private(set) var denied = 0

  /// As of the newest entry.
  var model: AuthModel { history.last!.model }

  private func model(at index: LogIndex) -> AuthModel { history.last { $0.index <= index }!.model }

  /// Whether that entry changed users or roles.
  func hasChanged(at index: LogIndex) -> Bool { history.last { $0.index <= index }?.index == index && index > 0 }

  mutating func acknowledge(_ index: LogIndex) { acknowledged = max(acknowledged, index) }

  // MARK: - The log

  /// The next entry of the log. Returns what it is to do: nothing if it is there for the second time, or was not
  /// permitted.
  mutating func decide(
    _ envelope: Envelope, at index: LogIndex, leaseKeys: (LeaseID) -> Set<Bytes>
  ) -> ReplicaCommand? {
    let id = envelope.id
    guard id.start >= starts[id.origin] ?? 0, applied.insert(id).inserted else { return nil }
    starts[id.origin] = id.start
    var model = model
    let command: ReplicaCommand
    var isPermitted = true
    if case .byUser(let identity, let inner) = envelope.command {
      command = inner
      isPermitted = model.permits(identity, inner, leaseKeys: leaseKeys)
    } else {
      command = envelope.command
      switch command {
      case .store(.compact), .leaseExpire, .checkpoint, .members(.publish), .members(.seed): break
      default: isPermitted = !model.isEnabled
      }
    }
    guard isPermitted else {
      denied += 1
      refused.insert(id)
      return nil
    }
    if model.isEnabled { permitted += 1 }
    guard case .auth(let change) = command else { return command }
    guard model.apply(change) else {
      refused.insert(id)
      return nil
    }
    if model != self.model {
      changes += 1
      history.append((index, model))
    }
    return command
  }

  /// The first replica has applied an entry, of which `command` is what was to be done.
  func check(_ command: ReplicaCommand?, before: StoreBefore, _ state: ReplicaState) throws(Violation) {
    let found = StoreBefore(state)
    var expected = before
    switch command {
    case .store(let command): _ = expected.store.apply(command)
    // Whether it is the last renewal's end is for others to check.
    case .leaseExpire: return
    case .leaseKeepAlive(let id):
      guard before.store.lease(id) != nil else { break }
      guard state.records.renewals[id] == state.appliedIndex else {
        throw Violation(description: "a renewal that was permitted did not take effect at \(state.appliedIndex)")
      }
    default: break
    }
    let isSame = expected.figures == found.figures
    let isUntouched = command != nil || before.members == found.members && before.renewals == found.renewals
    guard isSame, isUntouched else {
      let what = command == nil ? "was not permitted took" : "was permitted did not take"
      throw Violation(description: "a request that \(what) effect at index \(state.appliedIndex)")
    }
  }

  /// Its client is answered.
  func answered(_ id: ProposalID, _ result: ReplicaResult) throws(Violation) {
    let isRefused = if case .denied = result { true } else { false }
    guard isRefused == refused.contains(id) else {
      throw Violation(
        description: isRefused ? "a request that was permitted is refused" : "a request is answered but not permitted")
    }
  }

  // MARK: - A replica's users and roles

  private static let ranges: [KeyRange] = [
    KeyRange(key: Bytes("k0".utf8)), KeyRange(key: Bytes("k5".utf8)), KeyRange(key: Bytes("p3".utf8)),
    .prefix(Bytes("k".utf8)), .prefix(Bytes("p".utf8)), .all,
    KeyRange(key: Bytes("k2".utf8), end: Bytes("p4".utf8)),
  ]

  /// A replica's users and roles are those of the log up to where it is, and so is what follows from them.
  func check(_ state: ReplicaState) throws(Violation) {
    let (auth, model) = (state.records.auth, model(at: state.appliedIndex))
    let users = auth.users.mapValues {
      AuthModel.User(roles: Set($0.roles), password: $0.password, since: $0.credentialRevision)
    }
    let roles = auth.roles.mapValues { Dictionary($0.map { ($0.range, $0.kind) }) { first, _ in first } }
    guard auth.isEnabled == model.isEnabled, auth.revision == model.revision, auth.tokenSecret == model.secret,
      roles == model.roles, users == model.users
    else {
      throw Violation(
        description: """
          users and roles of \(state.configuration.raft.member) at \(state.appliedIndex) are not what the log has made \
          of them
          """)
    }
    for (name, user) in users {
      for revision in [user.since - 1, auth.revision] {
        let identity = AuthIdentity(user: name, revision: revision)
        for range in Self.ranges { try checkRights(identity, range, state, model) }
      }
    }
  }

  /// Whether somebody may read there, as the replica decides it; that is held against the log.
  ///
  /// - Parameter floor: what had been acknowledged when the read was asked for.
  func mayRead(
    _ identity: AuthIdentity?, _ range: KeyRange, _ state: ReplicaState, floor: LogIndex
  ) throws(Violation) -> Bool {
    guard state.appliedIndex >= floor else {
      throw Violation(description: "a read is decided by users and roles of before what was acknowledged at \(floor)")
    }
    try checkRights(identity, range, state, model(at: state.appliedIndex))
    return (try? state.records.auth.check(identity, reads: range)) != nil
  }

  private func checkRights(
    _ identity: AuthIdentity?, _ range: KeyRange, _ state: ReplicaState, _ model: AuthModel
  ) throws(Violation) {
    let auth = state.records.auth
    let reads = (try? auth.check(identity, reads: range)) != nil
    let writes = (try? auth.check(identity, writes: range)) != nil
    guard reads == model.permits(identity, reads: range), writes == model.permits(identity, writes: range) else {
      throw Violation(description: "\(state.configuration.raft.member) gives other rights than users and roles do")
    }
  }
}

/// What an entry could have changed, before it did.
struct StoreBefore {
  var store: MVCCStore
  var members: MemberTable
  var renewals: [LeaseID: LogIndex]

  init(_ state: ReplicaState) {
    (store, members, renewals) = (state.store, state.records.members, state.records.renewals)
  }

  /// Two stores with equal ones have come to the same by the same changes.
  var figures: [UInt64] {
    [UInt64(store.revision), UInt64(store.compactRevision), store.changeHash] + store.leases.map { UInt64($0.id) }
  }
}
