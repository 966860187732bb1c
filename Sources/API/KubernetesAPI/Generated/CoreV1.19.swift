// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `NodeAffinity` of `core/v1`.
  package struct NodeAffinity: JSONCodable {
    package var requiredDuringSchedulingIgnoredDuringExecution: NodeSelector?
    package var preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm]

    package init() {
      self.requiredDuringSchedulingIgnoredDuringExecution = nil
      self.preferredDuringSchedulingIgnoredDuringExecution = []
    }

    package init(
      requiredDuringSchedulingIgnoredDuringExecution: NodeSelector? = nil,
      preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm] = []
    ) {
      self.requiredDuringSchedulingIgnoredDuringExecution = requiredDuringSchedulingIgnoredDuringExecution
      self.preferredDuringSchedulingIgnoredDuringExecution = preferredDuringSchedulingIgnoredDuringExecution
    }

    private static let fields = FieldTable([
      "requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.requiredDuringSchedulingIgnoredDuringExecution = try NodeSelector(from: &reader)
        case 1: self.preferredDuringSchedulingIgnoredDuringExecution = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let requiredDuringSchedulingIgnoredDuringExecution {
        writer.key("requiredDuringSchedulingIgnoredDuringExecution")
        requiredDuringSchedulingIgnoredDuringExecution.write(to: &writer)
      }
      if !preferredDuringSchedulingIgnoredDuringExecution.isEmpty {
        writer.key("preferredDuringSchedulingIgnoredDuringExecution")
        writer.write(array: preferredDuringSchedulingIgnoredDuringExecution)
      }
      writer.endObject()
    }
  }

  /// `NodeCondition` of `core/v1`.
  package struct NodeCondition: JSONCodable {
    package var type: String
    package var status: String
    package var lastHeartbeatTime: Time?
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.lastHeartbeatTime = nil
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      lastHeartbeatTime: Time? = nil,
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.lastHeartbeatTime = lastHeartbeatTime
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "lastHeartbeatTime", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.lastHeartbeatTime = try Time(from: &reader)
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
      if let lastHeartbeatTime {
        writer.key("lastHeartbeatTime")
        lastHeartbeatTime.write(to: &writer)
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

  /// `NodeConfigSource` of `core/v1`.
  package struct NodeConfigSource: JSONCodable {
    @BoxedOptional package var configMap: ConfigMapNodeConfigSource?

    package init() {}
    package init(
      configMap: ConfigMapNodeConfigSource? = nil
    ) {
      self.configMap = configMap
    }

    private static let fields = FieldTable([
      "configMap",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.configMap = try ConfigMapNodeConfigSource(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let configMap {
        writer.key("configMap")
        configMap.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `NodeConfigStatus` of `core/v1`.
  package struct NodeConfigStatus: JSONCodable {
    package var assigned: NodeConfigSource?
    package var active: NodeConfigSource?
    package var lastKnownGood: NodeConfigSource?
    package var error: String

    package init() {
      self.assigned = nil
      self.active = nil
      self.lastKnownGood = nil
      self.error = ""
    }

    package init(
      assigned: NodeConfigSource? = nil,
      active: NodeConfigSource? = nil,
      lastKnownGood: NodeConfigSource? = nil,
      error: String = ""
    ) {
      self.assigned = assigned
      self.active = active
      self.lastKnownGood = lastKnownGood
      self.error = error
    }

    private static let fields = FieldTable([
      "assigned", "active", "lastKnownGood", "error",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.assigned = try NodeConfigSource(from: &reader)
        case 1: self.active = try NodeConfigSource(from: &reader)
        case 2: self.lastKnownGood = try NodeConfigSource(from: &reader)
        case 3: self.error = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let assigned {
        writer.key("assigned")
        assigned.write(to: &writer)
      }
      if let active {
        writer.key("active")
        active.write(to: &writer)
      }
      if let lastKnownGood {
        writer.key("lastKnownGood")
        lastKnownGood.write(to: &writer)
      }
      if !error.isEmpty {
        writer.key("error")
        writer.write(error)
      }
      writer.endObject()
    }
  }

  /// `NodeDaemonEndpoints` of `core/v1`.
  package struct NodeDaemonEndpoints: JSONCodable {
    package var kubeletEndpoint: DaemonEndpoint

    package init() {
      self.kubeletEndpoint = DaemonEndpoint()
    }

    package init(
      kubeletEndpoint: DaemonEndpoint = DaemonEndpoint()
    ) {
      self.kubeletEndpoint = kubeletEndpoint
    }

    private static let fields = FieldTable([
      "kubeletEndpoint",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.kubeletEndpoint = try DaemonEndpoint(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("kubeletEndpoint")
      kubeletEndpoint.write(to: &writer)
      writer.endObject()
    }
  }

  /// `NodeFeatures` of `core/v1`.
  package struct NodeFeatures: JSONCodable {
    package var supplementalGroupsPolicy: Bool?

    package init() {
      self.supplementalGroupsPolicy = nil
    }

    package init(
      supplementalGroupsPolicy: Bool? = nil
    ) {
      self.supplementalGroupsPolicy = supplementalGroupsPolicy
    }

    private static let fields = FieldTable([
      "supplementalGroupsPolicy",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.supplementalGroupsPolicy = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let supplementalGroupsPolicy {
        writer.key("supplementalGroupsPolicy")
        writer.write(supplementalGroupsPolicy)
      }
      writer.endObject()
    }
  }
}
