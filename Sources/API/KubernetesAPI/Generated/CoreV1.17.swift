// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `LoadBalancerIngress` of `core/v1`.
  package struct LoadBalancerIngress: JSONCodable {
    package var ip: String
    package var hostname: String
    package var ipMode: String?
    package var ports: [PortStatus]

    package init() {
      self.ip = ""
      self.hostname = ""
      self.ipMode = nil
      self.ports = []
    }

    package init(
      ip: String = "",
      hostname: String = "",
      ipMode: String? = nil,
      ports: [PortStatus] = []
    ) {
      self.ip = ip
      self.hostname = hostname
      self.ipMode = ipMode
      self.ports = ports
    }

    private static let fields = FieldTable([
      "ip", "hostname", "ipMode", "ports",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ip = try reader.readString()
        case 1: self.hostname = try reader.readString()
        case 2: self.ipMode = try reader.readString()
        case 3: self.ports = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !ip.isEmpty {
        writer.key("ip")
        writer.write(ip)
      }
      if !hostname.isEmpty {
        writer.key("hostname")
        writer.write(hostname)
      }
      if let ipMode {
        writer.key("ipMode")
        writer.write(ipMode)
      }
      if !ports.isEmpty {
        writer.key("ports")
        writer.write(array: ports)
      }
      writer.endObject()
    }
  }

  /// `LoadBalancerStatus` of `core/v1`.
  package struct LoadBalancerStatus: JSONCodable {
    package var ingress: [LoadBalancerIngress]

    package init() {
      self.ingress = []
    }

    package init(
      ingress: [LoadBalancerIngress] = []
    ) {
      self.ingress = ingress
    }

    private static let fields = FieldTable([
      "ingress",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ingress = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !ingress.isEmpty {
        writer.key("ingress")
        writer.write(array: ingress)
      }
      writer.endObject()
    }
  }

  /// `LocalObjectReference` of `core/v1`.
  package struct LocalObjectReference: JSONCodable {
    package var name: String

    package init() {
      self.name = ""
    }

    package init(
      name: String = ""
    ) {
      self.name = name
    }

    private static let fields = FieldTable([
      "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
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
      writer.endObject()
    }
  }

  /// `LocalVolumeSource` of `core/v1`.
  package struct LocalVolumeSource: JSONCodable {
    package var path: String
    package var fsType: String?

    package init() {
      self.path = ""
      self.fsType = nil
    }

    package init(
      path: String = "",
      fsType: String? = nil
    ) {
      self.path = path
      self.fsType = fsType
    }

    private static let fields = FieldTable([
      "path", "fsType",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
        case 1: self.fsType = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("path")
      writer.write(path)
      if let fsType {
        writer.key("fsType")
        writer.write(fsType)
      }
      writer.endObject()
    }
  }

  /// `ModifyVolumeStatus` of `core/v1`.
  package struct ModifyVolumeStatus: JSONCodable {
    package var targetVolumeAttributesClassName: String
    package var status: String

    package init() {
      self.targetVolumeAttributesClassName = ""
      self.status = ""
    }

    package init(
      targetVolumeAttributesClassName: String = "",
      status: String = ""
    ) {
      self.targetVolumeAttributesClassName = targetVolumeAttributesClassName
      self.status = status
    }

    private static let fields = FieldTable([
      "targetVolumeAttributesClassName", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.targetVolumeAttributesClassName = try reader.readString()
        case 1: self.status = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !targetVolumeAttributesClassName.isEmpty {
        writer.key("targetVolumeAttributesClassName")
        writer.write(targetVolumeAttributesClassName)
      }
      writer.key("status")
      writer.write(status)
      writer.endObject()
    }
  }

  /// `NFSVolumeSource` of `core/v1`.
  package struct NFSVolumeSource: JSONCodable {
    package var server: String
    package var path: String
    package var readOnly: Bool

    package init() {
      self.server = ""
      self.path = ""
      self.readOnly = false
    }

    package init(
      server: String = "",
      path: String = "",
      readOnly: Bool = false
    ) {
      self.server = server
      self.path = path
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "server", "path", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.server = try reader.readString()
        case 1: self.path = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("server")
      writer.write(server)
      writer.key("path")
      writer.write(path)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `Namespace` of `core/v1`.
  package struct Namespace: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Namespace"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "namespaces",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: NamespaceSpec
    package var status: NamespaceStatus

    package init() {
      self.spec = NamespaceSpec()
      self.status = NamespaceStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: NamespaceSpec = NamespaceSpec(),
      status: NamespaceStatus = NamespaceStatus()
    ) {
      self.metadata = metadata
      self.spec = spec
      self.status = status
    }

    private static let fields = FieldTable([
      "metadata", "spec", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try NamespaceSpec(from: &reader)
        case 2: self.status = try NamespaceStatus(from: &reader)
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
      writer.key("spec")
      spec.write(to: &writer)
      writer.key("status")
      status.write(to: &writer)
      writer.endObject()
    }
  }
}
