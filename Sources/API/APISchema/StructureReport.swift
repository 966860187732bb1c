package import JSONDocument

/// What a document holds that its type does not have, and what is of another type than it says.
package struct StructureReport: Equatable, Sendable {
  /// A value of the wrong JSON type.
  package struct TypeProblem: Equatable, Sendable, CustomStringConvertible {
    /// `spec.containers[0].image`
    package let path: String
    /// The field's type in words: `int32`, `string`, `array`.
    package let expected: String
    package let found: String

    package var description: String { "cannot read \(found) into field \(path) of type \(expected)" }
  }

  /// Paths in document order; at most `limit`.
  package internal(set) var unknownFields: [String] = []
  /// In document order; at most `limit`.
  package internal(set) var typeProblems: [TypeProblem] = []

  /// How many problems of each sort are kept, so that a hostile document cannot grow the report.
  package static let limit = 100

  /// Nothing to report.
  package init() {}

  /// Whether the document can be read as its type at all: unknown fields do not hinder.
  package var isReadable: Bool { typeProblems.isEmpty }

  /// The messages of strict field validation, duplicates last: `unknown field "spec.foo"`.
  package func strictMessages(duplicates: [String] = []) -> [String] {
    unknownFields.map { "unknown field \"\($0)\"" } + duplicates.map { "duplicate field \"\($0)\"" }
  }

  /// `strict decoding error: unknown field "spec.foo", …`; nil if there is nothing to complain about.
  package func strictDecodingError(duplicates: [String] = []) -> String? {
    let messages = strictMessages(duplicates: duplicates)
    return messages.isEmpty ? nil : "strict decoding error: " + messages.joined(separator: ", ")
  }
}

extension Schema {
  /// Compares a document with its type: unknown fields, wrong JSON types, numbers out of range. The forms of strings
  /// (times, base64, quantities) are the typed codecs' to check. `null` counts as absent.
  package func validateStructure(_ document: JSONValue, as type: Int) -> StructureReport {
    var walk = StructureWalk(schema: self)
    walk.value(document, .type(type))
    return walk.report
  }

  /// The same by kind; a kind that the schema does not know is not checked.
  package func validateStructure(_ document: JSONValue, as kind: GroupVersionKind) -> StructureReport {
    index(of: kind).map { validateStructure(document, as: $0) } ?? StructureReport()
  }

  /// Removes fields that the type does not have, and members that are `null`. Values of the wrong type stay.
  package func prune(_ document: inout JSONValue, as type: Int) { prune(&document, .type(type)) }

  package func prune(_ document: inout JSONValue, as kind: GroupVersionKind) {
    if let type = index(of: kind) { prune(&document, as: type) }
  }

  private func prune(_ value: inout JSONValue, _ type: FieldType) {
    switch type {
    case .type(let index):
      guard case .object(var object) = value else { return }
      value = .null  // the object is now uniquely referenced
      object.filterMembers { member in
        if case .null = member.value { return false }
        return types[index].fieldType(member.key) != nil || types[index].isTypeMember(member.key)
      }
      object.updateValues { key, member in
        if let fieldType = types[index].fieldType(key), fieldType.hasStructure { prune(&member, fieldType) }
      }
      value = .object(object)
    case .array(let element):
      guard element.hasStructure, case .array(var elements) = value else { return }
      value = .null
      for index in elements.indices { prune(&elements[index], element) }
      value = .array(elements)
    case .map(let element):
      guard case .object(var object) = value else { return }
      value = .null
      object.filterMembers { !$0.value.isNull }
      if element.hasStructure { object.updateValues { _, member in prune(&member, element) } }
      value = .object(object)
    default: break
    }
  }
}

extension TypeSchema {
  /// Whether the name is `apiVersion` or `kind` and documents of this type carry those.
  func isTypeMember(_ name: String) -> Bool { isKind && (name == "apiVersion" || name == "kind") }
}

extension FieldType {
  /// Whether values can hold members.
  var hasStructure: Bool {
    switch self {
    case .type, .map: true
    case .array(let element): element.hasStructure
    default: false
    }
  }

  /// The name for messages.
  var displayName: String {
    switch self {
    case .string: "string"
    case .bool: "bool"
    case .int32: "int32"
    case .int64: "int64"
    case .double: "number"
    case .bytes: "base64 string"
    case .time, .microTime: "time"
    case .duration: "duration"
    case .quantity: "quantity"
    case .intOrString: "integer or string"
    case .any: "any"
    case .type, .map: "object"
    case .array: "array"
    }
  }
}

private struct StructureWalk {
  private enum Step {
    case member(String)
    case element(Int)
  }

  let schema: Schema
  var report = StructureReport()
  /// Where the walk is. Only problems pay for a text of it.
  private var path: [Step] = []

  init(schema: Schema) { self.schema = schema }

  mutating func value(_ value: JSONValue, _ type: FieldType) {
    switch (type, value) {
    case (_, .null), (.any, _): break
    case (.type(let index), .object(let object)): members(of: object, index)
    case (.array(let element), .array(let elements)):
      for (index, member) in elements.enumerated() {
        path.append(.element(index))
        self.value(member, element)
        path.removeLast()
      }
    case (.map(let element), .object(let object)):
      for member in object.members {
        path.append(.member(member.key))
        self.value(member.value, element)
        path.removeLast()
      }
    case (.string, .string), (.bytes, .string), (.time, .string), (.microTime, .string), (.duration, .string),
      (.quantity, .string), (.intOrString, .string), (.bool, .bool), (.int64, .int), (.double, .int),
      (.double, .double), (.quantity, .int), (.quantity, .double):
      break
    case (.int32, .int(let number)), (.intOrString, .int(let number)):
      if Int32(exactly: number) == nil { problem(type, "number \(number)") }
    case (.int32, .double), (.int64, .double), (.intOrString, .double): problem(type, "number \(value)")
    default: problem(type, value.typeName)
    }
  }

  private mutating func members(of object: JSONObject, _ type: Int) {
    for member in object.members {
      path.append(.member(member.key))
      if let fieldType = schema.types[type].fieldType(member.key) {
        value(member.value, fieldType)
      } else if schema.types[type].isTypeMember(member.key) {
        value(member.value, .string)
      } else if report.unknownFields.count < StructureReport.limit {
        report.unknownFields.append(pathText)
      }
      path.removeLast()
    }
  }

  private mutating func problem(_ type: FieldType, _ found: String) {
    guard report.typeProblems.count < StructureReport.limit else { return }
    report.typeProblems.append(.init(path: pathText, expected: type.displayName, found: found))
  }

  private var pathText: String {
    var text = ""
    for step in path {
      switch step {
      case .member(let name): text += text.isEmpty ? name : ".\(name)"
      case .element(let index): text += "[\(index)]"
      }
    }
    return text
  }
}
