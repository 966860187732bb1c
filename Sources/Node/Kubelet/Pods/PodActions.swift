package import ClusterClient
package import ContainerRuntime
package import KubernetesAPI
package import Logging
import PodRules
import Synchronization

/// Carries out what `PodWorker` decides: the only place from which containers are made and ended.
package struct PodActions: Sendable {
  package let runtime: any ContainerRuntime
  package let volumes: PodVolumes
  package let folders: PodFolders
  package let cgroups: PodCgroups
  package let node: PodEnvironment
  package let references: any PodReferenceSource
  package let events: EventRecorder?
  package let handlers: HandlerRunner
  package let logger: Logger

  package init(
    runtime: any ContainerRuntime, folders: PodFolders, cgroups: PodCgroups, node: PodEnvironment,
    references: any PodReferenceSource, events: EventRecorder?, handlers: HandlerRunner, logger: Logger
  ) {
    self.runtime = runtime
    self.volumes = PodVolumes(folders: folders)
    self.folders = folders
    self.cgroups = cgroups
    self.node = node
    self.references = references
    self.events = events
    self.handlers = handlers
    self.logger = logger
  }

  /// - Parameters:
  ///   - pod: nil for a pod of which only the runtime knows; then nothing is ever started.
  ///   - state: what the runtime had when the action was decided.
  package func perform(
    _ action: PodAction, pod: CoreV1.Pod?, identity: RuntimeView.Identity, state: PodRuntimeState
  ) async throws(PodActionError) {
    switch action {
    case .createSandbox(let attempt):
      if let pod { try await createSandbox(pod, attempt: attempt) }
    case .startContainer(let name, let attempt, let sandbox):
      if let pod { try await startContainer(name, attempt: attempt, sandbox: sandbox, pod: pod, state: state) }
    case .killContainer(let id, let name, let grace, let reason):
      try await kill(id, name: name, gracePeriod: grace, reason: reason, pod: pod, state: state)
    case .stopSandbox(let id):
      try await call("StopPodSandbox") { () throws(RuntimeError) in try await runtime.stopPodSandbox(id) }
    case .removeSandbox(let id):
      try await call("RemovePodSandbox") { () throws(RuntimeError) in try await runtime.removePodSandbox(id) }
    case .removeContainer(let id):
      try await call("RemoveContainer") { () throws(RuntimeError) in try await runtime.removeContainer(id) }
      removeOldLog(of: id, state: state)
    case .cleanUp: try cleanUp(identity)
    }
  }

  private func call(_ reason: String, _ body: () async throws(RuntimeError) -> Void) async throws(PodActionError) {
    do { try await body() } catch { throw PodActionError(reason: reason, message: error.description) }
  }

  private func record(_ pod: CoreV1.Pod?, _ kind: EventRecorder.Kind, _ reason: String, _ message: String) {
    if let pod { events?.record(pod, kind, reason: reason, message: message) }
  }

  // MARK: Starting

  private func configs(_ pod: CoreV1.Pod) -> RuntimeConfigs {
    RuntimeConfigs(pod: pod, node: node, logDirectory: folders.logs(of: pod), cgroupParent: cgroups.path(of: pod))
  }

  private func fields(_ pod: CoreV1.Pod, addresses: [String]) async throws(PodActionError) -> EnvironmentBuilder {
    let references = try await self.references.references(of: pod)
    return EnvironmentBuilder(
      pod: pod, references: references, podAddresses: addresses, hostAddress: node.hostAddress,
      allocatable: node.allocatable)
  }

  private func prepareVolumes(
    _ pod: CoreV1.Pod, _ fields: EnvironmentBuilder
  ) throws(PodActionError) -> [String: VolumeContent] {
    do {
      let contents = try VolumePlan(fields: fields).contents()
      try volumes.prepare(pod, contents: contents)
      return contents
    } catch {
      record(pod, .warning, "FailedMount", "MountVolume.SetUp failed: \(error)")
      throw PodActionError(reason: "FailedMount", message: error.description)
    }
  }

  /// Brings the files in a running pod's volumes up to date. What is missing in the API leaves them as they are.
  package func refreshVolumes(of pod: CoreV1.Pod) async {
    do {
      let contents = try VolumePlan(fields: try await fields(pod, addresses: [])).contents()
      try volumes.refresh(pod, contents: contents)
    } catch {
      logger.debug(
        "a pod's files are not refreshed",
        metadata: ["pod": "\(pod.metadata.namespace)/\(pod.metadata.name)", "error": "\(error)"])
    }
  }

  private func createSandbox(_ pod: CoreV1.Pod, attempt: UInt32) async throws(PodActionError) {
    _ = try prepareVolumes(pod, try await fields(pod, addresses: []))
    do {
      _ = try await runtime.runPodSandbox(configs(pod).sandbox(attempt: attempt))
    } catch {
      record(pod, .warning, "FailedCreatePodSandBox", "Failed to create pod sandbox: \(error.message)")
      throw PodActionError(reason: "FailedCreatePodSandBox", message: error.description)
    }
  }

  private func startContainer(
    _ name: String, attempt: UInt32, sandbox: String, pod: CoreV1.Pod, state: PodRuntimeState
  ) async throws(PodActionError) {
    guard let container = (pod.spec.initContainers + pod.spec.containers).first(where: { $0.name == name }) else {
      throw PodActionError(reason: "CreateContainerConfigError", message: "the pod has no container \(name)")
    }
    let sandboxStatus = state.sandboxes.first { $0.sandbox.id == sandbox }
    let addresses = pod.spec.hostNetwork ? [node.hostAddress] : sandboxStatus?.addresses ?? []
    let image = try await ensureImage(container, pod)
    let configs = self.configs(pod)
    let fields = try await fields(pod, addresses: addresses)
    let config: ContainerConfig
    do {
      let contents = try prepareVolumes(pod, fields)
      let environment = try fields.environment(of: container)
      let mounts = try volumes.mounts(
        of: container, attempt: attempt, pod: pod, contents: contents, hostname: configs.hostname, addresses: addresses,
        environment: environment)
      config = try configs.container(
        container, attempt: attempt, environment: environment, mounts: mounts, image: image)
    } catch let error as PodActionError {
      record(pod, .warning, "Failed", "Error: \(error.message)")
      throw error
    } catch {
      record(pod, .warning, "Failed", "Error: \(error)")
      throw PodActionError(reason: "CreateContainerConfigError", message: "\(error)")
    }
    let id: String
    do {
      let sandboxConfig = configs.sandbox(attempt: sandboxStatus?.sandbox.metadata.attempt ?? 0)
      id = try await runtime.createContainer(config, in: sandbox, sandboxConfig: sandboxConfig)
    } catch {
      record(pod, .warning, "Failed", "Error: \(error.message)")
      throw PodActionError(reason: "CreateContainerError", message: error.message)
    }
    record(pod, .normal, "Created", "Created container: \(name)")
    guard !Task.isCancelled else {
      try? await runtime.removeContainer(id)
      throw PodActionError(reason: PodActionError.cancelled, message: "the pod is being stopped")
    }
    do {
      try await runtime.startContainer(id)
    } catch {
      record(pod, .warning, "Failed", "Error: \(error.message)")
      throw PodActionError(reason: "RunContainerError", message: error.message)
    }
    record(pod, .normal, "Started", "Started container \(name)")
    if let hook = container.lifecycle?.postStart {
      let outcome = await handlers.run(hook, container: container, id: id, address: addresses.first ?? "", timeout: nil)
      if case .failure(let message) = outcome {
        record(pod, .warning, "FailedPostStartHook", "PostStartHook failed: \(message)")
        // Kubernetes' rule: a container whose post-start hook fails is killed.
        try? await runtime.stopContainer(id, gracePeriod: pod.gracePeriod)
        throw PodActionError(reason: "PostStartHookError", message: message)
      }
    }
  }

  /// The image by the pull policy: fetched when it is missing or always wanted anew.
  private func ensureImage(_ container: CoreV1.Container, _ pod: CoreV1.Pod) async throws(PodActionError) -> ImageInfo?
  {
    guard ImageName.isValid(container.image) else {
      let message = "Failed to apply default image tag \"\(container.image)\": couldn't parse image name"
      record(pod, .warning, "InspectFailed", message)
      throw PodActionError(reason: "InvalidImageName", message: message)
    }
    let policy =
      container.imagePullPolicy.isEmpty
      ? ImageName.defaultPolicy(container.image) : container.imagePullPolicy
    let present: ImageInfo?
    do { present = try await runtime.imageStatus(container.image) } catch {
      throw PodActionError(reason: "ImageInspectError", message: error.description)
    }
    if let present, policy != "Always" {
      record(pod, .normal, "Pulled", "Container image \"\(container.image)\" already present on machine")
      return present
    }
    if policy == "Never" {
      let message = "Container image \"\(container.image)\" is not present with pull policy of Never"
      record(pod, .warning, "ErrImageNeverPull", message)
      throw PodActionError(reason: "ErrImageNeverPull", message: message)
    }
    record(pod, .normal, "Pulling", "Pulling image \"\(container.image)\"")
    do {
      _ = try await runtime.pullImage(container.image, credentials: nil)
      record(pod, .normal, "Pulled", "Successfully pulled image \"\(container.image)\"")
      return try await runtime.imageStatus(container.image)
    } catch {
      if Task.isCancelled {
        throw PodActionError(reason: PodActionError.cancelled, message: "the pod is being stopped")
      }
      record(pod, .warning, "Failed", "Failed to pull image \"\(container.image)\": \(error.message)")
      throw PodActionError(reason: PodActionError.imagePull, message: error.message)
    }
  }

  // MARK: Ending

  private func kill(
    _ id: String, name: String, gracePeriod: Int64, reason: String, pod: CoreV1.Pod?, state: PodRuntimeState
  ) async throws(PodActionError) {
    record(
      pod, .normal, "Killing", reason.hasSuffix(name) || reason.contains(" \(name) ") ? reason : "\(reason) \(name)")
    var left = gracePeriod
    let container = pod.flatMap { pod in (pod.spec.initContainers + pod.spec.containers).first { $0.name == name } }
    if let container, let hook = container.lifecycle?.preStop, gracePeriod > 0 {
      let start = ContinuousClock.now
      let outcome = await handlers.run(
        hook, container: container, id: id, address: state.sandboxes.first?.addresses.first ?? node.hostAddress,
        timeout: .seconds(gracePeriod))
      if case .failure(let message) = outcome {
        record(pod, .warning, "FailedPreStopHook", "PreStopHook failed: \(message)")
      }
      // The hook's time counts, but the stop signal is worth a moment in any case.
      left = max(2, gracePeriod - start.duration(to: .now).components.seconds)
    }
    do {
      try await runtime.stopContainer(id, gracePeriod: left)
    } catch {
      record(pod, .warning, "FailedKillPod", "Failed to stop container \(name): \(error.message)")
      throw PodActionError(reason: "FailedKillPod", message: error.description)
    }
  }

  private func removeOldLog(of id: String, state: PodRuntimeState) {
    guard let record = state.containers.first(where: { $0.status.id == id }) else { return }
    LogRotation.removeFiles(of: record.status.logPath, below: folders.logs)
  }

  private func cleanUp(_ identity: RuntimeView.Identity) throws(PodActionError) {
    do { try volumes.remove(uid: identity.uid) } catch {
      throw PodActionError(reason: "FailedUnmount", message: error.description)
    }
    let left = cgroups.remove(uid: identity.uid)
    guard left.isEmpty else {
      throw PodActionError(reason: "CgroupNotRemoved", message: left.joined(separator: ", "))
    }
    volumes.removeLogs(namespace: identity.namespace, name: identity.name, uid: identity.uid)
    logger.info(
      "pod cleaned up", metadata: ["pod": "\(identity.namespace)/\(identity.name)", "uid": "\(identity.uid)"])
  }
}

