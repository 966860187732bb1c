import EtcdAPI
package import GRPC
package import Logging
import MVCC
import SwiftProtobuf

/// The etcd v3 API over one replica: what `etcdctl`, the front-ends and every other etcd client speak to.
///
/// Each service stands in a file of its own and is an extension of this type; they translate, check what only the
/// protocol knows, and leave every decision to the ``StoreService``. Codes and texts of errors are etcd's, since
/// clients compare them.
package struct EtcdServices: Sendable {
  let store: any StoreService
  /// etcd's `--max-request-bytes`.
  let maximumRequestBytes: Int
  /// How long a client may take nothing of a snapshot that is sent to it.
  package var snapshotPatience = Duration.seconds(60)
  /// Where the responses of watches are made; nil for Swift's global pool.
  ///
  /// On the clients' event loop a batch of them goes out with the answers to the writes that they tell of.
  package var watchExecutor: (any TaskExecutor)?
  let passwords: PasswordHasher
  let logger: Logger

  package static let defaultMaximumRequestBytes = 3 << 19

  package init(
    store: any StoreService, maximumRequestBytes: Int = EtcdServices.defaultMaximumRequestBytes,
    passwords: PasswordHasher = PasswordHasher(), logger: Logger
  ) {
    self.store = store
    self.maximumRequestBytes = maximumRequestBytes
    self.passwords = passwords
    self.logger = logger
  }

  /// What the server that carries these services should accept: requests up to the limit get an answer that says
  /// what is wrong; what is far beyond it is not even read.
  package static func serverConfiguration(
    maximumRequestBytes: Int = EtcdServices.defaultMaximumRequestBytes
  ) -> GRPCServerConfiguration {
    var configuration = GRPCServerConfiguration()
    configuration.maximumRequestSize = maximumRequestBytes + 512 << 10
    return configuration
  }

  package func register(in router: inout GRPCRouter) {
    self.registerKV(in: &router)
    self.registerWatch(in: &router)
    self.registerLease(in: &router)
    self.registerCluster(in: &router)
    self.registerMaintenance(in: &router)
    self.registerAuth(in: &router)
    self.registerHealth(in: &router)
    // Last, so that it stands before all of them.
    router.guardAll(by: CallGuard(store: self.store))
    router.servesSessions = true
  }

  // MARK: For the services

  /// The header of an answer; `revision` nil for the store's present one.
  func header(revision: Int64? = nil) -> Etcdserverpb_ResponseHeader {
    let now = self.store.header()
    var header = Etcdserverpb_ResponseHeader()
    header.clusterID = now.clusterID
    header.memberID = now.memberID
    header.revision = revision ?? now.revision
    header.raftTerm = now.raftTerm
    return header
  }

  /// Adds a unary call whose errors are the store's.
  func answer<Request, Response>(
    _ path: String, in router: inout GRPCRouter,
    _ handler: @escaping @Sendable (Request) async throws -> Response
  ) where Request: SwiftProtobuf.Message, Response: SwiftProtobuf.Message {
    router.unary(path) { (request: Request, context: GRPCCallContext) -> Response in
      do {
        try self.requireLeader(where: context)
        return try await handler(request)
      } catch {
        throw GRPCStatus(etcdError: error)
      }
    }
  }

  /// The same without a task, for the calls that come by the thousand. `start` sets the call off and returns at once;
  /// what it throws is the answer.
  func answerDirectly<Request, Response>(
    _ path: String, in router: inout GRPCRouter,
    _ start: @escaping @Sendable (Request, GRPCReply<Response>) throws -> Void
  ) where Request: SwiftProtobuf.Message, Response: SwiftProtobuf.Message {
    router.direct(path) { (request: Request, context: GRPCCallContext, reply: GRPCReply<Response>) in
      do {
        try self.requireLeader(where: context)
        try start(request, reply)
      } catch {
        reply(.failure(GRPCStatus(etcdError: error)))
      }
    }
  }

  /// A client that says `hasleader` wants an error rather than an answer (or silence) from a replica that is cut
  /// off from the quorum.
  func requireLeader(where context: GRPCCallContext) throws {
    guard context.metadata["hasleader"] == "true" else { return }
    if let refusal = self.store.refusal { throw refusal }
    if !self.store.hasLeader { throw StoreError.noLeader }
  }

  /// Adds calls that exist in the protocol and are not served.
  func refuse(_ paths: [String], in router: inout GRPCRouter, with status: GRPCStatus) {
    for path in paths {
      router.unary(path) { (_: Etcdserverpb_StatusRequest, _) -> Etcdserverpb_StatusRequest in throw status }
    }
  }
}
