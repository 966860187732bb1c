import ClusterConfig
import FoundationEssentials
import PKI
import SwiftASN1
import Testing
import X509

@Suite struct CertificateRequestTests {
  /// Made with `openssl req -new -subj /O=ops/CN=ann -addext subjectAltName=…` and an RSA key.
  static let foreign = """
    -----BEGIN CERTIFICATE REQUEST-----
    MIICtjCCAZ4CAQAwHDEMMAoGA1UECgwDb3BzMQwwCgYDVQQDDANhbm4wggEiMA0G
    CSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQDLZhfPUbGBpSrsOMrRJ7Sl12DjuZqY
    ffDM9ZFmV5PBjond9vUelbwtNPnZ3qHzIXFC4PMLQNqvOUMO1OqKXJFdx9VeAWeg
    3TL4PKBvBBSNnAfFkJHfn3X+UE4ZJ2MWX+PYKkqxHRHfoW5WXxENU0d6L802F/+M
    pM3hgdsX8GNKwjvrCGFq/O787nEQ0XKXo49MjkfY1FzRJidMa9RaTGAksaT8zMLJ
    WZy0x8Tn7zCbW+PwJxBszu1WQxyyzzaaKbgMhjTsXuuTu1Ew5ZT1YN0SfwHlfAiY
    tGnJj0XnlNsQIkiEMVJtgs6lS5x+rHHw1Atb03nMi6H512jOgdwrt4B1AgMBAAGg
    VTBTBgkqhkiG9w0BCQ4xRjBEMEIGA1UdEQQ7MDmCCWEuZXhhbXBsZYcEwAACAYcQ
    IAENuAAAAAAAAAAAAAAAAYENYUBleGFtcGxlLmNvbYYFdXJuOmEwDQYJKoZIhvcN
    AQELBQADggEBAKvf5JOLcvrsZZKmcEBOQQde6vdLYDMcZbQmNa+LGYiUcyQegvUp
    EoaLhus5cWWB4zuRh/3SuZxHzfL1/zxWfJB2iM1Zxjx/CfPOvGFHX1SQ86Jox+xL
    Y342gGV2lGYykhWRGqJ3zDYO9W0m2267q3YlKu/AwClJouTjhANQCjewEFGxSIdF
    ou4KTmPYafy+e0lU1/3SAGmgau51MxAqCH0X9+Y22H483Ls29FuGykXLFP5G8LT9
    C6I+/QhLMHpr/J+mMqDRSsYRh2PJYJaPrDqCP6KmOA+7m9lfaCoeSo/zKkX9+1Bl
    VQ5CjAlzNEsgOu8dEbeZ+AtoOeJ2wizAAWs=
    -----END CERTIFICATE REQUEST-----

    """

  /// Authorities over RSA and P-256, and `openssl x509 -pubkey | openssl pkey -pubin -outform der | sha256sum` of each.
  static let pins: [(certificate: String, pin: String)] = [
    (
      """
      -----BEGIN CERTIFICATE-----
      MIIC+zCCAeOgAwIBAgIUa6fiMUGIPBLwzyhHUq3G7HO3JaYwDQYJKoZIhvcNAQEL
      BQAwDTELMAkGA1UEAwwCY2EwHhcNMjYxMTIxMjAxNDU3WhcNMzYxMTE4MjAxNDU3
      WjANMQswCQYDVQQDDAJjYTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEB
      AMtmF89RsYGlKuw4ytEntKXXYOO5mph98Mz1kWZXk8GOid329R6VvC00+dneofMh
      cULg8wtA2q85Qw7U6opckV3H1V4BZ6DdMvg8oG8EFI2cB8WQkd+fdf5QThknYxZf
      49gqSrEdEd+hblZfEQ1TR3ovzTYX/4ykzeGB2xfwY0rCO+sIYWr87vzucRDRcpej
      j0yOR9jUXNEmJ0xr1FpMYCSxpPzMwslZnLTHxOfvMJtb4/AnEGzO7VZDHLLPNpop
      uAyGNOxe65O7UTDllPVg3RJ/AeV8CJi0acmPReeU2xAiSIQxUm2CzqVLnH6scfDU
      C1vTecyLofnXaM6B3Cu3gHUCAwEAAaNTMFEwHQYDVR0OBBYEFORQqDum1zNajwbE
      xc0UhBSBtanlMB8GA1UdIwQYMBaAFORQqDum1zNajwbExc0UhBSBtanlMA8GA1Ud
      EwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAJExWyCCOQRmfr3YuWeUi1tD
      5Sf/o7HErR6Yt1KwSkUstYO9PYcHHIeQGZ4gxUvvVoft+wybHQecnd9zxc6uOiXH
      KoA8p0KgL13OYq6TSk6uACV1fetFikf2ersjztOPrBWGD92QPU6VG+zngL9pLY5p
      yN8KAzMKd+EJl54ZFh484TCVTwIf/a3tGUgpyvtCzXeOIa0bnNdSTK83K8B1doXW
      XWkrXayFlmYrClHSUliRe7aJg+6JENQE1IwWXX5PTqx7r4EctAb1VvCXlWgmWtXa
      QGBPyV/xoFqGxq1VRDOh4ugfNBZDEbIhTBm7zacrBUBos+iz3UZSZy6YmnkfSvc=
      -----END CERTIFICATE-----

      """, "sha256:4b81640a92bffffa4817df3b9c8035d8ea5bacfb6eb2541fd9a39877c061ace4"
    ),
    (
      """
      -----BEGIN CERTIFICATE-----
      MIIBbjCCARWgAwIBAgIUXXRh9eGkAoOnvhnJ2DRnbaX2SCYwCgYIKoZIzj0EAwIw
      DTELMAkGA1UEAwwCY2EwHhcNMjYxMTIxMjAxNDU3WhcNMzYxMTE4MjAxNDU3WjAN
      MQswCQYDVQQDDAJjYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDhhar8p8VOd
      mAZa8ZELsYgd1WyV8UFnv98v9XMDgdSUy81JDlRaTst89x15Ci6IJJsjuik/D7W6
      vqvsn/FGqRCjUzBRMB0GA1UdDgQWBBSeOI7+AS3fIFzdiloFW72Fgi3NszAfBgNV
      HSMEGDAWgBSeOI7+AS3fIFzdiloFW72Fgi3NszAPBgNVHRMBAf8EBTADAQH/MAoG
      CCqGSM49BAMCA0cAMEQCIBJRk5D8pw6jY/aGtNlLDhk9KC8LSFupO8jxAUR3cuCK
      AiAiO/fHNx4omkff+q53tfB27Zs9YSzD2R36QowtcEzDAQ==
      -----END CERTIFICATE-----

      """, "sha256:d9c309b6245cba8cff18c65b75560323bf3aa8ded95057e6c14dd41f864558d3"
    ),
  ]

