import ByteCoding
import MVCC
import RaftCore
import Replica

/// What members say to each other besides Raft: on the same streams, told apart by the first byte.
enum PeerControl: Hashable, Sendable {
  /// "I take part": sent on every new connection before anything of Raft's, remembered for good by the receiver.
  case announcement
  /// "My disk is empty: do you know me, and which term of which cluster are you in?" Not answered by one that does not
  /// know its own term yet.
  case query
  /// - Parameter clusterID: zero from one whose own disk is empty.
  case answer(knowsYou: Bool, term: Term, commit: LogIndex, clusterID: UInt64)
  /// "My state at this checkpoint": see ``StateEffect/checkpoint(_:)``.
  case checkpoint(StateCheckpoint)
  /// "How much is left of this lease?" For the leader; see ``LeaseInquiries``.
  case leaseQuestion(number: UInt64, lease: LeaseID)
  case leaseAnswer(number: UInt64, LeaseTime)

  /// No format of ``RaftMessage`` begins with it.
  static let mark: UInt8 = 0xc0

  func encoded() -> [UInt8] {
    var writer = ByteWriter()
    writer.write(Self.mark)
    switch self {
    case .announcement: writer.write(UInt8(1))
    case .query: writer.write(UInt8(2))
    case .answer(let knowsYou, let term, let commit, let clusterID):
      writer.write(UInt8(3))
      writer.write(knowsYou)
      writer.write(varint: term)
      writer.write(varint: commit)
      writer.write(fixed: clusterID)
    case .checkpoint(let checkpoint):
      writer.write(UInt8(4))
      writer.write(checkpoint.version)
      writer.write(varint: checkpoint.index)
      writer.write(fixed: checkpoint.digest)
    case .leaseQuestion(let number, let lease):
      writer.write(UInt8(5))
      writer.write(fixed: number)
      writer.write(fixed: UInt64(bitPattern: lease))
    case .leaseAnswer(let number, let time):
      writer.write(UInt8(6))
      writer.write(fixed: number)
      switch time {
      case .notLeading: writer.write(UInt8(0))
      case .gone: writer.write(UInt8(1))
      case .left(let milliseconds):
        writer.write(UInt8(2))
        writer.write(fixed: milliseconds)
      }
    }
    return writer.bytes
  }

  init(decoding bytes: [UInt8]) throws(ByteCodingError) {
    var reader = ByteReader(bytes)
    _ = try reader.readByte()
    let tag = try reader.readByte()
    switch tag {
    case 1: self = .announcement
    case 2: self = .query
    case 3:
      let (knowsYou, term) = (try reader.readBool(), try reader.readVarint())
      guard term < RaftMessage.termBound else { throw .unknownValue(term, field: "term") }
      self = .answer(
        knowsYou: knowsYou, term: term, commit: try reader.readVarint(),
        clusterID: try reader.read(fixed: UInt64.self))
    case 4:
      let version = try reader.readByte()
      let index = try reader.readVarint()
      self = .checkpoint(StateCheckpoint(index: index, digest: try reader.read(fixed: UInt64.self), version: version))
    case 5:
      let number = try reader.read(fixed: UInt64.self)
      self = .leaseQuestion(number: number, lease: LeaseID(bitPattern: try reader.read(fixed: UInt64.self)))
    case 6:
      self = .leaseAnswer(number: try reader.read(fixed: UInt64.self), try Self.leaseTime(from: &reader))
    default: throw .unknownValue(UInt64(tag), field: "control message")
    }
    try reader.expectEnd()
  }

  private static func leaseTime(from reader: inout ByteReader) throws(ByteCodingError) -> LeaseTime {
    switch try reader.readByte() {
    case 0: .notLeading
    case 1: .gone
    case 2: .left(milliseconds: try reader.read(fixed: UInt64.self))
    case let other: throw .unknownValue(UInt64(other), field: "what is left of a lease")
    }
  }
}

/// How much of a lease is left, as another member says.
enum LeaseTime: Hashable, Sendable {
  /// It leads, and will end the lease after that time unless it is kept alive.
  case left(milliseconds: UInt64)
  /// It leads, and there is no such lease any more.
  case gone
  case notLeading
}
