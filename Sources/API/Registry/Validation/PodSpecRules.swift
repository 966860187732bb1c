import JSONDocument
import KubernetesAPI

/// What holds for the spec of a pod, also inside of a template.
enum PodSpecRules {
  static let restartPolicies = ["Always", "Never", "OnFailure"]
  static let dnsPolicies = ["ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"]

  static func validate(_ spec: CoreV1.PodSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    let volumes = VolumeRules.validate(spec.volumes, path.child("volumes"), into: &errors)
    if spec.containers.isEmpty { errors.append(.required(path.child("containers"))) }
    var names: Set<String> = []
    for (list, containers) in [("initContainers", spec.initContainers), ("containers", spec.containers)] {
      for (index, container) in containers.enumerated() {
        let path = path.child(list).index(index)
        if !container.name.isEmpty, !names.insert(container.name).inserted {
          errors.append(.duplicate(path.child("name"), container.name))
        }
        ContainerRules.validate(container, path, volumes: volumes, isInit: list == "initContainers", into: &errors)
      }
    }
    hostPorts(spec.containers, path.child("containers"), into: &errors)
    choice(spec.restartPolicy, restartPolicies, path.child("restartPolicy"), into: &errors)
    choice(spec.dnsPolicy, dnsPolicies, path.child("dnsPolicy"), into: &errors)
    if spec.dnsPolicy == "None", spec.dnsConfig?.nameservers.isEmpty ?? true {
      errors.append(
        .required(
          path.child("dnsConfig", "nameservers"), "must provide at least one DNS nameserver when `dnsPolicy` is None"))
    }
    if let seconds = spec.terminationGracePeriodSeconds, seconds < 0 {
      errors.append(
        .invalid(path.child("terminationGracePeriodSeconds"), seconds, "must be greater than or equal to 0"))
    }
    if let seconds = spec.activeDeadlineSeconds, !(1...Int64(Int32.max)).contains(seconds) {
      errors.append(
        .invalid(path.child("activeDeadlineSeconds"), seconds, "must be between 1 and 2147483647, inclusive"))
    }
    MetadataRules.labels(spec.nodeSelector, path.child("nodeSelector"), into: &errors)
    subdomain(spec.nodeName, path.child("nodeName"), into: &errors)
    subdomain(spec.serviceAccountName, path.child("serviceAccountName"), into: &errors)
    subdomain(spec.schedulerName, path.child("schedulerName"), into: &errors)
    label(spec.hostname, path.child("hostname"), into: &errors)
    label(spec.subdomain, path.child("subdomain"), into: &errors)
    for (index, toleration) in spec.tolerations.enumerated() {
      validate(toleration, path.child("tolerations").index(index), into: &errors)
    }
    for (index, secret) in spec.imagePullSecrets.enumerated() where secret.name.isEmpty {
      errors.append(.required(path.child("imagePullSecrets").index(index).child("name")))
    }
    for (index, alias) in spec.hostAliases.enumerated() where !AddressRules.isAddress(alias.ip) {
      errors.append(
        .invalid(path.child("hostAliases").index(index).child("ip"), alias.ip, "must be a valid IP address"))
    }
  }

  private static func choice(
    _ value: String, _ supported: [String], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if value.isEmpty {
      errors.append(.required(path))
    } else if !supported.contains(value) {
      errors.append(.notSupported(path, value, supported: supported))
    }
  }

  private static func subdomain(_ name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    guard !name.isEmpty else { return }
    for problem in NameRules.dnsSubdomain(name) { errors.append(.invalid(path, name, problem)) }
  }

  private static func label(_ name: String, _ path: FieldPath, into errors: inout [FieldError]) {
    guard !name.isEmpty else { return }
    for problem in NameRules.dnsLabel(name) { errors.append(.invalid(path, name, problem)) }
  }

  private static func validate(
    _ toleration: CoreV1.Toleration, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if !toleration.key.isEmpty {
      for problem in NameRules.qualifiedName(toleration.key) {
        errors.append(.invalid(path.child("key"), toleration.key, problem))
      }
    } else if toleration.operator != "Exists" {
      errors.append(
        .invalid(
          path.child("operator"), toleration.operator,
          "operator must be Exists when `key` is empty, which means \"match all values and all keys\""))
    }
    switch toleration.operator {
    case "", "Equal":
      for problem in NameRules.labelValue(toleration.value) {
        errors.append(.invalid(path.child("operator"), toleration.value, problem))
      }
    case "Exists":
      if !toleration.value.isEmpty {
        errors.append(
          .invalid(path.child("operator"), toleration.value, "value must be empty when `operator` is 'Exists'"))
      }
    default:
      errors.append(.notSupported(path.child("operator"), toleration.operator, supported: ["Equal", "Exists"]))
    }
    if !toleration.effect.isEmpty, !NodeKind.taintEffects.contains(toleration.effect) {
      errors.append(.notSupported(path.child("effect"), toleration.effect, supported: NodeKind.taintEffects))
    }
    if toleration.tolerationSeconds != nil, toleration.effect != "NoExecute" {
      errors.append(
        .invalid(
          path.child("effect"), toleration.effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"))
    }
  }

  private static func hostPorts(
    _ containers: [CoreV1.Container], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var seen: Set<String> = []
    for (index, container) in containers.enumerated() {
      for (portIndex, port) in container.ports.enumerated() where port.hostPort != 0 {
        if !seen.insert("\(port.protocol)/\(port.hostIP)/\(port.hostPort)").inserted {
          errors.append(
            .duplicate(
              path.index(index).child("ports").index(portIndex).child("hostPort"),
              "\(port.protocol)/\(port.hostIP)/\(port.hostPort)"))
        }
      }
    }
  }
}

/// What holds for volumes.
enum VolumeRules {
  /// Checks the volumes and returns their names.
  static func validate(
    _ volumes: [CoreV1.Volume], _ path: FieldPath, into errors: inout [FieldError]
  ) -> Set<String> {
    var names: Set<String> = []
    for (index, volume) in volumes.enumerated() {
      let path = path.index(index)
      if volume.name.isEmpty {
        errors.append(.required(path.child("name")))
      } else {
        for problem in NameRules.dnsLabel(volume.name) {
          errors.append(.invalid(path.child("name"), volume.name, problem))
        }
        if !names.insert(volume.name).inserted { errors.append(.duplicate(path.child("name"), volume.name)) }
      }
      let sources = sources(of: volume)
      if sources.isEmpty { errors.append(.required(path, "must specify a volume type")) }
      for source in sources.dropFirst() {
        errors.append(.forbidden(path.child(source), "may not specify more than 1 volume type"))
      }
      if let source = volume.secret, source.secretName.isEmpty {
        errors.append(.required(path.child("secret", "secretName")))
      }
      if let source = volume.configMap, source.name.isEmpty {
        errors.append(.required(path.child("configMap", "name")))
      }
      if let source = volume.hostPath, source.path.isEmpty {
        errors.append(.required(path.child("hostPath", "path")))
      } else if let source = volume.hostPath, source.path.split(separator: "/").contains("..") {
        errors.append(.invalid(path.child("hostPath", "path"), source.path, "must not contain '..'"))
      }
      if let source = volume.persistentVolumeClaim, source.claimName.isEmpty {
        errors.append(.required(path.child("persistentVolumeClaim", "claimName")))
      }
    }
    return names
  }

  private static func sources(of volume: CoreV1.Volume) -> [String] {
    guard case .object(let members) = volume.json else { return [] }
    return members.keys.filter { $0 != "name" }
  }
}
