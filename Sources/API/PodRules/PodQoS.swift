package import KubernetesAPI

/// Quality of service: who is stopped first when a node runs out of memory.
package enum PodQoS: String, Sendable, CaseIterable {
  case guaranteed = "Guaranteed"
  case burstable = "Burstable"
  case bestEffort = "BestEffort"

  /// Guaranteed: every container has CPU and memory limits, and its requests equal them. BestEffort: none has any
  /// request or limit of either. Burstable: the rest.
  package init(_ spec: CoreV1.PodSpec) {
    var anything = false
    var guaranteed = true
    var all = (spec.initContainers + spec.containers).map(\.resources)
    if let resources = spec.resources { all = [resources] }
    for resources in all {
      for name in [ResourceAmounts.cpu, ResourceAmounts.memory] {
        let limit = resources.limits[name].flatMap { $0.isZero ? nil : $0 }
        let request = resources.requests[name].flatMap { $0.isZero ? nil : $0 }
        if limit != nil || request != nil { anything = true }
        if limit == nil || (request ?? limit) != limit { guaranteed = false }
      }
    }
    self = !anything ? .bestEffort : guaranteed ? .guaranteed : .burstable
  }
}
