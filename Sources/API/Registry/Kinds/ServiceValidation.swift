import KubernetesAPI

extension ServiceKind {
  func validate(_ service: CoreV1.Service, into errors: inout [FieldError]) {
    validateTopology(service.metadata.annotations, into: &errors)
    let spec = service.spec
    let path = FieldPath("spec")
    if spec.ports.isEmpty, !spec.isHeadless, spec.type != "ExternalName" {
      errors.append(.required(path.child("ports")))
    }
    validateType(spec, path, into: &errors)
    validatePorts(spec, path.child("ports"), into: &errors)
    MetadataRules.labels(spec.selector, path.child("selector"), into: &errors)
    validateAffinity(spec, path, into: &errors)
    if spec.type != "ExternalName" { validateAddresses(spec, path, into: &errors) }
    for (index, address) in spec.externalIPs.enumerated() {
      AddressRules.endpoint(address, path.child("externalIPs").index(index), into: &errors)
    }
    if spec.type.isEmpty {
      errors.append(.required(path.child("type")))
    } else if !Self.types.contains(spec.type) {
      errors.append(.notSupported(path.child("type"), spec.type, supported: Self.types))
    }
    validateNodePorts(spec, path.child("ports"), into: &errors)
    validateBalancer(service, path, into: &errors)
    validateTraffic(spec, path, into: &errors)
  }

  /// The annotation has an older name; who uses both must mean the same.
  private func validateTopology(_ annotations: [String: String], into errors: inout [FieldError]) {
    let hints = "service.kubernetes.io/topology-aware-hints"
    let mode = "service.kubernetes.io/topology-mode"
    guard let value = annotations[mode], let old = annotations[hints], value != old else { return }
    errors.append(
      .invalid(
        FieldPath("metadata.annotations").key(mode), value, "must match annotations[\(hints)] when both are specified"))
  }

  // MARK: Type

  private func validateType(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    switch spec.type {
    case "LoadBalancer", "NodePort":
      if spec.isHeadless {
        errors.append(
          .invalid(
            path.child("clusterIPs").index(0), Self.headless, "may not be set to 'None' for \(spec.type) services"))
      }
    case "ExternalName":
      for (name, isSet) in [
        ("clusterIPs", !spec.clusterIPs.isEmpty), ("ipFamilies", !spec.ipFamilies.isEmpty),
        ("ipFamilyPolicy", spec.ipFamilyPolicy != nil),
      ] where isSet { errors.append(.forbidden(path.child(name), "may not be set for ExternalName services")) }
      // A dot at the end says that the name is whole.
      let name = spec.externalName.hasSuffix(".") ? String(spec.externalName.dropLast()) : spec.externalName
      ValueRules.requiredName(name, path.child("externalName"), NameRules.dnsSubdomain, into: &errors)
    default: break
    }
  }

  // MARK: Ports

  private func validatePorts(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    var names: Set<String> = []
    for (index, port) in spec.ports.enumerated() {
      let path = path.index(index)
      if port.name.isEmpty {
        if spec.ports.count > 1 { errors.append(.required(path.child("name"))) }
      } else {
        ValueRules.name(port.name, path.child("name"), NameRules.dnsLabel, into: &errors)
        if !names.insert(port.name).inserted { errors.append(.duplicate(path.child("name"), port.name)) }
      }
      for problem in NameRules.portNumber(Int(port.port)) {
        errors.append(.invalid(path.child("port"), port.port, problem))
      }
      PortRules.protocol(port.protocol, path.child("protocol"), into: &errors)
      PortRules.target(port.targetPort, path.child("targetPort"), into: &errors)
      if let name = port.appProtocol {
        ValueRules.name(name, path.child("appProtocol"), NameRules.qualifiedName, into: &errors)
      }
    }
  }

  /// Node ports, and that no port is there twice.
  private func validateNodePorts(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    if !spec.mayHaveNodePorts {
      for (index, port) in spec.ports.enumerated() where port.nodePort != 0 {
        errors.append(.forbidden(path.index(index).child("nodePort"), "may not be used when `type` is '\(spec.type)'"))
      }
    } else {
      for (index, port) in spec.ports.enumerated()
      where port.nodePort != 0 && !allocator.ports.contains(Int(port.nodePort)) {
        errors.append(
          .invalid(
            path.index(index).child("nodePort"), port.nodePort,
            "provided port is not in the valid range. "
              + "The range of valid ports is \(allocator.ports.lowerBound)-\(allocator.ports.upperBound)"))
      }
    }
    var nodePorts: Set<String> = []
    for (index, port) in spec.ports.enumerated()
    where port.nodePort != 0 && !nodePorts.insert("\(port.nodePort)/\(port.protocol)").inserted {
      errors.append(.duplicate(path.index(index).child("nodePort"), port.nodePort))
    }
    var numbers: Set<String> = []
    for (index, port) in spec.ports.enumerated() where !numbers.insert("\(port.port)/\(port.protocol)").inserted {
      let key = CoreV1.ServicePort(protocol: port.protocol, port: port.port)
      errors.append(.duplicate(path.index(index), rendered: String(decoding: key.jsonBytes, as: UTF8.self)))
    }
  }

