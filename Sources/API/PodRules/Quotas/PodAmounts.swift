package import KubernetesAPI

/// What a pod as a whole asks for and is limited to, in exact amounts.
///
/// Containers run side by side and add up; init containers run one after the other, beside the sidecars that began
/// before them: what counts is the larger of the two. (`ResourceAmounts` says the same in whole units, for scheduling.)
extension CoreV1.PodSpec {
  /// The sum of the requests. `overhead`: whether what the sandbox itself needs is counted.
  package func totalRequests(overhead counts: Bool) -> [String: Quantity] {
    let sum = total { $0.requests }
    return counts ? sum.adding(overhead) : sum
  }

  /// The sum of the limits; the overhead counts for resources that are limited at all.
  package func totalLimits(overhead counts: Bool) -> [String: Quantity] {
    let sum = total { $0.limits }
    return counts ? sum.adding(overhead.only(sum.withoutZeros.keys)) : sum
  }

  private func total(_ amounts: (CoreV1.ResourceRequirements) -> [String: Quantity]) -> [String: Quantity] {
    var running: [String: Quantity] = [:]
    for container in containers { running = running.adding(amounts(container.resources)) }
    var sidecars: [String: Quantity] = [:]
    var peak: [String: Quantity] = [:]
    for container in initContainers {
      let own = amounts(container.resources)
      if container.isSidecar {
        running = running.adding(own)
        sidecars = sidecars.adding(own)
        peak = peak.union(sidecars)
      } else {
        peak = peak.union(own.adding(sidecars))
      }
    }
    return running.union(peak)
  }
}
