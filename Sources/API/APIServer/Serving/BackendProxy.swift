import AsyncHTTPClient
import HTTPServer
import NIOCore
import NIOHTTP1
import NIOSSL
import Registry

/// Hands requests on to pods, services' endpoints and kubelets: any method, bodies streamed both ways under
/// back-pressure, and switches of protocols as byte tunnels.
final class BackendProxy: Sendable {
  /// For pods and services: their certificates name nothing that could be checked.
  private let backends: HTTPClient
  private let unverified: Result<NIOSSLContext, any Error>
  private let kubelets: (client: HTTPClient, tls: ReloadingClientTLS)?
  private let dialer: UpgradeDialer

  /// How long a backend may take to begin its answer: as long as a client waits.
  private static let patience = TimeAmount.hours(1)

  init(kubeletTLS: ReloadingClientTLS?, dialer: UpgradeDialer = UpgradeDialer()) {
    var anybody = TLSConfiguration.makeClientConfiguration()
    anybody.certificateVerification = .none
    backends = Self.client(anybody)
    unverified = Self.context(anybody)
    kubelets = kubeletTLS.map { (Self.client($0.current().configuration), $0) }
    self.dialer = dialer
  }

  func shutdown() async {
    try? await backends.shutdown()
    try? await kubelets?.client.shutdown()
  }

