import ArgumentParser
import ClusterConfig
import FoundationEssentials
import Lab
import Logging
import Observability
import Supervision

/// Which lab.
struct LabOptions: ParsableArguments {
  @Option(help: "The cluster's file.")
  var config = "cluster-config/lab.yaml"

  @Option(help: "The folder of the lab's state.")
  var state = ".apus"

  @Option(help: "The lab's name: stands in the names of its network namespaces; one to six of a-z, 0-9.")
  var name = "apus"

  func load() throws -> Lab {
    Observability.bootstrap(level: .error)
    let here = FileManager.default.currentDirectoryPath
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(here)/\(path)" }
    guard let layout = LabLayout(name: name, folder: absolute(state)) else {
      throw ValidationError("--name must be one to six of a-z and 0-9")
    }
    guard let data = FileManager.default.contents(atPath: config) else {
      throw ValidationError("\(config) cannot be read")
    }
    let cluster = try ClusterConfig(yaml: String(decoding: data, as: UTF8.self), file: config)
    return Lab(
      layout: layout, config: cluster, configPath: absolute(config), program: Start.program,
      report: { line in say("lab: \(line)") })
  }
}

/// `apus lab`.
struct LabCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lab", abstract: "Run a cluster of hosts on this machine, and hurt it.",
    subcommands: [
      LabUp.self, LabStatusCommand.self, LabKill.self, LabStart.self, LabCut.self, LabJoin.self, LabStop.self,
      LabDown.self,
    ])
}

/// `apus lab up`.
struct LabUp: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up", abstract: "Make and start the hosts, and wait until the cluster is ready.",
    discussion: "Can be repeated: hosts that run are kept, others are started with the data they had.")

  @OptionGroup var options: LabOptions

  @Flag(help: "Apply the demo and show its answers.")
  var demo = false

  @Option(help: "The demo's manifest.")
  var manifest = "cluster-config/demo.yaml"

  @Option(help: "How many seconds the cluster may take to be ready.")
  var timeout = 120

  mutating func run() async throws {
    let lab = try options.load()
    let started = ContinuousClock.now
    try lab.up()
    let client = try lab.clusterClient()
    let show = Demo(lab: lab, client: client)
    try await show.waitForCluster(timeout: .seconds(timeout))
    say("lab: the cluster is ready, \(ContinuousClock.now - started) after the command")
    if demo {
      guard let text = FileManager.default.contents(atPath: manifest) else {
        throw ValidationError("\(manifest) cannot be read")
      }
      try await show.apply(String(decoding: text, as: UTF8.self))
      try await show.waitForDeployment("hello", namespace: "default", timeout: .seconds(timeout))
      for (way, answers) in try await show.ask("hello", namespace: "default", pods: 3, timeout: .seconds(timeout)) {
        say("by \(way):")
        for answer in answers { say("    \(answer)") }
      }
    }
    await client.shutdown()
    say("kubeconfig: \(lab.layout.kubeconfig)")
    say("try:  kubectl --kubeconfig \(lab.layout.kubeconfig) get nodes,pods -A -o wide")
  }
}

/// `apus lab status`.
struct LabStatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the hosts, the store's members and the nodes.")

  @OptionGroup var options: LabOptions

  mutating func run() async throws {
    let lab = try options.load()
    guard lab.state != nil else {
      say("no lab was started from \(lab.layout.folder)")
      throw ExitCode.failure
    }
    let status = await lab.status(logger: Logger(label: "lab"))
    say(status.table)
    if !status.isHealthy { throw ExitCode.failure }
  }
}

/// `apus lab kill`.
struct LabKill: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kill", abstract: "Kill a host with everything on it, as if its plug was pulled. Its data stays.")

  @OptionGroup var options: LabOptions
  @Argument(help: "The host.") var host: String

  func run() throws {
    try options.load().kill(host)
    say("lab: \(host) is dead; `apus lab start \(host)` boots it again")
  }
}

/// `apus lab start`.
struct LabStart: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "start", abstract: "Boot a host that was killed, with the data it had.")

  @OptionGroup var options: LabOptions
  @Argument(help: "The host.") var host: String

  func run() throws { try options.load().start(host) }
}

/// `apus lab cut`.
struct LabCut: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "cut", abstract: "Cut a host off from all others.")

  @OptionGroup var options: LabOptions
  @Argument(help: "The host.") var host: String

  func run() throws { try options.load().setLink(host, isUp: false) }
}

/// `apus lab join`.
struct LabJoin: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "join", abstract: "Join a host again that was cut off.")

  @OptionGroup var options: LabOptions
  @Argument(help: "The host.") var host: String

  func run() throws { try options.load().setLink(host, isUp: true) }
}

/// `apus lab stop`.
struct LabStop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stop", abstract: "Stop all hosts in order and keep their data; `up` continues from there.")

  @OptionGroup var options: LabOptions

  func run() throws { try options.load().stop() }
}

/// `apus lab down`.
struct LabDown: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down", abstract: "End the lab and remove everything that it made, its data included.")

  @OptionGroup var options: LabOptions

  func run() throws { try options.load().down() }
}
