// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AutoscalingV1 {
  /// `ResourceMetricSource` of `autoscaling/v1`.
  package struct ResourceMetricSource: JSONCodable {
    package var name: String
    package var targetAverageUtilization: Int32?
    package var targetAverageValue: Quantity?

    package init() {
      self.name = ""
      self.targetAverageUtilization = nil
      self.targetAverageValue = nil
    }

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
      self.init()
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
    package var name: String
    package var currentAverageUtilization: Int32?
    package var currentAverageValue: Quantity

    package init() {
      self.name = ""
      self.currentAverageUtilization = nil
      self.currentAverageValue = Quantity()
    }

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
      self.init()
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

  /// `Scale` of `autoscaling/v1`.
  package struct Scale: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "autoscaling/v1"
    package static let kind = "Scale"
    package static let resource = ResourceDescription(
      group: "autoscaling", version: "v1", kind: kind, plural: "scales",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: ScaleSpec
    package var status: ScaleStatus

    package init() {
      self.spec = ScaleSpec()
      self.status = ScaleStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ScaleSpec = ScaleSpec(),
      status: ScaleStatus = ScaleStatus()
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
        case 1: self.spec = try ScaleSpec(from: &reader)
        case 2: self.status = try ScaleStatus(from: &reader)
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

  /// `ScaleSpec` of `autoscaling/v1`.
  package struct ScaleSpec: JSONCodable {
    package var replicas: Int32

    package init() {
      self.replicas = 0
    }

    package init(
      replicas: Int32 = 0
    ) {
      self.replicas = replicas
    }

    private static let fields = FieldTable([
      "replicas",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.replicas = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if replicas != 0 {
        writer.key("replicas")
        writer.write(replicas)
      }
      writer.endObject()
    }
  }

  /// `ScaleStatus` of `autoscaling/v1`.
  package struct ScaleStatus: JSONCodable {
    package var replicas: Int32
    package var selector: String

    package init() {
      self.replicas = 0
      self.selector = ""
    }

    package init(
      replicas: Int32 = 0,
      selector: String = ""
    ) {
      self.replicas = replicas
      self.selector = selector
    }

    private static let fields = FieldTable([
      "replicas", "selector",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.replicas = try reader.readInt32()
        case 1: self.selector = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("replicas")
      writer.write(replicas)
      if !selector.isEmpty {
        writer.key("selector")
        writer.write(selector)
      }
      writer.endObject()
    }
  }
}
