// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AutoscalingV1 {
  /// `HorizontalPodAutoscalerCondition` of `autoscaling/v1`.
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

  /// `HorizontalPodAutoscalerList` of `autoscaling/v1`.
  package struct HorizontalPodAutoscalerList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "autoscaling/v1"
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

  /// `HorizontalPodAutoscalerSpec` of `autoscaling/v1`.
  package struct HorizontalPodAutoscalerSpec: JSONCodable {
    package var scaleTargetRef: CrossVersionObjectReference
    package var minReplicas: Int32?
    package var maxReplicas: Int32
    package var targetCPUUtilizationPercentage: Int32?

    package init() {
      self.scaleTargetRef = CrossVersionObjectReference()
      self.minReplicas = nil
      self.maxReplicas = 0
      self.targetCPUUtilizationPercentage = nil
    }

    package init(
      scaleTargetRef: CrossVersionObjectReference = CrossVersionObjectReference(),
      minReplicas: Int32? = nil,
      maxReplicas: Int32 = 0,
      targetCPUUtilizationPercentage: Int32? = nil
    ) {
      self.scaleTargetRef = scaleTargetRef
      self.minReplicas = minReplicas
      self.maxReplicas = maxReplicas
      self.targetCPUUtilizationPercentage = targetCPUUtilizationPercentage
    }

    private static let fields = FieldTable([
      "scaleTargetRef", "minReplicas", "maxReplicas", "targetCPUUtilizationPercentage",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.scaleTargetRef = try CrossVersionObjectReference(from: &reader)
        case 1: self.minReplicas = try reader.readInt32()
        case 2: self.maxReplicas = try reader.readInt32()
        case 3: self.targetCPUUtilizationPercentage = try reader.readInt32()
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
      if let targetCPUUtilizationPercentage {
        writer.key("targetCPUUtilizationPercentage")
        writer.write(targetCPUUtilizationPercentage)
      }
      writer.endObject()
    }
  }

  /// `HorizontalPodAutoscalerStatus` of `autoscaling/v1`.
  package struct HorizontalPodAutoscalerStatus: JSONCodable {
    package var observedGeneration: Int64?
    package var lastScaleTime: Time?
    package var currentReplicas: Int32
    package var desiredReplicas: Int32
    package var currentCPUUtilizationPercentage: Int32?

    package init() {
      self.observedGeneration = nil
      self.lastScaleTime = nil
      self.currentReplicas = 0
      self.desiredReplicas = 0
      self.currentCPUUtilizationPercentage = nil
    }

    package init(
      observedGeneration: Int64? = nil,
      lastScaleTime: Time? = nil,
      currentReplicas: Int32 = 0,
      desiredReplicas: Int32 = 0,
      currentCPUUtilizationPercentage: Int32? = nil
    ) {
      self.observedGeneration = observedGeneration
      self.lastScaleTime = lastScaleTime
      self.currentReplicas = currentReplicas
      self.desiredReplicas = desiredReplicas
      self.currentCPUUtilizationPercentage = currentCPUUtilizationPercentage
    }

    private static let fields = FieldTable([
      "observedGeneration", "lastScaleTime", "currentReplicas", "desiredReplicas",
      "currentCPUUtilizationPercentage",
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
        case 4: self.currentCPUUtilizationPercentage = try reader.readInt32()
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
      writer.key("currentReplicas")
      writer.write(currentReplicas)
      writer.key("desiredReplicas")
      writer.write(desiredReplicas)
      if let currentCPUUtilizationPercentage {
        writer.key("currentCPUUtilizationPercentage")
        writer.write(currentCPUUtilizationPercentage)
      }
      writer.endObject()
    }
  }

  /// `MetricSpec` of `autoscaling/v1`.
  package struct MetricSpec: JSONCodable {
    package var type: String
    @BoxedOptional package var object: ObjectMetricSource?
    @BoxedOptional package var pods: PodsMetricSource?
    @BoxedOptional package var resource: ResourceMetricSource?
    @BoxedOptional package var containerResource: ContainerResourceMetricSource?
    @BoxedOptional package var external: ExternalMetricSource?

    package init() {
      self.type = ""
    }

    package init(
      type: String = "",
      object: ObjectMetricSource? = nil,
      pods: PodsMetricSource? = nil,
      resource: ResourceMetricSource? = nil,
      containerResource: ContainerResourceMetricSource? = nil,
      external: ExternalMetricSource? = nil
    ) {
      self.type = type
      self.object = object
      self.pods = pods
      self.resource = resource
      self.containerResource = containerResource
      self.external = external
    }

    private static let fields = FieldTable([
      "type", "object", "pods", "resource", "containerResource", "external",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.object = try ObjectMetricSource(from: &reader)
        case 2: self.pods = try PodsMetricSource(from: &reader)
        case 3: self.resource = try ResourceMetricSource(from: &reader)
        case 4: self.containerResource = try ContainerResourceMetricSource(from: &reader)
        case 5: self.external = try ExternalMetricSource(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if let object {
        writer.key("object")
        object.write(to: &writer)
      }
      if let pods {
        writer.key("pods")
        pods.write(to: &writer)
      }
      if let resource {
        writer.key("resource")
        resource.write(to: &writer)
      }
      if let containerResource {
        writer.key("containerResource")
        containerResource.write(to: &writer)
      }
      if let external {
        writer.key("external")
        external.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
