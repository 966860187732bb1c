import GRPC
import Identities
import MVCC
import NIOSSL
import Replica
import StoreAuth
import Synchronization

/// Whose call is being served: a token's user, else the one that the client's certificate names.
///
/// It is set for as long as a client's call is carried out (``CallGuard``) and goes with the task, so that no service
/// can forget to hand it on. Where none is set, the replica acts for itself, and is not asked for permission.
final class Caller: Sendable {
  @TaskLocal static var current: Caller?

  /// Nil in tests.
  private let context: GRPCCallContext?
  /// As established at the door; nil when access control was off as far as the replica knew.
  private let identity: AuthIdentity?

  init(_ context: GRPCCallContext?, identity: AuthIdentity? = nil) {
    self.context = context
    self.identity = identity
  }

  /// Who it is; nil for nobody in particular.
  ///
  /// - Parameter auth: what is known now: it may be that access control was switched on since the call came in.
  func identity(in auth: borrowing AuthState) throws(AuthError) -> AuthIdentity? {
    if let identity { return identity }
    guard let context else { return nil }
    if let token = context.metadata["token"] ?? context.metadata["authorization"] {
      let bare = token.hasPrefix("Bearer ") ? String(token.dropFirst(7)) : token
      return try AuthToken.identity(of: bare, in: auth, now: wallClockMilliseconds())
    }
    // A gateway shows its own certificate, whoever is behind it.
    guard context.metadata["grpcgateway-accept"] == nil, let certificate = context.peerCertificate,
      let name = CertificateNames.shared.commonName(of: certificate)
    else { return nil }
    return AuthIdentity(user: name, revision: auth.revision)
  }
}

/// The common names of clients' certificates: read once each, since that takes longer than the call they come with.
private final class CertificateNames: Sendable {
  static let shared = CertificateNames()

  private static let limit = 1024
  private let names = Mutex<[NIOSSLCertificate: AuthName?]>([:])

  func commonName(of certificate: NIOSSLCertificate) -> AuthName? {
    if let known = names.withLock({ $0[certificate] }) { return known }
    let name = (try? certificate.toDERBytes()).flatMap { CertificateIdentity(derEncoded: $0) }.map {
      Array($0.commonName.utf8)
    }
    names.withLock { names in
      if names.count >= Self.limit { names = [:] }
      names[certificate] = .some(name)
    }
    return name
  }
}

/// What a read needs its caller to be permitted, held against the state that it reads.
enum AccessNeed: Sendable {
  /// Nothing: it tells nothing.
  case nothing
  case user
  case root
  case keys(KeyRange)
  case transaction(TransactionRequest)
  /// To be told the keys of a lease, or (nil) of any.
  case keysOfLease(LeaseID?)

  /// - Parameter caller: nil when the replica itself reads.
  func check(_ caller: Caller?, _ state: borrowing ReplicaState) throws(StoreError) {
    guard state.isAccessControlled, let caller else { return }
    let auth = state.records.auth
    let store = state.store
    do throws(AuthError) {
      let identity = try caller.identity(in: auth)
      switch self {
      case .nothing: break
      case .user: try auth.checkUser(identity)
      case .root: try auth.checkRoot(identity)
      case .keys(let range): try auth.check(identity, reads: range)
      case .transaction(let request): try auth.check(identity, request, leaseKeys: store.keys(of:))
      case .keysOfLease(let id?): try auth.check(identity, readsKeys: { store.keys(of: id) })
      case .keysOfLease(nil): try auth.check(identity, readsKeys: { store.leases.flatMap { store.keys(of: $0.id) } })
      }
    } catch {
      throw .auth(error)
    }
  }
}
