import KubernetesAPI

/// What holds for the places where a pod, or a volume, wants to be.
enum AffinityRules {
  static func validate(_ affinity: CoreV1.Affinity?, _ path: FieldPath, into errors: inout [FieldError]) {
    guard let affinity else { return }
    let required = "requiredDuringSchedulingIgnoredDuringExecution"
    let preferred = "preferredDuringSchedulingIgnoredDuringExecution"
    if let node = affinity.nodeAffinity {
      let path = path.child("nodeAffinity")
      if let selector = node.requiredDuringSchedulingIgnoredDuringExecution {
        nodeSelector(selector, path.child(required), into: &errors)
      }
      for (index, term) in node.preferredDuringSchedulingIgnoredDuringExecution.enumerated() {
        let path = path.child(preferred).index(index)
        weight(term.weight, path.child("weight"), into: &errors)
        self.term(term.preference, path.child("preference"), into: &errors)
      }
    }
    func pods(
      _ name: String, _ terms: [CoreV1.PodAffinityTerm]?, _ weighted: [CoreV1.WeightedPodAffinityTerm]?
    ) {
      let path = path.child(name)
      for (index, term) in (terms ?? []).enumerated() {
        podTerm(term, path.child(required).index(index), into: &errors)
      }
      for (index, term) in (weighted ?? []).enumerated() {
        let path = path.child(preferred).index(index)
        weight(term.weight, path.child("weight"), into: &errors)
        podTerm(term.podAffinityTerm, path.child("podAffinityTerm"), into: &errors)
      }
    }
    pods(
      "podAffinity", affinity.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution,
      affinity.podAffinity?.preferredDuringSchedulingIgnoredDuringExecution)
    pods(
      "podAntiAffinity", affinity.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution,
      affinity.podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution)
  }

  private static func weight(_ weight: Int32, _ path: FieldPath, into errors: inout [FieldError]) {
    if !(1...100).contains(weight) { errors.append(.invalid(path, weight, "must be in the range 1-100")) }
  }

  // MARK: Nodes

  static func nodeSelector(_ selector: CoreV1.NodeSelector, _ path: FieldPath, into errors: inout [FieldError]) {
    let terms = path.child("nodeSelectorTerms")
    if selector.nodeSelectorTerms.isEmpty {
      errors.append(.required(terms, "must have at least one node selector term"))
    }
    for (index, term) in selector.nodeSelectorTerms.enumerated() {
      self.term(term, terms.index(index), into: &errors)
    }
  }

