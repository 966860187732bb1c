package import ClusterClient
import JSONDocument
package import KubernetesAPI
import Synchronization

/// An API in memory, for the tests of those who use a `ClusterClient`: stores documents of any resource, with resource
/// versions and conflicts, generated names, status apart from spec, generations, graceful deletion of bound pods,
/// finalizers, propagation policies, bindings, watches and discovery. It validates, defaults and authorises nothing, but
/// nothing can be created in a namespace that is being deleted, or was.
///
/// Faults on order: an interceptor answers in the API's place or loses answers, `dropWatches` ends the watches,
/// `compact` makes old resource versions expire.
package final class InMemoryCluster: ClusterTransport {
  /// What an interceptor does with a request.
  package enum Fault: Sendable {
    /// Answers with a `Status` of this code, reason and message; nothing happens.
    case refuse(code: Int, reason: String, message: String = "on order")
    /// Nothing happens, nobody answers.
    case unreachable
    /// It happens, but nobody answers.
    case loseAnswer
  }

  package typealias Interceptor = @Sendable (ClusterRequest) -> Fault?

  struct Change {
    var revision: Int64
    var collection: String
    var type: String
    var object: JSONValue
  }

  struct State {
    var revision: Int64 = 1
    /// Watches from before this one are told that it has expired.
    var compacted: Int64 = 0
    var nextUID = 0
    /// By collection path without namespace ("/api/v1/pods").
    var objects: [String: [ObjectKey: JSONValue]] = [:]
    /// Namespaces that were there and are no more. Those that never were do not matter here.
    var goneNamespaces: Set<String> = []
    var history: [Change] = []
    var watchers: [Int: Watcher] = [:]
    var nextWatcher = 0
    var interceptor: Interceptor?
    var requests: [ClusterRequest] = []
  }

  /// The resources that discovery tells of.
  let served: [ResourceDescription]
  let state: Mutex<State>

  package init(served: [ResourceDescription] = InMemoryCluster.usualResources) {
    self.served = served
    state = Mutex(State())
  }

  /// A client of this cluster.
  package var client: ClusterClient { ClusterClient(transport: self) }

  /// The requests so far, in order.
  package var requests: [ClusterRequest] { state.withLock { $0.requests } }

  /// Sets what is asked about each request before it is carried out.
  package func intercept(_ interceptor: Interceptor?) { state.withLock { $0.interceptor = interceptor } }

  /// Ends all watches, as a front-end that dies does.
  package func dropWatches() {
    let watchers = state.withLock { state in
      defer { state.watchers = [:] }
      return Array(state.watchers.values)
    }
    for watcher in watchers {
      watcher.continuation.finish(throwing: ClusterConnectionError(message: "dropped", mayHaveTakenEffect: true))
    }
  }

  /// Forgets the history: watches from now on cannot begin in the past.
  package func compact() {
    state.withLock { state in
      state.compacted = state.revision
      state.history = []
    }
  }

  package func shutdown() async { dropWatches() }

  package func perform(_ request: ClusterRequest) async throws -> ClusterResponse {
    try Task.checkCancellation()
    let fault = state.withLock { state in
      state.requests.append(request)
      return state.interceptor
    }?(request)
    switch fault {
    case .refuse(let code, let reason, let message):
      return Self.failure(InMemoryError(code: code, reason: reason, message: message))
    case .unreachable: throw ClusterConnectionError(message: "unreachable on order", mayHaveTakenEffect: false)
    case .loseAnswer, nil: break
    }
    let response: ClusterResponse
    do throws(InMemoryError) {
      response = ClusterResponse(status: 200, body: try handle(request).jsonBytes)
    } catch {
      response = Self.failure(error)
    }
    if case .loseAnswer = fault { throw ClusterConnectionError(message: "lost on order", mayHaveTakenEffect: true) }
    return response
  }

  static func failure(_ error: InMemoryError) -> ClusterResponse {
    var status = MetaV1.Status()
    status.status = "Failure"
    status.code = Int32(error.code)
    status.reason = error.reason
    status.message = error.message
    if !error.cause.isEmpty { status.details = MetaV1.StatusDetails(causes: [MetaV1.StatusCause(reason: error.cause)]) }
    return ClusterResponse(status: error.code, body: status.jsonBytes)
  }

  package static let usualResources: [ResourceDescription] = [
    CoreV1.Namespace.resource, CoreV1.Node.resource, CoreV1.Pod.resource, CoreV1.Service.resource,
    CoreV1.Endpoints.resource, CoreV1.ConfigMap.resource, CoreV1.Secret.resource, CoreV1.ServiceAccount.resource,
    CoreV1.Event.resource, DiscoveryV1.EndpointSlice.resource, CoordinationV1.Lease.resource,
    AppsV1.Deployment.resource, AppsV1.ReplicaSet.resource,
  ]
}

/// A refusal of the API in memory.
struct InMemoryError: Error {
  var code: Int
  var reason: String
  var message: String
  /// The reason of the one cause among the details; "" for none.
  var cause = ""

  static func notFound(_ what: String) -> InMemoryError {
    InMemoryError(code: 404, reason: "NotFound", message: "\(what) not found")
  }
  static func conflict(_ message: String) -> InMemoryError {
    InMemoryError(code: 409, reason: "Conflict", message: message)
  }
  static func terminating(_ namespace: String) -> InMemoryError {
    InMemoryError(
      code: 403, reason: "Forbidden", message: "namespace \(namespace) is being terminated",
      cause: "NamespaceTerminating")
  }
  static func invalid(_ message: String) -> InMemoryError {
    InMemoryError(code: 400, reason: "BadRequest", message: message)
  }
}
