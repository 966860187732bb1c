package import Addresses
package import PKI

// Certificates on request: `CertificateApprover` approves what needs nobody's judgement, `CertificateSigner…` signs what
// has been approved, `CertificateRequestCleaner` takes away what is over. What is approved and signed is decided by pure
// rules (`Access/Certificates`).

/// What the controllers of certificates, and those by which machines join, have to know.
package struct CertificateOptions: Sendable {
  /// The certificate of the cluster's authority, in PEM.
  package var authorityPEM: String
  /// The authority with its key; nil on hosts without: nothing is approved or signed there.
  package var authority: CertificateAuthority?
  /// How long a certificate holds at most, in seconds. Default a year.
  package var longestLifetime: Int64 = 365 * 86_400
  /// Where machines that join are sent: a front-end's URL.
  package var server: String
  /// The cluster's file, as machines that join get it.
  package var configuration: String
  /// The hosts of the cluster's file, and their addresses.
  package var hosts: [String: String]
  /// Ranges whose addresses are no machine's: services, pods.
  package var reserved: [IPv4Network]

  package init(
    authorityPEM: String, authority: CertificateAuthority?, server: String, configuration: String,
    hosts: [String: String], reserved: [IPv4Network]
  ) {
    self.authorityPEM = authorityPEM
    self.authority = authority
    self.server = server
    self.configuration = configuration
    self.hosts = hosts
    self.reserved = reserved
  }

  /// Whether an address is nobody's own: not one of IPv4's that a machine may have, or of a reserved range.
  func isReserved(_ address: String) -> Bool {
    guard let address = IPv4Address(address) else { return true }
    let special = [
      IPv4Network(address: IPv4Address(0, 0, 0, 0), prefix: 8),
      IPv4Network(address: IPv4Address(127, 0, 0, 0), prefix: 8),
      IPv4Network(address: IPv4Address(224, 0, 0, 0), prefix: 3),
    ]
    return (special + reserved).contains { $0.contains(address) }
  }
}
