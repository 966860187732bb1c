import KubernetesAPI

/// PodSecurity: pods that go beyond what their namespace's labels allow are refused, or warned of; of workloads that
/// would make such pods there is a warning. (What a label asks to be written into an audit log is not: there is none.)
struct PodSecurityAdmission: ValidatingPlugin {
  /// How many pods of a namespace are looked at when it becomes stricter.
  private static let podLimit = 3000

  /// Namespaces, pods, and all that `template` finds something in.
  var kinds: [any KubernetesObject.Type] {
    [
      CoreV1.Namespace.self, CoreV1.Pod.self, AppsV1.Deployment.self, AppsV1.ReplicaSet.self, AppsV1.DaemonSet.self,
      AppsV1.StatefulSet.self, BatchV1.Job.self, BatchV1.CronJob.self, CoreV1.ReplicationController.self,
      CoreV1.PodTemplate.self,
    ]
  }

  func validate(
    _ object: any KubernetesObject, old: (any KubernetesObject)?, _ request: AdmissionRequest,
    _ facts: any AdmissionFacts, warnings: inout [String]
  ) throws(AdmissionRefusal) {
    guard request.operation != .delete else { return }
    if let namespace = object as? CoreV1.Namespace {
      guard request.subresource.isEmpty else { return }
      return try validate(namespace, old: old as? CoreV1.Namespace, facts, &warnings)
    }
    if let pod = object as? CoreV1.Pod {
      guard request.subresource.isEmpty || request.subresource == "ephemeralcontainers" else { return }
      if let old = old as? CoreV1.Pod, !Self.matters(pod, old) { return }
      return try validate(pod, request, facts, &warnings)
    }
    guard request.subresource.isEmpty, let template = Self.template(of: object),
      let policy = Self.policy(of: request.namespace, facts), policy.warn.name != .privileged
    else { return }
    warn(template.spec, template.metadata.annotations, policy, &warnings)
  }

  private static func policy(of namespace: String, _ facts: any AdmissionFacts) -> PodSecurityPolicy? {
    let labels = facts.labels(of: CoreV1.Namespace.self, namespace: "", name: namespace) ?? [:]
    guard labels.keys.contains(where: { $0.hasPrefix(PodSecurityPolicy.prefix) }) else { return nil }
    return PodSecurityPolicy(labels: labels)
  }

  // MARK: Pods

  private func validate(
    _ pod: CoreV1.Pod, _ request: AdmissionRequest, _ facts: any AdmissionFacts, _ warnings: inout [String]
  ) throws(AdmissionRefusal) {
    guard let policy = Self.policy(of: request.namespace, facts), !policy.isPrivileged else { return }
    let found = PodSecurityChecks.findings(pod.spec, annotations: pod.metadata.annotations, at: policy.enforce)
    if !found.isEmpty {
      throw request.refusal("violates PodSecurity \"\(policy.enforce)\": \(Self.text(found))")
    }
    warn(pod.spec, pod.metadata.annotations, policy, &warnings)
  }

  private func warn(
    _ spec: CoreV1.PodSpec, _ annotations: [String: String], _ policy: PodSecurityPolicy, _ warnings: inout [String]
  ) {
    let found = PodSecurityChecks.findings(spec, annotations: annotations, at: policy.warn)
    if !found.isEmpty { warnings.append("would violate PodSecurity \"\(policy.warn)\": \(Self.text(found))") }
  }

  private static func text(_ findings: [PodSecurityChecks.Finding]) -> String {
    findings.map(\.description).joined(separator: ", ")
  }

