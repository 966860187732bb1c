// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `core/v1`.
package enum CoreV1 {}

extension CoreV1 {
  /// `AWSElasticBlockStoreVolumeSource` of `core/v1`.
  package struct AWSElasticBlockStoreVolumeSource: JSONCodable {
    package var volumeID: String
    package var fsType: String
    package var partition: Int32
    package var readOnly: Bool

    package init() {
      self.volumeID = ""
      self.fsType = ""
      self.partition = 0
      self.readOnly = false
    }

    package init(
      volumeID: String = "",
      fsType: String = "",
      partition: Int32 = 0,
      readOnly: Bool = false
    ) {
      self.volumeID = volumeID
      self.fsType = fsType
      self.partition = partition
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "volumeID", "fsType", "partition", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumeID = try reader.readString()
        case 1: self.fsType = try reader.readString()
        case 2: self.partition = try reader.readInt32()
        case 3: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("volumeID")
      writer.write(volumeID)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if partition != 0 {
        writer.key("partition")
        writer.write(partition)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `Affinity` of `core/v1`.
  package struct Affinity: JSONCodable {
    package var nodeAffinity: NodeAffinity?
    package var podAffinity: PodAffinity?
    package var podAntiAffinity: PodAntiAffinity?

    package init() {
      self.nodeAffinity = nil
      self.podAffinity = nil
      self.podAntiAffinity = nil
    }

    package init(
      nodeAffinity: NodeAffinity? = nil,
      podAffinity: PodAffinity? = nil,
      podAntiAffinity: PodAntiAffinity? = nil
    ) {
      self.nodeAffinity = nodeAffinity
      self.podAffinity = podAffinity
      self.podAntiAffinity = podAntiAffinity
    }

    private static let fields = FieldTable([
      "nodeAffinity", "podAffinity", "podAntiAffinity",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.nodeAffinity = try NodeAffinity(from: &reader)
        case 1: self.podAffinity = try PodAffinity(from: &reader)
        case 2: self.podAntiAffinity = try PodAntiAffinity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let nodeAffinity {
        writer.key("nodeAffinity")
        nodeAffinity.write(to: &writer)
      }
      if let podAffinity {
        writer.key("podAffinity")
        podAffinity.write(to: &writer)
      }
      if let podAntiAffinity {
        writer.key("podAntiAffinity")
        podAntiAffinity.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `AppArmorProfile` of `core/v1`.
  package struct AppArmorProfile: JSONCodable {
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

  /// `AttachedVolume` of `core/v1`.
  package struct AttachedVolume: JSONCodable {
    package var name: String
    package var devicePath: String

    package init() {
      self.name = ""
      self.devicePath = ""
    }

    package init(
      name: String = "",
      devicePath: String = ""
    ) {
      self.name = name
      self.devicePath = devicePath
    }

    private static let fields = FieldTable([
      "name", "devicePath",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.devicePath = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("devicePath")
      writer.write(devicePath)
      writer.endObject()
    }
  }

  /// `AvoidPods` of `core/v1`.
  package struct AvoidPods: JSONCodable {
    package var preferAvoidPods: [PreferAvoidPodsEntry]

    package init() {
      self.preferAvoidPods = []
    }

    package init(
      preferAvoidPods: [PreferAvoidPodsEntry] = []
    ) {
      self.preferAvoidPods = preferAvoidPods
    }

    private static let fields = FieldTable([
      "preferAvoidPods",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.preferAvoidPods = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !preferAvoidPods.isEmpty {
        writer.key("preferAvoidPods")
        writer.write(array: preferAvoidPods)
      }
      writer.endObject()
    }
  }

  /// `AzureDiskVolumeSource` of `core/v1`.
  package struct AzureDiskVolumeSource: JSONCodable {
    package var diskName: String
    package var diskURI: String
    package var cachingMode: String?
    package var fsType: String?
    package var readOnly: Bool?
    package var kind: String?

    package init() {
      self.diskName = ""
      self.diskURI = ""
      self.cachingMode = nil
      self.fsType = nil
      self.readOnly = nil
      self.kind = nil
    }

    package init(
      diskName: String = "",
      diskURI: String = "",
      cachingMode: String? = nil,
      fsType: String? = nil,
      readOnly: Bool? = nil,
      kind: String? = nil
    ) {
      self.diskName = diskName
      self.diskURI = diskURI
      self.cachingMode = cachingMode
      self.fsType = fsType
      self.readOnly = readOnly
      self.kind = kind
    }

    private static let fields = FieldTable([
      "diskName", "diskURI", "cachingMode", "fsType", "readOnly", "kind",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.diskName = try reader.readString()
        case 1: self.diskURI = try reader.readString()
        case 2: self.cachingMode = try reader.readString()
        case 3: self.fsType = try reader.readString()
        case 4: self.readOnly = try reader.readBool()
        case 5: self.kind = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("diskName")
      writer.write(diskName)
      writer.key("diskURI")
      writer.write(diskURI)
      if let cachingMode {
        writer.key("cachingMode")
        writer.write(cachingMode)
      }
      if let fsType {
        writer.key("fsType")
        writer.write(fsType)
      }
      if let readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if let kind {
        writer.key("kind")
        writer.write(kind)
      }
      writer.endObject()
    }
  }
}
