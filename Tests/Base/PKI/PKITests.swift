import ClusterConfig
import FoundationEssentials
import Glibc
import PKI
import SwiftASN1
import Testing
import X509

@Suite struct PKITests {
  static let config = ClusterConfig(
    name: "lab",
    hosts: [
      .init(name: "store-1", address: .init(198, 18, 0, 11), roles: [.store]),
      .init(name: "control-1", address: .init(198, 18, 0, 21), roles: [.apiserver, .controllerManager, .scheduler]),
      .init(name: "node-1", address: .init(198, 18, 0, 31), roles: [.kubelet, .proxy]),
    ])

  func withFolder(_ body: (CertificateFolder) throws -> Void) throws {
    let path = "/tmp/apus-pki-\(getpid())-\(UInt64.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try body(CertificateFolder(path: path))
  }

  func certificate(_ path: String) throws -> Certificate {
    try Certificate(pemEncoded: String(contentsOfFile: path, encoding: .utf8))
  }

  @Test func everyComponentGetsItsCertificate() throws {
    try withFolder { folder in
      var certificates = ClusterCertificates(config: Self.config, folder: folder)
      let summary = try certificates.makeAll()
      #expect(summary.kept == 0)
      let node = try certificate(folder.host("node-1").client(.kubelet).certificate)
      #expect(
        CertificateIdentity(subject: node.subject)
          == CertificateIdentity(commonName: "system:node:node-1", organizations: ["system:nodes"]))
      let peer = try certificate(folder.host("store-1").storePeer.certificate)
      #expect(
        CertificateIdentity(subject: peer.subject) == CertificateIdentity(commonName: "store-1", organizations: ["lab"])
      )
      let admin = try String(contentsOfFile: folder.adminKubeconfig, encoding: .utf8)
      #expect(admin.contains("https://127.0.0.1:6443"))
      #expect(admin.contains("client-key-data: "))
    }
  }

  @Test func authoritiesAreApart() throws {
    try withFolder { folder in
      var certificates = ClusterCertificates(config: Self.config, folder: folder)
      try certificates.makeAll()
      let node = try certificate(folder.host("node-1").client(.kubelet).certificate)
      for authority in CertificateFolder.Authority.allCases {
        let root = try certificate(folder.authority(authority).certificate)
        #expect(root.publicKey.isValidSignature(node.signature, for: node) == (authority == .cluster))
      }
    }
  }

  @Test func keysAreTheirOwnersOnly() throws {
    try withFolder { folder in
      var certificates = ClusterCertificates(config: Self.config, folder: folder)
      try certificates.makeAll()
      var keys = 0
      for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
        var status = stat()
        try #require(stat("\(folder.path)/\(path)", &status) == 0)
        if path.hasSuffix(".key") || path.hasSuffix("kubeconfig") {
          keys += 1
          #expect(status.st_mode & 0o777 == 0o600, "\(path)")
        }
        #expect(!path.hasSuffix(".tmp"))
      }
      #expect(keys > 10)
    }
  }

  @Test func aSecondRunKeepsWhatIsThereAndServesANewHost() throws {
    try withFolder { folder in
      var first = ClusterCertificates(config: Self.config, folder: folder)
      try first.makeAll()
      let before = try String(contentsOfFile: folder.host("store-1").storePeer.certificate, encoding: .utf8)
      var grown = Self.config
      grown.hosts.append(.init(name: "node-2", address: .init(198, 18, 0, 32), roles: [.kubelet]))
      var second = ClusterCertificates(config: grown, folder: folder)
      let summary = try second.makeAll()
      #expect(summary.issued.allSatisfy { $0.contains("/node-2/") })
      #expect(try String(contentsOfFile: folder.host("store-1").storePeer.certificate, encoding: .utf8) == before)
    }
  }

  /// A front-end has to take the tokens that another one signed, also after a second run.
  @Test func frontEndsShareTheKeyOfTokens() throws {
    try withFolder { folder in
      var config = Self.config
      config.hosts.append(.init(name: "front-2", address: .init(198, 18, 0, 42), roles: [.apiserver]))
      config.hosts.append(.init(name: "front-3", address: .init(198, 18, 0, 43), roles: [.apiserver]))
      var keys: Set<String> = []
      for _ in 0..<2 {
        var certificates = ClusterCertificates(config: config, folder: folder)
        try certificates.makeAll()
        for host in config.hosts where host.roles.contains(.apiserver) {
          keys.insert(try String(contentsOfFile: folder.host(host.name).serviceAccountKey, encoding: .utf8))
        }
        // Tokens in secrets are made by the controller manager.
        for host in config.hosts where host.roles.contains(.controllerManager) {
          keys.insert(try String(contentsOfFile: folder.host(host.name).controllerServiceAccountKey, encoding: .utf8))
        }
      }
      #expect(keys.count == 1)
      #expect(keys.first?.hasPrefix("-----BEGIN PRIVATE KEY-----") == true)
      // Nobody else gets it.
      let copies = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        .filter { $0.hasSuffix("service-account.key") }
      let holders = config.hosts.flatMap { $0.roles.filter { $0 == .apiserver || $0 == .controllerManager } }
      #expect(copies.count == 1 + holders.count)
    }
  }

  @Test func whatEndsSoonIsIssuedAnew() throws {
    try withFolder { folder in
      var first = ClusterCertificates(config: Self.config, folder: folder)
      try first.makeAll()
      var later = ClusterCertificates(
        config: Self.config, folder: folder, now: Date() + ClusterCertificates.certificateLifetime - 86_400)
      let summary = try later.makeAll()
      #expect(summary.kept == CertificateFolder.Authority.allCases.count)
      #expect(!summary.issued.isEmpty)
    }
  }

  @Test func rubbishIsNoIdentity() {
    #expect(CertificateIdentity(derEncoded: []) == nil)
    #expect(CertificateIdentity(derEncoded: [0x30, 0x82, 0xff, 0xff, 1, 2, 3]) == nil)
    // Who must tell the two apart: what cannot be read is an error.
    #expect(throws: (any Error).self) { try CertificateIdentity.read(derEncoded: []) }
  }

  @Test func aSubjectIsReadAsKubernetesReadsIt() throws {
    let several = try DistinguishedName {
      CommonName("first")
      OrganizationName("a")
      CommonName("last")
      OrganizationName("b")
    }
    #expect(
      CertificateIdentity(subject: several) == CertificateIdentity(commonName: "last", organizations: ["a", "b"]))
    let nobody = try DistinguishedName { OrganizationName("system:masters") }
    #expect(CertificateIdentity(subject: nobody) == nil)
    #expect(try CertificateIdentity(subject: DistinguishedName { CommonName("") }) == nil)
  }
}
