// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `WatchEvent` of `meta/v1`.
  package struct WatchEvent: JSONCodable {
    package var type: String = ""
    package var object: JSONValue?

    package init() {}
    package init(
      type: String = "",
      object: JSONValue? = nil
    ) {
      self.type = type
      self.object = object
    }

    private static let fields = FieldTable([
      "type", "object",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.object = try reader.readValue()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if let object {
        writer.key("object")
        writer.write(object)
      }
      writer.endObject()
    }
  }
}
