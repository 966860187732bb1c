import Files
import Glibc

/// The mounts of this process' mount namespace.
///
/// What is not known for certain is an error, never "nothing is mounted": whoever asks is about to delete.
package struct MountTable: Sendable {
  private let path: String

  /// - Parameter path: the kernel's list of mounts, in the form of proc(5).
  package init(path: String = "/proc/self/mountinfo") { self.path = path }

  /// The mount points at and below a folder, in the order of the kernel's list. None when the folder that it lies in
  /// does not exist. The folder's own name must not be a link.
  /// - Throws: when the list cannot be read, or read as one, or the path cannot be followed.
  package func points(below folder: String) throws(VolumeFailure) -> [String] {
    guard let base = try Self.resolved(folder) else { return [] }
    guard let bytes = AtomicFile.read(path), !bytes.isEmpty else {
      throw VolumeFailure("the list of mounts, \(path), cannot be read")
    }
    var points: [String] = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      // The fifth field; the sixth follows, or the line is not whole.
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
      guard fields.count == 6 else { throw VolumeFailure("the list of mounts, \(path), is malformed") }
      let point = Self.unescaped(fields[4])
      if point == base || point.hasPrefix(base + "/") { points.append(point) }
    }
    return points
  }

  /// The path without links in what leads to its last part: that one may be a mount whose file system no longer
  /// answers. Nil when there is no such folder to be in.
  private static func resolved(_ folder: String) throws(VolumeFailure) -> String? {
    let cut = folder.lastIndex(of: "/")
    let parent = cut.map { $0 == folder.startIndex ? "/" : String(folder[..<$0]) } ?? "."
    guard let real = realpath(parent, nil) else {
      if errno == ENOENT { return nil }
      throw VolumeFailure("\(parent): \(String(cString: strerror(errno)))")
    }
    defer { free(real) }
    let name = cut.map { String(folder[folder.index(after: $0)...]) } ?? folder
    let base = String(cString: real)
    return base == "/" ? "/\(name)" : "\(base)/\(name)"
  }

  /// Whether another mount begins at a folder than the one that it lies in. A bind mount of the same file system is
  /// one too: the device of a file tells nothing.
  static func isMountPoint(_ path: String) throws(VolumeFailure) -> Bool {
    let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { throw VolumeFailure("\(path): \(String(cString: strerror(errno)))") }
    defer { close(folder) }
    return try isMountPoint(folder)
  }

  /// The same for a folder that is open.
  static func isMountPoint(_ folder: CInt) throws(VolumeFailure) -> Bool {
    let parent = openat(folder, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw VolumeFailure("the folder above: \(String(cString: strerror(errno)))") }
    defer { close(parent) }
    return try number(of: folder) != number(of: parent)
  }

  /// The kernel's number for the mount that an open file was reached through; no two mounts have the same at a time.
  static func number(of descriptor: CInt) throws(VolumeFailure) -> Int {
    // statx(2) tells it as well, but Swift's Glibc module does not import that.
    let path = "/proc/self/fdinfo/\(descriptor)"
    let text = String(decoding: AtomicFile.read(path, limit: 1024) ?? [], as: UTF8.self)
    for line in text.split(separator: "\n") where line.hasPrefix("mnt_id:") {
      if let number = line.split(whereSeparator: { $0 == ":" || $0.isWhitespace }).last.flatMap({ Int($0) }) {
        return number
      }
    }
    throw VolumeFailure("\(path) does not tell the mount")
  }

  /// Blanks, tabs, line ends and backslashes stand there as a backslash and three octal digits (proc(5)).
  private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var bytes = text
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "\\"), bytes.count >= 3,
        let value = UInt8(String(decoding: bytes.prefix(3), as: UTF8.self), radix: 8)
      {
        result.append(value)
        bytes = bytes.dropFirst(3)
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
