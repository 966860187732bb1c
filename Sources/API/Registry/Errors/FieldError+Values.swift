import JSONDocument

/// Errors about values that are neither text nor a number: they are shown as JSON.
extension FieldError {
  static func invalid(_ field: FieldPath, texts: [String], _ detail: String) -> FieldError {
    .invalid(field, rendered: JSONValue.array(texts.map { .string($0) }).description, detail)
  }

  /// `json` is the new value; nil: there is none.
  static func immutable(_ field: FieldPath, _ json: [UInt8]?) -> FieldError {
    .invalid(field, rendered: json.map { String(decoding: $0, as: UTF8.self) } ?? "null", "field is immutable")
  }

  static func immutable(_ field: FieldPath, _ text: String?) -> FieldError {
    .invalid(field, rendered: text.map(quoted) ?? "null", "field is immutable")
  }

  /// For an element that is an object; `rendered` is its compact JSON.
  static func duplicate(_ field: FieldPath, rendered: String, _ detail: String = "") -> FieldError {
    let head = "Duplicate value: \(rendered)"
    return FieldError(
      type: .duplicate, field: field.description, body: detail.isEmpty ? head : "\(head): \(detail)")
  }
}