/// Where config maps and secrets come from.
package protocol PodReferenceSource: Sendable {
  /// What a pod refers to, as it is now. What does not exist is left out. Throws when the API cannot be asked.
  func references(of pod: CoreV1.Pod) async throws(PodActionError) -> PodReferences
}

/// Asks the API for each.
package struct APIReferenceSource: PodReferenceSource {
  private let client: ClusterClient
  private let tokens: TokenStore
  private let api = APIServiceMemory()

  package init(client: ClusterClient, tokens: TokenStore) {
    self.client = client
    self.tokens = tokens
  }

  package func references(of pod: CoreV1.Pod) async throws(PodActionError) -> PodReferences {
    let names = PodReferences.names(in: pod)
    var result = PodReferences()
    do {
      for name in names.configMaps {
        result.configMaps[name] = try await client.find(name: name, namespace: pod.metadata.namespace)
      }
      for name in names.secrets {
        result.secrets[name] = try await client.find(name: name, namespace: pod.metadata.namespace)
      }
    } catch {
      throw PodActionError(
        reason: "CreateContainerConfigError", message: "config maps and secrets cannot be read: \(error)")
    }
    result.api = await api.service(client)
    do {
      for wish in TokenWish.all(in: pod) { result.tokens[wish] = try await tokens.token(wish, of: pod) }
    } catch {
      throw PodActionError(
        reason: "FailedMount", message: "failed to fetch token of service account: \(error)")
    }
    return result
  }
}

