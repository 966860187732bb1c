// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `AzureFilePersistentVolumeSource` of `core/v1`.
  package struct AzureFilePersistentVolumeSource: JSONCodable {
    package var secretName: String
    package var shareName: String
    package var readOnly: Bool
    package var secretNamespace: String?

    package init() {
      self.secretName = ""
      self.shareName = ""
      self.readOnly = false
      self.secretNamespace = nil
    }

    package init(
      secretName: String = "",
      shareName: String = "",
      readOnly: Bool = false,
      secretNamespace: String? = nil
    ) {
      self.secretName = secretName
      self.shareName = shareName
      self.readOnly = readOnly
      self.secretNamespace = secretNamespace
    }

    private static let fields = FieldTable([
      "secretName", "shareName", "readOnly", "secretNamespace",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.secretName = try reader.readString()
        case 1: self.shareName = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        case 3: self.secretNamespace = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("secretName")
      writer.write(secretName)
      writer.key("shareName")
      writer.write(shareName)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if let secretNamespace {
        writer.key("secretNamespace")
        writer.write(secretNamespace)
      }
      writer.endObject()
    }
  }

  /// `AzureFileVolumeSource` of `core/v1`.
  package struct AzureFileVolumeSource: JSONCodable {
    package var secretName: String
    package var shareName: String
    package var readOnly: Bool

    package init() {
      self.secretName = ""
      self.shareName = ""
      self.readOnly = false
    }

    package init(
      secretName: String = "",
      shareName: String = "",
      readOnly: Bool = false
    ) {
      self.secretName = secretName
      self.shareName = shareName
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "secretName", "shareName", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.secretName = try reader.readString()
        case 1: self.shareName = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("secretName")
      writer.write(secretName)
      writer.key("shareName")
      writer.write(shareName)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `Binding` of `core/v1`.
  package struct Binding: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Binding"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "bindings",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var target: ObjectReference

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      target: ObjectReference = ObjectReference()
    ) {
      self.metadata = metadata
      self.target = target
    }

    private static let fields = FieldTable([
      "metadata", "target",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.target = try ObjectReference(from: &reader)
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
      writer.key("target")
      target.write(to: &writer)
      writer.endObject()
    }
  }

  /// `CSIPersistentVolumeSource` of `core/v1`.
  package struct CSIPersistentVolumeSource: JSONCodable {
    package var driver: String
    package var volumeHandle: String
    package var readOnly: Bool
    package var fsType: String
    package var volumeAttributes: [String: String]
    package var controllerPublishSecretRef: SecretReference?
    package var nodeStageSecretRef: SecretReference?
    package var nodePublishSecretRef: SecretReference?
    package var controllerExpandSecretRef: SecretReference?
    package var nodeExpandSecretRef: SecretReference?

    package init() {
      self.driver = ""
      self.volumeHandle = ""
      self.readOnly = false
      self.fsType = ""
      self.volumeAttributes = [:]
      self.controllerPublishSecretRef = nil
      self.nodeStageSecretRef = nil
      self.nodePublishSecretRef = nil
      self.controllerExpandSecretRef = nil
      self.nodeExpandSecretRef = nil
    }

    package init(
      driver: String = "",
      volumeHandle: String = "",
      readOnly: Bool = false,
      fsType: String = "",
      volumeAttributes: [String: String] = [:],
      controllerPublishSecretRef: SecretReference? = nil,
      nodeStageSecretRef: SecretReference? = nil,
      nodePublishSecretRef: SecretReference? = nil,
      controllerExpandSecretRef: SecretReference? = nil,
      nodeExpandSecretRef: SecretReference? = nil
    ) {
      self.driver = driver
      self.volumeHandle = volumeHandle
      self.readOnly = readOnly
      self.fsType = fsType
      self.volumeAttributes = volumeAttributes
      self.controllerPublishSecretRef = controllerPublishSecretRef
      self.nodeStageSecretRef = nodeStageSecretRef
      self.nodePublishSecretRef = nodePublishSecretRef
      self.controllerExpandSecretRef = controllerExpandSecretRef
      self.nodeExpandSecretRef = nodeExpandSecretRef
    }

    private static let fields = FieldTable([
      "driver", "volumeHandle", "readOnly", "fsType", "volumeAttributes", "controllerPublishSecretRef",
      "nodeStageSecretRef", "nodePublishSecretRef", "controllerExpandSecretRef", "nodeExpandSecretRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.driver = try reader.readString()
        case 1: self.volumeHandle = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        case 3: self.fsType = try reader.readString()
        case 4: self.volumeAttributes = try reader.readMap()
        case 5: self.controllerPublishSecretRef = try SecretReference(from: &reader)
        case 6: self.nodeStageSecretRef = try SecretReference(from: &reader)
        case 7: self.nodePublishSecretRef = try SecretReference(from: &reader)
        case 8: self.controllerExpandSecretRef = try SecretReference(from: &reader)
        case 9: self.nodeExpandSecretRef = try SecretReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("driver")
      writer.write(driver)
      writer.key("volumeHandle")
      writer.write(volumeHandle)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if !volumeAttributes.isEmpty {
        writer.key("volumeAttributes")
        writer.write(map: volumeAttributes)
      }
      if let controllerPublishSecretRef {
        writer.key("controllerPublishSecretRef")
        controllerPublishSecretRef.write(to: &writer)
      }
      if let nodeStageSecretRef {
        writer.key("nodeStageSecretRef")
        nodeStageSecretRef.write(to: &writer)
      }
      if let nodePublishSecretRef {
        writer.key("nodePublishSecretRef")
        nodePublishSecretRef.write(to: &writer)
      }
      if let controllerExpandSecretRef {
        writer.key("controllerExpandSecretRef")
        controllerExpandSecretRef.write(to: &writer)
      }
      if let nodeExpandSecretRef {
        writer.key("nodeExpandSecretRef")
        nodeExpandSecretRef.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `CSIVolumeSource` of `core/v1`.
  package struct CSIVolumeSource: JSONCodable {
    package var driver: String
    package var readOnly: Bool?
    package var fsType: String?
    package var volumeAttributes: [String: String]
    package var nodePublishSecretRef: LocalObjectReference?

    package init() {
      self.driver = ""
      self.readOnly = nil
      self.fsType = nil
      self.volumeAttributes = [:]
      self.nodePublishSecretRef = nil
    }

    package init(
      driver: String = "",
      readOnly: Bool? = nil,
      fsType: String? = nil,
      volumeAttributes: [String: String] = [:],
      nodePublishSecretRef: LocalObjectReference? = nil
    ) {
      self.driver = driver
      self.readOnly = readOnly
      self.fsType = fsType
      self.volumeAttributes = volumeAttributes
      self.nodePublishSecretRef = nodePublishSecretRef
    }

    private static let fields = FieldTable([
      "driver", "readOnly", "fsType", "volumeAttributes", "nodePublishSecretRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.driver = try reader.readString()
        case 1: self.readOnly = try reader.readBool()
        case 2: self.fsType = try reader.readString()
        case 3: self.volumeAttributes = try reader.readMap()
        case 4: self.nodePublishSecretRef = try LocalObjectReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("driver")
      writer.write(driver)
      if let readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if let fsType {
        writer.key("fsType")
        writer.write(fsType)
      }
      if !volumeAttributes.isEmpty {
        writer.key("volumeAttributes")
        writer.write(map: volumeAttributes)
      }
      if let nodePublishSecretRef {
        writer.key("nodePublishSecretRef")
        nodePublishSecretRef.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
