package import Glibc

/// Small files that appear whole or not at all: a reader, and a machine that loses power, sees the old content or the
/// new one.
package enum AtomicFile {
  /// Why a file could not be written.
  package struct Failure: Error, Equatable, CustomStringConvertible {
    package var path: String
    /// What was tried, as it stands after "cannot".
    package var operation: String
    /// The `errno` of it.
    package var code: Int32

    package init(path: String, operation: String, code: Int32) {
      self.path = path
      self.operation = operation
      self.code = code
    }

    package var description: String { "cannot \(operation) \(path): \(String(cString: strerror(code)))" }
  }

  /// Makes missing folders (mode 0755), writes beside the file, syncs, renames. Does nothing when the file has this
  /// content and these permissions. Returns whether it wrote.
  /// - Parameter mode: the permissions from the first moment on, whatever the umask: 0o600 for a key.
  @discardableResult
  package static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws(Failure) -> Bool {
    try write(Array(text.utf8), to: path, mode: mode)
  }

  /// The same for bytes of any kind.
  @discardableResult
  package static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(Failure) -> Bool {
    if permissions(of: path) == mode, read(path) == bytes { return false }
    try makeFolder(folder(of: path))
    let temporary = "\(path).\(getpid()).tmp"
    unlink(temporary)
    let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode & 0o700)
    guard file >= 0 else { throw Failure(path: temporary, operation: "create", code: errno) }
    do {
      defer { close(file) }
      try fill(file, bytes, mode, temporary)
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw Failure(path: path, operation: "rename to", code: code)
    }
    return true
  }

  private static func fill(_ file: CInt, _ bytes: [UInt8], _ mode: mode_t, _ path: String) throws(Failure) {
    guard fchmod(file, mode) == 0 else { throw Failure(path: path, operation: "set the mode of", code: errno) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { throw Failure(path: path, operation: "write", code: errno) }
      rest = rest.dropFirst(written)
    }
    guard fsync(file) == 0 else { throw Failure(path: path, operation: "sync", code: errno) }
  }

  /// The file's first `limit` bytes; nil when there is none that can be read. For files of at most a few MiB, unless
  /// there is a limit.
  package static func read(_ path: String, limit: Int = .max) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(limit, 64 * 1024))
    while result.count < limit {
      let count = Glibc.read(file, &buffer, min(buffer.count, limit - result.count))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { break }
      result += buffer[..<count]
    }
    return result
  }

  /// Writes into a file of /proc or /sys, where a rename is not possible.
  package static func writeInPlace(_ text: String, to path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(path: path, operation: "open", code: errno) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
      throw Failure(path: path, operation: "write", code: errno)
    }
  }

  /// Makes a folder and what is missing above it, with this mode less the umask's bits.
  package static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(Failure) {
    guard !path.isEmpty, path != "/", access(path, F_OK) != 0 else { return }
    try makeFolder(folder(of: path), mode: mode)
    guard mkdir(path, mode) == 0 || errno == EEXIST else {
      throw Failure(path: path, operation: "make the folder", code: errno)
    }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func permissions(of path: String) -> mode_t? {
    var status = stat()
    return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? status.st_mode & 0o7777 : nil
  }
}
