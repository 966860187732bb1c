package import KubernetesAPI

/// Which objects a quota is about, beyond the names of its resources.
package enum QuotaScopes {
  /// What a quota's scopes, in both notations, ask for.
  package static func requirements(
    _ spec: CoreV1.ResourceQuotaSpec
  ) -> [CoreV1.ScopedResourceSelectorRequirement] {
    spec.scopes.map { CoreV1.ScopedResourceSelectorRequirement(scopeName: $0, operator: "Exists") }
      + (spec.scopeSelector?.matchExpressions ?? [])
  }

  /// Whether a quota counts that object; without scopes it counts all.
  package static func match(_ spec: CoreV1.ResourceQuotaSpec, _ object: some KubernetesObject) -> Bool {
    requirements(spec).allSatisfy { requirement in
      switch object {
      case let pod as CoreV1.Pod: matches(requirement, pod)
      case let claim as CoreV1.PersistentVolumeClaim: matches(requirement, claim)
      default: false
      }
    }
  }

  private static func matches(_ requirement: CoreV1.ScopedResourceSelectorRequirement, _ pod: CoreV1.Pod) -> Bool {
    switch requirement.scopeName {
    case "Terminating": return isTerminating(pod)
    case "NotTerminating": return !isTerminating(pod)
    case "BestEffort": return PodQoS(pod.spec) == .bestEffort
    case "NotBestEffort": return PodQoS(pod.spec) != .bestEffort
    case "PriorityClass": return holds(requirement, of: pod.spec.priorityClassName)
    case "CrossNamespacePodAffinity": return reachesOtherNamespaces(pod)
    default: return false
    }
  }

  private static func matches(
    _ requirement: CoreV1.ScopedResourceSelectorRequirement, _ claim: CoreV1.PersistentVolumeClaim
  ) -> Bool {
    guard requirement.scopeName == "VolumeAttributesClass" else { return false }
    return holds(requirement, of: claim.spec.volumeAttributesClassName ?? "")
  }

  /// A pod with an end: not one that is being deleted.
  private static func isTerminating(_ pod: CoreV1.Pod) -> Bool { (pod.spec.activeDeadlineSeconds ?? -1) >= 0 }

  /// "" stands for a name that is not given.
  private static func holds(_ requirement: CoreV1.ScopedResourceSelectorRequirement, of name: String) -> Bool {
    switch requirement.operator {
    case "Exists": return !name.isEmpty
    case "DoesNotExist": return name.isEmpty
    case "In": return !name.isEmpty && requirement.values.contains(name)
    case "NotIn": return !requirement.values.contains(name)
    default: return false
    }
  }

  /// Whether a pod's affinity names other namespaces, which costs those who run pods there.
  private static func reachesOtherNamespaces(_ pod: CoreV1.Pod) -> Bool {
    guard let affinity = pod.spec.affinity else { return false }
    let required =
      (affinity.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [])
      + (affinity.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [])
    let preferred =
      (affinity.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
      + (affinity.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
    return (required + preferred.map(\.podAffinityTerm)).contains {
      !$0.namespaces.isEmpty || $0.namespaceSelector != nil
    }
  }
}
