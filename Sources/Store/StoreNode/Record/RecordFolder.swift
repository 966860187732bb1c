import Glibc
import Replay
import Synchronization

/// The files of a recording: one a segment, named by its number, together no larger than the limit. The oldest go.
final class RecordFolder: Sendable {
  struct Failure: Error, CustomStringConvertible {
    var description: String

    init(_ path: String, _ what: String) { description = "\(path) \(what): \(String(cString: strerror(errno)))" }
  }

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
  func open() throws(Failure) -> UInt64 {
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw Failure(path, "cannot be made") }
    guard let handle = opendir(path) else { throw Failure(path, "cannot be listed") }
    defer { closedir(handle) }
    var found: [(number: UInt64, size: Int)] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let suffix = ".\(RecordFormat.fileExtension)"
      guard name.hasSuffix(suffix), let number = UInt64(name.dropLast(suffix.count), radix: 16) else { continue }
      var status = stat()
      guard stat("\(path)/\(name)", &status) == 0 else { continue }
      found.append((number, Int(status.st_size)))
    }
    found.sort { $0.number < $1.number }
    segments.withLock { [found] in $0 = found }
    return found.last?.number ?? 0
  }

  /// Creates the file of a segment.
  func begin(_ number: UInt64) throws(Failure) -> Segment {
    try Segment(number, file(number)) { size in self.segments.withLock { $0.append((number, size)) } }
  }

  private func file(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return "\(path)/\(String(repeating: "0", count: 16 - digits.count))\(digits).\(RecordFormat.fileExtension)"
  }

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
    for number in old { unlink(file(number)) }
  }

  /// A file that is being written: never synced, owner-only.
  final class Segment {
    private let path: String
    private let descriptor: Int32
    private let onClose: (Int) -> Void
    private(set) var size = 0

    fileprivate init(_ number: UInt64, _ path: String, onClose: @escaping (Int) -> Void) throws(Failure) {
      self.path = path
      self.onClose = onClose
      descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
      guard descriptor >= 0 else { throw Failure(path, "cannot be opened") }
    }

    deinit {
      guard descriptor >= 0 else { return }
      _ = Glibc.close(descriptor)
      onClose(size)
    }

    func append(_ bytes: [UInt8]) throws(Failure) {
      let failed = bytes.withUnsafeBytes { buffer -> Bool in
        var done = 0
        while done < buffer.count {
          let count = Glibc.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { return true }
          done += count
        }
        return false
      }
      if failed { throw Failure(path, "cannot be written") }
      size += bytes.count
    }
  }
}
