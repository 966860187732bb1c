import ByteCoding
package import RaftCore
import Replica

/// The beginning of a backup: what it is a backup of.
///
///     header   "APUSBKP\0", format version UInt32, length of the payload UInt32, payload, CRC-32C of all that UInt32
///     body     the state, as in a replica's snapshot (``FrozenState``); its chunks have checksums of their own
///     zeros    up to a multiple of 512 bytes
///     SHA-256  of everything before it
package struct BackupHeader: Hashable, Sendable {
  /// A member of the cluster, as it was known when the backup was made.
  package struct Member: Hashable, Sendable, Codable {
    package var id: UInt64
    package var name: String
    package var isVoter: Bool

    package init(id: UInt64, name: String, isVoter: Bool) {
      self.id = id
      self.name = name
      self.isVoter = isVoter
    }
  }

  package var clusterID: UInt64
  package var clusterName: String
  /// Whose state it is.
  package var memberID: MemberID
  package var memberName: String
  package var members: [Member]
  /// Milliseconds since 1970 by that member's clock: for people.
  package var time: UInt64
  /// The position in the log of the old cluster.
  package var index: LogIndex
  package var term: Term
  package var revision: Int64
  package var compactRevision: Int64
  package var bodySize: UInt64 = 0

  /// A header for a state; the size of the body is filled in when it is encoded.
  package init(
    clusterID: UInt64, clusterName: String, memberID: MemberID, memberName: String, members: [Member], time: UInt64,
    position: SnapshotMetadata, revision: Int64, compactRevision: Int64
  ) {
    self.clusterID = clusterID
    self.clusterName = clusterName
    self.memberID = memberID
    self.memberName = memberName
    self.members = members
    self.time = time
    index = position.index
    term = position.term
    self.revision = revision
    self.compactRevision = compactRevision
  }

  static let magic = Array("APUSBKP\0".utf8)
  static let formatVersion: UInt32 = 1
  static let fixedSize = 16
  /// More than any list of members takes.
  static let maximumPayload = 1 << 20
  static let blockSize: UInt64 = 512
  static let checksumSize = 32

  func encoded() -> [UInt8] {
    var payload = ByteWriter()
    payload.write(fixed: clusterID)
    payload.write(string: clusterName)
    payload.write(fixed: memberID)
    payload.write(string: memberName)
    payload.write(varint: UInt64(members.count))
    for member in members {
      payload.write(fixed: member.id)
      payload.write(string: member.name)
      payload.write(member.isVoter)
    }
    payload.write(fixed: time)
    payload.write(fixed: index)
    payload.write(fixed: term)
    payload.write(fixed: UInt64(bitPattern: revision))
    payload.write(fixed: UInt64(bitPattern: compactRevision))
    payload.write(fixed: bodySize)
    var writer = ByteWriter()
    writer.write(raw: Self.magic)
    writer.write(fixed: Self.formatVersion)
    writer.write(fixed: UInt32(payload.count))
    writer.write(raw: payload.bytes)
    writer.write(fixed: CRC32C.checksum(writer.bytes))
    return writer.bytes
  }

  init(payload: ArraySlice<UInt8>) throws(ByteCodingError) {
    var reader = ByteReader(payload)
    clusterID = try reader.read(fixed: UInt64.self)
    clusterName = try reader.readString()
    memberID = try reader.read(fixed: UInt64.self)
    memberName = try reader.readString()
    members = []
    for _ in 0..<(try reader.readCount(minimumSize: 10)) {
      members.append(
        Member(
          id: try reader.read(fixed: UInt64.self), name: try reader.readString(), isVoter: try reader.readBool()))
    }
    time = try reader.read(fixed: UInt64.self)
    index = try reader.read(fixed: UInt64.self)
    term = try reader.read(fixed: UInt64.self)
    revision = Int64(bitPattern: try reader.read(fixed: UInt64.self))
    compactRevision = Int64(bitPattern: try reader.read(fixed: UInt64.self))
    bodySize = try reader.read(fixed: UInt64.self)
    try reader.expectEnd()
  }
}
