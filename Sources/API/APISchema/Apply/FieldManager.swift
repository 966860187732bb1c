package import JSONDocument

/// Keeps the books of who owns which field of an object, and applies configurations (server-side apply).
///
/// One serves a kind in one version, for the object itself or one of its subresources. Documents are whole objects in
/// that version, as the typed codecs write them, with their defaults: what a codec writes in one case and leaves out
/// in another would look like a change. The object's `metadata.managedFields` comes and goes with the documents.
///
/// It is a pure function of its arguments: time is a text that the caller gives (RFC 3339 in UTC, whole seconds).
/// Behaviour is that of Kubernetes 1.33 as documented under "Server-Side Apply".
package struct FieldManager: Sendable {
  /// Turns a document of the kind into the same in another `apiVersion`; nil if there is no such version.
  package typealias Converter = @Sendable (_ document: JSONValue, _ apiVersion: String) -> JSONValue?

  /// The owner of fields that were there before anybody applied, and of which no records were kept.
  package static let firstApplyManager = "before-first-apply"
  /// Where `kubectl apply` without server-side apply keeps the configuration.
  package static let lastAppliedAnnotation = "kubectl.kubernetes.io/last-applied-configuration"

  let rules: OwnershipRules
  let subresource: String
  /// An object with nothing set: what every create is compared with.
  let empty: JSONValue
  /// The engine of the manager's own version; nil if there is no schema of it.
  private let fields: TypedFields?
  /// What counts as the name of whoever has none.
  package static let namelessManager = "unknown"

  /// - Parameters:
  ///   - subresource: empty for the object itself. Writes through a subresource cannot touch the records of others.
  ///   - resets: by `apiVersion`, what the server puts back anyway when this path is written, with all below it:
  ///     `status` of most objects, `spec` of their status. Nobody becomes its owner through here.
  ///   - only: patterns of what alone can be written through this path, where that is less than all; in them nil
  ///     stands for any one step, and what lies below a pattern's end belongs to it.
  package init(
    schema: Schema = .builtIn, kind: GroupVersionKind, subresource: String = "", resets: [String: FieldSet] = [:],
    only: [[PathElement?]] = [], converter: @escaping Converter = { _, _ in nil }
  ) {
    rules = OwnershipRules(schema: schema, kind: kind, resets: resets, only: only, converter: converter)
    self.subresource = subresource
    empty = schema.emptyDocument(of: kind)
    fields = rules.fields(rules.version)
  }

  /// The fields that objects carry but nobody owns.
  static let unowned = FieldSet(
    [[.field("apiVersion")], [.field("kind")], [.field("metadata")]]
      + [
        "name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields",
        "resourceVersion",
      ].map { [.field("metadata"), .field($0)] })

  // MARK: - Updates

  /// The new object with its records after a write that is no apply: create, update, or any other patch.
  ///
  /// What the write added or changed belongs to the writer alone from now on; what it removed belongs to nobody.
  /// Records that the new object brings are taken if they can be read (somebody edits them), except through a
  /// subresource; absent or unreadable ones are those of the live object; `[{}]` drops all. An object without any
  /// records stays without, as it would look as if the next writer had written all of it.
  /// - Parameters:
  ///   - live: the object before, or nil if it is being created.
  ///   - manager: who writes; empty counts as `namelessManager`.
  package func update(live: JSONValue?, new: JSONValue, manager: String, now: String) -> JSONValue {
    var new = new
    let sent = Self.takeManagedFields(from: &new)
    var old = live ?? empty
    let kept = Self.takeManagedFields(from: &old)
    if sent == kept || (sent == nil && live != nil), old == new {
      // Nothing to book: the records stay as they are, unread.
      if let kept { new["metadata", default: [:]]["managedFields"] = kept }
      return new
    }
    var managed = records(sent: sent, kept: kept)
    if managed.isEmpty {
      if old["metadata"]?["uid"]?.stringValue?.isEmpty == false { return new }
      if live == nil, rules.only.isEmpty {
        putCreated(&new, by: identity(manager, .update), now: now)
        return new
      }
    }
    track(&managed, old, new, by: identity(manager, .update), now: now)
    managed.mergeOldUpdates()
    Self.put(managed, into: &new)
    return new
  }

  /// Books a create that brings no records of others.
  private func putCreated(_ new: inout JSONValue, by manager: ManagedFields.Manager, now: String) {
    guard let fields else { return }
    let taken = fields.created(
      new, from: empty, unowned: Self.unowned, resets: rules.resets[rules.version] ?? FieldSet())
    guard taken != [:] else { return }
    let entry = ManagedFields.entry(of: manager, apiVersion: rules.version, time: now, fields: taken)
    new["metadata", default: [:]]["managedFields"] = [entry]
  }

  /// What the creator of an object owns, as the text of `fieldsV1`; nil if that is nothing. It is what `update` books
  /// without a live object, for who has the object as text and wants no document of it.
  /// - Parameter json: a whole object without records, none of whose objects has two members of one name.
  /// - Throws: when it is no JSON.
  /// - Precondition: all of the object can be written through here.
  package func fieldsOfCreator(_ json: [UInt8]) throws(JSONError) -> [UInt8]? {
    precondition(rules.only.isEmpty)
    return try fields?.created(
      json, from: empty, unowned: Self.unowned, resets: rules.resets[rules.version] ?? FieldSet())
  }

  private func records(sent: JSONValue?, kept: JSONValue?) -> ManagedFields {
    if subresource.isEmpty, let sent {
      if Self.isReset(sent) { return ManagedFields() }
      if let managed = try? ManagedFields(encoded: sent), !managed.isEmpty { return managed }
    }
    return (try? ManagedFields(encoded: kept)) ?? ManagedFields()
  }

  /// A list of one entry without content. An empty list is none: clients that do not know the field send that.
  private static func isReset(_ sent: JSONValue) -> Bool {
    guard case .array(let entries) = sent, entries.count == 1, case .object(let entry) = entries[0] else {
      return false
    }
    return entry.members.allSatisfy { $0.value.isNull || $0.value == "" }
  }

  func identity(_ manager: String, _ operation: ManagedFields.Operation) -> ManagedFields.Manager {
    ManagedFields.Manager(
      manager.isEmpty ? Self.namelessManager : manager, operation, apiVersion: rules.version, subresource: subresource)
  }

  /// Books a write that was no apply.
  func track(
    _ managed: inout ManagedFields, _ old: JSONValue, _ new: JSONValue, by manager: ManagedFields.Manager, now: String
  ) {
    // A writer that is nobody's name yet: what it changed is taken from its own earlier records too, and comes back.
    let nobody = ManagedFields.Manager("", .update, apiVersion: "", subresource: "")
    let owners = rules.current(managed.owners)
    // Forced, so that the only failure left is a kind without a schema, of which no records are kept.
    guard let result = try? rules.owners(owners, afterChange: old, new, by: nobody, force: true) else { return }
    managed.owners = result.owners
    let taken = result.change.added.union(result.change.modified).subtracting(Self.unowned)
    guard !taken.isEmpty else { return }
    let before = managed.owners[manager]?.fields ?? FieldSet()
    managed.owners[manager] = .init(fields: before.union(taken), apiVersion: rules.version, time: now)
  }

  // MARK: - Documents

  static func takeManagedFields(from document: inout JSONValue) -> JSONValue? {
    guard let metadata = document["metadata"], let found = metadata["managedFields"] else { return nil }
    document["metadata"]?["managedFields"] = nil
    // `nil` would also be a way to write JSON's null.
    return found.isNull ? Optional.none : .some(found)
  }

  static func put(_ managed: ManagedFields, into document: inout JSONValue) {
    guard let encoded = managed.encoded else { return }
    document["metadata", default: [:]]["managedFields"] = encoded
  }

  /// Whether two objects differ in nothing but the times of their records: such a write is none, and must not make a
  /// new version of the object.
  package static func isSameButForTimes(_ one: JSONValue, _ other: JSONValue) -> Bool {
    func bare(_ document: JSONValue) -> JSONValue {
      var document = document
      guard case .array(let entries)? = takeManagedFields(from: &document) else { return document }
      let timeless = entries.map { entry in
        var entry = entry
        if case .object = entry { entry["time"] = nil }
        return entry
      }
      // Entries are ordered by time too.
      let sorted = timeless.map { ($0.description, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
      document["metadata", default: [:]]["managedFields"] = .array(sorted)
      return document
    }
    return bare(one) == bare(other)
  }
}

extension JSONValue {
  /// A member, made if it is not there.
  fileprivate subscript(key: String, default new: JSONValue) -> JSONValue {
    get { self[key] ?? new }
    set { self[key] = newValue }
  }
}

extension Schema {
  /// An object of a kind with nothing set, as the typed codecs write it: what every create is compared with.
  package func emptyDocument(of kind: GroupVersionKind) -> JSONValue {
    guard let index = index(of: kind), case .object(var object) = emptyValue(index) else { return [:] }
    object.prepend("kind", .string(kind.kind))
    object.prepend("apiVersion", .string(kind.apiVersion))
    return .object(object)
  }

  private func emptyValue(_ index: Int) -> JSONValue {
    var object = JSONObject()
    for field in types[index].fields where !field.flags.contains(.pointer) {
      let isOmitted = field.flags.contains(.omitEmpty)
      switch field.type {
      case .type(let index): object[field.name] = emptyValue(index)
      case .array where !isOmitted: object[field.name] = []
      case .map where !isOmitted: object[field.name] = [:]
      case .string where !isOmitted: object[field.name] = ""
      case .bool where !isOmitted: object[field.name] = false
      case .int32 where !isOmitted, .int64 where !isOmitted, .double where !isOmitted: object[field.name] = 0
      default: break
      }
    }
    return .object(object)
  }
}
