// ClusterClient: how every part of the cluster talks to the front-ends. `ClusterClient` is the typed
// client, `Informer` keeps a local cache of a kind by list and watch, `EventRecorder` writes events.
// `ClientConfiguration` says where the front-ends are and who is asking.

/// Where the front-ends are, how they prove who they are, and how the client proves who it is.
package struct ClientConfiguration: Sendable {
  /// The base address: scheme, host and port, without a trailing slash ("https://127.0.0.1:6443").
  package var server: String
  /// PEM of the authorities that may have signed the server's certificate. `nil`: the system's own.
  package var certificateAuthority: [UInt8]?
  /// PEM of the client's certificate chain, leaf first. Goes with `clientKey`.
  package var clientCertificate: [UInt8]?
  /// PEM of the client's private key.
  package var clientKey: [UInt8]?
  /// A bearer token; sent only over TLS.
  package var bearerToken: String?
  /// Accepts any server certificate. Only ever what a kubeconfig asks for in so many words.
  package var skipsServerVerification: Bool
  /// The namespace of the kubeconfig's context; "default" if it names none.
  package var namespace: String
  /// The User-Agent header.
  package var userAgent: String
  /// Longest silence on an ordinary request, and the deadline for getting a connection. Default 10 s.
  package var requestTimeout: Duration
  /// Longest silence on a watch before it is opened anew from where it stood. Default 30 s.
  package var watchIdleTimeout: Duration
  /// Open connections at most for ordinary requests; more requests wait. Default 64.
  package var maximumConnections: Int

  package init(
    server: String, certificateAuthority: [UInt8]? = nil, clientCertificate: [UInt8]? = nil, clientKey: [UInt8]? = nil,
    bearerToken: String? = nil, skipsServerVerification: Bool = false, namespace: String = "default",
    userAgent: String = "apus", requestTimeout: Duration = .seconds(10), watchIdleTimeout: Duration = .seconds(30),
    maximumConnections: Int = 64
  ) {
    self.server = server
    self.certificateAuthority = certificateAuthority
    self.clientCertificate = clientCertificate
    self.clientKey = clientKey
    self.bearerToken = bearerToken
    self.skipsServerVerification = skipsServerVerification
    self.namespace = namespace
    self.userAgent = userAgent
    self.requestTimeout = requestTimeout
    self.watchIdleTimeout = watchIdleTimeout
    self.maximumConnections = maximumConnections
  }
}

/// What is wrong with a client's configuration.
package struct ClientConfigurationError: Error, Equatable, CustomStringConvertible {
  /// The file, if one is to blame.
  package var file: String?
  package var message: String

  package init(file: String? = nil, message: String) {
    self.file = file
    self.message = message
  }

  package var description: String { file.map { "\($0): \(message)" } ?? message }
}
