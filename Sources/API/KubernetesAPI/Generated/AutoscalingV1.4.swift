// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AutoscalingV1 {
  /// `Scale` of `autoscaling/v1`.
  package struct Scale: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "autoscaling/v1"
    package static let kind = "Scale"
    package static let resource = ResourceDescription(
      group: "autoscaling", version: "v1", kind: kind, plural: "scales",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: ScaleSpec = ScaleSpec()
    package var status: ScaleStatus = ScaleStatus()

    package init() {}
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
    package var replicas: Int32 = 0

    package init() {}
    package init(
      replicas: Int32 = 0
    ) {
      self.replicas = replicas
    }

    private static let fields = FieldTable([
      "replicas",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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
    package var replicas: Int32 = 0
    package var selector: String = ""

    package init() {}
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
