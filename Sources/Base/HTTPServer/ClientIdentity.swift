import NIOSSL
import SwiftASN1
import X509

/// Who a client is by its verified certificate: Kubernetes takes CN for the user's name and O for its groups.
package struct ClientIdentity: Sendable, Hashable {
  /// The subject's (first) common name; empty if there is none.
  package var commonName: String
  /// The subject's organizations, in order.
  package var organizations: [String]

  package init(commonName: String, organizations: [String] = []) {
    self.commonName = commonName
    self.organizations = organizations
  }

  /// Reads the subject of a certificate that TLS has verified. `nil` if its DER cannot be read.
  init?(certificate: NIOSSLCertificate) {
    guard let bytes = try? certificate.toDERBytes(), let parsed = try? Certificate(derEncoded: bytes) else {
      return nil
    }
    self.init(commonName: "")
    for name in parsed.subject {
      for attribute in name {
        guard let value = String(attribute.value) else { continue }
        if attribute.type == .RDNAttributeType.commonName, commonName.isEmpty {
          commonName = value
        } else if attribute.type == .RDNAttributeType.organizationName {
          organizations.append(value)
        }
      }
    }
  }
}
