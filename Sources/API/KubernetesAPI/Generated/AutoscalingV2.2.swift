// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AutoscalingV2 {
  /// `HorizontalPodAutoscaler` of `autoscaling/v2`.
  package struct HorizontalPodAutoscaler: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "autoscaling/v2"
    package static let kind = "HorizontalPodAutoscaler"
    package static let resource = ResourceDescription(
      group: "autoscaling", version: "v2", kind: kind, plural: "horizontalpodautoscalers",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: HorizontalPodAutoscalerSpec
    package var status: HorizontalPodAutoscalerStatus

    package init() {
      self.status = HorizontalPodAutoscalerStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: HorizontalPodAutoscalerSpec = HorizontalPodAutoscalerSpec(),
      status: HorizontalPodAutoscalerStatus = HorizontalPodAutoscalerStatus()
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
        case 1: self.spec = try HorizontalPodAutoscalerSpec(from: &reader)
        case 2: self.status = try HorizontalPodAutoscalerStatus(from: &reader)
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

  /// `HorizontalPodAutoscalerBehavior` of `autoscaling/v2`.
  package struct HorizontalPodAutoscalerBehavior: JSONCodable {
    @BoxedOptional package var scaleUp: HPAScalingRules?
    @BoxedOptional package var scaleDown: HPAScalingRules?

    package init() {}
    package init(
      scaleUp: HPAScalingRules? = nil,
      scaleDown: HPAScalingRules? = nil
    ) {
      self.scaleUp = scaleUp
      self.scaleDown = scaleDown
    }

    private static let fields = FieldTable([
      "scaleUp", "scaleDown",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.scaleUp = try HPAScalingRules(from: &reader)
        case 1: self.scaleDown = try HPAScalingRules(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let scaleUp {
        writer.key("scaleUp")
        scaleUp.write(to: &writer)
      }
      if let scaleDown {
        writer.key("scaleDown")
        scaleDown.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `HorizontalPodAutoscalerCondition` of `autoscaling/v2`.
  package struct HorizontalPodAutoscalerCondition: JSONCodable {
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

  /// `HorizontalPodAutoscalerList` of `autoscaling/v2`.
  package struct HorizontalPodAutoscalerList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "autoscaling/v2"
    package static let kind = "HorizontalPodAutoscalerList"
    package var metadata: MetaV1.ListMeta
    package var items: [HorizontalPodAutoscaler]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [HorizontalPodAutoscaler] = []
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

  /// `HorizontalPodAutoscalerSpec` of `autoscaling/v2`.
  package struct HorizontalPodAutoscalerSpec: JSONCodable {
    package var scaleTargetRef: CrossVersionObjectReference
    package var minReplicas: Int32?
    package var maxReplicas: Int32
    package var metrics: [MetricSpec]
    package var behavior: HorizontalPodAutoscalerBehavior?

    package init() {
      self.scaleTargetRef = CrossVersionObjectReference()
      self.minReplicas = nil
      self.maxReplicas = 0
      self.metrics = []
      self.behavior = nil
    }

    package init(
      scaleTargetRef: CrossVersionObjectReference = CrossVersionObjectReference(),
      minReplicas: Int32? = nil,
      maxReplicas: Int32 = 0,
      metrics: [MetricSpec] = [],
      behavior: HorizontalPodAutoscalerBehavior? = nil
    ) {
      self.scaleTargetRef = scaleTargetRef
      self.minReplicas = minReplicas
      self.maxReplicas = maxReplicas
      self.metrics = metrics
      self.behavior = behavior
    }

    private static let fields = FieldTable([
      "scaleTargetRef", "minReplicas", "maxReplicas", "metrics", "behavior",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.scaleTargetRef = try CrossVersionObjectReference(from: &reader)
        case 1: self.minReplicas = try reader.readInt32()
        case 2: self.maxReplicas = try reader.readInt32()
        case 3: self.metrics = try reader.readArray()
        case 4: self.behavior = try HorizontalPodAutoscalerBehavior(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("scaleTargetRef")
      scaleTargetRef.write(to: &writer)
      if let minReplicas {
        writer.key("minReplicas")
        writer.write(minReplicas)
      }
      writer.key("maxReplicas")
      writer.write(maxReplicas)
      if !metrics.isEmpty {
        writer.key("metrics")
        writer.write(array: metrics)
      }
      if let behavior {
        writer.key("behavior")
        behavior.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `HorizontalPodAutoscalerStatus` of `autoscaling/v2`.
  package struct HorizontalPodAutoscalerStatus: JSONCodable {
    package var observedGeneration: Int64?
    package var lastScaleTime: Time?
    package var currentReplicas: Int32
    package var desiredReplicas: Int32
    package var currentMetrics: [MetricStatus]
    package var conditions: [HorizontalPodAutoscalerCondition]

    package init() {
      self.observedGeneration = nil
      self.lastScaleTime = nil
      self.currentReplicas = 0
      self.desiredReplicas = 0
      self.currentMetrics = []
      self.conditions = []
    }

    package init(
      observedGeneration: Int64? = nil,
      lastScaleTime: Time? = nil,
      currentReplicas: Int32 = 0,
      desiredReplicas: Int32 = 0,
      currentMetrics: [MetricStatus] = [],
      conditions: [HorizontalPodAutoscalerCondition] = []
    ) {
      self.observedGeneration = observedGeneration
      self.lastScaleTime = lastScaleTime
      self.currentReplicas = currentReplicas
      self.desiredReplicas = desiredReplicas
      self.currentMetrics = currentMetrics
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "observedGeneration", "lastScaleTime", "currentReplicas", "desiredReplicas", "currentMetrics",
      "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.observedGeneration = try reader.readInt64()
        case 1: self.lastScaleTime = try Time(from: &reader)
        case 2: self.currentReplicas = try reader.readInt32()
        case 3: self.desiredReplicas = try reader.readInt32()
        case 4: self.currentMetrics = try reader.readArray()
        case 5: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let observedGeneration {
        writer.key("observedGeneration")
        writer.write(observedGeneration)
      }
      if let lastScaleTime {
        writer.key("lastScaleTime")
        lastScaleTime.write(to: &writer)
      }
      if currentReplicas != 0 {
        writer.key("currentReplicas")
        writer.write(currentReplicas)
      }
      writer.key("desiredReplicas")
      writer.write(desiredReplicas)
      writer.key("currentMetrics")
      writer.write(array: currentMetrics)
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }
}
