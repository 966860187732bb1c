// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension DiscoveryV1 {
  /// `EndpointSliceList` of `discovery.k8s.io/v1`.
  package struct EndpointSliceList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "discovery.k8s.io/v1"
    package static let kind = "EndpointSliceList"
    package var metadata: MetaV1.ListMeta
    package var items: [EndpointSlice]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [EndpointSlice] = []
    ) {
      self.metadata = metadata
      self.items = items
    }

    private static let fields = FieldTable([
      "metadata", "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ListMeta(from: &reader)
        case 1: self.items = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("apiVersion")
      writer.write(Self.apiVersion)
      writer.key("kind")
      writer.write(Self.kind)
      writer.key("metadata")
      metadata.write(to: &writer)
      writer.key("items")
      writer.write(array: items)
      writer.endObject()
    }
  }

  /// `ForNode` of `discovery.k8s.io/v1`.
  package struct ForNode: JSONCodable {
    package var name: String

    package init() {
      self.name = ""
    }

    package init(
      name: String = ""
    ) {
      self.name = name
    }

    private static let fields = FieldTable([
      "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }

  /// `ForZone` of `discovery.k8s.io/v1`.
  package struct ForZone: JSONCodable {
    package var name: String

    package init() {
      self.name = ""
    }

    package init(
      name: String = ""
    ) {
      self.name = name
    }

    private static let fields = FieldTable([
      "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }
}
