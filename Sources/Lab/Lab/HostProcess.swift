package import ClusterConfig
import FoundationEssentials
import Glibc
import Supervision

/// Starts and ends the processes of one lab host: `apus start` as the first process of namespaces and a cgroup of
/// its own, so that killing it takes everything on the host, as pulling its plug would.
package struct HostProcess: Sendable {
  package var layout: LabLayout
  /// The `apus` program.
  package var program: String
  package var config: String
  /// The cluster's name.
  package var cluster: String

  package init(layout: LabLayout, program: String, config: String, cluster: String) {
    self.cluster = cluster
    self.layout = layout
    self.program = program
    self.config = config
  }

  /// Why a host did not start.
  package struct StartError: Error, CustomStringConvertible {
    package var description: String
  }

  /// Boots a host; its output goes to ``LabLayout/hostLog(_:)``.
  package func start(_ host: ClusterConfig.Host) throws -> LabState.Host {
    let data = layout.hostFolder(host.name)
    try FileManager.default.createDirectory(
      atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    Cgroups.make(layout.cgroup(cluster: cluster, host: host.name))
    // The shell enters the cgroups, then becomes the chain: network namespace → process and mount namespaces → host.
    let script = """
      for folder in \(Cgroups.folders(layout.cgroup(cluster: cluster, host: host.name)).joined(separator: " ")); do
        echo $$ > "$folder/cgroup.procs" 2>/dev/null || :
      done
      exec nsenter --net="$1" unshare --pid --fork --kill-child --mount --mount-proc --uts -- \
        sh -c 'hostname "$2" 2>/dev/null; exec "$1" start --config "$3" --host "$2" --certs "$4" --data "$5"' \
        host "$2" "$3" "$4" "$5" "$6"
      """
    let pid = try ProcessSpawn.appending(
      to: layout.hostLog(host.name),
      [
        "/bin/sh", "-c", script, "host", layout.namespacePath(host.name), program, host.name, config,
        layout.certificates.path, data,
      ], group: .session)
    do {
      return try identify(pid, host)
    } catch {
      // Nobody would find it again: end it, and with it (--kill-child) whatever it has begun.
      Glibc.kill(pid, SIGKILL)
      throw error
    }
  }

  /// The keeper is `unshare`, its only child the host's first process.
  private func identify(_ pid: Int32, _ host: ClusterConfig.Host) throws -> LabState.Host {
    for _ in 0..<500 {
      guard let keeper = ProcessIdentity(pid: pid) else { break }
      if let child = Self.children(pid).first, let first = ProcessIdentity(pid: child),
        Self.commandLine(child).contains("start")
      {
        return LabState.Host(keeper: keeper, first: first)
      }
      usleep(10_000)
    }
    throw StartError(description: "the host \(host.name) did not start; see \(layout.hostLog(host.name))")
  }

  static func children(_ pid: Int32) -> [Int32] {
    let text = (try? String(contentsOfFile: "/proc/\(pid)/task/\(pid)/children", encoding: .utf8)) ?? ""
    return text.split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
  }

  static func commandLine(_ pid: Int32) -> [String] {
    let data = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
    return data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Pulls the plug.
  package static func kill(_ host: LabState.Host) -> Bool {
    host.first.send(SIGKILL)
    host.keeper.send(SIGKILL)
    return host.first.waitForEnd(.seconds(10)) && host.keeper.waitForEnd(.seconds(10))
  }

  /// Asks for an orderly stop, and pulls the plug when it takes too long.
  package static func stop(_ host: LabState.Host, timeout: Duration) -> Bool {
    host.first.send(SIGTERM)
    return host.first.waitForEnd(timeout) ? host.keeper.waitForEnd(.seconds(5)) : kill(host)
  }
}
