import ByteCoding
import Glibc

/// On a replica's disk: its state was found to differ from the majority's. As long as the note is there the replica does
/// not take part.
package struct DivergenceNote: Hashable, Sendable {
  /// The checkpoint at which the states were compared.
  package var index: UInt64
  package var own: UInt64
  package var majority: UInt64
  /// Milliseconds since 1970, by this machine's clock.
  package var time: UInt64

  package init(index: UInt64, own: UInt64, majority: UInt64, time: UInt64) {
    self.index = index
    self.own = own
    self.majority = majority
    self.time = time
  }

  private static let title = "apus store: this replica's state differs from the majority's, format 1"
  private static let fileName = "diverged"

  /// Writes it; on return it is on the disk.
  package func save(in folder: String) throws(StorageError) {
    try Folder.replace("\(folder)/\(Self.fileName)", with: encoded())
  }

  /// The note in a data folder, if there is one. One that cannot be read is an error: it says all the same that the
  /// folder must not be used.
  package static func load(from folder: String) throws(StorageError) -> DivergenceNote? {
    let path = "\(folder)/\(fileName)"
    guard Folder.exists(path) else { return nil }
    guard let note = DivergenceNote(decoding: try File(path, flags: O_RDONLY).read(at: 0, count: 4096)) else {
      throw StorageError(
        .corrupt, file: path,
        "this replica was found to differ from the others, and the note of it cannot be read. Start the store once with: "
          + "apus store --rebuild")
    }
    return note
  }

  func encoded() -> [UInt8] {
    let text = """
      \(Self.title)
      index \(index)
      own \(hexadecimal(own))
      majority \(hexadecimal(majority))
      time \(time)

      """
    return Array("\(text)checksum \(String(CRC32C.checksum(Array(text.utf8)), radix: 16))\n".utf8)
  }

  init?(decoding bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.count == 6, lines[0] == Self.title else { return nil }
    func number(_ line: Int, _ name: String, radix: Int) -> UInt64? {
      let parts = lines[line].split(separator: " ")
      return parts.count == 2 && parts[0] == name ? UInt64(parts[1], radix: radix) : nil
    }
    guard let index = number(1, "index", radix: 10), let own = number(2, "own", radix: 16),
      let majority = number(3, "majority", radix: 16), let time = number(4, "time", radix: 10)
    else { return nil }
    self.init(index: index, own: own, majority: majority, time: time)
    guard encoded() == bytes else { return nil }
  }
}

extension DataFolder {
  private var rebuiltPath: String { "\(path)/rebuilt" }

  /// Whether nothing of a replica's is in it.
  package func isUntouched() throws(StorageError) -> Bool { try Folder.names(path).allSatisfy { $0 == "lock" } }

  /// Whether it was made by a rebuild, and that was the last start.
  package var wasJustRebuilt: Bool { Folder.exists(rebuiltPath) }

  /// Notes that it was made by a rebuild, or (false) that such a start is over.
  package func setRebuilt(_ isRebuilt: Bool) throws(StorageError) {
    if isRebuilt {
      try Folder.replace(rebuiltPath, with: Array("apus store --rebuild\n".utf8))
    } else if wasJustRebuilt {
      try Folder.remove(rebuiltPath)
      try Folder.sync(path)
    }
  }

  /// Gives the folder another name, next to where it was. This object is of no use afterwards.
  package func moveAside(to target: String) throws(StorageError) {
    guard !Folder.exists(target) else { throw StorageError(.inUse, file: target, "there is something already") }
    release()
    try Folder.rename(path, to: target)
    try Folder.sync(Folder.parent(target))
  }
}
