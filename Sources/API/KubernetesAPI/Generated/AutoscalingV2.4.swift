// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AutoscalingV2 {
  /// `ObjectMetricSource` of `autoscaling/v2`.
  package struct ObjectMetricSource: JSONCodable {
    package var describedObject: CrossVersionObjectReference
    package var target: MetricTarget
    package var metric: MetricIdentifier

    package init() {
      self.describedObject = CrossVersionObjectReference()
      self.target = MetricTarget()
      self.metric = MetricIdentifier()
    }

    package init(
      describedObject: CrossVersionObjectReference = CrossVersionObjectReference(),
      target: MetricTarget = MetricTarget(),
      metric: MetricIdentifier = MetricIdentifier()
    ) {
      self.describedObject = describedObject
      self.target = target
      self.metric = metric
    }

    private static let fields = FieldTable([
      "describedObject", "target", "metric",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.describedObject = try CrossVersionObjectReference(from: &reader)
        case 1: self.target = try MetricTarget(from: &reader)
        case 2: self.metric = try MetricIdentifier(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("describedObject")
      describedObject.write(to: &writer)
      writer.key("target")
      target.write(to: &writer)
      writer.key("metric")
      metric.write(to: &writer)
      writer.endObject()
    }
  }

  /// `ObjectMetricStatus` of `autoscaling/v2`.
  package struct ObjectMetricStatus: JSONCodable {
    package var metric: MetricIdentifier
    package var current: MetricValueStatus
    package var describedObject: CrossVersionObjectReference

    package init() {
      self.metric = MetricIdentifier()
      self.current = MetricValueStatus()
      self.describedObject = CrossVersionObjectReference()
    }

    package init(
      metric: MetricIdentifier = MetricIdentifier(),
      current: MetricValueStatus = MetricValueStatus(),
      describedObject: CrossVersionObjectReference = CrossVersionObjectReference()
    ) {
      self.metric = metric
      self.current = current
      self.describedObject = describedObject
    }

    private static let fields = FieldTable([
      "metric", "current", "describedObject",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metric = try MetricIdentifier(from: &reader)
        case 1: self.current = try MetricValueStatus(from: &reader)
        case 2: self.describedObject = try CrossVersionObjectReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metric")
      metric.write(to: &writer)
      writer.key("current")
      current.write(to: &writer)
      writer.key("describedObject")
      describedObject.write(to: &writer)
      writer.endObject()
    }
  }

  /// `PodsMetricSource` of `autoscaling/v2`.
  package struct PodsMetricSource: JSONCodable {
    package var metric: MetricIdentifier
    package var target: MetricTarget

    package init() {
      self.metric = MetricIdentifier()
      self.target = MetricTarget()
    }

    package init(
      metric: MetricIdentifier = MetricIdentifier(),
      target: MetricTarget = MetricTarget()
    ) {
      self.metric = metric
      self.target = target
    }

    private static let fields = FieldTable([
      "metric", "target",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metric = try MetricIdentifier(from: &reader)
        case 1: self.target = try MetricTarget(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metric")
      metric.write(to: &writer)
      writer.key("target")
      target.write(to: &writer)
      writer.endObject()
    }
  }

  /// `PodsMetricStatus` of `autoscaling/v2`.
  package struct PodsMetricStatus: JSONCodable {
    package var metric: MetricIdentifier
    package var current: MetricValueStatus

    package init() {
      self.metric = MetricIdentifier()
      self.current = MetricValueStatus()
    }

    package init(
      metric: MetricIdentifier = MetricIdentifier(),
      current: MetricValueStatus = MetricValueStatus()
    ) {
      self.metric = metric
      self.current = current
    }

    private static let fields = FieldTable([
      "metric", "current",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metric = try MetricIdentifier(from: &reader)
        case 1: self.current = try MetricValueStatus(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metric")
      metric.write(to: &writer)
      writer.key("current")
      current.write(to: &writer)
      writer.endObject()
    }
  }

  /// `ResourceMetricSource` of `autoscaling/v2`.
  package struct ResourceMetricSource: JSONCodable {
    package var name: String
    package var target: MetricTarget

    package init() {
      self.name = ""
      self.target = MetricTarget()
    }

    package init(
      name: String = "",
      target: MetricTarget = MetricTarget()
    ) {
      self.name = name
      self.target = target
    }

    private static let fields = FieldTable([
      "name", "target",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.target = try MetricTarget(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("target")
      target.write(to: &writer)
      writer.endObject()
    }
  }

  /// `ResourceMetricStatus` of `autoscaling/v2`.
  package struct ResourceMetricStatus: JSONCodable {
    package var name: String
    package var current: MetricValueStatus

    package init() {
      self.name = ""
      self.current = MetricValueStatus()
    }

    package init(
      name: String = "",
      current: MetricValueStatus = MetricValueStatus()
    ) {
      self.name = name
      self.current = current
    }

    private static let fields = FieldTable([
      "name", "current",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.current = try MetricValueStatus(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("current")
      current.write(to: &writer)
      writer.endObject()
    }
  }
}
