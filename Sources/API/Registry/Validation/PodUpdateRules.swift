import JSONDocument
import KubernetesAPI
import PodRules

/// What may change of a pod once it exists: little, and each part by its own way.
enum PodUpdateRules {
  // MARK: The pod itself

  static func validate(_ pod: CoreV1.Pod, from old: CoreV1.Pod, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    for (name, new, before) in [
      ("containers", pod.spec.containers, old.spec.containers),
      ("initContainers", pod.spec.initContainers, old.spec.initContainers),
    ] where new.count != before.count {
      errors.append(.forbidden(path.child(name), "pod updates may not add or remove containers"))
      return
    }
    if !deadline(pod.spec.activeDeadlineSeconds, old.spec.activeDeadlineSeconds, path, into: &errors) { return }
    for toleration in old.spec.tolerations where !pod.spec.tolerations.contains(where: { isSame($0, toleration) }) {
      errors.append(
        .forbidden(path.child("tolerations"), "existing toleration can not be modified except its tolerationSeconds"))
      break
    }
    for (index, gate) in pod.spec.schedulingGates.enumerated() where !old.spec.schedulingGates.contains(gate) {
      errors.append(
        .forbidden(
          path.child("schedulingGates").index(index).child("name"),
          "only deletion is allowed, but found new scheduling gate '\(gate.name)'"))
    }
    var allowed = old.spec
    for index in allowed.containers.indices { allowed.containers[index].image = pod.spec.containers[index].image }
    for index in allowed.initContainers.indices {
      allowed.initContainers[index].image = pod.spec.initContainers[index].image
    }
    allowed.activeDeadlineSeconds = pod.spec.activeDeadlineSeconds
    allowed.tolerations = pod.spec.tolerations
    allowed.schedulingGates = pod.spec.schedulingGates
    if old.spec.terminationGracePeriodSeconds ?? 0 < 0, pod.spec.terminationGracePeriodSeconds == 1 {
      allowed.terminationGracePeriodSeconds = 1
    }
    if !old.spec.schedulingGates.isEmpty {
      narrowed(pod.spec, old.spec, path, into: &errors)
      allowed.nodeSelector = pod.spec.nodeSelector
      if let node = pod.spec.affinity?.nodeAffinity {
        if allowed.affinity == nil { allowed.affinity = CoreV1.Affinity() }
        allowed.affinity?.nodeAffinity = node
      }
    }
    if allowed != pod.spec {
      errors.append(
        .forbidden(
          path,
          "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,"
            + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),"
            + "`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)"))
    }
  }

  /// A deadline may come, and come nearer. False: there is no use in looking further.
  private static func deadline(
    _ new: Int64?, _ old: Int64?, _ path: FieldPath, into errors: inout [FieldError]
  ) -> Bool {
    let path = path.child("activeDeadlineSeconds")
    if let new {
      if !(0...Int64(Int32.max)).contains(new) {
        errors.append(.invalid(path, new, "must be between 0 and 2147483647, inclusive"))
        return false
      }
      if let old, old < new {
        errors.append(.invalid(path, new, "must be less than or equal to previous value"))
        return false
      }
    } else if old != nil {
      errors.append(
        .invalid(path, rendered: "null", "must not update from a positive integer to nil value"))
    }
    return true
  }

  private static func isSame(_ new: CoreV1.Toleration, _ old: CoreV1.Toleration) -> Bool {
    var new = new
    new.tolerationSeconds = old.tolerationSeconds
    return new == old
  }

  /// A pod that nobody schedules yet may become choosier about its node.
  private static func narrowed(
    _ new: CoreV1.PodSpec, _ old: CoreV1.PodSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if old.nodeSelector.contains(where: { new.nodeSelector[$0.key] != $0.value }) {
      errors.append(
        .invalid(
          path.child("nodeSelector"), rendered: WorkloadRules.render(new.nodeSelector),
          "only additions to spec.nodeSelector are allowed (no mutations or deletions)"))
    }
    guard let before = old.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution else { return }
    let terms = new.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []
    let place = path.child("affinity", "nodeAffinity")
      .child("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms")
    guard terms.count == before.nodeSelectorTerms.count else {
      errors.append(
        .invalid(
          place, rendered: JSONValue.array(terms.map(\.json)).description,
          "no additions/deletions to non-empty NodeSelectorTerms list are allowed"))
      return
    }
    for (index, (term, old)) in zip(terms, before.nodeSelectorTerms).enumerated() {
      let keepsExpressions = term.matchExpressions.prefix(old.matchExpressions.count) == old.matchExpressions[...]
      let keepsFields = term.matchFields.prefix(old.matchFields.count) == old.matchFields[...]
      let wasEmpty = old.matchExpressions.isEmpty && old.matchFields.isEmpty
      if wasEmpty ? term != old : !keepsExpressions || !keepsFields {
        errors.append(
          .invalid(
            place.index(index), rendered: term.json.description,
            "only additions are allowed (no mutations or deletions)"))
      }
    }
  }

  // MARK: Ephemeral containers

  /// The current pod with the ephemeral containers that a client sent.
  static func pod(_ current: CoreV1.Pod, withEphemeralContainersOf sent: CoreV1.Pod) -> CoreV1.Pod {
    var result = current
    result.spec.ephemeralContainers = sent.spec.ephemeralContainers
    return result
  }

  /// They can only be added.
  static func validateEphemeralContainers(
    _ pod: CoreV1.Pod, from old: CoreV1.Pod, into errors: inout [FieldError]
  ) {
    PodSpecRules.validate(pod.spec, FieldPath("spec"), into: &errors)
    if isMirror(pod) {
      errors.append(.forbidden(.whole, "static pods do not support ephemeral containers"))
    }
    let path = FieldPath("spec.ephemeralContainers")
    for before in old.spec.ephemeralContainers {
      guard let now = pod.spec.ephemeralContainers.first(where: { $0.name == before.name }) else {
        errors.append(
          .forbidden(path, "existing ephemeral containers \(FieldError.quoted(before.name)) may not be removed\n"))
        continue
      }
      if now != before {
        errors.append(
          .forbidden(path, "existing ephemeral containers \(FieldError.quoted(before.name)) may not be changed\n"))
      }
    }
  }

  // MARK: Resources

  /// The current pod with the resources that a client wants its containers to have.
  static func pod(_ current: CoreV1.Pod, withResourcesOf sent: CoreV1.Pod) -> CoreV1.Pod {
    func merged(_ old: [CoreV1.Container], _ new: [CoreV1.Container]) -> [CoreV1.Container] {
      // Containers that are not the same ones are left as they are sent, to be refused.
      guard old.map(\.name) == new.map(\.name) else { return new }
      return zip(old, new).map { old, new in
        var container = old
        container.resources = new.resources
        container.resizePolicy = new.resizePolicy
        return container
      }
    }
    var result = current
    result.spec.containers = merged(current.spec.containers, sent.spec.containers)
    result.spec.initContainers = merged(current.spec.initContainers, sent.spec.initContainers)
    return result
  }

  static func validateResize(_ pod: CoreV1.Pod, from old: CoreV1.Pod, into errors: inout [FieldError]) {
    let path = FieldPath("spec")
    PodSpecRules.validate(pod.spec, path, into: &errors)
    if old.spec.resources != nil {
      errors.append(.forbidden(.whole, "pods with pod-level resources cannot be resized"))
    }
    if isMirror(old) {
      errors.append(.forbidden(.whole, "static pods cannot be resized"))
      return
    }
    if old.spec.os?.name == "windows" {
      errors.append(.forbidden(.whole, "windows pods cannot be resized"))
      return
    }
    let quality = PodQoS(pod.spec).rawValue
    if quality != PodQoS(old.spec).rawValue {
      errors.append(.invalid(path, quality, "Pod QOS Class may not change as a result of resizing"))
    }
    if let running = old.status.containerStatuses.first(where: { $0.state.running != nil }), running.resources == nil {
      errors.append(.forbidden(path, "Pod running on node without support for resize"))
    }
    if !sameContainers(pod.spec, old.spec, path, into: &errors) { return }
    for (index, (container, old)) in zip(pod.spec.containers, old.spec.containers).enumerated() {
      resize(container, old, path.child("containers").index(index).child("resources"), into: &errors)
    }
    for (index, (container, old)) in zip(pod.spec.initContainers, old.spec.initContainers).enumerated() {
      let path = path.child("initContainers").index(index).child("resources")
      if old.isSidecar {
        resize(container, old, path, into: &errors)
      } else if container.resources != old.resources {
        errors.append(.forbidden(path, "resources for non-sidecar init containers are immutable"))
      }
    }
    var allowed = old.spec
    for index in allowed.containers.indices {
      adjust(&allowed.containers[index].resources, to: pod.spec.containers[index].resources)
    }
    for index in allowed.initContainers.indices {
      adjust(&allowed.initContainers[index].resources, to: pod.spec.initContainers[index].resources)
    }
    if allowed != pod.spec { errors.append(.forbidden(path, "only cpu and memory resources are mutable")) }
  }

  /// What a resize may change, taken over.
  private static func adjust(
    _ resources: inout CoreV1.ResourceRequirements, to wanted: CoreV1.ResourceRequirements
  ) {
    for name in ["cpu", "memory"] {
      resources.limits[name] = wanted.limits[name]
      resources.requests[name] = wanted.requests[name]
    }
  }

  /// False: there is no use in comparing containers that are others.
  private static func sameContainers(
    _ new: CoreV1.PodSpec, _ old: CoreV1.PodSpec, _ path: FieldPath, into errors: inout [FieldError]
  ) -> Bool {
    let known = errors.count
    for (list, new, old) in [
      ("containers", new.containers, old.containers), ("initContainers", new.initContainers, old.initContainers),
    ] {
      let path = path.child(list)
      guard new.count == old.count else {
        errors.append(.forbidden(path, "\(list) may not be added or removed on resize"))
        continue
      }
      for (index, (new, old)) in zip(new, old).enumerated() where new.name != old.name {
        errors.append(
          .forbidden(path.index(index).child("name"), "\(list) may not be renamed or reordered on resize"))
      }
    }
    return errors.count == known
  }

  private static func resize(
    _ new: CoreV1.Container, _ old: CoreV1.Container, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    if old.resources.limits.keys.contains(where: { new.resources.limits[$0] == nil }) {
      errors.append(.forbidden(path.child("limits"), "resource limits cannot be removed"))
    }
    if old.resources.requests.keys.contains(where: { new.resources.requests[$0] == nil }) {
      errors.append(.forbidden(path.child("requests"), "resource requests cannot be removed"))
    }
    let restarts = new.resizePolicy.contains {
      $0.resourceName == "memory" && $0.restartPolicy == "RestartContainer"
    }
    if let limit = new.resources.limits["memory"], let before = old.resources.limits["memory"], limit < before,
      !restarts
    {
      errors.append(
        .forbidden(
          path.child("limits").key("memory"),
          "memory limits cannot be decreased unless resizePolicy is RestartContainer"))
    }
  }

  private static func isMirror(_ pod: CoreV1.Pod) -> Bool {
    pod.metadata.annotations[PodAnnotationRules.mirror] != nil
  }
}
