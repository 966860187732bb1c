package import Glibc

/// Writes small files so that a reader, and a machine that loses power, sees the old content or the new one.
package enum AtomicText {
  package struct Failure: Error, Equatable, CustomStringConvertible {
    package var path: String
    package var code: Int32
    package var description: String { "cannot write \(path): \(systemError(code))" }
  }

  /// Makes missing folders (mode 0700 or as given), writes beside the file, syncs, renames. Does nothing when the file
  /// has this content. Returns whether it wrote.
  @discardableResult
  package static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws(Failure) -> Bool {
    try write(Array(text.utf8), to: path, mode: mode)
  }

  /// The same for bytes of any kind.
  @discardableResult
  package static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(Failure) -> Bool {
    if read(path) == bytes { return false }
    try makeFolder(folder(of: path))
    let temporary = "\(path).\(getpid()).tmp"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard file >= 0 else { throw Failure(path: path, code: errno) }
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        close(file)
        unlink(temporary)
        throw Failure(path: path, code: code)
      }
      written += count
    }
    let synced = fsync(file)
    let code = errno
    close(file)
    guard synced == 0, rename(temporary, path) == 0 else {
      let reason = synced == 0 ? errno : code
      unlink(temporary)
      throw Failure(path: path, code: reason)
    }
    return true
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

  /// Makes a folder with its parents.
  package static func makeFolder(_ path: String, mode: mode_t = 0o755) throws(Failure) {
    guard !path.isEmpty, path != "/", access(path, F_OK) != 0 else { return }
    try makeFolder(folder(of: path), mode: mode)
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw Failure(path: path, code: errno) }
  }

  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}

extension AtomicText {
  /// Writes into a file of /proc or /sys, where a rename is not possible.
  package static func writeInPlace(_ text: String, to path: String) throws(Failure) {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw Failure(path: path, code: errno) }
    defer { close(file) }
    let bytes = Array(text.utf8)
    guard Glibc.write(file, bytes, bytes.count) == bytes.count else { throw Failure(path: path, code: errno) }
  }

  static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
}
