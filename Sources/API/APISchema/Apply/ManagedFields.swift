package import JSONDocument

/// Who owns which fields of an object: `metadata.managedFields`, read.
package struct ManagedFields: Equatable, Sendable {
  /// How a manager came to own fields.
  package enum Operation: String, Sendable {
    /// By server-side apply: fields that it stops applying go.
    case apply = "Apply"
    /// By any other write.
    case update = "Update"
  }

  /// One entry's owner. Whoever applies is one manager through all versions of the kind; whoever updates is another
  /// one in each version.
  package struct Manager: Hashable, Sendable {
    package let name: String
    package let operation: Operation
    /// Empty for appliers.
    package let apiVersion: String
    /// Empty for the object itself.
    package let subresource: String

    package init(_ name: String, _ operation: Operation, apiVersion: String, subresource: String = "") {
      self.name = name
      self.operation = operation
      self.apiVersion = operation == .apply ? "" : apiVersion
      self.subresource = subresource
    }

    /// As conflicts name it: `"kubectl" using apps/v1`.
    package var description: String {
      var text = "\(JSONValue.string(name))"
      if !subresource.isEmpty { text += " with subresource \(JSONValue.string(subresource))" }
      return operation == .update ? "\(text) using \(apiVersion)" : text
    }
  }

  /// What a manager owns.
  package struct Ownership: Equatable, Sendable {
    package var fields: FieldSet
    /// The version of the kind that the fields are told in.
    package var apiVersion: String
    /// RFC 3339; nil if the entry has none.
    package var time: String?

    package init(fields: FieldSet, apiVersion: String, time: String? = nil) {
      self.fields = fields
      self.apiVersion = apiVersion
      self.time = time
    }
  }

  package var owners: [Manager: Ownership] = [:]

  package init() {}

  package var isEmpty: Bool { owners.isEmpty }

  /// Reads the list of an object; nothing and `null` are an empty one.
  package init(encoded document: JSONValue?) throws(ManagedFieldsError) {
    guard let document, !document.isNull else { return }
    guard case .array(let entries) = document else {
      throw ManagedFieldsError("managedFields is a list, found \(document.typeName)")
    }
    for (position, entry) in entries.enumerated() {
      guard let operation = entry["operation"]?.stringValue.flatMap(Operation.init) else {
        throw ManagedFieldsError("operation of managed fields entry \(position) must be `Apply` or `Update`")
      }
      guard let apiVersion = entry["apiVersion"]?.stringValue, !apiVersion.isEmpty else {
        throw ManagedFieldsError("apiVersion of managed fields entry \(position) must not be empty")
      }
      guard let fieldsType = entry["fieldsType"]?.stringValue, !fieldsType.isEmpty else {
        throw ManagedFieldsError("missing fieldsType in managed fields entry \(position)")
      }
      guard fieldsType == "FieldsV1" else {
        throw ManagedFieldsError(
          "invalid fieldsType \(JSONValue.string(fieldsType)) in managed fields entry \(position)")
      }
      let manager = Manager(
        entry["manager"]?.stringValue ?? "", operation, apiVersion: apiVersion,
        subresource: entry["subresource"]?.stringValue ?? "")
      var fields = FieldSet()
      if let document = entry["fieldsV1"], !document.isNull { fields = try FieldSet(encoded: document) }
      owners[manager] = Ownership(fields: fields, apiVersion: apiVersion, time: entry["time"]?.stringValue)
    }
  }

  /// The list for an object: appliers first, then by time, manager, version and subresource; nil if nobody owns
  /// anything, as an empty list is left out.
  package var encoded: JSONValue? {
    if owners.isEmpty { return nil }
    let sorted = owners.sorted { left, right in
      let (one, other) = (left.key, right.key)
      if one.operation != other.operation { return one.operation == .apply }
      let (oneTime, otherTime) = (left.value.time ?? "", right.value.time ?? "")
      if oneTime != otherTime { return oneTime < otherTime }
      if one.name != other.name { return one.name < other.name }
      if left.value.apiVersion != right.value.apiVersion { return left.value.apiVersion < right.value.apiVersion }
      return one.subresource < other.subresource
    }
    return .array(
      sorted.map { manager, ownership in
        Self.entry(
          of: manager, apiVersion: ownership.apiVersion, time: ownership.time, fields: ownership.fields.encoded)
      })
  }

  /// One entry of the list.
  static func entry(of manager: Manager, apiVersion: String, time: String?, fields: JSONValue) -> JSONValue {
    var entry = JSONObject()
    if !manager.name.isEmpty { entry["manager"] = .string(manager.name) }
    entry["operation"] = .string(manager.operation.rawValue)
    entry["apiVersion"] = .string(apiVersion)
    if let time { entry["time"] = .string(time) }
    entry["fieldsType"] = "FieldsV1"
    entry["fieldsV1"] = fields
    if !manager.subresource.isEmpty { entry["subresource"] = .string(manager.subresource) }
    return .object(entry)
  }

  // MARK: - Bounds

  /// How many entries of updates an object keeps; the oldest beyond are merged, those of each version into one.
  package static let updateLimit = 10
  /// The manager that the oldest updates are merged into.
  package static let ancientManager = "ancient-changes"

  /// Merges the oldest updates until there are no more than the limit, or no two of one version.
  mutating func mergeOldUpdates() {
    let updates = owners.filter { $0.key.operation == .update }
    var excess = updates.count - Self.updateLimit
    guard excess > 0 else { return }
    let oldestFirst = updates.sorted { left, right in
      let (oneTime, otherTime) = (left.value.time ?? "", right.value.time ?? "")
      if oneTime != otherTime { return oneTime < otherTime }
      return (left.key.name, left.key.apiVersion, left.key.subresource)
        < (right.key.name, right.key.apiVersion, right.key.subresource)
    }
    var firstOfVersion: [String: Manager] = [:]
    for (manager, ownership) in oldestFirst where excess > 0 {
      let version = ownership.apiVersion
      guard let first = firstOfVersion[version] else {
        firstOfVersion[version] = manager
        continue
      }
      let bucket = Manager(Self.ancientManager, .update, apiVersion: version)
      var merged = ownership
      for other in [first, bucket] {
        if let owned = owners.removeValue(forKey: other) { merged.fields = merged.fields.union(owned.fields) }
      }
      owners[manager] = nil
      owners[bucket] = merged  // with the time of the younger one
      excess -= 1
    }
  }
}
