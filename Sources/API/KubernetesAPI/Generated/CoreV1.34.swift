// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `RangeAllocation` of `core/v1`.
  package struct RangeAllocation: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "RangeAllocation"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "rangeallocations",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var range: String
    package var data: [UInt8]

    package init() {
      self.range = ""
      self.data = []
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      range: String = "",
      data: [UInt8] = []
    ) {
      self.metadata = metadata
      self.range = range
      self.data = data
    }

    private static let fields = FieldTable([
      "metadata", "range", "data",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.range = try reader.readString()
        case 2: self.data = try reader.readBytes()
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
      writer.key("range")
      writer.write(range)
      writer.key("data")
      writer.write(data)
      writer.endObject()
    }
  }

  /// `ReplicationController` of `core/v1`.
  package struct ReplicationController: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ReplicationController"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "replicationcontrollers",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: ReplicationControllerSpec
    package var status: ReplicationControllerStatus

    package init() {
      self.spec = ReplicationControllerSpec()
      self.status = ReplicationControllerStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ReplicationControllerSpec = ReplicationControllerSpec(),
      status: ReplicationControllerStatus = ReplicationControllerStatus()
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
        case 1: self.spec = try ReplicationControllerSpec(from: &reader)
        case 2: self.status = try ReplicationControllerStatus(from: &reader)
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

  /// `ReplicationControllerCondition` of `core/v1`.
  package struct ReplicationControllerCondition: JSONCodable {
    package var type: String
    package var status: String
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.lastTransitionTime = try Time(from: &reader)
        case 3: self.reason = try reader.readString()
        case 4: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("status")
      writer.write(status)
      if let lastTransitionTime {
        writer.key("lastTransitionTime")
        lastTransitionTime.write(to: &writer)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      writer.endObject()
    }
  }

  /// `ReplicationControllerList` of `core/v1`.
  package struct ReplicationControllerList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ReplicationControllerList"
    package var metadata: MetaV1.ListMeta
    package var items: [ReplicationController]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ReplicationController] = []
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

  /// `ReplicationControllerSpec` of `core/v1`.
  package struct ReplicationControllerSpec: JSONCodable {
    package var replicas: Int32?
    package var minReadySeconds: Int32
    package var selector: [String: String]
    package var template: PodTemplateSpec?

    package init() {
      self.replicas = nil
      self.minReadySeconds = 0
      self.selector = [:]
      self.template = nil
    }

    package init(
      replicas: Int32? = nil,
      minReadySeconds: Int32 = 0,
      selector: [String: String] = [:],
      template: PodTemplateSpec? = nil
    ) {
      self.replicas = replicas
      self.minReadySeconds = minReadySeconds
      self.selector = selector
      self.template = template
    }

    private static let fields = FieldTable([
      "replicas", "minReadySeconds", "selector", "template",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.replicas = try reader.readInt32()
        case 1: self.minReadySeconds = try reader.readInt32()
        case 2: self.selector = try reader.readMap()
        case 3: self.template = try PodTemplateSpec(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let replicas {
        writer.key("replicas")
        writer.write(replicas)
      }
      if minReadySeconds != 0 {
        writer.key("minReadySeconds")
        writer.write(minReadySeconds)
      }
      if !selector.isEmpty {
        writer.key("selector")
        writer.write(map: selector)
      }
      if let template {
        writer.key("template")
        template.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
