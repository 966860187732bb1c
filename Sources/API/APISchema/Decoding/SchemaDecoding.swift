package import JSONDocument

/// A document that was read by its type.
package struct DecodedDocument: Equatable, Sendable {
  /// What was read: known fields only. Members that were `null` are gone; elements and map members that were `null` are
  /// zero values. Of members with the same name the last one counts.
  package var value: JSONValue
  /// What strict field validation complains about, in the order of the text: `unknown field "spec.foo"`,
  /// `duplicate field "metadata.name"`. Each once, at most `Schema.strictErrorLimit`.
  package var strictErrors: [String]

  /// `strict decoding error: unknown field "spec.foo", …`; nil if there is nothing to complain about.
  package var strictDecodingError: String? {
    strictErrors.isEmpty ? nil : "strict decoding error: " + strictErrors.joined(separator: ", ")
  }
}

/// Why a document could not be read as its type. The messages are those that users of Kubernetes know.
package struct SchemaDecodingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of failure it was; more may come.
  package struct Code: Equatable, Sendable {
    private enum Base: Equatable { case syntax, depth, type, value, kind }
    private var base: Base
    /// The text is not JSON.
    package static let syntax = Code(base: .syntax)
    /// It is nested more deeply than `JSONReader.depthLimit`.
    package static let depth = Code(base: .depth)
    /// A value is of another JSON type than its field, or a number does not fit.
    package static let type = Code(base: .type)
    /// A string is not in the form that its field asks for: a quantity, a time, base64.
    package static let value = Code(base: .value)
    /// The schema does not have the kind.
    package static let kind = Code(base: .kind)
  }

  package var code: Code
  /// `json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32`
  package var message: String

  package var description: String { message }
}

extension Schema {
  /// How many strict errors are kept, as in Kubernetes.
  package static let strictErrorLimit = 100

  /// Reads a JSON text as a document of a kind, in one pass and as Kubernetes' reader does it:
  ///
  /// - names are compared with their case; fields that the type does not have are passed over and reported, so are
  ///   members that occur twice in their object (map members too);
  /// - a text that is no JSON is refused first; then the first value that is not in the form of its field (a quantity,
  ///   a time); then the first of the wrong type;
  /// - invalid UTF-8 in strings is replaced by U+FFFD;
  /// - free-form parts (`RawExtension`, `fieldsV1`, the alternatives within custom resources' schemas) are taken as
  ///   they are.
  ///
  /// Kubernetes takes nesting up to 10,000 levels. Here it is `JSONReader.depthLimit` (512): recursion must fit a
  /// thread's stack, and no type of the API needs a tenth of it.
  package func decode(json bytes: [UInt8], as kind: GroupVersionKind) throws(SchemaDecodingError) -> DecodedDocument {
    guard let type = index(of: kind) else {
      throw SchemaDecodingError(
        code: .kind, message: "no kind \"\(kind.kind)\" is registered for version \"\(kind.apiVersion)\"")
    }
    var decoder = SchemaDecoder(schema: self, bytes: bytes)
    return try decoder.document(type)
  }

  /// The same for a document that was read already: of YAML, or what a patch made.
  package func decode(
    _ document: JSONValue, as kind: GroupVersionKind
  ) throws(SchemaDecodingError) -> DecodedDocument {
    try decode(json: document.jsonBytes, as: kind)
  }
}

/// Reads a text and follows the schema.
private struct SchemaDecoder {
  /// Why the reading ends at once. (What does not end it is `mismatch`.)
  private enum Stop: Error {
    case text(JSONError)
    case value(String)
  }

  private enum Step {
    case member(String)
    case element(Int)
  }

  private let schema: Schema
  private let bytes: [UInt8]
  private var reader: JSONReader
  private var strictErrors: [String] = []
  private var seenErrors: Set<String> = []
  /// Where the walk is; only problems pay for a text of it.
  private var path: [Step] = []
  /// The struct that the walk is in, and the fields that lead there: what Go names in its messages.
  private var structName: String?
  private var fieldNames: [String] = []
  /// The first value of a wrong type. Reading goes on behind it.
  private var mismatch: SchemaDecodingError?

  init(schema: Schema, bytes: [UInt8]) {
    self.schema = schema
    self.bytes = bytes
    self.reader = JSONReader(bytes, repairsText: true)
  }

