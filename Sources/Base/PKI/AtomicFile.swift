package import Glibc

/// Writes files that appear whole or not at all: a temporary file beside the target, synced, then renamed.
package enum AtomicFile {
  /// Why a file could not be written.
  package struct WriteError: Error, CustomStringConvertible {
    package var path: String
    package var operation: String
    package var code: Int32
    package var description: String { "cannot \(operation) \(path): \(String(cString: strerror(code)))" }
  }

  /// - Parameter mode: the permissions from the first moment on: 0o600 for a key.
  package static func write(_ text: String, to path: String, mode: mode_t = 0o644) throws(WriteError) {
    let temporary = "\(path).\(getpid()).tmp"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    guard descriptor >= 0 else { throw WriteError(path: temporary, operation: "create", code: errno) }
    do {
      defer { close(descriptor) }
      fchmod(descriptor, mode)
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if written < 0 && errno == EINTR { continue }
        guard written > 0 else {
          let code = errno
          unlink(temporary)
          throw WriteError(path: temporary, operation: "write", code: code)
        }
        rest = rest.dropFirst(written)
      }
      guard fsync(descriptor) == 0 else { throw WriteError(path: temporary, operation: "sync", code: errno) }
    }
    guard rename(temporary, path) == 0 else {
      let code = errno
      unlink(temporary)
      throw WriteError(path: path, operation: "rename to", code: code)
    }
  }

  /// Makes a folder and what is missing above it; those that it makes are their owner's only.
  package static func makeFolder(_ path: String) throws(WriteError) {
    var built = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      built += "/\(part)"
      if mkdir(built, 0o700) != 0 && errno != EEXIST {
        throw WriteError(path: built, operation: "make the folder", code: errno)
      }
    }
  }
}
