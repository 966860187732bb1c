// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AutoscalingV2 {
  /// `MetricIdentifier` of `autoscaling/v2`.
  package struct MetricIdentifier: JSONCodable {
    package var name: String
    package var selector: MetaV1.LabelSelector?

    package init() {
      self.name = ""
      self.selector = nil
    }

    package init(
      name: String = "",
      selector: MetaV1.LabelSelector? = nil
    ) {
      self.name = name
      self.selector = selector
    }

    private static let fields = FieldTable([
      "name", "selector",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.selector = try MetaV1.LabelSelector(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `MetricSpec` of `autoscaling/v2`.
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

  /// `MetricStatus` of `autoscaling/v2`.
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

  /// `MetricTarget` of `autoscaling/v2`.
  package struct MetricTarget: JSONCodable {
    package var type: String
    package var value: Quantity?
    package var averageValue: Quantity?
    package var averageUtilization: Int32?

    package init() {
      self.type = ""
      self.value = nil
      self.averageValue = nil
      self.averageUtilization = nil
    }

    package init(
      type: String = "",
      value: Quantity? = nil,
      averageValue: Quantity? = nil,
      averageUtilization: Int32? = nil
    ) {
      self.type = type
      self.value = value
      self.averageValue = averageValue
      self.averageUtilization = averageUtilization
    }

    private static let fields = FieldTable([
      "type", "value", "averageValue", "averageUtilization",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.value = try Quantity(from: &reader)
        case 2: self.averageValue = try Quantity(from: &reader)
        case 3: self.averageUtilization = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if let value {
        writer.key("value")
        value.write(to: &writer)
      }
      if let averageValue {
        writer.key("averageValue")
        averageValue.write(to: &writer)
      }
      if let averageUtilization {
        writer.key("averageUtilization")
        writer.write(averageUtilization)
      }
      writer.endObject()
    }
  }

  /// `MetricValueStatus` of `autoscaling/v2`.
  package struct MetricValueStatus: JSONCodable {
    package var value: Quantity?
    package var averageValue: Quantity?
    package var averageUtilization: Int32?

    package init() {
      self.value = nil
      self.averageValue = nil
      self.averageUtilization = nil
    }

    package init(
      value: Quantity? = nil,
      averageValue: Quantity? = nil,
      averageUtilization: Int32? = nil
    ) {
      self.value = value
      self.averageValue = averageValue
      self.averageUtilization = averageUtilization
    }

    private static let fields = FieldTable([
      "value", "averageValue", "averageUtilization",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.value = try Quantity(from: &reader)
        case 1: self.averageValue = try Quantity(from: &reader)
        case 2: self.averageUtilization = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let value {
        writer.key("value")
        value.write(to: &writer)
      }
      if let averageValue {
        writer.key("averageValue")
        averageValue.write(to: &writer)
      }
      if let averageUtilization {
        writer.key("averageUtilization")
        writer.write(averageUtilization)
      }
      writer.endObject()
    }
  }
}
