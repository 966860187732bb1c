import Access
import ArgumentParser
import ClusterClient
import ClusterJoin
import FoundationEssentials
import KubernetesAPI

/// `apus token`.
struct Token: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make, list and delete the tokens by which machines join.",
    discussion: "A token is a secret of kube-system; whoever has one may add machines until it ends. See docs/join.md.",
    subcommands: [Create.self, List.self, Delete.self])

  /// How the cluster is reached.
  struct Administrator: ParsableArguments {
    @Option(help: "The administrator's kubeconfig. Default: $KUBECONFIG.")
    var kubeconfig: String?

    func client() throws -> (client: ClusterClient, authority: String) {
      guard let path = kubeconfig ?? ProcessInfo.processInfo.environment["KUBECONFIG"], !path.isEmpty else {
        throw ValidationError("say --kubeconfig FILE, or set KUBECONFIG")
      }
      let configuration = try ClientConfiguration(kubeconfigFile: path)
      return (
        try ClusterClient(configuration: configuration),
        String(decoding: configuration.certificateAuthority ?? [], as: UTF8.self)
      )
    }
  }

  /// `apus token create`.
  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a token and print the command by which a machine joins with it.")

    @OptionGroup var administrator: Administrator

    @Option(help: "How long it holds: 90m, 24h, 7d; 0 for ever.")
    var ttl = Lifetime(seconds: 24 * 3600)

    @Option(help: "What it is for, as `apus token list` shows it.")
    var description = ""

    @Option(help: "The token, ID.SECRET, if it is not to be a random one.")
    var token: String?

    @Option(help: "Groups of whoever comes with it, below system:bootstrappers:. May be given several times.")
    var group: [String] = []

    @Flag(help: "Print the token alone.")
    var tokenOnly = false

    func run() async throws {
      var generator = SystemRandomNumberGenerator()
      let made: BootstrapToken
      if let token {
        guard let given = BootstrapToken(token) else {
          throw ValidationError("--token: expected ID.SECRET, 6 and 16 characters of a-z and 0-9")
        }
        made = given
      } else {
        made = BootstrapToken(using: &generator)
      }
      for name in group where !name.hasPrefix("\(BootstrapToken.group):") {
        throw ValidationError("--group \(name): expected \(BootstrapToken.group):NAME")
      }
      let (client, authority) = try administrator.client()
      let tokens = BootstrapTokens(client)
      let end = ttl.seconds == 0 ? nil : Time.now().secondsSinceEpoch + ttl.seconds
      try await tokens.create(made, end: end, description: description, groups: group)
      if tokenOnly {
        print(made.text)
      } else {
        let command = try await tokens.joinCommand(made, authority: authority)
        print("\(command) --address ADDRESS --host NAME")
      }
      await client.shutdown()
    }
  }

  /// `apus token list`.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the tokens, with their secrets.")

    @OptionGroup var administrator: Administrator

    func run() async throws {
      let (client, _) = try administrator.client()
      let now = Time.now().secondsSinceEpoch
      var rows = [["TOKEN", "TTL", "EXPIRES", "USAGES", "DESCRIPTION", "EXTRA GROUPS"]]
      for entry in try await BootstrapTokens(client).list() {
        let (left, end): (String, String) =
          switch entry.end {
          case .never: ("<forever>", "<never>")
          case .unreadable: ("<invalid>", "<unreadable>")
          case .at(let end):
            (end > now ? Lifetime(seconds: end - now).text : "<over>", Time(secondsSinceEpoch: end).description)
          }
        rows.append([
          entry.token.text, left, end, entry.usages.joined(separator: ","),
          entry.description.isEmpty ? "<none>" : entry.description,
          entry.groups.isEmpty ? "<none>" : entry.groups.joined(separator: ","),
        ])
      }
      let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
      for row in rows {
        let cells = row.enumerated().map { index, cell in
          index == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[index] - cell.count + 3)
        }
        print(cells.joined())
      }
      await client.shutdown()
    }
  }

  /// `apus token delete ID…`.
  struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete tokens: nobody joins with them any more. Machines that have joined stay.")

    @OptionGroup var administrator: Administrator

    @Argument(help: "The tokens, or their ids (the first six characters).")
    var tokens: [String]

    func run() async throws {
      let (client, _) = try administrator.client()
      for text in tokens {
        let id = BootstrapToken(text)?.id ?? text
        try await BootstrapTokens(client).delete(id: id)
        print("token \(id) deleted")
      }
      await client.shutdown()
    }
  }
}

/// A time as people write it: `90m`, `24h`, `7d`, `3600s`; `0` for ever.
struct Lifetime: ExpressibleByArgument, Hashable, Sendable {
  var seconds: Int64

  init(seconds: Int64) { self.seconds = seconds }

  init?(argument: String) {
    if argument == "0" {
      seconds = 0
      return
    }
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let unit = argument.last.flatMap({ units[$0] }), let count = Int64(argument.dropLast()), count > 0,
      count <= 100 * 365 * 86_400 / unit
    else { return nil }
    seconds = count * unit
  }

  /// The largest unit that leaves more than one: `23h`.
  var text: String {
    for (unit, name) in [(86_400, "d"), (3600, "h"), (60, "m")] as [(Int64, String)] where seconds >= 2 * unit {
      return "\(seconds / unit)\(name)"
    }
    return "\(seconds)s"
  }

  var defaultValueDescription: String { text }
}
