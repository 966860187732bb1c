import Addresses
import KubernetesAPI

extension ServiceKind {
  func validate(_ service: CoreV1.Service, into errors: inout [FieldError]) {
    let spec = service.spec
    let path = FieldPath("spec")
    if !Self.types.contains(spec.type) {
      errors.append(.notSupported(path.child("type"), spec.type, supported: Self.types))
    }
    let isHeadless = spec.clusterIP == Self.headless
    if spec.ports.isEmpty, !isHeadless, spec.type != "ExternalName" { errors.append(.required(path.child("ports"))) }
    if spec.type == "ExternalName" {
      if !spec.clusterIPs.isEmpty {
        errors.append(
          .forbidden(path.child("clusterIPs"), "may not be set when `type` is \"ExternalName\""))
      }
      let name = spec.externalName.hasSuffix(".") ? String(spec.externalName.dropLast()) : spec.externalName
      if name.isEmpty {
        errors.append(.required(path.child("externalName")))
      } else {
        for problem in NameRules.dnsSubdomain(name) {
          errors.append(.invalid(path.child("externalName"), spec.externalName, problem))
        }
      }
    }
    validateAddresses(spec, path, into: &errors)
    validatePorts(spec, path, into: &errors)
    MetadataRules.labels(spec.selector, path.child("selector"), into: &errors)
    if !["None", "ClientIP"].contains(spec.sessionAffinity) {
      errors.append(
        .notSupported(path.child("sessionAffinity"), spec.sessionAffinity, supported: ["ClientIP", "None"]))
    }
    if let seconds = spec.sessionAffinityConfig?.clientIP?.timeoutSeconds, !(1...86400).contains(seconds) {
      errors.append(
        .invalid(
          path.child("sessionAffinityConfig", "clientIP").child("timeoutSeconds"), seconds,
          "must be greater than 0 and less than 86400"))
    }
    policy(spec.externalTrafficPolicy, path.child("externalTrafficPolicy"), into: &errors)
    policy(spec.internalTrafficPolicy ?? "", path.child("internalTrafficPolicy"), into: &errors)
    for (index, address) in spec.externalIPs.enumerated() where IPv4Address(address) == nil {
      errors.append(
        .invalid(path.child("externalIPs").index(index), address, "must be a valid IP address, (e.g. 10.9.8.7)"))
    }
  }

  private func policy(_ policy: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if !["", "Cluster", "Local"].contains(policy) {
      errors.append(.notSupported(path, policy, supported: ["Cluster", "Local"]))
    }
  }

  private func validateAddresses(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let addresses = path.child("clusterIPs")
    if let family = spec.ipFamilies.first(where: { $0 != "IPv4" }) {
      errors.append(
        .invalid(path.child("ipFamilies").index(0), family, "not configured on this cluster"))
    }
    if spec.ipFamilyPolicy == "RequireDualStack" {
      errors.append(
        .invalid(
          path.child("ipFamilyPolicy"), "RequireDualStack", "this cluster is not configured for dual-stack services"))
    }
    guard let first = spec.clusterIPs.first else { return }
    if spec.clusterIPs.count > 1 {
      errors.append(.tooMany(addresses, count: spec.clusterIPs.count, limit: 1))
    }
    if first != spec.clusterIP {
      errors.append(
        .invalid(addresses, rendered: "[\(FieldError.quoted(first))]", "first value must match `clusterIP`"))
    }
    if first == Self.headless {
      if spec.type != "ClusterIP" {
        errors.append(
          .invalid(addresses.index(0), first, "may not be set to 'None' for \(spec.type) services"))
      }
    } else if let address = IPv4Address(first) {
      if !allocator.permits(address) {
        errors.append(
          .invalid(
            addresses, rendered: "[\(FieldError.quoted(first))]",
            "failed to allocate IP \(first): the provided IP (\(first)) is not in the valid range. The range of valid "
              + "IPs is \(allocator.addresses)"))
      }
    } else {
      errors.append(.invalid(addresses.index(0), first, "must be a valid IP address, (e.g. 10.9.8.7)"))
    }
  }

  private func validatePorts(_ spec: CoreV1.ServiceSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    var names: Set<String> = []
    var numbers: Set<String> = []
    var nodePorts: Set<String> = []
    for (index, port) in spec.ports.enumerated() {
      let path = path.child("ports").index(index)
      if port.name.isEmpty {
        if spec.ports.count > 1 { errors.append(.required(path.child("name"))) }
      } else {
        for problem in NameRules.dnsLabel(port.name) { errors.append(.invalid(path.child("name"), port.name, problem)) }
        if !names.insert(port.name).inserted { errors.append(.duplicate(path.child("name"), port.name)) }
      }
      for problem in NameRules.portNumber(Int(port.port)) {
        errors.append(.invalid(path.child("port"), port.port, problem))
      }
      PortRules.protocol(port.protocol, path.child("protocol"), into: &errors)
      PortRules.target(port.targetPort, path.child("targetPort"), into: &errors)
      if !numbers.insert("\(port.port)/\(port.protocol)").inserted {
        errors.append(.duplicate(path, "\(port.port)/\(port.protocol)"))
      }
      guard port.nodePort != 0 else { continue }
      if !spec.usesNodePorts {
        errors.append(.forbidden(path.child("nodePort"), "may not be used when `type` is '\(spec.type)'"))
      } else if !allocator.ports.contains(Int(port.nodePort)) {
        errors.append(
          .invalid(
            path.child("nodePort"), port.nodePort,
            "provided port is not in the valid range. The range of valid ports is "
              + "\(allocator.ports.lowerBound)-\(allocator.ports.upperBound)"))
      }
      if !nodePorts.insert("\(port.nodePort)/\(port.protocol)").inserted {
        errors.append(.duplicate(path.child("nodePort"), String(port.nodePort)))
      }
    }
  }

  func validateUpdate(_ service: CoreV1.Service, from old: CoreV1.Service, into errors: inout [FieldError]) {
    guard service.spec.type != "ExternalName", old.spec.type != "ExternalName" else { return }
    if !old.spec.clusterIP.isEmpty, service.spec.clusterIP != old.spec.clusterIP {
      errors.append(
        .invalid(
          FieldPath("spec.clusterIPs").index(0),
          rendered: "[" + service.spec.clusterIPs.map(FieldError.quoted).joined(separator: ",") + "]",
          "may not change once set"))
    }
  }
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
