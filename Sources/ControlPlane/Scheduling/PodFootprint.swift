// Scheduling: which node a pod goes to. Pure: `PodFootprint` and `NodeState` (what pods take and nodes have),
// `SchedulingCache`, `Filters`, `Affinities`, `Scores`, `Placement` (the choice), `SchedulingQueue` (whose turn it is).
// `SchedulerLoop` drives them from informers and binds; `SchedulerProcess` does so while it leads.

package import KubernetesAPI
package import PodRules

/// What placing a pod depends on, taken from the pod once.
package struct PodFootprint: Sendable {
  package let uid: String
  package let pod: CoreV1.Pod
  package let requests: ResourceAmounts
  /// What counts in scores: at least a little for each container.
  package let scoringRequests: ResourceAmounts
  package let hostPorts: [HostPort]
  /// Pods of one owner are spread over the nodes.
  package let ownerUID: String?
  package let affinity: [CoreV1.PodAffinityTerm]
  package let antiAffinity: [CoreV1.PodAffinityTerm]

  package init(_ pod: CoreV1.Pod) {
    self.pod = pod
    uid = pod.metadata.uid
    requests = pod.spec.effectiveRequests
    scoringRequests = pod.spec.scoringRequests
    hostPorts = pod.spec.hostPorts
    ownerUID = pod.metadata.controller?.uid
    affinity = pod.spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
    antiAffinity = pod.spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  }
}

/// A node with the pods that are on it, or on their way to it.
package struct NodeState: Sendable {
  package let name: String
  /// `nil`: pods name the node, but it is not known (any more).
  package internal(set) var node: CoreV1.Node? {
    didSet { allocatable = ResourceAmounts(node?.status.allocatable ?? [:]) }
  }
  package private(set) var allocatable = ResourceAmounts()
  package private(set) var requested = ResourceAmounts()
  package private(set) var scoringRequested = ResourceAmounts()
  package private(set) var pods: [String: PodFootprint] = [:]
  package private(set) var hostPorts: [HostPort] = []
  private var owners: [String: Int] = [:]

  package init(name: String) { self.name = name }

  /// Pods of an owner on this node.
  package func count(ofOwner uid: String) -> Int { owners[uid] ?? 0 }

  mutating func add(_ pod: PodFootprint) {
    remove(pod.uid)
    pods[pod.uid] = pod
    requested += pod.requests
    scoringRequested += pod.scoringRequests
    hostPorts += pod.hostPorts
    if let owner = pod.ownerUID { owners[owner, default: 0] += 1 }
  }

  mutating func remove(_ uid: String) {
    guard let pod = pods.removeValue(forKey: uid) else { return }
    requested -= pod.requests
    scoringRequested -= pod.scoringRequests
    for port in pod.hostPorts {
      if let index = hostPorts.firstIndex(of: port) { hostPorts.remove(at: index) }
    }
    if let owner = pod.ownerUID {
      let left = (owners[owner] ?? 1) - 1
      owners[owner] = left > 0 ? left : nil
    }
  }
}
