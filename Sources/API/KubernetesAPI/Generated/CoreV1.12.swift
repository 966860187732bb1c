// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `EventList` of `core/v1`.
  package struct EventList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "EventList"
    package var metadata: MetaV1.ListMeta
    package var items: [Event]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Event] = []
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

  /// `EventSeries` of `core/v1`.
  package struct EventSeries: JSONCodable {
    package var count: Int32
    package var lastObservedTime: MicroTime?

    package init() {
      self.count = 0
      self.lastObservedTime = nil
    }

    package init(
      count: Int32 = 0,
      lastObservedTime: MicroTime? = nil
    ) {
      self.count = count
      self.lastObservedTime = lastObservedTime
    }

    private static let fields = FieldTable([
      "count", "lastObservedTime",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.count = try reader.readInt32()
        case 1: self.lastObservedTime = try MicroTime(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if count != 0 {
        writer.key("count")
        writer.write(count)
      }
      if let lastObservedTime {
        writer.key("lastObservedTime")
        lastObservedTime.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `EventSource` of `core/v1`.
  package struct EventSource: JSONCodable {
    package var component: String
    package var host: String

    package init() {
      self.component = ""
      self.host = ""
    }

    package init(
      component: String = "",
      host: String = ""
    ) {
      self.component = component
      self.host = host
    }

    private static let fields = FieldTable([
      "component", "host",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.component = try reader.readString()
        case 1: self.host = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !component.isEmpty {
        writer.key("component")
        writer.write(component)
      }
      if !host.isEmpty {
        writer.key("host")
        writer.write(host)
      }
      writer.endObject()
    }
  }

  /// `ExecAction` of `core/v1`.
  package struct ExecAction: JSONCodable {
    package var command: [String]

    package init() {
      self.command = []
    }

    package init(
      command: [String] = []
    ) {
      self.command = command
    }

    private static let fields = FieldTable([
      "command",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.command = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !command.isEmpty {
        writer.key("command")
        writer.write(array: command)
      }
      writer.endObject()
    }
  }

  /// `FCVolumeSource` of `core/v1`.
  package struct FCVolumeSource: JSONCodable {
    package var targetWWNs: [String]
    package var lun: Int32?
    package var fsType: String
    package var readOnly: Bool
    package var wwids: [String]

    package init() {
      self.targetWWNs = []
      self.lun = nil
      self.fsType = ""
      self.readOnly = false
      self.wwids = []
    }

    package init(
      targetWWNs: [String] = [],
      lun: Int32? = nil,
      fsType: String = "",
      readOnly: Bool = false,
      wwids: [String] = []
    ) {
      self.targetWWNs = targetWWNs
      self.lun = lun
      self.fsType = fsType
      self.readOnly = readOnly
      self.wwids = wwids
    }

    private static let fields = FieldTable([
      "targetWWNs", "lun", "fsType", "readOnly", "wwids",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.targetWWNs = try reader.readArray()
        case 1: self.lun = try reader.readInt32()
        case 2: self.fsType = try reader.readString()
        case 3: self.readOnly = try reader.readBool()
        case 4: self.wwids = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !targetWWNs.isEmpty {
        writer.key("targetWWNs")
        writer.write(array: targetWWNs)
      }
      if let lun {
        writer.key("lun")
        writer.write(lun)
      }
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if !wwids.isEmpty {
        writer.key("wwids")
        writer.write(array: wwids)
      }
      writer.endObject()
    }
  }

  /// `FlexPersistentVolumeSource` of `core/v1`.
  package struct FlexPersistentVolumeSource: JSONCodable {
    package var driver: String
    package var fsType: String
    package var secretRef: SecretReference?
    package var readOnly: Bool
    package var options: [String: String]

    package init() {
      self.driver = ""
      self.fsType = ""
      self.secretRef = nil
      self.readOnly = false
      self.options = [:]
    }

    package init(
      driver: String = "",
      fsType: String = "",
      secretRef: SecretReference? = nil,
      readOnly: Bool = false,
      options: [String: String] = [:]
    ) {
      self.driver = driver
      self.fsType = fsType
      self.secretRef = secretRef
      self.readOnly = readOnly
      self.options = options
    }

    private static let fields = FieldTable([
      "driver", "fsType", "secretRef", "readOnly", "options",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.driver = try reader.readString()
        case 1: self.fsType = try reader.readString()
        case 2: self.secretRef = try SecretReference(from: &reader)
        case 3: self.readOnly = try reader.readBool()
        case 4: self.options = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("driver")
      writer.write(driver)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if !options.isEmpty {
        writer.key("options")
        writer.write(map: options)
      }
      writer.endObject()
    }
  }
}
