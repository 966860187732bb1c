// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ConfigMapEnvSource` of `core/v1`.
  package struct ConfigMapEnvSource: JSONCodable {
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

  /// `ConfigMapKeySelector` of `core/v1`.
  package struct ConfigMapKeySelector: JSONCodable {
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

  /// `ConfigMapList` of `core/v1`.
  package struct ConfigMapList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ConfigMapList"
    package var metadata: MetaV1.ListMeta
    package var items: [ConfigMap]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ConfigMap] = []
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

  /// `ConfigMapNodeConfigSource` of `core/v1`.
  package struct ConfigMapNodeConfigSource: JSONCodable {
    package var namespace: String
    package var name: String
    package var uid: String
    package var resourceVersion: String
    package var kubeletConfigKey: String

    package init() {
      self.namespace = ""
      self.name = ""
      self.uid = ""
      self.resourceVersion = ""
      self.kubeletConfigKey = ""
    }

    package init(
      namespace: String = "",
      name: String = "",
      uid: String = "",
      resourceVersion: String = "",
      kubeletConfigKey: String = ""
    ) {
      self.namespace = namespace
      self.name = name
      self.uid = uid
      self.resourceVersion = resourceVersion
      self.kubeletConfigKey = kubeletConfigKey
    }

    private static let fields = FieldTable([
      "namespace", "name", "uid", "resourceVersion", "kubeletConfigKey",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        case 1: self.name = try reader.readString()
        case 2: self.uid = try reader.readString()
        case 3: self.resourceVersion = try reader.readString()
        case 4: self.kubeletConfigKey = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("namespace")
      writer.write(namespace)
      writer.key("name")
      writer.write(name)
      if !uid.isEmpty {
        writer.key("uid")
        writer.write(uid)
      }
      if !resourceVersion.isEmpty {
        writer.key("resourceVersion")
        writer.write(resourceVersion)
      }
      writer.key("kubeletConfigKey")
      writer.write(kubeletConfigKey)
      writer.endObject()
    }
  }

  /// `ConfigMapProjection` of `core/v1`.
  package struct ConfigMapProjection: JSONCodable {
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

  /// `ConfigMapVolumeSource` of `core/v1`.
  package struct ConfigMapVolumeSource: JSONCodable {
    package var name: String
    package var items: [KeyToPath]
    package var defaultMode: Int32?
    package var optional: Bool?

    package init() {
      self.name = ""
      self.items = []
      self.defaultMode = nil
      self.optional = nil
    }

    package init(
      name: String = "",
      items: [KeyToPath] = [],
      defaultMode: Int32? = nil,
      optional: Bool? = nil
    ) {
      self.name = name
      self.items = items
      self.defaultMode = defaultMode
      self.optional = optional
    }

    private static let fields = FieldTable([
      "name", "items", "defaultMode", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.items = try reader.readArray()
        case 2: self.defaultMode = try reader.readInt32()
        case 3: self.optional = try reader.readBool()
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
