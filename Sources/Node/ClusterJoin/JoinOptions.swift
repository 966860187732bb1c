// ClusterJoin: how a machine that nobody has prepared becomes a node. `ClusterDiscovery` finds the cluster and makes
// sure that it is the right one, `CertificateOrder` gets certificates by CertificateSigningRequests, `ClusterJoin` does
// one after the other and writes the files that the host's processes read. `BootstrapTokens` is the operator's side.

package import Access
package import ClusterConfig

/// What `apus join` is told.
package struct JoinOptions: Sendable {
  /// A front-end's URL: `https://192.0.2.11:6443`.
  package var server: String
  package var token: BootstrapToken
  /// `sha256:` and the digits of the SHA-256 of the public key (SubjectPublicKeyInfo) of the cluster's authority: one of
  /// these has to be its. Empty: the token's signature alone vouches for the cluster, so that everybody who has the
  /// token may pose as it.
  package var pins: [String]
  /// The name of this machine: of its host and its node.
  package var host: String
  package var address: IPv4Address
  /// The cluster's file, to be written.
  package var configFile: String
  package var certificates: CertificateFolder
  /// How long a front-end may be out of reach, and how long a certificate may take. Default a minute.
  package var patience: Duration = .seconds(60)
  /// How long the token's signature may be missing: the cluster signs within moments. Default 10 s.
  package var signaturePatience: Duration = .seconds(10)

  package init(
    server: String, token: BootstrapToken, pins: [String], host: String, address: IPv4Address, configFile: String,
    certificates: CertificateFolder
  ) {
    self.server = server
    self.token = token
    self.pins = pins
    self.host = host
    self.address = address
    self.configFile = configFile
    self.certificates = certificates
  }

  /// `HOST:PORT`, with or without `https://`, as a URL; nil for anything else.
  package static func url(ofServer text: String) -> String? {
    var rest = text[...]
    if rest.hasPrefix("https://") { rest = rest.dropFirst(8) }
    while rest.hasSuffix("/") { rest = rest.dropLast() }
    let parts = rest.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let port = UInt16(parts[1]), port > 0,
      parts[0].utf8.allSatisfy({ $0.isLetterOrDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
    else { return nil }
    return "https://\(rest)"
  }

  /// A pin in the form that it is compared in; nil if it is none.
  package static func pin(_ text: String) -> String? {
    let lower = text.lowercased()
    guard lower.hasPrefix("sha256:") else { return nil }
    let digits = lower.dropFirst(7)
    guard digits.utf8.count == 64, digits.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
      return nil
    }
    return lower
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    (48...57).contains(self) || (97...122).contains(self) || (65...90).contains(self)
  }
}

/// Why a machine could not join.
package struct JoinError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: Hashable, Sendable {
    /// Nobody answers there.
    case noServer
    /// Who answers there is no front-end of a cluster that one can join.
    case notAFrontEnd
    /// The cluster knows no such token, or its time is over.
    case unknownToken
    /// The token's id is right and its secret is not; or who answers is not the cluster.
    case wrongSecret
    /// The cluster's authority is not the one that was said.
    case wrongAuthority
    /// The server does not belong to the cluster that it tells of.
    case untrustedServer
    /// The token may not do what is needed.
    case notAllowed
    /// Somebody else has the name or the address.
    case taken
    /// The cluster's file that it hands out, or the host in it, cannot be used.
    case badConfiguration
    /// A request for a certificate was denied, failed, or nobody cared.
    case noCertificate
    /// A file could not be written, or is somebody else's.
    case files
  }

  package var code: Code
  /// What is wrong, and what to do.
  package var message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  package var description: String { message }
}
