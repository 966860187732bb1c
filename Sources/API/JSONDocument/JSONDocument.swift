// JSONDocument holds JSON as a value (`JSONValue`, `JSONObject`), the strict reader and the writer that
// the generated codecs of KubernetesAPI stream through, and the error that says where a text went wrong.
// It is pure: no Foundation, no clock, no locks. The grammar is RFC 8259; where the RFC leaves a choice
// (duplicate names, number range, depth), the choice is documented at the declaration that makes it.

/// A type that reads itself from JSON and writes itself as JSON, without a document in between.
///
/// `init()` is the zero value: what an absent or `null` member leaves behind.
package protocol JSONCodable: Sendable, Equatable {
  /// The zero value.
  init()
  /// Reads one value. The reader stands before the value and, on return, behind it.
  init(from reader: inout JSONReader) throws(JSONError)
  /// Writes one value.
  func write(to writer: inout JSONWriter)
}

extension JSONCodable {
  /// Reads a whole JSON text; anything but white space behind the value is an error.
  package init(jsonBytes: [UInt8]) throws(JSONError) {
    var reader = JSONReader(jsonBytes)
    self = try Self(from: &reader)
    try reader.finish()
  }

  /// The compact JSON text of this value, in UTF-8.
  package var jsonBytes: [UInt8] {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.bytes
  }

  /// Reads from a document. Offsets in errors refer to the document's compact text.
  package init(json: JSONValue) throws(JSONError) {
    try self.init(jsonBytes: json.jsonBytes)
  }

  /// This value as a document.
  package var json: JSONValue {
    // What a writer produces is valid by construction, unless a member's own `write` is broken.
    do {
      return try JSONValue(jsonBytes: jsonBytes)
    } catch {
      preconditionFailure("a codec of \(Self.self) wrote invalid JSON: \(error)")
    }
  }
}
