/// What goes wrong between a handler and its client.
package struct HTTPServerError: Error, Sendable, Equatable, CustomStringConvertible {
  package enum Code: String, Sendable {
    /// The client closed the connection or reset the stream.
    case clientDisconnected
    /// The body is longer than the handler takes.
    case bodyTooLarge
    /// The body did not arrive in time.
    case bodyTimeout
    /// An answer was begun twice, or parts were written in the wrong order.
    case wrongOrder
    /// The request cannot be upgraded: HTTP/2, no `Upgrade` header, or a body is on its way.
    case upgradeNotPossible
  }
  package var code: Code

  package init(_ code: Code) { self.code = code }
  package var description: String { "HTTP server: \(code.rawValue)" }
}
