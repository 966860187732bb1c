// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AutoscalingV1 {
  /// `ObjectMetricSource` of `autoscaling/v1`.
  package struct ObjectMetricSource: JSONCodable {
    package var target: CrossVersionObjectReference = CrossVersionObjectReference()
    package var metricName: String = ""
    package var targetValue: Quantity = Quantity()
    package var selector: MetaV1.LabelSelector?
    package var averageValue: Quantity?

    package init() {}
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
    package var target: CrossVersionObjectReference = CrossVersionObjectReference()
    package var metricName: String = ""
    package var currentValue: Quantity = Quantity()
    package var selector: MetaV1.LabelSelector?
    package var averageValue: Quantity?

    package init() {}
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
    package var metricName: String = ""
    package var targetAverageValue: Quantity = Quantity()
    package var selector: MetaV1.LabelSelector?

    package init() {}
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
    package var metricName: String = ""
    package var currentAverageValue: Quantity = Quantity()
    package var selector: MetaV1.LabelSelector?

    package init() {}
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

  /// `ResourceMetricSource` of `autoscaling/v1`.
  package struct ResourceMetricSource: JSONCodable {
    package var name: String = ""
    package var targetAverageUtilization: Int32?
    package var targetAverageValue: Quantity?

    package init() {}
    package init(
      name: String = "",
      targetAverageUtilization: Int32? = nil,
      targetAverageValue: Quantity? = nil
    ) {
      self.name = name
      self.targetAverageUtilization = targetAverageUtilization
      self.targetAverageValue = targetAverageValue
    }

    private static let fields = FieldTable([
      "name", "targetAverageUtilization", "targetAverageValue",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.targetAverageUtilization = try reader.readInt32()
        case 2: self.targetAverageValue = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if let targetAverageUtilization {
        writer.key("targetAverageUtilization")
        writer.write(targetAverageUtilization)
      }
      if let targetAverageValue {
        writer.key("targetAverageValue")
        targetAverageValue.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ResourceMetricStatus` of `autoscaling/v1`.
  package struct ResourceMetricStatus: JSONCodable {
    package var name: String = ""
    package var currentAverageUtilization: Int32?
    package var currentAverageValue: Quantity = Quantity()

    package init() {}
    package init(
      name: String = "",
      currentAverageUtilization: Int32? = nil,
      currentAverageValue: Quantity = Quantity()
    ) {
      self.name = name
      self.currentAverageUtilization = currentAverageUtilization
      self.currentAverageValue = currentAverageValue
    }

    private static let fields = FieldTable([
      "name", "currentAverageUtilization", "currentAverageValue",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.currentAverageUtilization = try reader.readInt32()
        case 2: self.currentAverageValue = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if let currentAverageUtilization {
        writer.key("currentAverageUtilization")
        writer.write(currentAverageUtilization)
      }
      writer.key("currentAverageValue")
      currentAverageValue.write(to: &writer)
      writer.endObject()
    }
  }
}
