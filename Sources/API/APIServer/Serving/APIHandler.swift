import APISchema
import Access
import AccessTokens
import HTTPServer
import JSONDocument
import Logging
import NIOHTTP1
import Registry

/// A front-end's answer to every request: who is it, may it, what does it want.
struct APIHandler: Sendable {
  let registry: ResourceRegistry
  let authenticator: any Authenticator
  let authorizer: any Authorizer
  let resources: ResourceHandler
  let discovery: Discovery
  let openAPI: OpenAPIHandler
  let health: HealthHandler
  let reviews: ReviewHandler
  /// For the documents by which others check tokens.
  let tokenKeys: TokenKeys?
  let metrics: RequestMetrics
  let limiter = RequestLimiter()
  let logger: Logger

  func handle(_ request: HTTPServerRequest, _ writer: HTTPResponseWriter) async throws {
    let started = ContinuousClock.now
    let responder = Responder(request: request, writer: writer)
    guard let segments = ProxiedPath(request)?.segments ?? request.pathSegments else {
      return try await responder.failure(.badRequest("the path is not valid"))
    }
    let info = RequestInfo(method: request.method, path: request.path, segments: segments, query: request.query)
    do {
      let user = try await impersonate(request, by: try await authenticator.authenticate(request))
      try await serve(APIRequest(http: request, info: info, user: user, authorizer: authorizer), responder)
      metrics.record(info, code: Int(writer.sentStatus?.code ?? 200), since: started)
    } catch let error as APIError {
      if error.code >= 500 {
        logger.warning(
          "Request failed",
          metadata: [
            "verb": "\(info.verb)", "path": "\(request.path)", "code": "\(error.code)", "message": "\(error.message)",
          ])
      }
      metrics.record(info, code: error.code, since: started)
      try await responder.failure(error)
    } catch let error as HTTPServerError where error.code == .clientDisconnected {
      metrics.record(info, code: 499, since: started)
    } catch is CancellationError {
      // The client went away, or the server stops: nobody waits for an answer.
      metrics.record(info, code: 499, since: started)
      throw CancellationError()
    } catch let error as HTTPServerError {
      throw error
    } catch {
      logger.error("Request failed", metadata: ["path": "\(request.path)", "error": "\(error)"])
      metrics.record(info, code: 500, since: started)
      try await responder.failure(.internalError("\(error)"))
    }
  }

  private func serve(_ request: APIRequest, _ responder: Responder) async throws {
    try await authorize(request)
    try await limiter.limit(request.info) {
      if !request.info.isResource { return try await servePath(request, responder) }
      if try await answerReview(request, responder) { return }
      try await resources.serve(request, responder)
    }
  }

  /// Reviews and requests for tokens are small. Who sends large ones, which everybody may who is known, must not hold
  /// the event loop with them.
  private func answerReview(_ request: APIRequest, _ responder: Responder) async throws -> Bool {
    guard ReviewHandler.concerns(request.info), request.mayHaveLongBody else {
      return try await reviews.answer(request, responder)
    }
    return try await HTTPServer.offLoop { try await reviews.answer(request, responder) }
  }

  private func servePath(_ request: APIRequest, _ responder: Responder) async throws {
    let path = request.info.path
    guard [.GET, .HEAD].contains(request.http.method) else { throw APIError.methodNotAllowed() }
    if try await health.answer(path, responder) { return }
    switch path {
    case "/version", "/version/": return try await responder.plain(VersionInfo.document)
    case "/metrics": return try await HTTPServer.offLoop { try await responder.text(metrics.exposition()) }
    default: break
    }
    if let tokenKeys {
      switch path {
      case TokenKeys.configurationPath: return try await responder.plain(tokenKeys.configuration())
      case TokenKeys.keysPath:
        return try await responder.plain(tokenKeys.keySet, contentType: "application/jwk-set+json")
      default: break
      }
    }
    // Megabytes, made when they are first asked for.
    if path.hasPrefix("/openapi/"), try await HTTPServer.offLoop({ try await openAPI.answer(path, responder) }) {
      return
    }
    if try await discovery.answer(path, responder) { return }
    throw APIError.noSuchPath()
  }

  // MARK: Access

  /// Paths that everybody may read, as Kubernetes' `system:public-info-viewer` allows.
  private static let publicPaths: Set<String> = ["/healthz", "/livez", "/readyz", "/version", "/version/"]

  private func authorize(_ request: APIRequest) async throws(APIError) {
    let info = request.info
    if !info.isResource, Self.publicPaths.contains(info.path), ["get", "head"].contains(info.verb) { return }
    let attributes = AccessAttributes(info, fieldSelector: request.http.query["fieldSelector"] ?? "")
    guard case .denied(let reason) = await authorizer.authorize(request.user, attributes) else { return }
    if !info.isResource {
      throw APIError(code: 403, reason: .forbidden, message: "forbidden: \(reason)", details: .init())
    }
    throw .forbidden(
      GroupResource(group: info.group, resource: info.resource), name: info.selectedByField ? "" : info.name,
      because: reason)
  }

  /// As whom the request goes on: the user itself, or whom it may act as and asks to (`kubectl --as`).
  private func impersonate(_ request: HTTPServerRequest, by user: UserInfo) async throws(APIError) -> UserInfo {
    guard request.headers.contains(where: { Impersonation.concerns($0.name) }) else { return user }
    let wanted: Impersonation?
    do {
      wanted = try Impersonation(headers: request.headers.lazy.map { (name: $0.name, value: $0.value) })
    } catch { throw .internalError(error.message) }
    guard let wanted else { return user }
    for check in wanted.checks {
      guard case .denied(let reason) = await authorizer.authorize(user, check) else { continue }
      throw .forbidden(
        GroupResource(group: check.group, resource: check.resource), name: check.name, because: reason)
    }
    return wanted.user
  }
}
