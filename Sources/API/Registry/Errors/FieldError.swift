import JSONDocument

/// What is wrong with one field of an object.
package struct FieldError: Sendable, Equatable, CustomStringConvertible {
  /// Kubernetes' cause types of validation.
  package enum Kind: String, Sendable {
    case required = "FieldValueRequired"
    case invalid = "FieldValueInvalid"
    case notFound = "FieldValueNotFound"
    case duplicate = "FieldValueDuplicate"
    case notSupported = "FieldValueNotSupported"
    case forbidden = "FieldValueForbidden"
    case tooLong = "FieldValueTooLong"
    case tooMany = "FieldValueTooMany"
    case typeInvalid = "FieldValueTypeInvalid"
    case internalError = "InternalError"
  }
  package var type: Kind
  /// The field's path: `spec.containers[0].image`.
  package var field: String
  /// What is said about the field.
  package var body: String

  package var description: String { "\(field): \(body)" }

  package static func required(_ field: FieldPath, _ detail: String = "") -> FieldError {
    make(.required, field, "Required value", detail)
  }
  package static func invalid(_ field: FieldPath, _ value: String, _ detail: String) -> FieldError {
    make(.invalid, field, "Invalid value: \(quoted(value))", detail)
  }
  package static func invalid(_ field: FieldPath, _ value: some BinaryInteger, _ detail: String) -> FieldError {
    make(.invalid, field, "Invalid value: \(value)", detail)
  }
  /// For a value that is neither text nor a number; `rendered` is its compact JSON.
  package static func invalid(_ field: FieldPath, rendered: String, _ detail: String) -> FieldError {
    make(.invalid, field, "Invalid value: \(rendered)", detail)
  }
  /// For a value that is not to be shown.
  package static func invalid(_ field: FieldPath, _ detail: String) -> FieldError {
    make(.invalid, field, "Invalid value", detail)
  }
  package static func notFound(_ field: FieldPath, _ value: String) -> FieldError {
    make(.notFound, field, "Not found: \(quoted(value))", "")
  }
  package static func duplicate(_ field: FieldPath, _ value: some BinaryInteger) -> FieldError {
    make(.duplicate, field, "Duplicate value: \(value)", "")
  }
  package static func duplicate(_ field: FieldPath, _ value: String) -> FieldError {
    make(.duplicate, field, "Duplicate value: \(quoted(value))", "")
  }
  package static func notSupported(_ field: FieldPath, _ value: String, supported: [String]) -> FieldError {
    notSupported(field, rendered: quoted(value), supported: supported)
  }
  /// For a value that is no text; `rendered` is its compact JSON.
  package static func notSupported(_ field: FieldPath, rendered: String, supported: [String]) -> FieldError {
    let list = supported.map(quoted).joined(separator: ", ")
    return make(.notSupported, field, "Unsupported value: \(rendered)", "supported values: \(list)")
  }
  package static func forbidden(_ field: FieldPath, _ detail: String) -> FieldError {
    make(.forbidden, field, "Forbidden", detail)
  }
  package static func tooLong(_ field: FieldPath, limit: Int) -> FieldError {
    make(.tooLong, field, "Too long", "may not be more than \(limit) bytes")
  }
  package static func tooMany(_ field: FieldPath, count: Int, limit: Int) -> FieldError {
    make(.tooMany, field, "Too many: \(count)", "must have at most \(limit) items")
  }

  private static func make(_ type: Kind, _ field: FieldPath, _ head: String, _ detail: String) -> FieldError {
    FieldError(type: type, field: field.description, body: detail.isEmpty ? head : "\(head): \(detail)")
  }

  /// `text` in double quotes, with quotes, backslashes and control characters escaped.
  package static func quoted(_ text: String) -> String { GoText.quoted(text) }
}

/// Where a field stands in an object, for error messages: `spec.ports[0].name`, `metadata.labels[app]`.
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
  package var description: String

  package init(_ root: String) { description = root }

  /// No field but the object as a whole, as Kubernetes shows a path of nothing.
  package static let whole = FieldPath("[]")

  package func child(_ name: String) -> FieldPath {
    description.isEmpty ? FieldPath(name) : FieldPath("\(description).\(name)")
  }
  package func child(_ first: String, _ second: String) -> FieldPath { child(first).child(second) }
  package func index(_ index: Int) -> FieldPath { FieldPath("\(description)[\(index)]") }
  package func key(_ key: String) -> FieldPath { FieldPath("\(description)[\(key)]") }
}
