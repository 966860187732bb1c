package import NIOCore
package import NIOSSL

/// Where a server listens.
package enum GRPCTarget: Sendable, Hashable, CustomStringConvertible {
  /// A host name or an address, without brackets.
  case tcp(host: String, port: Int)
  /// The path of a unix socket.
  case unix(path: String)

  package var description: String {
    switch self {
    case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    case .unix(let path): "unix:\(path)"
    }
  }

  /// What goes into `:authority`.
  var authority: String {
    switch self {
    case .tcp: self.description
    case .unix: "localhost"
    }
  }
}

/// How a client connects and what it accepts. Every field has a default that suits a local network.
package struct GRPCConnectionConfiguration: Sendable {
  /// From the first packet to the server's SETTINGS, TLS handshake included.
  package var connectTimeout: TimeAmount = .seconds(5)
  /// The pause after the first failed attempt; each further one is 1.6 times as long, up to the maximum, and
  /// every pause is spread by 20 % so that clients of one server do not come back together.
  package var initialBackoff: TimeAmount = .milliseconds(100)
  package var maximumBackoff: TimeAmount = .seconds(5)
  /// Sends a PING when nothing was read for `interval` while calls are open, and gives the connection up when
  /// nothing was read for `timeout` after it. Nil: none. Servers bound how often they like it: grpc-go's default
  /// is one in 5 minutes, etcd's one in 5 s; a server that minds answers with GOAWAY.
  package var keepAlive: GRPCKeepAlive?
  /// The largest message that is accepted or sent, in bytes.
  package var maximumMessageSize = 64 << 20
  package var limits = HTTP2Limits()
  /// The TLS context of a new connection, in the place of `tls` where that is given: for certificates that are renewed.
  /// Asked on the connection's event loop.
  package var tlsOfNewConnection: (@Sendable () -> NIOSSLContext)?

  package init() {}
}

/// When to ask a silent peer whether it is there.
package struct GRPCKeepAlive: Sendable, Hashable {
  package var interval: TimeAmount
  package var timeout: TimeAmount

  package init(interval: TimeAmount, timeout: TimeAmount) {
    self.interval = interval
    self.timeout = timeout
  }
}
