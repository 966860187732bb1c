import ArgumentParser
import BenchKit
import ClusterConfig
import FoundationEssentials
import NIOPosix
import PKI
import Supervision

/// `apus-bench proxy`: the balancer's way of a packet.
struct ProxyBenchmark: Benchmark {
  static let configuration = CommandConfiguration(
    commandName: "proxy", abstract: "Bytes and new connections a second through the balancer.",
    discussion: """
      `apus balancer` before two backends, which answer its health checks; HAProxy in TCP mode before the same two, \
      with its defaults; and without anything between, as the ceiling. The service proxy is the same listener and the \
      same pipe; only its lookup of where a connection was going is not in this.
      """)

  @OptionGroup var options: CommonOptions

  @Option(help: "Long connections.")
  var streams = 4

  @Option(help: "How many connect at once.")
  var connectors = 16

  @Option(help: "How many connections a round makes at most.")
  var limit = 50_000

  func measure(_ findings: Findings) async throws {
    let parent = try options.scratch()
    let site = try ProxySite(parent: parent)
    let backends = try site.backends.indices.map { index in
      let identity = site.identity(ofBackend: index)
      return try ProxyBackend(
        site.backends[index], certificate: identity.certificate, key: identity.key,
        workers: streams + connectors + 8)
    }
    let pool = NIOThreadPool(numberOfThreads: max(streams, connectors))
    pool.start()
    var report: Report
    do {
      report = try await measure(site, ProxyLoad(pool: pool), program: try options.program())
    } catch {
      for backend in backends { await backend.stop() }
      throw error
    }
    Cleanup.shared.runAll()
    for backend in backends { await backend.stop() }
    try await pool.shutdownGracefully()
    try findings.publish(report)
  }

  private func measure(_ site: ProxySite, _ load: ProxyLoad, program: String) async throws -> Report {
    let peer = Peer.haproxy()
    var participants = [
      ProxySite.Participant(name: "apus", addresses: [site.balancer], process: try site.startBalancer(program))
    ]
    if let peer {
      participants.append(.init(name: peer.name, addresses: [site.haproxy], process: try site.startHAProxy(peer)))
    }
    participants.append(.init(name: "direct", addresses: site.backends, process: nil))
    for participant in participants { try await wait(for: participant, load) }
    var report = Report(
      title: "Proxy: TCP on loopback, two backends, \(options.rounds) rounds of \(options.seconds) s",
      participants: participants.map(\.name), compared: peer.map { ["apus", $0.name] } ?? [])
    let subjects: [(String, (ProxySite.Participant) async throws -> Load)] = [
      (
        "\(streams) long connections",
        { try await load.stream($0.addresses, connections: streams, time: options.time) }
      ),
      (
        "new connections, \(connectors) at once",
        { try await load.connect($0.addresses, workers: connectors, time: options.time, limit: limit) }
      ),
    ]
    for (subject, run) in subjects {
      var figures = Series()
      for (round, order) in Rounds.order(participants: participants.count, rounds: options.rounds).enumerated() {
        for participant in order.map({ participants[$0] }) {
          progress("\(subject), round \(round + 1) of \(options.rounds): \(participant.name)")
          let before = ProcessFigures.processorSeconds(participant.pids)
          let found = try await run(participant)
          let used = ProcessFigures.processorSeconds(participant.pids) - before
          note(found, participant, used, &figures)
          if let failure = found.failure {
            report.notes.append("\(participant.name), \(subject): \(found.failures) failed, the first: \(failure)")
          }
          // Connections end on both sides of a proxy before the next one is measured.
          try await Task.sleep(for: .milliseconds(200))
        }
      }
      report.rows += figures.rows(subject)
    }
    report.rows.append(
      .init(
        "after the last round", "RssAnon of the proxy, MiB",
        Dictionary(
          uniqueKeysWithValues: participants.filter { !$0.pids.isEmpty }.map { participant in
            let figures = participant.pids.compactMap { ProcessFigures.memory($0) }
            return (participant.name, figures.map { Double($0.anonymous) / Double(1 << 20) })
          })))
    if peer == nil { report.notes.append("no haproxy was found (PATH, or the variable HAPROXY)") }
    report.notes.append("client and backends share the processors with the proxy: hence its own CPU time")
    return report
  }