  // MARK: Affinity

  private func validateAffinity(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    ValueRules.choice(
      spec.sessionAffinity, of: ["ClientIP", "None"], path.child("sessionAffinity"), into: &errors)
    let place = path.child("sessionAffinityConfig")
    switch spec.sessionAffinity {
    case "ClientIP":
      let why = "when session affinity type is ClientIP"
      guard let config = spec.sessionAffinityConfig else {
        errors.append(.required(place, why))
        return
      }
      guard let client = config.clientIP else {
        errors.append(.required(place.child("clientIP"), why))
        return
      }
      let timeout = place.child("clientIP", "timeoutSeconds")
      guard let seconds = client.timeoutSeconds else {
        errors.append(.required(timeout, why))
        return
      }
      if !(1...86400).contains(seconds) {
        errors.append(.invalid(timeout, seconds, "must be greater than 0 and less than 86400"))
      }
    case "None":
      if spec.sessionAffinityConfig != nil {
        errors.append(.forbidden(place, "must not be set when session affinity is None"))
      }
    default: break
    }
  }

  // MARK: Addresses

  private func validateAddresses(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let addresses = path.child("clusterIPs")
    if spec.clusterIP.isEmpty, !spec.clusterIPs.isEmpty {
      errors.append(
        .invalid(addresses, texts: spec.clusterIPs, "must be empty when `clusterIP` is not specified"))
    } else if let first = spec.clusterIPs.first, first != spec.clusterIP {
      errors.append(.invalid(addresses, texts: spec.clusterIPs, "first value must match `clusterIP`"))
    }
    validateFamilies(spec, path, into: &errors)
    var areAddresses = true
    for (index, text) in spec.clusterIPs.enumerated() {
      if index == 0, text == Self.headless {
        guard spec.clusterIPs.count > 1 else { continue }
        areAddresses = false
        errors.append(.invalid(addresses, texts: spec.clusterIPs, "'None' must be the first and only value"))
      } else if IPValue(text) == nil {
        areAddresses = false
        errors.append(.invalid(addresses.index(index), text, IPRules.notAnAddress))
      }
    }
    if spec.clusterIPs.count > 2 {
      errors.append(.invalid(addresses, texts: spec.clusterIPs, "may only hold up to 2 values"))
    }
    // What comes now would only confuse where something is no address.
    guard areAddresses, !spec.isHeadless else { return }
    let families = spec.clusterIPs.compactMap { IPValue($0)?.family }
    if families.count > 1, Set(families).count < families.count {
      errors.append(
        .invalid(addresses, texts: spec.clusterIPs, "may specify no more than one IP for each IP family"))
    }
    for (index, (family, wanted)) in zip(families, spec.ipFamilies).enumerated() where family.rawValue != wanted {
      guard ["IPv4", "IPv6"].contains(wanted) else { continue }
      errors.append(
        .invalid(
          addresses.index(index), spec.clusterIPs[index],
          "expected an \(wanted) value as indicated by `ipFamilies[\(index)]`"))
    }
    guard let first = spec.clusterIPs.first, families.first == .ipv4, let address = IPValue(first) else { return }
    if !allocator.permits(address) {
      errors.append(
        .invalid(
          addresses, texts: [first],
          "failed to allocate IP \(first): the provided IP (\(first)) is not in the valid range. The range of valid "
            + "IPs is \(allocator.addresses)"))
    }
  }

