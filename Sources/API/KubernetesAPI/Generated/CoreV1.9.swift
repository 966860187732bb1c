// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `EndpointPort` of `core/v1`.
  package struct EndpointPort: JSONCodable {
    package var name: String
    package var port: Int32
    package var `protocol`: String
    package var appProtocol: String?

    package init() {
      self.name = ""
      self.port = 0
      self.`protocol` = ""
      self.appProtocol = nil
    }

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
      self.init()
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
    package var addresses: [EndpointAddress]
    package var notReadyAddresses: [EndpointAddress]
    package var ports: [EndpointPort]

    package init() {
      self.addresses = []
      self.notReadyAddresses = []
      self.ports = []
    }

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
      self.init()
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
    package var subsets: [EndpointSubset]

    package init() {
      self.subsets = []
    }

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
      self.init()
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

  /// `EndpointsList` of `core/v1`.
  package struct EndpointsList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "EndpointsList"
    package var metadata: MetaV1.ListMeta
    package var items: [Endpoints]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Endpoints] = []
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

  /// `EnvFromSource` of `core/v1`.
  package struct EnvFromSource: JSONCodable {
    package var prefix: String
    package var configMapRef: ConfigMapEnvSource?
    package var secretRef: SecretEnvSource?

    package init() {
      self.prefix = ""
      self.configMapRef = nil
      self.secretRef = nil
    }

    package init(
      prefix: String = "",
      configMapRef: ConfigMapEnvSource? = nil,
      secretRef: SecretEnvSource? = nil
    ) {
      self.prefix = prefix
      self.configMapRef = configMapRef
      self.secretRef = secretRef
    }

    private static let fields = FieldTable([
      "prefix", "configMapRef", "secretRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.prefix = try reader.readString()
        case 1: self.configMapRef = try ConfigMapEnvSource(from: &reader)
        case 2: self.secretRef = try SecretEnvSource(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !prefix.isEmpty {
        writer.key("prefix")
        writer.write(prefix)
      }
      if let configMapRef {
        writer.key("configMapRef")
        configMapRef.write(to: &writer)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `EnvVar` of `core/v1`.
  package struct EnvVar: JSONCodable {
    package var name: String
    package var value: String
    @BoxedOptional package var valueFrom: EnvVarSource?

    package init() {
      self.name = ""
      self.value = ""
    }

    package init(
      name: String = "",
      value: String = "",
      valueFrom: EnvVarSource? = nil
    ) {
      self.name = name
      self.value = value
      self.valueFrom = valueFrom
    }

    private static let fields = FieldTable([
      "name", "value", "valueFrom",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.value = try reader.readString()
        case 2: self.valueFrom = try EnvVarSource(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if !value.isEmpty {
        writer.key("value")
        writer.write(value)
      }
      if let valueFrom {
        writer.key("valueFrom")
        valueFrom.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
