// The JSON types that Swift has itself.

extension String: JSONCodable {
  package init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readString() }
  package func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Bool: JSONCodable {
  package init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readBool() }
  package func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Int32: JSONCodable {
  package init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readInt32() }
  package func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Int64: JSONCodable {
  package init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readInt64() }
  package func write(to writer: inout JSONWriter) { writer.write(self) }
}

extension Double: JSONCodable {
  package init(from reader: inout JSONReader) throws(JSONError) { self = try reader.readDouble() }
  package func write(to writer: inout JSONWriter) { writer.write(self) }
}
