import RaftCore
import RaftTransport
import Synchronization

/// What a replica learns about itself at its start: which member it is, when that does not follow from its name, and who
/// the others are, when the cluster's file is not the last word on it; and what it waits for meanwhile. Shared by the
/// copies of a configuration.
final class MemberAssignment: Sendable {
  private let id = Atomic<UInt64>(0)
  private let others = Mutex<[Peer]?>(nil)
  private let obstacle = Mutex<String?>("it has just begun")

  /// Nil while nothing else is known than the name.
  var member: MemberID? {
    let value = id.load(ordering: .relaxed)
    return value == 0 ? nil : value
  }

  var peers: [Peer]? { others.withLock { $0 } }

  /// What keeps the replica from serving, for people; nil from the moment on in which it runs.
  var waitsFor: String? { obstacle.withLock { $0 } }

  func waits(for what: String) { obstacle.withLock { $0 = what } }

  func runs() { obstacle.withLock { $0 = nil } }

  func assign(_ member: MemberID) { id.store(member, ordering: .relaxed) }

  func assign(peers: [Peer]) { others.withLock { $0 = peers } }
}

extension StoreNodeConfiguration {
  /// Everyone who is known to be a member: as the cluster itself has said, or else the cluster's file.
  var presentPeers: [Peer] { assignment.peers ?? peers }

  /// Where this member listens.
  var ownPeer: Peer? {
    peers.first { $0.name == name }.map { Peer(id: memberID, name: name, address: $0.address, port: $0.port) }
  }

  /// The id that follows from the name: that of a member that the cluster began with.
  var derivedMemberID: MemberID { Self.memberID(cluster: clusterName, name: name) }

  /// What this member tells the others of itself.
  var ownClientURLs: [String] { clientURLs[derivedMemberID].map { [$0] } ?? [] }
}

extension Peer {
  var url: String { "https://\(address):\(port)" }
}
