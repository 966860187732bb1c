package import KubernetesAPI
import PodRules

/// A Service's endpoint slices: what they should be, and the fewest writes that get them there. Pure.
package enum EndpointSliceRules {
  /// Endpoints in one slice at most.
  package static let capacity = 100

  static let serviceLabel = "kubernetes.io/service-name"
  static let managerLabel = "endpointslice.kubernetes.io/managed-by"
  static let manager = "endpointslice-controller.k8s.io"
  static let headlessLabel = "service.kubernetes.io/headless"

  /// Writes that bring the slices in line.
  package struct Plan: Equatable {
    package var create: [DiscoveryV1.EndpointSlice] = []
    package var update: [DiscoveryV1.EndpointSlice] = []
    package var delete: [DiscoveryV1.EndpointSlice] = []

    package var isEmpty: Bool { create.isEmpty && update.isEmpty && delete.isEmpty }
  }

  /// What a set of slices is about: the slices of one kind of address with the same ports.
  private struct Group: Hashable {
    var addressType: String
    var ports: [EndpointRules.Port]
  }

  package static func plan(
    _ service: CoreV1.Service, pods: [CoreV1.Pod], existing: [DiscoveryV1.EndpointSlice]
  ) -> Plan {
    var wanted: [Group: [String: DiscoveryV1.Endpoint]] = [:]
    for pod in pods where EndpointRules.isCandidate(pod) {
      let ports = EndpointRules.ports(service, pod).sorted()
      // A headless Service may have no ports at all; one with ports that the pod lacks does not reach it.
      if ports.isEmpty, !service.spec.ports.isEmpty { continue }
      for address in addresses(pod, of: service) {
        let group = Group(addressType: address.contains(":") ? "IPv6" : "IPv4", ports: ports)
        wanted[group, default: [:]][pod.metadata.uid] = endpoint(service, pod, address: address)
      }
    }

    var plan = Plan()
    var taken = Set(existing.map(\.metadata.name))
    var slices: [Group: [DiscoveryV1.EndpointSlice]] = [:]
    for slice in existing.sorted(by: { $0.metadata.name < $1.metadata.name }) {
      let group = Group(addressType: slice.addressType, ports: slice.ports.map(port).sorted())
      if wanted[group] != nil { slices[group, default: []].append(slice) } else { plan.delete.append(slice) }
    }
    for (group, endpoints) in wanted.sorted(by: {
      $0.key.addressType < $1.key.addressType || $0.key.ports.lexicographicallyPrecedes($1.key.ports)
    }) {
      fill(group, endpoints, slices[group] ?? [], service, &taken, &plan)
    }
    keepPlaceholder(service, &taken, &plan, hasWanted: !wanted.isEmpty)
    return plan
  }

  /// Leaves endpoints in the slices they are in, fills up what has room, and adds slices for the rest.
  private static func fill(
    _ group: Group, _ endpoints: [String: DiscoveryV1.Endpoint], _ slices: [DiscoveryV1.EndpointSlice],
    _ service: CoreV1.Service, _ taken: inout Set<String>, _ plan: inout Plan
  ) {
    var missing = endpoints
    var drafts: [(before: DiscoveryV1.EndpointSlice, after: DiscoveryV1.EndpointSlice)] = []
    for slice in slices {
      var draft = slice
      decorate(&draft, for: service)
      draft.endpoints = slice.endpoints.compactMap { old in
        missing.removeValue(forKey: old.targetRef?.uid ?? "")
      }
      drafts.append((slice, draft))
    }
    var rest = missing.sorted { order($0.value) < order($1.value) }.map(\.value)
    for index in drafts.indices where !rest.isEmpty {
      let room = capacity - drafts[index].after.endpoints.count
      drafts[index].after.endpoints += rest.prefix(max(0, room))
      rest.removeFirst(min(max(0, room), rest.count))
    }
    var filled = false
    for (before, after) in drafts {
      if after.endpoints.isEmpty {
        plan.delete.append(before)
      } else {
        filled = true
        if after != before { plan.update.append(after) }
      }
    }
    while !rest.isEmpty {
      plan.create.append(newSlice(group, Array(rest.prefix(capacity)), service, &taken))
      rest.removeFirst(min(capacity, rest.count))
      filled = true
    }
    assert(filled || endpoints.isEmpty)
  }

  /// A Service without endpoints still has one slice, so that readers can tell "none" from "not yet known".
  private static func keepPlaceholder(
    _ service: CoreV1.Service, _ taken: inout Set<String>, _ plan: inout Plan, hasWanted: Bool
  ) {
    guard !hasWanted else { return }
    if let index = plan.delete.firstIndex(where: { $0.addressType == "IPv4" }) {
      let before = plan.delete.remove(at: index)
      var after = before
      decorate(&after, for: service)
      after.endpoints = []
      after.ports = []
      if after != before { plan.update.append(after) }
    } else {
      plan.create.append(newSlice(Group(addressType: "IPv4", ports: []), [], service, &taken))
    }
  }

  private static func addresses(_ pod: CoreV1.Pod, of service: CoreV1.Service) -> [String] {
    let all = pod.status.podIPs.isEmpty ? [pod.status.podIP] : pod.status.podIPs.map(\.ip)
    let families = service.spec.ipFamilies
    return all.filter { address in
      families.isEmpty || families.contains(address.contains(":") ? "IPv6" : "IPv4")
    }
  }

  static func endpoint(_ service: CoreV1.Service, _ pod: CoreV1.Pod, address: String) -> DiscoveryV1.Endpoint {
    var endpoint = DiscoveryV1.Endpoint()
    endpoint.addresses = [address]
    endpoint.conditions.serving = pod.isReady
    endpoint.conditions.terminating = pod.isTerminating
    endpoint.conditions.ready = service.spec.publishNotReadyAddresses || (pod.isReady && !pod.isTerminating)
    endpoint.nodeName = pod.spec.nodeName.isEmpty ? nil : pod.spec.nodeName
    endpoint.hostname = EndpointRules.hostname(service, pod)
    endpoint.targetRef = EndpointRules.reference(pod)
    return endpoint
  }

  private static func order(_ endpoint: DiscoveryV1.Endpoint) -> String { endpoint.targetRef?.name ?? "" }

  private static func port(_ port: DiscoveryV1.EndpointPort) -> EndpointRules.Port {
    EndpointRules.Port(
      name: port.name ?? "", protocol: port.protocol ?? "TCP", port: port.port ?? 0, appProtocol: port.appProtocol)
  }

  private static func newSlice(
    _ group: Group, _ endpoints: [DiscoveryV1.Endpoint], _ service: CoreV1.Service, _ taken: inout Set<String>
  ) -> DiscoveryV1.EndpointSlice {
    var slice = DiscoveryV1.EndpointSlice()
    slice.metadata.namespace = service.metadata.namespace
    slice.metadata.name = freeName(service, group, &taken)
    slice.metadata.ownerReferences = [service.ownerReference()]
    slice.addressType = group.addressType
    slice.endpoints = endpoints
    slice.ports = group.ports.map { port in
      var result = DiscoveryV1.EndpointPort()
      result.name = port.name
      result.protocol = port.protocol
      result.port = port.port
      result.appProtocol = port.appProtocol
      return result
    }
    decorate(&slice, for: service)
    return slice
  }

  /// A name that follows from the Service and the ports: made twice from a stale cache, it is a conflict, not a
  /// second slice.
  private static func freeName(_ service: CoreV1.Service, _ group: Group, _ taken: inout Set<String>) -> String {
    var index = 0
    while true {
      var hash: UInt32 = 2_166_136_261
      let ports = group.ports.map { "\($0.name)/\($0.protocol)/\($0.port)" }.joined(separator: ",")
      for byte in "\(service.metadata.uid)|\(group.addressType)|\(ports)|\(index)".utf8 {
        hash = (hash ^ UInt32(byte)) &* 16_777_619
      }
      let name = "\(service.metadata.name)-\(DeploymentRules.safeName(hash))"
      if taken.insert(name).inserted { return name }
      index += 1
    }
  }

  private static func decorate(_ slice: inout DiscoveryV1.EndpointSlice, for service: CoreV1.Service) {
    var labels = service.metadata.labels
    labels[serviceLabel] = service.metadata.name
    labels[managerLabel] = manager
    labels[headlessLabel] = EndpointRules.isHeadless(service) ? "" : nil
    slice.metadata.labels = labels
  }
}
