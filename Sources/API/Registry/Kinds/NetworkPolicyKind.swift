import JSONDocument
import KubernetesAPI

/// NetworkPolicies.
struct NetworkPolicyKind: KindRules {
  typealias Object = NetworkingV1.NetworkPolicy

  let storagePath = "networkpolicies"
  let countsGenerations = true

  func wantsDiffer(_ policy: NetworkingV1.NetworkPolicy, _ old: NetworkingV1.NetworkPolicy) -> Bool {
    policy.spec != old.spec
  }

  func validate(_ policy: NetworkingV1.NetworkPolicy, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    let spec = policy.spec
    SelectorRules.validate(spec.podSelector, path.child("podSelector"), into: &errors)
    for (index, rule) in spec.ingress.enumerated() {
      let path = path.child("ingress").index(index)
      validate(rule.ports, path.child("ports"), into: &errors)
      validate(rule.from, path.child("from"), into: &errors)
    }
    for (index, rule) in spec.egress.enumerated() {
      let path = path.child("egress").index(index)
      validate(rule.ports, path.child("ports"), into: &errors)
      validate(rule.to, path.child("to"), into: &errors)
    }
    let types = path.child("policyTypes")
    if spec.policyTypes.count > 2 {
      errors.append(.invalid(types, texts: spec.policyTypes, "may not specify more than two policyTypes"))
      return
    }
    for (index, type) in spec.policyTypes.enumerated() where !["Ingress", "Egress"].contains(type) {
      errors.append(.notSupported(types.index(index), type, supported: ["Ingress", "Egress"]))
    }
  }

  private func validate(
    _ ports: [NetworkingV1.NetworkPolicyPort], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    for (index, port) in ports.enumerated() {
      let path = path.index(index)
      if let name = port.protocol, !["TCP", "UDP", "SCTP"].contains(name) {
        errors.append(.notSupported(path.child("protocol"), name, supported: ["TCP", "UDP", "SCTP"]))
      }
      let end = path.child("endPort")
      switch (port.port, port.endPort) {
      case (nil, let last?): errors.append(.invalid(end, last, "may not be specified when `port` is not specified"))
      case (nil, nil): break
      case (.int(let number)?, let last):
        for problem in NameRules.portNumber(Int(number)) {
          errors.append(.invalid(path.child("port"), number, problem))
        }
        guard let last else { continue }
        if last < number { errors.append(.invalid(end, last, "must be greater than or equal to `port`")) }
        for problem in NameRules.portNumber(Int(last)) { errors.append(.invalid(end, last, problem)) }
      case (.string(let name)?, let last):
        if let last { errors.append(.invalid(end, last, "may not be specified when `port` is non-numeric")) }
        for problem in NameRules.portName(name) { errors.append(.invalid(path.child("port"), name, problem)) }
      }
    }
  }

  private func validate(
    _ peers: [NetworkingV1.NetworkPolicyPeer], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    for (index, peer) in peers.enumerated() {
      let path = path.index(index)
      if let selector = peer.podSelector {
        SelectorRules.validate(selector, path.child("podSelector"), into: &errors)
      }
      if let selector = peer.namespaceSelector {
        SelectorRules.validate(selector, path.child("namespaceSelector"), into: &errors)
      }
      if let block = peer.ipBlock { validate(block, path.child("ipBlock"), into: &errors) }
      let isSelected = peer.podSelector != nil || peer.namespaceSelector != nil
      if !isSelected, peer.ipBlock == nil {
        errors.append(.required(path, "must specify a peer"))
      } else if isSelected, peer.ipBlock != nil {
        errors.append(.forbidden(path, "may not specify both ipBlock and another peer"))
      }
    }
  }

  private func validate(_ block: NetworkingV1.IPBlock, _ path: FieldPath, into errors: inout [FieldError]) {
    if block.cidr.isEmpty {
      errors.append(.required(path.child("cidr")))
      return
    }
    IPRules.range(block.cidr, path.child("cidr"), into: &errors)
    guard let whole = IPRange(block.cidr) else { return }
    for (index, text) in block.except.enumerated() {
      let path = path.child("except").index(index)
      IPRules.range(text, path, into: &errors)
      guard let part = IPRange(text) else { continue }
      if !whole.contains(part.first) || whole.prefix >= part.prefix {
        errors.append(.invalid(path, text, "must be a strict subset of `cidr`"))
      }
    }
  }

  func cells(_ policy: NetworkingV1.NetworkPolicy, now: Int64) -> [JSONValue] {
    [
      .string(policy.metadata.name), TableCells.text(TableCells.selector(policy.spec.podSelector)),
      TableCells.age(policy.metadata, now),
    ]
  }
}
