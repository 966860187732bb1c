// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ResourceClaim` of `core/v1`.
  package struct ResourceClaim: JSONCodable {
    package var name: String = ""
    package var request: String = ""

    package init() {}
    package init(
      name: String = "",
      request: String = ""
    ) {
      self.name = name
      self.request = request
    }

    private static let fields = FieldTable([
      "name", "request",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.request = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if !request.isEmpty {
        writer.key("request")
        writer.write(request)
      }
      writer.endObject()
    }
  }

  /// `ResourceFieldSelector` of `core/v1`.
  package struct ResourceFieldSelector: JSONCodable {
    package var containerName: String = ""
    package var resource: String = ""
    package var divisor: Quantity = Quantity()

    package init() {}
    package init(
      containerName: String = "",
      resource: String = "",
      divisor: Quantity = Quantity()
    ) {
      self.containerName = containerName
      self.resource = resource
      self.divisor = divisor
    }

    private static let fields = FieldTable([
      "containerName", "resource", "divisor",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.containerName = try reader.readString()
        case 1: self.resource = try reader.readString()
        case 2: self.divisor = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !containerName.isEmpty {
        writer.key("containerName")
        writer.write(containerName)
      }
      writer.key("resource")
      writer.write(resource)
      writer.key("divisor")
      divisor.write(to: &writer)
      writer.endObject()
    }
  }

  /// `ResourceHealth` of `core/v1`.
  package struct ResourceHealth: JSONCodable {
    package var resourceID: String = ""
    package var health: String = ""

    package init() {}
    package init(
      resourceID: String = "",
      health: String = ""
    ) {
      self.resourceID = resourceID
      self.health = health
    }

    private static let fields = FieldTable([
      "resourceID", "health",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.resourceID = try reader.readString()
        case 1: self.health = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("resourceID")
      writer.write(resourceID)
      if !health.isEmpty {
        writer.key("health")
        writer.write(health)
      }
      writer.endObject()
    }
  }

  /// `ResourceQuota` of `core/v1`.
  package struct ResourceQuota: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ResourceQuota"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "resourcequotas",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: ResourceQuotaSpec = ResourceQuotaSpec()
    package var status: ResourceQuotaStatus = ResourceQuotaStatus()

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ResourceQuotaSpec = ResourceQuotaSpec(),
      status: ResourceQuotaStatus = ResourceQuotaStatus()
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
        case 1: self.spec = try ResourceQuotaSpec(from: &reader)
        case 2: self.status = try ResourceQuotaStatus(from: &reader)
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

  /// `ResourceQuotaList` of `core/v1`.
  package struct ResourceQuotaList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ResourceQuotaList"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [ResourceQuota] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ResourceQuota] = []
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

  /// `ResourceQuotaSpec` of `core/v1`.
  package struct ResourceQuotaSpec: JSONCodable {
    package var hard: [String: Quantity] = [:]
    package var scopes: [String] = []
    package var scopeSelector: ScopeSelector?

    package init() {}
    package init(
      hard: [String: Quantity] = [:],
      scopes: [String] = [],
      scopeSelector: ScopeSelector? = nil
    ) {
      self.hard = hard
      self.scopes = scopes
      self.scopeSelector = scopeSelector
    }

    private static let fields = FieldTable([
      "hard", "scopes", "scopeSelector",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.hard = try reader.readMap()
        case 1: self.scopes = try reader.readArray()
        case 2: self.scopeSelector = try ScopeSelector(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !hard.isEmpty {
        writer.key("hard")
        writer.write(map: hard)
      }
      if !scopes.isEmpty {
        writer.key("scopes")
        writer.write(array: scopes)
      }
      if let scopeSelector {
        writer.key("scopeSelector")
        scopeSelector.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ResourceQuotaStatus` of `core/v1`.
  package struct ResourceQuotaStatus: JSONCodable {
    package var hard: [String: Quantity] = [:]
    package var used: [String: Quantity] = [:]

    package init() {}
    package init(
      hard: [String: Quantity] = [:],
      used: [String: Quantity] = [:]
    ) {
      self.hard = hard
      self.used = used
    }

    private static let fields = FieldTable([
      "hard", "used",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.hard = try reader.readMap()
        case 1: self.used = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !hard.isEmpty {
        writer.key("hard")
        writer.write(map: hard)
      }
      if !used.isEmpty {
        writer.key("used")
        writer.write(map: used)
      }
      writer.endObject()
    }
  }
}
