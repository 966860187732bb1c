import Crypto
import HTTPServer
import JSONDocument
import NIOHTTP1
import Registry

/// How a request becomes a WebSocket (RFC 6455, 4.2).
enum WebSocketHandshake {
  /// A token may come as one of the protocols, as browsers can set no headers: base64 without padding follows.
  static let tokenProtocol = "base64url.bearer.authorization.k8s.io."

  static func isAsked(_ request: HTTPServerRequest) -> Bool {
    request.asksForUpgrade && request.headers[canonicalForm: "upgrade"].contains { $0.lowercased() == "websocket" }
  }

  /// The headers of the answer that switches protocols. Of the protocols that the client offers the first is taken that
  /// is no token: what flows is the same whatever it is called.
  ///
  /// - Throws: 400 for what is no handshake.
  static func headers(_ request: HTTPServerRequest) throws(APIError) -> HTTPHeaders {
    guard request.method == .GET, let key = request.headers.first(name: "sec-websocket-key"),
      Base64.decode(key.utf8)?.count == 16
    else { throw .badRequest("the handshake of the WebSocket has no valid Sec-WebSocket-Key") }
    guard request.headers.first(name: "sec-websocket-version") == "13" else {
      throw .badRequest("the only version of WebSockets that is served is 13")
    }
    var headers: HTTPHeaders = [
      "upgrade": "websocket", "connection": "Upgrade", "sec-websocket-accept": accept(key),
    ]
    if let chosen = protocols(request.headers).first(where: { !$0.hasPrefix(tokenProtocol) }) {
      headers.add(name: "sec-websocket-protocol", value: chosen)
    }
    return headers
  }

  static func protocols(_ headers: HTTPHeaders) -> [String] {
    headers["sec-websocket-protocol"].flatMap { $0.split(separator: ",") }.map(\.trimmed).filter { !$0.isEmpty }
  }

  /// The proof that the handshake was understood: a hash of the key and of the number that the RFC gives.
  private static func accept(_ key: String) -> String {
    let text = key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
    return Base64.encode(Array(Insecure.SHA1.hash(data: Array(text.utf8))))
  }

  /// The token that stands among the protocols; nil if there is none.
  static func token(_ headers: HTTPHeaders) -> String? {
    guard let text = protocols(headers).first(where: { $0.hasPrefix(tokenProtocol) })?.dropFirst(tokenProtocol.count)
    else { return nil }
    var plain = String(text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 })
    while plain.utf8.count % 4 != 0 { plain += "=" }
    return Base64.decode(plain.utf8).flatMap { String(validating: $0, as: UTF8.self) }
  }
}
