import ByteCoding
import Glibc
package import RaftCore

/// The snapshots of a replica: complete files only, the newest two, and older ones as long as somebody is being sent
/// them.
///
///     header   "APUSSNP\0", format version UInt32, length of the metadata UInt32, cluster id UInt64, metadata,
///              CRC-32C of all that UInt32
///     body     what the state machine wrote; its chunks have checksums of their own
///     footer   size of the body UInt64, CRC-32C of the body UInt32, CRC-32C of the footer before this UInt32
///
/// Used by one thread at a time, except that ``read(_:offset:count:)`` may run beside a write.
package final class SnapshotFiles {
  private let folder: String
  private let clusterID: UInt64
  /// Complete ones, oldest first.
  private var snapshots: [SnapshotFile] = []
  /// How those go that nobody needs any more.
  package var removal = FileRemoval.atOnce
  /// Files that were damaged and are not needed, as there is a newer one: where they were put, and what was wrong.
  package private(set) var setAside: [(path: String, defect: StorageError)] = []

  struct SnapshotFile {
    var path: String
    var metadata: SnapshotMetadata
    var bodyOffset: UInt64
    var bodySize: UInt64
    /// It is not what was written any more (``SnapshotFiles/examine(_:)``).
    var isDamaged = false
  }

  /// Opens the folder (made where it is missing), removes what a crash left half-written, and checks the headers and
  /// footers. Bodies are checked when they are loaded.
  ///
  /// A damaged one is an error if it is, by its name, the newest: nothing else has what it had. An older one is set
  /// aside (``setAside``): its name then ends in `.damaged`.
  package init(_ folder: String, clusterID: UInt64) throws(StorageError) {
    self.folder = folder
    self.clusterID = clusterID
    try Folder.make(folder)
    var damaged: [(name: String, defect: StorageError)] = []
    let names = try Folder.names(folder)
    try FileRemoval.finish(in: folder, names: names)
    // What is found counts from now on: a start that was killed may have left a name that is not on the disk yet.
    try Folder.sync(folder)
    for name in names {
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".new") {
        try Folder.remove(path)
      } else if name.hasSuffix(".snapshot") {
        do throws(StorageError) {
          snapshots.append(try SnapshotFile(reading: path, clusterID: clusterID))
        } catch {
          guard error.code == .corrupt else { throw error }
          damaged.append((name, error))
        }
      }
    }
    snapshots.sort { $0.metadata.index < $1.metadata.index }
    for (name, defect) in damaged {
      guard let newest = snapshots.last, name < Self.name(of: newest.metadata) else { throw defect }
      let path = "\(folder)/\(name).damaged"
      try Folder.rename("\(folder)/\(name)", to: path)
      setAside.append((path, defect))
    }
    if !damaged.isEmpty { try Folder.sync(folder) }
  }

  /// Names sort as terms and indices do: of two snapshots of one log the one of the higher index has no lower term.
  private static func name(of metadata: SnapshotMetadata) -> String {
    "\(hexadecimal(metadata.term))-\(hexadecimal(metadata.index)).snapshot"
  }

  /// The newest snapshot; nil when there is none.
  package var newest: SnapshotMetadata? { snapshots.last?.metadata }

  /// The size of the newest snapshot's body in bytes.
  package var newestSize: UInt64 { snapshots.last?.bodySize ?? 0 }

  /// A part of the body of the snapshot at `index`, or of the newest when that is nil or gone.
  ///
  /// - Returns: nil when there is none, or the one to be read was found damaged (an older one would be of no use: the log
  ///   does not reach back to it); otherwise what was read, of which snapshot, and how large its body is.
  package func read(
    index: LogIndex?, offset: UInt64, count: Int
  ) throws(StorageError) -> (metadata: SnapshotMetadata, totalSize: UInt64, offset: UInt64, data: [UInt8])? {
    let asked = index.flatMap { index in snapshots.last { $0.metadata.index == index && !$0.isDamaged } }
    guard let snapshot = asked ?? snapshots.last, !snapshot.isDamaged else { return nil }
    // Another one than asked for starts from its beginning.
    let start = index == nil || asked != nil ? min(offset, snapshot.bodySize) : 0
    let length = min(count, Int(snapshot.bodySize - start))
    let file = try File(snapshot.path, flags: O_RDONLY)
    let data = try file.read(at: snapshot.bodyOffset + start, count: length)
    return (snapshot.metadata, snapshot.bodySize, start, data)
  }

  /// Reads the body of the newest snapshot in pieces, and checks the whole.
  package func load(_ metadata: SnapshotMetadata, _ body: ([UInt8]) throws -> Void) throws {
    guard let snapshot = snapshots.last(where: { $0.metadata.index == metadata.index }) else {
      throw StorageError(.missing, file: folder, "there is no snapshot at index \(metadata.index)")
    }
    try snapshot.load(body)
  }

  /// Whether the newest snapshot was found damaged: there is nothing that a follower could be sent.
  package var isNewestDamaged: Bool { snapshots.last?.isDamaged ?? false }

  /// Reads a snapshot's file again, all of it, and holds it against its checksums. One that is not what was written is
  /// not given to anybody any more, and is removed once there is a newer one. (Until then it stays under its name: a
  /// replica that starts must see that what it had is damaged.)
  ///
  /// - Returns: what is wrong with it; nil when nothing is, when that is known already, or when there is none.
  package func examine(_ index: LogIndex) -> StorageError? {
    guard let place = snapshots.lastIndex(where: { $0.metadata.index == index && !$0.isDamaged }) else { return nil }
    let known = snapshots[place]
    var defect: StorageError?
    do {
      let found = try SnapshotFile(reading: known.path, clusterID: clusterID)
      guard found.metadata == known.metadata, found.bodySize == known.bodySize else {
        throw StorageError(.corrupt, file: known.path, "it is not the snapshot that was written")
      }
      try found.load { _ in }
    } catch let error as StorageError {
      defect = error
    } catch {
      defect = StorageError(.corrupt, file: known.path, "\(error)")
    }
    if defect != nil { snapshots[place].isDamaged = true }
    return defect
  }

  /// Starts to write a snapshot under a temporary name.
  package func begin(_ metadata: SnapshotMetadata, isReceived: Bool) throws(StorageError) -> SnapshotWriter {
    let path = "\(folder)/\(Self.name(of: metadata))"
    return try SnapshotWriter(
      path: path, temporary: "\(path)\(isReceived ? ".received" : "").new", metadata: metadata, clusterID: clusterID)
  }

  /// Makes a snapshot whose bytes are all written a complete one: on return it is on the disk under its name. Older
  /// ones than the newest two are removed.
  ///
  /// - Parameter pinned: the indices of those that are not removed all the same, as somebody is reading them.
  package func commit(_ writer: SnapshotWriter, keeping pinned: Set<LogIndex> = []) throws(StorageError) {
    let snapshot = try writer.finish()
    try Folder.sync(folder)
    snapshots.removeAll { $0.path == snapshot.path }
    snapshots.append(snapshot)
    snapshots.sort { $0.metadata.index < $1.metadata.index }
    let useless = snapshots.dropLast().filter(\.isDamaged)
    let old = snapshots.filter { !$0.isDamaged }.dropLast(2).filter { !pinned.contains($0.metadata.index) }
    for file in useless + old {
      try removal.remove([file.path], in: folder)
      snapshots.removeAll { $0.path == file.path }
    }
  }
}

