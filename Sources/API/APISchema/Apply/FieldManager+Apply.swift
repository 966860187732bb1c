package import JSONDocument

extension FieldManager {
  /// The object with a configuration applied to it, and its records.
  ///
  /// The configuration is merged into the live object. Fields that the manager applied before and names no more are
  /// removed, unless another manager owns them. A field that another manager owns and has another value for is a
  /// conflict; with `force` the applier takes it. A field with the same value has both as owners.
  ///
  /// An object without any records had other writers: all of it is given to `before-first-apply` first. The manager
  /// `kubectl` takes over without conflict what the last client-side `kubectl apply` set and nobody changed since, and
  /// keeps that one's annotation in step.
  ///
  /// The result has no nulls and still lacks defaults of what was added: apply those, then run the server's own rules.
  /// It differs from the live object in nothing but times of records if nothing changed; see `isSameButForTimes`.
  /// - Parameters:
  ///   - live: the object before, with its defaults; nil if there is none, which then is created.
  ///   - applied: what the manager states, and all of it, without defaults.
  package func apply(
    live: JSONValue?, applied: JSONValue, manager: String, force: Bool, now: String
  ) throws(ApplyError) -> JSONValue {
    try checkKind(of: applied)
    var live = live ?? ["apiVersion": .string(rules.version), "kind": .string(rules.kind.kind)]
    let kept = Self.takeManagedFields(from: &live)
    let managed: ManagedFields
    do { managed = try ManagedFields(encoded: kept) } catch {
      throw ApplyError(.internalError, "failed to decode managed fields: \(error)")
    }
    var result: JSONValue
    do {
      result = try merge(applied, into: live, managed, manager, force: force, now: now)
    } catch {
      guard manager == "kubectl", error.code == .conflict, let inherited = inherited(from: live) else { throw error }
      let disputed = error.conflicts.filter { !inherited.contains($0.field) }
      if !disputed.isEmpty { throw ApplyError(disputed) }
      result = try merge(applied, into: live, managed, manager, force: true, now: now)
    }
    if manager == "kubectl", live.lastApplied != nil { result.setLastApplied(applied) }
    return result
  }

  private func checkKind(of applied: JSONValue) throws(ApplyError) {
    guard case .object = applied else {
      throw ApplyError(.badRequest, "a configuration is an object, found \(applied.typeName)")
    }
    let apiVersion = applied["apiVersion"]?.stringValue ?? ""
    let kind = applied["kind"]?.stringValue ?? ""
    guard apiVersion == rules.version, kind == rules.kind.kind else {
      let version = apiVersion.contains("/") ? apiVersion : "/\(apiVersion)"
      throw ApplyError(.badRequest, "invalid object type: \(version), Kind=\(kind)")
    }
    if let sent = applied["metadata"]?["managedFields"], !sent.isNull {
      throw ApplyError(.badRequest, "metadata.managedFields must be nil")
    }
  }

  // MARK: - Merging

  /// - Parameter live: without its records.
  private func merge(
    _ applied: JSONValue, into live: JSONValue, _ records: ManagedFields, _ manager: String, force: Bool, now: String
  ) throws(ApplyError) -> JSONValue {
    guard let fields = rules.fields(rules.version) else {
      throw ApplyError(.internalError, "no schema for \(rules.kind)")
    }
    let problems = fields.problems(in: applied)
    if !problems.isEmpty {
      throw ApplyError(
        .doesNotFitSchema,
        "failed to create typed patch object (\(Self.name(of: applied)); \(rules.kind.schemaName)): "
          + (problems.count == 1 ? problems[0] : "errors:\n" + problems.map { "  \($0)" }.joined(separator: "\n")))
    }
    var managed = records
    if managed.isEmpty {
      let first = ManagedFields.Manager(
        Self.firstApplyManager, .update, apiVersion: rules.version, subresource: subresource)
      track(&managed, empty, live, by: first, now: now)
    }
    let applier = identity(manager, .apply)
    let owners = rules.current(managed.owners)
    let last = owners[applier]
    var wanted = owners
    wanted[applier] = .init(
      fields: rules.ownable(fields.fields(of: applied), in: rules.version),
      apiVersion: rules.version, time: last?.time)
    let merged = fields.merging(applied, into: live)
    var result = try rules.pruned(merged, owners: wanted, last: last)
    // Before the books are written: who owned a map as such does not own it once it is gone.
    rules.schema.prune(&result, as: rules.kind)
    managed.owners = try rules.owners(wanted, afterChange: live, result, by: applier, force: force).owners
    if var mine = managed.owners[applier] {
      mine.fields = mine.fields.subtracting(Self.unowned)
      managed.owners[applier] = mine.fields.isEmpty ? nil : mine
    }
    if result != live || managed.owners[applier] != last { managed.owners[applier]?.time = now }
    managed.mergeOldUpdates()
    Self.put(managed, into: &result)
    return result
  }

  private static func name(of document: JSONValue) -> String {
    func text(_ name: String) -> String { document["metadata"]?[name]?.stringValue ?? "" }
    return "\(text("namespace"))/\(text("name"))"
  }

  // MARK: - After client-side apply

  /// The fields that the last client-side apply set and that still have its values, as conflicts name them; nil if
  /// there was none, or it was in another version.
  private func inherited(from live: JSONValue) -> Set<String>? {
    guard let text = live.lastApplied, let last = try? JSONValue(jsonBytes: Array(text.utf8)),
      last["apiVersion"]?.stringValue == rules.version, let fields = rules.fields(rules.version)
    else { return nil }
    guard fields.problems(in: last).isEmpty else { return nil }
    let change = fields.difference(from: last, to: live)
    let same = fields.fields(of: last).subtracting(change.modified).subtracting(change.added)
      .subtracting(change.removed)
    return Set(same.paths.map { $0.map(\.description).joined() })
  }
}

extension JSONValue {
  /// The annotation of client-side apply, unless it is absent or empty.
  fileprivate var lastApplied: String? {
    let text = self["metadata"]?["annotations"]?[FieldManager.lastAppliedAnnotation]?.stringValue
    return text?.isEmpty == false ? text : nil
  }

  /// How many bytes all annotations of an object may have.
  private static var annotationLimit: Int { 256 << 10 }

  fileprivate mutating func setLastApplied(_ applied: JSONValue) {
    var applied = applied
    _ = FieldManager.takeManagedFields(from: &applied)
    if case .object? = applied["metadata"]?["annotations"] {
      applied["metadata"]?["annotations"]?[FieldManager.lastAppliedAnnotation] = nil
    }
    let text = applied.sortedByName.description + "\n"
    guard case .object(var annotations)? = self["metadata"]?["annotations"] else { return }
    annotations[FieldManager.lastAppliedAnnotation] = .string(text)
    let size = annotations.members.reduce(0) { $0 + $1.key.utf8.count + ($1.value.stringValue?.utf8.count ?? 0) }
    if size > Self.annotationLimit { annotations[FieldManager.lastAppliedAnnotation] = "" }
    self["metadata"]?["annotations"] = .object(annotations)
  }

  /// The same with the members of all objects in the order of their names, as Go writes maps.
  private var sortedByName: JSONValue {
    switch self {
    case .array(let elements): .array(elements.map(\.sortedByName))
    case .object(let object):
      .object(JSONObject(object.members.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sortedByName) }))
    default: self
    }
  }
}

extension GroupVersionKind {
  /// `apps/v1, Kind=Deployment`, `/v1, Kind=Pod`: as messages of server-side apply have it.
  var schemaName: String { "\(group)/\(version), Kind=\(kind)" }
}
