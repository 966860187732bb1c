import CLinux
import Glibc

/// An open file. Owner-only when it is created; closed at the end of its life. Errors are ``StorageError/Code/system``.
package final class File {
  package let path: String
  private let descriptor: Int32
  /// Hears of what is written; nil but in tests.
  private let tap: (any FileTap)?

  /// - Parameter flags: of open(2); `O_CLOEXEC` goes without saying.
  package init(_ path: String, flags: Int32) throws(StorageError) {
    let descriptor = Glibc.open(path, flags | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path, "cannot be opened") }
    self.path = path
    self.descriptor = descriptor
    tap = flags & (O_WRONLY | O_RDWR) == 0 ? nil : FileTaps.current
    tap?.heard(.opened(descriptor, path, isEmptied: flags & O_TRUNC != 0))
  }

  deinit { _ = Glibc.close(descriptor) }

  static func failure(_ path: String, _ what: String) -> StorageError {
    StorageError(.system, file: path, "\(what): \(String(cString: strerror(errno)))")
  }

  package func write(_ bytes: [UInt8], at offset: UInt64) throws(StorageError) {
    let failed = bytes.withUnsafeBytes { buffer -> Bool in
      var done = 0
      while done < buffer.count {
        let count = pwrite(
          descriptor, buffer.baseAddress! + done, buffer.count - done, off_t(offset) + off_t(done))
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return true }
        done += count
      }
      return false
    }
    if failed { throw Self.failure(path, "cannot be written") }
    tap?.heard(.written(descriptor, offset: offset, bytes))
  }

  /// Up to `count` bytes; fewer only at the end of the file.
  package func read(at offset: UInt64, count: Int) throws(StorageError) -> [UInt8] {
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
    if failed { throw Self.failure(path, "cannot be read") }
    return bytes
  }

  /// In bytes.
  package func size() throws(StorageError) -> UInt64 { UInt64(try status().st_size) }

  /// Whether it is a file indeed, and no folder, pipe or device.
  package func isRegular() throws(StorageError) -> Bool { try status().st_mode & S_IFMT == S_IFREG }

  private func status() throws(StorageError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.failure(path, "cannot be examined") }
    return status
  }

  /// Sets the size; what is beyond it is gone, what is new reads as zeros.
  func truncate(to size: UInt64) throws(StorageError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw Self.failure(path, "cannot be cut") }
    tap?.heard(.resized(descriptor, to: size))
  }

  /// Reserves blocks, so that a write inside needs no new ones. Where the file system cannot, only sets the size.
  func allocate(_ size: UInt64) throws(StorageError) {
    let code = posix_fallocate(descriptor, 0, off_t(size))
    if code == 0 {
      tap?.heard(.reserved(descriptor, size))
      return
    }
    guard code == EOPNOTSUPP || code == EINVAL else {
      errno = code
      throw Self.failure(path, "\(size) bytes cannot be reserved")
    }
    try truncate(to: size)
  }

  /// Puts what was written on the disk, with the metadata that is needed to read it.
  func syncData() throws(StorageError) {
    guard fdatasync(descriptor) == 0 else { throw Self.failure(path, "cannot be synced") }
    tap?.heard(.synced(descriptor))
  }

  /// Puts what was written on the disk, with all of the file's metadata.
  package func sync() throws(StorageError) {
    guard fsync(descriptor) == 0 else { throw Self.failure(path, "cannot be synced") }
    tap?.heard(.synced(descriptor))
  }

  /// Starts to write a part to the disk, without waiting and without a promise (sync_file_range(2)).
  func startWriting(from start: UInt64, to end: UInt64) throws(StorageError) {
    try check(apus_start_writing(descriptor, start, end - start))
  }

  /// Waits for what was started up to `end`.
  func awaitWriting(to end: UInt64) throws(StorageError) {
    guard end > 0 else { return }
    try check(apus_await_writing(descriptor, 0, end))
  }

  /// File systems that cannot lose nothing by it: the sync at the end is what counts.
  private func check(_ result: Int32) throws(StorageError) {
    guard result != 0, ![ENOSYS, EOPNOTSUPP, EINVAL, ESPIPE].contains(errno) else { return }
    throw Self.failure(path, "cannot be written")
  }

  /// Runs `body` over the whole content, mapped read-only.
  func withContents<Result>(_ body: (UnsafeRawBufferPointer) -> Result) throws(StorageError) -> Result {
    let size = Int(try size())
    guard size > 0 else { return body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw Self.failure(path, "cannot be mapped")
    }
    defer { munmap(address, size) }
    return body(UnsafeRawBufferPointer(start: address, count: size))
  }

  /// Takes the lock that only one process can have; false when another one has it.
  package func lock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

  /// Gives the lock up. Closing alone does not while a child that was just made still has the descriptor (flock(2)).
  func unlock() { _ = flock(descriptor, LOCK_UN) }
}

/// Operations on folders, and on files by their names.
package enum Folder {
  /// Makes it, owner-only, unless it exists; on return it is on the disk.
  ///
  /// Also one that exists: a process that was killed may have made it without a sync, and the power can still fail.
  /// (The parent of one that somebody else made may be nobody's to read; then its maker has to see to that.)
  package static func make(_ path: String) throws(StorageError) {
    if mkdir(path, 0o700) == 0 {
      FileTaps.current?.heard(.madeFolder(path))
    } else {
      guard errno == EEXIST else { throw File.failure(path, "cannot be made") }
      guard access(parent(path), R_OK) == 0 else { return }
    }
    try sync(parent(path))
  }

  /// The folder that a file or a folder is in.
  package static func parent(_ path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The names in it, sorted.
  package static func names(_ path: String) throws(StorageError) -> [String] {
    guard let handle = opendir(path) else { throw File.failure(path, "cannot be listed") }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Puts the folder's list of names on the disk.
  package static func sync(_ path: String) throws(StorageError) {
    try File(path, flags: O_RDONLY | O_DIRECTORY).sync()
    FileTaps.current?.heard(.syncedFolder(path))
  }

  /// Gives a file another name, in the place of what may have it already.
  package static func rename(_ from: String, to target: String) throws(StorageError) {
    guard Glibc.rename(from, target) == 0 else { throw File.failure(from, "cannot be renamed to \(target)") }
    FileTaps.current?.heard(.renamed(from, to: target))
  }

  /// Removes a file, unless there is none.
  package static func remove(_ path: String) throws(StorageError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw File.failure(path, "cannot be removed") }
    FileTaps.current?.heard(.removed(path))
  }

  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Writes a small file so that a crash leaves the old one or the new one.
  static func replace(_ path: String, with bytes: [UInt8]) throws(StorageError) {
    let file = try File("\(path).new", flags: O_WRONLY | O_CREAT | O_TRUNC)
    try file.write(bytes, at: 0)
    try file.sync()
    try rename(file.path, to: path)
    try sync(parent(path))
  }
}

/// A number as 16 hexadecimal digits, so that names sort as numbers do.
package func hexadecimal(_ value: UInt64) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 16 - digits.count) + digits
}
