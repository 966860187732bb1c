import EtcdAPI
package import GRPC
import StoreAuth

/// What every call of a client passes before anything of it is carried out.
///
/// A call that is not named here is for root: one that is added without a thought is denied rather than open.
package struct CallGuard: GRPCGate {
  /// What a call needs of its caller before its request has been looked at.
  enum Need {
    /// To be nobody in particular.
    case nothing
    /// To say who it is: the store decides by the keys that the request is about.
    case name
    /// To be a user.
    case user
    case root

    init(path: String) {
      switch path {
      case EtcdCall.Auth.authenticate, EtcdCall.Health.check, EtcdCall.Health.watch: self = .nothing
      case EtcdCall.KV.range, EtcdCall.KV.put, EtcdCall.KV.deleteRange, EtcdCall.KV.txn, EtcdCall.KV.compact,
        EtcdCall.Watch.watch, EtcdCall.Lease.grant, EtcdCall.Lease.revoke, EtcdCall.Lease.keepAlive,
        EtcdCall.Lease.timeToLive, EtcdCall.Lease.leases, EtcdCall.Auth.userGet, EtcdCall.Auth.roleGet:
        self = .name
      case EtcdCall.Cluster.memberList, EtcdCall.Maintenance.status, EtcdCall.Maintenance.alarm: self = .user
      default: self = .root
      }
    }
  }

  /// For tests.
  package static func isForRoot(_ path: String) -> Bool { if case .root = Need(path: path) { true } else { false } }

  let store: any StoreService

  package func pass<Value: Sendable>(
    _ context: GRPCCallContext, _ handler: @Sendable () async throws -> Value
  ) async throws -> Value {
    let caller: Caller
    do {
      // A replica that has just started may not have read yet that access control is on.
      if !self.store.isAuthEnabled, !self.store.hasCaughtUp, case .root = Need(path: context.path) {
        try await self.store.linearizableBarrier()
      }
      caller = try self.admit(context)
    } catch {
      throw GRPCStatus(etcdError: error)
    }
    return try await Caller.$current.withValue(caller) { try await handler() }
  }

  package func passDirectly(_ context: GRPCCallContext, _ handler: () throws(GRPCStatus) -> Void) throws(GRPCStatus) {
    let caller: Caller
    do throws(StoreError) {
      caller = try self.admit(context)
    } catch {
      throw GRPCStatus(etcdError: error)
    }
    let outcome: Result<Void, GRPCStatus> = Caller.$current.withValue(caller) {
      do throws(GRPCStatus) {
        return .success(try handler())
      } catch {
        return .failure(error)
      }
    }
    try outcome.get()
  }

  private func admit(_ context: GRPCCallContext) throws(StoreError) -> Caller {
    guard self.store.isAuthEnabled else { return Caller(context) }
    let auth = self.store.auth
    do throws(AuthError) {
      let need = Need(path: context.path)
      if case .nothing = need { return Caller(context) }
      let identity = try Caller(context).identity(in: auth)
      switch need {
      case .nothing: break
      case .name: if identity == nil, auth.isEnabled { throw .userEmpty }
      case .user: try auth.checkUser(identity)
      case .root: try auth.checkRoot(identity)
      }
      return Caller(context, identity: identity)
    } catch {
      throw .auth(error)
    }
  }
}
