// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ScopeSelector` of `core/v1`.
  package struct ScopeSelector: JSONCodable {
    package var matchExpressions: [ScopedResourceSelectorRequirement] = []

    package init() {}
    package init(
      matchExpressions: [ScopedResourceSelectorRequirement] = []
    ) {
      self.matchExpressions = matchExpressions
    }

    private static let fields = FieldTable([
      "matchExpressions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.matchExpressions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !matchExpressions.isEmpty {
        writer.key("matchExpressions")
        writer.write(array: matchExpressions)
      }
      writer.endObject()
    }
  }

  /// `ScopedResourceSelectorRequirement` of `core/v1`.
  package struct ScopedResourceSelectorRequirement: JSONCodable {
    package var scopeName: String = ""
    package var `operator`: String = ""
    package var values: [String] = []

    package init() {}
    package init(
      scopeName: String = "",
      `operator`: String = "",
      values: [String] = []
    ) {
      self.scopeName = scopeName
      self.`operator` = `operator`
      self.values = values
    }

    private static let fields = FieldTable([
      "scopeName", "operator", "values",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.scopeName = try reader.readString()
        case 1: self.`operator` = try reader.readString()
        case 2: self.values = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("scopeName")
      writer.write(scopeName)
      writer.key("operator")
      writer.write(`operator`)
      if !values.isEmpty {
        writer.key("values")
        writer.write(array: values)
      }
      writer.endObject()
    }
  }

  /// `SeccompProfile` of `core/v1`.
  package struct SeccompProfile: JSONCodable {
    package var type: String = ""
    package var localhostProfile: String?

    package init() {}
    package init(
      type: String = "",
      localhostProfile: String? = nil
    ) {
      self.type = type
      self.localhostProfile = localhostProfile
    }

    private static let fields = FieldTable([
      "type", "localhostProfile",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.localhostProfile = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if let localhostProfile {
        writer.key("localhostProfile")
        writer.write(localhostProfile)
      }
      writer.endObject()
    }
  }

  /// `Secret` of `core/v1`.
  package struct Secret: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Secret"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "secrets",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var immutable: Bool?
    package var data: [String: [UInt8]] = [:]
    package var stringData: [String: String] = [:]
    package var type: String = ""

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      immutable: Bool? = nil,
      data: [String: [UInt8]] = [:],
      stringData: [String: String] = [:],
      type: String = ""
    ) {
      self.metadata = metadata
      self.immutable = immutable
      self.data = data
      self.stringData = stringData
      self.type = type
    }

    private static let fields = FieldTable([
      "metadata", "immutable", "data", "stringData", "type",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.immutable = try reader.readBool()
        case 2: self.data = try reader.readByteMap()
        case 3: self.stringData = try reader.readMap()
        case 4: self.type = try reader.readString()
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
      if let immutable {
        writer.key("immutable")
        writer.write(immutable)
      }
      if !data.isEmpty {
        writer.key("data")
        writer.write(byteMap: data)
      }
      if !stringData.isEmpty {
        writer.key("stringData")
        writer.write(map: stringData)
      }
      if !type.isEmpty {
        writer.key("type")
        writer.write(type)
      }
      writer.endObject()
    }
  }

  /// `SecretEnvSource` of `core/v1`.
  package struct SecretEnvSource: JSONCodable {
    package var name: String = ""
    package var optional: Bool?

    package init() {}
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
    package var name: String = ""
    package var key: String = ""
    package var optional: Bool?

    package init() {}
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
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [Secret] = []

    package init() {}
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
}
