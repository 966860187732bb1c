import Access
import ClusterClient
package import ClusterConfig
import Files
package import FoundationEssentials
import Glibc
package import Logging
import PKI

/// Renews the certificates of a node before they end, each with a new key: the kubelet's two and the service proxy's, as
/// far as the host has those roles. It asks as the node itself, so that a certificate that has ended stays ended.
///
/// Key and certificate are two files that belong together. Both are written beside the old ones first and then renamed,
/// the key before the certificate; whoever finds the pair halfway completes it (``complete(_:)``).
package struct CertificateRenewal: Sendable {
  private let host: ClusterConfig.Host
  private let files: HostCertificates
  private let logger: Logger
  private let server: String?

  /// - Parameter server: default: the kubeconfig's.
  package init(host: ClusterConfig.Host, certificates: HostCertificates, server: String? = nil, logger: Logger) {
    self.host = host
    files = certificates
    self.server = server
    self.logger = logger
  }

  private var orders: [CertificateOrder] {
    var orders: [CertificateOrder] = [.kubeletClient(of: host, files), .kubeletServing(of: host, files)]
    if host.roles.contains(.proxy) { orders.append(.proxy(of: host, files)) }
    return orders
  }

  /// When a certificate is due, as a part of its life: seven to nine tenths, so that the nodes of a cluster that was made
  /// in one go do not all come at once. Kubelets of Kubernetes do the same.
  static func isDue(_ facts: CertificateFacts, jitter: Double, now: Date) -> Bool {
    let life = facts.notAfter.timeIntervalSince(facts.notBefore)
    return now >= facts.notBefore + life * (0.7 + 0.2 * jitter)
  }

  /// Completes pairs of files that an end of the machine has left halfway. To be called before the files are read.
  package func complete() {
    for order in orders { Self.complete(order.files) }
  }

  static func complete(_ pair: CertificateFolder.Pair) {
    let next = next(pair)
    guard let certificate = AtomicFile.read(next.certificate), let key = AtomicFile.read(pair.key),
      let fits = try? CertificateKey(pem: String(decoding: key, as: UTF8.self))
        .fits(String(decoding: certificate, as: UTF8.self)), fits
    else { return }
    rename(next.certificate, pair.certificate)
  }

  static func next(_ pair: CertificateFolder.Pair) -> CertificateFolder.Pair {
    var next = pair
    next.certificate += ".next"
    next.key += ".next"
    return next
  }

  /// Looks at the certificates every so often until cancelled. What fails is tried again.
  package func run(every period: Duration = .seconds(600)) async throws {
    // The same for all looks of a run: the time is fixed, not drawn anew until it has come.
    let jitter = Double.random(in: 0...1)
    while true {
      await renew(now: Date(), jitter: jitter)
      try await Task.sleep(for: period)
    }
  }

  /// Renews what is due.
  /// - Returns: the certificates that were renewed.
  @discardableResult
  package func renew(now: Date, jitter: Double) async -> [String] {
    guard let anchor = AtomicFile.read(files.trust(.cluster)) else { return [] }
    let authority = String(decoding: anchor, as: UTF8.self)
    let due = orders.filter { order in
      guard let bytes = AtomicFile.read(order.files.certificate),
        let facts = CertificateFacts(pem: String(decoding: bytes, as: UTF8.self))
      else { return false }
      return Self.isDue(facts, jitter: jitter, now: now)
    }
    var renewed: [String] = []
    for order in due {
      do {
        try await renew(order, authority)
        renewed.append(order.files.certificate)
        logger.info("certificate renewed", metadata: ["file": "\(order.files.certificate)"])
      } catch {
        if Task.isCancelled { break }
        logger.warning(
          "certificate not renewed", metadata: ["file": "\(order.files.certificate)", "error": "\(error)"])
      }
    }
    return renewed
  }

  private func renew(_ order: CertificateOrder, _ authority: String) async throws {
    var me = try ClientConfiguration(kubeconfigFile: files.kubeconfig(.kubelet))
    me.userAgent = "apus-kubelet"
    if let server { me.server = server }
    let next = Self.next(order.files)
    // A key from a try that was interrupted is used again, and so finds its request.
    let following = order.into(next)
    let logger = logger
    _ = try await withClient(me) { client in
      try await following.fill(by: client, authority: authority, patience: .seconds(120)) {
        logger.info("renewing a certificate", metadata: ["step": "\($0)"])
      }
    }
    guard rename(next.key, order.files.key) == 0, rename(next.certificate, order.files.certificate) == 0 else {
      let reason = String(cString: strerror(errno))
      throw JoinError(.files, "cannot put the new \(order.files.certificate) in place: \(reason)")
    }
  }
}
