package import NIOCore
package import NIOSSL

/// What a handler knows of the call besides its messages.
package struct GRPCCallContext: Sendable {
  /// `/package.Service/Method`.
  package let path: String
  package let metadata: GRPCMetadata
  /// The leaf of the client's certificate, verified by TLS; nil without TLS or when the client has none.
  package let peerCertificate: NIOSSLCertificate?
  package let remoteAddress: SocketAddress?
  /// When the client stops waiting. The call's task is cancelled then.
  package let deadline: NIODeadline?
}