  /// The cluster's services have addresses of one family, IPv4.
  private func validateFamilies(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let place = path.child("ipFamilies")
    var seen: Set<String> = []
    for (index, family) in spec.ipFamilies.enumerated() {
      if !["IPv4", "IPv6"].contains(family) {
        errors.append(.notSupported(place.index(index), family, supported: ["IPv4", "IPv6"]))
      } else if family != "IPv4", !spec.isHeadlessWithoutSelector {
        errors.append(.invalid(place.index(index), family, "not configured on this cluster"))
      }
      if !seen.insert(family).inserted { errors.append(.duplicate(place.index(index), family)) }
    }
    guard let policy = spec.ipFamilyPolicy else { return }
    let policies = ["PreferDualStack", "RequireDualStack", "SingleStack"]
    if !policies.contains(policy) {
      errors.append(.notSupported(path.child("ipFamilyPolicy"), policy, supported: policies))
    } else if policy == "RequireDualStack", !spec.isHeadlessWithoutSelector {
      errors.append(
        .invalid(path.child("ipFamilyPolicy"), policy, "this cluster is not configured for dual-stack services"))
    } else if policy == "SingleStack", spec.isHeadlessWithoutSelector, spec.ipFamilies.count > 1 {
      errors.append(
        .invalid(
          path.child("ipFamilyPolicy"), policy,
          "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified"))
    }
  }

  // MARK: Load balancers

  private func validateBalancer(_ service: CoreV1.Service, _ path: FieldPath, into errors: inout [FieldError]) {
    let spec = service.spec
    let isBalanced = spec.type == "LoadBalancer"
    let only = "may only be used when `type` is 'LoadBalancer'"
    let annotation = "service.beta.kubernetes.io/load-balancer-source-ranges"
    if !spec.loadBalancerSourceRanges.isEmpty {
      // Kubernetes spells the field so here.
      let place = path.child("LoadBalancerSourceRanges")
      if !isBalanced { errors.append(.forbidden(place, only)) }
      for (index, range) in spec.loadBalancerSourceRanges.enumerated() {
        IPRules.range(range.withoutOuterBlanks, place.index(index), into: &errors)
      }
    } else if let text = service.metadata.annotations[annotation] {
      let place = FieldPath("metadata.annotations").key(annotation)
      if !isBalanced { errors.append(.forbidden(place, only)) }
      for range in text.split(separator: ",") {
        IPRules.range(String(range).withoutOuterBlanks, place, into: &errors)
      }
    }
    if spec.allocateLoadBalancerNodePorts != nil, !isBalanced {
      errors.append(.forbidden(path.child("allocateLoadBalancerNodePorts"), only))
    }
    if let name = spec.loadBalancerClass {
      let place = path.child("loadBalancerClass")
      if isBalanced {
        ValueRules.name(name, place, NameRules.qualifiedName, into: &errors)
      } else {
        errors.append(.forbidden(place, only))
      }
    }
  }

  // MARK: Traffic

  private func validateTraffic(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let policies = ["Cluster", "Local"]
    let external = path.child("externalTrafficPolicy")
    if spec.isExternallyAccessible {
      ValueRules.choice(spec.externalTrafficPolicy, of: policies, external, into: &errors)
    } else if !spec.externalTrafficPolicy.isEmpty {
      errors.append(
        .invalid(external, spec.externalTrafficPolicy, "may only be set for externally-accessible services"))
    }
    let health = path.child("healthCheckNodePort")
    if spec.healthCheckNodePort != 0, spec.needsHealthCheck,
      spec.ports.contains(where: { $0.nodePort == spec.healthCheckNodePort && $0.protocol == "TCP" })
    {
      errors.append(.invalid(health, spec.healthCheckNodePort, "provided port is already allocated"))
    }
    if spec.healthCheckNodePort != 0 {
      if !spec.needsHealthCheck {
        errors.append(
          .invalid(
            health, spec.healthCheckNodePort,
            "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"))
      } else if !allocator.ports.contains(Int(spec.healthCheckNodePort)) {
        errors.append(
          .invalid(
            health, spec.healthCheckNodePort,
            "provided port is not in the valid range. The range of valid "
              + "ports is \(allocator.ports.lowerBound)-\(allocator.ports.upperBound)"))
      }
    }
    ValueRules.optionalChoice(
      spec.internalTrafficPolicy, of: policies, path.child("internalTrafficPolicy"), into: &errors)
    ValueRules.optionalChoice(
      spec.trafficDistribution, of: ["PreferClose"], path.child("trafficDistribution"), into: &errors)
  }

  // MARK: Update

