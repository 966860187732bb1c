// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `SleepAction` of `core/v1`.
  package struct SleepAction: JSONCodable {
    package var seconds: Int64 = 0

    package init() {}
    package init(
      seconds: Int64 = 0
    ) {
      self.seconds = seconds
    }

    private static let fields = FieldTable([
      "seconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.seconds = try reader.readInt64()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("seconds")
      writer.write(seconds)
      writer.endObject()
    }
  }

  /// `StorageOSPersistentVolumeSource` of `core/v1`.
  package struct StorageOSPersistentVolumeSource: JSONCodable {
    package var volumeName: String = ""
    package var volumeNamespace: String = ""
    package var fsType: String = ""
    package var readOnly: Bool = false
    @BoxedOptional package var secretRef: ObjectReference?

    package init() {}
    package init(
      volumeName: String = "",
      volumeNamespace: String = "",
      fsType: String = "",
      readOnly: Bool = false,
      secretRef: ObjectReference? = nil
    ) {
      self.volumeName = volumeName
      self.volumeNamespace = volumeNamespace
      self.fsType = fsType
      self.readOnly = readOnly
      self.secretRef = secretRef
    }

    private static let fields = FieldTable([
      "volumeName", "volumeNamespace", "fsType", "readOnly", "secretRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumeName = try reader.readString()
        case 1: self.volumeNamespace = try reader.readString()
        case 2: self.fsType = try reader.readString()
        case 3: self.readOnly = try reader.readBool()
        case 4: self.secretRef = try ObjectReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !volumeName.isEmpty {
        writer.key("volumeName")
        writer.write(volumeName)
      }
      if !volumeNamespace.isEmpty {
        writer.key("volumeNamespace")
        writer.write(volumeNamespace)
      }
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `StorageOSVolumeSource` of `core/v1`.
  package struct StorageOSVolumeSource: JSONCodable {
    package var volumeName: String = ""
    package var volumeNamespace: String = ""
    package var fsType: String = ""
    package var readOnly: Bool = false
    package var secretRef: LocalObjectReference?

    package init() {}
    package init(
      volumeName: String = "",
      volumeNamespace: String = "",
      fsType: String = "",
      readOnly: Bool = false,
      secretRef: LocalObjectReference? = nil
    ) {
      self.volumeName = volumeName
      self.volumeNamespace = volumeNamespace
      self.fsType = fsType
      self.readOnly = readOnly
      self.secretRef = secretRef
    }

    private static let fields = FieldTable([
      "volumeName", "volumeNamespace", "fsType", "readOnly", "secretRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumeName = try reader.readString()
        case 1: self.volumeNamespace = try reader.readString()
        case 2: self.fsType = try reader.readString()
        case 3: self.readOnly = try reader.readBool()
        case 4: self.secretRef = try LocalObjectReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !volumeName.isEmpty {
        writer.key("volumeName")
        writer.write(volumeName)
      }
      if !volumeNamespace.isEmpty {
        writer.key("volumeNamespace")
        writer.write(volumeNamespace)
      }
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `Sysctl` of `core/v1`.
  package struct Sysctl: JSONCodable {
    package var name: String = ""
    package var value: String = ""

    package init() {}
    package init(
      name: String = "",
      value: String = ""
    ) {
      self.name = name
      self.value = value
    }

    private static let fields = FieldTable([
      "name", "value",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.value = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("value")
      writer.write(value)
      writer.endObject()
    }
  }

  /// `TCPSocketAction` of `core/v1`.
  package struct TCPSocketAction: JSONCodable {
    package var port: IntOrString = IntOrString()
    package var host: String = ""

    package init() {}
    package init(
      port: IntOrString = IntOrString(),
      host: String = ""
    ) {
      self.port = port
      self.host = host
    }

    private static let fields = FieldTable([
      "port", "host",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.port = try IntOrString(from: &reader)
        case 1: self.host = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("port")
      port.write(to: &writer)
      if !host.isEmpty {
        writer.key("host")
        writer.write(host)
      }
      writer.endObject()
    }
  }

  /// `Taint` of `core/v1`.
  package struct Taint: JSONCodable {
    package var key: String = ""
    package var value: String = ""
    package var effect: String = ""
    package var timeAdded: Time?

    package init() {}
    package init(
      key: String = "",
      value: String = "",
      effect: String = "",
      timeAdded: Time? = nil
    ) {
      self.key = key
      self.value = value
      self.effect = effect
      self.timeAdded = timeAdded
    }

    private static let fields = FieldTable([
      "key", "value", "effect", "timeAdded",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.key = try reader.readString()
        case 1: self.value = try reader.readString()
        case 2: self.effect = try reader.readString()
        case 3: self.timeAdded = try Time(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("key")
      writer.write(key)
      if !value.isEmpty {
        writer.key("value")
        writer.write(value)
      }
      writer.key("effect")
      writer.write(effect)
      if let timeAdded {
        writer.key("timeAdded")
        timeAdded.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
