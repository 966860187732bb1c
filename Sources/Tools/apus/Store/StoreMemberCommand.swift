import ArgumentParser
import ClusterConfig
import Logging
import StoreNode

/// `apus store member`: what `etcdctl member` has no word for.
struct StoreMemberCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "member",
    abstract: "Replace a member of a running store in one step.",
    discussion: "Everything else about members is done with etcdctl: member add, promote, update, remove, list.",
    subcommands: [StoreMemberReplace.self])
}

/// `apus store member replace OLD [NEW]`.
struct StoreMemberReplace: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replace",
    abstract: "Let a new member take the place of another one, dead or alive.",
    discussion: """
      The new member catches up first, without a vote; then it comes and the old one goes in one change, so that the \
      number of voters never is an even one. Start the new host's store afterwards (or before, with --join): an empty \
      disk finds out by itself which member it is. See docs/members.md.
      """)

  @OptionGroup var file: ConfigOptions

  @Option(help: "The folder with the certificates, as `apus certs init` made it: the administrator's are used.")
  var certs: String

  @Argument(help: "The member that goes: its name or its id, as `etcdctl member list` shows it.")
  var old: String

  @Argument(help: "The new member's host in the cluster's file; the old one's name for a machine that was rebuilt.")
  var new: String?

  @Option(help: "Where the new member listens for its peers, in the place of a host's name: https://IPv4:PORT.")
  var peerURL: String?

  func validate() throws {
    if (new == nil) == (peerURL == nil) { throw ValidationError("name the new host, or give --peer-url") }
  }

  func run() async throws {
    let config = try file.load()
    let url: String
    if let new {
      guard let host = config.host(named: new), host.roles.contains(.store) else {
        throw ValidationError("\(file.config) has no host “\(new)” with the role store")
      }
      url = "https://\(host.address):\(config.ports.storePeer)"
    } else {
      url = peerURL ?? ""
    }
    var logger = Logger(label: "apus")
    logger.logLevel = .error
    let commands = MemberCommands(
      cluster: config, certificates: CertificateFolder(path: certs), logger: logger)
    let id = try await commands.replace(old, by: url)
    print("Member \(id) at \(url) takes the place of \(old) once it runs and has caught up.")
  }
}
