package import ClusterConfig
package import RaftCore

/// A member as its peers reach it.
package struct Peer: Hashable, Sendable {
  package var id: MemberID
  /// The common name of its certificate; empty for a new member that has not told it.
  package var name: String
  package var address: IPv4Address
  package var port: UInt16

  package init(id: MemberID, name: String, address: IPv4Address, port: UInt16) {
    self.id = id
    self.name = name
    self.address = address
    self.port = port
  }
}

/// What the transport tells its owner, on the transport's event loop. Calls must return at once.
package protocol PeerTransportDelegate: AnyObject, Sendable {
  /// A frame came in. Its checksum was right, and `peer`'s certificate vouched for the sender.
  func received(_ frame: [UInt8], from peer: MemberID, on stream: PeerStream)
  /// A frame came in on ``PeerStream/snapshots``; its checksum is still to be looked at, on another thread. Unless it is
  /// implemented, ``received(_:from:on:)`` gets it when it is right.
  func received(unchecked frame: UncheckedFrame, from peer: MemberID)
  /// The connection for sending stands.
  func connected(to peer: MemberID)
  /// An established connection ended: its process may have died.
  func disconnected(from peer: MemberID)
  /// One of this cluster that is no member, as far as is known here, has called, and was refused.
  func met(stranger: MemberID)
  /// The peer is there and refuses this member's connection.
  func denied(by peer: MemberID, _ standing: PeerStanding)
  /// One with a certificate of the cluster asks who it is (``PeerInquiry``). Nil: no answer can be given now.
  func answer(_ question: [UInt8]) -> [UInt8]?
  /// Nobody listens at the peer's address: its process is dead, or not started yet.
  func refused(by peer: MemberID)
}

extension PeerTransportDelegate {
  package func received(unchecked frame: UncheckedFrame, from peer: MemberID) {
    if let payload = frame.checked() { received(Array(payload), from: peer, on: .snapshots) }
  }

  package func met(stranger: MemberID) {}
  package func denied(by peer: MemberID, _ standing: PeerStanding) {}
  package func answer(_ question: [UInt8]) -> [UInt8]? { nil }
}
