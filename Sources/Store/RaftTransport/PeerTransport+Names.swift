import RaftCore

extension PeerTransport {
  /// Why a certificate is not that of a member. A member's name is in the log once the member has run; before that the
  /// first name counts that it is met by, if it is no other member's, and no other after that.
  func objection(to name: String, _ clusters: [String], at peer: Peer) -> String? {
    let cluster = configuration.cluster
    guard clusters.contains(cluster) else {
      return "expected the member \(peer.name) of \(cluster), found \(name) of \(clusters.joined(separator: ", "))"
    }
    if !peer.name.isEmpty {
      return peer.name == name ? nil : "expected the member \(peer.name) of \(cluster), found \(name)"
    }
    return state.withLock { state in
      if let first = state.names[peer.id] {
        return first == name ? nil : "the new member \(String(peer.id, radix: 16)) is \(first), and not \(name)"
      }
      // A machine that takes its own place has its old name.
      if let other = state.peers.values.first(where: { $0.name == name && !$0.sharesAddress(with: peer) }) {
        return "\(name) is the member \(String(other.id, radix: 16)), and not \(String(peer.id, radix: 16))"
      }
      state.names[peer.id] = name
      return nil
    }
  }
}

extension Peer {
  fileprivate func sharesAddress(with other: Peer) -> Bool { address == other.address && port == other.port }
}
