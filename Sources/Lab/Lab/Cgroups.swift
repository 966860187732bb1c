import FoundationEssentials
import Glibc

/// A cgroup of the lab in every hierarchy that takes one: version 1's controllers side by side, or version 2's one.
enum Cgroups {
  /// `cpuset` is left out: a group of it takes no process before its processors are set.
  private static let controllers = ["blkio", "cpu", "cpuacct", "devices", "freezer", "memory", "pids"]

  static func folders(_ path: String) -> [String] {
    let root = "/sys/fs/cgroup"
    if access("\(root)/cgroup.controllers", F_OK) == 0 { return ["\(root)/\(path)"] }
    let hierarchies: [String] = controllers.map { "\(root)/\($0)" }
    return hierarchies.filter { access($0, F_OK) == 0 }.map { "\($0)/\(path)" }
  }

  static func make(_ path: String) {
    for folder in folders(path) {
      try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  /// Removes a group and all below it, deepest first, in every hierarchy: runtimes make them in all. Processes must
  /// have ended.
  static func remove(_ path: String) {
    let root = "/sys/fs/cgroup"
    let hierarchies = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
    for folder in ["\(root)/\(path)"] + hierarchies.map({ "\(root)/\($0)/\(path)" }) {
      guard access(folder, F_OK) == 0 else { continue }
      let below = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
      let groups = below.map { "\(folder)/\($0)" }.filter { access("\($0)/cgroup.procs", F_OK) == 0 }
      for group in groups.sorted(by: { $0.utf8.count > $1.utf8.count }) { rmdir(group) }
      rmdir(folder)
    }
  }
}
