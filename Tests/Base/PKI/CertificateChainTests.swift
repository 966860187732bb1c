import FoundationEssentials
import PKI
import SwiftASN1
import Testing
import X509

@Suite struct CertificateChainTests {
  private static func der(_ certificate: Certificate) throws -> [UInt8] {
    try certificate.serializeAsPEM().derBytes
  }

  @Test func onlyItsOwnAuthorityStandsBehindACertificate() throws {
    let now = Date()
    let own = try CertificateAuthority(name: "authority", now: now, lifetime: 3600)
    // One of the same name: signatures count.
    let other = try CertificateAuthority(name: "authority", now: now, lifetime: 3600)
    let issued = try own.issue(to: .init(commonName: "a"), for: .client, now: now, lifetime: 60)
    let leaf = try Self.der(issued.certificate)
    let (anchor, foreign) = (try Self.der(own.root.certificate), try Self.der(other.root.certificate))
    #expect(CertificateChain.leads([leaf], to: [anchor]) == true)
    #expect(CertificateChain.leads([leaf], to: [foreign, anchor]) == true)
    #expect(CertificateChain.leads([leaf], to: [foreign]) == false)
    #expect(CertificateChain.leads([leaf], to: []) == false)
    #expect(CertificateChain.leads([leaf, anchor], to: [foreign]) == false)
    #expect(CertificateChain.leads([anchor], to: [anchor]) == true)
    #expect(CertificateChain.leads([], to: [anchor]) == nil)
    #expect(CertificateChain.leads([[1, 2, 3]], to: [anchor]) == nil)
  }
}
