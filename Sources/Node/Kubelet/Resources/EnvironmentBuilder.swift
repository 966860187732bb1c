package import ContainerRuntime
package import KubernetesAPI
import PodRules

/// What a pod's specification refers to in the API. `nil` for what does not exist.
package struct PodReferences: Sendable {
  package var configMaps: [String: CoreV1.ConfigMap]
  package var secrets: [String: CoreV1.Secret]
  /// Tokens of the pod's service account.
  package var tokens: [TokenWish: String]
  /// The Service `kubernetes`: how containers find the API.
  package var api: CoreV1.Service?

  package init(
    configMaps: [String: CoreV1.ConfigMap] = [:], secrets: [String: CoreV1.Secret] = [:],
    tokens: [TokenWish: String] = [:], api: CoreV1.Service? = nil
  ) {
    self.configMaps = configMaps
    self.secrets = secrets
    self.tokens = tokens
    self.api = api
  }

  /// The variables by which client libraries find the API from within a container.
  package var apiVariables: [(name: String, value: String)] {
    guard let api, let port = api.spec.ports.first?.port, !["", "None"].contains(api.spec.clusterIP) else { return [] }
    let host = api.spec.clusterIP
    let prefix = "KUBERNETES_PORT_\(port)_TCP"
    return [
      ("KUBERNETES_SERVICE_HOST", host), ("KUBERNETES_SERVICE_PORT", "\(port)"),
      ("KUBERNETES_SERVICE_PORT_HTTPS", "\(port)"), ("KUBERNETES_PORT", "tcp://\(host):\(port)"),
      (prefix, "tcp://\(host):\(port)"), ("\(prefix)_PROTO", "tcp"), ("\(prefix)_PORT", "\(port)"),
      ("\(prefix)_ADDR", host),
    ]
  }

  /// The names that a pod's environments and volumes need.
  package static func names(in pod: CoreV1.Pod) -> (configMaps: Set<String>, secrets: Set<String>) {
    var maps = Set<String>()
    var secrets = Set<String>()
    for container in pod.spec.initContainers + pod.spec.containers {
      for source in container.envFrom {
        if let reference = source.configMapRef { maps.insert(reference.name) }
        if let reference = source.secretRef { secrets.insert(reference.name) }
      }
      for variable in container.env {
        if let reference = variable.valueFrom?.configMapKeyRef { maps.insert(reference.name) }
        if let reference = variable.valueFrom?.secretKeyRef { secrets.insert(reference.name) }
      }
    }
    for volume in pod.spec.volumes {
      if let source = volume.configMap { maps.insert(source.name) }
      if let source = volume.secret { secrets.insert(source.secretName) }
      for part in volume.projected?.sources ?? [] {
        if let source = part.configMap { maps.insert(source.name) }
        if let source = part.secret { secrets.insert(source.name) }
      }
    }
    maps.remove("")
    secrets.remove("")
    return (maps, secrets)
  }
}

