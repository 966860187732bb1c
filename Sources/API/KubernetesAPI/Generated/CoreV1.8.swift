// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `DownwardAPIVolumeSource` of `core/v1`.
  package struct DownwardAPIVolumeSource: JSONCodable {
    package var items: [DownwardAPIVolumeFile] = []
    package var defaultMode: Int32?

    package init() {}
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
    package var medium: String = ""
    package var sizeLimit: Quantity?

    package init() {}
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
    package var ip: String = ""
    package var hostname: String = ""
    package var nodeName: String?
    @BoxedOptional package var targetRef: ObjectReference?

    package init() {}
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

  /// `EndpointPort` of `core/v1`.
  package struct EndpointPort: JSONCodable {
    package var name: String = ""
    package var port: Int32 = 0
    package var `protocol`: String = ""
    package var appProtocol: String?

    package init() {}
    package init(
      name: String = "",
      port: Int32 = 0,
      `protocol`: String = "",
      appProtocol: String? = nil
    ) {
      self.name = name
      self.port = port
      self.`protocol` = `protocol`
      self.appProtocol = appProtocol
    }

    private static let fields = FieldTable([
      "name", "port", "protocol", "appProtocol",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.port = try reader.readInt32()
        case 2: self.`protocol` = try reader.readString()
        case 3: self.appProtocol = try reader.readString()
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
      writer.key("port")
      writer.write(port)
      if !`protocol`.isEmpty {
        writer.key("protocol")
        writer.write(`protocol`)
      }
      if let appProtocol {
        writer.key("appProtocol")
        writer.write(appProtocol)
      }
      writer.endObject()
    }
  }

  /// `EndpointSubset` of `core/v1`.
  package struct EndpointSubset: JSONCodable {
    package var addresses: [EndpointAddress] = []
    package var notReadyAddresses: [EndpointAddress] = []
    package var ports: [EndpointPort] = []

    package init() {}
    package init(
      addresses: [EndpointAddress] = [],
      notReadyAddresses: [EndpointAddress] = [],
      ports: [EndpointPort] = []
    ) {
      self.addresses = addresses
      self.notReadyAddresses = notReadyAddresses
      self.ports = ports
    }

    private static let fields = FieldTable([
      "addresses", "notReadyAddresses", "ports",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.addresses = try reader.readArray()
        case 1: self.notReadyAddresses = try reader.readArray()
        case 2: self.ports = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !addresses.isEmpty {
        writer.key("addresses")
        writer.write(array: addresses)
      }
      if !notReadyAddresses.isEmpty {
        writer.key("notReadyAddresses")
        writer.write(array: notReadyAddresses)
      }
      if !ports.isEmpty {
        writer.key("ports")
        writer.write(array: ports)
      }
      writer.endObject()
    }
  }

  /// `Endpoints` of `core/v1`.
  package struct Endpoints: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Endpoints"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "endpoints",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var subsets: [EndpointSubset] = []

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      subsets: [EndpointSubset] = []
    ) {
      self.metadata = metadata
      self.subsets = subsets
    }

    private static let fields = FieldTable([
      "metadata", "subsets",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.subsets = try reader.readArray()
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
      if !subsets.isEmpty {
        writer.key("subsets")
        writer.write(array: subsets)
      }
      writer.endObject()
    }
  }
}
