// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AppsV1 {
  /// `DeploymentSpec` of `apps/v1`.
  package struct DeploymentSpec: JSONCodable {
    package var replicas: Int32?
    package var selector: MetaV1.LabelSelector?
    package var template: CoreV1.PodTemplateSpec
    package var strategy: DeploymentStrategy
    package var minReadySeconds: Int32
    package var revisionHistoryLimit: Int32?
    package var paused: Bool
    package var progressDeadlineSeconds: Int32?

    package init() {
      self.replicas = nil
      self.selector = nil
      self.template = CoreV1.PodTemplateSpec()
      self.strategy = DeploymentStrategy()
      self.minReadySeconds = 0
      self.revisionHistoryLimit = nil
      self.paused = false
      self.progressDeadlineSeconds = nil
    }

    package init(
      replicas: Int32? = nil,
      selector: MetaV1.LabelSelector? = nil,
      template: CoreV1.PodTemplateSpec = CoreV1.PodTemplateSpec(),
      strategy: DeploymentStrategy = DeploymentStrategy(),
      minReadySeconds: Int32 = 0,
      revisionHistoryLimit: Int32? = nil,
      paused: Bool = false,
      progressDeadlineSeconds: Int32? = nil
    ) {
      self.replicas = replicas
      self.selector = selector
      self.template = template
      self.strategy = strategy
      self.minReadySeconds = minReadySeconds
      self.revisionHistoryLimit = revisionHistoryLimit
      self.paused = paused
      self.progressDeadlineSeconds = progressDeadlineSeconds
    }

    private static let fields = FieldTable([
      "replicas", "selector", "template", "strategy", "minReadySeconds", "revisionHistoryLimit", "paused",
      "progressDeadlineSeconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.replicas = try reader.readInt32()
        case 1: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 2: self.template = try CoreV1.PodTemplateSpec(from: &reader)
        case 3: self.strategy = try DeploymentStrategy(from: &reader)
        case 4: self.minReadySeconds = try reader.readInt32()
        case 5: self.revisionHistoryLimit = try reader.readInt32()
        case 6: self.paused = try reader.readBool()
        case 7: self.progressDeadlineSeconds = try reader.readInt32()
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
      writer.key("strategy")
      strategy.write(to: &writer)
      if minReadySeconds != 0 {
        writer.key("minReadySeconds")
        writer.write(minReadySeconds)
      }
      if let revisionHistoryLimit {
        writer.key("revisionHistoryLimit")
        writer.write(revisionHistoryLimit)
      }
      if paused {
        writer.key("paused")
        writer.write(paused)
      }
      if let progressDeadlineSeconds {
        writer.key("progressDeadlineSeconds")
        writer.write(progressDeadlineSeconds)
      }
      writer.endObject()
    }
  }

  /// `DeploymentStatus` of `apps/v1`.
  package struct DeploymentStatus: JSONCodable {
    package var observedGeneration: Int64
    package var replicas: Int32
    package var updatedReplicas: Int32
    package var readyReplicas: Int32
    package var availableReplicas: Int32
    package var unavailableReplicas: Int32
    package var terminatingReplicas: Int32?
    package var conditions: [DeploymentCondition]
    package var collisionCount: Int32?

    package init() {
      self.observedGeneration = 0
      self.replicas = 0
      self.updatedReplicas = 0
      self.readyReplicas = 0
      self.availableReplicas = 0
      self.unavailableReplicas = 0
      self.terminatingReplicas = nil
      self.conditions = []
      self.collisionCount = nil
    }

    package init(
      observedGeneration: Int64 = 0,
      replicas: Int32 = 0,
      updatedReplicas: Int32 = 0,
      readyReplicas: Int32 = 0,
      availableReplicas: Int32 = 0,
      unavailableReplicas: Int32 = 0,
      terminatingReplicas: Int32? = nil,
      conditions: [DeploymentCondition] = [],
      collisionCount: Int32? = nil
    ) {
      self.observedGeneration = observedGeneration
      self.replicas = replicas
      self.updatedReplicas = updatedReplicas
      self.readyReplicas = readyReplicas
      self.availableReplicas = availableReplicas
      self.unavailableReplicas = unavailableReplicas
      self.terminatingReplicas = terminatingReplicas
      self.conditions = conditions
      self.collisionCount = collisionCount
    }

    private static let fields = FieldTable([
      "observedGeneration", "replicas", "updatedReplicas", "readyReplicas", "availableReplicas",
      "unavailableReplicas", "terminatingReplicas", "conditions", "collisionCount",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.observedGeneration = try reader.readInt64()
        case 1: self.replicas = try reader.readInt32()
        case 2: self.updatedReplicas = try reader.readInt32()
        case 3: self.readyReplicas = try reader.readInt32()
        case 4: self.availableReplicas = try reader.readInt32()
        case 5: self.unavailableReplicas = try reader.readInt32()
        case 6: self.terminatingReplicas = try reader.readInt32()
        case 7: self.conditions = try reader.readArray()
        case 8: self.collisionCount = try reader.readInt32()
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
      if replicas != 0 {
        writer.key("replicas")
        writer.write(replicas)
      }
      if updatedReplicas != 0 {
        writer.key("updatedReplicas")
        writer.write(updatedReplicas)
      }
      if readyReplicas != 0 {
        writer.key("readyReplicas")
        writer.write(readyReplicas)
      }
      if availableReplicas != 0 {
        writer.key("availableReplicas")
        writer.write(availableReplicas)
      }
      if unavailableReplicas != 0 {
        writer.key("unavailableReplicas")
        writer.write(unavailableReplicas)
      }
      if let terminatingReplicas {
        writer.key("terminatingReplicas")
        writer.write(terminatingReplicas)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      if let collisionCount {
        writer.key("collisionCount")
        writer.write(collisionCount)
      }
      writer.endObject()
    }
  }

  /// `DeploymentStrategy` of `apps/v1`.
  package struct DeploymentStrategy: JSONCodable {
    package var type: String
    package var rollingUpdate: RollingUpdateDeployment?

    package init() {
      self.type = ""
      self.rollingUpdate = nil
    }

    package init(
      type: String = "",
      rollingUpdate: RollingUpdateDeployment? = nil
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
        case 1: self.rollingUpdate = try RollingUpdateDeployment(from: &reader)
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

  /// `ReplicaSet` of `apps/v1`.
  package struct ReplicaSet: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "ReplicaSet"
    package static let resource = ResourceDescription(
      group: "apps", version: "v1", kind: kind, plural: "replicasets",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: ReplicaSetSpec
    package var status: ReplicaSetStatus

    package init() {
      self.spec = ReplicaSetSpec()
      self.status = ReplicaSetStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ReplicaSetSpec = ReplicaSetSpec(),
      status: ReplicaSetStatus = ReplicaSetStatus()
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
        case 1: self.spec = try ReplicaSetSpec(from: &reader)
        case 2: self.status = try ReplicaSetStatus(from: &reader)
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
}
