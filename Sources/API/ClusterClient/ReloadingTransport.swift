import NIOSSL
import Synchronization

/// HTTP to the front-ends by a kubeconfig whose files may change while it is used: certificates are renewed.
///
/// The files are looked at with a request, but no more often than every `interval`. What has changed and is whole (the
/// key fits the certificate) is used from then on; watches that are open go on over new connections, as after any
/// break. What is not whole, such as a pair of files between two writes, is left for the next look.
package final class ReloadingTransport: ClusterTransport {
  private struct State {
    var transport: HTTPTransport
    var configuration: ClientConfiguration
    var lastLook: ContinuousClock.Instant
  }

  private let path: String
  private let adapt: @Sendable (inout ClientConfiguration) -> Void
  private let interval: Duration
  private let state: Mutex<State>

  /// - Parameters:
  ///   - adapt: what to change of the configuration that the file describes, each time.
  ///   - interval: default 30 s.
  package init(
    kubeconfigFile path: String, interval: Duration = .seconds(30),
    adapt: @escaping @Sendable (inout ClientConfiguration) -> Void = { _ in }
  ) throws(ClientConfigurationError) {
    self.path = path
    self.adapt = adapt
    self.interval = interval
    var configuration = try ClientConfiguration(kubeconfigFile: path)
    adapt(&configuration)
    state = Mutex(
      State(
        transport: try HTTPTransport(configuration: configuration), configuration: configuration, lastLook: .now))
  }

  private func current() -> HTTPTransport {
    let now = ContinuousClock.now
    let (transport, isDue) = state.withLock { state in
      guard now - state.lastLook >= interval else { return (state.transport, false) }
      state.lastLook = now
      return (state.transport, true)
    }
    guard isDue, let (changed, configuration) = changedTransport() else { return transport }
    state.withLock { state in
      state.transport = changed
      state.configuration = configuration
    }
    // The old one closes its connections once nobody uses it any more.
    return changed
  }

  private func changedTransport() -> (HTTPTransport, ClientConfiguration)? {
    guard var configuration = try? ClientConfiguration(kubeconfigFile: path) else { return nil }
    adapt(&configuration)
    guard configuration.identity != state.withLock({ $0.configuration.identity }), Self.isWhole(configuration),
      let transport = try? HTTPTransport(configuration: configuration)
    else { return nil }
    return (transport, configuration)
  }

  /// Whether the certificate and the key go together.
  private static func isWhole(_ configuration: ClientConfiguration) -> Bool {
    guard let tls = try? HTTPTransport.tlsConfiguration(configuration) else { return false }
    return (try? NIOSSLContext(configuration: tls)) != nil
  }

  package func perform(_ request: ClusterRequest) async throws -> ClusterResponse {
    try await current().perform(request)
  }

  package func open(_ request: ClusterRequest) async throws -> ClusterByteStream { try await current().open(request) }

  package func shutdown() async { await state.withLock { $0.transport }.shutdown() }
}

extension ClientConfiguration {
  /// What a server sees of the client, and the client of the server.
  fileprivate var identity: [[UInt8]?] {
    [Array(server.utf8), certificateAuthority, clientCertificate, clientKey, bearerToken.map { Array($0.utf8) }]
  }
}

extension ClusterClient {
  /// A client by a kubeconfig whose certificates may be renewed while it is used: see `ReloadingTransport`.
  package convenience init(
    kubeconfigFile path: String, userAgent: String, reloadingEvery interval: Duration = .seconds(30)
  ) throws(ClientConfigurationError) {
    self.init(
      transport: try ReloadingTransport(kubeconfigFile: path, interval: interval) { $0.userAgent = userAgent })
  }
}