  /// Whether a change of a pod that exists can concern the checks: most of it is fixed.
  private static func matters(_ pod: CoreV1.Pod, _ old: CoreV1.Pod) -> Bool {
    func mark(_ container: CoreV1.Container) -> [String] {
      [container.name, container.image, container.securityContext?.json.description ?? ""]
    }
    func marks(_ pod: CoreV1.Pod) -> [[String]] { (pod.spec.initContainers + pod.spec.containers).map(mark) }
    func profiles(_ pod: CoreV1.Pod) -> [String: String] {
      pod.metadata.annotations.filter { $0.key.contains("apparmor") || $0.key.contains("seccomp") }
    }
    return marks(pod) != marks(old) || pod.spec.ephemeralContainers != old.spec.ephemeralContainers
      || profiles(pod) != profiles(old)
  }

  // MARK: Workloads

  private static func template(of object: any KubernetesObject) -> CoreV1.PodTemplateSpec? {
    switch object {
    case let workload as AppsV1.Deployment: workload.spec.template
    case let workload as AppsV1.ReplicaSet: workload.spec.template
    case let workload as AppsV1.DaemonSet: workload.spec.template
    case let workload as AppsV1.StatefulSet: workload.spec.template
    case let workload as BatchV1.Job: workload.spec.template
    case let workload as BatchV1.CronJob: workload.spec.jobTemplate.spec.template
    case let workload as CoreV1.ReplicationController: workload.spec.template
    case let workload as CoreV1.PodTemplate: workload.template
    default: nil
    }
  }

  // MARK: Namespaces

  private func validate(
    _ namespace: CoreV1.Namespace, old: CoreV1.Namespace?, _ facts: any AdmissionFacts, _ warnings: inout [String]
  ) throws(AdmissionRefusal) {
    let policy = PodSecurityPolicy(labels: namespace.metadata.labels)
    let name = namespace.metadata.name
    guard let old else {
      if !policy.errors.isEmpty { throw Self.invalid(name, policy.errors) }
      return
    }
    let before = PodSecurityPolicy(labels: old.metadata.labels)
    // What was wrong before may stay so, that everything else can still be changed.
    if !policy.errors.isEmpty, before.errors.isEmpty { throw Self.invalid(name, policy.errors) }
    guard policy.enforce != before.enforce, policy.enforce.name != .privileged else { return }
    if Self.strictness(policy.enforce) <= Self.strictness(before.enforce), policy.enforce.minor == before.enforce.minor
    {
      return
    }
    warnings += try standing(in: name, against: policy.enforce, facts)
  }

  private static func invalid(_ name: String, _ errors: [FieldError]) -> AdmissionRefusal {
    AdmissionRefusal(.invalid(kind: "Namespace", group: "", name: name, errors))
  }

  private static func strictness(_ level: PodSecurityLevel) -> Int {
    PodSecurityLevel.Name.allCases.firstIndex(of: level.name) ?? 0
  }

  /// Which pods that are there already would no longer be let in, those of one reason in one line.
  private func standing(
    in namespace: String, against level: PodSecurityLevel, _ facts: any AdmissionFacts
  ) throws(AdmissionRefusal) -> [String] {
    let pods = try facts.list(CoreV1.Pod.self, namespace: namespace)
    var byReason: [String: [String]] = [:]
    for pod in pods.prefix(Self.podLimit) {
      let found = PodSecurityChecks.findings(pod.spec, annotations: pod.metadata.annotations, at: level)
      guard !found.isEmpty else { continue }
      byReason[found.map(\.reason).joined(separator: ", "), default: []].append(pod.metadata.name)
    }
    guard !byReason.isEmpty else { return [] }
    var lines: [String] = []
    if pods.count > Self.podLimit {
      lines.append(
        "new PodSecurity enforce level only checked against the first \(Self.podLimit) of \(pods.count) "
          + "existing pods")
    }
    lines.append(
      "existing pods in namespace \(FieldError.quoted(namespace)) violate the new PodSecurity enforce level \"\(level)\""
    )
    return lines
      + byReason.sorted { $0.value[0] < $1.value[0] }.map { entry in
        let more = entry.value.count - 1
        let others = more == 0 ? "" : " (and \(more) other \(PodSecurityChecks.plural("pod", more)))"
        return "\(entry.value[0])\(others): \(entry.key)"
      }
  }
}
