import APISchema
import JSONDocument

/// An object and those who write it, one after the other; the time of the nth write is the nth second.
struct ApplyStage {
  static let deployments = GroupVersionKind(group: "apps", version: "v1", kind: "Deployment")
  static let configMaps = GroupVersionKind(group: "", version: "v1", kind: "ConfigMap")
  static let pods = GroupVersionKind(group: "", version: "v1", kind: "Pod")
  static let services = GroupVersionKind(group: "", version: "v1", kind: "Service")

  let kind: GroupVersionKind
  var object: JSONValue?
  private var writes = 0

  init(_ kind: GroupVersionKind, _ object: JSONValue? = nil) {
    self.kind = kind
    self.object = object
  }

  private mutating func now() -> String {
    writes += 1
    return Self.time(writes)
  }

  static func time(_ write: Int) -> String {
    let digits = String(write)
    return "2026-01-01T00:00:" + String(repeating: "0", count: max(0, 2 - digits.count)) + digits + "Z"
  }

  func manager(_ subresource: String = "") -> FieldManager {
    FieldManager(
      kind: kind, subresource: subresource, resets: FieldManager.usualResets(of: kind, subresource: subresource))
  }

  /// The document of this kind.
  func document(_ members: JSONObject) -> JSONValue {
    var document = members
    document.prepend("kind", .string(kind.kind))
    document.prepend("apiVersion", .string(kind.apiVersion))
    return .object(document)
  }

  mutating func apply(
    _ members: JSONObject, by name: String, force: Bool = false, subresource: String = ""
  ) throws(ApplyError) {
    let now = now()
    object = try manager(subresource).apply(
      live: object, applied: document(members), manager: name, force: force, now: now)
  }

  /// Replaces the object; the records stay as a client that sends back what it read leaves them.
  mutating func update(by name: String, subresource: String = "", _ change: (inout JSONValue) -> Void) {
    var new = object ?? document([:])
    change(&new)
    let now = now()
    object = manager(subresource).update(live: object, new: new, manager: name, now: now)
  }

  /// The records: `NAME OPERATION` (and `/SUBRESOURCE`) to the fields.
  var owners: [String: JSONValue] {
    var owners: [String: JSONValue] = [:]
    for entry in object?["metadata"]?["managedFields"]?.arrayValue ?? [] {
      var name = "\(entry["manager"]?.stringValue ?? "") \(entry["operation"]?.stringValue ?? "")"
      if let subresource = entry["subresource"]?.stringValue { name += "/\(subresource)" }
      owners[name] = entry["fieldsV1"]
    }
    return owners
  }

  /// The object without its records.
  var bare: JSONValue? {
    var object = object
    object?["metadata"]?["managedFields"] = nil
    return object
  }

  func time(of name: String) -> String? {
    let entries = object?["metadata"]?["managedFields"]?.arrayValue ?? []
    return entries.first { $0["manager"]?.stringValue == name }?["time"]?.stringValue
  }
}

func parsed(_ text: String) -> JSONValue {
  do { return try JSONValue(jsonBytes: Array(text.utf8)) } catch { preconditionFailure("\(error): \(text)") }
}
