package import KubernetesAPI

/// Whether a quota lets something in, and what it has used up then. Pure.
package enum QuotaVerdict: Sendable, Equatable {
  /// The quota is not about it, or nothing changes.
  case unconcerned
  /// Everything that is used, this included.
  case used([String: Quantity])
  /// Why not: the text behind `RESOURCE "NAME" is forbidden: `.
  case refused(String)

  /// - Parameters:
  ///   - change: what more is used; less, where negative. Without zeros.
  ///   - group, plural: the object's kind.
  package init<Object: KubernetesObject>(
    _ quota: CoreV1.ResourceQuota, _ object: Object, change: [String: Quantity]
  ) {
    let kind = Object.resource
    let hard = quota.status.hard
    let counted = QuotaUsage.resources(group: kind.group, plural: kind.plural, among: hard.keys)
    guard !counted.isEmpty, QuotaScopes.match(quota.spec, object) else {
      self = .unconcerned
      return
    }
    let name = quota.metadata.name
    if let pod = object as? CoreV1.Pod, let missing = Self.missing(counted, in: pod) {
      self = .refused("failed quota: \(name): must specify \(missing)")
      return
    }
    let unknown = counted.filter { quota.status.used[$0] == nil }
    guard unknown.isEmpty else {
      self = .refused("status unknown for quota: \(name), resources: \(counted.joined(separator: ","))")
      return
    }
    let requested = change.only(hard.keys)
    guard !requested.isEmpty else {
      self = .unconcerned
      return
    }
    let used = quota.status.used.adding(requested)
    // Who asks for less is let go even where more is used than is allowed.
    let exceeded = used.only(requested.filter { $0.value > Quantity() }.keys).exceeding(hard)
    guard exceeded.isEmpty else {
      self = .refused(
        "exceeded quota: \(name), requested: \(requested.only(exceeded).listed), "
          + "used: \(quota.status.used.only(exceeded).listed), limited: \(hard.only(exceeded).listed)")
      return
    }
    self = .used(used)
  }

  /// Where a quota limits processors or memory, every container has to say what it needs.
  private static let demanded: Set<String> = [
    "cpu", "memory", "requests.cpu", "requests.memory", "limits.cpu", "limits.memory",
  ]

  private static func missing(_ counted: [String], in pod: CoreV1.Pod) -> String? {
    var containers: [String: Set<String>] = [:]
    for container in pod.spec.containers + pod.spec.initContainers {
      let given = QuotaUsage.amounts(requests: container.resources.requests, limits: container.resources.limits)
      for name in counted where demanded.contains(name) && given[name] == nil {
        containers[name, default: []].insert(container.name)
      }
    }
    guard !containers.isEmpty else { return nil }
    return containers.sorted { $0.key < $1.key }.map { entry in
      "\(entry.key) for: \(entry.value.sorted().joined(separator: ","))"
    }.joined(separator: "; ")
  }
}
