import JSONDocument
import KubernetesAPI

/// Nodes. A kubelet registers itself together with its first status.
struct NodeKind: KindRules {
  typealias Object = CoreV1.Node
  static let taintEffects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]

  let storagePath = "minions"
  let selectableFields = [SelectableField("spec.unschedulable", absent: "false")]

  func prepareForCreate(_ node: inout CoreV1.Node) { alignRanges(&node.spec) }

  func prepareForUpdate(_ node: inout CoreV1.Node, from old: CoreV1.Node) {
    node.status = old.status
    alignRanges(&node.spec)
  }

  /// `podCIDR` is the first of `podCIDRs`; whoever sets one of them sets both.
  private func alignRanges(_ spec: inout CoreV1.NodeSpec) {
    if spec.podCIDRs.isEmpty, !spec.podCIDR.isEmpty {
      spec.podCIDRs = [spec.podCIDR]
    } else if spec.podCIDR.isEmpty, let first = spec.podCIDRs.first {
      spec.podCIDR = first
    }
  }

  func validate(_ node: CoreV1.Node, into errors: inout [FieldError]) {
    validate(node.spec.taints, into: &errors)
    validateAmounts(node.status, into: &errors)
    validateRanges(node.spec, FieldPath("spec.podCIDRs"), into: &errors)
  }

  private func validate(_ taints: [CoreV1.Taint], into errors: inout [FieldError]) {
    // Kubernetes puts them there.
    let path = FieldPath("metadata.taints")
    var seen: Set<String> = []
    for (index, taint) in taints.enumerated() {
      let path = path.index(index)
      for problem in NameRules.qualifiedName(taint.key) {
        errors.append(.invalid(path.child("key"), taint.key, problem))
      }
      for problem in NameRules.labelValue(taint.value) {
        errors.append(.invalid(path.child("value"), taint.value, problem))
      }
      if taint.effect.isEmpty {
        errors.append(.required(path.child("effect")))
      } else if !Self.taintEffects.contains(taint.effect) {
        errors.append(.notSupported(path.child("effect"), taint.effect, supported: Self.taintEffects))
      }
      if !seen.insert("\(taint.key)\u{0}\(taint.effect)").inserted {
        errors.append(
          .duplicate(
            path, rendered: String(decoding: taint.jsonBytes, as: UTF8.self),
            "taints must be unique by key and effect pair"))
      }
    }
  }

  private func validateAmounts(_ status: CoreV1.NodeStatus, into errors: inout [FieldError]) {
    for (list, amounts) in [("capacity", status.capacity), ("allocatable", status.allocatable)] {
      for (name, amount) in amounts.sorted(by: { $0.key < $1.key }) {
        ResourceRules.amount(amount, of: name, FieldPath("status").child(list, name), into: &errors)
      }
    }
  }

  private func validateRanges(_ spec: CoreV1.NodeSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    if let first = spec.podCIDRs.first, !spec.podCIDR.isEmpty, first != spec.podCIDR {
      errors.append(.invalid(path.index(0), first, "must be the same as `podCIDR`, if both are set"))
    }
    for (index, range) in spec.podCIDRs.enumerated() { IPRules.range(range, path.index(index), into: &errors) }
    guard spec.podCIDRs.count > 1 else { return }
    if spec.podCIDRs.count > 2 || Set(spec.podCIDRs.map { IPRange($0)?.family }).count < 2 {
      errors.append(
        .invalid(path, texts: spec.podCIDRs, "may specify no more than one CIDR for each IP family"))
    }
    var seen: Set<String> = []
    for (index, range) in spec.podCIDRs.enumerated() where !seen.insert(range).inserted {
      errors.append(.duplicate(path.index(index), range))
    }
  }

  func validateUpdate(_ node: CoreV1.Node, from old: CoreV1.Node, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    if !old.spec.podCIDR.isEmpty, node.spec.podCIDR != old.spec.podCIDR || node.spec.podCIDRs != old.spec.podCIDRs {
      errors.append(
        .forbidden(path.child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid"))
    }
    if !old.spec.providerID.isEmpty, node.spec.providerID != old.spec.providerID {
      errors.append(
        .forbidden(path.child("providerID"), "node updates may not change providerID except from \"\" to valid"))
    }
    if node.spec.externalID != old.spec.externalID {
      errors.append(.forbidden(path.child("externalID"), "may not be updated"))
    }
  }

  func object(_ current: CoreV1.Node, withStatusOf sent: CoreV1.Node) -> CoreV1.Node {
    var result = sent
    result.spec = current.spec
    return result
  }

  func validateStatusUpdate(_ node: CoreV1.Node, from old: CoreV1.Node, into errors: inout [FieldError]) {
    validateAmounts(node.status, into: &errors)
    var seen: Set<String> = []
    for (index, address) in node.status.addresses.enumerated()
    where !seen.insert("\(address.type) \(address.address)").inserted {
      errors.append(
        .duplicate(
          FieldPath("status.addresses").index(index), rendered: String(decoding: address.jsonBytes, as: UTF8.self)))
    }
  }

  func cells(_ node: CoreV1.Node, now: Int64) -> [JSONValue] {
    let info = node.status.nodeInfo
    return [
      .string(node.metadata.name), .string(status(node)), .string(roles(node)), TableCells.age(node.metadata, now),
      .string(info.kubeletVersion), address("InternalIP", of: node), address("ExternalIP", of: node),
      TableCells.text(info.osImage, or: "<unknown>"), TableCells.text(info.kernelVersion, or: "<unknown>"),
      TableCells.text(info.containerRuntimeVersion, or: "<unknown>"),
    ]
  }

  private func status(_ node: CoreV1.Node) -> String {
    let ready = node.status.conditions.first { $0.type == "Ready" }
    var words = [ready.map { $0.status == "True" ? "Ready" : "NotReady" } ?? "Unknown"]
    if node.spec.unschedulable { words.append("SchedulingDisabled") }
    return words.joined(separator: ",")
  }

  private func roles(_ node: CoreV1.Node) -> String {
    let prefix = "node-role.kubernetes.io/"
    let roles = node.metadata.labels.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
    return roles.isEmpty ? "<none>" : roles.sorted().joined(separator: ",")
  }

  private func address(_ type: String, of node: CoreV1.Node) -> JSONValue {
    TableCells.text(node.status.addresses.first { $0.type == type }?.address ?? "")
  }
}
