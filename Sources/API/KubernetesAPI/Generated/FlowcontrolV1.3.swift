// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension FlowcontrolV1 {
  /// `PriorityLevelConfigurationCondition` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfigurationCondition: JSONCodable {
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

  /// `PriorityLevelConfigurationList` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfigurationList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "flowcontrol.apiserver.k8s.io/v1"
    package static let kind = "PriorityLevelConfigurationList"
    package var metadata: MetaV1.ListMeta
    package var items: [PriorityLevelConfiguration]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

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

  /// `PriorityLevelConfigurationReference` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfigurationReference: JSONCodable {
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

  /// `PriorityLevelConfigurationSpec` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct PriorityLevelConfigurationSpec: JSONCodable {
    package var type: String
    @BoxedOptional package var limited: LimitedPriorityLevelConfiguration?
    package var exempt: ExemptPriorityLevelConfiguration?

    package init() {
      self.type = ""
      self.exempt = nil
    }

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
      self.init()
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
    package var conditions: [PriorityLevelConfigurationCondition]

    package init() {
      self.conditions = []
    }

    package init(
      conditions: [PriorityLevelConfigurationCondition] = []
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

  /// `QueuingConfiguration` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct QueuingConfiguration: JSONCodable {
    package var queues: Int32
    package var handSize: Int32
    package var queueLengthLimit: Int32

    package init() {
      self.queues = 0
      self.handSize = 0
      self.queueLengthLimit = 0
    }

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
      self.init()
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
}
