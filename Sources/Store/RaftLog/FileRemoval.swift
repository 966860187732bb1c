import Glibc

/// How files are removed of which nothing is needed any more.
///
/// To remove a large file at once keeps a file system busy, and every sync of the log waits for it: on ext4 mounted with
/// `discard`, some 40 ms for 270 MiB, for each of three replicas on a disk. So whoever must not wait only gives the file
/// another name, and another thread takes it away from its end, a part at a time.
package struct FileRemoval: Sendable {
  /// What the names of files end in that are still to be removed. A start removes what an earlier one has left of them.
  static let suffix = ".gone"

  private let take: (@Sendable (String) -> Void)?

  /// Removes them at once.
  package static let atOnce = FileRemoval(take: nil)

  /// - Parameter take: gets the path of each file under its last name, for ``removeInParts(_:pause:)`` on a thread that
  ///   nobody waits for.
  package static func later(_ take: @escaping @Sendable (String) -> Void) -> FileRemoval { FileRemoval(take: take) }

  private init(take: (@Sendable (String) -> Void)?) { self.take = take }

  /// On return there are no files of these names, also after a crash. They go in their order: a crash on the way leaves
  /// the last of them.
  ///
  /// That needs a sync for each, on file systems that do not keep the order of changes by themselves. And no file is
  /// taken away in parts before its new name is on the disk: it would come back under the old one, cut short.
  func remove(_ paths: [String], in folder: String) throws(StorageError) {
    for path in paths {
      if take == nil { try Folder.remove(path) } else { try Folder.rename(path, to: path + Self.suffix) }
      try Folder.sync(folder)
    }
    if let take { for path in paths { take(path + Self.suffix) } }
  }

  /// Removes what earlier starts have left.
  static func finish(in folder: String, names: [String]) throws(StorageError) {
    for name in names where name.hasSuffix(suffix) { try Folder.remove("\(folder)/\(name)") }
  }

  /// Removes a file, if there is one, from its end, a part at a time.
  ///
  /// - Parameters:
  ///   - partSize: in bytes.
  ///   - pause: called before each part.
  package static func removeInParts(
    _ path: String, partSize: UInt64 = 4 << 20, pause: () -> Void
  ) throws(StorageError) {
    guard Folder.exists(path) else { return }
    let file = try File(path, flags: O_RDWR)
    var left = try file.size()
    while left > partSize {
      pause()
      left -= partSize
      try file.truncate(to: left)
    }
    pause()
    try Folder.remove(path)
  }
}
