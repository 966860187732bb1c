package import ByteCoding
package import MVCC
package import RaftCore
package import StoreAuth

/// What a client of a replica can have done to the replicated state.
package enum ReplicaCommand: Hashable, Sendable {
  /// A change of the key-value store.
  case store(Command)
  /// Restart a lease's time to live. It goes through the log, so that it is as certain as any other change.
  case leaseKeepAlive(LeaseID)
  /// A leader found that a lease has run out: revoke it, unless it was renewed (granted, kept alive) by a later entry
  /// than the one at `renewal`, which the leader had not seen yet when it decided.
  case leaseExpire(LeaseID, renewal: LogIndex)
  /// A request about the members.
  case members(MemberChange)
  /// Changes nothing: each replica tells the others its ``StateDigest`` at this entry.
  case checkpoint
  /// A change of users and roles.
  case auth(AuthCommand)
  /// Somebody's request, while access control is on: whether it is permitted is decided where it is applied.
  indirect case byUser(AuthIdentity, ReplicaCommand)
}

/// What came of a proposal, on the replica that proposed it.
package enum ReplicaResult: Hashable, Sendable {
  case store(Result<CommandResult, MVCCError>)
  /// The lease, or nil when there is none of that id. Its full time to live starts now.
  case leaseKeptAlive(Lease?)
  /// The membership change is in force.
  case membershipChanged
  /// A member change was carried out, or why not. The configuration follows.
  case memberChange(MemberError?)
  case authChanged
  /// Access control refused it.
  case denied(AuthError)
}

/// A command with what identifies it: the payload of an entry.
package struct Envelope: Hashable, Sendable {
  package var id: ProposalID
  /// The proposer's wall clock, in milliseconds since 1970: for people who read logs; nothing is decided by it.
  package var time: UInt64
  package var command: ReplicaCommand

  package init(id: ProposalID, time: UInt64, command: ReplicaCommand) {
    self.id = id
    self.time = time
    self.command = command
  }

  // Format, version 1: version, id, time (varint), tag (1: the store's command, 2: lease keep-alive,
  // 3: lease expiry, 4: members, 5: users and roles, 6: checkpoint, 7: a user's request: name, auth revision (varint),
  // then a tag and what belongs to it), its fields.
  static let version: UInt8 = 1

  package func encoded() -> [UInt8] {
    var writer = ByteWriter(reservingCapacity: 64)
    writer.write(Self.version)
    id.encode(into: &writer)
    writer.write(varint: time)
    command.encode(into: &writer)
    return writer.bytes
  }

  package init(decoding bytes: ArraySlice<UInt8>) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    let version = try reader.readByte()
    guard version == Self.version else { throw .unknownValue(UInt64(version), field: "envelope version") }
    id = try ProposalID(from: &reader)
    time = try reader.readVarint()
    command = try ReplicaCommand(decoding: bytes[(bytes.startIndex + reader.offset)...], isNested: false)
  }

  /// Reads only who proposed it.
  static func id(of payload: [UInt8]) -> ProposalID? {
    var reader = ByteReader(payload)
    guard (try? reader.readByte()) == version else { return nil }
    return try? ProposalID(from: &reader)
  }
}

extension ReplicaCommand {
  /// Whether it can be read again whatever is in it. It can but for what nests too deep; said of those only that come
  /// by the thousand, so that they are not read where they have just been written.
  package var isAlwaysReadable: Bool {
    switch self {
    case .store(.put), .store(.deleteRange): true
    case .store(.transaction(let request)): !request.hasNested
    default: false
    }
  }

  fileprivate func encode(into writer: inout ByteWriter) {
    switch self {
    case .store(let command):
      writer.write(UInt8(1))
      command.encode(into: &writer)
    case .leaseKeepAlive(let lease):
      writer.write(UInt8(2))
      writer.write(zigzag: lease)
    case .leaseExpire(let lease, let renewal):
      writer.write(UInt8(3))
      writer.write(zigzag: lease)
      writer.write(varint: renewal)
    case .members(let change):
      writer.write(UInt8(4))
      change.encode(into: &writer)
    case .checkpoint: writer.write(UInt8(6))
    case .auth(let command):
      writer.write(UInt8(5))
      command.encode(into: &writer)
    case .byUser(let identity, let command):
      writer.write(UInt8(7))
      writer.write(bytes: identity.user)
      writer.write(varint: identity.revision)
      command.encode(into: &writer)
    }
  }

  /// - Parameter isNested: it is somebody's request already, and cannot be another's within.
  fileprivate init(decoding bytes: ArraySlice<UInt8>, isNested: Bool) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    let tag = try reader.readByte()
    switch tag {
    case 1: self = .store(try Command(decoding: bytes.dropFirst()))
    case 2:
      self = .leaseKeepAlive(try reader.readZigzag())
      try reader.expectEnd()
    case 3:
      self = .leaseExpire(try reader.readZigzag(), renewal: try reader.readVarint())
      try reader.expectEnd()
    case 4:
      self = .members(try MemberChange(from: &reader))
      try reader.expectEnd()
    case 6:
      self = .checkpoint
      try reader.expectEnd()
    case 5:
      self = .auth(try AuthCommand(from: &reader))
      try reader.expectEnd()
    case 7 where !isNested:
      let identity = AuthIdentity(user: try reader.readBytes(), revision: try reader.readVarint())
      let command = try ReplicaCommand(decoding: bytes.dropFirst(reader.offset), isNested: true)
      self = .byUser(identity, command)
    default: throw .unknownValue(UInt64(tag), field: "envelope tag")
    }
  }
}
