// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension FlowcontrolV1 {
  /// `PriorityLevelConfigurationList` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfigurationList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "flowcontrol.apiserver.k8s.io/v1"
    package static let kind = "PriorityLevelConfigurationList"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [PriorityLevelConfiguration] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [PriorityLevelConfiguration] = []
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

  /// `PriorityLevelConfigurationReference` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfigurationReference: JSONCodable {
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
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }

  /// `PriorityLevelConfigurationSpec` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfigurationSpec: JSONCodable {
    package var type: String = ""
    @BoxedOptional package var limited: LimitedPriorityLevelConfiguration?
    package var exempt: ExemptPriorityLevelConfiguration?

    package init() {}
    package init(
      type: String = "",
      limited: LimitedPriorityLevelConfiguration? = nil,
      exempt: ExemptPriorityLevelConfiguration? = nil
    ) {
      self.type = type
      self.limited = limited
      self.exempt = exempt
    }

    private static let fields = FieldTable([
      "type", "limited", "exempt",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.limited = try LimitedPriorityLevelConfiguration(from: &reader)
        case 2: self.exempt = try ExemptPriorityLevelConfiguration(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if let limited {
        writer.key("limited")
        limited.write(to: &writer)
      }
      if let exempt {
        writer.key("exempt")
        exempt.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `PriorityLevelConfigurationStatus` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfigurationStatus: JSONCodable {
    package var conditions: [PriorityLevelConfigurationCondition] = []

    package init() {}
    package init(
      conditions: [PriorityLevelConfigurationCondition] = []
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

  /// `QueuingConfiguration` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct QueuingConfiguration: JSONCodable {
    package var queues: Int32 = 0
    package var handSize: Int32 = 0
    package var queueLengthLimit: Int32 = 0

    package init() {}
    package init(
      queues: Int32 = 0,
      handSize: Int32 = 0,
      queueLengthLimit: Int32 = 0
    ) {
      self.queues = queues
      self.handSize = handSize
      self.queueLengthLimit = queueLengthLimit
    }

    private static let fields = FieldTable([
      "queues", "handSize", "queueLengthLimit",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.queues = try reader.readInt32()
        case 1: self.handSize = try reader.readInt32()
        case 2: self.queueLengthLimit = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("queues")
      writer.write(queues)
      writer.key("handSize")
      writer.write(handSize)
      writer.key("queueLengthLimit")
      writer.write(queueLengthLimit)
      writer.endObject()
    }
  }

  /// `ResourcePolicyRule` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct ResourcePolicyRule: JSONCodable {
    package var verbs: [String] = []
    package var apiGroups: [String] = []
    package var resources: [String] = []
    package var clusterScope: Bool = false
    package var namespaces: [String] = []

    package init() {}
    package init(
      verbs: [String] = [],
      apiGroups: [String] = [],
      resources: [String] = [],
      clusterScope: Bool = false,
      namespaces: [String] = []
    ) {
      self.verbs = verbs
      self.apiGroups = apiGroups
      self.resources = resources
      self.clusterScope = clusterScope
      self.namespaces = namespaces
    }

    private static let fields = FieldTable([
      "verbs", "apiGroups", "resources", "clusterScope", "namespaces",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.verbs = try reader.readArray()
        case 1: self.apiGroups = try reader.readArray()
        case 2: self.resources = try reader.readArray()
        case 3: self.clusterScope = try reader.readBool()
        case 4: self.namespaces = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("verbs")
      writer.write(array: verbs)
      writer.key("apiGroups")
      writer.write(array: apiGroups)
      writer.key("resources")
      writer.write(array: resources)
      if clusterScope {
        writer.key("clusterScope")
        writer.write(clusterScope)
      }
      writer.key("namespaces")
      writer.write(array: namespaces)
      writer.endObject()
    }
  }

  /// `ServiceAccountSubject` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct ServiceAccountSubject: JSONCodable {
    package var namespace: String = ""
    package var name: String = ""

    package init() {}
    package init(
      namespace: String = "",
      name: String = ""
    ) {
      self.namespace = namespace
      self.name = name
    }

    private static let fields = FieldTable([
      "namespace", "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        case 1: self.name = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("namespace")
      writer.write(namespace)
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }
}
