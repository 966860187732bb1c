// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AppsV1 {
  /// `RollingUpdateDeployment` of `apps/v1`.
  package struct RollingUpdateDeployment: JSONCodable {
    package var maxUnavailable: IntOrString?
    package var maxSurge: IntOrString?

    package init() {
      self.maxUnavailable = nil
      self.maxSurge = nil
    }

    package init(
      maxUnavailable: IntOrString? = nil,
      maxSurge: IntOrString? = nil
    ) {
      self.maxUnavailable = maxUnavailable
      self.maxSurge = maxSurge
    }

    private static let fields = FieldTable([
      "maxUnavailable", "maxSurge",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.maxUnavailable = try IntOrString(from: &reader)
        case 1: self.maxSurge = try IntOrString(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let maxUnavailable {
        writer.key("maxUnavailable")
        maxUnavailable.write(to: &writer)
      }
      if let maxSurge {
        writer.key("maxSurge")
        maxSurge.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `RollingUpdateStatefulSetStrategy` of `apps/v1`.
  package struct RollingUpdateStatefulSetStrategy: JSONCodable {
    package var partition: Int32?
    package var maxUnavailable: IntOrString?

    package init() {
      self.partition = nil
      self.maxUnavailable = nil
    }

    package init(
      partition: Int32? = nil,
      maxUnavailable: IntOrString? = nil
    ) {
      self.partition = partition
      self.maxUnavailable = maxUnavailable
    }

    private static let fields = FieldTable([
      "partition", "maxUnavailable",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.partition = try reader.readInt32()
        case 1: self.maxUnavailable = try IntOrString(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let partition {
        writer.key("partition")
        writer.write(partition)
      }
      if let maxUnavailable {
        writer.key("maxUnavailable")
        maxUnavailable.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `StatefulSet` of `apps/v1`.
  package struct StatefulSet: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "StatefulSet"
    package static let resource = ResourceDescription(
      group: "apps", version: "v1", kind: kind, plural: "statefulsets",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: StatefulSetSpec
    @Boxed package var status: StatefulSetStatus

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: StatefulSetSpec = StatefulSetSpec(),
      status: StatefulSetStatus = StatefulSetStatus()
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
        case 1: self.spec = try StatefulSetSpec(from: &reader)
        case 2: self.status = try StatefulSetStatus(from: &reader)
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

  /// `StatefulSetCondition` of `apps/v1`.
  package struct StatefulSetCondition: JSONCodable {
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

  /// `StatefulSetList` of `apps/v1`.
  package struct StatefulSetList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "StatefulSetList"
    package var metadata: MetaV1.ListMeta
    package var items: [StatefulSet]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [StatefulSet] = []
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

  /// `StatefulSetOrdinals` of `apps/v1`.
  package struct StatefulSetOrdinals: JSONCodable {
    package var start: Int32

    package init() {
      self.start = 0
    }

    package init(
      start: Int32 = 0
    ) {
      self.start = start
    }

    private static let fields = FieldTable([
      "start",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.start = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("start")
      writer.write(start)
      writer.endObject()
    }
  }
}
