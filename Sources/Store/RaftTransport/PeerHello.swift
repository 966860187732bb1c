package import ByteCoding
package import RaftCore

/// The first frame on a connection, from the side that dialled: who it is, whom it means, in which cluster.
///
/// Both sides check it against the other's certificate, so that neither a mixed-up address nor a certificate of
/// another cluster or member goes unnoticed. The name of a cluster is not enough: one that was restored from a backup has
/// the old one's, and another id. Answered with a ``PeerWelcome``.
package struct PeerHello: Hashable, Sendable {
  static let magic: UInt32 = 0x5355_5041  // "APUS"
  static let version: UInt8 = 2

  package var cluster: String
  /// Zero for a member that does not know it yet: its disk is empty, and it asks.
  package var clusterID: UInt64
  package var from: MemberID
  package var to: MemberID
  package var stream: PeerStream

  /// It is nobody yet, and means whoever is there.
  var isGuest: Bool { from == 0 && to == 0 }

  package func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(fixed: Self.magic)
    writer.write(Self.version)
    writer.write(string: cluster)
    writer.write(fixed: clusterID)
    writer.write(fixed: from)
    writer.write(fixed: to)
    writer.write(stream.rawValue)
    return writer.bytes
  }

  package init(cluster: String, clusterID: UInt64, from: MemberID, to: MemberID, stream: PeerStream) {
    self.cluster = cluster
    self.clusterID = clusterID
    self.from = from
    self.to = to
    self.stream = stream
  }

  package init(decoding bytes: [UInt8]) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    let magic = try reader.read(fixed: UInt32.self)
    guard magic == Self.magic else { throw .unknownValue(UInt64(magic), field: "magic number") }
    let version = try reader.readByte()
    guard version == Self.version else { throw .unknownValue(UInt64(version), field: "protocol version") }
    cluster = try reader.readString()
    clusterID = try reader.read(fixed: UInt64.self)
    from = try reader.read(fixed: UInt64.self)
    to = try reader.read(fixed: UInt64.self)
    let raw = try reader.readByte()
    guard let stream = PeerStream(rawValue: raw) else { throw .unknownValue(UInt64(raw), field: "stream") }
    self.stream = stream
    try reader.expectEnd()
  }
}

/// The answer to a ``PeerHello``: welcome, or why not.
package enum PeerWelcome: Hashable, Sendable {
  case accepted
  case refused(String, PeerStanding)

  package func encoded() -> [UInt8] {
    var writer = ByteWriter()
    switch self {
    case .accepted: writer.write(true)
    case .refused(let reason, let standing):
      writer.write(false)
      writer.write(string: reason)
      writer.write(standing.rawValue)
    }
    return writer.bytes
  }

  package init(decoding bytes: [UInt8]) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    if try reader.readBool() {
      self = .accepted
    } else {
      let reason = try reader.readString()
      self = .refused(reason, PeerStanding(rawValue: try reader.readByte()) ?? .unknown)
    }
    try reader.expectEnd()
  }
}

/// Which of the connections to a peer a frame travels on.
package enum PeerStream: UInt8, Hashable, Sendable, CaseIterable {
  /// Everything that is small and urgent.
  case messages = 0
  /// Pieces of snapshots: on a connection of their own, so that they delay no heartbeat.
  case snapshots = 1
}

/// What a peer that does not want this member says of it.
package enum PeerStanding: UInt8, Hashable, Sendable {
  /// Nothing: the refusal has other reasons.
  case unknown = 0
  /// It is not a member, as far as the peer knows.
  case stranger = 1
  /// It was a member, and was removed: for good.
  case removed = 2
}
