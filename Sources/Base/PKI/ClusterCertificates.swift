package import ClusterConfig
import Crypto
import Files
package import FoundationEssentials
import SwiftASN1
import X509

/// Makes the authorities and every component's certificate of a cluster.
///
/// Safe to run again: authorities and certificates that exist and hold for a month more are kept, so that a host
/// added to the file gets its own without anybody else's changing.
package struct ClusterCertificates {
  /// What a run did.
  package struct Summary: Hashable, Sendable {
    package var issued: [String] = []
    package var kept: Int = 0
  }

  package static let authorityLifetime: TimeInterval = 10 * 365 * 86_400
  package static let certificateLifetime: TimeInterval = 365 * 86_400
  /// A certificate that ends sooner than this is issued anew.
  package static let renewBefore: TimeInterval = 30 * 86_400

  let config: ClusterConfig
  let folder: CertificateFolder
  let now: Date
  var authorities: [CertificateFolder.Authority: CertificateAuthority] = [:]
  var summary = Summary()

  package init(config: ClusterConfig, folder: CertificateFolder, now: Date = Date()) {
    self.config = config
    self.folder = folder
    self.now = now
  }

  /// Makes what is missing below the folder.
  @discardableResult
  package mutating func makeAll() throws -> Summary {
    try AtomicFile.makeFolder("\(folder.path)/authorities", mode: 0o700)
    for authority in CertificateFolder.Authority.allCases { try prepare(authority) }
    let tokenKey = try serviceAccountKey()
    for host in config.hosts {
      try makeHost(host)
      if host.roles.contains(.apiserver) {
        try AtomicFile.write(tokenKey, to: folder.host(host.name).serviceAccountKey, mode: 0o600)
      }
      // It makes the tokens that lie in secrets.
      if host.roles.contains(.controllerManager) {
        try AtomicFile.write(tokenKey, to: folder.host(host.name).controllerServiceAccountKey, mode: 0o600)
      }
    }
    try makeAdministrator()
    return summary
  }

  /// The key of service accounts' tokens, made once: a front-end must take the tokens that another one issued.
  private func serviceAccountKey() throws -> String {
    let path = folder.serviceAccountKey
    if let key = Self.read(path) { return key }
    let key = P256.Signing.PrivateKey().pemRepresentation + "\n"
    try AtomicFile.write(key, to: path, mode: 0o600)
    return key
  }

  private mutating func prepare(_ authority: CertificateFolder.Authority) throws {
    let pair = folder.authority(authority)
    if let certificate = Self.read(pair.certificate), let key = Self.read(pair.key) {
      authorities[authority] = try CertificateAuthority(certificatePEM: certificate, keyPEM: key)
      summary.kept += 1
      return
    }
    let made = try CertificateAuthority(
      name: "\(config.name) \(authority.rawValue)", now: now, lifetime: Self.authorityLifetime)
    try write(made.root, to: pair)
    authorities[authority] = made
  }

  private mutating func makeHost(_ host: ClusterConfig.Host) throws {
    let files = folder.host(host.name)
    try AtomicFile.makeFolder("\(files.path)/trust", mode: 0o700)
    for authority in CertificateFolder.Authority.allCases {
      try AtomicFile.write(try trustAnchor(authority), to: files.trust(authority))
    }
    let server = CertificateIdentity(commonName: host.name, organizations: [config.name])
    let ownNames = [host.name, "localhost"]
    let ownAddresses = Array(Set([host.address, IPv4Address(127, 0, 0, 1)])).sorted()
    for role in host.roles {
      try AtomicFile.makeFolder("\(files.path)/\(role.rawValue)", mode: 0o700)
      switch role {
      case .store:
        try make(files.storePeer, .storePeer, server, [.client, .server], names: ownNames, addresses: ownAddresses)
        try make(files.storeServer, .storeClient, server, [.server, .client], names: ownNames, addresses: ownAddresses)
      case .apiserver:
        let names = ["kubernetes", "kubernetes.default", "kubernetes.default.svc"]
        try make(
          files.apiserver, .cluster, .init(commonName: "kube-apiserver"), .server,
          names: names + ["\(names[2]).\(config.network.domain)"] + ownNames,
          addresses: ownAddresses + [config.network.services[1]].compactMap { $0 })
        try make(files.apiserverStoreClient, .storeClient, .init(commonName: "apiserver-\(host.name)"), .client)
        try make(files.apiserverKubeletClient, .cluster, .init(commonName: "kube-apiserver-kubelet-client"), .client)
      case .controllerManager:
        try makeClient(files, role, .init(commonName: "system:kube-controller-manager"))
        // Its signers sign with it. Whoever has this host can make certificates for everybody.
        if let authority = authorities[.cluster] {
          try AtomicFile.write(try authority.root.keyPEM, to: files.clusterSigningKey, mode: 0o600)
        }
      case .scheduler:
        try makeClient(files, role, .init(commonName: "system:kube-scheduler"))
      case .kubelet:
        try makeClient(files, role, .init(commonName: "system:node:\(host.name)", organizations: ["system:nodes"]))
        try make(
          files.kubeletServer, .cluster, .init(commonName: "system:node:\(host.name)", organizations: ["system:nodes"]),
          .server, names: ownNames, addresses: ownAddresses)
      case .proxy:
        try makeClient(files, role, .init(commonName: "system:kube-proxy"))
      }
    }
  }

  private mutating func makeAdministrator() throws {
    try AtomicFile.makeFolder("\(folder.path)/admin", mode: 0o700)
    for authority in CertificateFolder.Authority.allCases {
      try AtomicFile.write(try trustAnchor(authority), to: folder.adminTrust(authority))
    }
    try make(
      folder.admin, .cluster, .init(commonName: "kubernetes-admin", organizations: ["system:masters"]), .client)
    try make(folder.adminStoreClient, .storeClient, .init(commonName: "root"), .client)
    try AtomicFile.write(
      Kubeconfig(
        cluster: config.name, user: "kubernetes-admin", server: apiURL,
        authority: .embedded(try trustAnchor(.cluster)),
        certificate: .embedded(Self.read(folder.admin.certificate) ?? ""),
        key: .embedded(Self.read(folder.admin.key) ?? "")
      ).yaml, to: folder.adminKubeconfig, mode: 0o600)
  }

  private mutating func makeClient(
    _ files: HostCertificates, _ role: ClusterConfig.Role, _ identity: CertificateIdentity
  ) throws {
    try make(files.client(role), .cluster, identity, .client)
    try AtomicFile.write(
      Kubeconfig(
        cluster: config.name, user: identity.commonName, server: apiURL, authority: .file("../trust/cluster.crt"),
        certificate: .file("client.crt"), key: .file("client.key")
      ).yaml, to: files.kubeconfig(role), mode: 0o600)
  }

  private var apiURL: String { "https://127.0.0.1:\(config.ports.balancer)" }

  private mutating func make(
    _ pair: CertificateFolder.Pair, _ authority: CertificateFolder.Authority, _ identity: CertificateIdentity,
    _ usage: CertificateAuthority.Usage, names: [String] = [], addresses: [IPv4Address] = []
  ) throws {
    guard let issuer = authorities[authority] else { return }
    if let text = Self.read(pair.certificate), Self.read(pair.key) != nil,
      let certificate = try? Certificate(pemEncoded: text), certificate.notValidAfter > now + Self.renewBefore,
      certificate.issuer == issuer.root.certificate.subject,
      issuer.root.certificate.publicKey.isValidSignature(certificate.signature, for: certificate)
    {
      summary.kept += 1
      return
    }
    try write(
      issuer.issue(
        to: identity, for: usage, names: names, addresses: addresses, now: now, lifetime: Self.certificateLifetime),
      to: pair)
  }

  private mutating func write(_ issued: IssuedCertificate, to pair: CertificateFolder.Pair) throws {
    try AtomicFile.write(try issued.keyPEM, to: pair.key, mode: 0o600)
    try AtomicFile.write(try issued.certificatePEM, to: pair.certificate)
    summary.issued.append(pair.certificate)
  }

  private func trustAnchor(_ authority: CertificateFolder.Authority) throws -> String {
    try authorities[authority]?.root.certificatePEM ?? ""
  }

  private static func read(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }
}
