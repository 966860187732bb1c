// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension FlowcontrolV1 {
  /// `FlowSchemaStatus` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct FlowSchemaStatus: JSONCodable {
    package var conditions: [FlowSchemaCondition]

    package init() {
      self.conditions = []
    }

    package init(
      conditions: [FlowSchemaCondition] = []
    ) {
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
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

  /// `GroupSubject` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct GroupSubject: JSONCodable {
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
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }

  /// `LimitResponse` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct LimitResponse: JSONCodable {
    package var type: String
    package var queuing: QueuingConfiguration?

    package init() {
      self.type = ""
      self.queuing = nil
    }

    package init(
      type: String = "",
      queuing: QueuingConfiguration? = nil
    ) {
      self.type = type
      self.queuing = queuing
    }

    private static let fields = FieldTable([
      "type", "queuing",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.queuing = try QueuingConfiguration(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if let queuing {
        writer.key("queuing")
        queuing.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `LimitedPriorityLevelConfiguration` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct LimitedPriorityLevelConfiguration: JSONCodable {
    package var nominalConcurrencyShares: Int32?
    package var limitResponse: LimitResponse
    package var lendablePercent: Int32?
    package var borrowingLimitPercent: Int32?

    package init() {
      self.nominalConcurrencyShares = nil
      self.limitResponse = LimitResponse()
      self.lendablePercent = nil
      self.borrowingLimitPercent = nil
    }

    package init(
      nominalConcurrencyShares: Int32? = nil,
      limitResponse: LimitResponse = LimitResponse(),
      lendablePercent: Int32? = nil,
      borrowingLimitPercent: Int32? = nil
    ) {
      self.nominalConcurrencyShares = nominalConcurrencyShares
      self.limitResponse = limitResponse
      self.lendablePercent = lendablePercent
      self.borrowingLimitPercent = borrowingLimitPercent
    }

    private static let fields = FieldTable([
      "nominalConcurrencyShares", "limitResponse", "lendablePercent", "borrowingLimitPercent",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.nominalConcurrencyShares = try reader.readInt32()
        case 1: self.limitResponse = try LimitResponse(from: &reader)
        case 2: self.lendablePercent = try reader.readInt32()
        case 3: self.borrowingLimitPercent = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let nominalConcurrencyShares {
        writer.key("nominalConcurrencyShares")
        writer.write(nominalConcurrencyShares)
      }
      writer.key("limitResponse")
      limitResponse.write(to: &writer)
      if let lendablePercent {
        writer.key("lendablePercent")
        writer.write(lendablePercent)
      }
      if let borrowingLimitPercent {
        writer.key("borrowingLimitPercent")
        writer.write(borrowingLimitPercent)
      }
      writer.endObject()
    }
  }

  /// `NonResourcePolicyRule` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct NonResourcePolicyRule: JSONCodable {
    package var verbs: [String]
    package var nonResourceURLs: [String]

    package init() {
      self.verbs = []
      self.nonResourceURLs = []
    }

    package init(
      verbs: [String] = [],
      nonResourceURLs: [String] = []
    ) {
      self.verbs = verbs
      self.nonResourceURLs = nonResourceURLs
    }

    private static let fields = FieldTable([
      "verbs", "nonResourceURLs",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.verbs = try reader.readArray()
        case 1: self.nonResourceURLs = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("verbs")
      writer.write(array: verbs)
      writer.key("nonResourceURLs")
      writer.write(array: nonResourceURLs)
      writer.endObject()
    }
  }

  /// `PolicyRulesWithSubjects` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PolicyRulesWithSubjects: JSONCodable {
    package var subjects: [Subject]
    package var resourceRules: [ResourcePolicyRule]
    package var nonResourceRules: [NonResourcePolicyRule]

    package init() {
      self.subjects = []
      self.resourceRules = []
      self.nonResourceRules = []
    }

    package init(
      subjects: [Subject] = [],
      resourceRules: [ResourcePolicyRule] = [],
      nonResourceRules: [NonResourcePolicyRule] = []
    ) {
      self.subjects = subjects
      self.resourceRules = resourceRules
      self.nonResourceRules = nonResourceRules
    }

    private static let fields = FieldTable([
      "subjects", "resourceRules", "nonResourceRules",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.subjects = try reader.readArray()
        case 1: self.resourceRules = try reader.readArray()
        case 2: self.nonResourceRules = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("subjects")
      writer.write(array: subjects)
      if !resourceRules.isEmpty {
        writer.key("resourceRules")
        writer.write(array: resourceRules)
      }
      if !nonResourceRules.isEmpty {
        writer.key("nonResourceRules")
        writer.write(array: nonResourceRules)
      }
      writer.endObject()
    }
  }

  /// `PriorityLevelConfiguration` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfiguration: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "flowcontrol.apiserver.k8s.io/v1"
    package static let kind = "PriorityLevelConfiguration"
    package static let resource = ResourceDescription(
      group: "flowcontrol.apiserver.k8s.io", version: "v1", kind: kind, plural: "prioritylevelconfigurations",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: PriorityLevelConfigurationSpec
    package var status: PriorityLevelConfigurationStatus

    package init() {
      self.spec = PriorityLevelConfigurationSpec()
      self.status = PriorityLevelConfigurationStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: PriorityLevelConfigurationSpec = PriorityLevelConfigurationSpec(),
      status: PriorityLevelConfigurationStatus = PriorityLevelConfigurationStatus()
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
        case 1: self.spec = try PriorityLevelConfigurationSpec(from: &reader)
        case 2: self.status = try PriorityLevelConfigurationStatus(from: &reader)
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
