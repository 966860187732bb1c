// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AutoscalingV1 {
  /// `MetricStatus` of `autoscaling/v1`.
  package struct MetricStatus: JSONCodable {
    package var type: String
    @BoxedOptional package var object: ObjectMetricStatus?
    @BoxedOptional package var pods: PodsMetricStatus?
    @BoxedOptional package var resource: ResourceMetricStatus?
    @BoxedOptional package var containerResource: ContainerResourceMetricStatus?
    @BoxedOptional package var external: ExternalMetricStatus?

    package init() {
      self.type = ""
    }

    package init(
      type: String = "",
      object: ObjectMetricStatus? = nil,
      pods: PodsMetricStatus? = nil,
      resource: ResourceMetricStatus? = nil,
      containerResource: ContainerResourceMetricStatus? = nil,
      external: ExternalMetricStatus? = nil
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
        case 1: self.object = try ObjectMetricStatus(from: &reader)
        case 2: self.pods = try PodsMetricStatus(from: &reader)
        case 3: self.resource = try ResourceMetricStatus(from: &reader)
        case 4: self.containerResource = try ContainerResourceMetricStatus(from: &reader)
        case 5: self.external = try ExternalMetricStatus(from: &reader)
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

  /// `ObjectMetricSource` of `autoscaling/v1`.
  package struct ObjectMetricSource: JSONCodable {
    package var target: CrossVersionObjectReference
    package var metricName: String
    package var targetValue: Quantity
    package var selector: MetaV1.LabelSelector?
    package var averageValue: Quantity?

    package init() {
      self.target = CrossVersionObjectReference()
      self.metricName = ""
      self.targetValue = Quantity()
      self.selector = nil
      self.averageValue = nil
    }

    package init(
      target: CrossVersionObjectReference = CrossVersionObjectReference(),
      metricName: String = "",
      targetValue: Quantity = Quantity(),
      selector: MetaV1.LabelSelector? = nil,
      averageValue: Quantity? = nil
    ) {
      self.target = target
      self.metricName = metricName
      self.targetValue = targetValue
      self.selector = selector
      self.averageValue = averageValue
    }

    private static let fields = FieldTable([
      "target", "metricName", "targetValue", "selector", "averageValue",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.target = try CrossVersionObjectReference(from: &reader)
        case 1: self.metricName = try reader.readString()
        case 2: self.targetValue = try Quantity(from: &reader)
        case 3: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 4: self.averageValue = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("target")
      target.write(to: &writer)
      writer.key("metricName")
      writer.write(metricName)
      writer.key("targetValue")
      targetValue.write(to: &writer)
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      if let averageValue {
        writer.key("averageValue")
        averageValue.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ObjectMetricStatus` of `autoscaling/v1`.
  package struct ObjectMetricStatus: JSONCodable {
    package var target: CrossVersionObjectReference
    package var metricName: String
    package var currentValue: Quantity
    package var selector: MetaV1.LabelSelector?
    package var averageValue: Quantity?

    package init() {
      self.target = CrossVersionObjectReference()
      self.metricName = ""
      self.currentValue = Quantity()
      self.selector = nil
      self.averageValue = nil
    }

    package init(
      target: CrossVersionObjectReference = CrossVersionObjectReference(),
      metricName: String = "",
      currentValue: Quantity = Quantity(),
      selector: MetaV1.LabelSelector? = nil,
      averageValue: Quantity? = nil
    ) {
      self.target = target
      self.metricName = metricName
      self.currentValue = currentValue
      self.selector = selector
      self.averageValue = averageValue
    }

    private static let fields = FieldTable([
      "target", "metricName", "currentValue", "selector", "averageValue",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.target = try CrossVersionObjectReference(from: &reader)
        case 1: self.metricName = try reader.readString()
        case 2: self.currentValue = try Quantity(from: &reader)
        case 3: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 4: self.averageValue = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("target")
      target.write(to: &writer)
      writer.key("metricName")
      writer.write(metricName)
      writer.key("currentValue")
      currentValue.write(to: &writer)
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      if let averageValue {
        writer.key("averageValue")
        averageValue.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `PodsMetricSource` of `autoscaling/v1`.
  package struct PodsMetricSource: JSONCodable {
    package var metricName: String
    package var targetAverageValue: Quantity
    package var selector: MetaV1.LabelSelector?

    package init() {
      self.metricName = ""
      self.targetAverageValue = Quantity()
      self.selector = nil
    }

    package init(
      metricName: String = "",
      targetAverageValue: Quantity = Quantity(),
      selector: MetaV1.LabelSelector? = nil
    ) {
      self.metricName = metricName
      self.targetAverageValue = targetAverageValue
      self.selector = selector
    }

    private static let fields = FieldTable([
      "metricName", "targetAverageValue", "selector",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metricName = try reader.readString()
        case 1: self.targetAverageValue = try Quantity(from: &reader)
        case 2: self.selector = try MetaV1.LabelSelector(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metricName")
      writer.write(metricName)
      writer.key("targetAverageValue")
      targetAverageValue.write(to: &writer)
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `PodsMetricStatus` of `autoscaling/v1`.
  package struct PodsMetricStatus: JSONCodable {
    package var metricName: String
    package var currentAverageValue: Quantity
    package var selector: MetaV1.LabelSelector?

    package init() {
      self.metricName = ""
      self.currentAverageValue = Quantity()
      self.selector = nil
    }

    package init(
      metricName: String = "",
      currentAverageValue: Quantity = Quantity(),
      selector: MetaV1.LabelSelector? = nil
    ) {
      self.metricName = metricName
      self.currentAverageValue = currentAverageValue
      self.selector = selector
    }

    private static let fields = FieldTable([
      "metricName", "currentAverageValue", "selector",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metricName = try reader.readString()
        case 1: self.currentAverageValue = try Quantity(from: &reader)
        case 2: self.selector = try MetaV1.LabelSelector(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metricName")
      writer.write(metricName)
      writer.key("currentAverageValue")
      currentAverageValue.write(to: &writer)
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
