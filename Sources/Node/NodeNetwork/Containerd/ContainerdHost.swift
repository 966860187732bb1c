import Files
import Glibc
package import Logging
import Supervision

/// Runs one host's containerd: writes its configuration, starts it, brings it back when it dies, imports images, stops
/// it. Pods do not depend on it: they live on while it is down.
package actor ContainerdHost {
  package struct Failure: Error, Equatable, CustomStringConvertible {
    package var description: String
  }

  private let configuration: ContainerdConfiguration
  private let containerd: String
  private let ctr: String
  private let launcher: [String]
  private let logger: Logger
  private var child: ChildProcess?

  /// - Parameters:
  ///   - containerd: the program's path; nil: found in the usual folders.
  ///   - ctr: the same for containerd's client.
  ///   - launcher: a command that becomes containerd, when it is to run elsewhere ("nsenter --net=…").
  package init(
    configuration: ContainerdConfiguration, containerd: String? = nil, ctr: String? = nil, launcher: [String] = [],
    logger: Logger
  ) {
    self.configuration = configuration
    self.containerd = containerd ?? Self.find("containerd") ?? "/usr/bin/containerd"
    self.ctr = ctr ?? Self.find("ctr") ?? "/usr/bin/ctr"
    self.launcher = launcher
    self.logger = logger
  }

  /// Looks for a program in the folders where distributions put containerd, runc and their kin.
  package static func find(_ program: String) -> String? {
    ["/usr/local/bin", "/usr/bin", "/usr/local/sbin", "/usr/sbin", "/bin", "/sbin"].map { "\($0)/\(program)" }
      .first { isExecutable($0) }
  }

  package nonisolated var socket: String { configuration.socket }

  /// Starts containerd and waits until its socket takes connections. One that an earlier run left running for this
  /// folder is taken over first: it is stopped, and started anew under this process; its pods live on.
  package func start(timeout: Duration = .seconds(30)) async throws {
    guard child?.isRunning != true else { return }
    guard configuration.socketPathFits else {
      throw Failure(
        description: "the path \(configuration.socket) is too long for a unix socket (107 bytes with .ttrpc)")
    }
    try AtomicFile.makeFolder(configuration.networkFolder)
    try AtomicFile.makeFolder(configuration.addressFolder)
    try AtomicFile.write(configuration.text, to: configuration.path, mode: 0o600)
    await stopLeftover()
    // A socket that its dead owner left behind would be taken for a living one by nobody, but containerd 1.6 does not
    // always remove it.
    unlink(configuration.socket)
    unlink("\(configuration.socket).ttrpc")
    let words = launcher + [containerd, "--config", configuration.path]
    let child = try ChildProcess(words, log: configuration.logFile)
    self.child = child
    try AtomicFile.write("\(child.pid)\n", to: pidFile, mode: 0o600)
    let deadline = ContinuousClock.now + timeout
    while !Self.takesConnections(configuration.socket) {
      guard child.isRunning else {
        throw Failure(description: "containerd \(await child.ended()); see \(configuration.logFile)")
      }
      guard ContinuousClock.now < deadline else {
        await child.stop()
        throw Failure(description: "containerd does not answer on \(configuration.socket) after \(timeout)")
      }
      try await Task.sleep(for: .milliseconds(10))
    }
    logger.info("containerd runs", metadata: ["socket": "\(configuration.socket)", "pid": "\(child.pid)"])
  }

  /// Waits for containerd's end and starts it again, with a back-off, until the task is cancelled.
  package func supervise() async throws {
    var delay = Duration.milliseconds(100)
    while true {
      try Task.checkCancellation()
      guard let child else { throw Failure(description: "containerd was not started") }
      let started = ContinuousClock.now
      // Polled, because a wait for a child cannot be cancelled.
      while child.isRunning { try await Task.sleep(for: .milliseconds(200)) }
      let end = await child.ended()
      logger.error("containerd ended; it is started again", metadata: ["end": "\(end)"])
      if started.duration(to: .now) > .seconds(60) { delay = .milliseconds(100) }
      while true {
        try await Task.sleep(for: delay)
        delay = min(delay * 2, .seconds(10))
        do {
          try await start()
          break
        } catch is CancellationError {
          throw CancellationError()
        } catch {
          logger.error("containerd does not start", metadata: ["error": "\(error)"])
        }
      }
    }
  }

  /// Imports image archives. Those that are there already cost little.
  package func importImages(_ archives: [String]) async throws {
    for archive in archives {
      _ = try await Command(
        ctr, ["-a", configuration.socket, "-n", "k8s.io", "images", "import", archive]
      ).run(timeout: .seconds(300))
      logger.info("image imported", metadata: ["archive": "\(archive)"])
    }
  }

  /// Stops containerd. Pods live on, held by their shims.
  package func stop() async {
    guard let child else { return }
    let end = await child.stop()
    self.child = nil
    unlink(pidFile)
    logger.info("containerd stopped", metadata: ["end": "\(end)"])
  }

  private var pidFile: String { "\(configuration.folder)/containerd.pid" }

  /// Ends the containerd of a run that was killed. The id alone proves nothing: it is compared with the command line,
  /// which names this folder's configuration.
  private func stopLeftover() async {
    guard let text = AtomicFile.read(pidFile),
      let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first,
      let pid = Int32(line), pid > 1, isOurs(pid)
    else { return }
    logger.notice("an earlier containerd of this host is stopped", metadata: ["pid": "\(pid)"])
    kill(pid, SIGTERM)
    for round in 0..<100 where isOurs(pid) {
      if round == 80 { kill(pid, SIGKILL) }
      try? await Task.sleep(for: .milliseconds(100))
    }
  }

  private func isOurs(_ pid: Int32) -> Bool {
    guard let bytes = AtomicFile.read("/proc/\(pid)/cmdline") else { return false }
    let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    return words.contains(configuration.path) && words.first?.hasSuffix("containerd") == true
  }

  /// Whether somebody listens on the unix socket.
  package static func takesConnections(_ path: String) -> Bool {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    let descriptor = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
  }
}
