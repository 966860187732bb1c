package import ClusterConfig
import Crypto
package import FoundationEssentials
import SwiftASN1
package import X509

/// A certificate together with its private key, both of which this process may use.
package struct IssuedCertificate: Sendable {
  package var certificate: Certificate
  package var key: Certificate.PrivateKey

  package var certificatePEM: String { get throws { try certificate.serializeAsPEM().pemString + "\n" } }
  package var keyPEM: String { get throws { try key.serializeAsPEM().pemString + "\n" } }
}

/// An authority that signs certificates: ECDSA over P-256 with SHA-256 throughout.
package struct CertificateAuthority: Sendable {
  package var root: IssuedCertificate

  package init(certificatePEM: String, keyPEM: String) throws {
    root = IssuedCertificate(
      certificate: try Certificate(pemEncoded: certificatePEM), key: try Certificate.PrivateKey(pemEncoded: keyPEM))
  }

  /// Makes a new self-signed authority.
  ///
  /// - Parameter lifetime: seconds from `now`; it starts an hour earlier, for clocks that are apart.
  package init(name: String, now: Date, lifetime: TimeInterval) throws {
    let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    let subject = CertificateIdentity(commonName: name).distinguishedName
    let extensions = try Certificate.Extensions {
      Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
      Critical(KeyUsage(digitalSignature: true, keyCertSign: true, cRLSign: true))
      SubjectKeyIdentifier(hash: key.publicKey)
    }
    root = IssuedCertificate(
      certificate: try Certificate(
        version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: now - 3600,
        notValidAfter: now + lifetime, issuer: subject, subject: subject, signatureAlgorithm: .ecdsaWithSHA256,
        extensions: extensions, issuerPrivateKey: key),
      key: key)
  }

  /// What a certificate is to be used for.
  package struct Usage: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }
    package static let client = Usage(rawValue: 1)
    package static let server = Usage(rawValue: 2)
  }

  /// Issues a certificate with a new key.
  ///
  /// - Parameters:
  ///   - names: DNS names under which a server is reached.
  ///   - addresses: addresses under which a server is reached.
  package func issue(
    to identity: CertificateIdentity, for usage: Usage, names: [String] = [], addresses: [IPv4Address] = [],
    now: Date, lifetime: TimeInterval
  ) throws -> IssuedCertificate {
    let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
    var usages: [ExtendedKeyUsage.Usage] = []
    if usage.contains(.client) { usages.append(.clientAuth) }
    if usage.contains(.server) { usages.append(.serverAuth) }
    let alternatives =
      names.map { GeneralName.dnsName($0) } + addresses.map { .ipAddress(.init(contentBytes: $0.bytes[...])) }
    let issuerKeyID = try root.certificate.extensions.subjectKeyIdentifier?.keyIdentifier
    let extensions = try Certificate.Extensions {
      Critical(BasicConstraints.notCertificateAuthority)
      Critical(KeyUsage(digitalSignature: true))
      try ExtendedKeyUsage(usages)
      SubjectKeyIdentifier(hash: key.publicKey)
      if let issuerKeyID { AuthorityKeyIdentifier(keyIdentifier: issuerKeyID) }
      if !alternatives.isEmpty { SubjectAlternativeNames(alternatives) }
    }
    let certificate = try Certificate(
      version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: now - 3600,
      notValidAfter: min(now + lifetime, root.certificate.notValidAfter), issuer: root.certificate.subject,
      subject: identity.distinguishedName, signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions,
      issuerPrivateKey: root.key)
    return IssuedCertificate(certificate: certificate, key: key)
  }
}

extension IPv4Address {
  /// Network byte order.
  var bytes: [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }
}
