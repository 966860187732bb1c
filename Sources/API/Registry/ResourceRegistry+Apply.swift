import APISchema
package import JSONDocument
import KubernetesAPI

/// Server-side apply, and the records of who owns which field that all writes keep.
extension ResourceRegistry {
  /// How often an apply begins anew when an object comes and goes under it.
  private static let applyAttempts = 8

  /// Applies a configuration to an object, which is created if there is none.
  /// - Parameters:
  ///   - configuration: all that `options.fieldManager` states about the object, in the resource's version.
  ///   - force: whether fields of other managers are taken over instead of being conflicts.
  package func apply(
    _ resource: ServedResource, namespace: String, name: String, configuration: JSONValue, force: Bool,
    options: WriteOptions
  ) async throws(APIError) -> WriteResult {
    let target = try namedTarget(resource, namespace, name)
    return try await apply(target.kind.rules, target, configuration, force, options)
  }

  private func apply<R: KindRules>(
    _ rules: R, _ target: Target, _ configuration: JSONValue, _ force: Bool, _ options: WriteOptions
  ) async throws(APIError) -> WriteResult {
    var attempt = 0
    while true {
      attempt += 1
      do {
        let result = try await store.modify(rules, target, dryRun: options.dryRun) { (old, current) throws(APIError) in
          let sent = try wanted(rules, target, old, current, options, by: .apply(configuration, force: force))
          let decision = try store.decideUpdate(rules, target, old: old, current: current, sent: sent, by: options)
          try checkRoles(decision, old, target, options.user)
          return decision
        }
        return WriteResult(object: shown(result.object, target), created: false)
      } catch {
        guard error.isMissing(target) else { throw error }
      }
      do {
        return try await createByApply(rules, target, configuration, options)
      } catch {
        // Somebody else has made it meanwhile.
        guard error.reason == .alreadyExists, attempt < Self.applyAttempts else { throw error }
      }
    }
  }

  private func createByApply<R: KindRules>(
    _ rules: R, _ target: Target, _ configuration: JSONValue, _ options: WriteOptions
  ) async throws(APIError) -> WriteResult {
    try await options.checkCreate?()
    var document = try target.kind.records.applying(
      configuration, to: Optional<R.Object>.none, by: options.fieldManager, force: false, at: store.now)
    let metadata = document["metadata"]
    if let uid = metadata?["uid"]?.stringValue, !uid.isEmpty {
      throw .conflict(
        target.groupResource, name: target.name,
        because: "uid mismatch: the provided object specified uid \(uid), and no existing object was found")
    }
    try target.check(name: metadata?["name"]?.stringValue ?? "")
    // There is no version that it could be based on.
    document["metadata"]?["resourceVersion"] = nil
    Self.canonicalize(&document, target)
    return try await create(rules, target, SentObject(document), options, isRecorded: true)
  }

  /// The same through a part of an object that exists: `status`, `scale`, `resize`.
  /// - Parameter configuration: in the kind of the subresource.
  /// - Returns: the object in the subresource's form.
  package func applySubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String, configuration: JSONValue,
    force: Bool, options: WriteOptions
  ) async throws(APIError) -> StoredObject {
    let target = try subresourceTarget(subresource, "patch", resource, namespace, name)
    return try await change(subresource, target, options, .apply(configuration, force: force))
  }

  /// What was applied is merged as it was written; what is stored has one form, such as `1` for `1000m`.
  private static func canonicalize(_ document: inout JSONValue, _ target: Target) {
    Schema.builtIn.canonicalize(&document, as: target.resource.groupVersionKind)
  }

  // MARK: Records

  /// How a client says what an object is to become.
  enum Change: Sendable {
    /// By the whole document, made from the current one.
    case transform(@Sendable (JSONValue) throws(APIError) -> JSONValue)
    /// By what it states of it.
    case apply(JSONValue, force: Bool)
  }

  /// What a client wants an object to become, with the records of who owns which field then.
  /// - Parameter subresource: the part that it is written through.
  func wanted<R: KindRules>(
    _ rules: R, _ target: Target, _ old: R.Object, _ current: StoredObject, _ options: WriteOptions,
    through subresource: String = "", by change: Change
  ) throws(APIError) -> R.Object {
    switch change {
    case .transform(let transform):
      var sent = try decodeUpdate(
        rules, target, SentObject(try transform(document(of: current, target))), options, isPatch: true)
      record(&sent, over: old, target, options, through: subresource)
      return sent
    case .apply(let configuration, let force):
      var document = try target.kind.records.applying(
        configuration, to: old, through: subresource, by: options.fieldManager, force: force, at: store.now)
      Self.canonicalize(&document, target)
      return try decodeUpdate(rules, target, SentObject(document), options, isPatch: true)
    }
  }

  /// Gives an object the records of who owns which field after a write that is no apply.
  /// - Parameter object: as the writer wants it, before the server's own rules.
  func record<Object: KubernetesObject>(
    _ object: inout Object, over old: Object?, _ target: Target, _ options: WriteOptions,
    through subresource: String = ""
  ) {
    object.metadata.managedFields = target.kind.records.records(
      of: object, over: old, through: subresource, by: options.fieldManager, at: store.now)
  }
}

extension APIError {
  /// Whether it says that there is no such object, and not that something it refers to is missing.
  fileprivate func isMissing(_ target: Target) -> Bool {
    reason == .notFound && details?.kind == target.groupResource.resource
      && details?.group == target.groupResource.group
      && details?.name == target.name
  }
}
