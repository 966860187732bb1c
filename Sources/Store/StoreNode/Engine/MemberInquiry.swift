import ByteCoding
import ClusterConfig
import RaftCore
import RaftTransport

/// What a host with an empty disk asks the members of its cluster's file: which member is at my address?
struct MemberQuestion: Hashable, Sendable {
  var peerURL: String
  /// The id that would follow from the host's name.
  var derivedID: MemberID

  private static let version: UInt8 = 1

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Self.version)
    writer.write(string: peerURL)
    writer.write(fixed: derivedID)
    return writer.bytes
  }

  init(peerURL: String, derivedID: MemberID) {
    self.peerURL = peerURL
    self.derivedID = derivedID
  }

  init(decoding bytes: [UInt8]) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    let version = try reader.readByte()
    guard version == Self.version else { throw .unknownValue(UInt64(version), field: "version of a question") }
    peerURL = try reader.readString()
    derivedID = try reader.read(fixed: UInt64.self)
    try reader.expectEnd()
  }
}

/// What a member that takes part answers.
struct MemberAnswer: Hashable, Sendable {
  var clusterID: UInt64
  /// The member at that address; nil when there is none.
  var member: MemberID?
  /// Whether that member has taken part: its disk was emptied, or the host has another one's address.
  var hasTakenPart: Bool
  /// How far the answering member has applied the log.
  var index: LogIndex
  var membership: Membership
  var peers: [Peer]

  private static let version: UInt8 = 1

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Self.version)
    writer.write(fixed: clusterID)
    writer.write(fixed: member ?? 0)
    writer.write(hasTakenPart)
    writer.write(varint: index)
    membership.encode(into: &writer)
    writer.write(varint: UInt64(peers.count))
    for peer in peers {
      writer.write(fixed: peer.id)
      writer.write(string: peer.name)
      writer.write(string: "\(peer.address)")
      writer.write(fixed: peer.port)
    }
    return writer.bytes
  }

  init(
    clusterID: UInt64, member: MemberID?, hasTakenPart: Bool, index: LogIndex, membership: Membership, peers: [Peer]
  ) {
    self.clusterID = clusterID
    self.member = member
    self.hasTakenPart = hasTakenPart
    self.index = index
    self.membership = membership
    self.peers = peers
  }

  init(decoding bytes: [UInt8]) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    let version = try reader.readByte()
    guard version == Self.version else { throw .unknownValue(UInt64(version), field: "version of an answer") }
    clusterID = try reader.read(fixed: UInt64.self)
    let id = try reader.read(fixed: UInt64.self)
    member = id == 0 ? nil : id
    hasTakenPart = try reader.readBool()
    index = try reader.readVarint()
    membership = try Membership(from: &reader)
    peers = []
    for _ in 0..<(try reader.readCount(minimumSize: 12)) {
      let id = try reader.read(fixed: UInt64.self)
      let name = try reader.readString()
      guard let address = IPv4Address(try reader.readString()) else { throw .unknownValue(0, field: "address") }
      peers.append(Peer(id: id, name: name, address: address, port: try reader.read(fixed: UInt16.self)))
    }
    try reader.expectEnd()
  }
}
