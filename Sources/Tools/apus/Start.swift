import ArgumentParser
import ClusterConfig
import FoundationEssentials
import Supervision

/// `apus start`: one host's roles, in the foreground.
struct Start: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run everything that the cluster's file gives this host.",
    discussion: """
      Each role is a process of its own. One that ends is started again, at once after a long life and with a growing \
      delay after a short one; but not one that ends with code 78, which says that nothing will be better before \
      somebody has changed something (a store member that was removed). SIGTERM or SIGINT stops them in reverse order.
      """)

  @OptionGroup var options: HostOptions

  func run() throws {
    let (_, host) = try options.load()
    try FileManager.default.createDirectory(
      atPath: options.data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    var supervisor = Supervisor(Self.children(of: host, program: Self.program, arguments: options.arguments()))
    let code = supervisor.run()
    if code != 0 { throw ExitCode(code) }
  }

  /// The host's processes in the order of their start. The balancer is there for those that talk to the API.
  static func children(of host: ClusterConfig.Host, program: String, arguments: [String]) -> [ChildDescription] {
    let order: [ClusterConfig.Role] = [.store, .apiserver, .controllerManager, .scheduler, .kubelet, .proxy]
    var children = order.filter(host.roles.contains).map { role in
      ChildDescription(name: role.rawValue, command: [program, role.rawValue] + arguments)
    }
    if host.roles.contains(where: { $0 != .store && $0 != .apiserver }) {
      let first = children.firstIndex { $0.name != "store" && $0.name != "apiserver" } ?? children.endIndex
      let rest = ["--config", "--certs", "--host"].flatMap { key -> [String] in
        guard let index = arguments.firstIndex(of: key) else { return [] }
        return [key, arguments[index + 1]]
      }
      children.insert(ChildDescription(name: "balancer", command: [program, "balancer"] + rest), at: first)
    }
    return children
  }

  /// This program, by the kernel's word: the name it was started with may be relative.
  static var program: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}
