import APISchema
import JSONDocument
import SeededNumbers
import Testing

// Arbitrary bytes for the readers of the API, as docs/design/fuzzing.md has it for the store's: each target says
// whether the bytes were read, and throws a finding when what was read is not what it must be.

struct Finding: Error, CustomStringConvertible {
  let description: String
}

private func expect(_ condition: Bool, _ what: @autoclosure () -> String) throws(Finding) {
  guard condition else { throw Finding(description: what()) }
}

enum ReaderTarget: String, CaseIterable {
  /// A text on its own.
  case json
  /// A text as a document of a kind, which the first byte picks.
  case document
  /// An object's message, without the envelope, of a kind that the first byte picks.
  case message
  /// A whole protobuf body.
  case body

  private static let schema = Schema.builtIn
  private static let kinds = Schema.builtIn.allKinds

  static func kind(_ byte: UInt8?) -> GroupVersionKind { kinds[Int(byte ?? 0) * 7919 % kinds.count] }

  func run(_ bytes: [UInt8]) throws -> Bool {
    switch self {
    case .json: try Self.json(bytes)
    case .document: try Self.document(Array(bytes.dropFirst()), Self.kind(bytes.first))
    case .message:
      try Self.body(
        Schema.envelope(Self.kind(bytes.first), message: Array(bytes.dropFirst())), Self.kind(bytes.first))
    case .body: try Self.body(bytes, Self.kind(0))
    }
  }

  private static func json(_ bytes: [UInt8]) throws -> Bool {
    let syntax = GoSyntax.message(for: bytes)
    var repairing = JSONReader(bytes, repairsText: true)
    let repaired = try? repairing.readValue()
    let isWhole = repaired != nil && (try? repairing.finish()) != nil
    if isWhole { try expect(syntax == nil, "read, but Go says: \(syntax ?? "")") }
    do {
      let (value, _) = try JSONValue.readingDuplicates(bytes)
      try expect(isWhole && repaired == value, "repairing reads something else")
      try expect(try JSONValue(jsonBytes: value.jsonBytes) == value, "written and read, it is something else")
      return true
    } catch let error as JSONError {
      // What Go takes: text that it repairs. What neither takes: numbers out of range.
      let isMild = error.code == .encoding || error.code == .number || error.message.contains("surrogate")
      try expect(syntax != nil || isMild, "refused, but Go takes it: \(error)")
      return false
    }
  }

  private static func document(_ bytes: [UInt8], _ kind: GroupVersionKind) throws -> Bool {
    let read: DecodedDocument
    do { read = try schema.decode(json: bytes, as: kind) } catch { return false }
    try expect(read.strictErrors.count <= Schema.strictErrorLimit, "too many complaints")
    try expect(schema.validateStructure(read.value, as: kind) == StructureReport(), "what was read has another form")
    try expect(try schema.decode(read.value, as: kind).value == read.value, "read again, it is something else")
    var canonical = read.value
    schema.canonicalize(&canonical, as: kind)
    try expect(try schema.decode(canonical, as: kind).strictErrors.isEmpty, "the canonical form has unknown fields")
    var again = canonical
    schema.canonicalize(&again, as: kind)
    try expect(again.jsonBytes == canonical.jsonBytes, "canonical twice is something else")
    var defaulted = canonical
    schema.applyDefaults(to: &defaulted, as: kind)
    var twice = defaulted
    schema.applyDefaults(to: &twice, as: kind)
    try expect(twice == defaulted, "defaults twice are something else")
    guard let message = try? schema.protobuf(canonical, as: kind) else { return true }
    _ = try body(message, kind)
    return true
  }

  private static func body(_ bytes: [UInt8], _ kind: GroupVersionKind) throws -> Bool {
    var document: JSONValue
    do { document = try schema.document(protobuf: bytes, expecting: kind) } catch { return false }
    guard
      let sent = GroupVersionKind(
        apiVersion: document["apiVersion"]?.stringValue ?? "", kind: document["kind"]?.stringValue ?? "")
    else { throw Finding(description: "a document without a kind was read") }
    schema.canonicalize(&document, as: sent)
    // Nested too deeply for the way back: embedded JSON may be, and bodies within bodies.
    guard let message = try? schema.protobuf(document, as: sent) else { return true }
    var again = try schema.document(protobuf: message, expecting: sent)
    schema.canonicalize(&again, as: sent)
    try expect(try schema.protobuf(again, as: sent) == message, "written again it is something else")
    return true
  }

  /// Inputs that must be read.
  var seeds: [[UInt8]] {
    let bytes = stride(from: UInt8(0), through: 250, by: 10).map { $0 }
    var documents = RandomDocuments(seed: 11)
    switch self {
    case .json:
      return [#"{"a":[1,-0.5e3,"\ud83d\ude00\n",true,null,{}]}"#, "[]", " 7 "].map { Array($0.utf8) }
        + bytes.map { documents.document(of: Self.kind($0)).jsonBytes }
    case .document: return bytes.map { [$0] + documents.document(of: Self.kind($0)).jsonBytes }
    case .message:
      return bytes.compactMap { byte in
        (try? Self.schema.protobufMessage(documents.document(of: Self.kind(byte)))).map { [byte] + $0 }
      }
    case .body: return bytes.compactMap { try? Self.schema.protobuf(documents.document(of: Self.kind($0))) }
    }
  }

  /// Changes an input: bytes, lengths, parts of it and of another one.
  static func mutate(_ input: [UInt8], _ other: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
    var bytes = input
    for _ in 0..<Int.random(in: 1...5, using: &generator) {
      guard !bytes.isEmpty else { return other }
      let position = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<7, using: &generator) {
      case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
      case 1: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      case 2: bytes[position] &+= 1
      case 3: bytes.removeSubrange(position..<min(position + Int.random(in: 1...8, using: &generator), bytes.count))
      case 4:
        let length = Int.random(in: 1...32, using: &generator)
        bytes.insert(contentsOf: bytes[position...].prefix(length), at: position)
      case 5 where !other.isEmpty:
        let start = Int.random(in: 0..<other.count, using: &generator)
        bytes.insert(contentsOf: other[start...].prefix(Int.random(in: 1...32, using: &generator)), at: position)
      default:
        let token = ["null", "[", "]", "{", "}", "\"", ",", ":", "1e400", "\\ud800", "0001-01-01T00:00:00Z", "\u{0}"]
          .randomElement(using: &generator)!
        bytes.insert(contentsOf: Array(token.utf8), at: position)
      }
    }
    return bytes
  }
}
