// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension NetworkingV1 {
  /// `NetworkPolicyPort` of `networking.k8s.io/v1`.
  package struct NetworkPolicyPort: JSONCodable {
    package var `protocol`: String?
    package var port: IntOrString?
    package var endPort: Int32?

    package init() {
      self.`protocol` = nil
      self.port = nil
      self.endPort = nil
    }

    package init(
      `protocol`: String? = nil,
      port: IntOrString? = nil,
      endPort: Int32? = nil
    ) {
      self.`protocol` = `protocol`
      self.port = port
      self.endPort = endPort
    }

    private static let fields = FieldTable([
      "protocol", "port", "endPort",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.`protocol` = try reader.readString()
        case 1: self.port = try IntOrString(from: &reader)
        case 2: self.endPort = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let `protocol` {
        writer.key("protocol")
        writer.write(`protocol`)
      }
      if let port {
        writer.key("port")
        port.write(to: &writer)
      }
      if let endPort {
        writer.key("endPort")
        writer.write(endPort)
      }
      writer.endObject()
    }
  }

  /// `NetworkPolicySpec` of `networking.k8s.io/v1`.
  package struct NetworkPolicySpec: JSONCodable {
    package var podSelector: MetaV1.LabelSelector
    package var ingress: [NetworkPolicyIngressRule]
    package var egress: [NetworkPolicyEgressRule]
    package var policyTypes: [String]

    package init() {
      self.podSelector = MetaV1.LabelSelector()
      self.ingress = []
      self.egress = []
      self.policyTypes = []
    }

    package init(
      podSelector: MetaV1.LabelSelector = MetaV1.LabelSelector(),
      ingress: [NetworkPolicyIngressRule] = [],
      egress: [NetworkPolicyEgressRule] = [],
      policyTypes: [String] = []
    ) {
      self.podSelector = podSelector
      self.ingress = ingress
      self.egress = egress
      self.policyTypes = policyTypes
    }

    private static let fields = FieldTable([
      "podSelector", "ingress", "egress", "policyTypes",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.podSelector = try MetaV1.LabelSelector(from: &reader)
        case 1: self.ingress = try reader.readArray()
        case 2: self.egress = try reader.readArray()
        case 3: self.policyTypes = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("podSelector")
      podSelector.write(to: &writer)
      if !ingress.isEmpty {
        writer.key("ingress")
        writer.write(array: ingress)
      }
      if !egress.isEmpty {
        writer.key("egress")
        writer.write(array: egress)
      }
      if !policyTypes.isEmpty {
        writer.key("policyTypes")
        writer.write(array: policyTypes)
      }
      writer.endObject()
    }
  }

  /// `ParentReference` of `networking.k8s.io/v1`.
  package struct ParentReference: JSONCodable {
    package var group: String
    package var resource: String
    package var namespace: String
    package var name: String

    package init() {
      self.group = ""
      self.resource = ""
      self.namespace = ""
      self.name = ""
    }

    package init(
      group: String = "",
      resource: String = "",
      namespace: String = "",
      name: String = ""
    ) {
      self.group = group
      self.resource = resource
      self.namespace = namespace
      self.name = name
    }

    private static let fields = FieldTable([
      "group", "resource", "namespace", "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.group = try reader.readString()
        case 1: self.resource = try reader.readString()
        case 2: self.namespace = try reader.readString()
        case 3: self.name = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !group.isEmpty {
        writer.key("group")
        writer.write(group)
      }
      if !resource.isEmpty {
        writer.key("resource")
        writer.write(resource)
      }
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      writer.endObject()
    }
  }

  /// `ServiceBackendPort` of `networking.k8s.io/v1`.
  package struct ServiceBackendPort: JSONCodable {
    package var name: String
    package var number: Int32

    package init() {
      self.name = ""
      self.number = 0
    }

    package init(
      name: String = "",
      number: Int32 = 0
    ) {
      self.name = name
      self.number = number
    }

    private static let fields = FieldTable([
      "name", "number",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.number = try reader.readInt32()
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
      if number != 0 {
        writer.key("number")
        writer.write(number)
      }
      writer.endObject()
    }
  }

  /// `ServiceCIDR` of `networking.k8s.io/v1`.
  package struct ServiceCIDR: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "ServiceCIDR"
    package static let resource = ResourceDescription(
      group: "networking.k8s.io", version: "v1", kind: kind, plural: "servicecidrs",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: ServiceCIDRSpec
    package var status: ServiceCIDRStatus

    package init() {
      self.spec = ServiceCIDRSpec()
      self.status = ServiceCIDRStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ServiceCIDRSpec = ServiceCIDRSpec(),
      status: ServiceCIDRStatus = ServiceCIDRStatus()
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
        case 1: self.spec = try ServiceCIDRSpec(from: &reader)
        case 2: self.status = try ServiceCIDRStatus(from: &reader)
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

  /// `ServiceCIDRList` of `networking.k8s.io/v1`.
  package struct ServiceCIDRList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "ServiceCIDRList"
    package var metadata: MetaV1.ListMeta
    package var items: [ServiceCIDR]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ServiceCIDR] = []
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
}