/// A snapshot that is being written. May be used on another thread than the ``SnapshotFiles`` it came from.
package final class SnapshotWriter {
  package let metadata: SnapshotMetadata
  private let file: File
  private let path: String
  private let bodyOffset: UInt64
  private var crc = CRC32C()
  /// How much of the body is on its way to the disk.
  private var pushed: UInt64 = 0
  private static let pushSize: UInt64 = 1 << 20
  /// How many bytes of the body have been written.
  package private(set) var size: UInt64 = 0

  init(path: String, temporary: String, metadata: SnapshotMetadata, clusterID: UInt64) throws(StorageError) {
    self.path = path
    self.metadata = metadata
    file = try File(temporary, flags: O_RDWR | O_CREAT | O_TRUNC)
    let header = SnapshotFile.header(metadata, clusterID: clusterID)
    bodyOffset = UInt64(header.count)
    do {
      try file.write(header, at: 0)
    } catch {
      // Nobody gets a writer that could give it up.
      try? Folder.remove(temporary)
      throw error
    }
  }

  /// Appends to the body.
  package func write(_ bytes: [UInt8]) throws(StorageError) {
    try file.write(bytes, at: bodyOffset + size)
    crc.update(bytes)
    size += UInt64(bytes.count)
    if size >= pushed + Self.pushSize { try push() }
  }

  /// Sends what was written on its way to the disk, and waits for what was sent before: a file system that has a large
  /// file to write makes every sync of the log wait for it. (The sync at the end is what counts.)
  private func push() throws(StorageError) {
    try file.startWriting(from: bodyOffset + pushed, to: bodyOffset + size)
    try file.awaitWriting(to: bodyOffset + pushed)
    pushed = size
  }

  /// Gives it up and removes the file.
  package func abandon() { try? Folder.remove(file.path) }

  fileprivate func finish() throws(StorageError) -> SnapshotFiles.SnapshotFile {
    try file.write(SnapshotFile.footer(size: size, crc: crc.value), at: bodyOffset + size)
    try file.sync()
    try Folder.rename(file.path, to: path)
    return SnapshotFile(path: path, metadata: metadata, bodyOffset: bodyOffset, bodySize: size)
  }
}

