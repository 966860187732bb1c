package import MVCC

// Whether somebody may do something. While access control is off, everybody may do everything; while it is on, nil
// (nobody in particular) may do nothing.

extension AuthState {
  /// Whether it is a user at all: for what names no keys and harms nobody.
  package func checkUser(_ identity: AuthIdentity?) throws(AuthError) {
    guard isEnabled else { return }
    _ = try user(identity)
  }

  /// For what concerns the cluster as a whole: whether it has the role `root`.
  package func checkRoot(_ identity: AuthIdentity?) throws(AuthError) {
    guard isEnabled else { return }
    guard let identity, !identity.user.isEmpty else { throw .userEmpty }
    // Here etcd says that there is no such user, and elsewhere that it has no permission.
    guard users[identity.user] != nil else { throw .userNotFound }
    guard try user(identity).isRoot else { throw .permissionDenied }
  }

  package func check(_ identity: AuthIdentity?, reads range: KeyRange) throws(AuthError) {
    guard isEnabled else { return }
    guard try user(identity).isRoot || grants(identity).readable.covers(range) else { throw .permissionDenied }
  }

  package func check(_ identity: AuthIdentity?, writes range: KeyRange) throws(AuthError) {
    guard isEnabled else { return }
    guard try user(identity).isRoot || grants(identity).writable.covers(range) else { throw .permissionDenied }
  }

  /// Everything that a transaction may do in either branch, nested ones too; comparisons are reads, since whether one
  /// holds tells about the key.
  ///
  /// - Parameter leaseKeys: the keys that hang on a lease.
  package func check(
    _ identity: AuthIdentity?, _ transaction: TransactionRequest, leaseKeys: (LeaseID) -> [Bytes]
  ) throws(AuthError) {
    guard isEnabled else { return }
    try checkUser(identity)
    for compare in transaction.compares { try check(identity, reads: compare.range) }
    for operation in transaction.success + transaction.failure {
      switch operation {
      case .range(let request): try check(identity, reads: request.range)
      case .put(let request): try check(identity, request, leaseKeys: leaseKeys)
      case .deleteRange(let request): try check(identity, request)
      case .transaction(let nested): try check(identity, nested, leaseKeys: leaseKeys)
      }
    }
  }

  /// A command that somebody wants to be applied.
  package func check(
    _ identity: AuthIdentity?, _ command: Command, leaseKeys: (LeaseID) -> [Bytes]
  ) throws(AuthError) {
    guard isEnabled else { return }
    switch command {
    case .put(let request): try check(identity, request, leaseKeys: leaseKeys)
    case .deleteRange(let request): try check(identity, request)
    case .transaction(let request): try check(identity, request, leaseKeys: leaseKeys)
    // As in etcd: whoever may use the store may compact it (Kubernetes' front-ends do), and make leases.
    case .compact, .leaseGrant: try checkUser(identity)
    case .leaseRevoke(let id): try checkLease(identity, id, leaseKeys: leaseKeys)
    }
  }

  /// To revoke a lease deletes its keys, to keep it alive keeps them, to hang another key on it ties their fates: each
  /// needs the right to write all keys that hang on it.
  package func checkLease(
    _ identity: AuthIdentity?, _ id: LeaseID, leaseKeys: (LeaseID) -> [Bytes]
  ) throws(AuthError) {
    guard isEnabled, try !user(identity).isRoot else { return }
    let writable = grants(identity).writable
    for key in leaseKeys(id) where !writable.covers(KeyRange(key: key)) { throw .permissionDenied }
  }

  /// To be told which keys hang on a lease.
  package func check(_ identity: AuthIdentity?, readsKeys keys: () -> [Bytes]) throws(AuthError) {
    guard isEnabled, try !user(identity).isRoot else { return }
    let readable = grants(identity).readable
    for key in keys() where !readable.covers(KeyRange(key: key)) { throw .permissionDenied }
  }

  /// A user may look at itself; all others are for root.
  package func check(_ identity: AuthIdentity?, looksAtUser name: AuthName) throws(AuthError) {
    do {
      try checkRoot(identity)
    } catch {
      guard identity?.user == name, (try? user(identity)) != nil else { throw error }
    }
  }

  /// A user may look at the roles that it has; all others are for root.
  package func check(_ identity: AuthIdentity?, looksAtRole name: AuthName) throws(AuthError) {
    do {
      try checkRoot(identity)
    } catch {
      guard let user = try? user(identity), user.roles.contains(name) else { throw error }
    }
  }

  // MARK: - Inside

  private func check(
    _ identity: AuthIdentity?, _ put: PutRequest, leaseKeys: (LeaseID) -> [Bytes]
  ) throws(AuthError) {
    try check(identity, writes: KeyRange(key: put.key))
    if put.lease != 0 { try checkLease(identity, put.lease, leaseKeys: leaseKeys) }
    if put.wantsPrevious { try check(identity, reads: KeyRange(key: put.key)) }
  }

  private func check(_ identity: AuthIdentity?, _ deletion: DeleteRangeRequest) throws(AuthError) {
    try check(identity, writes: deletion.range)
    if deletion.wantsPrevious { try check(identity, reads: deletion.range) }
  }

  private func user(_ identity: AuthIdentity?) throws(AuthError) -> AuthUser {
    guard let identity, !identity.user.isEmpty else { throw .userEmpty }
    guard let user = users[identity.user] else { throw .permissionDenied }
    guard identity.revision >= user.credentialRevision else { throw .oldRevision }
    return user
  }

  private func grants(_ identity: AuthIdentity?) -> Grants {
    identity.flatMap { grants[$0.user] } ?? Grants()
  }
}
