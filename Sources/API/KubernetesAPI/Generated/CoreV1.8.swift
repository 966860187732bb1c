// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ContainerUser` of `core/v1`.
  package struct ContainerUser: JSONCodable {
    package var linux: LinuxContainerUser?

    package init() {
      self.linux = nil
    }

    package init(
      linux: LinuxContainerUser? = nil
    ) {
      self.linux = linux
    }

    private static let fields = FieldTable([
      "linux",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.linux = try LinuxContainerUser(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let linux {
        writer.key("linux")
        linux.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `DaemonEndpoint` of `core/v1`.
  package struct DaemonEndpoint: JSONCodable {
    package var Port: Int32

    package init() {
      self.Port = 0
    }

    package init(
      Port: Int32 = 0
    ) {
      self.Port = Port
    }

    private static let fields = FieldTable([
      "Port",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.Port = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("Port")
      writer.write(Port)
      writer.endObject()
    }
  }

  /// `DownwardAPIProjection` of `core/v1`.
  package struct DownwardAPIProjection: JSONCodable {
    package var items: [DownwardAPIVolumeFile]

    package init() {
      self.items = []
    }

    package init(
      items: [DownwardAPIVolumeFile] = []
    ) {
      self.items = items
    }

    private static let fields = FieldTable([
      "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.items = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      writer.endObject()
    }
  }

  /// `DownwardAPIVolumeFile` of `core/v1`.
  package struct DownwardAPIVolumeFile: JSONCodable {
    package var path: String
    package var fieldRef: ObjectFieldSelector?
    @BoxedOptional package var resourceFieldRef: ResourceFieldSelector?
    package var mode: Int32?

    package init() {
      self.path = ""
      self.fieldRef = nil
      self.mode = nil
    }

    package init(
      path: String = "",
      fieldRef: ObjectFieldSelector? = nil,
      resourceFieldRef: ResourceFieldSelector? = nil,
      mode: Int32? = nil
    ) {
      self.path = path
      self.fieldRef = fieldRef
      self.resourceFieldRef = resourceFieldRef
      self.mode = mode
    }

    private static let fields = FieldTable([
      "path", "fieldRef", "resourceFieldRef", "mode",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
        case 1: self.fieldRef = try ObjectFieldSelector(from: &reader)
        case 2: self.resourceFieldRef = try ResourceFieldSelector(from: &reader)
        case 3: self.mode = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("path")
      writer.write(path)
      if let fieldRef {
        writer.key("fieldRef")
        fieldRef.write(to: &writer)
      }
      if let resourceFieldRef {
        writer.key("resourceFieldRef")
        resourceFieldRef.write(to: &writer)
      }
      if let mode {
        writer.key("mode")
        writer.write(mode)
      }
      writer.endObject()
    }
  }

  /// `DownwardAPIVolumeSource` of `core/v1`.
  package struct DownwardAPIVolumeSource: JSONCodable {
    package var items: [DownwardAPIVolumeFile]
    package var defaultMode: Int32?

    package init() {
      self.items = []
      self.defaultMode = nil
    }

    package init(
      items: [DownwardAPIVolumeFile] = [],
      defaultMode: Int32? = nil
    ) {
      self.items = items
      self.defaultMode = defaultMode
    }

    private static let fields = FieldTable([
      "items", "defaultMode",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.items = try reader.readArray()
        case 1: self.defaultMode = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      if let defaultMode {
        writer.key("defaultMode")
        writer.write(defaultMode)
      }
      writer.endObject()
    }
  }

  /// `EmptyDirVolumeSource` of `core/v1`.
  package struct EmptyDirVolumeSource: JSONCodable {
    package var medium: String
    package var sizeLimit: Quantity?

    package init() {
      self.medium = ""
      self.sizeLimit = nil
    }

    package init(
      medium: String = "",
      sizeLimit: Quantity? = nil
    ) {
      self.medium = medium
      self.sizeLimit = sizeLimit
    }

    private static let fields = FieldTable([
      "medium", "sizeLimit",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.medium = try reader.readString()
        case 1: self.sizeLimit = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !medium.isEmpty {
        writer.key("medium")
        writer.write(medium)
      }
      if let sizeLimit {
        writer.key("sizeLimit")
        sizeLimit.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `EndpointAddress` of `core/v1`.
  package struct EndpointAddress: JSONCodable {
    package var ip: String
    package var hostname: String
    package var nodeName: String?
    @BoxedOptional package var targetRef: ObjectReference?

    package init() {
      self.ip = ""
      self.hostname = ""
      self.nodeName = nil
    }

    package init(
      ip: String = "",
      hostname: String = "",
      nodeName: String? = nil,
      targetRef: ObjectReference? = nil
    ) {
      self.ip = ip
      self.hostname = hostname
      self.nodeName = nodeName
      self.targetRef = targetRef
    }

    private static let fields = FieldTable([
      "ip", "hostname", "nodeName", "targetRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ip = try reader.readString()
        case 1: self.hostname = try reader.readString()
        case 2: self.nodeName = try reader.readString()
        case 3: self.targetRef = try ObjectReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("ip")
      writer.write(ip)
      if !hostname.isEmpty {
        writer.key("hostname")
        writer.write(hostname)
      }
      if let nodeName {
        writer.key("nodeName")
        writer.write(nodeName)
      }
      if let targetRef {
        writer.key("targetRef")
        targetRef.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