  static func authority() throws -> CertificateAuthority {
    try CertificateAuthority(name: "test", now: Date(), lifetime: 86_400)
  }

  @Test func whatOthersHaveMadeIsRead() throws {
    let request = try CertificateRequest(pem: Array(Self.foreign.utf8))
    #expect(request.commonName == "ann" && request.organizations == ["ops"])
    #expect(request.dnsNames == ["a.example"] && request.addresses == ["192.0.2.1", "2001:db8:0:0:0:0:0:1"])
    #expect(request.emailAddresses == ["a@example.com"] && request.uris == ["urn:a"])
    let pem = try Self.authority().sign(
      request, for: [.digitalSignature, .keyEncipherment, .clientAuth], now: Date(), lifetime: 3600)
    let certificate = try Certificate(pemEncoded: pem)
    let usage = try #require(try certificate.extensions.keyUsage)
    #expect(usage.digitalSignature && usage.keyEncipherment && !usage.keyCertSign)
  }

  @Test func ownRequestsAreSigned() throws {
    let key = CertificateKey()
    let made = try CertificateRequest(
      for: .init(commonName: "system:node:n1", organizations: ["system:nodes"]), names: ["n1"],
      addresses: [.init(192, 0, 2, 1)], key: key)
    let read = try CertificateRequest(pem: Array("some words\n\(made.pem)".utf8))
    #expect(read.commonName == "system:node:n1" && read.organizations == ["system:nodes"])
    #expect(read.dnsNames == ["n1"] && read.addresses == ["192.0.2.1"] && read.digest == made.digest)

    let authority = try Self.authority()
    let now = Date()
    let pem = try authority.sign(read, for: [.digitalSignature, .serverAuth], now: now, lifetime: 3600)
    let root = try authority.root.certificatePEM
    let facts = try #require(CertificateFacts(pem: pem))
    #expect(facts.commonName == "system:node:n1" && facts.organizations == ["system:nodes"])
    #expect(abs(facts.notAfter.timeIntervalSince(now) - 3600) < 1 && facts.notBefore < now)
    #expect(key.fits(pem) && !CertificateKey().fits(pem))
    #expect(try CertificateKey(pem: key.pem).fits(pem), "a key that was written and read again")
    #expect(CertificateFacts.isSigned(pem, by: root))
    #expect(try !CertificateFacts.isSigned(pem, by: Self.authority().root.certificatePEM), "of the same name")
    let certificate = try Certificate(pemEncoded: pem)
    #expect(try certificate.extensions.basicConstraints == .notCertificateAuthority)
    #expect(try certificate.extensions.extendedKeyUsage == ExtendedKeyUsage([.serverAuth]))
    #expect(
      try certificate.extensions.subjectAlternativeNames.map(Array<GeneralName>.init)
        == [GeneralName.dnsName("n1"), .ipAddress(.init(contentBytes: [192, 0, 2, 1]))])
  }

  /// Nothing but names goes over: whoever asks to be an authority gets an ordinary certificate.
  @Test func otherExtensionsAreDropped() throws {
    let key = CertificateKey()
    let raw = try Certificate.PrivateKey(pemEncoded: key.pem)
    let wanted = try Certificate.Extensions {
      Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
      Critical(KeyUsage(keyCertSign: true))
    }
    let request = try CertificateSigningRequest(
      version: .v1, subject: DistinguishedName { CommonName("me") }, privateKey: raw,
      attributes: .init([.init(ExtensionRequest(extensions: wanted))]), signatureAlgorithm: .ecdsaWithSHA256)
    let read = try CertificateRequest(pem: Array(request.serializeAsPEM().pemString.utf8))
    let pem = try Self.authority().sign(read, for: [.digitalSignature, .clientAuth], now: Date(), lifetime: 600)
    let certificate = try Certificate(pemEncoded: pem)
    #expect(try certificate.extensions.basicConstraints == .notCertificateAuthority)
    #expect(try certificate.extensions.keyUsage == KeyUsage(digitalSignature: true))
  }

  @Test func aCertificateEndsWithItsAuthority() throws {
    let authority = try Self.authority()
    let request = try CertificateRequest(for: .init(commonName: "a"), key: CertificateKey())
    let pem = try authority.sign(request, for: [.clientAuth], now: Date(), lifetime: 10 * 86_400)
    #expect(CertificateFacts(pem: pem)?.notAfter == authority.root.certificate.notValidAfter)
  }

  @Test func whatIsNoRequestIsRefused() throws {
    let good = try CertificateRequest(for: .init(commonName: "a"), key: CertificateKey()).pem
    let certificate = try Self.authority().root.certificatePEM
    var bytes = Array(Data(base64Encoded: good.split(separator: "\n").dropFirst().dropLast().joined()) ?? Data())
    // Within the signature, or the key: either way it is not by that key.
    bytes[bytes.count - 5] ^= 1
    #expect(throws: CertificateRequest.Malformed.self) { try CertificateRequest(der: bytes) }
    for text in ["", "nothing", certificate, certificate + good, String(good.dropLast(40))] {
      #expect(throws: CertificateRequest.Malformed.self) { try CertificateRequest(pem: Array(text.utf8)) }
    }
    for length in 0..<(bytes.count - 1) {
      #expect(throws: CertificateRequest.Malformed.self) { try CertificateRequest(der: Array(bytes[..<length])) }
    }
  }

  /// Every byte, changed in several ways: read or refused, and never as somebody else's request.
  @Test(arguments: [0x01, 0x80, 0xff] as [UInt8])
  func changedBytesAreNobodyElses(_ mask: UInt8) throws {
    let foreign = Self.foreign.split(separator: "\n").dropFirst().dropLast().joined()
    let bytes = Array(Data(base64Encoded: foreign) ?? Data())
    #expect(bytes.count > 600)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= mask
      guard let request = try? CertificateRequest(der: changed) else { continue }
      #expect(request.commonName == "ann" && request.organizations == ["ops"], "byte \(index)")
    }
  }

  @Test func pinsAreThoseOfOtherTools() {
    for (certificate, pin) in Self.pins { #expect(CertificateFacts(pem: certificate)?.publicKeyPin == pin) }
    #expect(CertificateFacts(pem: "nothing") == nil)
    // Of several, the first.
    #expect(
      CertificateFacts(pem: Self.pins[0].certificate + Self.pins[1].certificate)?.publicKeyPin == Self.pins[0].pin)
  }

  @Test func theManagersHostsGetTheAuthoritysKeyAndNobodyElse() throws {
    try PKITests().withFolder { folder in
      var certificates = ClusterCertificates(config: PKITests.config, folder: folder)
      try certificates.makeAll()
      for host in ["control-1", "node-1", "store-1"] {
        let path = folder.host(host).clusterSigningKey
        #expect(FileManager.default.fileExists(atPath: path) == (host == "control-1"))
      }
      let files = folder.host("control-1")
      let authority = try CertificateAuthority(
        certificatePEM: String(contentsOfFile: files.trust(.cluster), encoding: .utf8),
        keyPEM: String(contentsOfFile: files.clusterSigningKey, encoding: .utf8))
      let request = try CertificateRequest(for: .init(commonName: "a"), key: CertificateKey())
      let pem = try authority.sign(request, for: [.clientAuth], now: Date(), lifetime: 600)
      #expect(
        CertificateFacts.isSigned(
          pem, by: try String(contentsOfFile: folder.host("node-1").trust(.cluster), encoding: .utf8)))
    }
  }
}
