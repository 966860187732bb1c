import KubernetesAPI

/// What the Pod Security Standards forbid, check by check, with Kubernetes' words. Pure.
enum PodSecurityChecks {
  /// Something that a pod has and a level forbids: `reason (detail)`.
  struct Finding: Equatable, CustomStringConvertible {
    var reason: String
    var detail: String
    var description: String { detail.isEmpty ? reason : "\(reason) (\(detail))" }
  }

  private typealias Check = @Sendable (PodSecuritySubject, PodSecurityLevel) -> Finding?

  /// In the order in which findings are told.
  private static let baseline: [Check] = [
    appArmor,
    { subject, level in level.name == .restricted && level.isAtLeast(22) ? nil : capabilities(subject, level) },
    hostNamespaces,
    { subject, level in level.name == .restricted ? nil : hostPathVolumes(subject, level) }, hostPorts, privileged,
    procMount, seLinux,
    { subject, level in level.name == .restricted && level.isAtLeast(19) ? nil : seccomp(subject, level) }, sysctls,
    hostProcess,
  ]
  private static let restricted: [Check] = [
    privilegeEscalation, restrictedCapabilities, restrictedVolumes, runAsNonRoot, runAsUser, restrictedSeccomp,
  ]

  /// All that a level forbids of a pod; empty: nothing.
  static func findings(
    _ spec: CoreV1.PodSpec, annotations: [String: String], at level: PodSecurityLevel
  ) -> [Finding] {
    guard level.name != .privileged else { return [] }
    let subject = PodSecuritySubject(spec, annotations)
    let checks = level.name == .restricted ? baseline + restricted : baseline
    return checks.compactMap { $0(subject, level) }
  }

  // MARK: Baseline

  @Sendable private static func appArmor(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    func isForbidden(_ type: String?) -> Bool { type.map { !["RuntimeDefault", "Localhost"].contains($0) } ?? false }
    var values: Set<String> = []
    var setters: [String] = []
    if let type = subject.spec.securityContext?.appArmorProfile?.type, isForbidden(type) {
      setters.append("pod")
      values.insert(type)
    }
    let containers = subject.names { isForbidden($0.securityContext?.appArmorProfile?.type) }
    for container in subject.containers {
      if let type = container.securityContext?.appArmorProfile?.type, isForbidden(type) { values.insert(type) }
    }
    if !containers.isEmpty { setters.append(containersText(containers)) }
    var details: [String] = []
    if !setters.isEmpty {
      details.append(
        "\(setters.joined(separator: " and ")) must not set AppArmor profile type to \(quoted(values.sorted()))")
    }
    let prefix = "container.apparmor.security.beta.kubernetes.io/"
    let annotations = subject.annotations.filter { entry in
      entry.key.hasPrefix(prefix) && !entry.value.isEmpty && entry.value != "runtime/default"
        && !entry.value.hasPrefix("localhost/")
    }.sorted { $0.key < $1.key }.map { "\($0.key)=\(FieldError.quoted($0.value))" }
    if !annotations.isEmpty {
      details.append("\(plural("annotation", annotations.count)) \(annotations.joined(separator: ", "))")
    }
    guard !details.isEmpty else { return nil }
    return Finding(
      reason: plural("forbidden AppArmor profile", values.count + annotations.count),
      detail: details.joined(separator: "; "))
  }

  private static let defaultCapabilities: Set<String> = [
    "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP",
    "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
  ]

  @Sendable private static func capabilities(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    var added: Set<String> = []
    let containers = subject.names { container in
      let more = Set(container.securityContext?.capabilities?.add ?? []).subtracting(defaultCapabilities)
      added.formUnion(more)
      return !more.isEmpty
    }
    guard !containers.isEmpty else { return nil }
    return Finding(
      reason: "non-default capabilities",
      detail: "\(containersText(containers)) must not include \(quoted(added.sorted())) in "
        + "securityContext.capabilities.add")
  }

  @Sendable private static func hostNamespaces(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    let shared = [
      ("hostNetwork", subject.spec.hostNetwork), ("hostPID", subject.spec.hostPID), ("hostIPC", subject.spec.hostIPC),
    ].filter(\.1).map { "\($0.0)=true" }
    return shared.isEmpty ? nil : Finding(reason: "host namespaces", detail: shared.joined(separator: ", "))
  }

  @Sendable private static func hostPathVolumes(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    let names = subject.spec.volumes.filter { $0.hostPath != nil }.map(\.name)
    guard !names.isEmpty else { return nil }
    return Finding(reason: "hostPath volumes", detail: "\(plural("volume", names.count)) \(quoted(names))")
  }