/// The Service `kubernetes`, looked up now and then: it hardly ever changes, and every pod needs it.
private final class APIServiceMemory: Sendable {
  private let known = Mutex<(service: CoreV1.Service, at: ContinuousClock.Instant)?>(nil)

  /// nil where there is none, or nobody answers.
  func service(_ client: ClusterClient) async -> CoreV1.Service? {
    let memory = known.withLock { $0 }
    if let memory, memory.at.duration(to: .now) < .seconds(60) { return memory.service }
    guard let found: CoreV1.Service = try? await client.find(name: "kubernetes", namespace: "default") else {
      return memory?.service
    }
    known.withLock { $0 = (found, .now) }
    return found
  }
}

/// Rules about image names.
package enum ImageName {
  /// As the API documents: an image without a tag, or tagged `latest`, is always pulled.
  package static func defaultPolicy(_ name: String) -> String {
    if name.contains("@") { return "IfNotPresent" }
    let last = name.split(separator: "/").last ?? ""
    guard let colon = last.lastIndex(of: ":") else { return "Always" }
    return last[last.index(after: colon)...] == "latest" ? "Always" : "IfNotPresent"
  }

  /// Whether it can be a name at all; the runtime has the last word.
  package static func isValid(_ name: String) -> Bool {
    guard let first = name.utf8.first, name.utf8.count <= 1024, !name.hasSuffix("/"), !name.hasSuffix(":") else {
      return false
    }
    let isStart = (97...122).contains(first) || (48...57).contains(first) || (65...90).contains(first)
    return isStart && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } && !name.contains("//")
  }
}

extension PodActions {
  /// A container's termination message: its file's content, or the end of its log where the policy says so.
  package func lastWords(of status: ContainerStatus, uid: String) -> String {
    let text = volumes.terminationMessage(status.name, attempt: status.attempt, uid: uid)
    let policy = status.annotations[RuntimeLabels.terminationMessagePolicy]
    if !text.isEmpty || policy != "FallbackToLogsOnError" || status.exitCode == 0 {
      return text.isEmpty ? status.message : text
    }
    return LogTail.text(of: status.logPath, lines: 80, bytes: 2048)
  }
}
