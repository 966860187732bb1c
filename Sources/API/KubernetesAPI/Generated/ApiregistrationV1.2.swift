// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension ApiregistrationV1 {
  /// `ServiceReference` of `apiregistration.k8s.io/v1`.
  package struct ServiceReference: JSONCodable {
    package var namespace: String
    package var name: String
    package var port: Int32?

    package init() {
      self.namespace = ""
      self.name = ""
      self.port = nil
    }

    package init(
      namespace: String = "",
      name: String = "",
      port: Int32? = nil
    ) {
      self.namespace = namespace
      self.name = name
      self.port = port
    }

    private static let fields = FieldTable([
      "namespace", "name", "port",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        case 1: self.name = try reader.readString()
        case 2: self.port = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if let port {
        writer.key("port")
        writer.write(port)
      }
      writer.endObject()
    }
  }
}