  @Sendable private static func hostPorts(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    var ports: Set<Int32> = []
    let containers = subject.names { container in
      let taken = container.ports.map(\.hostPort).filter { $0 != 0 }
      ports.formUnion(taken)
      return !taken.isEmpty
    }
    guard !containers.isEmpty else { return nil }
    let list = ports.map { String($0) }.sorted().joined(separator: ", ")
    return Finding(
      reason: "hostPort",
      detail:
        "\(containersText(containers)) \(containers.count == 1 ? "uses" : "use") \(plural("hostPort", ports.count)) "
        + list)
  }

  @Sendable private static func privileged(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    let containers = subject.names { $0.securityContext?.privileged == true }
    guard !containers.isEmpty else { return nil }
    return Finding(
      reason: "privileged", detail: "\(containersText(containers)) must not set securityContext.privileged=true")
  }

  @Sendable private static func procMount(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    var types: Set<String> = []
    let containers = subject.names { container in
      guard let type = container.securityContext?.procMount, type != "Default" else { return false }
      types.insert(type)
      return true
    }
    guard !containers.isEmpty else { return nil }
    return Finding(
      reason: "procMount",
      detail: "\(containersText(containers)) must not set securityContext.procMount to \(quoted(types.sorted()))")
  }

  @Sendable private static func seLinux(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    var allowed: Set<String> = ["", "container_t", "container_init_t", "container_kvm_t"]
    if level.isAtLeast(31) { allowed.insert("container_engine_t") }
    var types: Set<String> = []
    var setsUser = false
    var setsRole = false
    func isForbidden(_ options: CoreV1.SELinuxOptions?) -> Bool {
      guard let options else { return false }
      if !allowed.contains(options.type) { types.insert(options.type) }
      if !options.user.isEmpty { setsUser = true }
      if !options.role.isEmpty { setsRole = true }
      return !allowed.contains(options.type) || !options.user.isEmpty || !options.role.isEmpty
    }
    var setters: [String] = []
    if isForbidden(subject.spec.securityContext?.seLinuxOptions) { setters.append("pod") }
    let containers = subject.names { isForbidden($0.securityContext?.seLinuxOptions) }
    if !containers.isEmpty { setters.append(containersText(containers)) }
    guard !setters.isEmpty else { return nil }
    var wrong: [String] = []
    if !types.isEmpty { wrong.append("\(plural("type", types.count)) \(quoted(types.sorted()))") }
    if setsUser { wrong.append("user may not be set") }
    if setsRole { wrong.append("role may not be set") }
    return Finding(
      reason: "seLinuxOptions",
      detail: "\(setters.joined(separator: " and ")) set forbidden securityContext.seLinuxOptions: "
        + wrong.joined(separator: "; "))
  }

  @Sendable private static func seccomp(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    // Before 1.19 there were annotations only, which nothing reads any more.
    guard level.isAtLeast(19) else { return nil }
    return forbiddenSeccomp(subject) { ["RuntimeDefault", "Localhost"].contains($0) }
  }

  private static func forbiddenSeccomp(
    _ subject: PodSecuritySubject, isValid: (String) -> Bool
  ) -> Finding? {
    var values: Set<String> = []
    func isForbidden(_ profile: CoreV1.SeccompProfile?) -> Bool {
      guard let profile, !isValid(profile.type) else { return false }
      values.insert(profile.type)
      return true
    }
    var setters: [String] = []
    if isForbidden(subject.spec.securityContext?.seccompProfile) { setters.append("pod") }
    let containers = subject.names { isForbidden($0.securityContext?.seccompProfile) }
    if !containers.isEmpty { setters.append(containersText(containers)) }
    guard !setters.isEmpty else { return nil }
    return Finding(
      reason: "seccompProfile",
      detail: "\(setters.joined(separator: " and ")) must not set securityContext.seccompProfile.type to "
        + quoted(values.sorted()))
  }

  /// Kernel parameters that concern a pod alone, with the version from which on they are counted so.
  private static let safeSysctls: [(name: String, since: Int)] = [
    ("kernel.shm_rmid_forced", 0), ("net.ipv4.ip_local_port_range", 0), ("net.ipv4.tcp_syncookies", 0),
    ("net.ipv4.ping_group_range", 0), ("net.ipv4.ip_unprivileged_port_start", 0),
    ("net.ipv4.ip_local_reserved_ports", 27), ("net.ipv4.tcp_keepalive_time", 29), ("net.ipv4.tcp_fin_timeout", 29),
    ("net.ipv4.tcp_keepalive_intvl", 29), ("net.ipv4.tcp_keepalive_probes", 29), ("net.ipv4.tcp_rmem", 32),
    ("net.ipv4.tcp_wmem", 32),
  ]

