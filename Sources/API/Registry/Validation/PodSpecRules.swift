import JSONDocument
import KubernetesAPI

/// What holds for the spec of a pod, also inside of a template.
enum PodSpecRules {
  static let restartPolicies = ["Always", "OnFailure", "Never"]
  static let dnsPolicies = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]

  /// - Parameter inTemplate: pods are still to be made of it; then some things are filled in, and checked again.
  static func validate(
    _ spec: CoreV1.PodSpec, _ path: FieldPath, inTemplate: Bool = false, into errors: inout [FieldError]
  ) {
    let volumes = VolumeRules.validate(spec.volumes, path.child("volumes"), into: &errors)
    let pod = ContainerRules.Pod(spec: spec, volumes: volumes, inTemplate: inTemplate)
    claims(spec, path.child("resourceClaims"), into: &errors)
    containers(pod, path, into: &errors)
    ValueRules.choice(spec.restartPolicy, of: restartPolicies, path.child("restartPolicy"), into: &errors)
    ValueRules.choice(spec.dnsPolicy, of: dnsPolicies, path.child("dnsPolicy"), into: &errors)
    MetadataRules.labels(spec.nodeSelector, path.child("nodeSelector"), into: &errors)
    SecurityRules.pod(spec, path, inTemplate: inTemplate, into: &errors)
    for (index, secret) in spec.imagePullSecrets.enumerated() where secret.name.isEmpty {
      errors.append(.required(path.child("imagePullSecrets").index(index).child("name")))
    }
    AffinityRules.validate(spec.affinity, path.child("affinity"), into: &errors)
    DNSRules.validate(spec, path, into: &errors)
    for (index, gate) in spec.readinessGates.enumerated() {
      ValueRules.name(
        gate.conditionType, path.child("readinessGates").index(index).child("conditionType"), NameRules.qualifiedName,
        into: &errors)
    }
    gates(spec.schedulingGates, path.child("schedulingGates"), into: &errors)
    AffinityRules.spread(
      spec.topologySpreadConstraints, path.child("topologySpreadConstraints"), into: &errors)
    SecurityRules.operatingSystem(spec, path, into: &errors)
    // A scheduler's name may be anything.
    for (name, text) in [("serviceAccountName", spec.serviceAccountName), ("nodeName", spec.nodeName)] {
      ValueRules.optionalName(text, path.child(name), NameRules.dnsSubdomain, into: &errors)
    }
    for (name, seconds) in [("activeDeadlineSeconds", spec.activeDeadlineSeconds)] {
      if let seconds { ValueRules.within(1...Int64(Int32.max), seconds, path.child(name), into: &errors) }
    }
    ValueRules.optionalName(spec.hostname, path.child("hostname"), NameRules.dnsLabel, into: &errors)
    ValueRules.optionalName(spec.subdomain, path.child("subdomain"), NameRules.dnsLabel, into: &errors)
    for (index, toleration) in spec.tolerations.enumerated() {
      TolerationRules.validate(toleration, path.child("tolerations").index(index), into: &errors)
    }
    for (index, alias) in spec.hostAliases.enumerated() {
      let path = path.child("hostAliases").index(index)
      ValueRules.address(alias.ip, path.child("ip"), into: &errors)
      for (index, name) in alias.hostnames.enumerated() {
        ValueRules.name(name, path.child("hostnames").index(index), NameRules.dnsSubdomain, into: &errors)
      }
    }
    ValueRules.optionalName(
      spec.priorityClassName, path.child("priorityClassName"), NameRules.dnsSubdomain, into: &errors)
    if let name = spec.runtimeClassName {
      ValueRules.name(name, path.child("runtimeClassName"), NameRules.dnsSubdomain, into: &errors)
    }
    ValueRules.optionalChoice(
      spec.preemptionPolicy, of: ["Never", "PreemptLowerPriority"], path.child("preemptionPolicy"), into: &errors)
    ResourceRules.validate(
      CoreV1.ResourceRequirements(limits: spec.overhead), path.child("overhead"), into: &errors)
  }

  // MARK: Containers

  private static func containers(_ pod: ContainerRules.Pod, _ path: FieldPath, into errors: inout [FieldError]) {
    let spec = pod.spec
    var names: Set<String> = []
    func name(_ name: String, _ path: FieldPath) {
      if !name.isEmpty, !names.insert(name).inserted { errors.append(.duplicate(path.child("name"), name)) }
    }
    if spec.containers.isEmpty { errors.append(.required(path.child("containers"))) }
    for (index, container) in spec.containers.enumerated() {
      let path = path.child("containers").index(index)
      ContainerRules.common(container, path, in: pod, into: &errors)
      name(container.name, path)
      ContainerRules.ordinary(container, path, in: pod, into: &errors)
    }
    hostPorts(spec.containers, path.child("containers"), into: &errors)
    for (index, container) in spec.initContainers.enumerated() {
      let path = path.child("initContainers").index(index)
      ContainerRules.common(container, path, in: pod, into: &errors)
      name(container.name, path)
      ContainerRules.initial(container, path, in: pod, into: &errors)
    }
    hostPorts(spec.initContainers, path.child("initContainers"), into: &errors)
    let targets = names
    for (index, container) in spec.ephemeralContainers.enumerated() {
      let path = path.child("ephemeralContainers").index(index)
      ContainerRules.common(container.asContainer, path, in: pod, into: &errors)
      name(container.name, path)
      if !container.targetContainerName.isEmpty, !targets.contains(container.targetContainerName) {
        errors.append(.notFound(path.child("targetContainerName"), container.targetContainerName))
      }
      ContainerRules.ephemeral(container, path, in: pod, into: &errors)
    }
  }

  private static func hostPorts(
    _ containers: [CoreV1.Container], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var seen: Set<String> = []
    for (index, container) in containers.enumerated() {
      for (number, port) in container.ports.enumerated() where port.hostPort != 0 {
        let text = "\(port.protocol)/\(port.hostIP)/\(port.hostPort)"
        if !seen.insert(text).inserted {
          errors.append(.duplicate(path.index(index).child("ports").index(number).child("hostPort"), text))
        }
      }
    }
  }

  // MARK: Gates and claims

  private static func gates(
    _ gates: [CoreV1.PodSchedulingGate], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var seen: Set<String> = []
    for (index, gate) in gates.enumerated() {
      ValueRules.name(gate.name, path.index(index), NameRules.qualifiedName, into: &errors)
      if !seen.insert(gate.name).inserted { errors.append(.duplicate(path.index(index), gate.name)) }
    }
  }

  private static func claims(_ spec: CoreV1.PodSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    var seen: Set<String> = []
    for (index, claim) in spec.resourceClaims.enumerated() {
      let path = path.index(index)
      if claim.name.isEmpty {
        errors.append(.required(path.child("name")))
      } else if !seen.insert(claim.name).inserted {
        errors.append(.duplicate(path.child("name"), claim.name))
      } else {
        ValueRules.name(claim.name, path.child("name"), NameRules.dnsLabel, into: &errors)
      }
      switch (claim.resourceClaimName, claim.resourceClaimTemplateName) {
      case (nil, nil):
        errors.append(
          .invalid(
            path, rendered: claim.json.description,
            "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"))
      case (_?, _?):
        errors.append(
          .invalid(
            path, rendered: claim.json.description,
            "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified"))
      case (let name?, nil):
        ValueRules.name(name, path.child("resourceClaimName"), NameRules.dnsSubdomain, into: &errors)
      case (nil, let name?):
        ValueRules.name(name, path.child("resourceClaimTemplateName"), NameRules.dnsSubdomain, into: &errors)
      }
    }
  }
}

