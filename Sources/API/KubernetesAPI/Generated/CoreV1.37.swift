// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ScaleIOVolumeSource` of `core/v1`.
  package struct ScaleIOVolumeSource: JSONCodable {
    package var gateway: String
    package var system: String
    package var secretRef: LocalObjectReference?
    package var sslEnabled: Bool
    package var protectionDomain: String
    package var storagePool: String
    package var storageMode: String
    package var volumeName: String
    package var fsType: String
    package var readOnly: Bool

    package init() {
      self.gateway = ""
      self.system = ""
      self.secretRef = nil
      self.sslEnabled = false
      self.protectionDomain = ""
      self.storagePool = ""
      self.storageMode = ""
      self.volumeName = ""
      self.fsType = ""
      self.readOnly = false
    }

    package init(
      gateway: String = "",
      system: String = "",
      secretRef: LocalObjectReference? = nil,
      sslEnabled: Bool = false,
      protectionDomain: String = "",
      storagePool: String = "",
      storageMode: String = "",
      volumeName: String = "",
      fsType: String = "",
      readOnly: Bool = false
    ) {
      self.gateway = gateway
      self.system = system
      self.secretRef = secretRef
      self.sslEnabled = sslEnabled
      self.protectionDomain = protectionDomain
      self.storagePool = storagePool
      self.storageMode = storageMode
      self.volumeName = volumeName
      self.fsType = fsType
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "gateway", "system", "secretRef", "sslEnabled", "protectionDomain", "storagePool", "storageMode",
      "volumeName", "fsType", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.gateway = try reader.readString()
        case 1: self.system = try reader.readString()
        case 2: self.secretRef = try LocalObjectReference(from: &reader)
        case 3: self.sslEnabled = try reader.readBool()
        case 4: self.protectionDomain = try reader.readString()
        case 5: self.storagePool = try reader.readString()
        case 6: self.storageMode = try reader.readString()
        case 7: self.volumeName = try reader.readString()
        case 8: self.fsType = try reader.readString()
        case 9: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("gateway")
      writer.write(gateway)
      writer.key("system")
      writer.write(system)
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      if sslEnabled {
        writer.key("sslEnabled")
        writer.write(sslEnabled)
      }
      if !protectionDomain.isEmpty {
        writer.key("protectionDomain")
        writer.write(protectionDomain)
      }
      if !storagePool.isEmpty {
        writer.key("storagePool")
        writer.write(storagePool)
      }
      if !storageMode.isEmpty {
        writer.key("storageMode")
        writer.write(storageMode)
      }
      if !volumeName.isEmpty {
        writer.key("volumeName")
        writer.write(volumeName)
      }
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `ScopeSelector` of `core/v1`.
  package struct ScopeSelector: JSONCodable {
    package var matchExpressions: [ScopedResourceSelectorRequirement]

    package init() {
      self.matchExpressions = []
    }

    package init(
      matchExpressions: [ScopedResourceSelectorRequirement] = []
    ) {
      self.matchExpressions = matchExpressions
    }

    private static let fields = FieldTable([
      "matchExpressions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
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
    package var scopeName: String
    package var `operator`: String
    package var values: [String]

    package init() {
      self.scopeName = ""
      self.`operator` = ""
      self.values = []
    }

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
      self.init()
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
    package var type: String
    package var localhostProfile: String?

    package init() {
      self.type = ""
      self.localhostProfile = nil
    }

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
      self.init()
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
    package var data: [String: [UInt8]]
    package var stringData: [String: String]
    package var type: String

    package init() {
      self.immutable = nil
      self.data = [:]
      self.stringData = [:]
      self.type = ""
    }

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
      self.init()
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
}
