import APISchema
import JSONDocument

/// How a kind looks under a group-version that is not the one it is stored in.
struct ObjectView: Sendable {
  let stored: GroupVersionKind
  let shown: GroupVersionKind

  /// A stored document in this form.
  func fromStored(_ document: JSONValue) -> JSONValue {
    VersionConversion.convert(document, from: stored, to: shown) ?? document
  }

  /// A client's document in the form that is stored. What it says of its own kind is left to be checked.
  func toStored(_ document: JSONValue) -> JSONValue {
    guard var result = VersionConversion.convert(document, from: shown, to: stored) else { return document }
    result["kind"] = document["kind"]
    if document["apiVersion"]?.stringValue != shown.apiVersion { result["apiVersion"] = document["apiVersion"] }
    return result
  }

  /// A stored object in this form.
  func fromStored(_ object: StoredObject) -> StoredObject {
    // What is in the cache has been read before, so that it can be read again.
    guard let document = try? JSONValue(jsonBytes: object.json) else { return object }
    return object.replacingJSON(with: fromStored(document).jsonBytes)
  }
}
