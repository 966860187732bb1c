import KubernetesAPI

/// What holds for what a container, and a pod, may do.
enum SecurityRules {
  private static let profileTypes = ["Localhost", "RuntimeDefault", "Unconfined"]

  static func container(
    _ context: CoreV1.SecurityContext?, _ path: FieldPath, hostUsers: Bool, into errors: inout [FieldError]
  ) {
    guard let context else { return }
    identity(context.runAsUser, path.child("runAsUser"), into: &errors)
    identity(context.runAsGroup, path.child("runAsGroup"), into: &errors)
    if let mount = context.procMount {
      ValueRules.optionalChoice(mount, of: ["Default", "Unmasked"], path.child("procMount"), into: &errors)
      if hostUsers, mount == "Unmasked" {
        errors.append(
          .invalid(path.child("procMount"), mount, "`hostUsers` must be false to use `Unmasked`"))
      }
    }
    seccomp(context.seccompProfile, path.child("seccompProfile"), into: &errors)
    if context.allowPrivilegeEscalation == false {
      let rendered = String(decoding: context.jsonBytes, as: UTF8.self)
      if context.privileged == true {
        errors.append(
          .invalid(
            path, rendered: rendered, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"))
      }
      for capability in context.capabilities?.add ?? [] where capability == "CAP_SYS_ADMIN" {
        errors.append(
          .invalid(
            path, rendered: rendered,
            "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"))
      }
    }
    windows(context.windowsOptions, path.child("windowsOptions"), into: &errors)
    appArmor(context.appArmorProfile, path.child("appArmorProfile"), into: &errors)
  }

  static func pod(
    _ spec: CoreV1.PodSpec, _ path: FieldPath, inTemplate: Bool = false, into errors: inout [FieldError]
  ) {
    let security = path.child("securityContext")
    if spec.hostNetwork {
      hostNetwork(spec.containers, path.child("containers"), inTemplate: inTemplate, into: &errors)
    }
    if spec.shareProcessNamespace == true, spec.hostPID {
      errors.append(
        .invalid(
          security.child("shareProcessNamespace"), rendered: "true",
          "ShareProcessNamespace and HostPID cannot both be enabled"))
    }
    if spec.hostUsers == false {
      for (name, shared) in [
        ("hostNetwork", spec.hostNetwork), ("HostPID", spec.hostPID), ("HostIPC", spec.hostIPC),
      ] where shared {
        errors.append(.forbidden(path.child(name), "when `pod.Spec.HostUsers` is false"))
      }
    }
    guard let context = spec.securityContext else { return }
    identity(context.fsGroup, security.child("fsGroup"), into: &errors)
    identity(context.runAsUser, security.child("runAsUser"), into: &errors)
    identity(context.runAsGroup, security.child("runAsGroup"), into: &errors)
    for (index, group) in context.supplementalGroups.enumerated() {
      identity(group, security.child("supplementalGroups").index(index), into: &errors)
    }
    sysctls(context.sysctls, spec, security.child("sysctls"), into: &errors)
    ValueRules.optionalChoice(
      context.fsGroupChangePolicy, of: ["Always", "OnRootMismatch"], security.child("fsGroupChangePolicy"),
      into: &errors)
    seccomp(context.seccompProfile, security.child("seccompProfile"), into: &errors)
    windows(context.windowsOptions, security.child("windowsOptions"), into: &errors)
    appArmor(context.appArmorProfile, security.child("appArmorProfile"), into: &errors)
    ValueRules.optionalChoice(
      context.supplementalGroupsPolicy, of: ["Merge", "Strict"], security.child("supplementalGroupsPolicy"),
      into: &errors)
    ValueRules.optionalChoice(
      context.seLinuxChangePolicy, of: ["MountOption", "Recursive"], security.child("seLinuxChangePolicy"),
      into: &errors)
  }

  private static func identity(_ id: Int64?, _ path: FieldPath, into errors: inout [FieldError]) {
    if let id { ValueRules.within(0...Int64(Int32.max), id, path, into: &errors) }
  }

  /// On the host's network a container's port is the host's. In a template it may be left out: pods get it as a default.
  private static func hostNetwork(
    _ containers: [CoreV1.Container], _ path: FieldPath, inTemplate: Bool, into errors: inout [FieldError]
  ) {
    for (index, container) in containers.enumerated() {
      for (number, port) in container.ports.enumerated() where port.hostPort != port.containerPort {
        if inTemplate, port.hostPort == 0 { continue }
        errors.append(
          .invalid(
            path.index(index).child("ports").index(number).child("hostPort"), port.hostPort,
            "must match `containerPort` when `hostNetwork` is true"))
      }
    }
  }

  // MARK: Profiles

  private static func seccomp(
    _ profile: CoreV1.SeccompProfile?, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard let profile else { return }
    type(profile.type, path.child("type"), "type is required when seccompProfile is set", into: &errors)
    let place = path.child("localhostProfile")
    if profile.type == "Localhost" {
      if let file = profile.localhostProfile {
        ValueRules.descendingPath(file, place, into: &errors)
      } else {
        errors.append(.required(place, "must be set when seccomp type is Localhost"))
      }
    } else if let file = profile.localhostProfile {
      errors.append(.invalid(place, file, "can only be set when seccomp type is Localhost"))
    }
  }

  private static func appArmor(
    _ profile: CoreV1.AppArmorProfile?, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard let profile else { return }
    let place = path.child("localhostProfile")
    if profile.type == "Localhost" {
      let name = profile.localhostProfile ?? ""
      if name.allSatisfy(\.isWhitespace) {
        errors.append(.required(place, "must be set when AppArmor type is Localhost"))
      } else if name.first?.isWhitespace == true || name.last?.isWhitespace == true {
        errors.append(.invalid(place, name, "must not be padded with whitespace"))
      }
      if name.utf8.count > 4095 { errors.append(.tooLong(place, limit: 4095)) }
    } else if let name = profile.localhostProfile {
      errors.append(.invalid(place, name, "can only be set when AppArmor type is Localhost"))
    }
    type(profile.type, path.child("type"), "type is required when appArmorProfile is set", into: &errors)
  }

  private static func type(
    _ type: String, _ path: FieldPath, _ missing: String, into errors: inout [FieldError]
  ) {
    if type.isEmpty {
      errors.append(.required(path, missing))
    } else if !profileTypes.contains(type) {
      errors.append(.notSupported(path, type, supported: profileTypes))
    }
  }

  private static func windows(
    _ options: CoreV1.WindowsSecurityContextOptions?, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    guard let options else { return }
    if let name = options.gmsaCredentialSpecName {
      ValueRules.name(name, path.child("gmsaCredentialSpecName"), NameRules.dnsSubdomain, into: &errors)
    }
    if let text = options.gmsaCredentialSpec {
      let place = path.child("gmsaCredentialSpec")
      if text.isEmpty {
        errors.append(.invalid(place, text, "gmsaCredentialSpec cannot be an empty string"))
      } else if text.utf8.count > 64 << 10 {
        errors.append(.invalid(place, text, "gmsaCredentialSpec size must be under 64 KiB"))
      }
    }
    if let user = options.runAsUserName { userName(user, path.child("runAsUserName"), into: &errors) }
  }

  private static func userName(_ user: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if user.isEmpty {
      errors.append(.invalid(path, user, "runAsUserName cannot be an empty string"))
      return
    }
    if user.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
      errors.append(.invalid(path, user, "runAsUserName cannot contain control characters"))
      return
    }
    let parts = user.split(separator: "\\", omittingEmptySubsequences: false)
    if parts.count > 2 {
      errors.append(
        .invalid(path, user, "runAsUserName cannot contain more than one backslash"))
      return
    }
    let name = parts[parts.count - 1]
    if parts.count == 2 {
      if parts[0].isEmpty {
        errors.append(.invalid(path, user, "runAsUserName's Domain must be a string"))
      } else if parts[0].utf8.count > 255 {
        errors.append(
          .invalid(path, user, "runAsUserName's Domain length must be under 255 characters"))
      }
    }
    if name.isEmpty {
      errors.append(.invalid(path, user, "runAsUserName's User cannot be empty"))
    } else if name.utf8.count > 104 {
      errors.append(.invalid(path, user, "runAsUserName's User length must not be longer than 104 characters"))
    }
    if !name.isEmpty, name.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: " ") }) {
      errors.append(.invalid(path, user, "runAsUserName's User cannot contain only periods or spaces"))
    }
  }

  // MARK: Kernel parameters

  private static func sysctls(
    _ sysctls: [CoreV1.Sysctl], _ spec: CoreV1.PodSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    var names: Set<String> = []
    for (index, sysctl) in sysctls.enumerated() {
      let place = path.index(index).child("name")
      if sysctl.name.isEmpty {
        errors.append(.required(place))
      } else if !isSysctl(sysctl.name) {
        errors.append(
          .invalid(
            place, sysctl.name,
            "must have at most 253 characters and match regex "
              + "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$"))
      } else if !names.insert(normalized(sysctl.name)).inserted {
        errors.append(.duplicate(place, sysctl.name))
      }
      let name = normalized(sysctl.name)
      if spec.hostNetwork, name.hasPrefix("net.") {
        errors.append(.invalid(place, sysctl.name, "may not be specified when 'hostNetwork' is true"))
      }
      let ofProcesses = ["kernel.shm", "kernel.msg", "fs.mqueue."].contains { name.hasPrefix($0) }
      if spec.hostIPC, ofProcesses || name == "kernel.sem" {
        errors.append(.invalid(place, sysctl.name, "may not be specified when 'hostIPC' is true"))
      }
    }
  }

  /// With dots between the parts: where the first separator is a slash, dots and slashes change places.
  private static func normalized(_ name: String) -> String {
    guard name.first(where: { $0 == "." || $0 == "/" }) == "/" else { return name }
    return String(name.map { $0 == "/" ? "." : $0 == "." ? "/" : $0 })
  }

  private static func isSysctl(_ name: String) -> Bool {
    guard name.utf8.count <= 253 else { return false }
    func isEdge(_ byte: UInt8) -> Bool { ByteKinds.isLower(byte) || ByteKinds.isDigit(byte) }
    return name.utf8.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }
      .allSatisfy { part in
        guard let first = part.first, let last = part.last else { return false }
        return isEdge(first) && isEdge(last) && part.allSatisfy { isEdge($0) || "-_".utf8.contains($0) }
      }
  }

  // MARK: Operating systems

  /// What one operating system has and the other has not.
  static func operatingSystem(_ spec: CoreV1.PodSpec, _ path: FieldPath, into errors: inout [FieldError]) {
    guard let system = spec.os else { return }
    if system.name.isEmpty {
      errors.append(.required(path.child("os", "name")))
    } else if !["linux", "windows"].contains(system.name) {
      errors.append(.notSupported(path.child("os", "name"), system.name, supported: ["linux", "windows"]))
    }
    let security = path.child("securityContext")
    let contexts =
      [("containers", spec.containers), ("initContainers", spec.initContainers)].flatMap { list, containers in
        containers.enumerated().map {
          (path.child(list).index($0.offset).child("securityContext"), $0.element.securityContext)
        }
      }
      + spec.ephemeralContainers.enumerated().map {
        (path.child("ephemeralContainers").index($0.offset).child("securityContext"), $0.element.securityContext)
      }
    if system.name == "linux" {
      let detail = "windows options cannot be set for a linux pod"
      if spec.securityContext?.windowsOptions != nil {
        errors.append(.forbidden(security.child("windowsOptions"), detail))
      }
      for (path, context) in contexts where context?.windowsOptions != nil {
        errors.append(.forbidden(path.child("windowsOptions"), detail))
      }
    } else if system.name == "windows" {
      func forbid(_ path: FieldPath, _ isSet: Bool) {
        if isSet { errors.append(.forbidden(path, "cannot be set for a windows pod")) }
      }
      let context = spec.securityContext ?? CoreV1.PodSecurityContext()
      forbid(security.child("appArmorProfile"), context.appArmorProfile != nil)
      forbid(security.child("seLinuxOptions"), context.seLinuxOptions != nil)
      forbid(path.child("hostUsers"), spec.hostUsers != nil)
      forbid(path.child("hostPID"), spec.hostPID)
      forbid(path.child("hostIPC"), spec.hostIPC)
      forbid(security.child("seccompProfile"), context.seccompProfile != nil)
      forbid(security.child("fsGroup"), context.fsGroup != nil)
      forbid(security.child("fsGroupChangePolicy"), context.fsGroupChangePolicy != nil)
      forbid(security.child("sysctls"), !context.sysctls.isEmpty)
      forbid(path.child("shareProcessNamespace"), spec.shareProcessNamespace != nil)
      forbid(security.child("runAsUser"), context.runAsUser != nil)
      forbid(security.child("runAsGroup"), context.runAsGroup != nil)
      forbid(security.child("supplementalGroups"), !context.supplementalGroups.isEmpty)
      forbid(security.child("supplementalGroupsPolicy"), context.supplementalGroupsPolicy != nil)
      forbid(path.child("resources"), spec.resources != nil)
      for (path, context) in contexts {
        guard let context else { continue }
        forbid(path.child("appArmorProfile"), context.appArmorProfile != nil)
        forbid(path.child("seLinuxOptions"), context.seLinuxOptions != nil)
        forbid(path.child("seccompProfile"), context.seccompProfile != nil)
        forbid(path.child("capabilities"), context.capabilities != nil)
        forbid(path.child("readOnlyRootFilesystem"), context.readOnlyRootFilesystem != nil)
        forbid(path.child("privileged"), context.privileged != nil)
        forbid(path.child("allowPrivilegeEscalation"), context.allowPrivilegeEscalation != nil)
        forbid(path.child("procMount"), context.procMount != nil)
        forbid(path.child("runAsUser"), context.runAsUser != nil)
        forbid(path.child("runAsGroup"), context.runAsGroup != nil)
      }
    }
  }
}
