import Access
import ClusterClient
package import ControllerKit
import FoundationEssentials
import KubernetesAPI
import Logging
import PKI

/// Deletes requests for certificates that have been there long enough (`CertificateRequestAge`), every so often.
package struct CertificateRequestCleaner: LeaderTask {
  private let client: ClusterClient
  private let requests: Informer<CertificatesV1.CertificateSigningRequest>
  private let period: Duration
  private let now: @Sendable () -> Int64
  private let logger: Logger

  /// - Parameter now: seconds since 1970.
  package init(
    _ context: ControllerContext, period: Duration = .seconds(600),
    now: @escaping @Sendable () -> Int64 = { Time.now().secondsSinceEpoch }
  ) {
    client = context.client
    requests = context.informers.informer()
    self.period = period
    self.now = now
    logger = context.logger
  }

  package func run() async throws {
    while true {
      try await clean()
      try await Task.sleep(for: period)
    }
  }

  private func clean() async throws {
    for request in requests.list() {
      let certificate = request.status.certificate
      let facts = certificate.isEmpty ? nil : CertificateFacts(pem: String(decoding: certificate, as: UTF8.self))
      let end = facts.map { Int64($0.notAfter.timeIntervalSince1970) }
      guard let reason = CertificateRequestAge.isOver(request, now: now(), certificateEnd: end) else { continue }
      var options = MetaV1.DeleteOptions()
      options.preconditions = MetaV1.Preconditions(uid: request.metadata.uid)
      do {
        try await client.delete(
          CertificatesV1.CertificateSigningRequest.self, name: request.metadata.name, options: options)
        logger.info(
          "request for a certificate deleted", metadata: ["name": "\(request.metadata.name)", "reason": "\(reason)"])
      } catch {
        try Task.checkCancellation()
        // The next round sees it again.
        logger.debug(
          "request for a certificate not deleted", metadata: ["name": "\(request.metadata.name)", "error": "\(error)"])
      }
    }
  }
}