  private static func client(_ tls: TLSConfiguration) -> HTTPClient {
    var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
    configuration.timeout = .init(connect: .seconds(5), read: nil)
    configuration.redirectConfiguration = .disallow
    configuration.httpVersion = .http1Only
    configuration.connectionPool.idleTimeout = .seconds(30)
    // Whoever is not there is told at once: whether to try again is the client's to say.
    configuration.connectionPool.retryConnectionEstablishment = false
    // Answers may last: one that is followed must not keep others waiting. The server's own limits bound them.
    configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 1000
    return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  /// For connections that are to become tunnels.
  private static func context(_ tls: TLSConfiguration) -> Result<NIOSSLContext, any Error> {
    var tls = tls
    tls.applicationProtocols = ["http/1.1"]
    return Result { try NIOSSLContext(configuration: tls) }
  }

  // MARK: Requests

  /// - Parameter path: the proxied path that the request names.
  func forward(
    _ request: APIRequest, _ writer: HTTPResponseWriter, path: ProxiedPath, to target: ProxyTarget
  ) async throws {
    let http = request.http
    let query = http.target.firstIndex(of: "?").map { String(http.target[$0...]) } ?? ""
    let body = Self.body(of: http)
    // A wish for other protocols together with a body is one that the backend may pass over, and is not told of.
    if http.asksForUpgrade, body == nil {
      return try await tunnel(request, writer, path: path, query: query, to: target)
    }
    if path.rest.isEmpty, http.method == .GET || http.method == .HEAD {
      // What stands at a relative path on the page has to come back below the proxy.
      return try await writer.respond(.movedPermanently, headers: ["location": path.prefix + "/" + query])
    }
    let uri = (path.rest.isEmpty ? "/" : path.rest) + query
    var outgoing = HTTPClientRequest(url: "\(target.scheme)://\(target.authority)\(uri)")
    outgoing.method = http.method
    outgoing.headers = Self.headers(of: request, path)
    if let body {
      writer.streamBody()
      outgoing.body = body
    }
    guard let client = target.security == .kubelet ? kubelets?.client : backends else {
      throw APIError.serviceUnavailable("this front-end does not reach kubelets")
    }
    if target.security == .kubelet { outgoing.tlsConfiguration = kubelets?.tls.current().configuration }
    let response: HTTPClientResponse
    do { response = try await client.execute(outgoing, deadline: .now() + Self.patience) } catch {
      if Task.isCancelled { throw CancellationError() }
      // The client's own fault, or its end.
      if let error = error as? HTTPServerError { throw error }
      throw APIError.serviceUnavailable("error trying to reach service: \(error)")
    }
    var headers = response.headers.endToEnd()
    Self.adapt(&headers, location(path, target, http))
    try await writer.writeHead(response.status, headers: headers)
    for try await bytes in response.body { try await writer.write(bytes) }
    try await writer.finish()
  }

  /// Nil: there is none.
  private static func body(of request: HTTPServerRequest) -> HTTPClientRequest.Body? {
    if let length = request.body.announcedLength {
      return length > 0 ? .stream(request.body, length: .known(Int64(length))) : nil
    }
    let isChunked = request.headers.contains(name: "transfer-encoding")
    let mayStream = request.version.major == 2 && [.POST, .PUT, .PATCH].contains(request.method)
    return isChunked || mayStream ? .stream(request.body, length: .unknown) : nil
  }

  private func tunnel(
    _ request: APIRequest, _ writer: HTTPResponseWriter, path: ProxiedPath, query: String, to target: ProxyTarget
  ) async throws {
    _ = try await request.body()  // its end, which has to be there before the switch
    let tls: NIOSSLContext?
    switch target.security {
    case .none: tls = nil
    case .unverified: tls = try unverified.get()
    case .kubelet:
      guard let kubelets else { throw APIError.serviceUnavailable("this front-end does not reach kubelets") }
      tls = kubelets.tls.current().context
    }
    var headers = Self.headers(of: request, path)
    headers.add(name: "connection", value: "Upgrade")
    for value in request.http.headers["upgrade"] { headers.add(name: "upgrade", value: value) }
    headers.remove(name: "content-length")
    if ![.GET, .HEAD].contains(request.http.method) { headers.add(name: "content-length", value: "0") }
    let head = HTTPRequestHead(
      version: .http1_1, method: request.http.method, uri: (path.rest.isEmpty ? "/" : path.rest) + query,
      headers: headers)
    var answer: UpgradeAnswer
    do {
      answer = try await dialer.open(
        UpgradeTarget(host: target.host, port: target.port, tls: tls), head, patience: .seconds(60))
    } catch let error as UpgradeError {
      throw APIError.serviceUnavailable("error trying to reach service: \(error)")
    }
    if case .refused(var refusal) = answer {
      Self.adapt(&refusal.head.headers, location(path, target, request.http))
      answer = .refused(refusal)
    }
    try await writer.relay(answer)
  }

  private func location(_ path: ProxiedPath, _ target: ProxyTarget, _ request: HTTPServerRequest) -> ProxiedLocation {
    ProxiedLocation(prefix: path.prefix, backend: target.authority, requestHost: Self.host(request))
  }

  // MARK: Headers

  /// What the front-end is told about the user is not the backend's to know.
  private static let ownHeaders = ["authorization", "content-length", "expect"]

  private static func headers(of request: APIRequest, _ path: ProxiedPath) -> HTTPHeaders {
    let http = request.http
    var headers = HTTPHeaders()
    for field in http.headers.withoutTokens.endToEnd() {
      let name = field.name.lowercased()
      if ownHeaders.contains(name) || name.hasPrefix("impersonate-") || name.hasPrefix("x-forwarded-") { continue }
      headers.add(name: field.name, value: field.value)
    }
    if let length = http.body.announcedLength { headers.add(name: "content-length", value: "\(length)") }
    var passed = http.headers["x-forwarded-for"]
    if let address = http.remoteAddress?.ipAddress { passed.append(address) }
    if !passed.isEmpty { headers.add(name: "x-forwarded-for", value: passed.joined(separator: ", ")) }
    headers.add(name: "x-forwarded-uri", value: path.prefix + path.rest)
    if !headers.contains(name: "host") { headers.add(name: "host", value: host(http)) }
    return headers
  }

  private static func host(_ request: HTTPServerRequest) -> String { request.headers.first(name: "host") ?? "" }

  /// As it is to be seen from outside.
  private static func adapt(_ headers: inout HTTPHeaders, _ location: ProxiedLocation) {
    // Which pages may read an answer is for the front-end to say, not for what lies behind it.
    for name in ["credentials", "headers", "methods", "origin"] { headers.remove(name: "access-control-allow-\(name)") }
    if let target = headers.first(name: "location") {
      headers.replaceOrAdd(name: "location", value: location.rewrite(target))
    }
  }
}

extension HTTPHeaders {
  /// Without the tokens that browsers put among a WebSocket's protocols: they were for the front-end.
  var withoutTokens: HTTPHeaders {
    let name = "sec-websocket-protocol"
    guard contains(name: name) else { return self }
    var headers = self
    let kept = WebSocketHandshake.protocols(self).filter { !$0.hasPrefix(WebSocketHandshake.tokenProtocol) }
    headers.remove(name: name)
    if !kept.isEmpty { headers.add(name: name, value: kept.joined(separator: ", ")) }
    return headers
  }
}