  @Sendable private static func sysctls(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    let forbidden = (subject.spec.securityContext?.sysctls ?? []).map(\.name).filter { name in
      !safeSysctls.contains { $0.name == name && level.isAtLeast($0.since) }
    }
    guard !forbidden.isEmpty else { return nil }
    return Finding(reason: "forbidden sysctls", detail: forbidden.joined(separator: ", "))
  }

  @Sendable private static func hostProcess(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    var setters: [String] = []
    if subject.spec.securityContext?.windowsOptions?.hostProcess == true { setters.append("pod") }
    let containers = subject.names { $0.securityContext?.windowsOptions?.hostProcess == true }
    if !containers.isEmpty { setters.append(containersText(containers)) }
    guard !setters.isEmpty else { return nil }
    return Finding(
      reason: "hostProcess",
      detail: "\(setters.joined(separator: " and ")) must not set securityContext.windowsOptions.hostProcess=true")
  }

  // MARK: Restricted

  /// What only Linux has is not asked of Windows.
  private static func isSpared(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Bool {
    level.isAtLeast(25) && subject.spec.os?.name == "windows"
  }

  @Sendable private static func privilegeEscalation(
    _ subject: PodSecuritySubject, _ level: PodSecurityLevel
  ) -> Finding? {
    guard level.isAtLeast(8), !isSpared(subject, level) else { return nil }
    let containers = subject.names { $0.securityContext?.allowPrivilegeEscalation != false }
    guard !containers.isEmpty else { return nil }
    return Finding(
      reason: "allowPrivilegeEscalation != false",
      detail: "\(containersText(containers)) must set securityContext.allowPrivilegeEscalation=false")
  }

  @Sendable private static func restrictedCapabilities(
    _ subject: PodSecuritySubject, _ level: PodSecurityLevel
  ) -> Finding? {
    guard level.isAtLeast(22), !isSpared(subject, level) else { return nil }
    let keeping = subject.names { $0.securityContext?.capabilities?.drop.contains("ALL") != true }
    var added: Set<String> = []
    let adding = subject.names { container in
      let more = (container.securityContext?.capabilities?.add ?? []).filter { $0 != "NET_BIND_SERVICE" }
      added.formUnion(more)
      return !more.isEmpty
    }
    var details: [String] = []
    if !keeping.isEmpty {
      details.append("\(containersText(keeping)) must set securityContext.capabilities.drop=[\"ALL\"]")
    }
    if !adding.isEmpty {
      details.append(
        "\(containersText(adding)) must not include \(quoted(added.sorted())) in securityContext.capabilities.add")
    }
    guard !details.isEmpty else { return nil }
    return Finding(reason: "unrestricted capabilities", detail: details.joined(separator: "; "))
  }

  @Sendable private static func restrictedVolumes(
    _ subject: PodSecuritySubject, _ level: PodSecurityLevel
  ) -> Finding? {
    var types: Set<String> = []
    var names: [String] = []
    for volume in subject.spec.volumes {
      guard let type = PodSecuritySubject.restrictedType(of: volume) else { continue }
      names.append(volume.name)
      types.insert(type)
    }
    guard !names.isEmpty else { return nil }
    return Finding(
      reason: "restricted volume types",
      detail: "\(plural("volume", names.count)) \(quoted(names)) \(names.count == 1 ? "uses" : "use") "
        + "\(plural("restricted volume type", types.count)) \(quoted(types.sorted()))")
  }

  @Sendable private static func runAsNonRoot(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    let pod = subject.spec.securityContext?.runAsNonRoot
    let wrong = subject.names { $0.securityContext?.runAsNonRoot == false }
    var setters = pod == false ? ["pod"] : []
    if !wrong.isEmpty { setters.append(containersText(wrong)) }
    let reason = "runAsNonRoot != true"
    if !setters.isEmpty {
      return Finding(
        reason: reason,
        detail: "\(setters.joined(separator: " and ")) must not set securityContext.runAsNonRoot=false")
    }
    guard pod != true else { return nil }
    let silent = subject.names { $0.securityContext?.runAsNonRoot == nil }
    guard !silent.isEmpty else { return nil }
    return Finding(
      reason: reason, detail: "pod or \(containersText(silent)) must set securityContext.runAsNonRoot=true")
  }

  @Sendable private static func runAsUser(_ subject: PodSecuritySubject, _ level: PodSecurityLevel) -> Finding? {
    guard level.isAtLeast(23) else { return nil }
    var setters = subject.spec.securityContext?.runAsUser == 0 ? ["pod"] : []
    let containers = subject.names { $0.securityContext?.runAsUser == 0 }
    if !containers.isEmpty { setters.append(containersText(containers)) }
    guard !setters.isEmpty else { return nil }
    return Finding(reason: "runAsUser=0", detail: "\(setters.joined(separator: " and ")) must not set runAsUser=0")
  }

  @Sendable private static func restrictedSeccomp(
    _ subject: PodSecuritySubject, _ level: PodSecurityLevel
  ) -> Finding? {
    guard level.isAtLeast(19), !isSpared(subject, level) else { return nil }
    let valid: Set<String> = ["RuntimeDefault", "Localhost"]
    if let finding = forbiddenSeccomp(subject, isValid: { valid.contains($0) }) { return finding }
    guard subject.spec.securityContext?.seccompProfile == nil else { return nil }
    let silent = subject.names { $0.securityContext?.seccompProfile == nil }
    guard !silent.isEmpty else { return nil }
    return Finding(
      reason: "seccompProfile",
      detail: "pod or \(containersText(silent)) must set securityContext.seccompProfile.type to \"RuntimeDefault\" or "
        + "\"Localhost\"")
  }

  // MARK: Words

  static func plural(_ word: String, _ count: Int) -> String { count == 1 ? word : word + "s" }

  private static func quoted(_ names: [String]) -> String {
    names.map { FieldError.quoted($0) }.joined(separator: ", ")
  }

  private static func containersText(_ names: [String]) -> String {
    "\(plural("container", names.count)) \(quoted(names))"
  }
}

/// A pod as the checks look at it.
struct PodSecuritySubject {
  /// A container of any sort.
  struct Container {
    var name: String
    var ports: [CoreV1.ContainerPort]
    var securityContext: CoreV1.SecurityContext?
  }

