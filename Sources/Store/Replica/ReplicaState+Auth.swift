import ByteCoding
import MVCC
import StoreAuth

// Access control where entries are applied: against the users and roles as of that index, so that every replica decides
// alike, and a permission that was taken is gone for everything behind that entry.

extension ReplicaState {
  /// Whether anybody is asked for permission.
  package var isAccessControlled: Bool { records.auth.isEnabled }

  /// The command that an entry asks for, without whose it is.
  ///
  /// - Throws: when it must not be applied. While access control is off that is never the case.
  func permitted(_ command: ReplicaCommand) throws(AuthError) -> ReplicaCommand {
    switch command {
    case .byUser(let identity, let inner):
      try check(identity, inner)
      return inner
    // The replicas' own compactions have no user; those of clients do.
    case .store(.compact), .leaseExpire, .checkpoint, .members(.publish), .members(.seed): return command
    // A client's request that was proposed before its replica knew that access control is on.
    case .store, .leaseKeepAlive, .auth, .members:
      if !has(.admitsRequestsOfNobody) { try records.auth.checkUser(nil) }
      return command
    // No default: whoever adds a command decides here whether it can come from a client.
    }
  }

  private func check(_ identity: AuthIdentity, _ command: ReplicaCommand) throws(AuthError) {
    let auth = authBefore ?? records.auth
    var identity = identity
    if has(.identitiesOutliveUsers) { identity.revision = .max }
    switch command {
    case .store(let command): try auth.check(identity, command, leaseKeys: store.keys(of:))
    case .leaseKeepAlive(let id): try auth.checkLease(identity, id, leaseKeys: store.keys(of:))
    // What is not known to be harmless is for root.
    default: try auth.checkRoot(identity)
    }
  }

  mutating func apply(_ command: AuthCommand) -> ReplicaResult {
    if has(.checksStaleUsers) { authBefore = records.auth }
    do throws(AuthError) {
      try records.auth.apply(command, mutations: configuration.raft.mutations.ofAuth)
      records.digest.mix(records.auth.revision)
      return .authChanged
    } catch {
      return denied(error)
    }
  }

  mutating func denied(_ error: AuthError) -> ReplicaResult {
    records.digest.mix(UInt64(error.rawValue) << 32)
    return .denied(error)
  }
}

extension ReplicaCommand {
  /// Whether it takes history away.
  var isCompaction: Bool {
    switch self {
    case .store(.compact): true
    case .byUser(_, let command): command.isCompaction
    default: false
    }
  }
}

extension AuthState {
  /// Equal on replicas that have the same users and roles.
  var checksum: UInt32 {
    var writer = ByteWriter()
    encode(into: &writer)
    return CRC32C.checksum(writer.bytes)
  }
}
