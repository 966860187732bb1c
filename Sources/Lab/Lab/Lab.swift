package import ClusterConfig
import Files
import FoundationEssentials
import Glibc
import PKI
import Supervision

/// Several hosts on one machine: brings them up, takes them down, kills and cuts off single ones.
///
/// Every operation can be repeated: what is there is kept, what is missing is made. Needs root.
package struct Lab: Sendable {
  package let layout: LabLayout
  package let config: ClusterConfig
  /// The file that the hosts read.
  package let configPath: String
  /// The `apus` program that the hosts run.
  package let program: String
  /// Says what is going on, a line at a time.
  package let report: @Sendable (String) -> Void

  package init(
    layout: LabLayout, config: ClusterConfig, configPath: String, program: String,
    report: @escaping @Sendable (String) -> Void
  ) {
    self.layout = layout
    self.config = config
    self.configPath = configPath
    self.program = program
    self.report = report
  }

  /// Why an operation was not done, and what to do about it.
  package struct Failure: Error, CustomStringConvertible {
    package var description: String
    package init(_ description: String) { self.description = description }
  }

  package var networks: HostNetworks { HostNetworks(layout: layout, hosts: config.hosts) }

  private func host(_ name: String) throws(Failure) -> ClusterConfig.Host {
    guard let host = config.host(named: name) else {
      throw Failure("there is no host “\(name)”; the lab has \(config.hosts.map(\.name).joined(separator: ", "))")
    }
    return host
  }

  private func requireRoot() throws(Failure) {
    guard geteuid() == 0 else { throw Failure("the lab makes network namespaces and containers: run it as root") }
  }

  /// Nil when no lab was started from this folder.
  package var state: LabState? { LabState.read(layout.stateFile) }

  // MARK: Up and down

  /// Makes certificates and network, starts what does not run, and the balancer on 127.0.0.1.
  package func up() throws {
    try requireRoot()
    try FileManager.default.createDirectory(atPath: layout.folder, withIntermediateDirectories: true)
    report("certificates")
    var certificates = ClusterCertificates(config: config, folder: layout.certificates)
    try certificates.makeAll()
    try AtomicFile.write(
      String(contentsOfFile: layout.certificates.adminKubeconfig, encoding: .utf8), to: layout.kubeconfig, mode: 0o600)
    var state = self.state ?? LabState()
    if !state.hosts.values.contains(where: { $0.first.isAlive }) {
      report("network: \(config.hosts.count) hosts")
      for command in networks.tearDown { _ = try? Command.run(command) }
      for command in networks.setUp { try Command.run(command) }
      for host in config.hosts { try enableForwarding(host) }
    }
    for host in config.hosts where state.hosts[host.name]?.first.isAlive != true {
      report("host \(host.name) (\(host.address)): \(host.roles.map(\.rawValue).joined(separator: ", "))")
      state.hosts[host.name] = try process.start(host)
      try state.write(layout.stateFile)
    }
    if state.balancer?.isAlive != true {
      report("balancer on 127.0.0.1:\(config.ports.balancer)")
      state.balancer = try startBalancer()
      try state.write(layout.stateFile)
    }
  }

  /// Stops the hosts in order and keeps their data: `up` continues from there.
  package func stop() throws {
    try requireRoot()
    guard var state else { return }
    // The nodes first, the store last.
    for host in config.hosts.reversed() {
      guard let running = state.hosts[host.name] else { continue }
      report("stopping \(host.name)")
      // A process for each role, and the balancer.
      let limit = Supervisor.longestStop(ofChildren: host.roles.count + 1)
      guard HostProcess.stop(running, timeout: limit) else {
        throw Failure("the host \(host.name) does not end")
      }
      state.hosts[host.name] = nil
      try state.write(layout.stateFile)
    }
    if let balancer = state.balancer {
      balancer.send(SIGTERM)
      if !balancer.waitForEnd(.seconds(5)) { balancer.send(SIGKILL) }
      state.balancer = nil
      try state.write(layout.stateFile)
    }
  }

  /// Ends everything at once and removes what the lab made: processes, namespaces, cgroups, hosts' data, certificates.
  package func down() throws {
    try requireRoot()
    if let state {
      for (name, running) in state.hosts.sorted(by: { $0.key < $1.key }) {
        if !HostProcess.kill(running) { throw Failure("the host \(name) does not end; see \(layout.hostLog(name))") }
      }
      state.balancer?.send(SIGTERM)
      if state.balancer?.waitForEnd(.seconds(5)) == false { state.balancer?.send(SIGKILL) }
    }
    for command in networks.tearDown { _ = try? Command.run(command) }
    Cgroups.remove(layout.cgroup(cluster: config.name))
    for path in ["hosts", "certs", "kubeconfig", "lab.json", "balancer.log"] {
      try? FileManager.default.removeItem(atPath: "\(layout.folder)/\(path)")
    }
  }

  private var process: HostProcess {
    HostProcess(layout: layout, program: program, config: configPath, cluster: config.name)
  }

  private func enableForwarding(_ host: ClusterConfig.Host) throws {
    try Command.run([
      "nsenter", "--net=\(layout.namespacePath(host.name))", "sh", "-c",
      "echo 1 > /proc/sys/net/ipv4/ip_forward",
    ])
  }

  private func startBalancer() throws -> ProcessIdentity? {
    let pid = try ProcessSpawn.appending(
      to: layout.balancerLog,
      [
        program, "balancer", "--config", configPath, "--authority",
        layout.certificates.authority(.cluster).certificate,
      ], group: .session)
    return ProcessIdentity(pid: pid)
  }

  // MARK: Faults

  /// Kills a host as if its plug was pulled. Its data stays.
  package func kill(_ name: String) throws {
    try requireRoot()
    let host = try host(name)
    guard var state, let running = state.hosts[host.name], running.first.isAlive else {
      throw Failure("the host \(name) does not run")
    }
    guard HostProcess.kill(running) else { throw Failure("the host \(name) does not end") }
    state.hosts[host.name] = nil
    try state.write(layout.stateFile)
  }

  /// Boots a host that was killed, with the data it had.
  package func start(_ name: String) throws {
    try requireRoot()
    let host = try host(name)
    guard var state else { throw Failure("the lab is not up: `apus lab up`") }
    guard state.hosts[name]?.first.isAlive != true else { throw Failure("the host \(name) runs already") }
    state.hosts[name] = try process.start(host)
    try state.write(layout.stateFile)
  }

  /// Takes a host's link down, or up again: a partition between it and everybody else.
  package func setLink(_ name: String, isUp: Bool) throws {
    try requireRoot()
    guard let command = networks.setLink(of: try host(name).name, isUp: isUp) else { return }
    try Command.run(command)
  }
}
