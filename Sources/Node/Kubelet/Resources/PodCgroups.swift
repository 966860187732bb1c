import Glibc
package import KubernetesAPI
import PodRules

/// Where pods' cgroups are, and their removal: the runtime makes a pod's cgroup with its first container, but never
/// removes it.
package struct PodCgroups: Sendable {
  /// Below each hierarchy's root, without a slash at its end ("/apus/node1").
  package let parent: String
  private let root: String

  package init(parent: String, root: String = "/sys/fs/cgroup") {
    var parent = parent
    while parent.hasSuffix("/") { parent.removeLast() }
    self.parent = parent.hasPrefix("/") || parent.isEmpty ? parent : "/" + parent
    self.root = root
  }

  /// The cgroup of a pod's sandbox and containers.
  package func path(of pod: CoreV1.Pod) -> String { path(uid: pod.metadata.uid, folder: PodQoS(pod.spec).cgroupFolder) }

  private func path(uid: String, folder: String?) -> String {
    "\(parent)/kubepods\(folder.map { "/\($0)" } ?? "")/pod\(uid)"
  }

  /// Every hierarchy's folder: each sub-folder of a version 1 tree, or the tree itself in version 2.
  private var hierarchies: [String] {
    if access("\(root)/cgroup.controllers", F_OK) == 0 { return [root] }
    return Directory.names(in: root).map { "\(root)/\($0)" }
  }

  /// Removes a pod's cgroups in every hierarchy. A cgroup with processes in it stays: the kernel refuses.
  /// - Returns: the paths that could not be removed.
  package func remove(uid: String) -> [String] {
    guard Self.isPlain(uid) else { return [] }
    var left: [String] = []
    for hierarchy in hierarchies {
      for folder in [nil, "burstable", "besteffort"] as [String?] {
        let path = hierarchy + path(uid: uid, folder: folder)
        guard access(path, F_OK) == 0 else { continue }
        for child in Directory.names(in: path) { rmdir("\(path)/\(child)") }
        if rmdir(path) != 0, errno != ENOENT { left.append(path) }
      }
    }
    return left
  }

  /// Removes the cgroups above the pods', as far as they are empty: for the end of a host.
  package func removeParents() {
    for hierarchy in hierarchies {
      for folder in ["/kubepods/burstable", "/kubepods/besteffort", "/kubepods", ""] where !(parent + folder).isEmpty {
        rmdir(hierarchy + parent + folder)
      }
    }
  }

  /// The uids of pods that have cgroups here.
  package var uids: Set<String> {
    var result = Set<String>()
    for hierarchy in hierarchies {
      for folder in ["", "/burstable", "/besteffort"] {
        for name in Directory.names(in: "\(hierarchy)\(parent)/kubepods\(folder)") where name.hasPrefix("pod") {
          result.insert(String(name.dropFirst(3)))
        }
      }
    }
    return result
  }

  /// A uid becomes part of paths: only what uids consist of is taken.
  static func isPlain(_ uid: String) -> Bool {
    !uid.isEmpty
      && uid.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"),
          UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}

enum Directory {
  /// The names of a folder's folders. Empty when it cannot be read.
  static func names(in path: String) -> [String] { entries(in: path).filter(\.isFolder).map(\.name) }

  static func entries(in path: String) -> [(name: String, isFolder: Bool)] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var result: [(String, Bool)] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { result.append((name, entry.pointee.d_type == UInt8(DT_DIR))) }
    }
    return result.sorted { $0.0 < $1.0 }
  }
}
