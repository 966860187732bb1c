import Glibc

/// Removes a folder with everything below. Links are removed, never followed, and a mount is never entered.
///
/// The walk goes from descriptor to descriptor, so nothing that is moved meanwhile leads it elsewhere, and holds only
/// a few of them at a time, however deep a container has made its folders. Before a folder is looked into it must
/// have turned out to lie on the same mount as the first one; on any doubt nothing more is removed.
struct TreeRemoval: ~Copyable {
  /// A file's name as the file system has it, which need not be UTF-8; the zero byte is part of it.
  private typealias Name = [CChar]

  /// A folder on the way down.
  private struct Level {
    var name: Name
    var device: dev_t
    var inode: ino_t
    /// Its folders that are still to be removed.
    var folders: [Name] = []
  }

  private let path: String
  private let mount: Int
  /// The folder that the walk is in.
  private var here: CInt
  private var levels: [Level] = []

  /// Does nothing when there is no such folder.
  /// - Throws: `VolumeFailure` when something cannot be removed, or lies on another mount than what `path` is in.
  static func remove(_ path: String) throws(VolumeFailure) {
    let root = open(path, flags)
    if root < 0, errno == ENOENT { return }
    guard root >= 0 else { throw failure(path, errno) }
    let mount: Int
    do throws(VolumeFailure) {
      guard try !MountTable.isMountPoint(root) else { throw VolumeFailure("\(path) is still a mount point") }
      mount = try MountTable.number(of: root)
    } catch {
      close(root)
      throw error
    }
    var removal = TreeRemoval(path: path, mount: mount, here: root)
    try removal.run()
    if rmdir(path) != 0, errno != ENOENT { throw failure(path, errno) }
  }

  private static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

  private static func failure(_ path: String, _ code: CInt) -> VolumeFailure {
    VolumeFailure("\(path): \(String(cString: strerror(code)))")
  }

  /// Closes `here` at its end.
  private init(path: String, mount: Int, here: CInt) {
    self.path = path
    self.mount = mount
    self.here = here
  }

  deinit { close(here) }

  private mutating func run() throws(VolumeFailure) {
    try enter([0])
    while true {
      if let name = levels[levels.count - 1].folders.popLast() {
        try descend(name)
      } else if levels.count > 1 {
        try ascend()
      } else {
        return
      }
    }
  }

  private mutating func descend(_ name: Name) throws(VolumeFailure) {
    let child = openat(here, name, Self.flags)
    if child < 0, errno == ENOENT { return }
    guard child >= 0 else { throw failure(name, errno) }
    do throws(VolumeFailure) {
      guard try MountTable.number(of: child) == mount else {
        throw VolumeFailure("\(place(name)) is still a mount point")
      }
    } catch {
      close(child)
      throw error
    }
    close(here)
    here = child
    try enter(name)
  }

  /// Goes out of a folder that is empty, and removes it.
  private mutating func ascend() throws(VolumeFailure) {
    let level = levels.removeLast()
    let parent = openat(here, "..", Self.flags)
    guard parent >= 0 else { throw failure(level.name, errno) }
    close(here)
    here = parent
    let found = try status()
    let expected = levels[levels.count - 1]
    guard found.st_dev == expected.device, found.st_ino == expected.inode else {
      throw VolumeFailure("\(place(level.name)) was moved")
    }
    if unlinkat(here, level.name, AT_REMOVEDIR) != 0, errno != ENOENT { throw failure(level.name, errno) }
  }

  /// Removes what is no folder from the one that the walk has come to, and notes what is.
  private mutating func enter(_ name: Name) throws(VolumeFailure) {
    let status = try status()
    var level = Level(name: name, device: status.st_dev, inode: status.st_ino)
    for (name, isFolder) in try entries() {
      if !isFolder {
        if unlinkat(here, name, 0) == 0 || errno == ENOENT { continue }
        // Not every file system says of an entry what it is.
        guard errno == EISDIR else { throw failure(name, errno) }
      }
      level.folders.append(name)
    }
    levels.append(level)
  }

  private func status() throws(VolumeFailure) -> stat {
    var status = stat()
    guard fstat(here, &status) == 0 else { throw failure([0], errno) }
    return status
  }

  private func entries() throws(VolumeFailure) -> [(name: Name, isFolder: Bool)] {
    let copy = openat(here, ".", Self.flags)
    guard copy >= 0 else { throw failure([0], errno) }
    guard let stream = fdopendir(copy) else {
      let code = errno
      close(copy)
      throw failure([0], code)
    }
    defer { closedir(stream) }
    var result: [(name: Name, isFolder: Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        Name(bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }) + [0]
      }
      guard name != [46, 0], name != [46, 46, 0] else { continue }
      result.append((name, entry.pointee.d_type == UInt8(DT_DIR)))
    }
    return result
  }

  private func failure(_ name: Name, _ code: CInt) -> VolumeFailure { Self.failure(place(name), code) }

  /// The path of what lies in the folder that the walk is in, for people.
  private func place(_ name: Name) -> String {
    let names = levels.dropFirst().map(\.name) + [name]
    return path
      + names.filter { $0.count > 1 }
      .map { "/" + String(decoding: $0.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self) }.joined()
  }
}
