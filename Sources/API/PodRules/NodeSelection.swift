package import KubernetesAPI

extension CoreV1.NodeSelectorRequirement {
  /// Whether a label, or a field, with this value (`nil`: absent) satisfies the requirement. An unknown operator is
  /// satisfied by nothing.
  package func matches(_ value: String?) -> Bool {
    switch `operator` {
    case "In": return value.map { values.contains($0) } ?? false
    case "NotIn": return value.map { !values.contains($0) } ?? true
    case "Exists": return value != nil
    case "DoesNotExist": return value == nil
    case "Gt", "Lt":
      guard let value, let number = Int64(value), values.count == 1, let bound = Int64(values[0]) else { return false }
      return `operator` == "Gt" ? number > bound : number < bound
    default: return false
    }
  }
}

extension CoreV1.NodeSelectorTerm {
  /// Whether a node satisfies every requirement; a term without any is satisfied by no node.
  package func matches(_ node: CoreV1.Node) -> Bool {
    guard !matchExpressions.isEmpty || !matchFields.isEmpty else { return false }
    return matchExpressions.allSatisfy { $0.matches(node.metadata.labels[$0.key]) }
      && matchFields.allSatisfy { $0.key == "metadata.name" && $0.matches(node.metadata.name) }
  }
}

extension CoreV1.NodeSelector {
  /// Whether a node satisfies one of the terms.
  package func matches(_ node: CoreV1.Node) -> Bool { nodeSelectorTerms.contains { $0.matches(node) } }
}

extension CoreV1.PodSpec {
  /// Whether the node has the labels of `nodeSelector` and satisfies the required node affinity.
  package func admits(_ node: CoreV1.Node) -> Bool {
    for (key, value) in nodeSelector where node.metadata.labels[key] != value { return false }
    guard let required = affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution else { return true }
    return required.matches(node)
  }

  /// The sum of the weights of the preferred node affinity's terms that the node satisfies.
  package func preference(for node: CoreV1.Node) -> Int {
    (affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [])
      .reduce(0) { $0 + ($1.preference.matches(node) ? Int($1.weight) : 0) }
  }
}

extension CoreV1.PodAffinityTerm {
  /// Whether another pod is one that the term speaks of. `namespaceLabels` gives a namespace's labels, for terms that
  /// select namespaces.
  package func selects(
    _ pod: CoreV1.Pod, from own: CoreV1.Pod, namespaceLabels: (String) -> [String: String] = { _ in [:] }
  ) -> Bool {
    let namespace = pod.metadata.namespace
    var concerns = namespaces.contains(namespace)
    if let namespaceSelector {
      concerns = concerns || namespaceSelector.matches(namespaceLabels(namespace))
    } else if namespaces.isEmpty {
      concerns = namespace == own.metadata.namespace
    }
    guard concerns, let labelSelector else { return false }
    return labelSelector.matches(pod.metadata.labels)
  }
}
