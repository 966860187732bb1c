import APISchema
import Access
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
  let reviews: SelfReviewHandler
  let metrics: RequestMetrics
  let limiter = RequestLimiter()
  let logger: Logger

  func handle(_ request: HTTPServerRequest, _ writer: HTTPResponseWriter) async throws {
    let started = ContinuousClock.now
    let responder = Responder(request: request, writer: writer)
    guard let segments = request.pathSegments else {
      return try await responder.failure(.badRequest("the path is not valid"))
    }
    let info = RequestInfo(method: request.method, path: request.path, segments: segments, query: request.query)
    do {
      try await serve(APIRequest(http: request, info: info, user: await authenticator.authenticate(request)), responder)
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
      if try await reviews.answer(request, responder) { return }
      try await resources.serve(request, responder)
    }
  }

  private func servePath(_ request: APIRequest, _ responder: Responder) async throws {
    let path = request.info.path
    guard [.GET, .HEAD].contains(request.http.method) else {
      throw APIError(
        code: 405, reason: .methodNotAllowed,
        message: "the server does not allow this method on the requested resource")
    }
    if try await health.answer(path, responder) { return }
    switch path {
    case "/version", "/version/": return try await responder.document(VersionInfo.document)
    case "/metrics": return try await responder.text(metrics.exposition())
    default: break
    }
    if try await openAPI.answer(path, responder) { return }
    if try await discovery.answer(path, responder) { return }
    throw APIError.noSuchPath()
  }

  // MARK: Access

  /// Paths that everybody may read, as Kubernetes' `system:public-info-viewer` allows.
  private static let publicPaths: Set<String> = ["/healthz", "/livez", "/readyz", "/version", "/version/"]

  private func authorize(_ request: APIRequest) async throws(APIError) {
    let info = request.info
    if !info.isResource, Self.publicPaths.contains(info.path), ["get", "head"].contains(info.verb) { return }
    let attributes =
      info.isResource
      ? AccessAttributes(
        verb: info.verb, group: info.group, resource: info.resource, subresource: info.subresource,
        namespace: info.namespace, name: info.name)
      : AccessAttributes(verb: info.verb, path: info.path)
    guard case .denied(let reason) = await authorizer.authorize(request.user, attributes) else { return }
    if request.user == .anonymous { throw .unauthorized() }
    if !info.isResource {
      throw APIError(code: 403, reason: .forbidden, message: "forbidden: \(reason)", details: .init())
    }
    let resource = info.subresource.isEmpty ? info.resource : "\(info.resource)/\(info.subresource)"
    throw .forbidden(
      GroupResource(group: info.group, resource: resource), name: info.selectedByField ? "" : info.name, because: reason
    )
  }
}
