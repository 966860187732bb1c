import KubernetesAPI

/// What holds for a container.
enum ContainerRules {
  static let pullPolicies = ["Always", "IfNotPresent", "Never"]

  static func validate(
    _ container: CoreV1.Container, _ path: FieldPath, volumes: Set<String>, isInit: Bool,
    into errors: inout [FieldError]
  ) {
    if container.name.isEmpty {
      errors.append(.required(path.child("name")))
    } else {
      for problem in NameRules.dnsLabel(container.name) {
        errors.append(.invalid(path.child("name"), container.name, problem))
      }
    }
    if container.image.isEmpty {
      errors.append(.required(path.child("image")))
    } else if container.image.first?.isWhitespace == true || container.image.last?.isWhitespace == true {
      errors.append(.invalid(path.child("image"), container.image, "must not have leading or trailing whitespace"))
    }
    if !pullPolicies.contains(container.imagePullPolicy) {
      errors.append(
        .notSupported(path.child("imagePullPolicy"), container.imagePullPolicy, supported: pullPolicies))
    }
    if !["File", "FallbackToLogsOnError"].contains(container.terminationMessagePolicy) {
      errors.append(
        .notSupported(
          path.child("terminationMessagePolicy"), container.terminationMessagePolicy,
          supported: ["FallbackToLogsOnError", "File"]))
    }
    if let policy = container.restartPolicy {
      if !isInit {
        errors.append(.forbidden(path.child("restartPolicy"), "may not be set for non-init containers"))
      } else if policy != "Always" {
        errors.append(.notSupported(path.child("restartPolicy"), policy, supported: ["Always"]))
      }
    }
    ports(container.ports, path.child("ports"), into: &errors)
    environment(container.env, path.child("env"), into: &errors)
    mounts(container.volumeMounts, path.child("volumeMounts"), volumes, into: &errors)
    resources(container.resources, path.child("resources"), into: &errors)
    for (name, probe) in [
      ("livenessProbe", container.livenessProbe), ("readinessProbe", container.readinessProbe),
      ("startupProbe", container.startupProbe),
    ] {
      guard let probe else { continue }
      validate(probe, path.child(name), mustSucceedOnce: name != "readinessProbe", into: &errors)
    }
  }

  private static func ports(
    _ ports: [CoreV1.ContainerPort], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var names: Set<String> = []
    for (index, port) in ports.enumerated() {
      let path = path.index(index)
      if !port.name.isEmpty {
        for problem in NameRules.portName(port.name) { errors.append(.invalid(path.child("name"), port.name, problem)) }
        if !names.insert(port.name).inserted { errors.append(.duplicate(path.child("name"), port.name)) }
      }
      if port.containerPort == 0 {
        errors.append(.required(path.child("containerPort")))
      } else {
        for problem in NameRules.portNumber(Int(port.containerPort)) {
          errors.append(.invalid(path.child("containerPort"), port.containerPort, problem))
        }
      }
      if port.hostPort != 0 {
        for problem in NameRules.portNumber(Int(port.hostPort)) {
          errors.append(.invalid(path.child("hostPort"), port.hostPort, problem))
        }
      }
      PortRules.protocol(port.protocol, path.child("protocol"), into: &errors)
    }
  }

  private static func environment(
    _ variables: [CoreV1.EnvVar], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    for (index, variable) in variables.enumerated() {
      let path = path.index(index)
      if variable.name.isEmpty {
        errors.append(.required(path.child("name")))
      } else {
        for problem in NameRules.environmentName(variable.name) {
          errors.append(.invalid(path.child("name"), variable.name, problem))
        }
      }
      guard let source = variable.valueFrom else { continue }
      let count = [
        source.fieldRef != nil, source.resourceFieldRef != nil, source.configMapKeyRef != nil,
        source.secretKeyRef != nil,
      ].filter { $0 }.count
      let from = path.child("valueFrom")
      if !variable.value.isEmpty { errors.append(.invalid(from, "", "may not be specified when `value` is not empty")) }
      if count == 0 {
        errors.append(
          .invalid(
            from, "", "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"))
      } else if count > 1 {
        errors.append(.invalid(from, "", "may not have more than one field specified at a time"))
      }
    }
  }

  private static func mounts(
    _ mounts: [CoreV1.VolumeMount], _ path: FieldPath, _ volumes: Set<String>, into errors: inout [FieldError]
  ) {
    var paths: Set<String> = []
    for (index, mount) in mounts.enumerated() {
      let path = path.index(index)
      if mount.name.isEmpty {
        errors.append(.required(path.child("name")))
      } else if !volumes.contains(mount.name) {
        errors.append(.notFound(path.child("name"), mount.name))
      }
      if mount.mountPath.isEmpty { errors.append(.required(path.child("mountPath"))) }
      if !mount.mountPath.isEmpty, !paths.insert(mount.mountPath).inserted {
        errors.append(.invalid(path.child("mountPath"), mount.mountPath, "must be unique"))
      }
      if mount.subPath.hasPrefix("/") {
        errors.append(.invalid(path.child("subPath"), mount.subPath, "must be a relative path"))
      } else if mount.subPath.split(separator: "/").contains("..") {
        errors.append(.invalid(path.child("subPath"), mount.subPath, "must not contain '..'"))
      }
      if !mount.subPath.isEmpty, !mount.subPathExpr.isEmpty {
        errors.append(
          .invalid(path.child("subPathExpr"), mount.subPathExpr, "subPathExpr and subPath are mutually exclusive"))
      }
    }
  }

  private static func resources(
    _ resources: CoreV1.ResourceRequirements, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    for (list, amounts) in [("limits", resources.limits), ("requests", resources.requests)] {
      for (name, amount) in amounts.sorted(by: { $0.key < $1.key }) {
        let path = path.child(list).key(name)
        for problem in NameRules.qualifiedName(name) { errors.append(.invalid(path, name, problem)) }
        if amount < Quantity(0) { errors.append(.invalid(path, amount.text, "must be greater than or equal to 0")) }
      }
    }
    for (name, request) in resources.requests.sorted(by: { $0.key < $1.key }) {
      guard let limit = resources.limits[name], request > limit else { continue }
      errors.append(
        .invalid(path.child("requests"), request.text, "must be less than or equal to \(name) limit of \(limit.text)"))
    }
  }

  private static func validate(
    _ probe: CoreV1.Probe, _ path: FieldPath, mustSucceedOnce: Bool, into errors: inout [FieldError]
  ) {
    for (name, value) in [
      ("initialDelaySeconds", probe.initialDelaySeconds), ("timeoutSeconds", probe.timeoutSeconds),
      ("periodSeconds", probe.periodSeconds), ("successThreshold", probe.successThreshold),
      ("failureThreshold", probe.failureThreshold),
    ] where value < 0 {
      errors.append(.invalid(path.child(name), value, "must be greater than or equal to 0"))
    }
    if mustSucceedOnce, probe.successThreshold > 1 {
      errors.append(.invalid(path.child("successThreshold"), probe.successThreshold, "must be 1"))
    }
  }
}
