package import KubernetesAPI

/// What an object takes of a namespace's quotas. Front-ends charge it when something is created, the quota controller
/// sums it up anew: both have to count the same.
package enum QuotaUsage {
  private static let hugePages = "hugepages-"
  private static let requests = "requests."
  private static let storageClass = ".storageclass.storage.k8s.io/"
  /// Kinds whose number also has a name of its own beside `count/…`.
  private static let plainCounts: Set<String> = [
    "configmaps", "resourcequotas", "replicationcontrollers", "secrets",
  ]

  /// Kinds that quotas do not look at.
  package static let ignored: Set<String> = ["events", "events.events.k8s.io"]

  /// `count/deployments.apps`, `count/pods`.
  package static func countName(group: String, plural: String) -> String {
    group.isEmpty ? "count/\(plural)" : "count/\(plural).\(group)"
  }

  /// What a quota of these resources counts of a kind; the names that are not of the kind are left out.
  package static func resources(group: String, plural: String, among names: some Sequence<String>) -> [String] {
    let count = countName(group: group, plural: plural)
    return names.filter { name in
      if name == count { return true }
      guard group.isEmpty else { return false }
      switch plural {
      case "pods":
        return podResources.contains(name) || name.hasPrefix(hugePages) || name.hasPrefix(requests + hugePages)
          || name.hasPrefix(requests) && isExtended(String(name.dropFirst(requests.count)))
      case "services": return ["services", "services.nodeports", "services.loadbalancers"].contains(name)
      case "persistentvolumeclaims":
        return ["persistentvolumeclaims", "requests.storage"].contains(name)
          || name.hasSuffix(storageClass + "persistentvolumeclaims")
          || name.hasSuffix(storageClass + "requests.storage")
      default: return plainCounts.contains(plural) && name == plural
      }
    }.sorted()
  }

  private static let podResources: Set<String> = [
    "pods", "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.ephemeral-storage",
    "limits.cpu", "limits.memory", "limits.ephemeral-storage",
  ]

  /// Somebody else's resource, such as a device's.
  private static func isExtended(_ name: String) -> Bool {
    name.contains("/") && !name.contains("kubernetes.io/") && !name.hasPrefix(requests)
  }

  // MARK: What an object takes

  /// An object of any kind. `now` in seconds since 1970, for pods that should have gone long ago.
  package static func usage(of object: some KubernetesObject, now: Int64) -> [String: Quantity] {
    switch object {
    case let pod as CoreV1.Pod: return usage(of: pod, now: now)
    case let service as CoreV1.Service: return usage(of: service)
    case let claim as CoreV1.PersistentVolumeClaim: return usage(of: claim)
    default:
      let resource = type(of: object).resource
      return usage(ofOne: resource.plural, group: resource.group)
    }
  }

  /// One object of a kind of which only the number counts.
  package static func usage(ofOne plural: String, group: String) -> [String: Quantity] {
    var usage = [countName(group: group, plural: plural): Quantity(1)]
    if group.isEmpty, plainCounts.contains(plural) { usage[plural] = Quantity(1) }
    return usage
  }

  /// A pod counts as an object as long as it is stored; what it computes with, and itself among `pods`, only until it
  /// has ended.
  package static func usage(of pod: CoreV1.Pod, now: Int64) -> [String: Quantity] {
    let count = ["count/pods": Quantity(1)]
    guard !pod.isFinished, !isOverdue(pod, now: now) else { return count }
    return count.adding(
      amounts(requests: pod.spec.totalRequests(overhead: true), limits: pod.spec.totalLimits(overhead: true)))
  }

  /// Whether a pod's time to stop has run out.
  private static func isOverdue(_ pod: CoreV1.Pod, now: Int64) -> Bool {
    guard let deletion = pod.metadata.deletionTimestamp, let grace = pod.metadata.deletionGracePeriodSeconds else {
      return false
    }
    return now > deletion.secondsSinceEpoch + grace
  }

  /// Requests and limits under the names that quotas have for them; `pods` included.
  package static func amounts(
    requests list: [String: Quantity], limits: [String: Quantity]
  ) -> [String: Quantity] {
    var usage = ["pods": Quantity(1)]
    for name in ["cpu", "memory", "ephemeral-storage"] {
      if let request = list[name] {
        usage[name] = request
        usage[requests + name] = request
      }
      if let limit = limits[name] { usage["limits." + name] = limit }
    }
    for (name, request) in list {
      if name.hasPrefix(hugePages) { usage[name] = request }
      if name.hasPrefix(hugePages) || isExtended(name) { usage[requests + name] = request }
    }
    return usage
  }

  package static func usage(of service: CoreV1.Service) -> [String: Quantity] {
    var usage = [
      "count/services": Quantity(1), "services": Quantity(1), "services.loadbalancers": Quantity(0),
      "services.nodeports": Quantity(0),
    ]
    let spec = service.spec
    switch spec.type {
    case "NodePort": usage["services.nodeports"] = Quantity(Int64(spec.ports.count))
    case "LoadBalancer":
      usage["services.loadbalancers"] = Quantity(1)
      let given =
        spec.allocateLoadBalancerNodePorts == false ? spec.ports.filter { $0.nodePort != 0 }.count : spec.ports.count
      usage["services.nodeports"] = Quantity(Int64(given))
    default: break
    }
    return usage
  }

  package static func usage(of claim: CoreV1.PersistentVolumeClaim) -> [String: Quantity] {
    var usage = ["count/persistentvolumeclaims": Quantity(1), "persistentvolumeclaims": Quantity(1)]
    let className = claim.className
    if !className.isEmpty { usage[className + storageClass + "persistentvolumeclaims"] = Quantity(1) }
    // While a claim grows it is charged with the larger size.
    guard var size = claim.spec.resources.requests["storage"] else { return usage }
    if let allocated = claim.status.allocatedResources["storage"] { size = max(size, allocated) }
    usage["requests.storage"] = size
    if !className.isEmpty { usage[className + storageClass + "requests.storage"] = size }
    return usage
  }
}

extension CoreV1.PersistentVolumeClaim {
  /// The storage class that the claim names, also in the older way by an annotation; "" if it names none.
  package var className: String {
    metadata.annotations["volume.beta.kubernetes.io/storage-class"] ?? spec.storageClassName ?? ""
  }
}
