// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `autoscaling/v1`.
package enum AutoscalingV1 {}

extension AutoscalingV1 {
  /// `ContainerResourceMetricSource` of `autoscaling/v1`.
  package struct ContainerResourceMetricSource: JSONCodable {
    package var name: String
    package var targetAverageUtilization: Int32?
    package var targetAverageValue: Quantity?
    package var container: String

    package init() {
      self.name = ""
      self.targetAverageUtilization = nil
      self.targetAverageValue = nil
      self.container = ""
    }

    package init(
      name: String = "",
      targetAverageUtilization: Int32? = nil,
      targetAverageValue: Quantity? = nil,
      container: String = ""
    ) {
      self.name = name
      self.targetAverageUtilization = targetAverageUtilization
      self.targetAverageValue = targetAverageValue
      self.container = container
    }

    private static let fields = FieldTable([
      "name", "targetAverageUtilization", "targetAverageValue", "container",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.targetAverageUtilization = try reader.readInt32()
        case 2: self.targetAverageValue = try Quantity(from: &reader)
        case 3: self.container = try reader.readString()
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
      writer.key("container")
      writer.write(container)
      writer.endObject()
    }
  }

  /// `ContainerResourceMetricStatus` of `autoscaling/v1`.
  package struct ContainerResourceMetricStatus: JSONCodable {
    package var name: String
    package var currentAverageUtilization: Int32?
    package var currentAverageValue: Quantity
    package var container: String

    package init() {
      self.name = ""
      self.currentAverageUtilization = nil
      self.currentAverageValue = Quantity()
      self.container = ""
    }

    package init(
      name: String = "",
      currentAverageUtilization: Int32? = nil,
      currentAverageValue: Quantity = Quantity(),
      container: String = ""
    ) {
      self.name = name
      self.currentAverageUtilization = currentAverageUtilization
      self.currentAverageValue = currentAverageValue
      self.container = container
    }

    private static let fields = FieldTable([
      "name", "currentAverageUtilization", "currentAverageValue", "container",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.currentAverageUtilization = try reader.readInt32()
        case 2: self.currentAverageValue = try Quantity(from: &reader)
        case 3: self.container = try reader.readString()
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
      writer.key("container")
      writer.write(container)
      writer.endObject()
    }
  }

  /// `CrossVersionObjectReference` of `autoscaling/v1`.
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

  /// `ExternalMetricSource` of `autoscaling/v1`.
  package struct ExternalMetricSource: JSONCodable {
    package var metricName: String
    package var metricSelector: MetaV1.LabelSelector?
    package var targetValue: Quantity?
    package var targetAverageValue: Quantity?

    package init() {
      self.metricName = ""
      self.metricSelector = nil
      self.targetValue = nil
      self.targetAverageValue = nil
    }

    package init(
      metricName: String = "",
      metricSelector: MetaV1.LabelSelector? = nil,
      targetValue: Quantity? = nil,
      targetAverageValue: Quantity? = nil
    ) {
      self.metricName = metricName
      self.metricSelector = metricSelector
      self.targetValue = targetValue
      self.targetAverageValue = targetAverageValue
    }

    private static let fields = FieldTable([
      "metricName", "metricSelector", "targetValue", "targetAverageValue",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metricName = try reader.readString()
        case 1: self.metricSelector = try MetaV1.LabelSelector(from: &reader)
        case 2: self.targetValue = try Quantity(from: &reader)
        case 3: self.targetAverageValue = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metricName")
      writer.write(metricName)
      if let metricSelector {
        writer.key("metricSelector")
        metricSelector.write(to: &writer)
      }
      if let targetValue {
        writer.key("targetValue")
        targetValue.write(to: &writer)
      }
      if let targetAverageValue {
        writer.key("targetAverageValue")
        targetAverageValue.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ExternalMetricStatus` of `autoscaling/v1`.
  package struct ExternalMetricStatus: JSONCodable {
    package var metricName: String
    package var metricSelector: MetaV1.LabelSelector?
    package var currentValue: Quantity
    package var currentAverageValue: Quantity?

    package init() {
      self.metricName = ""
      self.metricSelector = nil
      self.currentValue = Quantity()
      self.currentAverageValue = nil
    }

    package init(
      metricName: String = "",
      metricSelector: MetaV1.LabelSelector? = nil,
      currentValue: Quantity = Quantity(),
      currentAverageValue: Quantity? = nil
    ) {
      self.metricName = metricName
      self.metricSelector = metricSelector
      self.currentValue = currentValue
      self.currentAverageValue = currentAverageValue
    }

    private static let fields = FieldTable([
      "metricName", "metricSelector", "currentValue", "currentAverageValue",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metricName = try reader.readString()
        case 1: self.metricSelector = try MetaV1.LabelSelector(from: &reader)
        case 2: self.currentValue = try Quantity(from: &reader)
        case 3: self.currentAverageValue = try Quantity(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metricName")
      writer.write(metricName)
      if let metricSelector {
        writer.key("metricSelector")
        metricSelector.write(to: &writer)
      }
      writer.key("currentValue")
      currentValue.write(to: &writer)
      if let currentAverageValue {
        writer.key("currentAverageValue")
        currentAverageValue.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `HorizontalPodAutoscaler` of `autoscaling/v1`.
  package struct HorizontalPodAutoscaler: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "autoscaling/v1"
    package static let kind = "HorizontalPodAutoscaler"
    package static let resource = ResourceDescription(
      group: "autoscaling", version: "v1", kind: kind, plural: "horizontalpodautoscalers",
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
}
