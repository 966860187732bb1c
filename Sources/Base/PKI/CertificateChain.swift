import SwiftASN1
import X509

/// Certificates that vouch for each other.
package enum CertificateChain {
  /// Whether a certificate leads up to one of some authorities, by names and signatures alone: neither times nor usages
  /// are looked at.
  ///
  /// - Parameters:
  ///   - chain: in DER, the certificate first, then those between it and the authority, in any order.
  ///   - authorities: in DER.
  /// - Returns: nil when that cannot be said: there is no certificate, or one cannot be read here.
  package static func leads(_ chain: [[UInt8]], to authorities: [[UInt8]]) -> Bool? {
    guard let certificates = try? chain.map({ try Certificate(derEncoded: $0) }),
      let anchors = try? authorities.map({ try Certificate(derEncoded: $0) }), var current = certificates.first
    else { return nil }
    var others = Array(certificates.dropFirst())
    while true {
      if anchors.contains(where: { $0 == current || signs($0, current) }) { return true }
      guard let next = others.firstIndex(where: { signs($0, current) }) else { return false }
      current = others.remove(at: next)
    }
  }

  private static func signs(_ issuer: Certificate, _ certificate: Certificate) -> Bool {
    issuer.subject == certificate.issuer
      && issuer.publicKey.isValidSignature(certificate.signature, for: certificate)
  }
}
