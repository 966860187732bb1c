package import EtcdAPI
package import GRPC
package import Logging
package import NIOCore
package import NIOSSL
import SwiftProtobuf
import Synchronization

/// A store of several replicas as one: requests go to an endpoint that answers, watches go on when an endpoint dies.
/// Speaks the etcd v3 API, to our own store and to etcd.
///
/// A request that certainly was not done is sent again, to the next endpoint, until the timeout. One that may have
/// been done is sent again only if that does no harm: a read, or what the caller calls `idempotent`; otherwise the
/// caller gets `ambiguous` and decides (usually by reading).
package final class StoreClient: Sendable {
  private let endpoints: Endpoints
  private let configuration: StoreClientConfiguration
  private let watches: WatchMultiplexer
  private let leader: LeaderInquiry?
  private let isClosed = Atomic(false)

  /// `tls` carries the client's certificate and the trust root of the store's servers, and offers `h2`.
  package init(
    endpoints: [GRPCTarget], tls: NIOSSLContext?, serverName: String? = nil, group: any EventLoopGroup,
    configuration: StoreClientConfiguration = .init(), logger: Logger
  ) {
    self.endpoints = Endpoints(
      connections: endpoints.map {
        GRPCConnection(
          target: $0, tls: tls, serverName: serverName, group: group, configuration: configuration.connection,
          logger: logger)
      }, balancing: configuration.balancing)
    self.configuration = configuration
    let watches = WatchMultiplexer(endpoints: self.endpoints, configuration: configuration, logger: logger)
    self.watches = watches
    self.leader =
      configuration.balancing == .leader && endpoints.count > 1
      ? LeaderInquiry(endpoints: self.endpoints) { watches.move(to: $0) } : nil
  }

  /// Ends watches and connections, for good: requests fail as `cancelled` from now on.
  package func close() async {
    self.isClosed.store(true, ordering: .relaxed)
    await self.leader?.close()
    await self.watches.close()
    await self.endpoints.close()
  }

  /// Each endpoint, and whether it is connected right now.
  package var endpointStates: [(target: GRPCTarget, isConnected: Bool)] {
    self.endpoints.connections.map { ($0.target, $0.isReady) }
  }

  // MARK: Keys

  package func range(_ request: Etcdserverpb_RangeRequest) async throws(StoreClientError)
    -> Etcdserverpb_RangeResponse
  {
    try await self.call(EtcdCall.KV.range, request, idempotent: true, isSmall: request.rangeEnd.isEmpty)
  }

  package func put(_ request: Etcdserverpb_PutRequest, idempotent: Bool = false) async throws(StoreClientError)
    -> Etcdserverpb_PutResponse
  {
    try await self.call(EtcdCall.KV.put, request, idempotent: idempotent)
  }

  package func deleteRange(
    _ request: Etcdserverpb_DeleteRangeRequest, idempotent: Bool = false
  ) async throws(StoreClientError) -> Etcdserverpb_DeleteRangeResponse {
    try await self.call(EtcdCall.KV.deleteRange, request, idempotent: idempotent)
  }

  /// A transaction that only reads is repeated in any case.
  package func txn(_ request: Etcdserverpb_TxnRequest, idempotent: Bool = false) async throws(StoreClientError)
    -> Etcdserverpb_TxnResponse
  {
    try await self.call(EtcdCall.KV.txn, request, idempotent: idempotent || request.isReadOnly)
  }

  /// Fails as `compacted` when the revision, or a later one, has been compacted already.
  package func compact(_ request: Etcdserverpb_CompactionRequest) async throws(StoreClientError)
    -> Etcdserverpb_CompactionResponse
  {
    try await self.call(EtcdCall.KV.compact, request, idempotent: true)
  }

  /// The store's present revision, by the quorum: everything that was acknowledged before the call is at or below.
  package func currentRevision() async throws(StoreClientError) -> Int64 {
    try await self.range(Self.revisionRequest).header.revision
  }

  /// The cheapest linearisable read: one key that hardly anybody has, and only whether it is there.
  private static let revisionRequest: Etcdserverpb_RangeRequest = {
    var request = Etcdserverpb_RangeRequest()
    request.key.append(0)
    request.countOnly = true
    request.limit = 1
    return request
  }()

  // MARK: Watches

  /// Follows keys. The sequence's first element says that the watch is created; then come events, and progress
  /// where it was asked for, in the order of revisions and without gaps or repetitions, whichever endpoints they
  /// come from. It ends by an error only: `compacted`, `rejected`, or `cancelled`. Dropping it cancels the watch.
  ///
  /// `watchID` is the client's own business here: it is chosen anew with every connection. Fragments are put
  /// together again.
  package func watch(_ request: Etcdserverpb_WatchCreateRequest) -> StoreWatch {
    self.watches.add(request)
  }

  /// Asks the endpoint in use how far the watches have seen everything: the answer is an element without events of
  /// each of them. No answer comes when the connection is lost meanwhile: ask again.
  package func requestProgress() {
    self.watches.requestProgress()
  }

  // MARK: Leases

  package func leaseGrant(timeToLive: Int64, id: Int64 = 0) async throws(StoreClientError)
    -> Etcdserverpb_LeaseGrantResponse
  {
    var request = Etcdserverpb_LeaseGrantRequest()
    request.ttl = timeToLive
    request.id = id
    // A grant that was done twice leaves a lease that runs out by itself.
    return try await self.call(EtcdCall.Lease.grant, request, idempotent: id == 0)
  }

  @discardableResult
  package func leaseRevoke(id: Int64) async throws(StoreClientError) -> Etcdserverpb_LeaseRevokeResponse {
    var request = Etcdserverpb_LeaseRevokeRequest()
    request.id = id
    return try await self.call(EtcdCall.Lease.revoke, request, idempotent: false)
  }

  package func leaseTimeToLive(id: Int64, keys: Bool = false) async throws(StoreClientError)
    -> Etcdserverpb_LeaseTimeToLiveResponse
  {
    var request = Etcdserverpb_LeaseTimeToLiveRequest()
    request.id = id
    request.keys = keys
    return try await self.call(EtcdCall.Lease.timeToLive, request, idempotent: true)
  }

  /// Renews a lease once and returns its time to live in seconds: 0 when there is no such lease any more.
  package func leaseRenew(id: Int64) async throws(StoreClientError) -> Int64 {
    var request = Etcdserverpb_LeaseKeepAliveRequest()
    request.id = id
    let message = request
    return try await self.attempt(idempotent: true) { connection, timeout throws(GRPCStatus) in
      let stream: GRPCClientStream<Etcdserverpb_LeaseKeepAliveRequest, Etcdserverpb_LeaseKeepAliveResponse> =
        try await connection.stream(EtcdCall.Lease.keepAlive, timeout: timeout)
      try await stream.send(message)
      var responses = stream.makeAsyncIterator()
      let answer = try await responses.next()
      stream.finishSending()
      guard let answer else { throw GRPCStatus(.unavailable, "the keep-alive stream has ended") }
      return answer.ttl
    }
  }

  /// Renews a lease three times in its time to live (in seconds), until the task is cancelled or the lease is
  /// gone: then it returns. Failures to reach the store are retried; the lease may run out meanwhile.
  package func keepLeaseAlive(id: Int64, timeToLive: Int64) async {
    var pause = Duration.milliseconds(max(timeToLive, 1) * 1_000 / 3)
    while !Task.isCancelled {
      do {
        try await Task.sleep(for: pause)
      } catch {
        return
      }
      if let granted = try? await self.leaseRenew(id: id) {
        guard granted > 0 else { return }
        pause = .milliseconds(granted * 1_000 / 3)
      }
    }
  }

  // MARK: The store itself

  package func memberList() async throws(StoreClientError) -> Etcdserverpb_MemberListResponse {
    try await self.call(EtcdCall.Cluster.memberList, Etcdserverpb_MemberListRequest(), idempotent: true)
  }

  /// One endpoint's own view, by its index in the list that the client was made with; it is asked once.
  package func status(endpoint index: Int) async throws(StoreClientError) -> Etcdserverpb_StatusResponse {
    do {
      return try await self.endpoints.connections[index].unary(
        EtcdCall.Maintenance.status, Etcdserverpb_StatusRequest(), timeout: self.configuration.attemptTimeout)
    } catch {
      throw StoreClientError(error.verdict == .final ? .rejected : .unavailable, error)
    }
  }

  // MARK: Attempts

  /// - Parameter isSmall: whether the answer is, so that it may share a stream with others.
  private func call<Request: Message, Response: Message>(
    _ path: String, _ request: Request, idempotent: Bool, isSmall: Bool = true
  ) async throws(StoreClientError) -> Response {
    let sharesStream = isSmall && self.configuration.sharesStream
    return try await self.attempt(idempotent: idempotent) { connection, timeout throws(GRPCStatus) in
      try await connection.unary(path, request, timeout: timeout, sharesStream: sharesStream)
    }
  }

  private func attempt<Result>(
    idempotent: Bool, _ body: (GRPCConnection, TimeAmount) async throws(GRPCStatus) -> Result
  ) async throws(StoreClientError) -> Result {
    let start = NIODeadline.now()
    let deadline = start + self.configuration.requestTimeout
    self.leader?.requestBegins(at: start)
    var endpoint = self.endpoints.first()
    var backoff = Backoff(self.configuration)
    var failures = 0
    while true {
      let remaining = deadline - .now()
      let timeout = idempotent ? min(remaining, self.configuration.attemptTimeout) : remaining
      let failure: GRPCStatus
      do {
        return try await body(self.endpoints.connections[endpoint], timeout)
      } catch {
        failure = error
      }
      if Task.isCancelled || self.isClosed.load(ordering: .relaxed) { throw StoreClientError(.cancelled, failure) }
      switch failure.verdict {
      case .final: throw StoreClientError(failure.isCompaction ? .compacted : .rejected, failure)
      case .unknown where !idempotent: throw StoreClientError(.ambiguous, failure)
      case .unknown, .notDone: break
      }
      endpoint = self.endpoints.next(after: endpoint)
      self.leader?.requestFailed()
      failures += 1
      // Each endpoint is tried once without a pause.
      let pause: TimeAmount = failures % self.endpoints.connections.count == 0 ? backoff.next() : .zero
      guard NIODeadline.now() + pause < deadline else { throw StoreClientError(.unavailable, failure) }
      if pause > .zero {
        do {
          try await Task.sleep(for: .nanoseconds(pause.nanoseconds))
        } catch {
          throw StoreClientError(.cancelled, failure)
        }
      }
    }
  }
}

/// Growing pauses, spread so that clients do not come back together.
struct Backoff {
  private let initial: Int64
  private let maximum: Int64
  private var current: Int64

  init(_ configuration: StoreClientConfiguration) {
    self.initial = configuration.initialBackoff.nanoseconds
    self.maximum = configuration.maximumBackoff.nanoseconds
    self.current = self.initial
  }

  mutating func next() -> TimeAmount {
    defer { self.current = min(self.current * 2, self.maximum) }
    return .nanoseconds(Int64(Double(self.current) * Double.random(in: 0.8...1.2)))
  }

  mutating func reset() {
    self.current = self.initial
  }
}

extension Etcdserverpb_TxnRequest {
  fileprivate var isReadOnly: Bool {
    self.success.allSatisfy(Self.isReadOnly) && self.failure.allSatisfy(Self.isReadOnly)
  }

  private static func isReadOnly(_ operation: Etcdserverpb_RequestOp) -> Bool {
    switch operation.request {
    case .requestRange, nil: true
    case .requestPut, .requestDeleteRange: false
    case .requestTxn(let nested): nested.isReadOnly
    }
  }
}
