import Logging
import Observability
import RaftTransport

/// Looks after the certificates that a store shows: takes those that are renewed, and tells when they end.
struct CertificateWatch: Sendable {
  let peer: PeerCredentials
  let server: ReloadedTLS<ClientServer.Contexts>
  let interval: Duration
  let logger: Logger

  /// Until the task is cancelled.
  func run() async {
    while (try? await Task.sleep(for: interval)) != nil {
      peer.look(logger)
      server.look(logger)
    }
  }

  /// For `/metrics`.
  var metricsText: String {
    var text = PrometheusText()
    text.family(
      "apus_store_certificate_expiry_seconds", .gauge, "When a certificate in use ends, in seconds since 1970.")
    text.sample(Double(peer.expires), [("certificate", "peer")])
    text.sample(Double(server.expires), [("certificate", "server")])
    return text.text
  }
}
