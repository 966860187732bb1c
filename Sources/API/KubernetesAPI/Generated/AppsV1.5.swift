// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AppsV1 {
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
    package var type: String = ""
    package var status: String = ""
    package var lastTransitionTime: Time?
    package var reason: String = ""
    package var message: String = ""

    package init() {}
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
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [StatefulSet] = []

    package init() {}
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
    package var start: Int32 = 0

    package init() {}
    package init(
      start: Int32 = 0
    ) {
      self.start = start
    }

    private static let fields = FieldTable([
      "start",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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

  /// `StatefulSetPersistentVolumeClaimRetentionPolicy` of `apps/v1`.
  package struct StatefulSetPersistentVolumeClaimRetentionPolicy: JSONCodable {
    package var whenDeleted: String = ""
    package var whenScaled: String = ""

    package init() {}
    package init(
      whenDeleted: String = "",
      whenScaled: String = ""
    ) {
      self.whenDeleted = whenDeleted
      self.whenScaled = whenScaled
    }

    private static let fields = FieldTable([
      "whenDeleted", "whenScaled",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.whenDeleted = try reader.readString()
        case 1: self.whenScaled = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !whenDeleted.isEmpty {
        writer.key("whenDeleted")
        writer.write(whenDeleted)
      }
      if !whenScaled.isEmpty {
        writer.key("whenScaled")
        writer.write(whenScaled)
      }
      writer.endObject()
    }
  }

  /// `StatefulSetSpec` of `apps/v1`.
  package struct StatefulSetSpec: JSONCodable {
    package var replicas: Int32?
    package var selector: MetaV1.LabelSelector?
    package var template: CoreV1.PodTemplateSpec = CoreV1.PodTemplateSpec()
    package var volumeClaimTemplates: [CoreV1.PersistentVolumeClaim] = []
    package var serviceName: String = ""
    package var podManagementPolicy: String = ""
    package var updateStrategy: StatefulSetUpdateStrategy = StatefulSetUpdateStrategy()
    package var revisionHistoryLimit: Int32?
    package var minReadySeconds: Int32 = 0
    package var persistentVolumeClaimRetentionPolicy: StatefulSetPersistentVolumeClaimRetentionPolicy?
    package var ordinals: StatefulSetOrdinals?

    package init() {}
    package init(
      replicas: Int32? = nil,
      selector: MetaV1.LabelSelector? = nil,
      template: CoreV1.PodTemplateSpec = CoreV1.PodTemplateSpec(),
      volumeClaimTemplates: [CoreV1.PersistentVolumeClaim] = [],
      serviceName: String = "",
      podManagementPolicy: String = "",
      updateStrategy: StatefulSetUpdateStrategy = StatefulSetUpdateStrategy(),
      revisionHistoryLimit: Int32? = nil,
      minReadySeconds: Int32 = 0,
      persistentVolumeClaimRetentionPolicy: StatefulSetPersistentVolumeClaimRetentionPolicy? = nil,
      ordinals: StatefulSetOrdinals? = nil
    ) {
      self.replicas = replicas
      self.selector = selector
      self.template = template
      self.volumeClaimTemplates = volumeClaimTemplates
      self.serviceName = serviceName
      self.podManagementPolicy = podManagementPolicy
      self.updateStrategy = updateStrategy
      self.revisionHistoryLimit = revisionHistoryLimit
      self.minReadySeconds = minReadySeconds
      self.persistentVolumeClaimRetentionPolicy = persistentVolumeClaimRetentionPolicy
      self.ordinals = ordinals
    }

    private static let fields = FieldTable([
      "replicas", "selector", "template", "volumeClaimTemplates", "serviceName", "podManagementPolicy",
      "updateStrategy", "revisionHistoryLimit", "minReadySeconds", "persistentVolumeClaimRetentionPolicy",
      "ordinals",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.replicas = try reader.readInt32()
        case 1: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 2: self.template = try CoreV1.PodTemplateSpec(from: &reader)
        case 3: self.volumeClaimTemplates = try reader.readArray()
        case 4: self.serviceName = try reader.readString()
        case 5: self.podManagementPolicy = try reader.readString()
        case 6: self.updateStrategy = try StatefulSetUpdateStrategy(from: &reader)
        case 7: self.revisionHistoryLimit = try reader.readInt32()
        case 8: self.minReadySeconds = try reader.readInt32()
        case 9: self.persistentVolumeClaimRetentionPolicy = try StatefulSetPersistentVolumeClaimRetentionPolicy(from: &reader)
        case 10: self.ordinals = try StatefulSetOrdinals(from: &reader)
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
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      writer.key("template")
      template.write(to: &writer)
      if !volumeClaimTemplates.isEmpty {
        writer.key("volumeClaimTemplates")
        writer.write(array: volumeClaimTemplates)
      }
      writer.key("serviceName")
      writer.write(serviceName)
      if !podManagementPolicy.isEmpty {
        writer.key("podManagementPolicy")
        writer.write(podManagementPolicy)
      }
      writer.key("updateStrategy")
      updateStrategy.write(to: &writer)
      if let revisionHistoryLimit {
        writer.key("revisionHistoryLimit")
        writer.write(revisionHistoryLimit)
      }
      if minReadySeconds != 0 {
        writer.key("minReadySeconds")
        writer.write(minReadySeconds)
      }
      if let persistentVolumeClaimRetentionPolicy {
        writer.key("persistentVolumeClaimRetentionPolicy")
        persistentVolumeClaimRetentionPolicy.write(to: &writer)
      }
      if let ordinals {
        writer.key("ordinals")
        ordinals.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
