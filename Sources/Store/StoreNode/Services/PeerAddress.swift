import ClusterConfig

/// A member's address for its peers, as operators write it: `https://198.18.0.11:2380`.
struct PeerAddress: Hashable, Sendable {
  var address: IPv4Address
  var port: UInt16

  /// Why a text is no such address. Peers always speak TLS, and are dialled by address.
  enum Problem: Error, Hashable {
    /// No URL of a host and a port at all.
    case malformed
    /// A URL, but not one that this store can use.
    case unusable(String)
  }

  init(_ url: String) throws(Problem) {
    let parts = url.split(separator: "/", omittingEmptySubsequences: false)
    guard url.utf8.count <= 256, parts.count >= 3, parts[1].isEmpty, !parts[0].isEmpty else { throw .malformed }
    guard parts.count == 3 || parts.count == 4 && parts[3].isEmpty else { throw .malformed }
    let host = parts[2].split(separator: ":", omittingEmptySubsequences: false)
    guard host.count == 2, !host[0].isEmpty, let port = UInt16(host[1]), port > 0 else { throw .malformed }
    guard parts[0] == "https:" else { throw .unusable("\(url): peers speak TLS, use https://") }
    guard let address = IPv4Address(String(host[0])) else {
      throw .unusable("\(url): peers are reached by an IPv4 address and not by a name")
    }
    self.address = address
    self.port = port
  }

  /// In one form, so that two that mean the same are equal.
  var url: String { "https://\(address):\(port)" }
}
