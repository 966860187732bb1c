// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `NamespaceCondition` of `core/v1`.
  package struct NamespaceCondition: JSONCodable {
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

  /// `NamespaceList` of `core/v1`.
  package struct NamespaceList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "NamespaceList"
    package var metadata: MetaV1.ListMeta
    package var items: [Namespace]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Namespace] = []
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

  /// `NamespaceSpec` of `core/v1`.
  package struct NamespaceSpec: JSONCodable {
    package var finalizers: [String]

    package init() {
      self.finalizers = []
    }

    package init(
      finalizers: [String] = []
    ) {
      self.finalizers = finalizers
    }

    private static let fields = FieldTable([
      "finalizers",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.finalizers = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !finalizers.isEmpty {
        writer.key("finalizers")
        writer.write(array: finalizers)
      }
      writer.endObject()
    }
  }

  /// `NamespaceStatus` of `core/v1`.
  package struct NamespaceStatus: JSONCodable {
    package var phase: String
    package var conditions: [NamespaceCondition]

    package init() {
      self.phase = ""
      self.conditions = []
    }

    package init(
      phase: String = "",
      conditions: [NamespaceCondition] = []
    ) {
      self.phase = phase
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "phase", "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.phase = try reader.readString()
        case 1: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !phase.isEmpty {
        writer.key("phase")
        writer.write(phase)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }

  /// `Node` of `core/v1`.
  package struct Node: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Node"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "nodes",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: NodeSpec
    @Boxed package var status: NodeStatus

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: NodeSpec = NodeSpec(),
      status: NodeStatus = NodeStatus()
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
        case 1: self.spec = try NodeSpec(from: &reader)
        case 2: self.status = try NodeStatus(from: &reader)
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

  /// `NodeAddress` of `core/v1`.
  package struct NodeAddress: JSONCodable {
    package var type: String
    package var address: String

    package init() {
      self.type = ""
      self.address = ""
    }

    package init(
      type: String = "",
      address: String = ""
    ) {
      self.type = type
      self.address = address
    }

    private static let fields = FieldTable([
      "type", "address",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.address = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("address")
      writer.write(address)
      writer.endObject()
    }
  }
}