  func validateUpdate(_ service: CoreV1.Service, from old: CoreV1.Service, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    if service.spec.type == "LoadBalancer", old.spec.type == "LoadBalancer",
      service.spec.loadBalancerClass != old.spec.loadBalancerClass
    {
      errors.append(
        .invalid(
          path.child("loadBalancerClass"), rendered: service.spec.loadBalancerClass.map(FieldError.quoted) ?? "null",
          "may not change once set"))
    }
    if service.spec.needsHealthCheck, old.spec.needsHealthCheck,
      service.spec.healthCheckNodePort != old.spec.healthCheckNodePort
    {
      errors.append(.forbidden(path.child("healthCheckNodePort"), "field is immutable"))
    }
    guard service.spec.type != "ExternalName", old.spec.type != "ExternalName" else { return }
    if let first = old.spec.clusterIPs.first, !first.isEmpty, service.spec.clusterIPs.first != first {
      let what = service.spec.clusterIPs.isEmpty ? "primary clusterIP can not be unset" : "may not change once set"
      errors.append(.invalid(path.child("clusterIPs").index(0), texts: service.spec.clusterIPs, what))
    }
    if service.spec.isHeadlessWithoutSelector, old.spec.ipFamilies.count > 1, service.spec.ipFamilies.count == 1,
      let policy = service.spec.ipFamilyPolicy, policy != "SingleStack"
    {
      errors.append(
        .invalid(
          path.child("ipFamilyPolicy"), policy, "must be 'SingleStack' to release the secondary IP family"))
    }
    // Without an address of its own a service may change families.
    guard !service.spec.isHeadless, !old.spec.isHeadless else { return }
    if let first = old.spec.ipFamilies.first, service.spec.ipFamilies.first != first {
      errors.append(
        .invalid(path.child("ipFamilies").index(0), texts: service.spec.ipFamilies, "may not change once set"))
    }
  }

  func validateStatusUpdate(_ service: CoreV1.Service, from old: CoreV1.Service, into errors: inout [FieldError]) {
    let path = FieldPath("status.loadBalancer.ingress")
    let ingress = service.status.loadBalancer.ingress
    if !ingress.isEmpty, service.spec.type != "LoadBalancer" {
      errors.append(.forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'"))
      return
    }
    for (index, entry) in ingress.enumerated() {
      let path = path.index(index)
      if !entry.ip.isEmpty { IPRules.address(entry.ip, path.child("ip"), into: &errors) }
      if let mode = entry.ipMode {
        if entry.ip.isEmpty {
          errors.append(.forbidden(path.child("ipMode"), "may not be specified when `ip` is not set"))
        } else if !["Proxy", "VIP"].contains(mode) {
          errors.append(.notSupported(path.child("ipMode"), mode, supported: ["Proxy", "VIP"]))
        }
      }
      if !entry.hostname.isEmpty {
        ValueRules.name(entry.hostname, path.child("hostname"), NameRules.hostName, into: &errors)
      }
    }
  }
}

extension String {
  fileprivate var withoutOuterBlanks: String {
    let bytes = utf8.drop { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: bytes.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed(), as: UTF8.self)
  }
}

extension CoreV1.ServiceSpec {
  /// Its endpoints are somebody else's business, and may be of families that the cluster does not have.
  var isHeadlessWithoutSelector: Bool { isHeadless && selector.isEmpty }
  var isHeadless: Bool { clusterIP == ServiceKind.headless || clusterIPs == [ServiceKind.headless] }

  /// Whether the type has node ports, be they chosen by the server or not.
  var mayHaveNodePorts: Bool { type == "NodePort" || type == "LoadBalancer" }

  /// Whether node ports are chosen for it.
  var usesNodePorts: Bool {
    type == "NodePort" || (type == "LoadBalancer" && allocateLoadBalancerNodePorts != false)
  }

  var isExternallyAccessible: Bool { mayHaveNodePorts || (type == "ClusterIP" && !externalIPs.isEmpty) }

  /// Whether a load balancer has to ask each node whether it has endpoints of its own.
  var needsHealthCheck: Bool { type == "LoadBalancer" && externalTrafficPolicy == "Local" }
}

/// What holds for ports wherever they occur.
enum PortRules {
  static let protocols = ["SCTP", "TCP", "UDP"]

  static func `protocol`(_ name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if name.isEmpty {
      errors.append(.required(path))
    } else if !protocols.contains(name) {
      errors.append(.notSupported(path, name, supported: protocols))
    }
  }

  /// A number, or the name of a container's port.
  static func target(_ port: IntOrString, _ path: FieldPath, into errors: inout [FieldError]) {
    switch port {
    case .int(let number):
      for problem in NameRules.portNumber(Int(number)) { errors.append(.invalid(path, number, problem)) }
    case .string(let name):
      for problem in NameRules.portName(name) { errors.append(.invalid(path, name, problem)) }
    }
  }
}