  private func note(_ load: Load, _ participant: ProxySite.Participant, _ used: Double, _ figures: inout Series) {
    if load.latencies.isEmpty {
      figures.add(participant.name, "MiB/s", load.unitRate / Double(1 << 20))
      if used > 0 {
        figures.add(participant.name, "MiB a second of the proxy's CPU", Double(load.units) / Double(1 << 20) / used)
      }
    } else {
      figures.add(participant.name, load, ["connections/s": { $0.rate }])
      if used > 0 {
        figures.add(participant.name, "proxy's CPU, µs a connection", used * 1e6 / Double(load.count))
      }
    }
  }

  /// Until connections come through, several in a row; they also warm it up.
  private func wait(for participant: ProxySite.Participant, _ load: ProxyLoad) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while true {
      do {
        let found = try await load.connect(participant.addresses, workers: 4, time: .milliseconds(500), limit: 1000)
        if let failure = found.failure { throw Program.Failure("\(participant.name): \(failure)") }
        return
      } catch {
        try participant.process?.demandRunning()
        guard ContinuousClock.now < deadline else { throw error }
        try await Task.sleep(for: .milliseconds(200))
      }
    }
  }
}

/// Addresses and files of the proxies' benchmark.
struct ProxySite {
  struct Participant: Sendable {
    var name: String
    /// Where clients connect, in turn.
    var addresses: [Sockets.Address]
    /// Nil where there is nothing between.
    var process: Program?

    var pids: [Int32] { process.map { [$0.pid] } ?? [] }
  }

  let backends: [Sockets.Address]
  let balancer: Sockets.Address
  let haproxy: Sockets.Address
  private let folder: String
  private let certificates: CertificateFolder

  /// What a backend proves itself with to the balancer.
  func identity(ofBackend index: Int) -> CertificateFolder.Pair { certificates.host("front-\(index)").apiserver }

  init(parent: String) throws {
    folder = "\(parent)/proxy"
    certificates = CertificateFolder(path: "\(folder)/certs")
    let block = Trio.loopbackBlock
    let hosts = ["\(block).65", "\(block).66"]
    balancer = .init(host: "127.0.0.1", port: try Sockets.freePort(on: "127.0.0.1"))
    haproxy = .init(host: "127.0.0.1", port: try Sockets.freePort(on: "127.0.0.1"))
    let port = try Sockets.freePort(on: hosts[0])
    backends = hosts.map { .init(host: $0, port: port) }
    let text = """
      name: bench-proxy
      ports: {apiserver: \(port), balancer: \(balancer.port)}
      hosts:
        - {name: store, address: \(block).64, roles: [store]}
        - {name: front-0, address: \(hosts[0]), roles: [apiserver]}
        - {name: front-1, address: \(hosts[1]), roles: [apiserver]}

      """
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: "\(folder)/cluster.yaml"))
    var maker = ClusterCertificates(
      config: try ClusterConfig(yaml: text, file: "cluster.yaml"), folder: certificates)
    try maker.makeAll()
  }

  func startBalancer(_ program: String) throws -> Program {
    try Program(
      name: "apus balancer",
      command: [
        program, "balancer", "--config", "\(folder)/cluster.yaml", "--authority",
        certificates.authority(.cluster).certificate,
      ], log: "\(folder)/balancer.log")
  }

  /// HAProxy as it comes, apart from what makes it the same job.
  func startHAProxy(_ peer: Peer) throws -> Program {
    let servers = backends.enumerated().map { "  server s\($0) \($1.host):\($1.port) check inter 500ms\n" }
    let text = """
      global
        maxconn 4096
      defaults
        mode tcp
        timeout connect 1s
        timeout client 60s
        timeout server 60s
      listen bench
        bind \(haproxy.host):\(haproxy.port) backlog 4096
        balance roundrobin

      """
    try Data((text + servers.joined()).utf8).write(to: URL(filePath: "\(folder)/haproxy.cfg"))
    return try Program(
      name: peer.name, command: [peer.program, "-db", "-f", "\(folder)/haproxy.cfg"], log: "\(folder)/haproxy.log")
  }
}
