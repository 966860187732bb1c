import Crypto
package import FoundationEssentials
import SwiftASN1
import X509

extension CertificateAuthority {
  /// How far before now a certificate for a request begins, in seconds, for clocks that are apart: as in Kubernetes.
  package static let backdate: TimeInterval = 300

  /// What a certificate for a request may be used for, by the names that the API gives them.
  package enum RequestedUsage: String, Sendable, CaseIterable {
    case digitalSignature = "digital signature"
    case keyEncipherment = "key encipherment"
    case clientAuth = "client auth"
    case serverAuth = "server auth"
  }

  /// Signs what somebody else has asked for: subject, key and alternative names are the request's; every other
  /// extension that it wants is dropped, and it is never an authority.
  ///
  /// - Parameter lifetime: seconds from `now`; never beyond the authority's own end.
  /// - Returns: the certificate in PEM.
  package func sign(
    _ request: CertificateRequest, for usages: [RequestedUsage], now: Date, lifetime: TimeInterval
  ) throws -> String {
    var extended: [ExtendedKeyUsage.Usage] = []
    if usages.contains(.clientAuth) { extended.append(.clientAuth) }
    if usages.contains(.serverAuth) { extended.append(.serverAuth) }
    let issuerKeyID = try root.certificate.extensions.subjectKeyIdentifier?.keyIdentifier
    let publicKey = request.request.publicKey
    let extensions = try Certificate.Extensions {
      Critical(BasicConstraints.notCertificateAuthority)
      // One without any bit is no extension for Go.
      if usages.contains(.digitalSignature) || usages.contains(.keyEncipherment) {
        Critical(
          KeyUsage(
            digitalSignature: usages.contains(.digitalSignature), keyEncipherment: usages.contains(.keyEncipherment)))
      }
      try ExtendedKeyUsage(extended)
      SubjectKeyIdentifier(hash: publicKey)
      if let issuerKeyID { AuthorityKeyIdentifier(keyIdentifier: issuerKeyID) }
      if !request.alternatives.isEmpty { SubjectAlternativeNames(request.alternatives) }
    }
    return try Certificate(
      version: .v3, serialNumber: .init(), publicKey: publicKey, notValidBefore: now - Self.backdate,
      notValidAfter: min(now + lifetime, root.certificate.notValidAfter), issuer: root.certificate.subject,
      subject: request.subject, signatureAlgorithm: .ecdsaWithSHA256, extensions: extensions,
      issuerPrivateKey: root.key
    ).serializeAsPEM().pemString + "\n"
  }
}

/// What there is to know of a certificate that somebody else has made.
package struct CertificateFacts: Hashable, Sendable {
  package var commonName: String
  package var organizations: [String]
  package var notBefore: Date
  package var notAfter: Date
  /// `sha256:` and the digits of the SHA-256 of its SubjectPublicKeyInfo: how a joining machine is told of the
  /// authority (RFC 7469's pin, in kubeadm's form).
  package var publicKeyPin: String

  /// Reads the first certificate of a PEM text. Nil if there is none.
  package init?(pem: String) {
    guard let certificate = try? Certificate(pemEncoded: Self.firstBlock(of: pem)),
      let publicKey = Self.subjectPublicKeyInfo(certificate)
    else { return nil }
    let identity = CertificateIdentity(subject: certificate.subject)
    commonName = identity?.commonName ?? ""
    organizations = identity?.organizations ?? []
    notBefore = certificate.notValidBefore
    notAfter = certificate.notValidAfter
    publicKeyPin = "sha256:" + Hexadecimal.text(Array(SHA256.hash(data: publicKey)))
  }

  /// Whether this authority has signed that certificate.
  package static func isSigned(_ certificatePEM: String, by authorityPEM: String) -> Bool {
    guard let certificate = try? Certificate(pemEncoded: firstBlock(of: certificatePEM)),
      let authority = try? Certificate(pemEncoded: firstBlock(of: authorityPEM))
    else { return false }
    return certificate.issuer == authority.subject
      && authority.publicKey.isValidSignature(certificate.signature, for: certificate)
  }

  private static func firstBlock(of pem: String) -> String {
    let end = "-----END CERTIFICATE-----"
    guard let range = pem.firstRange(of: end) else { return pem }
    return String(pem[..<range.upperBound]) + "\n"
  }

  /// The certificate's own bytes of it, whatever the kind of key: the field after the subject.
  private static func subjectPublicKeyInfo(_ certificate: Certificate) -> [UInt8]? {
    var serializer = DER.Serializer()
    guard (try? serializer.serialize(certificate)) != nil, let root = try? DER.parse(serializer.serializedBytes),
      let toBeSigned = children(of: root).first
    else { return nil }
    var fields = children(of: toBeSigned)
    // The version is left out where it is the first.
    if fields.first?.identifier.tagClass == .contextSpecific { fields.removeFirst() }
    return fields.count > 5 ? Array(fields[5].encodedBytes) : nil
  }

  private static func children(of node: ASN1Node) -> [ASN1Node] {
    guard case .constructed(let nodes) = node.content else { return [] }
    return Array(nodes)
  }
}
