import Glibc

/// A file that is read from its beginning, in pieces.
struct BackupInput: ~Copyable {
  let path: String
  private let descriptor: Int32
  let size: UInt64

  init(_ path: String) throws(BackupError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last(path, "cannot be opened") }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw BackupError(.refused, path, "this is not a file")
    }
    self.path = path
    self.descriptor = descriptor
    size = UInt64(status.st_size)
  }

  deinit { close(descriptor) }

  /// Up to `count` bytes from `offset` on; fewer only at the end.
  func read(at offset: UInt64, count: Int) throws(BackupError) -> [UInt8] {
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let got = pread(descriptor, buffer.baseAddress! + filled, count - filled, off_t(offset) + off_t(filled))
        if got < 0, errno == EINTR { continue }
        if got < 0 { failed = true }
        guard got > 0 else { return }
        filled += got
      }
    }
    if failed { throw .last(path, "cannot be read") }
    return bytes
  }
}

/// A file that appears under its name only when it is whole, and never in the place of another one.
struct BackupOutput: ~Copyable {
  private let path: String
  private let temporary: String
  private let descriptor: Int32

  init(_ path: String) throws(BackupError) {
    guard access(path, F_OK) != 0 else {
      throw BackupError(.refused, path, "there is a file of this name already: it is not overwritten")
    }
    let temporary = "\(path).\(getpid()).partial"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last(temporary, "cannot be made") }
    self.path = path
    self.temporary = temporary
    self.descriptor = descriptor
  }

  deinit {
    close(descriptor)
    // Gone already when it got its name.
    unlink(temporary)
  }

  func write(_ bytes: [UInt8]) throws(BackupError) {
    let failed = bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = Glibc.write(descriptor, buffer.baseAddress! + done, buffer.count - done)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return true }
        done += count
      }
      return false
    }
    if failed { throw .last(temporary, "cannot be written") }
  }

  /// On return the file is on the disk under its name.
  func finish() throws(BackupError) {
    guard fsync(descriptor) == 0 else { throw .last(temporary, "cannot be synced") }
    // A link, unlike a rename, fails where a file has come into being meanwhile.
    guard link(temporary, path) == 0 else { throw .last(path, "the file cannot get its name") }
    unlink(temporary)
    try syncFolder(folder(of: path))
  }
}

func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "." }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Puts a folder's list of names on the disk.
func syncFolder(_ path: String) throws(BackupError) {
  let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { throw .last(path, "cannot be opened") }
  defer { close(descriptor) }
  guard fsync(descriptor) == 0 else { throw .last(path, "cannot be synced") }
}

extension BackupError {
  /// What the system said last.
  static func last(_ path: String, _ what: String) -> BackupError {
    BackupError(.system, path, "\(what): \(String(cString: strerror(errno)))")
  }
}
