// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AppsV1 {
  /// `StatefulSetPersistentVolumeClaimRetentionPolicy` of `apps/v1`.
  package struct StatefulSetPersistentVolumeClaimRetentionPolicy: JSONCodable {
    package var whenDeleted: String
    package var whenScaled: String

    package init() {
      self.whenDeleted = ""
      self.whenScaled = ""
    }

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
      self.init()
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
    package var template: CoreV1.PodTemplateSpec
    package var volumeClaimTemplates: [CoreV1.PersistentVolumeClaim]
    package var serviceName: String
    package var podManagementPolicy: String
    package var updateStrategy: StatefulSetUpdateStrategy
    package var revisionHistoryLimit: Int32?
    package var minReadySeconds: Int32
    package var persistentVolumeClaimRetentionPolicy: StatefulSetPersistentVolumeClaimRetentionPolicy?
    package var ordinals: StatefulSetOrdinals?

    package init() {
      self.replicas = nil
      self.selector = nil
      self.template = CoreV1.PodTemplateSpec()
      self.volumeClaimTemplates = []
      self.serviceName = ""
      self.podManagementPolicy = ""
      self.updateStrategy = StatefulSetUpdateStrategy()
      self.revisionHistoryLimit = nil
      self.minReadySeconds = 0
      self.persistentVolumeClaimRetentionPolicy = nil
      self.ordinals = nil
    }

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
      self.init()
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

  /// `StatefulSetStatus` of `apps/v1`.
  package struct StatefulSetStatus: JSONCodable {
    package var observedGeneration: Int64
    package var replicas: Int32
    package var readyReplicas: Int32
    package var currentReplicas: Int32
    package var updatedReplicas: Int32
    package var currentRevision: String
    package var updateRevision: String
    package var collisionCount: Int32?
    package var conditions: [StatefulSetCondition]
    package var availableReplicas: Int32

    package init() {
      self.observedGeneration = 0
      self.replicas = 0
      self.readyReplicas = 0
      self.currentReplicas = 0
      self.updatedReplicas = 0
      self.currentRevision = ""
      self.updateRevision = ""
      self.collisionCount = nil
      self.conditions = []
      self.availableReplicas = 0
    }

    package init(
      observedGeneration: Int64 = 0,
      replicas: Int32 = 0,
      readyReplicas: Int32 = 0,
      currentReplicas: Int32 = 0,
      updatedReplicas: Int32 = 0,
      currentRevision: String = "",
      updateRevision: String = "",
      collisionCount: Int32? = nil,
      conditions: [StatefulSetCondition] = [],
      availableReplicas: Int32 = 0
    ) {
      self.observedGeneration = observedGeneration
      self.replicas = replicas
      self.readyReplicas = readyReplicas
      self.currentReplicas = currentReplicas
      self.updatedReplicas = updatedReplicas
      self.currentRevision = currentRevision
      self.updateRevision = updateRevision
      self.collisionCount = collisionCount
      self.conditions = conditions
      self.availableReplicas = availableReplicas
    }

    private static let fields = FieldTable([
      "observedGeneration", "replicas", "readyReplicas", "currentReplicas", "updatedReplicas",
      "currentRevision", "updateRevision", "collisionCount", "conditions", "availableReplicas",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.observedGeneration = try reader.readInt64()
        case 1: self.replicas = try reader.readInt32()
        case 2: self.readyReplicas = try reader.readInt32()
        case 3: self.currentReplicas = try reader.readInt32()
        case 4: self.updatedReplicas = try reader.readInt32()
        case 5: self.currentRevision = try reader.readString()
        case 6: self.updateRevision = try reader.readString()
        case 7: self.collisionCount = try reader.readInt32()
        case 8: self.conditions = try reader.readArray()
        case 9: self.availableReplicas = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if observedGeneration != 0 {
        writer.key("observedGeneration")
        writer.write(observedGeneration)
      }
      writer.key("replicas")
      writer.write(replicas)
      if readyReplicas != 0 {
        writer.key("readyReplicas")
        writer.write(readyReplicas)
      }
      if currentReplicas != 0 {
        writer.key("currentReplicas")
        writer.write(currentReplicas)
      }
      if updatedReplicas != 0 {
        writer.key("updatedReplicas")
        writer.write(updatedReplicas)
      }
      if !currentRevision.isEmpty {
        writer.key("currentRevision")
        writer.write(currentRevision)
      }
      if !updateRevision.isEmpty {
        writer.key("updateRevision")
        writer.write(updateRevision)
      }
      if let collisionCount {
        writer.key("collisionCount")
        writer.write(collisionCount)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.key("availableReplicas")
      writer.write(availableReplicas)
      writer.endObject()
    }
  }

  /// `StatefulSetUpdateStrategy` of `apps/v1`.
  package struct StatefulSetUpdateStrategy: JSONCodable {
    package var type: String
    package var rollingUpdate: RollingUpdateStatefulSetStrategy?

    package init() {
      self.type = ""
      self.rollingUpdate = nil
    }

    package init(
      type: String = "",
      rollingUpdate: RollingUpdateStatefulSetStrategy? = nil
    ) {
      self.type = type
      self.rollingUpdate = rollingUpdate
    }

    private static let fields = FieldTable([
      "type", "rollingUpdate",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.rollingUpdate = try RollingUpdateStatefulSetStrategy(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !type.isEmpty {
        writer.key("type")
        writer.write(type)
      }
      if let rollingUpdate {
        writer.key("rollingUpdate")
        rollingUpdate.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
