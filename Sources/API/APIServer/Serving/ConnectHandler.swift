import Access
import HTTPServer
import JSONDocument
import NIOHTTP1
import Registry

/// Serves the subresources that lead to what runs on nodes: `pods/log`, `pods/exec`, `pods/attach`, `pods/portforward`,
/// and the proxies of pods, services and nodes.
struct ConnectHandler: Sendable {
  private let registry: ResourceRegistry
  private let kubelets: KubeletProxy?
  private let backends: BackendProxy
  private let targets: ProxyTargets

  /// - Parameter mayReach: whether a pod's or node's address may be proxied to.
  init(
    registry: ResourceRegistry, kubelets: KubeletProxy?, backends: BackendProxy,
    mayReach: @escaping @Sendable (String) -> Bool
  ) {
    self.registry = registry
    self.kubelets = kubelets
    self.backends = backends
    targets = ProxyTargets(
      registry: registry,
      kubelet: { node in try await Self.reachable(kubelets).kubelet(of: node) }, mayReach: mayReach)
  }

  private static func reachable(_ kubelets: KubeletProxy?) throws(APIError) -> KubeletProxy {
    guard let kubelets else { throw .serviceUnavailable("this front-end does not reach kubelets") }
    return kubelets
  }

  func shutdown() async {
    await kubelets?.shutdown()
    await backends.shutdown()
  }

  func serve(_ kind: ConnectKind, _ request: APIRequest, _ responder: Responder) async throws {
    guard Self.methods(kind).contains(request.http.method) else {
      throw APIError.methodNotAllowed()
    }
    try await authorize(request)
    switch kind {
    case .proxy:
      guard let path = ProxiedPath(request.http) else { throw APIError.noSuchPath() }
      try await backends.forward(
        request, responder.writer, path: path, to: try await targets.find(request.info))
    case .log:
      guard request.info.tail.isEmpty else { throw APIError.noSuchPath() }
      try await Self.reachable(kubelets).log(request, responder, pod: try await pod(request.info))
    case .exec, .attach, .portForward:
      guard request.info.tail.isEmpty else { throw APIError.noSuchPath() }
      try await Self.reachable(kubelets).stream(kind, request, responder, pod: try await pod(request.info))
    }
  }

  private static func methods(_ kind: ConnectKind) -> [HTTPMethod] {
    switch kind {
    case .log: [.GET, .HEAD]
    case .exec, .attach, .portForward: [.GET, .POST]
    case .proxy: [.GET, .HEAD, .OPTIONS, .POST, .PUT, .PATCH, .DELETE]
    }
  }

  /// What the request's own verb does not cover; that one has been checked.
  private func authorize(_ request: APIRequest) async throws(APIError) {
    for verb in ConnectKind.furtherVerbs(request.info, asksForUpgrade: request.http.asksForUpgrade) {
      guard let authorizer = request.authorizer else { throw .internalError("nobody says who may do this") }
      let info = request.info
      var attributes = AccessAttributes(info, fieldSelector: "")
      attributes.verb = verb
      let decision = await authorizer.authorize(request.user, attributes)
      guard case .denied(let reason) = decision else { continue }
      throw .forbidden(
        GroupResource(group: info.group, resource: "\(info.resource)/\(info.subresource)"), name: info.name,
        because: reason)
    }
  }

  private func pod(_ info: RequestInfo) async throws -> JSONValue {
    guard let pods = registry.resource(group: "", version: "v1", plural: "pods") else { throw APIError.noSuchPath() }
    let object = try await registry.get(pods, namespace: info.namespace, name: info.name)
    return try JSONValue(jsonBytes: object.json)
  }
}
