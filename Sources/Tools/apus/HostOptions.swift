import ArgumentParser
import ClusterConfig
import FoundationEssentials
import Logging

/// The cluster's file.
struct ConfigOptions: ParsableArguments {
  @Option(help: "The cluster's file.")
  var config: String

  func load() throws -> ClusterConfig {
    guard let data = FileManager.default.contents(atPath: config) else {
      throw ValidationError("\(config) cannot be read")
    }
    return try ClusterConfig(yaml: String(decoding: data, as: UTF8.self), file: config)
  }
}

/// What every role of a host takes.
struct HostOptions: ParsableArguments {
  @OptionGroup var file: ConfigOptions

  @Option(help: "This host's name in the cluster's file.")
  var host: String

  @Option(help: "The folder with the certificates, as `apus certs init` made it (it contains hosts/NAME).")
  var certs: String

  @Option(help: "The folder for this host's data.")
  var data: String

  @Option(help: "The least level that is logged.")
  var logLevel = LogLevel(.info)

  func load() throws -> (config: ClusterConfig, host: ClusterConfig.Host) {
    let config = try file.load()
    guard let host = config.host(named: host) else {
      throw ValidationError(
        "\(file.config) has no host “\(host)”; it has \(config.hosts.map(\.name).joined(separator: ", "))")
    }
    return (config, host)
  }

  var certificates: HostCertificates { CertificateFolder(path: certs).host(host) }

  /// The arguments that hand these options on to a child.
  func arguments() -> [String] {
    [
      "--config", file.config, "--host", host, "--certs", certs, "--data", data, "--log-level", logLevel.level.rawValue,
    ]
  }
}

/// A level of the log, by its name.
struct LogLevel: ExpressibleByArgument, Sendable {
  var level: Logger.Level

  init(_ level: Logger.Level) { self.level = level }

  init?(argument: String) {
    guard let level = Logger.Level(rawValue: argument) else { return nil }
    self.level = level
  }

  var defaultValueDescription: String { level.rawValue }
  static var allValueStrings: [String] { Logger.Level.allCases.map(\.rawValue) }
}
