// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `apps/v1`.
package enum AppsV1 {}

extension AppsV1 {
  /// `ControllerRevision` of `apps/v1`.
  package struct ControllerRevision: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "ControllerRevision"
    package static let resource = ResourceDescription(
      group: "apps", version: "v1", kind: kind, plural: "controllerrevisions",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var data: JSONValue?
    package var revision: Int64

    package init() {
      self.data = nil
      self.revision = 0
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      data: JSONValue? = nil,
      revision: Int64 = 0
    ) {
      self.metadata = metadata
      self.data = data
      self.revision = revision
    }

    private static let fields = FieldTable([
      "metadata", "data", "revision",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.data = try reader.readValue()
        case 2: self.revision = try reader.readInt64()
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
      if let data {
        writer.key("data")
        writer.write(data)
      }
      writer.key("revision")
      writer.write(revision)
      writer.endObject()
    }
  }

  /// `ControllerRevisionList` of `apps/v1`.
  package struct ControllerRevisionList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "ControllerRevisionList"
    package var metadata: MetaV1.ListMeta
    package var items: [ControllerRevision]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ControllerRevision] = []
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

  /// `DaemonSet` of `apps/v1`.
  package struct DaemonSet: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "DaemonSet"
    package static let resource = ResourceDescription(
      group: "apps", version: "v1", kind: kind, plural: "daemonsets",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: DaemonSetSpec
    package var status: DaemonSetStatus

    package init() {
      self.status = DaemonSetStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: DaemonSetSpec = DaemonSetSpec(),
      status: DaemonSetStatus = DaemonSetStatus()
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
        case 1: self.spec = try DaemonSetSpec(from: &reader)
        case 2: self.status = try DaemonSetStatus(from: &reader)
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

  /// `DaemonSetCondition` of `apps/v1`.
  package struct DaemonSetCondition: JSONCodable {
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

  /// `DaemonSetList` of `apps/v1`.
  package struct DaemonSetList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "DaemonSetList"
    package var metadata: MetaV1.ListMeta
    package var items: [DaemonSet]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [DaemonSet] = []
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

  /// `DaemonSetSpec` of `apps/v1`.
  package struct DaemonSetSpec: JSONCodable {
    package var selector: MetaV1.LabelSelector?
    package var template: CoreV1.PodTemplateSpec
    package var updateStrategy: DaemonSetUpdateStrategy
    package var minReadySeconds: Int32
    package var revisionHistoryLimit: Int32?

    package init() {
      self.selector = nil
      self.template = CoreV1.PodTemplateSpec()
      self.updateStrategy = DaemonSetUpdateStrategy()
      self.minReadySeconds = 0
      self.revisionHistoryLimit = nil
    }

    package init(
      selector: MetaV1.LabelSelector? = nil,
      template: CoreV1.PodTemplateSpec = CoreV1.PodTemplateSpec(),
      updateStrategy: DaemonSetUpdateStrategy = DaemonSetUpdateStrategy(),
      minReadySeconds: Int32 = 0,
      revisionHistoryLimit: Int32? = nil
    ) {
      self.selector = selector
      self.template = template
      self.updateStrategy = updateStrategy
      self.minReadySeconds = minReadySeconds
      self.revisionHistoryLimit = revisionHistoryLimit
    }

    private static let fields = FieldTable([
      "selector", "template", "updateStrategy", "minReadySeconds", "revisionHistoryLimit",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 1: self.template = try CoreV1.PodTemplateSpec(from: &reader)
        case 2: self.updateStrategy = try DaemonSetUpdateStrategy(from: &reader)
        case 3: self.minReadySeconds = try reader.readInt32()
        case 4: self.revisionHistoryLimit = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      writer.key("template")
      template.write(to: &writer)
      writer.key("updateStrategy")
      updateStrategy.write(to: &writer)
      if minReadySeconds != 0 {
        writer.key("minReadySeconds")
        writer.write(minReadySeconds)
      }
      if let revisionHistoryLimit {
        writer.key("revisionHistoryLimit")
        writer.write(revisionHistoryLimit)
      }
      writer.endObject()
    }
  }
}
