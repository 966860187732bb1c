import Access
package import JSONDocument
import KubernetesAPI

// `document` is always the object as parsed; unknown fields are the caller's to report, and are dropped here.
extension ResourceRegistry {
  package func create(
    _ resource: ServedResource, namespace: String, document: JSONValue, options: WriteOptions
  ) async throws(APIError) -> WriteResult {
    try await create(resource, namespace: namespace, sent: SentObject(document), options: options)
  }

  package func create(
    _ resource: ServedResource, namespace: String, sent: SentObject, options: WriteOptions
  ) async throws(APIError) -> WriteResult {
    let target = try target(resource, namespace, "")
    if resource.namespaced, namespace.isEmpty { throw .badRequest("namespace is required") }
    return try await create(target.kind.rules, target, sent, options)
  }

  /// - Parameter isRecorded: whether the object carries the records of who owns its fields, as an apply leaves it.
  func create<R: KindRules>(
    _ rules: R, _ target: Target, _ sent: SentObject, _ options: WriteOptions, isRecorded: Bool = false
  ) async throws(APIError) -> WriteResult {
    var object = try decode(sent, rules, target)
    try setNamespace(&object.metadata, target)
    dropRepeatedOwners(&object.metadata, isPatch: isRecorded, options)
    if !isRecorded { record(&object, over: nil, target, options) }
    try RoleRestriction.check(environment.roleGuard?(options.user), object, old: nil, target)
    try CertificateRestriction.checkCreate(options.user, object, target, read: environment.readCertificateRequest)
    let namespace = try await namespaceGuard(target, name: object.metadata.name)
    object = try await admit(object, target, options)
    let result = try await store.create(rules, target, object, in: namespace, options: options)
    return WriteResult(object: shown(result, target), created: true)
  }

  package func update(
    _ resource: ServedResource, namespace: String, name: String, document: JSONValue, options: WriteOptions
  ) async throws(APIError) -> WriteResult {
    try await update(resource, namespace: namespace, name: name, sent: SentObject(document), options: options)
  }

  package func update(
    _ resource: ServedResource, namespace: String, name: String, sent: SentObject, options: WriteOptions
  ) async throws(APIError) -> WriteResult {
    let target = try namedTarget(resource, namespace, name)
    return try await update(target.kind.rules, target, sent, options)
  }

