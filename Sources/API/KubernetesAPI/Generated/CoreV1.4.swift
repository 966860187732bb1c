// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ClientIPConfig` of `core/v1`.
  package struct ClientIPConfig: JSONCodable {
    package var timeoutSeconds: Int32?

    package init() {
      self.timeoutSeconds = nil
    }

    package init(
      timeoutSeconds: Int32? = nil
    ) {
      self.timeoutSeconds = timeoutSeconds
    }

    private static let fields = FieldTable([
      "timeoutSeconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.timeoutSeconds = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let timeoutSeconds {
        writer.key("timeoutSeconds")
        writer.write(timeoutSeconds)
      }
      writer.endObject()
    }
  }

  /// `ClusterTrustBundleProjection` of `core/v1`.
  package struct ClusterTrustBundleProjection: JSONCodable {
    package var name: String?
    package var signerName: String?
    package var labelSelector: MetaV1.LabelSelector?
    package var optional: Bool?
    package var path: String

    package init() {
      self.name = nil
      self.signerName = nil
      self.labelSelector = nil
      self.optional = nil
      self.path = ""
    }

    package init(
      name: String? = nil,
      signerName: String? = nil,
      labelSelector: MetaV1.LabelSelector? = nil,
      optional: Bool? = nil,
      path: String = ""
    ) {
      self.name = name
      self.signerName = signerName
      self.labelSelector = labelSelector
      self.optional = optional
      self.path = path
    }

    private static let fields = FieldTable([
      "name", "signerName", "labelSelector", "optional", "path",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.signerName = try reader.readString()
        case 2: self.labelSelector = try MetaV1.LabelSelector(from: &reader)
        case 3: self.optional = try reader.readBool()
        case 4: self.path = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let name {
        writer.key("name")
        writer.write(name)
      }
      if let signerName {
        writer.key("signerName")
        writer.write(signerName)
      }
      if let labelSelector {
        writer.key("labelSelector")
        labelSelector.write(to: &writer)
      }
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.key("path")
      writer.write(path)
      writer.endObject()
    }
  }

  /// `ComponentCondition` of `core/v1`.
  package struct ComponentCondition: JSONCodable {
    package var type: String
    package var status: String
    package var message: String
    package var error: String

    package init() {
      self.type = ""
      self.status = ""
      self.message = ""
      self.error = ""
    }

    package init(
      type: String = "",
      status: String = "",
      message: String = "",
      error: String = ""
    ) {
      self.type = type
      self.status = status
      self.message = message
      self.error = error
    }

    private static let fields = FieldTable([
      "type", "status", "message", "error",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.message = try reader.readString()
        case 3: self.error = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("status")
      writer.write(status)
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if !error.isEmpty {
        writer.key("error")
        writer.write(error)
      }
      writer.endObject()
    }
  }

  /// `ComponentStatus` of `core/v1`.
  package struct ComponentStatus: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ComponentStatus"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "componentstatuses",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var conditions: [ComponentCondition]

    package init() {
      self.conditions = []
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      conditions: [ComponentCondition] = []
    ) {
      self.metadata = metadata
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "metadata", "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.conditions = try reader.readArray()
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
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }

  /// `ComponentStatusList` of `core/v1`.
  package struct ComponentStatusList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ComponentStatusList"
    package var metadata: MetaV1.ListMeta
    package var items: [ComponentStatus]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ComponentStatus] = []
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

  /// `ConfigMap` of `core/v1`.
  package struct ConfigMap: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ConfigMap"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "configmaps",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var immutable: Bool?
    package var data: [String: String]
    package var binaryData: [String: [UInt8]]

    package init() {
      self.immutable = nil
      self.data = [:]
      self.binaryData = [:]
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      immutable: Bool? = nil,
      data: [String: String] = [:],
      binaryData: [String: [UInt8]] = [:]
    ) {
      self.metadata = metadata
      self.immutable = immutable
      self.data = data
      self.binaryData = binaryData
    }

    private static let fields = FieldTable([
      "metadata", "immutable", "data", "binaryData",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.immutable = try reader.readBool()
        case 2: self.data = try reader.readMap()
        case 3: self.binaryData = try reader.readByteMap()
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
        writer.write(map: data)
      }
      if !binaryData.isEmpty {
        writer.key("binaryData")
        writer.write(byteMap: binaryData)
      }
      writer.endObject()
    }
  }
}
