import SwiftASN1
package import X509

/// Who a certificate says its holder is, as Kubernetes reads one: the subject's common name is the user (of several the
/// last, as in Go), its organizations are the groups.
package struct CertificateIdentity: Hashable, Sendable {
  package var commonName: String
  package var organizations: [String]

  package init(commonName: String, organizations: [String] = []) {
    self.commonName = commonName
    self.organizations = organizations
  }

  /// Reads a certificate in DER. Nil when it is malformed or names no common name.
  package init?(derEncoded bytes: [UInt8]) {
    guard let identity = try? Self.read(derEncoded: bytes) else { return nil }
    self = identity
  }

  /// The same for those to whom a certificate that names nobody is something else than one that cannot be read.
  /// - Returns: nil when it names no common name.
  /// - Throws: when it is malformed.
  package static func read(derEncoded bytes: [UInt8]) throws -> CertificateIdentity? {
    CertificateIdentity(subject: try Certificate(derEncoded: bytes).subject)
  }

  /// Nil when the subject has no common name.
  package init?(subject: DistinguishedName) {
    var commonName: String?
    organizations = []
    for relative in subject {
      for attribute in relative {
        guard let value = String(attribute.value) else { continue }
        switch attribute.type {
        case .RDNAttributeType.commonName: commonName = value
        case .RDNAttributeType.organizationName: organizations.append(value)
        default: break
        }
      }
    }
    guard let commonName, !commonName.isEmpty else { return nil }
    self.commonName = commonName
  }

  /// The subject of a certificate for this holder.
  package var distinguishedName: DistinguishedName {
    DistinguishedName(
      organizations.map {
        RelativeDistinguishedName([.init(type: .RDNAttributeType.organizationName, utf8String: $0)])
      }
        + [RelativeDistinguishedName([.init(type: .RDNAttributeType.commonName, utf8String: commonName)])])
  }
}
