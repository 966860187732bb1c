// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `metrics.k8s.io/v1beta1`.
package enum MetricsV1beta1 {}

extension MetricsV1beta1 {
  /// `ContainerMetrics` of `metrics.k8s.io/v1beta1`.
  package struct ContainerMetrics: JSONCodable {
    package var name: String
    package var usage: [String: Quantity]

    package init() {
      self.name = ""
      self.usage = [:]
    }

    package init(
      name: String = "",
      usage: [String: Quantity] = [:]
    ) {
      self.name = name
      self.usage = usage
    }

    private static let fields = FieldTable([
      "name", "usage",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.usage = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("usage")
      writer.write(map: usage)
      writer.endObject()
    }
  }

  /// `NodeMetrics` of `metrics.k8s.io/v1beta1`.
  package struct NodeMetrics: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "metrics.k8s.io/v1beta1"
    package static let kind = "NodeMetrics"
    package static let resource = ResourceDescription(
      group: "metrics.k8s.io", version: "v1beta1", kind: kind, plural: "nodemetricss",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var timestamp: Time?
    package var window: GoDuration
    package var usage: [String: Quantity]

    package init() {
      self.timestamp = nil
      self.window = GoDuration()
      self.usage = [:]
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      timestamp: Time? = nil,
      window: GoDuration = GoDuration(),
      usage: [String: Quantity] = [:]
    ) {
      self.metadata = metadata
      self.timestamp = timestamp
      self.window = window
      self.usage = usage
    }

    private static let fields = FieldTable([
      "metadata", "timestamp", "window", "usage",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.timestamp = try Time(from: &reader)
        case 2: self.window = try GoDuration(from: &reader)
        case 3: self.usage = try reader.readMap()
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
      if let timestamp {
        writer.key("timestamp")
        timestamp.write(to: &writer)
      }
      writer.key("window")
      window.write(to: &writer)
      writer.key("usage")
      writer.write(map: usage)
      writer.endObject()
    }
  }

  /// `NodeMetricsList` of `metrics.k8s.io/v1beta1`.
  package struct NodeMetricsList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "metrics.k8s.io/v1beta1"
    package static let kind = "NodeMetricsList"
    package var metadata: MetaV1.ListMeta
    package var items: [NodeMetrics]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [NodeMetrics] = []
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

  /// `PodMetrics` of `metrics.k8s.io/v1beta1`.
  package struct PodMetrics: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "metrics.k8s.io/v1beta1"
    package static let kind = "PodMetrics"
    package static let resource = ResourceDescription(
      group: "metrics.k8s.io", version: "v1beta1", kind: kind, plural: "podmetricss",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var timestamp: Time?
    package var window: GoDuration
    package var containers: [ContainerMetrics]

    package init() {
      self.timestamp = nil
      self.window = GoDuration()
      self.containers = []
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      timestamp: Time? = nil,
      window: GoDuration = GoDuration(),
      containers: [ContainerMetrics] = []
    ) {
      self.metadata = metadata
      self.timestamp = timestamp
      self.window = window
      self.containers = containers
    }

    private static let fields = FieldTable([
      "metadata", "timestamp", "window", "containers",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.timestamp = try Time(from: &reader)
        case 2: self.window = try GoDuration(from: &reader)
        case 3: self.containers = try reader.readArray()
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
      if let timestamp {
        writer.key("timestamp")
        timestamp.write(to: &writer)
      }
      writer.key("window")
      window.write(to: &writer)
      writer.key("containers")
      writer.write(array: containers)
      writer.endObject()
    }
  }

  /// `PodMetricsList` of `metrics.k8s.io/v1beta1`.
  package struct PodMetricsList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "metrics.k8s.io/v1beta1"
    package static let kind = "PodMetricsList"
    package var metadata: MetaV1.ListMeta
    package var items: [PodMetrics]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [PodMetrics] = []
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
}
