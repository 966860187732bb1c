import KubernetesAPI

/// What holds for a container.
enum ContainerRules {
  static let pullPolicies = ["Always", "IfNotPresent", "Never"]

  /// What a container's rules depend on besides the container.
  struct Pod {
    var spec: CoreV1.PodSpec
    var volumes: [String: CoreV1.Volume]
    var inTemplate = false
    var grace: Int64? { spec.terminationGracePeriodSeconds }
    var claims: Set<String> { Set(spec.resourceClaims.map(\.name)) }
  }

  /// What all containers have in common: ordinary ones, those that initialise, and ephemeral ones.
  static func common(
    _ container: CoreV1.Container, _ path: FieldPath, in pod: Pod, into errors: inout [FieldError]
  ) {
    ValueRules.requiredName(container.name, path.child("name"), NameRules.dnsLabel, into: &errors)
    if container.image.isEmpty {
      errors.append(.required(path.child("image")))
    } else if !pod.inTemplate,
      container.image.first?.isWhitespace == true || container.image.last?.isWhitespace == true
    {
      // Whoever fills in a template's images later may have a blank there.
      errors.append(.invalid(path.child("image"), container.image, "must not have leading or trailing whitespace"))
    }
    ValueRules.choice(
      container.terminationMessagePolicy, of: ["FallbackToLogsOnError", "File"],
      path.child("terminationMessagePolicy"), into: &errors)
    ports(container.ports, path.child("ports"), into: &errors)
    EnvironmentRules.variables(container.env, path.child("env"), into: &errors)
    EnvironmentRules.sources(container.envFrom, path.child("envFrom"), into: &errors)
    MountRules.mounts(container, path.child("volumeMounts"), pod.volumes, into: &errors)
    MountRules.devices(container, path.child("volumeDevices"), pod.volumes, into: &errors)
    ValueRules.choice(
      container.imagePullPolicy, of: pullPolicies, path.child("imagePullPolicy"), into: &errors)
    ResourceRules.validate(container.resources, path.child("resources"), claims: pod.claims, into: &errors)
    resizePolicy(
      container.resizePolicy, path.child("resizePolicy"), podRestarts: pod.spec.restartPolicy, into: &errors)
    SecurityRules.container(
      container.securityContext, path.child("securityContext"), hostUsers: pod.spec.hostUsers ?? true, into: &errors)
  }

  /// One of the containers that a pod is about.
  static func ordinary(
    _ container: CoreV1.Container, _ path: FieldPath, in pod: Pod, into errors: inout [FieldError]
  ) {
    HandlerRules.lifecycle(container.lifecycle, path.child("lifecycle"), grace: pod.grace, into: &errors)
    probes(container, path, in: pod, into: &errors)
    if container.restartPolicy != nil {
      errors.append(.forbidden(path.child("restartPolicy"), "may not be set for non-init containers"))
    }
  }

  /// One that runs before them; with the policy `Always` it goes on beside them, and is looked after as they are.
  static func initial(
    _ container: CoreV1.Container, _ path: FieldPath, in pod: Pod, into errors: inout [FieldError]
  ) {
    if let policy = container.restartPolicy, policy != "Always" {
      errors.append(.notSupported(path.child("restartPolicy"), policy, supported: ["Always"]))
    }
    if container.restartPolicy == "Always" {
      HandlerRules.lifecycle(container.lifecycle, path.child("lifecycle"), grace: pod.grace, into: &errors)
      probes(container, path, in: pod, into: &errors)
      return
    }
    for (name, isSet) in [
      ("lifecycle", container.lifecycle != nil), ("livenessProbe", container.livenessProbe != nil),
      ("readinessProbe", container.readinessProbe != nil), ("startupProbe", container.startupProbe != nil),
    ] where isSet {
      errors.append(
        .forbidden(path.child(name), "may not be set for init containers without restartPolicy=Always"))
    }
  }

