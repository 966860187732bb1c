import Access
import ArgumentParser
import ClusterConfig
import ClusterJoin
import FoundationEssentials
import Glibc

/// `apus join`.
struct Join: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make this machine a node of a cluster, with a bootstrap token.",
    discussion: """
      `apus token create` on a machine with the administrator's kubeconfig prints the first part of this command. The \
      machine makes its own keys, gets certificates from the cluster, and writes them, the kubeconfigs and the cluster's \
      file for `apus start`. Nothing but this program has to be there before; what containers need (containerd, CNI \
      plugins, images) has to be there for `apus start`. Safe to run again: what is there and good is kept. \
      See docs/join.md.
      """)

  @Option(help: "A front-end: https://HOST:PORT, by an address that its certificate has.")
  var server: String

  @Option(help: "The token: ID.SECRET.")
  var token: String

  @Option(
    name: .customLong("discovery-token-ca-cert-hash"),
    help: "The hash of the public key of the cluster's authority: sha256:DIGITS. May be given several times.")
  var hashes: [String] = []

  @Flag(
    name: .customLong("discovery-token-unsafe-skip-ca-verification"),
    help: "Do without the hash: whoever has the token may pose as the cluster.")
  var skipsHash = false

  @Option(help: "The name of this machine in the cluster. Default: its host name, up to the first dot.")
  var host: String?

  @Option(help: "The IPv4 address under which the other machines reach this one.")
  var address: String

  @Option(help: "Where to write the cluster's file.")
  var config = "/etc/apus/cluster.yaml"

  @Option(help: "The folder for the certificates (hosts/NAME below it).")
  var certs = "/etc/apus/certs"

  @Option(help: "The folder for this host's data; made here, used by `apus start`.")
  var data = "/var/lib/apus"

  @Option(help: "How many seconds to wait for a front-end, and for each certificate.")
  var timeout = 60

  func validate() throws {
    _ = try options()
  }

  private func options() throws -> JoinOptions {
    guard let url = JoinOptions.url(ofServer: server) else {
      throw ValidationError("--server \(server): expected https://HOST:PORT")
    }
    guard let token = BootstrapToken(token) else {
      throw ValidationError("--token: expected ID.SECRET, 6 and 16 characters of a-z and 0-9")
    }
    let pins = try hashes.map { text in
      guard let pin = JoinOptions.pin(text) else {
        throw ValidationError("--discovery-token-ca-cert-hash \(text): expected sha256: and 64 hexadecimal digits")
      }
      return pin
    }
    guard pins.isEmpty == skipsHash else {
      throw ValidationError(
        skipsHash
          ? "--discovery-token-unsafe-skip-ca-verification and a hash exclude each other"
          : "give --discovery-token-ca-cert-hash (or --discovery-token-unsafe-skip-ca-verification)")
    }
    guard let address = IPv4Address(address) else {
      throw ValidationError("--address \(address): expected an IPv4 address")
    }
    guard timeout > 0 else { throw ValidationError("--timeout: expected a number of seconds") }
    var options = JoinOptions(
      server: url, token: token, pins: pins, host: host ?? Self.ownName(), address: address, configFile: config,
      certificates: CertificateFolder(path: certs))
    options.patience = .seconds(timeout)
    return options
  }

  private static func ownName() -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else { return "" }
    let bytes = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self).lowercased()
  }

  func run() async throws {
    let options = try options()
    let summary = try await ClusterJoin(options) { print($0) }.run()
    try FileManager.default.createDirectory(
      atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    print(
      summary.issued.isEmpty
        ? "\(options.host) has joined \(summary.cluster) before: all is there"
        : "\(options.host) has joined \(summary.cluster). Start it:")
    print("apus start --config \(config) --host \(options.host) --certs \(certs) --data \(data)")
  }
}