/// Makes a container's environment, and expands `$(NAME)` in it, in commands and in arguments. Pure.
package struct EnvironmentBuilder: Sendable {
  /// Why an environment cannot be made; becomes `CreateContainerConfigError`.
  package struct Failure: Error, Hashable, CustomStringConvertible {
    package var description: String
  }

  package var pod: CoreV1.Pod
  package var references: PodReferences
  package var podAddresses: [String]
  package var hostAddress: String
  /// What limits mean for a container that has none (for `resourceFieldRef`): the node's allocatable amounts.
  package var allocatable: [String: Quantity]

  package init(
    pod: CoreV1.Pod, references: PodReferences, podAddresses: [String], hostAddress: String,
    allocatable: [String: Quantity] = [:]
  ) {
    self.pod = pod
    self.references = references
    self.podAddresses = podAddresses
    self.hostAddress = hostAddress
    self.allocatable = allocatable
  }

  /// The variables in order: where the API is, what is taken from whole config maps and secrets, then `env`; a later
  /// one of the same name replaces an earlier one.
  package func environment(of container: CoreV1.Container) throws(Failure) -> [EnvironmentVariable] {
    var names: [String] = []
    var values: [String: String] = [:]
    func set(_ name: String, _ value: String) {
      if values.updateValue(value, forKey: name) == nil { names.append(name) }
    }
    for (name, value) in references.apiVariables { set(name, value) }
    for source in container.envFrom {
      for (key, value) in try all(source) where Self.isVariableName(source.prefix + key) {
        set(source.prefix + key, value)
      }
    }
    for variable in container.env {
      if let source = variable.valueFrom {
        if let value = try self.value(of: source, in: container) { set(variable.name, value) }
      } else {
        set(variable.name, Self.expand(variable.value, values))
      }
    }
    return names.map { EnvironmentVariable(name: $0, value: values[$0] ?? "") }
  }

  private func all(_ source: CoreV1.EnvFromSource) throws(Failure) -> [(String, String)] {
    if let reference = source.configMapRef {
      guard let map = references.configMaps[reference.name] else {
        if reference.optional == true { return [] }
        throw Failure(description: "configmap \"\(reference.name)\" not found")
      }
      return map.data.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
    if let reference = source.secretRef {
      guard let secret = references.secrets[reference.name] else {
        if reference.optional == true { return [] }
        throw Failure(description: "secret \"\(reference.name)\" not found")
      }
      return secret.data.sorted { $0.key < $1.key }.map { ($0.key, String(decoding: $0.value, as: UTF8.self)) }
    }
    return []
  }

  private func value(of source: CoreV1.EnvVarSource, in container: CoreV1.Container) throws(Failure) -> String? {
    if let reference = source.fieldRef { return try field(reference.fieldPath) }
    if let reference = source.resourceFieldRef { return try resource(reference, in: container) }
    if let reference = source.configMapKeyRef {
      if let value = references.configMaps[reference.name]?.data[reference.key] { return value }
      if reference.optional == true { return nil }
      guard references.configMaps[reference.name] != nil else {
        throw Failure(description: "configmap \"\(reference.name)\" not found")
      }
      throw Failure(
        description: "couldn't find key \(reference.key) in ConfigMap \(pod.metadata.namespace)/\(reference.name)")
    }
    if let reference = source.secretKeyRef {
      if let value = references.secrets[reference.name]?.data[reference.key] {
        return String(decoding: value, as: UTF8.self)
      }
      if reference.optional == true { return nil }
      guard references.secrets[reference.name] != nil else {
        throw Failure(description: "secret \"\(reference.name)\" not found")
      }
      throw Failure(
        description: "couldn't find key \(reference.key) in Secret \(pod.metadata.namespace)/\(reference.name)")
    }
    throw Failure(description: "a variable's valueFrom names no source")
  }

  /// A field of the pod (the downward API).
  package func field(_ path: String) throws(Failure) -> String {
    switch path {
    case "metadata.name": return pod.metadata.name
    case "metadata.namespace": return pod.metadata.namespace
    case "metadata.uid": return pod.metadata.uid
    case "spec.nodeName": return pod.spec.nodeName
    case "spec.serviceAccountName": return pod.spec.serviceAccountName
    case "status.podIP": return podAddresses.first ?? ""
    case "status.podIPs": return podAddresses.joined(separator: ",")
    case "status.hostIP", "status.hostIPs": return hostAddress
    case "metadata.labels": return Self.lines(pod.metadata.labels)
    case "metadata.annotations": return Self.lines(pod.metadata.annotations)
    default:
      for (prefix, values) in [
        ("metadata.labels['", pod.metadata.labels), ("metadata.annotations['", pod.metadata.annotations),
      ]
      where path.hasPrefix(prefix) && path.hasSuffix("']") && path.count >= prefix.count + 2 {
        return values[String(path.dropFirst(prefix.count).dropLast(2))] ?? ""
      }
      throw Failure(description: "the field \(path) is not supported")
    }
  }

  private static func lines(_ values: [String: String]) -> String {
    values.sorted { $0.key < $1.key }.map { "\($0.key)=\(goQuoted($0.value))" }.joined(separator: "\n")
  }

  private static func goQuoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }

  /// An amount of a container's resources, divided by the divisor and rounded up.
  package func resource(
    _ reference: CoreV1.ResourceFieldSelector, in container: CoreV1.Container?
  ) throws(Failure) -> String {
    let all = pod.spec.containers + pod.spec.initContainers
    guard
      let target = reference.containerName.isEmpty
        ? container : all.first(where: { $0.name == reference.containerName })
    else { throw Failure(description: "there is no container \"\(reference.containerName)\"") }
    let parts = reference.resource.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { throw Failure(description: "the resource \(reference.resource) is not supported") }
    let amount: Quantity
    switch parts[0] {
    case "limits": amount = target.resources.limits[parts[1]] ?? allocatable[parts[1]] ?? Quantity()
    case "requests": amount = target.resources.requests[parts[1]] ?? target.resources.limits[parts[1]] ?? Quantity()
    default: throw Failure(description: "the resource \(reference.resource) is not supported")
    }
    if parts[1] == "cpu" {
      let divisor = reference.divisor.isZero ? 1000 : max(1, reference.divisor.milliValue)
      return String((amount.milliValue + divisor - 1) / divisor)
    }
    let divisor = reference.divisor.isZero ? 1 : max(1, reference.divisor.value)
    let value = amount.value
    return String(value / divisor + (value % divisor == 0 ? 0 : 1))
  }

  /// Puts values for `$(NAME)`; `$$` is a dollar sign; what names no variable stays as it is.
  package static func expand(_ text: String, _ values: [String: String]) -> String {
    guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
    var result = ""
    var rest = Substring(text)
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      let after = rest[rest.index(after: dollar)...]
      if after.first == "$" {
        result += "$"
        rest = after.dropFirst()
      } else if after.first == "(", let end = after.firstIndex(of: ")") {
        let name = String(after[after.index(after: after.startIndex)..<end])
        result += values[name] ?? "$(\(name))"
        rest = after[after.index(after: end)...]
      } else {
        result += "$"
        rest = after
      }
    }
    return result + rest
  }

  private static func isVariableName(_ name: String) -> Bool {
    !name.isEmpty && !name.utf8.contains(UInt8(ascii: "=")) && !name.utf8.contains(0)
  }
}
