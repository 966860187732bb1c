import KubernetesAPI

/// What holds for references from a container or a volume to the pod's own fields and resources.
enum DownwardRules {
  static let environmentFields = [
    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName", "status.hostIP",
    "status.hostIPs", "status.podIP", "status.podIPs",
  ]
  static let volumeFields = [
    "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid",
  ]
  /// All that can be referred to at all.
  private static let fields: Set<String> = [
    "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
    "spec.restartPolicy", "spec.serviceAccountName", "spec.schedulerName", "status.phase", "status.hostIP",
    "status.hostIPs", "status.podIP", "status.podIPs",
  ]
  private static let resources = [
    "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage",
    "requests.memory",
  ]

  static func field(
    _ reference: CoreV1.ObjectFieldSelector, _ path: FieldPath, supported: [String],
    into errors: inout [FieldError]
  ) {
    guard !reference.apiVersion.isEmpty else {
      errors.append(.required(path.child("apiVersion")))
      return
    }
    let place = path.child("fieldPath")
    guard !reference.fieldPath.isEmpty else {
      errors.append(.required(place))
      return
    }
    if let (map, key) = subscripted(reference.fieldPath) {
      switch map {
      case "metadata.annotations":
        for problem in NameRules.qualifiedName(key.lowercased()) { errors.append(.invalid(place, key, problem)) }
      case "metadata.labels":
        for problem in NameRules.qualifiedName(key) { errors.append(.invalid(place, key, problem)) }
      default:
        errors.append(
          .invalid(place, reference.fieldPath, "error converting fieldPath: field label does not support subscript"))
      }
      return
    }
    guard reference.apiVersion == "v1" else {
      errors.append(
        .invalid(
          place, reference.fieldPath, "error converting fieldPath: unsupported pod version: \(reference.apiVersion)"))
      return
    }
    if !fields.contains(reference.fieldPath) {
      errors.append(
        .invalid(
          place, reference.fieldPath, "error converting fieldPath: field label not supported: \(reference.fieldPath)"))
    } else if !supported.contains(reference.fieldPath) {
      errors.append(.notSupported(place, reference.fieldPath, supported: supported))
    }
  }

  /// `metadata.labels['app']` in its two parts; nil: it is not of that form.
  private static func subscripted(_ path: String) -> (map: String, key: String)? {
    guard path.hasSuffix("']"), let open = path.firstIndex(of: "[") else { return nil }
    let rest = path[path.index(after: open)...]
    guard rest.hasPrefix("'"), rest.count >= 3 else { return nil }
    return (String(path[..<open]), String(rest.dropFirst().dropLast(2)))
  }

  static func resource(
    _ reference: CoreV1.ResourceFieldSelector, _ path: FieldPath, inVolume: Bool, into errors: inout [FieldError]
  ) {
    if inVolume, reference.containerName.isEmpty {
      errors.append(.required(path.child("containerName")))
    } else if reference.resource.isEmpty {
      errors.append(.required(path.child("resource")))
    } else if !resources.contains(reference.resource), !isHugePages(reference.resource) {
      errors.append(.notSupported(path.child("resource"), reference.resource, supported: resources))
    }
    divisor(reference, path.child("divisor"), into: &errors)
  }

  private static func isHugePages(_ resource: String) -> Bool {
    resource.hasPrefix("limits.hugepages-") || resource.hasPrefix("requests.hugepages-")
  }

  private static let units = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"]

  private static func divisor(
    _ reference: CoreV1.ResourceFieldSelector, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if reference.divisor.isZero { return }
    let name: String
    let supported: [String]
    switch reference.resource {
    case "limits.cpu", "requests.cpu": (name, supported) = ("cpu", ["1m", "1"])
    case "limits.memory", "requests.memory": (name, supported) = ("memory", units)
    case "limits.ephemeral-storage", "requests.ephemeral-storage":
      (name, supported) = ("local ephemeral storage", units)
    case let resource where isHugePages(resource): (name, supported) = ("hugepages", units)
    default: return
    }
    guard !supported.contains(reference.divisor.canonical) else { return }
    let list =
      name == "cpu" ? "1m and 1" : "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei"
    errors.append(
      .invalid(
        path, reference.resource, "only divisor's values \(list) are supported with the \(name) resource"))
  }
}
