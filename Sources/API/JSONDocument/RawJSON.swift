/// A JSON value as its text: for parts of objects that are handed on and hardly ever looked into.
///
/// Two are equal if their texts are, byte by byte: white space, or the same members in another order, tell them apart.
/// Whoever looks into one takes `json`.
package struct RawJSON: JSONCodable {
  /// Valid JSON in UTF-8.
  package let text: [UInt8]

  /// `null`.
  package init() { text = Array("null".utf8) }

  /// - Parameter text: valid JSON. The caller vouches for it.
  package init(text: [UInt8]) { self.text = text }

  /// The compact text of a document.
  package init(_ document: JSONValue) { text = document.jsonBytes }

  package init(from reader: inout JSONReader) throws(JSONError) { text = try reader.readRawValue() }
  package func write(to writer: inout JSONWriter) { writer.write(rawJSON: text) }
}
