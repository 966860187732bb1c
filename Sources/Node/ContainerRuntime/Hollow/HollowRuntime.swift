import Synchronization

/// A runtime that only pretends: it keeps books on sandboxes and containers and starts no process. For scale tests,
/// where thousands of pods are to exist without their weight, and for tests of what drives a runtime. A node on it must
/// say so in its labels (`HollowRuntime.nodeLabel`).
///
/// It holds callers to the interface's rules: a second sandbox or container under a taken name, a start of what runs, a
/// removal of what runs or a container in a stopped sandbox are errors, as a real runtime answers them.
package final class HollowRuntime: ContainerRuntime {
  /// The label that a node on this runtime carries, with the value "true".
  package static let nodeLabel = "apus.dev/hollow"

  /// What a pretended container does.
  package struct Behaviour: Sendable {
    /// Ends by itself with this code as soon as it is started; nil: runs until stopped.
    package var exitsAtOnce: Int32?
    /// Does not end on the stop signal, so that a stop lasts as long as its grace period says.
    package var ignoresStop = false
    package var startError: RuntimeError?

    package init(exitsAtOnce: Int32? = nil, ignoresStop: Bool = false, startError: RuntimeError? = nil) {
      self.exitsAtOnce = exitsAtOnce
      self.ignoresStop = ignoresStop
      self.startError = startError
    }
  }

  fileprivate struct Books {
    var nextID = 1
    var sandboxes: [String: SandboxStatus] = [:]
    var containers: [String: (summary: ContainerSummary, status: ContainerStatus)] = [:]
    var images: [String: ImageInfo] = [:]
    var behaviour: [String: Behaviour] = [:]
    var missingImages: Set<String> = []
    var execResults: [String: ExecResult] = [:]
    var streamServer: String?
    var addresses = 0
    var failures: [String: RuntimeError] = [:]
    var calls: [String] = []
  }

  private let books = Mutex(Books())
  private let addressPrefix: String
  private let now: @Sendable () -> Int64

  /// - Parameters:
  ///   - addressPrefix: the first three numbers of pods' addresses ("198.19.1"); the last runs from 2 to 254 and starts
  ///     over.
  ///   - now: nanoseconds since 1970.
  package init(addressPrefix: String, now: @escaping @Sendable () -> Int64) {
    self.addressPrefix = addressPrefix
    self.now = now
  }

  // MARK: What tests and scale scenarios set

  /// How containers of this name behave from now on.
  package func setBehaviour(_ behaviour: Behaviour, ofContainersNamed name: String) {
    books.withLock { $0.behaviour[name] = behaviour }
  }

  /// An image that cannot be had, or can again.
  package func setImage(_ image: String, isMissing: Bool) {
    books.withLock { books in
      if isMissing {
        books.missingImages.insert(image)
        books.images[image] = nil
      } else {
        books.missingImages.remove(image)
      }
    }
  }

  /// What ExecSync answers in containers of this name. Without it: code 0 and nothing printed.
  package func setExecResult(_ result: ExecResult, inContainersNamed name: String) {
    books.withLock { $0.execResults[name] = result }
  }

  /// The URL of a server that stands in for a runtime's streaming server; below it each kind of stream has a path. Without
  /// one there are no streams: nothing runs here.
  package func setStreamServer(_ url: String?) { books.withLock { $0.streamServer = url } }

  /// Makes every call of this method fail ("runPodSandbox"), until nil is set.
  package func setFailure(_ error: RuntimeError?, of method: String) {
    books.withLock { $0.failures[method] = error }
  }

  /// Ends a running container, as if its process had.
  package func exitContainer(_ id: String, code: Int32, reason: String? = nil) {
    let time = now()
    books.withLock { books in books.end(id, code: code, reason: reason, at: time) }
  }

  /// The methods called so far with what they were called for, in order ("startContainer web").
  package var calls: [String] { books.withLock { $0.calls } }

  // MARK: ContainerRuntime

  package func version() async throws(RuntimeError) -> RuntimeVersion {
    try change("version") { _ in }
    return RuntimeVersion(name: "hollow", version: "1", apiVersion: "v1")
  }

  package func conditions() async throws(RuntimeError) -> [RuntimeCondition] {
    [.init(type: "RuntimeReady", status: true), .init(type: "NetworkReady", status: true)]
  }

  package func runPodSandbox(_ config: SandboxConfig) async throws(RuntimeError) -> String {
    try change("runPodSandbox", config.metadata.name) { [now, addressPrefix] books throws(RuntimeError) in
      guard !books.sandboxes.values.contains(where: { $0.sandbox.metadata == config.metadata }) else {
        throw RuntimeError(.alreadyExists, "a sandbox with this name, uid and attempt exists")
      }
      let id = books.makeID()
      var own: [String] = []
      if config.network != .node {
        own = ["\(addressPrefix).\(2 + books.addresses % 253)"]
        books.addresses += 1
      }
      books.sandboxes[id] = SandboxStatus(
        sandbox: Sandbox(id: id, metadata: config.metadata, isReady: true, createdAt: now(), labels: config.labels),
        addresses: own)
      return id
    }
  }

  package func stopPodSandbox(_ id: String) async throws(RuntimeError) {
    try change("stopPodSandbox", id) { [now] books in
      for (container, entry) in books.containers where entry.summary.sandboxID == id {
        books.end(container, code: 137, reason: nil, at: now())
      }
      books.sandboxes[id]?.sandbox.isReady = false
      books.sandboxes[id]?.addresses = []
    }
  }

  package func removePodSandbox(_ id: String) async throws(RuntimeError) {
    try change("removePodSandbox", id) { books throws(RuntimeError) in
      guard let status = books.sandboxes[id] else { return }
      guard !status.sandbox.isReady else { throw RuntimeError(.failed, "the sandbox is not stopped") }
      books.sandboxes[id] = nil
      for (container, entry) in books.containers where entry.summary.sandboxID == id {
        books.containers[container] = nil
      }
    }
  }

  package func listPodSandboxes(labels: [String: String]) async throws(RuntimeError) -> [Sandbox] {
    try change("listPodSandboxes", recorded: false) { books in
      books.sandboxes.values.map(\.sandbox).filter { carries($0.labels, labels) }
    }
  }

  package func podSandboxStatus(_ id: String) async throws(RuntimeError) -> SandboxStatus {
    try change("podSandboxStatus", recorded: false) { books throws(RuntimeError) in
      guard let status = books.sandboxes[id] else { throw RuntimeError(.notFound, "sandbox \(id)") }
      return status
    }
  }

  package func createContainer(
    _ config: ContainerConfig, in sandbox: String, sandboxConfig: SandboxConfig
  ) async throws(RuntimeError) -> String {
    try change("createContainer", config.name) { [now] books throws(RuntimeError) in
      guard let owner = books.sandboxes[sandbox], owner.sandbox.isReady else {
        throw RuntimeError(.notFound, "sandbox \(sandbox) does not run")
      }
      guard books.images[config.image] != nil else { throw RuntimeError(.notFound, "image \(config.image)") }
      let taken = books.containers.values.contains {
        $0.summary.sandboxID == sandbox && $0.summary.name == config.name && $0.summary.attempt == config.attempt
      }
      guard !taken else { throw RuntimeError(.alreadyExists, "a container with this name and attempt exists") }
      let id = books.makeID()
      let time = now()
      var status = ContainerStatus(id: id, name: config.name, attempt: config.attempt, state: .created)
      status.createdAt = time
      status.image = config.image
      status.imageRef = books.images[config.image]?.id ?? ""
      status.labels = config.labels
      status.annotations = config.annotations
      status.logPath = "\(sandboxConfig.logDirectory)/\(config.logPath)"
      let summary = ContainerSummary(
        id: id, sandboxID: sandbox, name: config.name, attempt: config.attempt, state: .created, createdAt: time,
        labels: config.labels, annotations: config.annotations)
      books.containers[id] = (summary, status)
      return id
    }
  }

  package func startContainer(_ id: String) async throws(RuntimeError) {
    try change("startContainer", nameOf(id)) { [now] books throws(RuntimeError) in
      guard let entry = books.containers[id] else { throw RuntimeError(.notFound, "container \(id)") }
      guard entry.status.state == .created else { throw RuntimeError(.failed, "the container was started before") }
      let behaviour = books.behaviour[entry.summary.name] ?? Behaviour()
      if let error = behaviour.startError { throw error }
      books.containers[id]?.status.state = .running
      books.containers[id]?.status.startedAt = now()
      books.containers[id]?.summary.state = .running
      if let code = behaviour.exitsAtOnce { books.end(id, code: code, reason: nil, at: now()) }
    }
  }

  package func stopContainer(_ id: String, gracePeriod: Int64) async throws(RuntimeError) {
    let ignores = try change("stopContainer", "\(nameOf(id)) \(gracePeriod)") { [now] books -> Bool in
      guard let entry = books.containers[id], entry.status.state == .running else { return false }
      if books.behaviour[entry.summary.name]?.ignoresStop == true, gracePeriod > 0 { return true }
      books.end(id, code: gracePeriod > 0 ? 143 : 137, reason: nil, at: now())
      return false
    }
    guard ignores else { return }
    // Another call with a shorter grace period ends it sooner.
    try? await Task.sleep(for: .seconds(GracePeriod.bounded(gracePeriod)))
    exitContainer(id, code: 137)
  }

  package func removeContainer(_ id: String) async throws(RuntimeError) {
    try change("removeContainer", nameOf(id)) { books throws(RuntimeError) in
      guard books.containers[id]?.status.state != .running else {
        throw RuntimeError(.failed, "the container runs")
      }
      books.containers[id] = nil
    }
  }

  package func listContainers(labels: [String: String]) async throws(RuntimeError) -> [ContainerSummary] {
    try change("listContainers", recorded: false) { books in
      books.containers.values.map(\.summary).filter { carries($0.labels, labels) }
    }
  }

  package func containerStatus(_ id: String) async throws(RuntimeError) -> ContainerStatus {
    try change("containerStatus", recorded: false) { books throws(RuntimeError) in
      guard let entry = books.containers[id] else { throw RuntimeError(.notFound, "container \(id)") }
      return entry.status
    }
  }

  package func execSync(_ id: String, command: [String], timeout: Int64) async throws(RuntimeError) -> ExecResult {
    try change("execSync", nameOf(id)) { books throws(RuntimeError) in
      guard let entry = books.containers[id], entry.status.state == .running else {
        throw RuntimeError(.notFound, "container \(id) does not run")
      }
      return books.execResults[entry.summary.name] ?? ExecResult(exitCode: 0)
    }
  }

  package func exec(
    _ id: String, command: [String], streams: ProcessStreams
  ) async throws(RuntimeError) -> String {
    try stream("exec", "\(nameOf(id)) \(streams.letters) \(command.joined(separator: " "))")
  }

  package func attach(_ id: String, streams: ProcessStreams) async throws(RuntimeError) -> String {
    try stream("attach", "\(nameOf(id)) \(streams.letters)")
  }

  package func portForward(_ sandbox: String, ports: [Int32]) async throws(RuntimeError) -> String {
    try stream("portForward", ports.map { "\($0)" }.joined(separator: " "))
  }

  private func stream(_ method: String, _ subject: String) throws(RuntimeError) -> String {
    try change(method, subject) { books throws(RuntimeError) in
      guard let server = books.streamServer else {
        throw RuntimeError(.unimplemented, "this node is hollow: its containers run no processes")
      }
      return "\(server)/\(method)"
    }
  }

  package func reopenContainerLog(_ id: String) async throws(RuntimeError) {}

  package func containerUsage(labels: [String: String]) async throws(RuntimeError) -> [ContainerUsage] {
    try change("containerUsage", recorded: false) { books in
      books.containers.values.filter { $0.status.state == .running && carries($0.summary.labels, labels) }
        .map { ContainerUsage(id: $0.summary.id, labels: $0.summary.labels, cpuNanoseconds: 0, workingSetBytes: 0) }
    }
  }

  package func imageStatus(_ name: String) async throws(RuntimeError) -> ImageInfo? {
    try change("imageStatus", recorded: false) { $0.images[name] }
  }

  package func pullImage(_ name: String, credentials: ImageCredentials?) async throws(RuntimeError) -> String {
    try change("pullImage", name) { books throws(RuntimeError) in
      guard !books.missingImages.contains(name) else { throw RuntimeError(.notFound, "image \(name)") }
      books.images[name] = ImageInfo(id: "hollow:\(name)", tags: [name])
      return "hollow:\(name)"
    }
  }

  package func listImages() async throws(RuntimeError) -> [ImageInfo] {
    try change("listImages", recorded: false) { Array($0.images.values) }
  }

  package func shutdown() async {}

  // MARK: Books

  private func nameOf(_ id: String) -> String { books.withLock { $0.containers[id]?.summary.name ?? id } }

  private func change<Result: Sendable>(
    _ method: String, _ subject: String = "", recorded: Bool = true,
    _ body: (inout sending Books) throws(RuntimeError) -> sending Result
  ) throws(RuntimeError) -> Result {
    try books.withLock { books throws(RuntimeError) in
      // A bounded memory of calls: tests look at far fewer, scale runs make far more.
      if recorded, books.calls.count < 10_000 { books.calls.append(subject.isEmpty ? method : "\(method) \(subject)") }
      if let failure = books.failures[method] { throw failure }
      return try body(&books)
    }
  }
}

extension ProcessStreams {
  /// For the memory of calls: `iot`.
  fileprivate var letters: String {
    [("i", stdin), ("o", stdout), ("e", stderr), ("t", tty)].filter { $0.1 }.map { $0.0 }.joined()
  }
}

private func carries(_ labels: [String: String], _ wanted: [String: String]) -> Bool {
  wanted.allSatisfy { labels[$0.key] == $0.value }
}

extension HollowRuntime.Books {
  fileprivate mutating func makeID() -> String {
    defer { nextID += 1 }
    let digits = String(nextID, radix: 16)
    return String(repeating: "0", count: max(0, 16 - digits.count)) + digits
  }

  fileprivate mutating func end(_ id: String, code: Int32, reason: String?, at time: Int64) {
    guard containers[id]?.status.state == .running else { return }
    containers[id]?.status.state = .exited
    containers[id]?.summary.state = .exited
    containers[id]?.status.exitCode = code
    containers[id]?.status.finishedAt = time
    containers[id]?.status.reason = reason ?? (code == 0 ? "Completed" : "Error")
  }
}
