package import ByteCoding
import RaftCore

/// What a recording keeps of an entry's payload, and what stands in its place when the recording is replayed.
///
/// The consensus looks at a payload's size, at whose proposal it is, and at commands about the members. Those are kept as
/// they are; of all others only the proposal's id, the size and a digest: keys, values, users and passwords are not
/// in a recording. A stand-in has the size of the original and its id, and cannot be mistaken for a command: no replica
/// reads it, but one whose configuration says ``ReplicaConfiguration/takesStandIns``.
package enum PayloadStandIn {
  // The brief: a tag and
  //   0  the payload itself, behind its size
  //   1  origin (8 bytes), start, sequence, size, digest (8 bytes)
  //   2  size, digest: it cannot be read as a command
  //
  // The stand-in: the envelope's version and id, time 0, a tag that no command has, the digest, zeros up to the size.
  // One of what cannot be read: a version that no envelope has, the digest, zeros.

  private static let tag: UInt8 = 0xff
  private static let opaqueVersion: UInt8 = 0xfe
  /// Larger ones are refused when a recording is read.
  private static let largest: UInt64 = 16 << 20

  /// A digest of all bytes, equal on all replicas and in all builds; not a cryptographic one.
  package static func digest(_ payload: [UInt8]) -> UInt64 {
    if payload.isEmpty { return 0 }
    let head = Head(payload)
    return head?.isStandIn ?? (payload[0] == opaqueVersion)
      ? embeddedDigest(payload, head) : masked(fullDigest(payload), room: head?.room(in: payload) ?? payload.count - 1)
  }

  /// The brief alone.
  package static func brief(_ payload: [UInt8], mustBeReadable: Bool = false) -> [UInt8] {
    var writer = ByteWriter(reservingCapacity: 40)
    write(payload, mustBeReadable: mustBeReadable, into: &writer)
    return writer.bytes
  }

  /// - Parameter mustBeReadable: whether to look if it can be read at all; costs the time of reading it.
  package static func write(_ payload: [UInt8], mustBeReadable: Bool = false, into writer: inout ByteWriter) {
    let head = Head(payload)
    if payload.isEmpty || head?.isKept(payload) ?? false {
      writer.write(UInt8(0))
      writer.write(bytes: payload)
      return
    }
    let isStandIn = head?.isStandIn ?? (payload[0] == opaqueVersion)
    let isReadable = isStandIn || !mustBeReadable || (try? Envelope(decoding: payload[...])) != nil
    let id = isReadable && head?.room(in: payload) ?? -1 >= 0 ? head?.id : nil
    let digest =
      isStandIn
      ? embeddedDigest(payload, head)
      : masked(fullDigest(payload), room: id == nil ? payload.count - 1 : head?.room(in: payload) ?? 0)
    writer.write(UInt8(id == nil ? 2 : 1))
    id?.encode(into: &writer)
    writer.write(varint: UInt64(payload.count))
    writer.write(fixed: digest)
  }

  /// What stands for the payload whose brief this is; the payload itself where it was kept.
  package static func payload(ofBrief bytes: ArraySlice<UInt8>) throws(ByteCodingError) -> [UInt8] {
    var reader = ByteReader(bytes)
    let payload = try read(from: &reader)
    try reader.expectEnd()
    return payload
  }

  /// The same, from among other things.
  package static func read(from reader: inout ByteReader) throws(ByteCodingError) -> [UInt8] {
    let form = try reader.readByte()
    if form == 0 { return try reader.readBytes() }
    guard form == 1 || form == 2 else { throw .unknownValue(UInt64(form), field: "payload") }
    var writer = ByteWriter()
    if form == 1 {
      writer.write(Envelope.version)
      try ProposalID(from: &reader).encode(into: &writer)
      writer.write(UInt8(0))
      writer.write(tag)
    } else {
      writer.write(opaqueVersion)
    }
    let size = try reader.readVarint()
    let digest = try reader.read(fixed: UInt64.self)
    guard size >= writer.count, size <= largest else { throw .unknownValue(size, field: "payload size") }
    var payload = writer.bytes
    payload.reserveCapacity(Int(size))
    for shift in 0..<min(8, Int(size) - payload.count) {
      payload.append(UInt8(truncatingIfNeeded: digest >> (8 * shift)))
    }
    payload.append(contentsOf: repeatElement(0, count: Int(size) - payload.count))
    return payload
  }

  static func isOne(_ payload: [UInt8]) -> Bool { Head(payload)?.isStandIn ?? false }

  /// What a payload begins with.
  private struct Head {
    let id: ProposalID
    /// Where the id ends.
    private let end: Int
    private let time: UInt64
    private let tag: UInt8

    /// Nil where it is not that of an envelope.
    init?(_ payload: [UInt8]) {
      guard payload.first == Envelope.version else { return nil }
      var reader = ByteReader(payload[1...])
      guard let id = try? ProposalID(from: &reader) else { return nil }
      end = reader.offset + 1
      guard let time = try? reader.readVarint(), let tag = try? reader.readByte() else { return nil }
      (self.id, self.time, self.tag) = (id, time, tag)
    }

    var isStandIn: Bool { time == 0 && tag == PayloadStandIn.tag }

    /// Commands without anything of a client's: about members, checkpoints, the leases' renewals and ends.
    func isKept(_ payload: [UInt8]) -> Bool {
      [2, 3, 4, 6].contains(tag) || tag == 7 && Envelope.isAboutMembers(payload)
    }

    /// How many bytes a stand-in has behind its head.
    func room(in payload: [UInt8]) -> Int { payload.count - end - 2 }

    var digestOffset: Int { end + 2 }
  }

  private static func embeddedDigest(_ payload: [UInt8], _ head: Head?) -> UInt64 {
    var digest: UInt64 = 0
    for (shift, byte) in payload.dropFirst(head?.digestOffset ?? 1).prefix(8).enumerated() {
      digest |= UInt64(byte) << (8 * shift)
    }
    return digest
  }

  private static func masked(_ digest: UInt64, room: Int) -> UInt64 {
    room >= 8 ? digest : digest & (1 << UInt64(8 * max(room, 0)) - 1)
  }

  /// Eight bytes a round: a multiplication and a shift for each, as in the finalisers of SplitMix64.
  private static func fullDigest(_ payload: [UInt8]) -> UInt64 {
    payload.withUnsafeBytes { bytes in
      var hash = UInt64(bytes.count) &* 0x9e37_79b9_7f4a_7c15
      var offset = 0
      while offset + 8 <= bytes.count {
        hash ^= UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        hash = (hash ^ (hash >> 29)) &* 0xbf58_476d_1ce4_e5b9
        offset += 8
      }
      var rest: UInt64 = 0
      while offset < bytes.count {
        rest = rest << 8 | UInt64(bytes[offset])
        offset += 1
      }
      hash = (hash ^ rest ^ (hash >> 32)) &* 0x94d0_49bb_1331_11eb
      return hash ^ (hash >> 31)
    }
  }
}

extension ReplicaConsensus {
  /// Whether a payload is one of a replayed recording's, and this is the replay.
  func isStandIn(_ payload: [UInt8]) -> Bool { configuration.takesStandIns && PayloadStandIn.isOne(payload) }
}