/// What holds for how a pod's names are resolved.
enum DNSRules {
  private static let nameserverLimit = 3
  private static let searchLimit = 32
  private static let searchLength = 2048

  static func validate(_ spec: CoreV1.PodSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let path = path.child("dnsConfig")
    if spec.dnsPolicy == "None" {
      if spec.dnsConfig == nil {
        errors.append(.required(path, "must provide `dnsConfig` when `dnsPolicy` is None"))
        return
      }
      if spec.dnsConfig?.nameservers.isEmpty ?? true {
        errors.append(
          .required(
            path.child("nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None"))
        return
      }
    }
    guard let config = spec.dnsConfig else { return }
    func rendered(_ list: [String]) -> String { JSONValue.array(list.map { .string($0) }).description }
    let servers = path.child("nameservers")
    if config.nameservers.count > nameserverLimit {
      errors.append(
        .invalid(
          servers, rendered: rendered(config.nameservers), "must not have more than \(nameserverLimit) nameservers"))
    }
    for (index, server) in config.nameservers.enumerated() {
      ValueRules.address(server, servers.index(index), into: &errors)
    }
    let searches = path.child("searches")
    if config.searches.count > searchLimit {
      errors.append(
        .invalid(searches, rendered: rendered(config.searches), "must not have more than \(searchLimit) search paths"))
    }
    if config.searches.joined(separator: " ").utf8.count > searchLength {
      errors.append(
        .invalid(
          searches, rendered: rendered(config.searches),
          "must not have more than \(searchLength) characters (including spaces) in the search list"))
    }
    for (index, search) in config.searches.enumerated() where search != "." {
      let name = search.hasSuffix(".") ? String(search.dropLast()) : search
      for problem in NameRules.dnsSubdomain(String(name.map { $0 == "_" ? "-" : $0 })) {
        errors.append(.invalid(searches.index(index), name, problem))
      }
    }
    for (index, option) in config.options.enumerated() where option.name.isEmpty {
      errors.append(.required(path.child("options").index(index), "must not be empty"))
    }
  }
}

/// What holds for the taints that a pod bears with.
enum TolerationRules {
  static func validate(_ toleration: CoreV1.Toleration, _ path: FieldPath, into errors: inout [FieldError]) {
    if !toleration.key.isEmpty {
      ValueRules.name(toleration.key, path.child("key"), NameRules.qualifiedName, into: &errors)
    } else if toleration.operator != "Exists" {
      errors.append(
        .invalid(
          path.child("operator"), toleration.operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all keys\""))
    }
    if toleration.tolerationSeconds != nil, toleration.effect != "NoExecute" {
      errors.append(
        .invalid(
          path.child("effect"), toleration.effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"))
    }
    switch toleration.operator {
    case "", "Equal":
      if let problem = NameRules.labelValue(toleration.value).first {
        errors.append(.invalid(path.child("operator"), toleration.value, problem))
      }
    case "Exists":
      if !toleration.value.isEmpty {
        errors.append(
          .invalid(
            path.child("operator"), rendered: toleration.json.description,
            "value must be empty when `operator` is 'Exists'"))
      }
    default:
      errors.append(.notSupported(path.child("operator"), toleration.operator, supported: ["Equal", "Exists"]))
    }
    if !toleration.effect.isEmpty, !effects.contains(toleration.effect) {
      errors.append(.notSupported(path.child("effect"), toleration.effect, supported: effects))
    }
  }

  private static let effects = ["NoSchedule", "PreferNoSchedule", "NoExecute"]
}
