import ByteCoding
import Crypto
import MVCC
package import Replica

/// A backup in a file.
package struct BackupFile: Sendable {
  package let path: String
  package let header: BackupHeader
  package let size: UInt64
  /// The SHA-256 at the end of the file.
  package let checksum: [UInt8]
  private let bodyOffset: UInt64

  /// Reads the whole file once, and throws unless it is a backup, and every byte of it is what was written.
  package init(reading path: String) throws(BackupError) {
    let input = try BackupInput(path)
    self.path = path
    size = input.size
    let start = try input.read(at: 0, count: BackupHeader.fixedSize + 8)
    try Self.recognise(start, path)
    let trailer = UInt64(BackupHeader.checksumSize)
    guard size % BackupHeader.blockSize == trailer, size > trailer else {
      throw BackupError(
        .damaged, path, "a backup has whole blocks of 512 bytes and 32 bytes more, and this has \(size): it was cut")
    }
    checksum = try input.read(at: size - trailer, count: BackupHeader.checksumSize)
    try Self.check(input, through: size - trailer, checksum)
    (header, bodyOffset) = try Self.readHeader(input, start)
    // All is as it was written; what is left is a writer's error.
    guard bodyOffset <= size - trailer, header.bodySize <= size - trailer - bodyOffset else {
      throw BackupError(.damaged, path, "the state's size is \(header.bodySize) bytes, more than there are")
    }
  }

  /// The state in it. Reads the file again and checks it again: every chunk, and the whole.
  package func restore() throws(BackupError) -> RestoredState {
    let input = try BackupInput(path)
    var hash = SHA256()
    var decoder = StateDecoder()
    let end = size - UInt64(BackupHeader.checksumSize)
    let bodyEnd = bodyOffset + header.bodySize
    var offset: UInt64 = 0
    do {
      while offset < end {
        let piece = try input.read(at: offset, count: Int(min(1 << 20, end - offset)))
        guard !piece.isEmpty else { break }
        hash.update(data: piece)
        let next = offset + UInt64(piece.count)
        let (from, to) = (max(offset, bodyOffset), min(next, bodyEnd))
        if from < to { try decoder.feed(piece[Int(from - offset)..<Int(to - offset)]) }
        offset = next
      }
      guard offset == end, Array(hash.finalize()) == checksum else {
        throw BackupError(.damaged, path, "the file has changed since it was checked")
      }
      return try decoder.finish()
    } catch let error as BackupError {
      throw error
    } catch {
      throw BackupError(.damaged, path, "the state in it cannot be read: \(error)")
    }
  }

  /// Tells other files, and says what they are where that is known.
  private static func recognise(_ start: [UInt8], _ path: String) throws(BackupError) {
    if start.count >= 20, Array(start[16..<20]) == [0xed, 0xda, 0x0c, 0xed] {
      throw BackupError(
        .foreign, path,
        """
        this is a snapshot of etcd (a bolt database), not of this store. To bring its keys over, restore it with etcdutl, \
        and copy the keys from that etcd through the API (docs/backup.md)
        """)
    }
    guard start.count >= 16, Array(start[..<8]) == BackupHeader.magic else {
      throw BackupError(.foreign, path, "this is not a backup of a store: it does not begin like one")
    }
    guard word(start, at: 8) == BackupHeader.formatVersion else {
      throw BackupError(
        .foreign, path,
        "its format has version \(word(start, at: 8)), this program knows \(BackupHeader.formatVersion)")
    }
  }

  private static func check(
    _ input: BackupInput, through end: UInt64, _ checksum: [UInt8]
  ) throws(BackupError) {
    var hash = SHA256()
    var offset: UInt64 = 0
    while offset < end {
      let piece = try input.read(at: offset, count: Int(min(1 << 20, end - offset)))
      guard !piece.isEmpty else { break }
      hash.update(data: piece)
      offset += UInt64(piece.count)
    }
    guard offset == end, Array(hash.finalize()) == checksum else {
      throw BackupError(.damaged, input.path, "its checksum is wrong: it was cut or altered. Use another copy")
    }
  }

  private static func readHeader(
    _ input: BackupInput, _ start: [UInt8]
  ) throws(BackupError) -> (BackupHeader, UInt64) {
    let length = Int(word(start, at: 12))
    let whole = BackupHeader.fixedSize + length
    guard length <= BackupHeader.maximumPayload else {
      throw BackupError(.damaged, input.path, "its header claims \(length) bytes")
    }
    let bytes = try input.read(at: 0, count: whole + 4)
    guard bytes.count == whole + 4, CRC32C.checksum(bytes[..<whole]) == word(bytes, at: whole) else {
      throw BackupError(.damaged, input.path, "its header is damaged")
    }
    do throws(ByteCodingError) {
      return (try BackupHeader(payload: bytes[BackupHeader.fixedSize..<whole]), UInt64(whole + 4))
    } catch {
      throw BackupError(.damaged, input.path, "its header cannot be read: \(error)")
    }
  }

  private static func word(_ bytes: [UInt8], at index: Int) -> UInt32 {
    (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << (8 * UInt32($1)) }
  }
}

/// A backup that is written into a file.
package enum BackupWriter {
  /// On return the backup is on the disk under its name; when it throws there is no such file.
  package static func write(_ encoder: consuming BackupEncoder, to path: String) throws(BackupError) {
    var output = try BackupOutput(path)
    while let piece = encoder.nextPiece() { try output.write(piece) }
    try output.finish()
  }
}
