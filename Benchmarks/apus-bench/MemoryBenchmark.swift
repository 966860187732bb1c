import ArgumentParser
import BenchKit
import ClusterConfig
import FoundationEssentials
import Glibc
import Supervision

/// `apus-bench memory`: what the processes of an idle cluster have in memory.
struct MemoryBenchmark: Benchmark {
  static let configuration = CommandConfiguration(
    commandName: "memory", abstract: "Idle memory of every process of a lab of seven hosts.",
    discussion: """
      A lab of its own beside the one of `make up`, without the demo; and three idle members of etcd, where it is \
      installed. Needs root, containerd and the pause image (docker/build-images).
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: "How many seconds the cluster is left alone after it is ready.")
  var idle = 30

  @Option(help: "How many times the processes are looked at, five seconds apart.")
  var samples = 3

  func measure(_ findings: Findings) async throws {
    guard geteuid() == 0 else {
      throw ValidationError("the lab makes network namespaces and containers: run it as root")
    }
    let program = try options.program()
    let lab = try BenchLab(program: program)
    progress("starting a lab of seven hosts")
    try await lab.up()
    var trio: Trio?
    let peer = Peer.etcd()
    if let peer {
      trio = try Trio(.etcd(peer), number: 2, program: program, parent: try options.scratch())
      try await trio?.start()
    }
    progress("leaving them alone for \(idle) s")
    try await Task.sleep(for: .seconds(idle))
    let peerName = peer?.name ?? ""
    var found: [(role: String, participant: String, memory: ProcessFigures.Memory)] = []
    for sample in 0..<samples {
      if sample > 0 { try await Task.sleep(for: .seconds(5)) }
      for process in lab.processes() {
        guard let memory = ProcessFigures.memory(process.pid) else { continue }
        found.append((process.role, "apus", memory))
      }
      for pid in trio?.processIDs ?? [] {
        guard let memory = ProcessFigures.memory(pid) else { continue }
        found.append((BenchLab.store, peerName, memory))
      }
    }
    try findings.publish(report(found, peerName))
  }

  private func report(
    _ found: [(role: String, participant: String, memory: ProcessFigures.Memory)], _ peer: String
  ) -> Report {
    var report = Report(
      title: "Idle memory: seven hosts without pods, \(idle) s after they were ready, MiB, \(samples) samples",
      participants: peer.isEmpty ? ["apus"] : ["apus", peer])
    let metrics: [(String, (ProcessFigures.Memory) -> Int)] = [
      ("RssAnon", \.anonymous), ("RSS", \.resident), ("PSS", \.proportional),
    ]
    for role in BenchLab.roles {
      let here = found.filter { $0.role == role.name }
      guard !here.isEmpty else { continue }
      for (metric, figure) in metrics {
        var values: [String: [Double]] = [:]
        for one in here { values[one.participant, default: []].append(Double(figure(one.memory)) / Double(1 << 20)) }
        report.rows.append(.init(role.title, metric, values))
      }
    }
    report.notes = [
      "RssAnon is what a process has for itself; RSS and PSS also hold the program's file, which all roles share",
      "aims: a front-end's RssAnon below 60 MiB, a store replica's below 40 MiB",
      "every process of a role is in its figures: the brackets span hosts as well as samples",
    ]
    if peer.isEmpty {
      report.notes.append(Trio.missingPeer)
    } else {
      report.notes.append("the members of etcd hold no objects; those of apus hold an empty cluster's")
    }
    return report
  }
}

/// A lab for one measurement: its own name, addresses and folder.
struct BenchLab: Sendable {
  /// A kind of process, how its command line is known, and what it is called in reports.
  struct Role: Sendable {
    var name: String
    var title: String
  }

  static let store = "store"
  static let roles = [
    Role(name: store, title: "store replica"), Role(name: "apiserver", title: "front-end"),
    Role(name: "controller-manager", title: "controller manager"), Role(name: "scheduler", title: "scheduler"),
    Role(name: "kubelet", title: "kubelet"), Role(name: "proxy", title: "service proxy"),
    Role(name: "balancer", title: "balancer"), Role(name: "start", title: "host's supervisor"),
    Role(name: "containerd", title: "containerd (not ours)"),
  ]

  private let program: String
  private let folder: String

  init(program: String) throws {
    self.program = program
    let pause = "\(FileManager.default.currentDirectoryPath)/.apus/images/pause.tar"
    guard access(pause, R_OK) == 0 else {
      throw ValidationError("\(pause) is missing: docker/build-images makes it")
    }
    // Short: a socket's path below it may have 107 bytes.
    folder = try Scratch.make(in: "/tmp")
    let text = """
      name: memory
      network: {services: 198.18.80.0/20, pods: 198.19.0.0/16, nodePrefix: 24}
      ports: {balancer: \(try Sockets.freePort(on: "127.0.0.1"))}
      runtime: {kind: managed, images: [\(pause)]}

      """
    try Data((text + ClusterConfig.sevenHosts(in: "198.18.6")).utf8).write(to: URL(filePath: "\(folder)/cluster.yaml"))
  }

  private func command(_ verb: String) -> [String] {
    [program, "lab", verb, "--config", "\(folder)/cluster.yaml", "--state", folder, "--name", "apusbm"]
  }

  /// Starts it and waits until its nodes are ready; it goes down with the benchmark.
  func up() async throws {
    Cleanup.shared.add { [self] in down() }
    let up = try Program(name: "apus lab up", command: command("up"), log: "\(folder)/up.log")
    try await up.waitForEnd(.seconds(180))
  }

  private func down() {
    do {
      let down = try Program(name: "apus lab down", command: command("down"), log: "\(folder)/down.log")
      for _ in 0..<6000 where down.isRunning { usleep(10_000) }
      if down.isRunning { progress("apus lab down does not end; the lab is called apusbm, its folder is \(folder)") }
    } catch {
      progress("\(error)")
    }
  }

  /// All of its processes, by role.
  func processes() -> [(pid: Int32, role: String)] {
    ProcessFigures.find(folder).compactMap { process in
      let name = process.arguments[0].split(separator: "/").last.map(String.init) ?? ""
      if name == "containerd" { return (process.pid, name) }
      // Not the shells and namespace tools that the program's path is an argument of.
      guard process.arguments[0] == program, process.arguments.count > 1,
        Self.roles.contains(where: { $0.name == process.arguments[1] })
      else { return nil }
      return (process.pid, process.arguments[1])
    }
  }
}
