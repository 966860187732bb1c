package import KubernetesAPI
import PodRules

/// The nodes and what is on them, including pods that were just placed and whose binding is not yet seen. Pure.
package struct SchedulingCache: Sendable {
  private var states: [String: NodeState] = [:]
  /// Where each pod is counted.
  private var places: [String: String] = [:]
  private var assumed: Set<String> = []
  /// Pods with required anti-affinity: they keep others away. By uid.
  package private(set) var repelling: [String: String] = [:]
  /// The nodes that exist, in the order of their names.
  package private(set) var nodeNames: [String] = []

  package init() {}

  package subscript(node: String) -> NodeState? { states[node] }

  /// The nodes that exist.
  package var nodes: [NodeState] { nodeNames.compactMap { states[$0] } }

  package func isAssumed(_ uid: String) -> Bool { assumed.contains(uid) }

  /// Where a pod is counted, if it is.
  package func place(of uid: String) -> String? { places[uid] }

  package mutating func upsert(_ node: CoreV1.Node) {
    let name = node.metadata.name
    if states[name]?.node == nil {
      let index = nodeNames.firstIndex { $0 >= name } ?? nodeNames.endIndex
      nodeNames.insert(name, at: index)
    }
    states[name, default: NodeState(name: name)].node = node
  }

  package mutating func removeNode(_ name: String) {
    nodeNames.removeAll { $0 == name }
    states[name]?.node = nil
    if states[name]?.pods.isEmpty == true { states[name] = nil }
  }

  /// Takes a pod that is bound. One that has ended takes nothing any more.
  package mutating func upsert(bound pod: CoreV1.Pod) {
    let uid = pod.metadata.uid
    guard !pod.spec.nodeName.isEmpty, !pod.isFinished else { return remove(uid) }
    assumed.remove(uid)
    put(PodFootprint(pod), on: pod.spec.nodeName)
  }

  /// Counts a pod on a node before its binding is seen.
  package mutating func assume(_ pod: PodFootprint, on node: String) {
    assumed.insert(pod.uid)
    put(pod, on: node)
  }

  /// Takes an assumed pod back: its binding failed. One whose binding was seen meanwhile stays.
  package mutating func forget(_ uid: String) {
    if assumed.contains(uid) { remove(uid) }
  }

  package mutating func remove(_ uid: String) {
    assumed.remove(uid)
    repelling[uid] = nil
    guard let node = places.removeValue(forKey: uid) else { return }
    states[node]?.remove(uid)
    if let state = states[node], state.node == nil, state.pods.isEmpty { states[node] = nil }
  }

  private mutating func put(_ pod: PodFootprint, on node: String) {
    if let place = places[pod.uid], place != node { states[place]?.remove(pod.uid) }
    states[node, default: NodeState(name: node)].add(pod)
    places[pod.uid] = node
    repelling[pod.uid] = pod.antiAffinity.isEmpty ? nil : node
  }
}
