/// Hears of every change that ``File`` and ``Folder`` make to the file system, once it was made.
///
/// For tests that work out what a crash between any two of them could leave on the disk: see docs/design/store.md.
package protocol FileTap: Sendable {
  func heard(_ change: FileChange)
}

/// One change. A file is named by its descriptor, which is its own from when it is opened until it is closed.
package enum FileChange: Sendable {
  /// Opened to be written, and made if there was none.
  case opened(_ file: Int32, _ path: String, isEmptied: Bool)
  case written(_ file: Int32, offset: UInt64, _ bytes: [UInt8])
  case resized(_ file: Int32, to: UInt64)
  /// Its size is this at least.
  case reserved(_ file: Int32, UInt64)
  /// What was written is on the disk, and the size; not the name.
  case synced(_ file: Int32)
  case madeFolder(String)
  /// The names in it are on the disk.
  case syncedFolder(String)
  case renamed(String, to: String)
  case removed(String)
}

/// Where tests put their tap: heard by what is opened, made and removed in the same task.
package enum FileTaps {
  @TaskLocal package static var current: (any FileTap)?
}