  private static func term(_ term: CoreV1.NodeSelectorTerm, _ path: FieldPath, into errors: inout [FieldError]) {
    for (index, requirement) in term.matchExpressions.enumerated() {
      let path = path.child("matchExpressions").index(index)
      let values = path.child("values")
      switch requirement.operator {
      case "In", "NotIn":
        if requirement.values.isEmpty {
          errors.append(.required(values, "must be specified when `operator` is 'In' or 'NotIn'"))
        }
      case "Exists", "DoesNotExist":
        if !requirement.values.isEmpty {
          errors.append(
            .forbidden(values, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
        }
      case "Gt", "Lt":
        if requirement.values.count != 1 {
          errors.append(.required(values, "must be specified single value when `operator` is 'Lt' or 'Gt'"))
        }
      default:
        errors.append(.invalid(path.child("operator"), requirement.operator, "not a valid selector operator"))
      }
      ValueRules.name(requirement.key, path.child("key"), NameRules.qualifiedName, into: &errors)
    }
    for (index, requirement) in term.matchFields.enumerated() {
      let path = path.child("matchFields").index(index)
      switch requirement.operator {
      case "In", "NotIn":
        if requirement.values.count != 1 {
          errors.append(
            .required(
              path.child("values"),
              "must be only one value when `operator` is 'In' or 'NotIn' for node field selector"))
        }
      default:
        errors.append(.invalid(path.child("operator"), requirement.operator, "not a valid selector operator"))
      }
      if requirement.key == "metadata.name" {
        for (index, value) in requirement.values.enumerated() {
          ValueRules.name(value, path.child("values").index(index), NameRules.dnsSubdomain, into: &errors)
        }
      } else {
        errors.append(.invalid(path.child("key"), requirement.key, "not a valid field selector key"))
      }
    }
  }

  // MARK: Pods

  private static func podTerm(
    _ term: CoreV1.PodAffinityTerm, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    SelectorRules.validate(term.labelSelector, path.child("labelSelector"), into: &errors)
    SelectorRules.validate(term.namespaceSelector, path.child("namespaceSelector"), into: &errors)
    for namespace in term.namespaces {
      ValueRules.name(namespace, path.child("namespace"), NameRules.dnsLabel, into: &errors)
    }
    matchLabelKeys(term.matchLabelKeys, path.child("matchLabelKeys"), term.labelSelector, into: &errors)
    matchLabelKeys(term.mismatchLabelKeys, path.child("mismatchLabelKeys"), term.labelSelector, into: &errors)
    for (index, key) in term.matchLabelKeys.enumerated() where term.mismatchLabelKeys.contains(key) {
      errors.append(
        .invalid(path.child("matchLabelKeys").index(index), key, "exists in both matchLabelKeys and mismatchLabelKeys"))
    }
    topologyKey(term.topologyKey, path.child("topologyKey"), into: &errors)
  }

  static func topologyKey(_ key: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if key.isEmpty {
      errors.append(.required(path, "can not be empty"))
    } else {
      ValueRules.name(key, path, NameRules.qualifiedName, into: &errors)
    }
  }

  /// Keys whose values come from the pod itself.
  static func matchLabelKeys(
    _ keys: [String], _ path: FieldPath, _ selector: MetaV1.LabelSelector?, selectorMayHaveThem: Bool = true,
    into errors: inout [FieldError]
  ) {
    guard !keys.isEmpty else { return }
    guard let selector else {
      errors.append(.forbidden(path, "must not be specified when labelSelector is not set"))
      return
    }
    let known = Set(selector.matchLabels.keys).union(selector.matchExpressions.map(\.key))
    for (index, key) in keys.enumerated() {
      ValueRules.name(key, path.index(index), NameRules.qualifiedName, into: &errors)
      if !selectorMayHaveThem, known.contains(key) {
        errors.append(.invalid(path.index(index), key, "exists in both matchLabelKeys and labelSelector"))
      }
    }
  }

  // MARK: Spreading

  static func spread(
    _ constraints: [CoreV1.TopologySpreadConstraint], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var seen: Set<String> = []
    for (index, constraint) in constraints.enumerated() {
      let path = path.index(index)
      ValueRules.positive(constraint.maxSkew, path.child("maxSkew"), into: &errors)
      topologyKey(constraint.topologyKey, path.child("topologyKey"), into: &errors)
      let when = constraint.whenUnsatisfiable
      if !["DoNotSchedule", "ScheduleAnyway"].contains(when) {
        errors.append(
          .notSupported(path.child("whenUnsatisfiable"), when, supported: ["DoNotSchedule", "ScheduleAnyway"]))
      }
      let pair = "{\(constraint.topologyKey), \(when)}"
      if !seen.insert(pair).inserted {
        errors.append(.duplicate(path.child("{topologyKey, whenUnsatisfiable}"), pair))
      }
      if let domains = constraint.minDomains {
        ValueRules.positive(domains, path.child("minDomains"), into: &errors)
        if when != "DoNotSchedule" {
          errors.append(
            .invalid(
              path.child("minDomains"), domains,
              "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not \(when)"))
        }
      }
      for (name, policy) in [
        ("nodeAffinityPolicy", constraint.nodeAffinityPolicy), ("nodeTaintsPolicy", constraint.nodeTaintsPolicy),
      ] { ValueRules.optionalChoice(policy, of: ["Honor", "Ignore"], path.child(name), into: &errors) }
      matchLabelKeys(
        constraint.matchLabelKeys, path.child("matchLabelKeys"), constraint.labelSelector, selectorMayHaveThem: false,
        into: &errors)
      SelectorRules.validate(constraint.labelSelector, path.child("labelSelector"), into: &errors)
    }
  }
}
