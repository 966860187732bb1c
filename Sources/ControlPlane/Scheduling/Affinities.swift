import KubernetesAPI
import PodRules

/// What required pod affinity and anti-affinity mean for placing one pod: in which topology domains it must, or must
/// not, be. Worked out once a pod, over all nodes; asked once a node. Pure.
package struct Affinities: Sendable {
  /// A label of nodes, and the values of it that are meant.
  private struct Domains: Sendable {
    var key: String
    var values: Set<String>
  }

  /// The node must be in one of each.
  private var required: [Domains] = []
  /// The node must be in none.
  private var forbidden: [Domains] = []
  /// The node must be in none, by the wish of pods that run already.
  private var repelling: [Domains] = []

  package init(
    _ pod: PodFootprint, _ cache: SchedulingCache, namespaceLabels: (String) -> [String: String] = { _ in [:] }
  ) {
    if !pod.affinity.isEmpty || !pod.antiAffinity.isEmpty {
      let nodes = cache.nodes
      func domains(_ term: CoreV1.PodAffinityTerm) -> Domains {
        var domains = Domains(key: term.topologyKey, values: [])
        for state in nodes {
          guard let value = state.node?.metadata.labels[term.topologyKey], !domains.values.contains(value) else {
            continue
          }
          let meant = state.pods.values.contains {
            term.selects($0.pod, from: pod.pod, namespaceLabels: namespaceLabels)
          }
          if meant { domains.values.insert(value) }
        }
        return domains
      }
      forbidden = pod.antiAffinity.map(domains)
      required = pod.affinity.map(domains)
      // The first of a group that wants to be together may go anywhere.
      let nobody = required.allSatisfy(\.values.isEmpty)
      let meansItself = pod.affinity.allSatisfy { $0.selects(pod.pod, from: pod.pod, namespaceLabels: namespaceLabels) }
      if nobody, meansItself { required = [] }
    }
    for (uid, name) in cache.repelling {
      guard let state = cache[name], let other = state.pods[uid] else { continue }
      for term in other.antiAffinity where term.selects(pod.pod, from: other.pod, namespaceLabels: namespaceLabels) {
        guard let value = state.node?.metadata.labels[term.topologyKey] else { continue }
        repelling.append(Domains(key: term.topologyKey, values: [value]))
      }
    }
  }

  /// Why a node is out of the question; `nil`: it is not.
  func reason(against node: CoreV1.Node) -> FilterReason? {
    let labels = node.metadata.labels
    func isIn(_ domains: Domains) -> Bool { labels[domains.key].map { domains.values.contains($0) } ?? false }
    if !required.allSatisfy(isIn) { return .affinity }
    if forbidden.contains(where: isIn) { return .antiAffinity }
    if repelling.contains(where: isIn) { return .repelled }
    return nil
  }
}
