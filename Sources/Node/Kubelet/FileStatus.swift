import Glibc

/// What the kernel says of a file.
struct FileStatus {
  enum Kind { case folder, file, link, socket, characterDevice, blockDevice, other }

  var size: Int
  var kind: Kind
  var permissions: UInt32

  /// Nil when there is no such file. `follows`: of a link, what it leads to.
  init?(_ path: String, follows: Bool = true) {
    var status = stat()
    guard (follows ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    size = Int(status.st_size)
    permissions = UInt32(status.st_mode & 0o777)
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFDIR: .folder
      case S_IFREG: .file
      case S_IFLNK: .link
      case S_IFSOCK: .socket
      case S_IFCHR: .characterDevice
      case S_IFBLK: .blockDevice
      default: .other
      }
  }

  /// The bytes of the file system that holds a path.
  static func capacity(of path: String) -> Int64 {
    var status = statvfs()
    guard statvfs(path, &status) == 0 else { return 0 }
    let bytes = UInt64(status.f_blocks).multipliedReportingOverflow(by: UInt64(status.f_frsize))
    return bytes.overflow ? Int64.max : Int64(clamping: bytes.partialValue)
  }
}