  /// One that is added to look into a pod that runs.
  static func ephemeral(
    _ container: CoreV1.EphemeralContainer, _ path: FieldPath, in pod: Pod, into errors: inout [FieldError]
  ) {
    let detail = "cannot be set for an Ephemeral Container"
    for (name, isSet) in [
      ("ports", !container.ports.isEmpty), ("lifecycle", container.lifecycle != nil),
      ("livenessProbe", container.livenessProbe != nil), ("readinessProbe", container.readinessProbe != nil),
      ("startupProbe", container.startupProbe != nil), ("resources", container.resources != .init()),
      ("resizePolicy", !container.resizePolicy.isEmpty), ("restartPolicy", container.restartPolicy != nil),
    ] where isSet {
      errors.append(.forbidden(path.child(name), detail))
    }
    for (index, mount) in container.volumeMounts.enumerated() {
      let path = path.child("volumeMounts").index(index)
      if !mount.subPath.isEmpty { errors.append(.forbidden(path.child("subPath"), detail)) }
      if !mount.subPathExpr.isEmpty { errors.append(.forbidden(path.child("subPathExpr"), detail)) }
    }
  }

  private static func probes(
    _ container: CoreV1.Container, _ path: FieldPath, in pod: Pod, into errors: inout [FieldError]
  ) {
    HandlerRules.probe(container.livenessProbe, path.child("livenessProbe"), grace: pod.grace, into: &errors)
    HandlerRules.mustSucceedOnce(container.livenessProbe, path.child("livenessProbe"), into: &errors)
    HandlerRules.probe(container.readinessProbe, path.child("readinessProbe"), grace: pod.grace, into: &errors)
    if let seconds = container.readinessProbe?.terminationGracePeriodSeconds {
      errors.append(
        .invalid(
          path.child("readinessProbe", "terminationGracePeriodSeconds"), seconds,
          "must not be set for readinessProbes"))
    }
    HandlerRules.probe(container.startupProbe, path.child("startupProbe"), grace: pod.grace, into: &errors)
    HandlerRules.mustSucceedOnce(container.startupProbe, path.child("startupProbe"), into: &errors)
  }

  private static func ports(
    _ ports: [CoreV1.ContainerPort], _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var names: Set<String> = []
    for (index, port) in ports.enumerated() {
      let path = path.index(index)
      if !port.name.isEmpty {
        let problems = NameRules.portName(port.name)
        for problem in problems { errors.append(.invalid(path.child("name"), port.name, problem)) }
        if problems.isEmpty, !names.insert(port.name).inserted {
          errors.append(.duplicate(path.child("name"), port.name))
        }
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

  private static func resizePolicy(
    _ policies: [CoreV1.ContainerResizePolicy], _ path: FieldPath, podRestarts: String,
    into errors: inout [FieldError]
  ) {
    var seen: Set<String> = []
    for (index, policy) in policies.enumerated() {
      if !seen.insert(policy.resourceName).inserted {
        errors.append(.duplicate(path.index(index), policy.resourceName))
      }
      ValueRules.choice(policy.resourceName, of: ["cpu", "memory"], path, into: &errors)
      ValueRules.choice(policy.restartPolicy, of: ["NotRequired", "RestartContainer"], path, into: &errors)
      if podRestarts == "Never", policy.restartPolicy == "RestartContainer" {
        errors.append(
          .invalid(path, policy.restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'"))
      }
    }
  }
}

extension CoreV1.EphemeralContainer {
  /// What it has in common with other containers.
  var asContainer: CoreV1.Container {
    var container = CoreV1.Container()
    container.name = name
    container.image = image
    container.env = env
    container.envFrom = envFrom
    container.volumeMounts = volumeMounts
    container.volumeDevices = volumeDevices
    container.terminationMessagePolicy = terminationMessagePolicy
    container.imagePullPolicy = imagePullPolicy
    container.securityContext = securityContext
    return container
  }
}
