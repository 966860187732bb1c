// PodRules: what scheduler, kubelet, controllers and front-end must agree on about pods. Pure: no clock, no
// Foundation. Resources and quality of service, tolerations and taints, node selectors and affinity, and what
// "ready" and "gone" mean.

package import KubernetesAPI

/// Amounts of resources: CPU in thousandths of a core, everything else in whole units (bytes, devices).
package struct ResourceAmounts: Equatable, Sendable {
  package static let cpu = "cpu"
  package static let memory = "memory"
  package static let pods = "pods"
  package static let ephemeralStorage = "ephemeral-storage"

  /// By resource name; absent is zero.
  package private(set) var values: [String: Int64] = [:]

  package init() {}

  /// From a list as specs and statuses carry it.
  package init(_ list: [String: Quantity]) {
    for (name, quantity) in list { self[name] = name == Self.cpu ? quantity.milliValue : quantity.value }
  }

  /// Thousandths of a core for "cpu", whole units for anything else.
  package subscript(name: String) -> Int64 {
    get { values[name] ?? 0 }
    set { values[name] = newValue == 0 ? nil : newValue }
  }

  package var milliCPU: Int64 { self[Self.cpu] }
  package var memoryBytes: Int64 { self[Self.memory] }

  /// Sums stay within 64 bits: what is beyond counts as the most there can be.
  package static func += (left: inout ResourceAmounts, right: ResourceAmounts) {
    for (name, value) in right.values {
      let (sum, overflow) = left[name].addingReportingOverflow(value)
      left[name] = overflow ? (value > 0 ? .max : .min) : sum
    }
  }

  package static func + (left: ResourceAmounts, right: ResourceAmounts) -> ResourceAmounts {
    var sum = left
    sum += right
    return sum
  }

  package static func -= (left: inout ResourceAmounts, right: ResourceAmounts) {
    for (name, value) in right.values {
      let (difference, overflow) = left[name].subtractingReportingOverflow(value)
      left[name] = overflow ? (value > 0 ? .min : .max) : difference
    }
  }

  /// The larger amount of each resource.
  package func union(_ other: ResourceAmounts) -> ResourceAmounts {
    var result = self
    for (name, value) in other.values { result[name] = max(result[name], value) }
    return result
  }
}

extension CoreV1.Container {
  /// An init container that keeps running beside the others.
  package var isSidecar: Bool { restartPolicy == "Always" }

  /// What it asks for. A limit without a request is a request, as the API documents.
  package var effectiveRequests: ResourceAmounts {
    ResourceAmounts(resources.requests.merging(resources.limits) { request, _ in request })
  }
}

extension CoreV1.PodSpec {
  /// What a node has to have free for the pod: what its containers and sidecars need together, or more if an init
  /// container (with the sidecars that started before it) needs more for a while; plus the overhead.
  package var effectiveRequests: ResourceAmounts {
    var sidecars = ResourceAmounts()
    var initPeak = ResourceAmounts()
    for container in initContainers {
      let requests = container.effectiveRequests
      if container.isSidecar {
        sidecars += requests
        initPeak = initPeak.union(sidecars)
      } else {
        initPeak = initPeak.union(sidecars + requests)
      }
    }
    var total = sidecars
    for container in containers { total += container.effectiveRequests }
    total = total.union(initPeak)
    if let resources {
      // Resources of the pod as a whole take the place of the containers' sum.
      for (name, value) in ResourceAmounts(resources.requests.merging(resources.limits) { request, _ in request })
        .values
      {
        total[name] = value
      }
    }
    total += ResourceAmounts(overhead)
    return total
  }

  /// As `effectiveRequests`, for scoring: a container that asks for nothing still counts a little, so that pods
  /// without requests are spread as well (100 thousandths of a core and 200 MB each, as in Kubernetes).
  package var scoringRequests: ResourceAmounts {
    var total = effectiveRequests
    for container in containers {
      let requests = container.effectiveRequests
      if requests.milliCPU == 0 { total[ResourceAmounts.cpu] += 100 }
      if requests.memoryBytes == 0 { total[ResourceAmounts.memory] += 200 << 20 }
    }
    return total
  }

  /// The host ports that the pod's containers take.
  package var hostPorts: [HostPort] {
    (initContainers.filter(\.isSidecar) + containers).flatMap { container in
      container.ports.compactMap { port in
        let number = port.hostPort != 0 ? port.hostPort : hostNetwork ? port.containerPort : 0
        guard number > 0 else { return nil }
        return HostPort(address: port.hostIP, protocol: port.protocol, port: number)
      }
    }
  }
}

/// A port of a host that a pod takes.
package struct HostPort: Hashable, Sendable {
  /// "" and "0.0.0.0" mean every address.
  package var address: String
  package var `protocol`: String
  package var port: Int32

  package init(address: String = "", protocol: String = "TCP", port: Int32) {
    self.address = address == "0.0.0.0" ? "" : address
    self.protocol = `protocol`.isEmpty ? "TCP" : `protocol`
    self.port = port
  }

  /// Whether both cannot be had on one host.
  package func conflicts(with other: HostPort) -> Bool {
    port == other.port && `protocol` == other.`protocol`
      && (address.isEmpty || other.address.isEmpty || address == other.address)
  }
}
