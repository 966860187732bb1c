package import ContainerRuntime
package import KubernetesAPI
import PodRules

/// Computes what the kubelet says of its node. Pure.
package struct NodeStatusBuilder: Sendable {
  package var name: String
  package var hostAddress: String
  package var kubeletPort: Int32
  package var kubeletVersion: String
  package var machine: MachineInfo
  package var maxPods: Int64
  package var isHollow: Bool
  /// Labels that the node's own configuration adds.
  package var labels: [String: String]

  package init(
    name: String, hostAddress: String, kubeletPort: Int32, kubeletVersion: String, machine: MachineInfo,
    maxPods: Int64 = 110, isHollow: Bool = false, labels: [String: String] = [:]
  ) {
    self.name = name
    self.hostAddress = hostAddress
    self.kubeletPort = kubeletPort
    self.kubeletVersion = kubeletVersion
    self.machine = machine
    self.maxPods = maxPods
    self.isHollow = isHollow
    self.labels = labels
  }

  /// What the runtime said when it was last asked.
  package struct RuntimeHealth: Sendable, Hashable {
    package var version: RuntimeVersion?
    package var conditions: [RuntimeCondition]
    /// Why the runtime could not be asked.
    package var error: String?

    package init(version: RuntimeVersion? = nil, conditions: [RuntimeCondition] = [], error: String? = nil) {
      self.version = version
      self.conditions = conditions
      self.error = error
    }
  }

  package var ownLabels: [String: String] {
    var result = labels
    result["kubernetes.io/hostname"] = name
    result["kubernetes.io/os"] = "linux"
    result["kubernetes.io/arch"] = machine.system.architecture
    if isHollow { result[HollowRuntime.nodeLabel] = "true" }
    return result
  }

  package var capacity: [String: Quantity] {
    [
      "cpu": Quantity(machine.cpus), "memory": Quantity("\(machine.memory / 1024)Ki") ?? Quantity(machine.memory),
      "ephemeral-storage": Quantity("\(machine.storage / 1024)Ki") ?? Quantity(machine.storage),
      "pods": Quantity(maxPods), "hugepages-1Gi": Quantity(), "hugepages-2Mi": Quantity(),
    ]
  }

  /// 100 MiB are kept for the system, as Kubernetes' eviction threshold has it.
  package var allocatable: [String: Quantity] {
    var result = capacity
    let memory = max(0, machine.memory - 100 << 20)
    result["memory"] = Quantity("\(memory / 1024)Ki") ?? Quantity(memory)
    return result
  }

  /// The node as it is registered.
  package func node(runtime: RuntimeHealth, images: [ImageInfo], now: Time) -> CoreV1.Node {
    var node = CoreV1.Node()
    node.metadata.name = name
    node.metadata.labels = ownLabels
    node.status = status(old: CoreV1.NodeStatus(), runtime: runtime, images: images, now: now)
    return node
  }

  /// The status that follows `old`; conditions of others stay.
  package func status(
    old: CoreV1.NodeStatus, runtime: RuntimeHealth, images: [ImageInfo], now: Time
  ) -> CoreV1.NodeStatus {
    var status = old
    status.capacity = capacity
    status.allocatable = allocatable
    status.addresses = [
      CoreV1.NodeAddress(type: "InternalIP", address: hostAddress), CoreV1.NodeAddress(type: "Hostname", address: name),
    ]
    status.daemonEndpoints.kubeletEndpoint.Port = kubeletPort
    let version = status.nodeInfo.containerRuntimeVersion
    status.nodeInfo = machine.system
    status.nodeInfo.kubeletVersion = kubeletVersion
    status.nodeInfo.kubeProxyVersion = kubeletVersion
    status.nodeInfo.containerRuntimeVersion = runtime.version.map { "\($0.name)://\($0.version)" } ?? version
    // As many as Kubernetes lists, the largest first.
    status.images = images.sorted { ($0.size, $0.id) > ($1.size, $1.id) }.prefix(50)
      .map { CoreV1.ContainerImage(names: $0.digests + $0.tags, sizeBytes: Int64(clamping: $0.size)) }
    let own: Set<String> = ["MemoryPressure", "DiskPressure", "PIDPressure", "Ready"]
    status.conditions = old.conditions.filter { !own.contains($0.type) }
    func set(_ type: String, _ value: Bool, _ reason: String, _ message: String) {
      var condition = CoreV1.NodeCondition()
      condition.type = type
      condition.status = value ? "True" : "False"
      condition.reason = reason
      condition.message = message
      condition.lastHeartbeatTime = now
      let before = old.conditions.first { $0.type == type }
      condition.lastTransitionTime = before?.status == condition.status ? before?.lastTransitionTime ?? now : now
      status.conditions.append(condition)
    }
    set("MemoryPressure", false, "KubeletHasSufficientMemory", "kubelet has sufficient memory available")
    set("DiskPressure", false, "KubeletHasNoDiskPressure", "kubelet has no disk pressure")
    set("PIDPressure", false, "KubeletHasSufficientPID", "kubelet has sufficient PID available")
    let broken = runtime.conditions.filter { !$0.status }
    if let error = runtime.error {
      set("Ready", false, "KubeletNotReady", "container runtime is down: \(error)")
    } else if !broken.isEmpty {
      let message = broken.map { "\($0.type)=false reason:\($0.reason) message:\($0.message)" }.joined(separator: ", ")
      set("Ready", false, "KubeletNotReady", "container runtime not ready: \(message)")
    } else {
      set("Ready", true, "KubeletReady", "kubelet is posting ready status")
    }
    return status
  }
}
