import ArgumentParser
import ClusterConfig
import PKI

/// `apus certs`.
struct Certs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make the certificates of a cluster.", subcommands: [Initialise.self])

  /// `apus certs init`.
  struct Initialise: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init",
      abstract: "Make authorities, every component's certificate, and kubeconfigs.",
      discussion: """
        Safe to run again: what is there and holds for another month is kept, so that a host added to the file gets \
        its own and nobody else's change. OUT/authorities stays on this machine; OUT/hosts/NAME is all that the host \
        NAME needs; OUT/admin is yours. Keys are readable by their owner only. Hosts with the role controller-manager get \
        the key of the cluster's authority, which signs the certificates of machines that join (docs/join.md).
        """)

    @OptionGroup var file: ConfigOptions

    @Option(help: "The folder to write to.")
    var out: String

    func run() throws {
      let folder = CertificateFolder(path: out)
      let config = try file.load()
      var certificates = ClusterCertificates(config: config, folder: folder)
      let summary = try certificates.makeAll()
      for warning in config.warnings { print("warning: \(warning)") }
      print("\(summary.issued.count) issued, \(summary.kept) kept, in \(out)")
      print("kubeconfig: \(folder.adminKubeconfig)")
    }
  }
}
