import Access
package import ClusterClient
package import ControllerKit
import FoundationEssentials
import KubernetesAPI
import Logging
package import PKI

/// Signs approved requests for certificates with the key of the cluster's authority, as `CertificateSigner` has it: what
/// a signer does not sign fails, and says why.
package final class CertificateSigningController: Reconciler {
  package let name = "certificate-signing"

  private let client: ClusterClient
  private let requests: Informer<CertificatesV1.CertificateSigningRequest>
  private let authority: CertificateAuthority
  private let longestLifetime: Int64
  private let logger: Logger

  package init(
    _ context: ControllerContext, authority: CertificateAuthority, longestLifetime: Int64, queue: WorkQueue<ObjectKey>
  ) {
    client = context.client
    requests = context.informers.informer()
    self.authority = authority
    self.longestLifetime = longestLifetime
    logger = context.logger
    requests.addHandler { change in
      if case .deleted = change { return }
      if Self.isDue(change.object) { queue.add(change.object.key) }
    }
  }

  /// Approved by somebody, denied by nobody, and not signed yet nor failed.
  static func isDue(_ request: CertificatesV1.CertificateSigningRequest) -> Bool {
    func has(_ type: String) -> Bool { request.status.conditions.contains { $0.type == type && $0.status == "True" } }
    return request.status.certificate.isEmpty && has("Approved") && !has("Denied") && !has("Failed")
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard var request = requests.get(key), Self.isDue(request),
      let signer = CertificateSigner(rawValue: request.spec.signerName)
    else { return .done }
    switch outcome(request.spec, signer) {
    case .success(let pem):
      request.status.certificate = Array(pem.utf8)
      logger.info(
        "certificate signed", metadata: ["name": "\(key.name)", "signer": "\(signer.rawValue)"])
    case .failure(let failure):
      request.status.conditions.append(
        .init(type: "Failed", status: "True", reason: "SignerValidationFailure", message: failure.reason))
      logger.info(
        "certificate not signed", metadata: ["name": "\(key.name)", "reason": "\(failure.reason)"])
    }
    _ = try await client.updateStatus(request)
    return .done
  }

  private struct Refusal: Error { var reason: String }

  private func outcome(
    _ spec: CertificatesV1.CertificateSigningRequestSpec, _ signer: CertificateSigner
  ) -> Result<String, Refusal> {
    let request: CertificateRequest
    do { request = try CertificateRequest(pem: spec.request) } catch { return .failure(Refusal(reason: "\(error)")) }
    if let problem = signer.problem(with: RequestedCertificate(request, usages: spec.usages)) {
      return .failure(Refusal(reason: problem))
    }
    let lifetime = CertificateSigner.lifetime(requested: spec.expirationSeconds, longest: longestLifetime)
    do {
      return .success(
        try authority.sign(
          request, for: spec.usages.compactMap { CertificateAuthority.RequestedUsage(rawValue: $0) }, now: Date(),
          lifetime: TimeInterval(lifetime)))
    } catch { return .failure(Refusal(reason: "the certificate could not be made: \(error)")) }
  }
}
