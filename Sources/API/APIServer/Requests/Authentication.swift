import Access
import HTTPServer

/// Who a request comes from.
protocol Authenticator: Sendable {
  func authenticate(_ request: HTTPServerRequest) async -> UserInfo
}

/// By the client's certificate, which TLS has verified: its CN is the user, its O are the groups. Without one, or with
/// one that names nobody, the user is anonymous.
struct CertificateAuthenticator: Authenticator {
  func authenticate(_ request: HTTPServerRequest) async -> UserInfo {
    guard let peer = request.peer, !peer.commonName.isEmpty else { return .anonymous }
    return .authenticated(name: peer.commonName, groups: peer.organizations)
  }
}
