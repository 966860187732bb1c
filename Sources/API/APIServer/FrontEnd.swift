// APIServer: the front-end. It answers the Kubernetes API over HTTPS from the registry's caches and holds no state of
// its own: any number of front-ends stand over one store, and any of them may die.
//
// The way of a request: HTTPServer → APIHandler (who, may it, what) → ResourceHandler or WatchHandler
// → ResourceRegistry → answer. Folders: Requests (what is asked), Content (media types, documents, encodings), Serving (the handlers),
// Discovery (what is served, OpenAPI), Store (the registry's storage over etcd's API, and what front-ends do for the
// cluster as a whole).

package import APISchema
package import Access
package import HTTPServer
import JSONDocument
package import Logging
package import NIOCore
package import NIOSSL
package import Registry

/// One front-end: the HTTPS server and the handlers behind it.
///
/// Life: `init` → ``start()`` (once the registry is ready) → ``shutdown()``. The registry's `run()` is the
/// caller's.
package final class FrontEnd: Sendable {
  package struct Configuration: Sendable {
    /// The address to listen on; also told by discovery.
    package var host: String
    /// 0: any free port.
    package var port: Int
    /// The server's certificate and the authority of its clients; see `HTTPServerTLS`, with optional certificates.
    package var tls: NIOSSLContext?
    /// That of a new connection, in the place of `tls`: certificates are renewed.
    package var tlsOfNewConnection: (@Sendable () -> NIOSSLContext)?
    /// How to reach kubelets; `nil`: not at all.
    package var kubeletTLS: ReloadingClientTLS?
    /// The kubelets' port where a node does not say another.
    package var kubeletPort: Int
    /// How long a kubelet has to begin its answer.
    package var kubeletPatience: TimeAmount
    /// Whether the addresses of pods and nodes may be proxied to that are this host's own, or a link's. For tests only:
    /// who may write statuses would reach what listens for this host alone.
    package var proxiesToOwnAddresses: Bool
    /// Changes the server's limits, which are those of `HTTPServerConfiguration` otherwise; for tests.
    package var adjustLimits: @Sendable (inout HTTPServerConfiguration) -> Void = { _ in }

    package init(
      host: String, port: Int, tls: NIOSSLContext?, kubeletTLS: ReloadingClientTLS? = nil, kubeletPort: Int = 10250,
      kubeletPatience: TimeAmount = .seconds(10), proxiesToOwnAddresses: Bool = false
    ) {
      self.host = host
      self.port = port
      self.tls = tls
      self.kubeletTLS = kubeletTLS
      self.kubeletPort = kubeletPort
      self.kubeletPatience = kubeletPatience
      self.proxiesToOwnAddresses = proxiesToOwnAddresses
    }
  }

  private let server: HTTPServer
  private let watches: WatchHandler
  private let connects: ConnectHandler

  /// - Parameter storeProblem: what keeps the store from answering now, `nil` if nothing does; for `/readyz/etcd`.
  package init(
    configuration: Configuration, registry: ResourceRegistry, authorizer: any Authorizer,
    tokens: TokenService? = nil, schema: Schema = .builtIn, logger: Logger,
    storeProblem: @escaping @Sendable () async -> String? = { nil }
  ) {
    let kubelets = configuration.kubeletTLS.map { tls in
      KubeletProxy(
        tls: tls, defaultPort: configuration.kubeletPort, patience: configuration.kubeletPatience
      ) { node in
        try await Self.locate(node, in: registry)
      }
    }
    let mayReachAll = configuration.proxiesToOwnAddresses
    let connects = ConnectHandler(
      registry: registry, kubelets: kubelets,
      backends: BackendProxy(kubeletTLS: configuration.kubeletTLS),
      mayReach: { mayReachAll || ProxyTargets.isForeign($0) })
    var http = HTTPServerConfiguration(
      address: .tcp(host: configuration.host, port: configuration.port), tls: configuration.tls)
    http.tlsOfNewConnection = configuration.tlsOfNewConnection
    // Informers keep a stream open for each resource that they watch.
    http.maximumConcurrentStreams = 1000
    // Most requests are answered from the caches in microseconds, less than a change of threads takes. What is longer
    // leaves the loop by itself (`HTTPServer.offLoop`).
    http.runsHandlersOnEventLoops = true
    configuration.adjustLimits(&http)
    // Tunnels are not given up by the server itself: watches over WebSockets get the same patience as streams.
    let watches = WatchHandler(registry: registry, patience: .nanoseconds(http.writeTimeout.nanoseconds))
    let statistics = StatisticsBox()
    var roles: (@Sendable () -> RoleTable)?
    if let cluster = authorizer as? ClusterAuthorizer { roles = { cluster.currentRoles } }
    let handler = APIHandler(
      registry: registry, authenticator: RequestAuthenticator(tokens: tokens?.authenticator), authorizer: authorizer,
      resources: ResourceHandler(registry: registry, schema: schema, watches: watches, connects: connects),
      discovery: Discovery(
        resources: registry.resources.map { DiscoveredResource($0) } + [ResourceHandler.bindings]
          + ReviewHandler.resources,
        serverAddress: "\(configuration.host):\(configuration.port)"),
      openAPI: OpenAPIHandler(),
      health: HealthHandler(checks: [
        HealthCheck("informer-sync") { registry.isReady ? nil : "the caches have not been filled yet" },
        HealthCheck("etcd", storeProblem), HealthCheck("etcd-readiness", storeProblem),
        HealthCheck("shutdown") { watches.isStopping ? "process is shutting down" : nil },
      ]),
      reviews: ReviewHandler(
        authorizer: authorizer, roles: roles,
        tokens: tokens?.authenticator, issuer: tokens?.issuer),
      tokenKeys: tokens?.keys,
      metrics: RequestMetrics(
        gauges: {
          guard let now = statistics.read() else { return [] }
          return [
            ("apiserver_longrunning_requests", watches.count), ("apiserver_open_connections", now.openConnections),
            ("apiserver_current_inflight_requests", now.activeRequests),
            ("apiserver_tls_handshake_failures", now.failedHandshakes),
            ("apiserver_cached_revision", Int(registry.cachedRevision)),
          ]
        }, isServed: { Self.isServed($0, by: registry) }),
      logger: logger)
    server = HTTPServer(configuration: http, logger: logger) { request, writer in
      try await handler.handle(request, writer)
    }
    self.watches = watches
    self.connects = connects
    statistics.server = server
  }

  /// Begins to serve; returns the port.
  @discardableResult
  package func start() async throws -> Int { try await server.start() }

  /// Ends watches, lets requests end, and stops. Tunnels have the server's grace, then they are cut.
  package func shutdown() async {
    watches.stop()
    await server.shutdown()
    await connects.shutdown()
  }

  /// The server's numbers.
  package var statistics: HTTPServerStatistics { server.statistics }
  /// Watches that run now.
  package var runningWatches: Int { watches.count }

  /// Whether there is what a request is about.
  private static func isServed(_ info: RequestInfo, by registry: ResourceRegistry) -> Bool {
    if let resource = registry.resource(group: info.group, version: info.version, plural: info.resource) {
      return info.subresource.isEmpty || resource.subresource(info.subresource) != nil || ConnectKind(info) != nil
    }
    return info.subresource.isEmpty
      && (ReviewHandler.resources + [ResourceHandler.bindings]).contains {
        $0.group == info.group && $0.version == info.version && $0.plural == info.resource
      }
  }

  /// A node's internal address and its kubelet's port, from its Node object.
  private static func locate(_ node: String, in registry: ResourceRegistry) async throws -> (host: String, port: Int?)?
  {
    guard let nodes = registry.resource(group: "", version: "v1", plural: "nodes") else { return nil }
    let object = try await registry.get(nodes, namespace: "", name: node, options: GetOptions(resourceVersion: "0"))
    let status = try JSONValue(jsonBytes: object.json)["status"]
    let addresses = status?["addresses"]?.arrayValue ?? []
    for type in ["InternalIP", "ExternalIP", "Hostname"] {
      for address in addresses where address["type"]?.stringValue == type {
        guard let host = address["address"]?.stringValue, !host.isEmpty else { continue }
        let port = status?["daemonEndpoints"]?["kubeletEndpoint"]?["Port"]?.intValue
        return (host, port.flatMap { $0 > 0 ? Int($0) : nil })
      }
    }
    return nil
  }
}

/// The server's numbers for the handlers that are made before it.
private final class StatisticsBox: @unchecked Sendable {
  // Set once, before the server starts to serve.
  weak var server: HTTPServer?
  func read() -> HTTPServerStatistics? { server?.statistics }
}
