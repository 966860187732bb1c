import Access
import HTTPServer
import Registry

/// Who a request comes from.
protocol Authenticator: Sendable {
  /// - Throws: 401 for credentials that are shown and are not good. Whoever shows none is anonymous.
  func authenticate(_ request: HTTPServerRequest) async throws(APIError) -> UserInfo
}

/// By the client's certificate, which TLS has verified: its CN is the user, its O are the groups. Without one, or with
/// one that names nobody, by a token in `Authorization: Bearer`; without either the user is anonymous.
struct RequestAuthenticator: Authenticator {
  /// nil: tokens are not looked at, and whoever shows one is refused.
  var tokens: TokenAuthenticator?

  func authenticate(_ request: HTTPServerRequest) async throws(APIError) -> UserInfo {
    if let peer = request.peer, !peer.commonName.isEmpty {
      return .authenticated(name: peer.commonName, groups: peer.organizations)
    }
    guard let token = request.bearerToken ?? Self.webSocketToken(request) else { return .anonymous }
    // Why a token is refused is said to nobody who merely tries some.
    guard let tokens, let user = await tokens.user(token)?.user else { throw .unauthorized() }
    return user
  }

  /// Browsers cannot set headers of WebSockets: there a token may stand among the protocols.
  private static func webSocketToken(_ request: HTTPServerRequest) -> String? {
    WebSocketHandshake.isAsked(request) ? WebSocketHandshake.token(request.headers) : nil
  }
}

extension AccessAttributes {
  /// What a request wants to do.
  init(_ info: RequestInfo, fieldSelector: String) {
    guard info.isResource else {
      self.init(verb: info.verb, path: info.path)
      return
    }
    let selects = !fieldSelector.isEmpty && ["list", "watch", "deletecollection"].contains(info.verb)
    self.init(
      verb: info.verb, group: info.group, resource: info.resource, subresource: info.subresource,
      namespace: info.namespace, name: info.name, fields: selects ? AccessReviews.equalities(of: fieldSelector) : [:])
  }
}
