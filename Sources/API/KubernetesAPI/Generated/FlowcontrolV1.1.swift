// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `flowcontrol.apiserver.k8s.io/v1`.
package enum FlowcontrolV1 {}

extension FlowcontrolV1 {
  /// `ExemptPriorityLevelConfiguration` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct ExemptPriorityLevelConfiguration: JSONCodable {
    package var nominalConcurrencyShares: Int32?
    package var lendablePercent: Int32?

    package init() {
      self.nominalConcurrencyShares = nil
      self.lendablePercent = nil
    }

    package init(
      nominalConcurrencyShares: Int32? = nil,
      lendablePercent: Int32? = nil
    ) {
      self.nominalConcurrencyShares = nominalConcurrencyShares
      self.lendablePercent = lendablePercent
    }

    private static let fields = FieldTable([
      "nominalConcurrencyShares", "lendablePercent",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.nominalConcurrencyShares = try reader.readInt32()
        case 1: self.lendablePercent = try reader.readInt32()
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
      if let lendablePercent {
        writer.key("lendablePercent")
        writer.write(lendablePercent)
      }
      writer.endObject()
    }
  }

  /// `FlowDistinguisherMethod` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct FlowDistinguisherMethod: JSONCodable {
    package var type: String

    package init() {
      self.type = ""
    }

    package init(
      type: String = ""
    ) {
      self.type = type
    }

    private static let fields = FieldTable([
      "type",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.endObject()
    }
  }

  /// `FlowSchema` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct FlowSchema: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "flowcontrol.apiserver.k8s.io/v1"
    package static let kind = "FlowSchema"
    package static let resource = ResourceDescription(
      group: "flowcontrol.apiserver.k8s.io", version: "v1", kind: kind, plural: "flowschemas",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: FlowSchemaSpec
    package var status: FlowSchemaStatus

    package init() {
      self.spec = FlowSchemaSpec()
      self.status = FlowSchemaStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: FlowSchemaSpec = FlowSchemaSpec(),
      status: FlowSchemaStatus = FlowSchemaStatus()
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
        case 1: self.spec = try FlowSchemaSpec(from: &reader)
        case 2: self.status = try FlowSchemaStatus(from: &reader)
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

  /// `FlowSchemaCondition` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct FlowSchemaCondition: JSONCodable {
    package var type: String
    package var status: String
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.lastTransitionTime = try Time(from: &reader)
        case 3: self.reason = try reader.readString()
        case 4: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !type.isEmpty {
        writer.key("type")
        writer.write(type)
      }
      if !status.isEmpty {
        writer.key("status")
        writer.write(status)
      }
      if let lastTransitionTime {
        writer.key("lastTransitionTime")
        lastTransitionTime.write(to: &writer)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      writer.endObject()
    }
  }

  /// `FlowSchemaList` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct FlowSchemaList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "flowcontrol.apiserver.k8s.io/v1"
    package static let kind = "FlowSchemaList"
    package var metadata: MetaV1.ListMeta
    package var items: [FlowSchema]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [FlowSchema] = []
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

  /// `FlowSchemaSpec` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct FlowSchemaSpec: JSONCodable {
    package var priorityLevelConfiguration: PriorityLevelConfigurationReference
    package var matchingPrecedence: Int32
    package var distinguisherMethod: FlowDistinguisherMethod?
    package var rules: [PolicyRulesWithSubjects]

    package init() {
      self.priorityLevelConfiguration = PriorityLevelConfigurationReference()
      self.matchingPrecedence = 0
      self.distinguisherMethod = nil
      self.rules = []
    }

    package init(
      priorityLevelConfiguration: PriorityLevelConfigurationReference = PriorityLevelConfigurationReference(),
      matchingPrecedence: Int32 = 0,
      distinguisherMethod: FlowDistinguisherMethod? = nil,
      rules: [PolicyRulesWithSubjects] = []
    ) {
      self.priorityLevelConfiguration = priorityLevelConfiguration
      self.matchingPrecedence = matchingPrecedence
      self.distinguisherMethod = distinguisherMethod
      self.rules = rules
    }

    private static let fields = FieldTable([
      "priorityLevelConfiguration", "matchingPrecedence", "distinguisherMethod", "rules",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.priorityLevelConfiguration = try PriorityLevelConfigurationReference(from: &reader)
        case 1: self.matchingPrecedence = try reader.readInt32()
        case 2: self.distinguisherMethod = try FlowDistinguisherMethod(from: &reader)
        case 3: self.rules = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("priorityLevelConfiguration")
      priorityLevelConfiguration.write(to: &writer)
      writer.key("matchingPrecedence")
      writer.write(matchingPrecedence)
      if let distinguisherMethod {
        writer.key("distinguisherMethod")
        distinguisherMethod.write(to: &writer)
      }
      if !rules.isEmpty {
        writer.key("rules")
        writer.write(array: rules)
      }
      writer.endObject()
    }
  }
}
