import Access
package import ClusterClient
package import ControllerKit
package import KubernetesAPI
import Logging
import PKI

/// Approves requests for certificates that need nobody's judgement: see `AutomaticApproval`.
package final class CertificateApprover: Reconciler {
  package let name = "certificate-approver"

  /// Whether somebody may do something, by the API's authoriser.
  package typealias AccessQuestion = @Sendable (AuthorizationV1.SubjectAccessReviewSpec) async throws -> Bool

  private let client: ClusterClient
  private let recorder: EventSource
  private let requests: Informer<CertificatesV1.CertificateSigningRequest>
  private let nodes: Informer<CoreV1.Node>
  private let options: CertificateOptions
  private let mayDo: AccessQuestion
  private let logger: Logger

  /// - Parameter mayDo: default: by a SubjectAccessReview.
  package init(
    _ context: ControllerContext, options: CertificateOptions, queue: WorkQueue<ObjectKey>,
    mayDo: AccessQuestion? = nil
  ) {
    client = context.client
    recorder = context.recorder.source("certificate-approver")
    requests = context.informers.informer()
    nodes = context.informers.informer()
    self.options = options
    logger = context.logger
    let asked = context.client
    self.mayDo =
      mayDo ?? { spec in
        try await asked.create(AuthorizationV1.SubjectAccessReview(spec: spec)).status.allowed
      }
    requests.addHandler { change in
      if case .deleted = change { return }
      if Self.isUndecided(change.object) { queue.add(change.object.key) }
    }
  }

  private static func isUndecided(_ request: CertificatesV1.CertificateSigningRequest) -> Bool {
    request.status.certificate.isEmpty
      && !request.status.conditions.contains { $0.type == "Approved" || $0.type == "Denied" }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard var request = requests.get(key), Self.isUndecided(request),
      let signer = CertificateSigner(rawValue: request.spec.signerName),
      let wanted = RequestedCertificate(request.spec)
    else { return .done }
    let verdict = AutomaticApproval.verdict(
      signer: signer, wanted, author: request.spec.username, cluster: clusterNames())
    switch verdict {
    case .notOurs: return .done
    case .left(let reason):
      // Somebody has to decide; if what stands against it goes away, a new request is made anyway.
      recorder.record(request, .warning, reason: "NotApproved", message: "Not approved by itself: \(reason)")
      logger.info(
        "request for a certificate is left to others", metadata: ["name": "\(key.name)", "reason": "\(reason)"])
      return .done
    case .ask(let checks):
      for check in checks {
        guard try await mayDo(check.review(of: request.spec)) else { continue }
        request.status.conditions.append(
          .init(type: "Approved", status: "True", reason: "AutoApproved", message: check.message))
        _ = try await client.updateApproval(request)
        return .done
      }
      logger.info(
        "request for a certificate is not approved: its author lacks the right",
        metadata: ["name": "\(key.name)", "author": "\(request.spec.username)"])
      // Rights may be granted later.
      return .again(after: .seconds(60))
    }
  }

  private func clusterNames() -> ClusterNames {
    let nodes = nodes.list()
    var byAddress: [String: Set<String>] = [:]
    for node in nodes {
      for address in node.status.addresses { byAddress[address.address, default: []].insert(node.metadata.name) }
    }
    let options = options
    return ClusterNames(
      hosts: options.hosts, nodes: Set(nodes.map(\.metadata.name)), nodesByAddress: byAddress,
      isReserved: { options.isReserved($0) })
  }
}

extension RequestedCertificate {
  /// What a request's specification asks for; nil if it cannot be read.
  init?(_ spec: CertificatesV1.CertificateSigningRequestSpec) {
    guard let request = try? CertificateRequest(pem: spec.request) else { return nil }
    self.init(request, usages: spec.usages)
  }

  init(_ request: CertificateRequest, usages: [String]) {
    self.init(
      commonName: request.commonName, organizations: request.organizations, dnsNames: request.dnsNames,
      addresses: request.addresses, emailAddresses: request.emailAddresses, uris: request.uris, usages: usages)
  }
}

extension ClusterClient {
  /// Replaces the conditions by which a request for a certificate is approved or denied.
  func updateApproval(
    _ request: CertificatesV1.CertificateSigningRequest
  ) async throws -> CertificatesV1.CertificateSigningRequest {
    let path = CertificatesV1.CertificateSigningRequest.resource.path(
      name: request.metadata.name, subresource: "approval")
    let answer = try await send(
      ClusterRequest(.put, path, contentType: "application/json", body: request.jsonBytes))
    do { return try .init(jsonBytes: answer) } catch { throw ClusterDecodingError(message: "\(path): \(error)") }
  }
}
