// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AppsV1 {
  /// `StatefulSetStatus` of `apps/v1`.
  package struct StatefulSetStatus: JSONCodable {
    package var observedGeneration: Int64 = 0
    package var replicas: Int32 = 0
    package var readyReplicas: Int32 = 0
    package var currentReplicas: Int32 = 0
    package var updatedReplicas: Int32 = 0
    package var currentRevision: String = ""
    package var updateRevision: String = ""
    package var collisionCount: Int32?
    package var conditions: [StatefulSetCondition] = []
    package var availableReplicas: Int32 = 0

    package init() {}
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
    package var type: String = ""
    package var rollingUpdate: RollingUpdateStatefulSetStrategy?

    package init() {}
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
