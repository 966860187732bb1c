import ByteCoding
import MVCC
package import RaftCore

/// A running hash over everything that the log has decided: which entries were applied, what each of them did to the
/// keys and leases or why it was refused, compactions, the membership. Equal on replicas that have applied the same
/// index; O(1) an entry, so that it can always be on.
///
/// It notices a replica that *applies* something else than the others. Memory that changes by itself afterwards is
/// noticed once an entry meets it; `etcdctl endpoint hashkv` reads all of it.
package struct StateDigest: Hashable, Sendable {
  /// What goes in, and how. Digests of different versions are not compared.
  package static let version: UInt8 = 1

  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325
  /// Whether it goes back to the log's first entry. One that does not (the state came from a snapshot that had another
  /// version's) is not compared.
  package private(set) var isComplete = true

  package init() {}

  mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0x9e37_79b9_7f4a_7c15
    value ^= value >> 32
  }

  mutating func mix(_ word: Int64) { mix(UInt64(bitPattern: word)) }

  mutating func mix(_ membership: Membership) {
    for group in [membership.incoming, membership.outgoing, membership.learners] {
      mix(UInt64(group.count))
      for member in group { mix(member) }
    }
  }

  /// What a command did besides what the store's own figures show.
  mutating func mix(_ result: Result<CommandResult, MVCCError>) {
    switch result {
    case .success(.leaseGrant(let lease, _)):
      mix(lease.id)
      mix(lease.timeToLive)
    case .success: mix(UInt64(1))
    case .failure(let error): mix(UInt64(error.rawValue) + 2)
    }
  }

  // Format: version, value (8 bytes), whether it is complete.

  func encode(into writer: inout ByteWriter) {
    writer.write(Self.version)
    writer.write(fixed: value)
    writer.write(isComplete)
  }

  init(from reader: inout ByteReader) throws(ByteCodingError) {
    let version = try reader.readByte()
    value = try reader.read(fixed: UInt64.self)
    isComplete = try reader.readBool() && version == Self.version
  }

  /// The digest of a state whose snapshot had none.
  static let unknown: StateDigest = {
    var digest = StateDigest()
    digest.isComplete = false
    return digest
  }()
}

/// A replica's digest at an index: what replicas tell each other when they apply a checkpoint.
package struct StateCheckpoint: Hashable, Sendable {
  package var index: LogIndex
  package var digest: UInt64
  /// ``StateDigest/version``.
  package var version: UInt8

  package init(index: LogIndex, digest: UInt64, version: UInt8 = StateDigest.version) {
    self.index = index
    self.digest = digest
    self.version = version
  }
}
