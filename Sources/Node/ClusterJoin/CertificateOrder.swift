package import Access
package import ClusterClient
package import ClusterConfig
import Files
package import FoundationEssentials
import KubernetesAPI
package import PKI

/// One certificate that is to be had from the cluster by a CertificateSigningRequest, and the files it goes to.
///
/// The key is made here and never leaves the machine. It is written before the request is sent, and the request's name
/// follows from it: who is interrupted finds its request again.
package struct CertificateOrder: Sendable {
  package var signer: CertificateSigner
  package var identity: CertificateIdentity
  package var names: [String]
  package var addresses: [IPv4Address]
  /// What the request is called, before the digest.
  package var title: String
  package var files: CertificateFolder.Pair

  /// A node as a client of the API.
  package static func kubeletClient(of host: ClusterConfig.Host, _ files: HostCertificates) -> CertificateOrder {
    CertificateOrder(
      signer: .kubeletClient, identity: node(host), names: [], addresses: [], title: "\(host.name)-kubelet-client",
      files: files.client(.kubelet))
  }

  /// A node's kubelet as a server.
  package static func kubeletServing(of host: ClusterConfig.Host, _ files: HostCertificates) -> CertificateOrder {
    CertificateOrder(
      signer: .kubeletServing, identity: node(host), names: [host.name], addresses: [host.address],
      title: "\(host.name)-kubelet-server", files: files.kubeletServer)
  }

  /// The service proxy of a node.
  package static func proxy(of host: ClusterConfig.Host, _ files: HostCertificates) -> CertificateOrder {
    CertificateOrder(
      signer: .client, identity: .init(commonName: AutomaticApproval.proxyUser), names: [], addresses: [],
      title: "\(host.name)-proxy", files: files.client(.proxy))
  }

  private static func node(_ host: ClusterConfig.Host) -> CertificateIdentity {
    .init(commonName: UserInfo.nodePrefix + host.name, organizations: [UserInfo.nodesGroup])
  }

  private var usages: [String] {
    ["digital signature", signer == .kubeletServing ? "server auth" : "client auth"]
  }

  /// Whether the files hold a certificate and its key that are good: of this holder, by this authority, and not about to
  /// end.
  package func isFilled(authority: String, now: Date = Date()) -> Bool {
    guard let certificate = Self.read(files.certificate), let key = try? Self.key(files.key),
      let facts = CertificateFacts(pem: certificate)
    else { return false }
    return key.fits(certificate) && facts.commonName == identity.commonName
      && facts.organizations == identity.organizations && facts.notBefore <= now && facts.notAfter > now + 3600
      && CertificateFacts.isSigned(certificate, by: authority)
  }

  /// Gets the certificate and writes both files; does nothing where they are good.
  /// - Parameters:
  ///   - authority: that of the cluster, in PEM: what comes back has to be by it.
  ///   - report: told of what is waited for.
  /// - Returns: whether there was anything to do.
  @discardableResult
  package func fill(
    by client: ClusterClient, authority: String, patience: Duration, report: @Sendable (String) -> Void
  ) async throws -> Bool {
    if isFilled(authority: authority) { return false }
    let key = try ownKey()
    let pem = try await certificate(for: key, by: client, authority: authority, patience: patience, report: report)
    do { try AtomicFile.write(pem, to: files.certificate) } catch { throw JoinError(.files, "\(error)") }
    return true
  }

  /// Asks for a certificate for a key, and waits for it.
  package func certificate(
    for key: CertificateKey, by client: ClusterClient, authority: String, patience: Duration,
    report: @Sendable (String) -> Void
  ) async throws -> String {
    let wanted = try CertificateRequest(for: identity, names: names, addresses: addresses, key: key)
    let name = "\(title)-\(wanted.digest.prefix(16))"
    var request = CertificatesV1.CertificateSigningRequest()
    request.metadata.name = name
    request.spec.request = Array(try wanted.pem.utf8)
    request.spec.signerName = signer.rawValue
    request.spec.usages = usages
    do { request = try await client.create(request) } catch  where error.isAlreadyExists {
      // From an earlier try: the name tells that it is the same.
      request = try await client.get(name: name)
    } catch let error as APIStatusError {
      throw JoinError(
        error.code == 401 ? .unknownToken : .notAllowed, "the request for a certificate was refused: \(error)")
    }
    let pem = try await issued(request, by: client, patience: patience, report: report)
    guard key.fits(pem), CertificateFacts.isSigned(pem, by: authority) else {
      throw JoinError(
        .noCertificate,
        "the certificate in \(name) is not by the cluster's authority, or not for this key: `kubectl delete csr \(name)`"
      )
    }
    return pem
  }

  private func issued(
    _ first: CertificatesV1.CertificateSigningRequest, by client: ClusterClient, patience: Duration,
    report: @Sendable (String) -> Void
  ) async throws -> String {
    let name = first.metadata.name
    let started = ContinuousClock.now
    var request = first
    var hasSaid = false
    while true {
      if !request.status.certificate.isEmpty { return String(decoding: request.status.certificate, as: UTF8.self) }
      for condition in request.status.conditions where ["Denied", "Failed"].contains(condition.type) {
        let reason = condition.message.isEmpty ? condition.reason : condition.message
        throw JoinError(
          .noCertificate,
          "the request \(name) \(condition.type == "Denied" ? "was denied" : "has failed"): \(reason). To try again: "
            + "`kubectl delete csr \(name)`")
      }
      let isApproved = request.status.conditions.contains { $0.type == "Approved" }
      let waited = ContinuousClock.now - started
      if waited > patience {
        throw JoinError(
          .noCertificate,
          isApproved
            ? "the request \(name) is approved, but nobody signs it: does a controller manager run on a host that has "
              + "the authority's key (controller-manager/cluster-ca.key)?"
            : "nobody approves the request \(name): `kubectl describe csr \(name)` shows it, `kubectl certificate "
              + "approve \(name)` approves it; then run this command again")
      }
      if waited > .seconds(3), !hasSaid {
        hasSaid = true
        report("waiting for the request \(name) to be \(isApproved ? "signed" : "approved")")
      }
      try await Task.sleep(for: .milliseconds(200))
      do { request = try await client.get(name: name) } catch is ClusterConnectionError {
        // Another front-end, or the same one, is there in a moment; the time is bounded all the same.
        continue
      } catch  where error.isNotFound {
        // Not there yet: a front-end whose cache lags behind the one that took it; or deleted.
        guard waited < .seconds(5) else {
          throw JoinError(.noCertificate, "the request \(name) was deleted while it was waited for")
        }
      }
    }
  }

  // MARK: Files

  /// The same for other files.
  func into(_ files: CertificateFolder.Pair) -> CertificateOrder {
    var order = self
    order.files = files
    return order
  }

  /// The key that is there from an earlier try, or a new one.
  private func ownKey() throws(JoinError) -> CertificateKey {
    if let key = try? Self.key(files.key) { return key }
    let key = CertificateKey()
    do {
      try AtomicFile.write(try key.pem, to: files.key, mode: 0o600)
    } catch { throw JoinError(.files, "\(error)") }
    return key
  }

  private static func key(_ path: String) throws -> CertificateKey? {
    guard let text = read(path) else { return nil }
    return try CertificateKey(pem: text)
  }

  private static func read(_ path: String) -> String? {
    AtomicFile.read(path, limit: 1 << 20).map { String(decoding: $0, as: UTF8.self) }
  }
}
