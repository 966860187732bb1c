// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ServiceStatus` of `core/v1`.
  package struct ServiceStatus: JSONCodable {
    package var loadBalancer: LoadBalancerStatus
    package var conditions: [MetaV1.Condition]

    package init() {
      self.loadBalancer = LoadBalancerStatus()
      self.conditions = []
    }

    package init(
      loadBalancer: LoadBalancerStatus = LoadBalancerStatus(),
      conditions: [MetaV1.Condition] = []
    ) {
      self.loadBalancer = loadBalancer
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "loadBalancer", "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.loadBalancer = try LoadBalancerStatus(from: &reader)
        case 1: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("loadBalancer")
      loadBalancer.write(to: &writer)
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }

  /// `SessionAffinityConfig` of `core/v1`.
  package struct SessionAffinityConfig: JSONCodable {
    package var clientIP: ClientIPConfig?

    package init() {
      self.clientIP = nil
    }

    package init(
      clientIP: ClientIPConfig? = nil
    ) {
      self.clientIP = clientIP
    }

    private static let fields = FieldTable([
      "clientIP",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.clientIP = try ClientIPConfig(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let clientIP {
        writer.key("clientIP")
        clientIP.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `SleepAction` of `core/v1`.
  package struct SleepAction: JSONCodable {
    package var seconds: Int64

    package init() {
      self.seconds = 0
    }

    package init(
      seconds: Int64 = 0
    ) {
      self.seconds = seconds
    }

    private static let fields = FieldTable([
      "seconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
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
    package var volumeName: String
    package var volumeNamespace: String
    package var fsType: String
    package var readOnly: Bool
    @BoxedOptional package var secretRef: ObjectReference?

    package init() {
      self.volumeName = ""
      self.volumeNamespace = ""
      self.fsType = ""
      self.readOnly = false
    }

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
      self.init()
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
    package var volumeName: String
    package var volumeNamespace: String
    package var fsType: String
    package var readOnly: Bool
    package var secretRef: LocalObjectReference?

    package init() {
      self.volumeName = ""
      self.volumeNamespace = ""
      self.fsType = ""
      self.readOnly = false
      self.secretRef = nil
    }

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
      self.init()
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
    package var name: String
    package var value: String

    package init() {
      self.name = ""
      self.value = ""
    }

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
      self.init()
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
}
