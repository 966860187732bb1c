import ByteCoding
import Glibc

/// Where the members were when this replica last heard of a change, on its disk: what its log says of them may lie
/// behind entries that only they can tell it to be committed. A hint, no more: the log's word goes before it.
package struct AddressBook: Hashable, Sendable {
  package struct Line: Hashable, Sendable {
    package var member: UInt64
    /// Empty when it is not known.
    package var name: String
    /// Address and port.
    package var address: String

    package init(member: UInt64, name: String, address: String) {
      self.member = member
      self.name = name
      self.address = address
    }
  }

  package var lines: [Line]

  package init(lines: [Line]) { self.lines = lines }

  private static let fileName = "addresses"
  private static let title = "apus store addresses, format 1"

  /// Writes it; on return it is on the disk.
  package func save(in folder: String) throws(StorageError) {
    var text = "\(Self.title)\n"
    for line in lines { text += "\(hexadecimal(line.member)) \(line.address) \(line.name)\n" }
    text += "checksum \(String(CRC32C.checksum(Array(text.utf8)), radix: 16))\n"
    try Folder.replace("\(folder)/\(Self.fileName)", with: Array(text.utf8))
  }

  /// Nil when there is none, or none that can be read.
  package static func load(from folder: String) -> AddressBook? {
    let path = "\(folder)/\(fileName)"
    guard Folder.exists(path), let file = try? File(path, flags: O_RDONLY),
      let bytes = try? file.read(at: 0, count: 1 << 20)
    else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    var lines = text.split(separator: "\n").map(String.init)
    guard lines.first == title, let checksum = lines.popLast()?.split(separator: " ").last else { return nil }
    let body = lines.map { "\($0)\n" }.joined()
    guard UInt32(checksum, radix: 16) == CRC32C.checksum(Array(body.utf8)) else { return nil }
    return AddressBook(
      lines: lines.dropFirst().compactMap { line in
        let parts = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let member = UInt64(parts[0], radix: 16) else { return nil }
        return Line(member: member, name: String(parts[2]), address: String(parts[1]))
      })
  }
}

/// On the disk of a replica that was removed from its cluster: it never takes part again.
package enum RemovalNote {
  private static let fileName = "removed"

  /// On return it is on the disk.
  package static func save(in folder: String) throws(StorageError) {
    try Folder.replace("\(folder)/\(fileName)", with: Array("apus store: this member was removed\n".utf8))
  }

  package static func isPresent(in folder: String) -> Bool { Folder.exists("\(folder)/\(fileName)") }
}