  mutating func document(_ type: Int) throws(SchemaDecodingError) -> DecodedDocument {
    let value: JSONValue?
    do throws(Stop) {
      value = try self.value(.type(type))
      do throws(JSONError) { try reader.finish() } catch { throw .text(error) }
    } catch {
      switch error {
      case .text(let error):
        // The scanner knows Go's words for it; what it takes and the reader does not is a number out of range.
        throw SchemaDecodingError(
          code: error.code == .depth ? .depth : .syntax, message: GoSyntax.message(for: bytes) ?? error.message)
      case .value(let message):
        // Go's scanner has seen the whole text before it looks at values.
        if let syntax = GoSyntax.message(for: bytes) { throw SchemaDecodingError(code: .syntax, message: syntax) }
        throw SchemaDecodingError(code: .value, message: message)
      }
    }
    if let mismatch { throw mismatch }
    return DecodedDocument(value: value ?? .object(JSONObject()), strictErrors: strictErrors)
  }

  // MARK: - Values

  /// The next value; nil if it is null or of the wrong type.
  private mutating func value(_ type: FieldType, named name: String? = nil) throws(Stop) -> JSONValue? {
    let kind = try read { (reader) throws(JSONError) in try reader.peekKind() }
    if kind == .null {
      _ = try read { (reader) throws(JSONError) in try reader.readNull() }
      return nil
    }
    switch (type, kind) {
    case (.type(let index), .object): return .object(try object(index))
    case (.array(let element), .array): return .array(try array(element))
    case (.map(let element), .object): return .object(try map(element))
    case (.string, .string): return .string(try readText())
    case (.bool, .bool): return .bool(try read { (reader) throws(JSONError) in try reader.readBool() })
    case (.int32, .number), (.int64, .number), (.double, .number): return try number(type)
    case (.bytes, .string):
      let text = try readText()
      if let offset = Base64.firstProblem(text.utf8) {
        report("illegal base64 data at input byte \(offset)", .value)
      }
      return .string(text)
    case (.time, _), (.microTime, _), (.duration, _), (.quantity, _), (.intOrString, _):
      return try special(type, kind)
    case (.any, _): return try read { (reader) throws(JSONError) in try reader.readValue() }
    default:
      report(cannot(kind.goName, type, name), .type)
      try read { (reader) throws(JSONError) in try reader.skipValue() }
      return nil
    }
  }

  private mutating func object(_ type: Int) throws(Stop) -> JSONObject {
    let outer = structName
    structName = schema.types[type].name
    defer { structName = outer }
    var result = JSONObject()
    // Names that were null or of the wrong type are not in the result.
    var dropped: Set<String> = []
    try read { (reader) throws(JSONError) in try reader.beginObject() }
    while let name = try read({ (reader) throws(JSONError) in try reader.nextKey() }) {
      let field = schema.types[type].fieldType(name)
      guard field != nil || schema.types[type].isTypeMember(name) else {
        strict("unknown", name)
        try read { (reader) throws(JSONError) in try reader.skipValue() }
        continue
      }
      if result.contains(name) || dropped.contains(name) { strict("duplicate", name) }
      path.append(.member(name))
      fieldNames.append(name)
      if let value = try value(field ?? .string, named: name) {
        result[name] = value
      } else {
        dropped.insert(name)
      }
      fieldNames.removeLast()
      path.removeLast()
    }
    return result
  }

  private mutating func array(_ element: FieldType) throws(Stop) -> [JSONValue] {
    var elements: [JSONValue] = []
    try read { (reader) throws(JSONError) in try reader.beginArray() }
    while try read({ (reader) throws(JSONError) in try reader.nextElement() }) {
      path.append(.element(elements.count))
      elements.append(try value(element) ?? Self.zero(element))
      path.removeLast()
    }
    return elements
  }

  private mutating func map(_ element: FieldType) throws(Stop) -> JSONObject {
    var result = JSONObject()
    try read { (reader) throws(JSONError) in try reader.beginObject() }
    while let name = try read({ (reader) throws(JSONError) in try reader.nextKey() }) {
      if result.contains(name) { strict("duplicate", name) }
      path.append(.member(name))
      result[name] = try value(element) ?? Self.zero(element)
      path.removeLast()
    }
    return result
  }

  private mutating func number(_ type: FieldType) throws(Stop) -> JSONValue? {
    let (value, text) = try read { (reader) throws(JSONError) in try reader.readNumber() }
    switch (type, value) {
    case (.double, .some): return value
    case (.int64, .int?): return value
    case (.int32, .int(let integer)?) where Int32(exactly: integer) != nil: return value
    default:
      report(cannot("number \(text)", type, nil), .type)
      return nil
    }
  }

