import Files
import Glibc
import NodeNetwork
import Synchronization

/// A folder of files that change together: readers see all old or all new ones.
///
///     ..data -> ..v7            a link that is renamed into place
///     ..v7/key                  the files
///     key -> ..data/key         fixed links
package struct ProjectedFolder {
  package let path: String

  package init(path: String) { self.path = path }

  /// A container's start and a refresh may come to the same folder at once.
  private static let oneWriter = Mutex(())

  /// Brings the folder to this content. Of two files with one path the later counts. Does nothing when it is there
  /// already.
  package func write(_ files: [ProjectedFile], group: Int64? = nil) throws(VolumeFailure) {
    try Self.oneWriter.withLock { _ throws(VolumeFailure) in try replace(files, group: group) }
  }

  private func replace(_ files: [ProjectedFile], group: Int64?) throws(VolumeFailure) {
    var wanted: [String: ProjectedFile] = [:]
    for file in files { wanted[file.path] = file }
    let current = link("..data")
    if let current, holds(wanted, "\(path)/\(current)") { return }

    let version = nextVersion(after: current)
    let fresh = "\(path)/\(version)"
    try? TreeRemoval.remove(fresh)
    try make(fresh)
    for file in wanted.values {
      let target = "\(fresh)/\(file.path)"
      do { try AtomicFile.write(file.content, to: target, mode: file.mode) } catch { throw VolumeFailure("\(error)") }
      chmod(target, file.mode)
      if file.owner != nil || group != nil {
        chown(target, file.owner ?? uid_t.max, group.map { gid_t(clamping: $0) } ?? gid_t.max)
      }
    }
    let temporary = "\(path)/..data_tmp"
    unlink(temporary)
    guard symlink(version, temporary) == 0, rename(temporary, "\(path)/..data") == 0 else {
      throw VolumeFailure("\(path): \(String(cString: strerror(errno)))")
    }
    let tops = Set(wanted.keys.map { String($0.split(separator: "/")[0]) })
    for top in tops where link(top) != "..data/\(top)" {
      unlink("\(path)/\(top)")
      guard symlink("..data/\(top)", "\(path)/\(top)") == 0 else {
        throw VolumeFailure("\(path)/\(top): \(String(cString: strerror(errno)))")
      }
    }
    for entry in Directory.entries(in: path) where !entry.name.hasPrefix("..") && !tops.contains(entry.name) {
      unlink("\(path)/\(entry.name)")
    }
    for old in Directory.names(in: path) where old.hasPrefix("..v") && old != version {
      try? TreeRemoval.remove("\(path)/\(old)")
    }
  }

  private func make(_ folder: String) throws(VolumeFailure) {
    do { try AtomicFile.makeFolder(folder) } catch { throw VolumeFailure("\(error)") }
    chmod(folder, 0o755)
  }

  private func nextVersion(after current: String?) -> String {
    let number = current.flatMap { $0.hasPrefix("..v") ? UInt64($0.dropFirst(3)) : nil } ?? 0
    return "..v\(number &+ 1)"
  }

  private func link(_ name: String) -> String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("\(path)/\(name)", &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }

  private func holds(_ wanted: [String: ProjectedFile], _ folder: String) -> Bool {
    guard Set(Self.files(below: folder, "")) == Set(wanted.keys) else { return false }
    return wanted.values.allSatisfy { file in
      let target = "\(folder)/\(file.path)"
      return FileStatus(target)?.permissions == file.mode && AtomicFile.read(target) == file.content
    }
  }

  private static func files(below folder: String, _ prefix: String) -> [String] {
    Directory.entries(in: folder).flatMap { entry in
      entry.isFolder ? files(below: "\(folder)/\(entry.name)", "\(prefix)\(entry.name)/") : ["\(prefix)\(entry.name)"]
    }
  }
}
