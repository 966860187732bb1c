// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `LimitRangeList` of `core/v1`.
  package struct LimitRangeList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "LimitRangeList"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [LimitRange] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [LimitRange] = []
    ) {
      self.metadata = metadata
      self.items = items
    }

    private static let fields = FieldTable([
      "metadata", "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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

  /// `LimitRangeSpec` of `core/v1`.
  package struct LimitRangeSpec: JSONCodable {
    package var limits: [LimitRangeItem] = []

    package init() {}
    package init(
      limits: [LimitRangeItem] = []
    ) {
      self.limits = limits
    }

    private static let fields = FieldTable([
      "limits",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.limits = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("limits")
      writer.write(array: limits)
      writer.endObject()
    }
  }

  /// `LinuxContainerUser` of `core/v1`.
  package struct LinuxContainerUser: JSONCodable {
    package var uid: Int64 = 0
    package var gid: Int64 = 0
    package var supplementalGroups: [Int64] = []

    package init() {}
    package init(
      uid: Int64 = 0,
      gid: Int64 = 0,
      supplementalGroups: [Int64] = []
    ) {
      self.uid = uid
      self.gid = gid
      self.supplementalGroups = supplementalGroups
    }

    private static let fields = FieldTable([
      "uid", "gid", "supplementalGroups",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.uid = try reader.readInt64()
        case 1: self.gid = try reader.readInt64()
        case 2: self.supplementalGroups = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("uid")
      writer.write(uid)
      writer.key("gid")
      writer.write(gid)
      if !supplementalGroups.isEmpty {
        writer.key("supplementalGroups")
        writer.write(array: supplementalGroups)
      }
      writer.endObject()
    }
  }

  /// `List` of `core/v1`.
  package struct List: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "List"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [JSONValue] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [JSONValue] = []
    ) {
      self.metadata = metadata
      self.items = items
    }

    private static let fields = FieldTable([
      "metadata", "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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

  /// `LoadBalancerIngress` of `core/v1`.
  package struct LoadBalancerIngress: JSONCodable {
    package var ip: String = ""
    package var hostname: String = ""
    package var ipMode: String?
    package var ports: [PortStatus] = []

    package init() {}
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
    package var ingress: [LoadBalancerIngress] = []

    package init() {}
    package init(
      ingress: [LoadBalancerIngress] = []
    ) {
      self.ingress = ingress
    }

    private static let fields = FieldTable([
      "ingress",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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
    package var name: String = ""

    package init() {}
    package init(
      name: String = ""
    ) {
      self.name = name
    }

    private static let fields = FieldTable([
      "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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
    package var path: String = ""
    package var fsType: String?

    package init() {}
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
}