  /// Types that read themselves in Go: what they refuse ends the reading, in their own words.
  private mutating func special(_ type: FieldType, _ kind: JSONReader.Kind) throws(Stop) -> JSONValue {
    func plain(_ found: String, _ wanted: String) -> Stop {
      .value("json: cannot unmarshal \(found) into Go value of type \(wanted)")
    }
    switch (type, kind) {
    case (.quantity, _):
      let text: String
      let value: JSONValue
      switch kind {
      case .string:
        text = try readText()
        value = .string(text)
      case .number:
        // As a string from here on: digits count that a number would lose.
        text = try read { (reader) throws(JSONError) in try reader.readNumber() }.text
        value = .string(text)
      default: throw .value(QuantityText.Problem.format.message)
      }
      do throws(QuantityText.Problem) {
        _ = try QuantityText.canonical(Self.trimmed(text))
        return text == Self.trimmed(text) ? value : .string(Self.trimmed(text))
      } catch { throw .value(error.message) }
    case (.intOrString, .string): return .string(try readText())
    case (.intOrString, .number):
      let (value, text) = try read { (reader) throws(JSONError) in try reader.readNumber() }
      guard case .int(let integer)? = value, Int32(exactly: integer) != nil else {
        throw plain("number \(text)", "int32")
      }
      return .int(integer)
    case (.intOrString, _): throw plain(kind.goName, "int32")
    case (_, .string):
      let text = try readText()
      do throws(TimeText.Problem) {
        switch type {
        case .duration: _ = try TimeText.duration(text)
        case .microTime: _ = try TimeText.parse(text, microseconds: true)
        default: _ = try TimeText.parse(text, microseconds: false)
        }
        return .string(text)
      } catch { throw .value(error.message) }
    default: throw plain(kind.goName, "string")
    }
  }

  private static func trimmed(_ text: String) -> String {
    guard text.utf8.first.map({ $0 <= 0x20 }) == true || text.utf8.last.map({ $0 <= 0x20 }) == true else { return text }
    let bytes = text.utf8.drop { $0 <= 0x20 }.reversed().drop { $0 <= 0x20 }.reversed()
    return String(decoding: Array(bytes), as: UTF8.self)
  }

  private static func zero(_ type: FieldType) -> JSONValue {
    switch type {
    case .string, .bytes: ""
    case .bool: false
    case .int32, .int64, .double, .intOrString: 0
    case .quantity: "0"
    case .duration: "0s"
    case .type, .map: [:]
    case .array: []
    case .time, .microTime, .any: .null
    }
  }

  // MARK: - Reading

  private mutating func read<Value>(
    _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(Stop) -> Value {
    do throws(JSONError) { return try body(&reader) } catch { throw .text(error) }
  }

  private mutating func readText() throws(Stop) -> String {
    try read { (reader) throws(JSONError) in try reader.readString() }
  }

  // MARK: - Problems

  private mutating func strict(_ sort: String, _ name: String) {
    guard strictErrors.count < Schema.strictErrorLimit else { return }
    let error = "\(sort) field \(GoText.quoted(pathText(name)))"
    if seenErrors.insert(error).inserted { strictErrors.append(error) }
  }

  private func pathText(_ name: String) -> String {
    var text = ""
    for step in path {
      switch step {
      case .member(let name): text += text.isEmpty ? name : ".\(name)"
      case .element(let index): text += "[\(index)]"
      }
    }
    return text.isEmpty ? name : "\(text).\(name)"
  }

  private mutating func report(_ message: String, _ code: SchemaDecodingError.Code) {
    if mismatch == nil { mismatch = SchemaDecodingError(code: code, message: message) }
  }

  private func cannot(_ found: String, _ type: FieldType, _ name: String?) -> String {
    let field = fieldNames.last ?? ""
    let wanted = GoTypeName.of(type, field: name == nil ? nil : field, in: structName, schema)
    guard let structName, !fieldNames.isEmpty else {
      return "json: cannot unmarshal \(found) into Go value of type \(wanted)"
    }
    let place = "\(structName).\(fieldNames.joined(separator: "."))"
    return "json: cannot unmarshal \(found) into Go struct field \(place) of type \(wanted)"
  }
}

extension JSONReader.Kind {
  /// What Go's messages call it.
  fileprivate var goName: String {
    switch self {
    case .null: "null"
    case .bool: "bool"
    case .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}
