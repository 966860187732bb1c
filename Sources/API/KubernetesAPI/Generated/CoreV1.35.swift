// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ReplicationControllerStatus` of `core/v1`.
  package struct ReplicationControllerStatus: JSONCodable {
    package var replicas: Int32
    package var fullyLabeledReplicas: Int32
    package var readyReplicas: Int32
    package var availableReplicas: Int32
    package var observedGeneration: Int64
    package var conditions: [ReplicationControllerCondition]

    package init() {
      self.replicas = 0
      self.fullyLabeledReplicas = 0
      self.readyReplicas = 0
      self.availableReplicas = 0
      self.observedGeneration = 0
      self.conditions = []
    }

    package init(
      replicas: Int32 = 0,
      fullyLabeledReplicas: Int32 = 0,
      readyReplicas: Int32 = 0,
      availableReplicas: Int32 = 0,
      observedGeneration: Int64 = 0,
      conditions: [ReplicationControllerCondition] = []
    ) {
      self.replicas = replicas
      self.fullyLabeledReplicas = fullyLabeledReplicas
      self.readyReplicas = readyReplicas
      self.availableReplicas = availableReplicas
      self.observedGeneration = observedGeneration
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "observedGeneration",
      "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.replicas = try reader.readInt32()
        case 1: self.fullyLabeledReplicas = try reader.readInt32()
        case 2: self.readyReplicas = try reader.readInt32()
        case 3: self.availableReplicas = try reader.readInt32()
        case 4: self.observedGeneration = try reader.readInt64()
        case 5: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("replicas")
      writer.write(replicas)
      if fullyLabeledReplicas != 0 {
        writer.key("fullyLabeledReplicas")
        writer.write(fullyLabeledReplicas)
      }
      if readyReplicas != 0 {
        writer.key("readyReplicas")
        writer.write(readyReplicas)
      }
      if availableReplicas != 0 {
        writer.key("availableReplicas")
        writer.write(availableReplicas)
      }
      if observedGeneration != 0 {
        writer.key("observedGeneration")
        writer.write(observedGeneration)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }

  /// `ResourceClaim` of `core/v1`.
  package struct ResourceClaim: JSONCodable {
    package var name: String
    package var request: String

    package init() {
      self.name = ""
      self.request = ""
    }

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
      self.init()
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
    package var containerName: String
    package var resource: String
    package var divisor: Quantity

    package init() {
      self.containerName = ""
      self.resource = ""
      self.divisor = Quantity()
    }

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
      self.init()
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
    package var resourceID: String
    package var health: String

    package init() {
      self.resourceID = ""
      self.health = ""
    }

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
      self.init()
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
    package var spec: ResourceQuotaSpec
    package var status: ResourceQuotaStatus

    package init() {
      self.spec = ResourceQuotaSpec()
      self.status = ResourceQuotaStatus()
    }

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
      self.init()
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
    package var metadata: MetaV1.ListMeta
    package var items: [ResourceQuota]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

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