  private func update<R: KindRules>(
    _ rules: R, _ target: Target, _ sent: SentObject, _ options: WriteOptions
  ) async throws(APIError) -> WriteResult {
    let wanted = try decodeUpdate(rules, target, sent, options)
    do {
      let result = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
        var wanted = wanted
        record(&wanted, over: old, target, options)
        let decision = try store.decideUpdate(rules, target, old: old, current: current, sent: wanted, by: options)
        try checkRoles(decision, old, target, options.user)
        return decision
      }
      return WriteResult(object: shown(result.object, target), created: false)
    } catch {
      guard error.reason == .notFound, rules.allowsCreateOnUpdate, wanted.metadata.resourceVersion.isEmpty,
        wanted.metadata.uid.isEmpty
      else { throw error }
    }
    try await options.checkCreate?()
    return try await create(rules, target, sent, options)
  }

  /// What a change would grant; to be asked by everything that changes an object as somebody wants it.
  func checkRoles<Object: KubernetesObject>(
    _ decision: Decision<Object>, _ old: Object, _ target: Target, _ user: UserInfo
  ) throws(APIError) {
    guard case .put(let object) = decision else { return }
    try RoleRestriction.check(environment.roleGuard?(user), object, old: old, target)
  }

  /// What a client wants an object to become, in the form that is stored.
  func decodeUpdate<R: KindRules>(
    _ rules: R, _ target: Target, _ sent: SentObject, _ options: WriteOptions, isPatch: Bool = false
  ) throws(APIError) -> R.Object {
    var object = try decode(sent, rules, target)
    try setNamespace(&object.metadata, target)
    dropRepeatedOwners(&object.metadata, isPatch: isPatch, options)
    try target.check(name: object.metadata.name)
    return object
  }

  /// The typed form of what a client sent, as it is stored, with defaults.
  private func decode<R: KindRules>(_ sent: SentObject, _ rules: R, _ target: Target) throws(APIError) -> R.Object {
    switch sent.form {
    case .document(let document): return try store.decode(stored(document, target), rules, as: target.resource)
    case .text(let json): return try store.decode(plain: json, rules, as: target.resource)
    }
  }

  /// Changes an object by `transform`, which turns the current document into the wanted one. It may run several
  /// times, as the patch is tried again when another write came between.
  package func patch(
    _ resource: ServedResource, namespace: String, name: String, options: WriteOptions,
    transform: @escaping @Sendable (JSONValue) throws(APIError) -> JSONValue
  ) async throws(APIError) -> WriteResult {
    let target = try namedTarget(resource, namespace, name)
    return try await patch(target.kind.rules, target, options, transform)
  }

  private func patch<R: KindRules>(
    _ rules: R, _ target: Target, _ options: WriteOptions,
    _ transform: @escaping @Sendable (JSONValue) throws(APIError) -> JSONValue
  ) async throws(APIError) -> WriteResult {
    let result = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
      let sent = try wanted(rules, target, old, current, options, by: .transform(transform))
      let decision = try store.decideUpdate(rules, target, old: old, current: current, sent: sent, by: options)
      try checkRoles(decision, old, target, options.user)
      return decision
    }
    return WriteResult(object: shown(result.object, target), created: false)
  }

  /// What whoever deletes so is to be told besides the answer.
  package func warnings(ofDeleting resource: ServedResource, _ options: DeleteOptions) -> [String] {
    guard options.propagation == nil, let kind = kinds[resource] else { return [] }
    return kind.rules.warningWithoutPropagation.map { [$0] } ?? []
  }

  package func delete(
    _ resource: ServedResource, namespace: String, name: String, options: DeleteOptions
  ) async throws(APIError) -> DeleteResult {
    let target = try namedTarget(resource, namespace, name)
    return try await delete(target.kind.rules, target, options)
  }

  private func delete<R: KindRules>(
    _ rules: R, _ target: Target, _ options: DeleteOptions
  ) async throws(APIError) -> DeleteResult {
    let result = try await store.delete(rules, target, options: options)
    let object = shown(result.object, target)
    if result.removed, !rules.returnsDeletedObject {
      let status = APIError.success(
        kind: target.resource.plural, group: target.resource.group, name: target.name, uid: object.uid)
      return DeleteResult(code: 200, body: status.jsonBytes, object: nil, removed: true)
    }
    let code = !result.removed && options.orphansDependents == false ? 202 : 200
    return DeleteResult(code: code, body: object.json, object: object, removed: result.removed)
  }

  /// Deletes everything that `list` selects, each object if it meets the preconditions: the first that does not ends it.
  ///
  /// - Returns: the last states of what was deleted.
  package func deleteCollection(
    _ resource: ServedResource, namespace: String, list: ListOptions, options: DeleteOptions
  ) async throws(APIError) -> ListResult {
    var found = try await self.list(resource, namespace: namespace, options: list)
    let all = found.objects
    var deleted: [Int: StoredObject] = [:]
    var failure: APIError?
    await withTaskGroup(of: (Int, Result<StoredObject, APIError>).self) { group in
      var next = 0
      func start() {
        guard next < all.count, failure == nil else { return }
        let (index, object) = (next, all[next])
        next += 1
        group.addTask { (index, await self.remove(object, of: resource, options)) }
      }
      for _ in 0..<Self.deletesAtOnce { start() }
      while let (index, result) = await group.next() {
        switch result {
        case .success(let object): deleted[index] = object
        // Somebody else was faster with it: as good as deleted.
        case .failure(let error) where error.reason == .notFound: break
        case .failure(let error): failure = failure ?? error
        }
        start()
      }
    }
    if let failure { throw failure }
    found.objects = deleted.sorted { $0.key < $1.key }.map(\.value)
    return found
  }

  /// How many objects of a collection are deleted at the same time: enough for the store to commit them in groups.
  private static let deletesAtOnce = 16

  private func remove(
    _ object: StoredObject, of resource: ServedResource, _ options: DeleteOptions
  ) async -> Result<StoredObject, APIError> {
    func remove<R: KindRules>(_ rules: R, _ target: Target) async throws(APIError) -> StoredObject {
      shown(try await store.delete(rules, target, options: options).object, target)
    }
    do {
      let target = try namedTarget(resource, object.namespace, object.name)
      return .success(try await remove(target.kind.rules, target))
    } catch {
      return .failure(error)
    }
  }

  // MARK: Forms

  /// A client's document in the form that is stored.
  func stored(_ document: JSONValue, _ target: Target) -> JSONValue {
    view(of: target.resource)?.toStored(document) ?? document
  }

  /// A stored object in the form of the resource that the client addressed.
  func shown(_ object: StoredObject, _ target: Target) -> StoredObject {
    view(of: target.resource)?.fromStored(object) ?? object
  }

  /// The document that a patch starts from.
  func document(of object: StoredObject, _ target: Target) throws(APIError) -> JSONValue {
    do {
      let document = try JSONValue(jsonBytes: object.json)
      return view(of: target.resource)?.fromStored(document) ?? document
    } catch {
      throw .internalError("the stored object \(object.key) cannot be read: \(error)")
    }
  }

  // MARK: Owners

  /// Owners that are named twice in the very same words are kept once, and the client is told, as in Kubernetes.
  private func dropRepeatedOwners(_ metadata: inout MetaV1.ObjectMeta, isPatch: Bool, _ options: WriteOptions) {
    var kept: [MetaV1.OwnerReference] = []
    var repeated: [String] = []
    if metadata.ownerReferences.count > 1 {
      var seen: Set<[UInt8]> = []
      for owner in metadata.ownerReferences {
        if seen.insert(owner.jsonBytes).inserted { kept.append(owner) } else { repeated.append(owner.uid) }
      }
    }
    guard !repeated.isEmpty else { return options.warnings.note([]) }
    metadata.ownerReferences = kept
    options.warnings.note([
      ".metadata.ownerReferences contains duplicate entries\(isPatch ? " after mutating admission happens" : ""); "
        + "API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; "
        + "please fix your requests; duplicate UID(s) observed: [\(repeated.joined(separator: " "))]"
    ])
  }

  // MARK: Namespaces

  /// The namespace of the request. One that an object of the cluster's scope names is dropped, as in Kubernetes: charts
  /// write the same namespace into all that they install.
  func setNamespace(_ metadata: inout MetaV1.ObjectMeta, _ target: Target) throws(APIError) {
    if metadata.namespace.isEmpty || !target.resource.namespaced { metadata.namespace = target.namespace }
    if metadata.namespace != target.namespace {
      throw .badRequest(
        "the namespace of the provided object does not match the namespace sent on the request")
    }
  }

  /// New objects need a namespace that exists and is not being deleted; nil for the cluster's scope.
  private func namespaceGuard(_ target: Target, name: String) async throws(APIError) -> NamespaceGuard? {
    guard target.resource.namespaced else { return nil }
    guard let resource = resource(group: "", version: "v1", plural: "namespaces") else { return nil }
    let place = try self.target(resource, "", target.namespace)
    var found = try place.kind.cache.object(place.key)
    // The cache may lag behind a namespace that was just made: it does not get to refuse.
    if found.map(NamespaceGuard.phase) != "Active" { found = try await store.readFresh(place) }
    return try NamespaceGuard(place, found, resource: target.groupResource, name: name)
  }
}
