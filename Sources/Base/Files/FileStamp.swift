import Glibc

/// By what a file tells that it has changed: inode, size and time of its last change (inode(7)).
///
/// A file that is replaced as a whole, as ``AtomicFile`` does it, has another stamp even if size and time are the same.
package struct FileStamp: Equatable, Sendable {
  private var inode: UInt64 = 0
  private var size: Int64 = 0
  private var seconds: Int64 = 0
  private var nanoseconds: Int64 = 0

  /// A file that is not there has one, too; all of them the same.
  package init(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    inode = UInt64(status.st_ino)
    size = Int64(status.st_size)
    seconds = Int64(status.st_mtim.tv_sec)
    nanoseconds = Int64(status.st_mtim.tv_nsec)
  }
}
