package import KubernetesAPI
import PodRules

/// A Service's Endpoints object: the older form of endpoint slices. Pure.
package enum EndpointsRules {
  /// Addresses in one object at most.
  package static let capacity = 1000

  static let managerLabel = "endpoints.kubernetes.io/managed-by"
  static let manager = "endpoint-controller"
  static let overCapacity = "endpoints.kubernetes.io/over-capacity"

  /// The object as it should be, made from the one there is, if there is one.
  package static func desired(
    _ service: CoreV1.Service, pods: [CoreV1.Pod], existing: CoreV1.Endpoints?
  ) -> CoreV1.Endpoints {
    var endpoints = existing ?? CoreV1.Endpoints()
    endpoints.metadata.name = service.metadata.name
    endpoints.metadata.namespace = service.metadata.namespace
    var labels = service.metadata.labels
    labels[managerLabel] = manager
    labels[EndpointSliceRules.headlessLabel] = EndpointRules.isHeadless(service) ? "" : nil
    endpoints.metadata.labels = labels
    let (subsets, truncated) = subsets(service, pods: pods)
    endpoints.subsets = subsets
    endpoints.metadata.annotations[overCapacity] = truncated ? "truncated" : nil
    return endpoints
  }

  static func subsets(
    _ service: CoreV1.Service, pods: [CoreV1.Pod]
  ) -> (subsets: [CoreV1.EndpointSubset], truncated: Bool) {
    let everyone = service.spec.publishNotReadyAddresses
    let candidates = pods.filter { EndpointRules.isCandidate($0) && (everyone || !$0.isTerminating) }
    // When not all fit, those that are ready do first.
    let ordered = candidates.sorted { left, right in
      if left.isReady != right.isReady { return left.isReady }
      return (left.status.podIP, left.metadata.name) < (right.status.podIP, right.metadata.name)
    }
    var groups: [[EndpointRules.Port]: CoreV1.EndpointSubset] = [:]
    for pod in ordered.prefix(capacity) {
      let ports = EndpointRules.ports(service, pod).sorted()
      if ports.isEmpty, !service.spec.ports.isEmpty { continue }
      var address = CoreV1.EndpointAddress()
      address.ip = pod.status.podIP
      address.hostname = EndpointRules.hostname(service, pod) ?? ""
      address.nodeName = pod.spec.nodeName.isEmpty ? nil : pod.spec.nodeName
      address.targetRef = EndpointRules.reference(pod)
      if everyone || pod.isReady {
        groups[ports, default: CoreV1.EndpointSubset()].addresses.append(address)
      } else {
        groups[ports, default: CoreV1.EndpointSubset()].notReadyAddresses.append(address)
      }
    }
    let subsets = groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ports, subset in
      var subset = subset
      subset.ports = ports.map { port in
        var result = CoreV1.EndpointPort()
        result.name = port.name
        result.protocol = port.protocol
        result.port = port.port
        result.appProtocol = port.appProtocol
        return result
      }
      return subset
    }
    return (subsets, ordered.count > capacity)
  }
}
