package import JSONDocument

extension JSONValue {
  /// This document after a JSON merge patch (RFC 7386): objects are merged, `null` removes, all else replaces.
  package func applying(mergePatch patch: JSONValue) -> JSONValue {
    guard case .object(let changes) = patch else { return patch }
    var result = objectValue ?? JSONObject()
    for change in changes.members {
      if change.value.isNull {
        result.removeValue(forKey: change.key)
      } else {
        result[change.key] = (result[change.key] ?? .null).applying(mergePatch: change.value)
      }
    }
    return .object(result)
  }
}