private typealias SnapshotFile = SnapshotFiles.SnapshotFile

extension SnapshotFiles.SnapshotFile {
  static let formatVersion: UInt32 = 1
  static let footerSize = 16
  private static let magic = Array("APUSSNP\0".utf8)
  private static let fixedHeader = 24

  static func header(_ metadata: SnapshotMetadata, clusterID: UInt64) -> [UInt8] {
    var inner = ByteWriter()
    metadata.encode(into: &inner)
    var writer = ByteWriter()
    writer.write(raw: magic)
    writer.write(fixed: formatVersion)
    writer.write(fixed: UInt32(inner.count))
    writer.write(fixed: clusterID)
    writer.write(raw: inner.bytes)
    writer.write(fixed: CRC32C.checksum(writer.bytes))
    return writer.bytes
  }

  static func footer(size: UInt64, crc: UInt32) -> [UInt8] {
    var writer = ByteWriter()
    writer.write(fixed: size)
    writer.write(fixed: crc)
    writer.write(fixed: CRC32C.checksum(writer.bytes))
    return writer.bytes
  }

  static func word(_ bytes: [UInt8], at index: Int) -> UInt32 {
    (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[index + $1]) << (8 * UInt32($1)) }
  }

  /// Gives the body in pieces, then checks the whole.
  func load(_ body: ([UInt8]) throws -> Void) throws {
    let file = try File(path, flags: O_RDONLY)
    var crc = CRC32C()
    var offset: UInt64 = 0
    while offset < bodySize {
      let piece = try file.read(at: bodyOffset + offset, count: Int(min(1 << 20, bodySize - offset)))
      guard !piece.isEmpty else { break }
      crc.update(piece)
      try body(piece)
      offset += UInt64(piece.count)
    }
    let footer = try file.read(at: bodyOffset + bodySize, count: Self.footerSize)
    guard offset == bodySize, footer.count == Self.footerSize, crc.value == Self.word(footer, at: 8) else {
      throw StorageError(.corrupt, file: path, "the snapshot's checksum is wrong")
    }
  }

  init(reading path: String, clusterID: UInt64) throws(StorageError) {
    let file = try File(path, flags: O_RDONLY)
    let size = try file.size()
    let start = try file.read(at: 0, count: Self.fixedHeader)
    guard start.count == Self.fixedHeader, Array(start[..<8]) == Self.magic else {
      throw StorageError(.corrupt, file: path, offset: 0, "this is not a snapshot")
    }
    guard Self.word(start, at: 8) == Self.formatVersion else {
      throw StorageError(.foreign, file: path, offset: 8, "format version \(Self.word(start, at: 8)) is not known")
    }
    let length = Int(Self.word(start, at: 12))
    guard length <= 1 << 20 else { throw StorageError(.corrupt, file: path, offset: 12, "the header is damaged") }
    let header = try file.read(at: 0, count: Self.fixedHeader + length + 4)
    let footer = try file.read(at: size < 16 ? 0 : size - 16, count: Self.footerSize)
    let foundCluster: UInt64
    do throws(ByteCodingError) {
      guard header.count == Self.fixedHeader + length + 4,
        CRC32C.checksum(header[..<(Self.fixedHeader + length)]) == Self.word(header, at: Self.fixedHeader + length)
      else { throw .truncated(needed: Self.fixedHeader + length, available: header.count) }
      var reader = ByteReader(header[16...])
      foundCluster = try reader.read(fixed: UInt64.self)
      metadata = try SnapshotMetadata(from: &reader)
      var end = ByteReader(footer)
      bodySize = try end.read(fixed: UInt64.self)
    } catch {
      throw StorageError(.corrupt, file: path, offset: 0, "the header is damaged: \(error)")
    }
    guard foundCluster == clusterID else {
      throw StorageError(.foreign, file: path, offset: 16, "written in cluster \(hexadecimal(foundCluster))")
    }
    self.path = path
    bodyOffset = UInt64(header.count)
    guard footer.count == Self.footerSize, CRC32C.checksum(footer[..<12]) == Self.word(footer, at: 12),
      size >= bodyOffset + UInt64(Self.footerSize), bodySize == size - bodyOffset - UInt64(Self.footerSize)
    else { throw StorageError(.corrupt, file: path, offset: size, "the end is missing or damaged") }
  }
}
