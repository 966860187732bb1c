import Glibc
import RaftLog
import Replay
import Synchronization

/// The files of a recording: one a segment, named by its number, together no larger than the limit. The oldest go.
final class RecordFolder: Sendable {
  let path: String
  private let limit: Int
  /// Those that are complete, by number.
  private let segments = Mutex<[(number: UInt64, size: Int)]>([])

  init(_ path: String, limit: Int) {
    self.path = path
    self.limit = limit
  }

  /// A segment is full when its steps take this much: an eighth of the whole.
  var segmentSize: Int { max(limit / 8, 16 << 10) }

  /// Makes the folder and looks at what is in it.
  ///
  /// - Returns: the number of the last segment, 0 when there is none.
  func open() throws(StorageError) -> UInt64 {
    try Folder.make(path)
    let suffix = ".\(RecordFormat.fileExtension)"
    var found: [(number: UInt64, size: Int)] = []
    for name in try Folder.names(path) where name.hasSuffix(suffix) {
      guard let number = UInt64(name.dropLast(suffix.count), radix: 16),
        let size = try? File("\(path)/\(name)", flags: O_RDONLY).size()
      else { continue }
      found.append((number, Int(size)))
    }
    found.sort { $0.number < $1.number }
    segments.withLock { [found] in $0 = found }
    return found.last?.number ?? 0
  }

  /// Creates the file of a segment.
  func begin(_ number: UInt64) throws(StorageError) -> Segment {
    try Segment(file(number)) { size in self.segments.withLock { $0.append((number, size)) } }
  }

  private func file(_ number: UInt64) -> String { "\(path)/\(hexadecimal(number)).\(RecordFormat.fileExtension)" }

  /// Removes the oldest segments until everything fits, but never the present one.
  func dropOldest(keeping present: borrowing Segment) {
    let size = present.size
    let old = segments.withLock { segments -> [UInt64] in
      var total = segments.reduce(size) { $0 + $1.size }
      var old: [UInt64] = []
      while total > limit, let first = segments.first {
        total -= first.size
        old.append(first.number)
        segments.removeFirst()
      }
      return old
    }
    for number in old { try? Folder.remove(file(number)) }
  }

  /// A file that is being written: never synced, owner-only.
  final class Segment {
    private let file: File
    private let onClose: (Int) -> Void
    private(set) var size = 0

    fileprivate init(_ path: String, onClose: @escaping (Int) -> Void) throws(StorageError) {
      file = try File(path, flags: O_WRONLY | O_CREAT | O_TRUNC)
      self.onClose = onClose
    }

    deinit { onClose(size) }

    func append(_ bytes: [UInt8]) throws(StorageError) {
      try file.write(bytes, at: UInt64(size))
      size += bytes.count
    }
  }
}