  let spec: CoreV1.PodSpec
  let annotations: [String: String]
  /// Init containers, containers, ephemeral containers.
  let containers: [Container]

  init(_ spec: CoreV1.PodSpec, _ annotations: [String: String]) {
    self.spec = spec
    self.annotations = annotations
    containers =
      (spec.initContainers + spec.containers).map {
        Container(name: $0.name, ports: $0.ports, securityContext: $0.securityContext)
      }
      + spec.ephemeralContainers.map {
        Container(name: $0.name, ports: $0.ports, securityContext: $0.securityContext)
      }
  }

  /// The names of the containers of which something holds.
  func names(_ condition: (Container) -> Bool) -> [String] { containers.filter(condition).map(\.name) }

  /// The type of a volume that is not among those that pods of the restricted level may use; nil: it is.
  static func restrictedType(of volume: CoreV1.Volume) -> String? {
    let types: [(String, Bool)] = [
      ("hostPath", volume.hostPath != nil), ("gcePersistentDisk", volume.gcePersistentDisk != nil),
      ("awsElasticBlockStore", volume.awsElasticBlockStore != nil), ("gitRepo", volume.gitRepo != nil),
      ("nfs", volume.nfs != nil), ("iscsi", volume.iscsi != nil), ("glusterfs", volume.glusterfs != nil),
      ("rbd", volume.rbd != nil), ("flexVolume", volume.flexVolume != nil), ("cinder", volume.cinder != nil),
      ("cephfs", volume.cephfs != nil), ("flocker", volume.flocker != nil), ("fc", volume.fc != nil),
      ("azureFile", volume.azureFile != nil), ("vsphereVolume", volume.vsphereVolume != nil),
      ("quobyte", volume.quobyte != nil), ("azureDisk", volume.azureDisk != nil),
      ("portworxVolume", volume.portworxVolume != nil), ("scaleIO", volume.scaleIO != nil),
      ("storageos", volume.storageos != nil), ("photonPersistentDisk", volume.photonPersistentDisk != nil),
    ]
    if let found = types.first(where: \.1) { return found.0 }
    let isKnown =
      volume.configMap != nil || volume.csi != nil || volume.downwardAPI != nil || volume.emptyDir != nil
      || volume.ephemeral != nil || volume.persistentVolumeClaim != nil || volume.projected != nil
      || volume.secret != nil
    return isKnown ? nil : volume.image != nil ? "image" : "unknown"
  }
}
