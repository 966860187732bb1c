// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `SecretEnvSource` of `core/v1`.
  package struct SecretEnvSource: JSONCodable {
    package var name: String
    package var optional: Bool?

    package init() {
      self.name = ""
      self.optional = nil
    }

    package init(
      name: String = "",
      optional: Bool? = nil
    ) {
      self.name = name
      self.optional = optional
    }

    private static let fields = FieldTable([
      "name", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.optional = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.endObject()
    }
  }

  /// `SecretKeySelector` of `core/v1`.
  package struct SecretKeySelector: JSONCodable {
    package var name: String
    package var key: String
    package var optional: Bool?

    package init() {
      self.name = ""
      self.key = ""
      self.optional = nil
    }

    package init(
      name: String = "",
      key: String = "",
      optional: Bool? = nil
    ) {
      self.name = name
      self.key = key
      self.optional = optional
    }

    private static let fields = FieldTable([
      "name", "key", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.key = try reader.readString()
        case 2: self.optional = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      writer.key("key")
      writer.write(key)
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.endObject()
    }
  }

  /// `SecretList` of `core/v1`.
  package struct SecretList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "SecretList"
    package var metadata: MetaV1.ListMeta
    package var items: [Secret]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Secret] = []
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

  /// `SecretProjection` of `core/v1`.
  package struct SecretProjection: JSONCodable {
    package var name: String
    package var items: [KeyToPath]
    package var optional: Bool?

    package init() {
      self.name = ""
      self.items = []
      self.optional = nil
    }

    package init(
      name: String = "",
      items: [KeyToPath] = [],
      optional: Bool? = nil
    ) {
      self.name = name
      self.items = items
      self.optional = optional
    }

    private static let fields = FieldTable([
      "name", "items", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.items = try reader.readArray()
        case 2: self.optional = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.endObject()
    }
  }

  /// `SecretReference` of `core/v1`.
  package struct SecretReference: JSONCodable {
    package var name: String
    package var namespace: String

    package init() {
      self.name = ""
      self.namespace = ""
    }

    package init(
      name: String = "",
      namespace: String = ""
    ) {
      self.name = name
      self.namespace = namespace
    }

    private static let fields = FieldTable([
      "name", "namespace",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.namespace = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      writer.endObject()
    }
  }

  /// `SecretVolumeSource` of `core/v1`.
  package struct SecretVolumeSource: JSONCodable {
    package var secretName: String
    package var items: [KeyToPath]
    package var defaultMode: Int32?
    package var optional: Bool?

    package init() {
      self.secretName = ""
      self.items = []
      self.defaultMode = nil
      self.optional = nil
    }

    package init(
      secretName: String = "",
      items: [KeyToPath] = [],
      defaultMode: Int32? = nil,
      optional: Bool? = nil
    ) {
      self.secretName = secretName
      self.items = items
      self.defaultMode = defaultMode
      self.optional = optional
    }

    private static let fields = FieldTable([
      "secretName", "items", "defaultMode", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.secretName = try reader.readString()
        case 1: self.items = try reader.readArray()
        case 2: self.defaultMode = try reader.readInt32()
        case 3: self.optional = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !secretName.isEmpty {
        writer.key("secretName")
        writer.write(secretName)
      }
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      if let defaultMode {
        writer.key("defaultMode")
        writer.write(defaultMode)
      }
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.endObject()
    }
  }
}
