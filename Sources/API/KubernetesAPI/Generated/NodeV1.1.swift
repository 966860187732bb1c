// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `node.k8s.io/v1`.
package enum NodeV1 {}

extension NodeV1 {
  /// `Overhead` of `node.k8s.io/v1`.
  package struct Overhead: JSONCodable {
    package var podFixed: [String: Quantity]

    package init() {
      self.podFixed = [:]
    }

    package init(
      podFixed: [String: Quantity] = [:]
    ) {
      self.podFixed = podFixed
    }

    private static let fields = FieldTable([
      "podFixed",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.podFixed = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !podFixed.isEmpty {
        writer.key("podFixed")
        writer.write(map: podFixed)
      }
      writer.endObject()
    }
  }

  /// `RuntimeClass` of `node.k8s.io/v1`.
  package struct RuntimeClass: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "node.k8s.io/v1"
    package static let kind = "RuntimeClass"
    package static let resource = ResourceDescription(
      group: "node.k8s.io", version: "v1", kind: kind, plural: "runtimeclasses",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var handler: String
    package var overhead: Overhead?
    package var scheduling: Scheduling?

    package init() {
      self.handler = ""
      self.overhead = nil
      self.scheduling = nil
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      handler: String = "",
      overhead: Overhead? = nil,
      scheduling: Scheduling? = nil
    ) {
      self.metadata = metadata
      self.handler = handler
      self.overhead = overhead
      self.scheduling = scheduling
    }

    private static let fields = FieldTable([
      "metadata", "handler", "overhead", "scheduling",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.handler = try reader.readString()
        case 2: self.overhead = try Overhead(from: &reader)
        case 3: self.scheduling = try Scheduling(from: &reader)
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
      writer.key("handler")
      writer.write(handler)
      if let overhead {
        writer.key("overhead")
        overhead.write(to: &writer)
      }
      if let scheduling {
        writer.key("scheduling")
        scheduling.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `RuntimeClassList` of `node.k8s.io/v1`.
  package struct RuntimeClassList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "node.k8s.io/v1"
    package static let kind = "RuntimeClassList"
    package var metadata: MetaV1.ListMeta
    package var items: [RuntimeClass]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [RuntimeClass] = []
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

  /// `Scheduling` of `node.k8s.io/v1`.
  package struct Scheduling: JSONCodable {
    package var nodeSelector: [String: String]
    package var tolerations: [CoreV1.Toleration]

    package init() {
      self.nodeSelector = [:]
      self.tolerations = []
    }

    package init(
      nodeSelector: [String: String] = [:],
      tolerations: [CoreV1.Toleration] = []
    ) {
      self.nodeSelector = nodeSelector
      self.tolerations = tolerations
    }

    private static let fields = FieldTable([
      "nodeSelector", "tolerations",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.nodeSelector = try reader.readMap()
        case 1: self.tolerations = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !nodeSelector.isEmpty {
        writer.key("nodeSelector")
        writer.write(map: nodeSelector)
      }
      if !tolerations.isEmpty {
        writer.key("tolerations")
        writer.write(array: tolerations)
      }
      writer.endObject()
    }
  }
}
