import Glibc
import RaftLog

/// A file that is read in pieces.
struct BackupInput {
  let path: String
  let size: UInt64
  private let file: File

  init(_ path: String) throws(BackupError) {
    self.path = path
    let file = try BackupError.translating { () throws(StorageError) in try File(path, flags: O_RDONLY) }
    guard try BackupError.translating(file.isRegular) else { throw BackupError(.refused, path, "this is not a file") }
    size = try BackupError.translating(file.size)
    self.file = file
  }

  /// Up to `count` bytes from `offset` on; fewer only at the end.
  func read(at offset: UInt64, count: Int) throws(BackupError) -> [UInt8] {
    try BackupError.translating { () throws(StorageError) in try file.read(at: offset, count: count) }
  }
}

/// A file that appears under its name only when it is whole, and never in the place of another one.
struct BackupOutput: ~Copyable {
  private let path: String
  private let file: File
  private var size: UInt64 = 0

  init(_ path: String) throws(BackupError) {
    guard !Folder.exists(path) else {
      throw BackupError(.refused, path, "there is a file of this name already: it is not overwritten")
    }
    let file = try BackupError.translating { () throws(StorageError) in
      try File("\(path).\(getpid()).partial", flags: O_WRONLY | O_CREAT | O_EXCL)
    }
    self.path = path
    self.file = file
  }

  deinit {
    // Gone already when it got its name.
    try? Folder.remove(file.path)
  }

  mutating func write(_ bytes: [UInt8]) throws(BackupError) {
    let (file, offset) = (file, size)
    try BackupError.translating { () throws(StorageError) in try file.write(bytes, at: offset) }
    size += UInt64(bytes.count)
  }

  /// On return the file is on the disk under its name.
  func finish() throws(BackupError) {
    try BackupError.translating(file.sync)
    // A link, unlike a rename, fails where a file has come into being meanwhile.
    guard link(file.path, path) == 0 else {
      throw BackupError(.system, path, "the file cannot get its name: \(String(cString: strerror(errno)))")
    }
    let (temporary, folder) = (file.path, Folder.parent(path))
    try BackupError.translating { () throws(StorageError) in
      try Folder.remove(temporary)
      try Folder.sync(folder)
    }
  }
}

extension BackupError {
  init(_ error: StorageError) { self.init(.system, error.file, error.message) }

  static func translating<Value>(_ body: () throws(StorageError) -> Value) throws(BackupError) -> Value {
    do throws(StorageError) {
      return try body()
    } catch {
      throw BackupError(error)
    }
  }
}
