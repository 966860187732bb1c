import FoundationEssentials
import Glibc

/// Namespaces of its own for this program: network, mounts, processes. When its first process ends, by whatever cause,
/// the kernel ends all others and removes devices, namespaces and mounts: nothing is left behind but a folder.
package enum Enclosure {
  /// Whether this process is the first of its namespace.
  package static var isInside: Bool { getpid() == 1 }

  /// Why it cannot be made here; nil when it can.
  package static var obstacle: String? {
    if geteuid() != 0 { return "namespaces and mounts need root" }
    if access("/dev/net/tun", R_OK | W_OK) != 0 { return "/dev/net/tun is missing: hosts are joined by TUN devices" }
    for tool in ["unshare", "nsenter", "ip", "mount"] {
      let found = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"].contains { access("\($0)/\(tool)", X_OK) == 0 }
      if !found { return "\(tool) is missing (util-linux, iproute2)" }
    }
    return nil
  }

  /// Becomes this program again, as the first process of new namespaces. Returns only when that fails.
  package static func enter() throws {
    let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let words =
      ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--", program]
      + CommandLine.arguments.dropFirst()
    let arguments = words.map { strdup($0) } + [nil]
    execvp("unshare", arguments)
    throw TrialTrouble("unshare: \(String(cString: strerror(errno)))")
  }

  /// What the first process of a namespace must do by itself: its signals have no default.
  package static func endOnSignals() {
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number) { _ in _exit(130) } }
  }
}
