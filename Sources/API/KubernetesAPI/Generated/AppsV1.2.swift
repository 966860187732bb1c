// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AppsV1 {
  /// `DaemonSetStatus` of `apps/v1`.
  package struct DaemonSetStatus: JSONCodable {
    package var currentNumberScheduled: Int32
    package var numberMisscheduled: Int32
    package var desiredNumberScheduled: Int32
    package var numberReady: Int32
    package var observedGeneration: Int64
    package var updatedNumberScheduled: Int32
    package var numberAvailable: Int32
    package var numberUnavailable: Int32
    package var collisionCount: Int32?
    package var conditions: [DaemonSetCondition]

    package init() {
      self.currentNumberScheduled = 0
      self.numberMisscheduled = 0
      self.desiredNumberScheduled = 0
      self.numberReady = 0
      self.observedGeneration = 0
      self.updatedNumberScheduled = 0
      self.numberAvailable = 0
      self.numberUnavailable = 0
      self.collisionCount = nil
      self.conditions = []
    }

    package init(
      currentNumberScheduled: Int32 = 0,
      numberMisscheduled: Int32 = 0,
      desiredNumberScheduled: Int32 = 0,
      numberReady: Int32 = 0,
      observedGeneration: Int64 = 0,
      updatedNumberScheduled: Int32 = 0,
      numberAvailable: Int32 = 0,
      numberUnavailable: Int32 = 0,
      collisionCount: Int32? = nil,
      conditions: [DaemonSetCondition] = []
    ) {
      self.currentNumberScheduled = currentNumberScheduled
      self.numberMisscheduled = numberMisscheduled
      self.desiredNumberScheduled = desiredNumberScheduled
      self.numberReady = numberReady
      self.observedGeneration = observedGeneration
      self.updatedNumberScheduled = updatedNumberScheduled
      self.numberAvailable = numberAvailable
      self.numberUnavailable = numberUnavailable
      self.collisionCount = collisionCount
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "currentNumberScheduled", "numberMisscheduled", "desiredNumberScheduled", "numberReady",
      "observedGeneration", "updatedNumberScheduled", "numberAvailable", "numberUnavailable",
      "collisionCount", "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.currentNumberScheduled = try reader.readInt32()
        case 1: self.numberMisscheduled = try reader.readInt32()
        case 2: self.desiredNumberScheduled = try reader.readInt32()
        case 3: self.numberReady = try reader.readInt32()
        case 4: self.observedGeneration = try reader.readInt64()
        case 5: self.updatedNumberScheduled = try reader.readInt32()
        case 6: self.numberAvailable = try reader.readInt32()
        case 7: self.numberUnavailable = try reader.readInt32()
        case 8: self.collisionCount = try reader.readInt32()
        case 9: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("currentNumberScheduled")
      writer.write(currentNumberScheduled)
      writer.key("numberMisscheduled")
      writer.write(numberMisscheduled)
      writer.key("desiredNumberScheduled")
      writer.write(desiredNumberScheduled)
      writer.key("numberReady")
      writer.write(numberReady)
      if observedGeneration != 0 {
        writer.key("observedGeneration")
        writer.write(observedGeneration)
      }
      if updatedNumberScheduled != 0 {
        writer.key("updatedNumberScheduled")
        writer.write(updatedNumberScheduled)
      }
      if numberAvailable != 0 {
        writer.key("numberAvailable")
        writer.write(numberAvailable)
      }
      if numberUnavailable != 0 {
        writer.key("numberUnavailable")
        writer.write(numberUnavailable)
      }
      if let collisionCount {
        writer.key("collisionCount")
        writer.write(collisionCount)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }

  /// `DaemonSetUpdateStrategy` of `apps/v1`.
  package struct DaemonSetUpdateStrategy: JSONCodable {
    package var type: String
    package var rollingUpdate: RollingUpdateDaemonSet?

    package init() {
      self.type = ""
      self.rollingUpdate = nil
    }

    package init(
      type: String = "",
      rollingUpdate: RollingUpdateDaemonSet? = nil
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
        case 1: self.rollingUpdate = try RollingUpdateDaemonSet(from: &reader)
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

  /// `Deployment` of `apps/v1`.
  package struct Deployment: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "Deployment"
    package static let resource = ResourceDescription(
      group: "apps", version: "v1", kind: kind, plural: "deployments",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: DeploymentSpec
    package var status: DeploymentStatus

    package init() {
      self.status = DeploymentStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: DeploymentSpec = DeploymentSpec(),
      status: DeploymentStatus = DeploymentStatus()
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
        case 1: self.spec = try DeploymentSpec(from: &reader)
        case 2: self.status = try DeploymentStatus(from: &reader)
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

  /// `DeploymentCondition` of `apps/v1`.
  package struct DeploymentCondition: JSONCodable {
    package var type: String
    package var status: String
    package var lastUpdateTime: Time?
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.lastUpdateTime = nil
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      lastUpdateTime: Time? = nil,
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.lastUpdateTime = lastUpdateTime
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "lastUpdateTime", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.lastUpdateTime = try Time(from: &reader)
        case 3: self.lastTransitionTime = try Time(from: &reader)
        case 4: self.reason = try reader.readString()
        case 5: self.message = try reader.readString()
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
      if let lastUpdateTime {
        writer.key("lastUpdateTime")
        lastUpdateTime.write(to: &writer)
      }
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

  /// `DeploymentList` of `apps/v1`.
  package struct DeploymentList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "apps/v1"
    package static let kind = "DeploymentList"
    package var metadata: MetaV1.ListMeta
    package var items: [Deployment]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Deployment] = []
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
