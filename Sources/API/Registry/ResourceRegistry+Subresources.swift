import APISchema
package import JSONDocument
import KubernetesAPI

/// The parts of objects that have a path of their own: `status`, `scale`, `finalize`, `binding`, `eviction`.
extension ResourceRegistry {
  func subresourceTarget(
    _ subresource: String, _ verb: String, _ resource: ServedResource, _ namespace: String, _ name: String
  ) throws(APIError) -> Target {
    guard let part = resource.subresource(subresource) else { throw .noSuchPath() }
    guard part.verbs.contains(verb) else { throw .methodNotAllowed(resource.groupResource, action: verb) }
    return try namedTarget(resource, namespace, name)
  }

  /// The object in the form of a readable subresource: as it is for `status` and its like, as a `Scale` for `scale`.
  package func getSubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String,
    options: GetOptions = GetOptions()
  ) async throws(APIError) -> StoredObject {
    let target = try subresourceTarget(subresource, "get", resource, namespace, name)
    let object = try await get(resource, namespace: namespace, name: name, options: options)
    switch subresource {
    case "status", "approval", "ephemeralcontainers", "resize": return object
    case "scale":
      guard let rules = target.kind.rules as? any ScalableRules else { throw .noSuchPath() }
      return try scaleForm(rules, object)
    default: throw .noSuchPath()
    }
  }

  /// Replaces what a subresource stands for: `status`, `scale`, `finalize`.
  /// - Returns: the object in the subresource's form.
  package func updateSubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String, document: JSONValue,
    options: WriteOptions
  ) async throws(APIError) -> StoredObject {
    let target = try subresourceTarget(subresource, "update", resource, namespace, name)
    return try await change(subresource, target, options, .transform { _ in document })
  }

  /// The same by a patch.
  package func patchSubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String, options: WriteOptions,
    transform: @escaping @Sendable (JSONValue) throws(APIError) -> JSONValue
  ) async throws(APIError) -> StoredObject {
    let target = try subresourceTarget(subresource, "patch", resource, namespace, name)
    return try await change(subresource, target, options, .transform(transform))
  }

  func change(
    _ subresource: String, _ target: Target, _ options: WriteOptions, _ change: Change
  ) async throws(APIError) -> StoredObject {
    switch subresource {
    case "status": return try await changeStatus(target.kind.rules, target, options, change)
    case "scale":
      guard let rules = target.kind.rules as? any ScalableRules else { throw .noSuchPath() }
      return try await changeScale(rules, target, options, change)
    case "finalize":
      guard let rules = target.kind.rules as? NamespaceKind else { throw .noSuchPath() }
      return try await finalize(rules, target, options, change)
    case "approval":
      guard let rules = target.kind.rules as? CertificateSigningRequestKind else { throw .noSuchPath() }
      return try await changeApproval(rules, target, options, change)
    case "ephemeralcontainers", "resize":
      guard let rules = target.kind.rules as? PodKind else { throw .noSuchPath() }
      return try await changePart(of: rules, subresource, target, options, change)
    default: throw .noSuchPath()
    }
  }

  // MARK: Parts of pods

  private func changePart(
    of rules: PodKind, _ subresource: String, _ target: Target, _ options: WriteOptions, _ change: Change
  ) async throws(APIError) -> StoredObject {
    let result = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
      let sent = try self.wanted(rules, target, old, current, options, through: subresource, by: change)
      let isResize = subresource == "resize"
      let wanted =
        isResize
        ? PodUpdateRules.pod(old, withResourcesOf: sent) : PodUpdateRules.pod(old, withEphemeralContainersOf: sent)
      let decision = try store.decideChange(
        rules, target, old: old, current: current, sent: sent, to: wanted, through: subresource, by: options,
        check: isResize ? PodUpdateRules.validateResize : PodUpdateRules.validateEphemeralContainers)
      guard case .put(var pod) = decision, rules.wantsDiffer(pod, old) else { return decision }
      pod.metadata.generation += 1
      return .put(pod)
    }
    return result.object
  }

  // MARK: Approval

  private func changeApproval(
    _ rules: CertificateSigningRequestKind, _ target: Target, _ options: WriteOptions, _ change: Change
  ) async throws(APIError) -> StoredObject {
    let result = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
      try CertificateRestriction.check(.approve, environment.permits, options.user, old, target)
      let sent = try wanted(rules, target, old, current, options, through: "approval", by: change)
      return try store.decideChange(
        rules, target, old: old, current: current, sent: sent, to: rules.object(old, withApprovalOf: sent),
        through: "approval", by: options, check: rules.validateApproval)
    }
    return result.object
  }

  // MARK: Status

  private func changeStatus<R: KindRules>(
    _ rules: R, _ target: Target, _ options: WriteOptions, _ change: Change
  ) async throws(APIError) -> StoredObject {
    let result = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
      let sent = try wanted(rules, target, old, current, options, through: "status", by: change)
      try CertificateRestriction.checkStatus(environment.permits, options.user, old: old, new: sent, target)
      return try store.decideStatusUpdate(rules, target, old: old, current: current, sent: sent, by: options)
    }
    return shown(result.object, target)
  }

  // MARK: Finalize

  private func finalize(
    _ rules: NamespaceKind, _ target: Target, _ options: WriteOptions, _ change: Change
  ) async throws(APIError) -> StoredObject {
    let result = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
      let sent = try wanted(rules, target, old, current, options, through: "finalize", by: change)
      if !sent.metadata.resourceVersion.isEmpty, sent.metadata.resourceVersion != current.resourceVersion {
        throw .modified(target.groupResource, name: target.name)
      }
      var object = old
      object.spec.finalizers = sent.spec.finalizers
      object.metadata.managedFields = sent.metadata.managedFields
      try store.check(object, old, rules, target)
      return store.removalIsDue(object, rules) ? .delete(object) : .put(object)
    }
    return result.object
  }

  // MARK: Scale

  /// The columns of a `Scale`, the same whatever is scaled.
  static var scaleColumns: [TableColumn] {
    let place = AutoscalingV1.Scale.resource
    return TableColumns.builtIn.columns(
      of: place.plural, in: GroupVersion(group: place.group, version: place.version))
  }

  /// Its row.
  /// - Parameter object: in the form of a `Scale`.
  static func scaleCells(_ object: StoredObject, now: Int64) -> [JSONValue] {
    guard let scale = try? AutoscalingV1.Scale(jsonBytes: object.json) else { return [.string(object.name)] }
    return [
      .string(scale.metadata.name), TableCells.count(scale.spec.replicas), TableCells.count(scale.status.replicas),
      TableCells.age(scale.metadata, now),
    ]
  }

  private func scaleForm<R: ScalableRules>(_ rules: R, _ stored: StoredObject) throws(APIError) -> StoredObject {
    let object = try store.decode(stored, rules)
    return stored.replacingJSON(with: scale(rules, object, resourceVersion: stored.resourceVersion).jsonBytes)
  }

  private func scale<R: ScalableRules>(
    _ rules: R, _ object: R.Object, resourceVersion: String
  ) -> AutoscalingV1.Scale {
    let values = rules.scale(of: object)
    var scale = AutoscalingV1.Scale()
    scale.metadata.name = object.metadata.name
    scale.metadata.namespace = object.metadata.namespace
    scale.metadata.uid = object.metadata.uid
    scale.metadata.resourceVersion = resourceVersion
    scale.metadata.creationTimestamp = object.metadata.creationTimestamp
    scale.spec.replicas = values.wanted
    scale.status.replicas = values.actual
    scale.status.selector = values.selector
    return scale
  }

  /// A scale's uid is a precondition, by whichever verb it is written.
  private func checkScale(uid: String, _ target: Target, _ current: StoredObject) throws(APIError) {
    guard uid.isEmpty || uid == current.uid else {
      throw .otherUID(
        GroupResource(group: target.resource.group, resource: "\(target.resource.plural)/scale"), name: target.name,
        expected: uid, found: current.uid)
    }
  }

  private func changeScale<R: ScalableRules>(
    _ rules: R, _ target: Target, _ options: WriteOptions, _ change: Change
  ) async throws(APIError) -> StoredObject {
    let result = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
      var object: R.Object
      switch change {
      case .transform(let transform):
        let shown = scale(rules, old, resourceVersion: current.resourceVersion)
        let sent: AutoscalingV1.Scale
        do {
          sent = try AutoscalingV1.Scale(json: transform(shown.json))
        } catch let error as APIError {
          throw error
        } catch {
          throw APIError.badRequest("the body cannot be handled as a Scale: \(error)")
        }
        try target.check(name: sent.metadata.name)
        try checkScale(uid: sent.metadata.uid, target, current)
        object = old
        rules.setReplicas(sent.spec.replicas, of: &object)
        object.metadata.resourceVersion = sent.metadata.resourceVersion
        record(&object, over: old, target, options, through: "scale")
      case .apply(let configuration, let force):
        let parent = try FieldRecords.parent(ofScale: configuration, target.resource)
        try checkScale(uid: configuration[path: "metadata", "uid"]?.stringValue ?? "", target, current)
        object = try wanted(
          rules, target, old, current, options, through: "scale", by: .apply(parent, force: force))
      }
      let replicas = rules.scale(of: object).wanted
      if replicas < 0 {
        throw APIError.invalid(
          kind: "Scale", group: "autoscaling", name: target.name,
          [.invalid(FieldPath("spec.replicas"), replicas, "must be greater than or equal to 0")])
      }
      return try store.decideUpdate(rules, target, old: old, current: current, sent: object, by: options)
    }
    return try scaleForm(rules, result.object)
  }

  // MARK: Binding and eviction

  /// Creates through a subresource: `pods/binding`, `pods/eviction`. `name` is the object that it belongs to.
  /// - Returns: the document to answer with, with code 201.
  package func createSubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String, document: JSONValue,
    options: WriteOptions
  ) async throws(APIError) -> [UInt8] {
    let target = try subresourceTarget(subresource, "create", resource, namespace, name)
    guard let rules = target.kind.rules as? PodKind else { throw .noSuchPath() }
    do {
      switch subresource {
      case "binding": try await bind(rules, target, CoreV1.Binding(json: document), options)
      case "eviction": try await evict(rules, target, document, options)
      default: throw APIError.noSuchPath()
      }
    } catch let error as APIError {
      throw error
    } catch {
      throw .badRequest("the body cannot be handled as a \(subresource): \(error)")
    }
    return APIError.created.jsonBytes
  }

  /// Assigns a pod to a node, once.
  private func bind(
    _ rules: PodKind, _ target: Target, _ binding: CoreV1.Binding, _ options: WriteOptions
  ) async throws(APIError) {
    var metadata = binding.metadata
    try setNamespace(&metadata, target)
    guard metadata.name.isEmpty || metadata.name == target.name else {
      throw .badRequest("name in URL does not match name in Binding object")
    }
    var errors: [FieldError] = []
    if !["", "Node"].contains(binding.target.kind) {
      errors.append(
        .notSupported(FieldPath("target.kind"), binding.target.kind, supported: ["Node", "<empty>"]))
    }
    if binding.target.name.isEmpty { errors.append(.required(FieldPath("target.name"))) }
    if !errors.isEmpty { throw .invalid(kind: "Binding", group: "", name: target.name, errors) }
    let now = Time(secondsSinceEpoch: store.now)
    _ = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
      let place = GroupResource(group: "", resource: "pods/binding")
      func refuse(_ reason: String) -> APIError { .conflict(place, name: target.name, because: reason) }
      if !binding.metadata.uid.isEmpty, binding.metadata.uid != current.uid {
        throw APIError.otherUID(place, name: target.name, expected: binding.metadata.uid, found: current.uid)
      }
      if !binding.metadata.resourceVersion.isEmpty, binding.metadata.resourceVersion != current.resourceVersion {
        throw APIError.modified(target.groupResource, name: target.name)
      }
      if old.metadata.deletionTimestamp != nil {
        throw refuse("pod \(target.name) is being deleted, cannot be assigned to a host")
      }
      if !old.spec.nodeName.isEmpty {
        throw refuse("pod \(target.name) is already assigned to node \(FieldError.quoted(old.spec.nodeName))")
      }
      if !old.spec.schedulingGates.isEmpty {
        throw refuse("pod \(target.name) has non-empty .spec.schedulingGates")
      }
      var pod = old
      pod.spec.nodeName = binding.target.name
      pod.metadata.annotations.merge(binding.metadata.annotations) { $1 }
      pod.status.conditions.removeAll { $0.type == "PodScheduled" }
      pod.status.conditions.append(
        CoreV1.PodCondition(type: "PodScheduled", status: "True", lastTransitionTime: now))
      record(&pod, over: old, target, options, through: "binding")
      return .put(pod)
    }
  }
}
