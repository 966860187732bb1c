import JSONDocument

/// Writes OpenAPI's parts as gnostic's messages, from their ends to their beginnings (see `ProtobufWriter`): fields by
/// falling number, lists from behind. Only what `OpenAPI` makes is known to the encoders of both versions.
///
/// Maps are lists of names and values there; alternatives have messages round them; what may be anything, extensions
/// among it, is YAML, of which JSON is a part.
protocol OpenAPIEncoder {
  var writer: ProtobufWriter { get set }
}

extension OpenAPIEncoder {
  mutating func message(_ number: Int, _ body: (inout Self) -> Void) {
    let before = writer.count
    body(&self)
    writer.close(number, from: before)
  }

  mutating func text(_ number: Int, _ value: JSONValue?) {
    if let text = value?.stringValue, !text.isEmpty { writer.prependField(number, text: text) }
  }

  mutating func texts(_ number: Int, _ list: JSONValue?) {
    for item in (list?.arrayValue ?? []).reversed() { text(number, item) }
  }

  mutating func flag(_ number: Int, _ value: JSONValue?) {
    if value == true { writer.prependField(number, varint: 1) }
  }

  mutating func anything(_ number: Int, _ value: JSONValue) {
    message(number) { $0.writer.prependField(2, text: value.description + "\n") }
  }

  mutating func named(
    _ number: Int, _ object: JSONValue?, _ value: (inout Self, JSONValue) -> Void
  ) {
    for member in (object?.objectValue?.members ?? []).reversed() {
      message(number) { encoder in
        encoder.message(2) { value(&$0, member.value) }
        encoder.writer.prependField(1, text: member.key)
      }
    }
  }

  mutating func extensions(_ number: Int, _ object: JSONValue) {
    for member in (object.objectValue?.members ?? []).reversed() where member.key.hasPrefix("x-") {
      message(number) { encoder in
        encoder.anything(2, member.value)
        encoder.writer.prependField(1, text: member.key)
      }
    }
  }
}
