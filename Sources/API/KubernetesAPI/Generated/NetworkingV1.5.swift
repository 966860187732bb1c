// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension NetworkingV1 {
  /// `ParentReference` of `networking.k8s.io/v1`.
  package struct ParentReference: JSONCodable {
    package var group: String = ""
    package var resource: String = ""
    package var namespace: String = ""
    package var name: String = ""

    package init() {}
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
    package var name: String = ""
    package var number: Int32 = 0

    package init() {}
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
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: ServiceCIDRSpec = ServiceCIDRSpec()
    package var status: ServiceCIDRStatus = ServiceCIDRStatus()

    package init() {}
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
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [ServiceCIDR] = []

    package init() {}
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

  /// `ServiceCIDRSpec` of `networking.k8s.io/v1`.
  package struct ServiceCIDRSpec: JSONCodable {
    package var cidrs: [String] = []

    package init() {}
    package init(
      cidrs: [String] = []
    ) {
      self.cidrs = cidrs
    }

    private static let fields = FieldTable([
      "cidrs",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.cidrs = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !cidrs.isEmpty {
        writer.key("cidrs")
        writer.write(array: cidrs)
      }
      writer.endObject()
    }
  }

  /// `ServiceCIDRStatus` of `networking.k8s.io/v1`.
  package struct ServiceCIDRStatus: JSONCodable {
    package var conditions: [MetaV1.Condition] = []

    package init() {}
    package init(
      conditions: [MetaV1.Condition] = []
    ) {
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }
}
