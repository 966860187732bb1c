// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AppsV1 {
  /// `ReplicaSetCondition` of `apps/v1`.
  package struct ReplicaSetCondition: JSONCodable {
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
      writer.key("type")
      writer.write(type)
      writer.key("status")
      writer.write(status)
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

  /// `ReplicaSetList` of `apps/v1`.
  package struct ReplicaSetList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "ReplicaSetList"
    package var metadata: MetaV1.ListMeta
    package var items: [ReplicaSet]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ReplicaSet] = []
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

  /// `ReplicaSetSpec` of `apps/v1`.
  package struct ReplicaSetSpec: JSONCodable {
    package var replicas: Int32?
    package var minReadySeconds: Int32
    package var selector: MetaV1.LabelSelector?
    package var template: CoreV1.PodTemplateSpec

    package init() {
      self.replicas = nil
      self.minReadySeconds = 0
      self.selector = nil
      self.template = CoreV1.PodTemplateSpec()
    }

    package init(
      replicas: Int32? = nil,
      minReadySeconds: Int32 = 0,
      selector: MetaV1.LabelSelector? = nil,
      template: CoreV1.PodTemplateSpec = CoreV1.PodTemplateSpec()
    ) {
      self.replicas = replicas
      self.minReadySeconds = minReadySeconds
      self.selector = selector
      self.template = template
    }

    private static let fields = FieldTable([
      "replicas", "minReadySeconds", "selector", "template",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.replicas = try reader.readInt32()
        case 1: self.minReadySeconds = try reader.readInt32()
        case 2: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 3: self.template = try CoreV1.PodTemplateSpec(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let replicas {
        writer.key("replicas")
        writer.write(replicas)
      }
      if minReadySeconds != 0 {
        writer.key("minReadySeconds")
        writer.write(minReadySeconds)
      }
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      writer.key("template")
      template.write(to: &writer)
      writer.endObject()
    }
  }

  /// `ReplicaSetStatus` of `apps/v1`.
  package struct ReplicaSetStatus: JSONCodable {
    package var replicas: Int32
    package var fullyLabeledReplicas: Int32
    package var readyReplicas: Int32
    package var availableReplicas: Int32
    package var terminatingReplicas: Int32?
    package var observedGeneration: Int64
    package var conditions: [ReplicaSetCondition]

    package init() {
      self.replicas = 0
      self.fullyLabeledReplicas = 0
      self.readyReplicas = 0
      self.availableReplicas = 0
      self.terminatingReplicas = nil
      self.observedGeneration = 0
      self.conditions = []
    }

    package init(
      replicas: Int32 = 0,
      fullyLabeledReplicas: Int32 = 0,
      readyReplicas: Int32 = 0,
      availableReplicas: Int32 = 0,
      terminatingReplicas: Int32? = nil,
      observedGeneration: Int64 = 0,
      conditions: [ReplicaSetCondition] = []
    ) {
      self.replicas = replicas
      self.fullyLabeledReplicas = fullyLabeledReplicas
      self.readyReplicas = readyReplicas
      self.availableReplicas = availableReplicas
      self.terminatingReplicas = terminatingReplicas
      self.observedGeneration = observedGeneration
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas", "terminatingReplicas",
      "observedGeneration", "conditions",
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
        case 4: self.terminatingReplicas = try reader.readInt32()
        case 5: self.observedGeneration = try reader.readInt64()
        case 6: self.conditions = try reader.readArray()
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
      if let terminatingReplicas {
        writer.key("terminatingReplicas")
        writer.write(terminatingReplicas)
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

  /// `RollingUpdateDaemonSet` of `apps/v1`.
  package struct RollingUpdateDaemonSet: JSONCodable {
    package var maxUnavailable: IntOrString?
    package var maxSurge: IntOrString?

    package init() {
      self.maxUnavailable = nil
      self.maxSurge = nil
    }

    package init(
      maxUnavailable: IntOrString? = nil,
      maxSurge: IntOrString? = nil
    ) {
      self.maxUnavailable = maxUnavailable
      self.maxSurge = maxSurge
    }

    private static let fields = FieldTable([
      "maxUnavailable", "maxSurge",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.maxUnavailable = try IntOrString(from: &reader)
        case 1: self.maxSurge = try IntOrString(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let maxUnavailable {
        writer.key("maxUnavailable")
        maxUnavailable.write(to: &writer)
      }
      if let maxSurge {
        writer.key("maxSurge")
        maxSurge.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
