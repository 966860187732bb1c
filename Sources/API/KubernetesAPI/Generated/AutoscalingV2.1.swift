// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `autoscaling/v2`.
package enum AutoscalingV2 {}

extension AutoscalingV2 {
  /// `ContainerResourceMetricSource` of `autoscaling/v2`.
  package struct ContainerResourceMetricSource: JSONCodable {
    package var name: String
    package var target: MetricTarget
    package var container: String

    package init() {
      self.name = ""
      self.target = MetricTarget()
      self.container = ""
    }

    package init(
      name: String = "",
      target: MetricTarget = MetricTarget(),
      container: String = ""
    ) {
      self.name = name
      self.target = target
      self.container = container
    }

    private static let fields = FieldTable([
      "name", "target", "container",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.target = try MetricTarget(from: &reader)
        case 2: self.container = try reader.readString()
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
      writer.key("container")
      writer.write(container)
      writer.endObject()
    }
  }

  /// `ContainerResourceMetricStatus` of `autoscaling/v2`.
  package struct ContainerResourceMetricStatus: JSONCodable {
    package var name: String
    package var current: MetricValueStatus
    package var container: String

    package init() {
      self.name = ""
      self.current = MetricValueStatus()
      self.container = ""
    }

    package init(
      name: String = "",
      current: MetricValueStatus = MetricValueStatus(),
      container: String = ""
    ) {
      self.name = name
      self.current = current
      self.container = container
    }

    private static let fields = FieldTable([
      "name", "current", "container",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.current = try MetricValueStatus(from: &reader)
        case 2: self.container = try reader.readString()
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
      writer.key("container")
      writer.write(container)
      writer.endObject()
    }
  }

  /// `CrossVersionObjectReference` of `autoscaling/v2`.
  package struct CrossVersionObjectReference: JSONCodable {
    package var kind: String
    package var name: String
    package var apiVersion: String

    package init() {
      self.kind = ""
      self.name = ""
      self.apiVersion = ""
    }

    package init(
      kind: String = "",
      name: String = "",
      apiVersion: String = ""
    ) {
      self.kind = kind
      self.name = name
      self.apiVersion = apiVersion
    }

    private static let fields = FieldTable([
      "kind", "name", "apiVersion",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.kind = try reader.readString()
        case 1: self.name = try reader.readString()
        case 2: self.apiVersion = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("kind")
      writer.write(kind)
      writer.key("name")
      writer.write(name)
      if !apiVersion.isEmpty {
        writer.key("apiVersion")
        writer.write(apiVersion)
      }
      writer.endObject()
    }
  }

  /// `ExternalMetricSource` of `autoscaling/v2`.
  package struct ExternalMetricSource: JSONCodable {
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

  /// `ExternalMetricStatus` of `autoscaling/v2`.
  package struct ExternalMetricStatus: JSONCodable {
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

  /// `HPAScalingPolicy` of `autoscaling/v2`.
  package struct HPAScalingPolicy: JSONCodable {
    package var type: String
    package var value: Int32
    package var periodSeconds: Int32

    package init() {
      self.type = ""
      self.value = 0
      self.periodSeconds = 0
    }

    package init(
      type: String = "",
      value: Int32 = 0,
      periodSeconds: Int32 = 0
    ) {
      self.type = type
      self.value = value
      self.periodSeconds = periodSeconds
    }

    private static let fields = FieldTable([
      "type", "value", "periodSeconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.value = try reader.readInt32()
        case 2: self.periodSeconds = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("value")
      writer.write(value)
      writer.key("periodSeconds")
      writer.write(periodSeconds)
      writer.endObject()
    }
  }

  /// `HPAScalingRules` of `autoscaling/v2`.
  package struct HPAScalingRules: JSONCodable {
    package var stabilizationWindowSeconds: Int32?
    package var selectPolicy: String?
    package var policies: [HPAScalingPolicy]
    package var tolerance: Quantity?

    package init() {
      self.stabilizationWindowSeconds = nil
      self.selectPolicy = nil
      self.policies = []
      self.tolerance = nil
    }

    package init(
      stabilizationWindowSeconds: Int32? = nil,
      selectPolicy: String? = nil,
      policies: [HPAScalingPolicy] = [],
      tolerance: Quantity? = nil
    ) {
      self.stabilizationWindowSeconds = stabilizationWindowSeconds
      self.selectPolicy = selectPolicy
      self.policies = policies
      self.tolerance = tolerance
    }

    private static let fields = FieldTable([
      "stabilizationWindowSeconds", "selectPolicy", "policies", "tolerance",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.stabilizationWindowSeconds = try reader.readInt32()
        case 1: self.selectPolicy = try reader.readString()
        case 2: self.policies = try reader.readArray()
        case 3: self.tolerance = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let stabilizationWindowSeconds {
        writer.key("stabilizationWindowSeconds")
        writer.write(stabilizationWindowSeconds)
      }
      if let selectPolicy {
        writer.key("selectPolicy")
        writer.write(selectPolicy)
      }
      if !policies.isEmpty {
        writer.key("policies")
        writer.write(array: policies)
      }
      if let tolerance {
        writer.key("tolerance")
        tolerance.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
