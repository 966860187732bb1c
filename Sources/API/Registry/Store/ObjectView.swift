import JSONDocument

/// How a kind looks under a group that is not the one it is stored in.
struct ObjectView: Sendable {
  let apiVersion: String
  let kind: String
  /// Names of members in the stored form and in this one; others keep theirs.
  private let outward: [String: String]
  private let inward: [String: String]

  init(apiVersion: String, kind: String, renamed: [String: String]) {
    self.apiVersion = apiVersion
    self.kind = kind
    outward = renamed
    inward = Dictionary(uniqueKeysWithValues: renamed.map { ($1, $0) })
  }

  /// The stored form's members under this form's names.
  func fromStored(_ document: JSONValue) -> JSONValue {
    renamed(document, outward, apiVersion: apiVersion)
  }

  /// The other way round.
  func toStored(_ document: JSONValue, apiVersion: String) -> JSONValue {
    renamed(document, inward, apiVersion: apiVersion)
  }

  /// A stored object in this form.
  func fromStored(_ object: StoredObject) -> StoredObject {
    // What is in the cache has been read before, so that it can be read again.
    guard let document = try? JSONValue(jsonBytes: object.json) else { return object }
    return object.replacingJSON(with: fromStored(document).jsonBytes)
  }

  private func renamed(_ document: JSONValue, _ names: [String: String], apiVersion: String) -> JSONValue {
    guard case .object(let members) = document else { return document }
    var result = JSONObject()
    result.reserveCapacity(members.count)
    for (key, value) in members { result[names[key] ?? key] = value }
    if result.contains("apiVersion") { result["apiVersion"] = .string(apiVersion) }
    return .object(result)
  }
}
