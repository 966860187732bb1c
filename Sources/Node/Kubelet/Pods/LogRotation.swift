package import ContainerRuntime
import Glibc
import NodeNetwork

/// Keeps containers' logs bounded: a file that has grown past its limit is renamed, the runtime opens a new one, and
/// only a few old ones are kept.
package struct LogRotation: Sendable {
  /// Bytes of one file. Default 10 MiB.
  package var limit: Int = 10 << 20
  /// Files of one container, with the current one. Default 5.
  package var files: Int = 5

  package init() {}

  /// Rotates a running container's log if it is due.
  package func rotateIfNeeded(
    path: String, id: String, runtime: any ContainerRuntime, now: Int64
  ) async throws(RuntimeError) {
    guard let status = FileStatus(path), status.size > limit else { return }
    let old = "\(path).\(LogTime.text(now).filter { $0.isNumber }.prefix(14))"
    guard rename(path, old) == 0 else { return }
    do {
      try await runtime.reopenContainerLog(id)
    } catch {
      // The runtime still writes to the renamed file: give it its name back and try again later.
      if access(path, F_OK) != 0 { rename(old, path) }
      throw error
    }
    let rotated = Self.rotated(of: path)
    for name in rotated.dropLast(max(0, files - 1)) { unlink(name) }
  }

  /// The renamed files of a log, the oldest first.
  private static func rotated(of path: String) -> [String] {
    guard let slash = path.lastIndex(of: "/") else { return [] }
    let folder = String(path[..<slash])
    let name = path[path.index(after: slash)...]
    return Directory.entries(in: folder).filter { !$0.isFolder && $0.name.hasPrefix(name + ".") }
      .map { "\(folder)/\($0.name)" }
  }

  static func removeFiles(of path: String, below root: String) {
    guard path.hasPrefix(root + "/"), !path.contains("/../") else { return }
    for name in rotated(of: path) + [path] { unlink(name) }
  }
}
