// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `GlusterfsVolumeSource` of `core/v1`.
  package struct GlusterfsVolumeSource: JSONCodable {
    package var endpoints: String
    package var path: String
    package var readOnly: Bool

    package init() {
      self.endpoints = ""
      self.path = ""
      self.readOnly = false
    }

    package init(
      endpoints: String = "",
      path: String = "",
      readOnly: Bool = false
    ) {
      self.endpoints = endpoints
      self.path = path
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "endpoints", "path", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.endpoints = try reader.readString()
        case 1: self.path = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("endpoints")
      writer.write(endpoints)
      writer.key("path")
      writer.write(path)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `HTTPGetAction` of `core/v1`.
  package struct HTTPGetAction: JSONCodable {
    package var path: String
    package var port: IntOrString
    package var host: String
    package var scheme: String
    package var httpHeaders: [HTTPHeader]

    package init() {
      self.path = ""
      self.port = IntOrString()
      self.host = ""
      self.scheme = ""
      self.httpHeaders = []
    }

    package init(
      path: String = "",
      port: IntOrString = IntOrString(),
      host: String = "",
      scheme: String = "",
      httpHeaders: [HTTPHeader] = []
    ) {
      self.path = path
      self.port = port
      self.host = host
      self.scheme = scheme
      self.httpHeaders = httpHeaders
    }

    private static let fields = FieldTable([
      "path", "port", "host", "scheme", "httpHeaders",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
        case 1: self.port = try IntOrString(from: &reader)
        case 2: self.host = try reader.readString()
        case 3: self.scheme = try reader.readString()
        case 4: self.httpHeaders = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !path.isEmpty {
        writer.key("path")
        writer.write(path)
      }
      writer.key("port")
      port.write(to: &writer)
      if !host.isEmpty {
        writer.key("host")
        writer.write(host)
      }
      if !scheme.isEmpty {
        writer.key("scheme")
        writer.write(scheme)
      }
      if !httpHeaders.isEmpty {
        writer.key("httpHeaders")
        writer.write(array: httpHeaders)
      }
      writer.endObject()
    }
  }

  /// `HTTPHeader` of `core/v1`.
  package struct HTTPHeader: JSONCodable {
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

  /// `HostAlias` of `core/v1`.
  package struct HostAlias: JSONCodable {
    package var ip: String
    package var hostnames: [String]

    package init() {
      self.ip = ""
      self.hostnames = []
    }

    package init(
      ip: String = "",
      hostnames: [String] = []
    ) {
      self.ip = ip
      self.hostnames = hostnames
    }

    private static let fields = FieldTable([
      "ip", "hostnames",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ip = try reader.readString()
        case 1: self.hostnames = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("ip")
      writer.write(ip)
      if !hostnames.isEmpty {
        writer.key("hostnames")
        writer.write(array: hostnames)
      }
      writer.endObject()
    }
  }

  /// `HostIP` of `core/v1`.
  package struct HostIP: JSONCodable {
    package var ip: String

    package init() {
      self.ip = ""
    }

    package init(
      ip: String = ""
    ) {
      self.ip = ip
    }

    private static let fields = FieldTable([
      "ip",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ip = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("ip")
      writer.write(ip)
      writer.endObject()
    }
  }

  /// `HostPathVolumeSource` of `core/v1`.
  package struct HostPathVolumeSource: JSONCodable {
    package var path: String
    package var type: String?

    package init() {
      self.path = ""
      self.type = nil
    }

    package init(
      path: String = "",
      type: String? = nil
    ) {
      self.path = path
      self.type = type
    }

    private static let fields = FieldTable([
      "path", "type",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
        case 1: self.type = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("path")
      writer.write(path)
      if let type {
        writer.key("type")
        writer.write(type)
      }
      writer.endObject()
    }
  }

  /// `ISCSIPersistentVolumeSource` of `core/v1`.
  package struct ISCSIPersistentVolumeSource: JSONCodable {
    package var targetPortal: String
    package var iqn: String
    package var lun: Int32
    package var iscsiInterface: String
    package var fsType: String
    package var readOnly: Bool
    package var portals: [String]
    package var chapAuthDiscovery: Bool
    package var chapAuthSession: Bool
    package var secretRef: SecretReference?
    package var initiatorName: String?

    package init() {
      self.targetPortal = ""
      self.iqn = ""
      self.lun = 0
      self.iscsiInterface = ""
      self.fsType = ""
      self.readOnly = false
      self.portals = []
      self.chapAuthDiscovery = false
      self.chapAuthSession = false
      self.secretRef = nil
      self.initiatorName = nil
    }

    package init(
      targetPortal: String = "",
      iqn: String = "",
      lun: Int32 = 0,
      iscsiInterface: String = "",
      fsType: String = "",
      readOnly: Bool = false,
      portals: [String] = [],
      chapAuthDiscovery: Bool = false,
      chapAuthSession: Bool = false,
      secretRef: SecretReference? = nil,
      initiatorName: String? = nil
    ) {
      self.targetPortal = targetPortal
      self.iqn = iqn
      self.lun = lun
      self.iscsiInterface = iscsiInterface
      self.fsType = fsType
      self.readOnly = readOnly
      self.portals = portals
      self.chapAuthDiscovery = chapAuthDiscovery
      self.chapAuthSession = chapAuthSession
      self.secretRef = secretRef
      self.initiatorName = initiatorName
    }

    private static let fields = FieldTable([
      "targetPortal", "iqn", "lun", "iscsiInterface", "fsType", "readOnly", "portals",
      "chapAuthDiscovery", "chapAuthSession", "secretRef", "initiatorName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.targetPortal = try reader.readString()
        case 1: self.iqn = try reader.readString()
        case 2: self.lun = try reader.readInt32()
        case 3: self.iscsiInterface = try reader.readString()
        case 4: self.fsType = try reader.readString()
        case 5: self.readOnly = try reader.readBool()
        case 6: self.portals = try reader.readArray()
        case 7: self.chapAuthDiscovery = try reader.readBool()
        case 8: self.chapAuthSession = try reader.readBool()
        case 9: self.secretRef = try SecretReference(from: &reader)
        case 10: self.initiatorName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("targetPortal")
      writer.write(targetPortal)
      writer.key("iqn")
      writer.write(iqn)
      writer.key("lun")
      writer.write(lun)
      if !iscsiInterface.isEmpty {
        writer.key("iscsiInterface")
        writer.write(iscsiInterface)
      }
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if !portals.isEmpty {
        writer.key("portals")
        writer.write(array: portals)
      }
      if chapAuthDiscovery {
        writer.key("chapAuthDiscovery")
        writer.write(chapAuthDiscovery)
      }
      if chapAuthSession {
        writer.key("chapAuthSession")
        writer.write(chapAuthSession)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      if let initiatorName {
        writer.key("initiatorName")
        writer.write(initiatorName)
      }
      writer.endObject()
    }
  }
}
