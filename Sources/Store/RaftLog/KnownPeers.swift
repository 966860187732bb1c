import ByteCoding
import Glibc

/// Which members have ever taken part, as far as this replica has heard: kept on its disk, so that a member that lost
/// its disk is told by its peers that it must not come back under its old id.
///
/// File: the ids (UInt64 each), CRC-32C of them.
package final class KnownPeers {
  private let path: String
  package private(set) var members: Set<UInt64> = []

  package init(_ folder: DataFolder) throws(StorageError) {
    path = "\(folder.path)/known-members"
    guard Folder.exists(path) else { return }
    let bytes = try File(path, flags: O_RDONLY).read(at: 0, count: 1 << 20)
    guard bytes.count % 8 == 4, CRC32C.checksum(bytes.dropLast(4)) == trailingWord(bytes) else {
      throw StorageError(.corrupt, file: path, "the checksum is wrong")
    }
    var reader = ByteReader(bytes.dropLast(4))
    while reader.remaining >= 8, let member = try? reader.read(fixed: UInt64.self) { members.insert(member) }
  }

  /// Adds a member; on return it is on the disk.
  package func remember(_ member: UInt64) throws(StorageError) {
    guard members.insert(member).inserted else { return }
    var writer = ByteWriter()
    for member in members.sorted() { writer.write(fixed: member) }
    writer.write(fixed: CRC32C.checksum(writer.bytes))
    try Folder.replace(path, with: writer.bytes)
  }

  private func trailingWord(_ bytes: [UInt8]) -> UInt32 {
    (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[bytes.count - 4 + $1]) << (8 * UInt32($1)) }
  }
}
