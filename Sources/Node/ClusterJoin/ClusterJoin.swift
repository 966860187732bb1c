import Access
import ClusterClient
import ClusterConfig
import Files
import FoundationEssentials
import KubernetesAPI
import PKI

/// Makes this machine a host of a cluster: finds the cluster, gets certificates, writes the files that `apus start`
/// reads. Whoever was interrupted runs it again: what is there and good is kept.
///
/// Files below `certificates.host(NAME)` are those that `apus certs init` makes for a host with the roles kubelet and
/// proxy; no key comes from elsewhere.
package struct ClusterJoin: Sendable {
  /// What has become of it.
  package struct Summary: Hashable, Sendable {
    package var cluster: String
    /// The certificates that were issued now; empty when all was there.
    package var issued: [String] = []
  }

  static let roles: [ClusterConfig.Role] = [.kubelet, .proxy]

  private let options: JoinOptions
  private let report: @Sendable (String) -> Void

  /// - Parameter report: told of each step, for people.
  package init(_ options: JoinOptions, report: @escaping @Sendable (String) -> Void) {
    self.options = options
    self.report = report
  }

  private var files: HostCertificates { options.certificates.host(options.host) }

  package func run() async throws -> Summary {
    // It goes into paths and names from here on.
    guard Self.isLabel(options.host) else {
      throw JoinError(.badConfiguration, "“\(options.host)” is no name for a host: up to 63 of a-z, 0-9 and -")
    }
    let host = ClusterConfig.Host(name: options.host, address: options.address, roles: Self.roles)
    let client = CertificateOrder.kubeletClient(of: host, files)
    if let cluster = clusterJoinedBefore(host) { return Summary(cluster: cluster) }
    var summary = Summary(cluster: "")

    // Who has its certificate already is known by it, and knows the cluster: the token may be gone by now.
    let authority: String
    let isNode: Bool
    if let known = knownAuthority, client.isFilled(authority: known) {
      authority = known
      isNode = true
    } else {
      authority = try await ClusterDiscovery(options: options).authority()
      report("the cluster at \(options.server) is the right one")
      isNode = client.isFilled(authority: authority)
    }
    var me = ClientConfiguration(
      server: options.server, certificateAuthority: Array(authority.utf8), userAgent: "apus-join")
    if isNode {
      try identify(&me)
    } else {
      me.bearerToken = options.token.text
      try await checkThatTheNameIsFree(me)
    }
    let config = try await configuration(me, host)
    summary.cluster = config.name
    try checkOldFile(config)

    try write(authority, to: files.trust(.cluster))
    let patience = options.patience
    if !isNode {
      try await order(client, me, authority, "kubelet's client certificate", patience, &summary)
      me.bearerToken = nil
      try identify(&me)
    }
    // As the node itself from here on.
    try await order(
      .kubeletServing(of: host, files), me, authority, "kubelet's server certificate", patience, &summary)
    try await order(.proxy(of: host, files), me, authority, "service proxy's certificate", patience, &summary)
    for role in Self.roles { try write(kubeconfig(of: role, config), to: files.kubeconfig(role), mode: 0o600) }
    // Last: it says that all the rest is there.
    try write(config.yaml, to: options.configFile)
    return summary
  }

  // MARK: What is there

  /// The authority of an earlier try, where it is one of the pinned ones: a pin says all that a discovery could.
  private var knownAuthority: String? {
    guard let bytes = AtomicFile.read(files.trust(.cluster), limit: 1 << 20) else { return nil }
    let pem = String(decoding: bytes, as: UTF8.self)
    guard let facts = CertificateFacts(pem: pem), options.pins.contains(facts.publicKeyPin) else { return nil }
    return pem
  }

  /// The cluster's name, if everything is there already.
  private func clusterJoinedBefore(_ host: ClusterConfig.Host) -> String? {
    guard let authority = knownAuthority, let bytes = AtomicFile.read(options.configFile),
      let config = try? ClusterConfig(yaml: String(decoding: bytes, as: UTF8.self), file: options.configFile),
      config.host(named: host.name) == host,
      Self.roles.allSatisfy({ AtomicFile.read(files.kubeconfig($0)) == Array(kubeconfig(of: $0, config).utf8) })
    else { return nil }
    let orders: [CertificateOrder] = [
      .kubeletClient(of: host, files), .kubeletServing(of: host, files), .proxy(of: host, files),
    ]
    return orders.allSatisfy { $0.isFilled(authority: authority) } ? config.name : nil
  }

  private static func isLabel(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    func isLetterOrDigit(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }
    guard (1...63).contains(bytes.count), isLetterOrDigit(bytes[0]), isLetterOrDigit(bytes[bytes.count - 1]) else {
      return false
    }
    return bytes.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
  }

  // MARK: Steps

  private func order(
    _ order: CertificateOrder, _ me: ClientConfiguration, _ authority: String, _ what: String, _ patience: Duration,
    _ summary: inout Summary
  ) async throws {
    let report = report
    let isNew = try await withClient(me) {
      try await order.fill(by: $0, authority: authority, patience: patience, report: report)
    }
    guard isNew else { return }
    summary.issued.append(order.files.certificate)
    report("the \(what) is there")
  }

  /// As the node, by its certificate.
  private func identify(_ me: inout ClientConfiguration) throws(JoinError) {
    let pair = files.client(.kubelet)
    guard let certificate = AtomicFile.read(pair.certificate), let key = AtomicFile.read(pair.key) else {
      throw JoinError(.files, "\(pair.certificate) or its key cannot be read")
    }
    me.clientCertificate = certificate
    me.clientKey = key
  }

  private func checkThatTheNameIsFree(_ me: ClientConfiguration) async throws {
    let name = options.host
    do {
      _ = try await withClient(me) { try await $0.get(CoreV1.Node.self, name: name) }
    } catch let error as APIStatusError {
      if error.isNotFound { return }
      throw refusal(error)
    } catch let error as ClusterConnectionError {
      throw JoinError(.noServer, "\(options.server) does not answer any more: \(error)")
    }
    throw JoinError(
      .taken,
      "the cluster has a node \(name) already. Choose another --host; or, if this is that machine and its "
        + "certificates are lost, `kubectl delete node \(name)` first")
  }

  private func refusal(_ error: APIStatusError) -> JoinError {
    if error.code == 401 {
      return JoinError(
        .unknownToken,
        "the cluster does not take the token \(options.token.id): it has ended, was deleted, or is not for "
          + "authentication; `apus token create` makes a new one")
    }
    return JoinError(.notAllowed, "the cluster does not let this machine in: \(error)")
  }

  /// The cluster's file with this host in it.
  private func configuration(_ me: ClientConfiguration, _ host: ClusterConfig.Host) async throws -> ClusterConfig {
    let map: CoreV1.ConfigMap
    do {
      map = try await withClient(me) {
        try await $0.get(name: ClusterInfo.configName, namespace: BootstrapToken.namespace)
      }
    } catch let error as APIStatusError {
      if error.isNotFound {
        throw JoinError(
          .badConfiguration,
          "the cluster does not hand out its file (\(ClusterInfo.configName) in kube-system): does a controller manager "
            + "of this version run?")
      }
      throw refusal(error)
    } catch let error as ClusterConnectionError {
      throw JoinError(.noServer, "\(options.server) does not answer any more: \(error)")
    }
    do {
      var config = try ClusterConfig(yaml: map.data[ClusterInfo.configDocument] ?? "", file: "the cluster's file")
      if let same = config.hosts.first(where: { $0.name == host.name }) {
        throw JoinError(
          .taken,
          "the cluster's file has a host \(same.name) (\(same.address)) already: its certificates come from "
            + "`apus certs init`, not from joining")
      }
      if let other = config.hosts.first(where: { $0.address == host.address }) {
        throw JoinError(.taken, "\(host.address) is the address of \(other.name) in the cluster's file")
      }
      config.hosts.append(host)
      // Once more as a whole: the new host must fit in as well.
      return try ClusterConfig(yaml: config.yaml, file: "the cluster's file with this host")
    } catch let error as ConfigError {
      throw JoinError(.badConfiguration, "\(error)")
    }
  }

  /// A file that is there already has to be this cluster's and this host's.
  private func checkOldFile(_ config: ClusterConfig) throws(JoinError) {
    guard let bytes = AtomicFile.read(options.configFile, limit: ClusterConfig.largestFile + 1) else { return }
    let old = try? ClusterConfig(yaml: String(decoding: bytes, as: UTF8.self), file: options.configFile)
    guard let old, old.name == config.name, old.host(named: options.host)?.address == options.address else {
      throw JoinError(
        .files,
        "\(options.configFile) is there and is not the file of this cluster with the host \(options.host): choose "
          + "another --config, or move it away")
    }
  }

  // MARK: Files

  private func kubeconfig(of role: ClusterConfig.Role, _ config: ClusterConfig) -> String {
    let user = role == .proxy ? AutomaticApproval.proxyUser : UserInfo.nodePrefix + options.host
    return Kubeconfig(
      cluster: config.name, user: user, server: "https://127.0.0.1:\(config.ports.balancer)",
      authority: .file("../trust/cluster.crt"), certificate: .file("client.crt"), key: .file("client.key")
    ).yaml
  }

  private func write(_ text: String, to path: String, mode: UInt32 = 0o644) throws(JoinError) {
    do { try AtomicFile.write(text, to: path, mode: mode) } catch { throw JoinError(.files, "\(error)") }
  }
}
