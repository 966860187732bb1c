// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ContainerResizePolicy` of `core/v1`.
  package struct ContainerResizePolicy: JSONCodable {
    package var resourceName: String
    package var restartPolicy: String

    package init() {
      self.resourceName = ""
      self.restartPolicy = ""
    }

    package init(
      resourceName: String = "",
      restartPolicy: String = ""
    ) {
      self.resourceName = resourceName
      self.restartPolicy = restartPolicy
    }

    private static let fields = FieldTable([
      "resourceName", "restartPolicy",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.resourceName = try reader.readString()
        case 1: self.restartPolicy = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("resourceName")
      writer.write(resourceName)
      writer.key("restartPolicy")
      writer.write(restartPolicy)
      writer.endObject()
    }
  }

  /// `ContainerState` of `core/v1`.
  package struct ContainerState: JSONCodable {
    package var waiting: ContainerStateWaiting?
    package var running: ContainerStateRunning?
    @BoxedOptional package var terminated: ContainerStateTerminated?

    package init() {
      self.waiting = nil
      self.running = nil
    }

    package init(
      waiting: ContainerStateWaiting? = nil,
      running: ContainerStateRunning? = nil,
      terminated: ContainerStateTerminated? = nil
    ) {
      self.waiting = waiting
      self.running = running
      self.terminated = terminated
    }

    private static let fields = FieldTable([
      "waiting", "running", "terminated",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.waiting = try ContainerStateWaiting(from: &reader)
        case 1: self.running = try ContainerStateRunning(from: &reader)
        case 2: self.terminated = try ContainerStateTerminated(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let waiting {
        writer.key("waiting")
        waiting.write(to: &writer)
      }
      if let running {
        writer.key("running")
        running.write(to: &writer)
      }
      if let terminated {
        writer.key("terminated")
        terminated.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ContainerStateRunning` of `core/v1`.
  package struct ContainerStateRunning: JSONCodable {
    package var startedAt: Time?

    package init() {
      self.startedAt = nil
    }

    package init(
      startedAt: Time? = nil
    ) {
      self.startedAt = startedAt
    }

    private static let fields = FieldTable([
      "startedAt",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.startedAt = try Time(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let startedAt {
        writer.key("startedAt")
        startedAt.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ContainerStateTerminated` of `core/v1`.
  package struct ContainerStateTerminated: JSONCodable {
    package var exitCode: Int32
    package var signal: Int32
    package var reason: String
    package var message: String
    package var startedAt: Time?
    package var finishedAt: Time?
    package var containerID: String

    package init() {
      self.exitCode = 0
      self.signal = 0
      self.reason = ""
      self.message = ""
      self.startedAt = nil
      self.finishedAt = nil
      self.containerID = ""
    }

    package init(
      exitCode: Int32 = 0,
      signal: Int32 = 0,
      reason: String = "",
      message: String = "",
      startedAt: Time? = nil,
      finishedAt: Time? = nil,
      containerID: String = ""
    ) {
      self.exitCode = exitCode
      self.signal = signal
      self.reason = reason
      self.message = message
      self.startedAt = startedAt
      self.finishedAt = finishedAt
      self.containerID = containerID
    }

    private static let fields = FieldTable([
      "exitCode", "signal", "reason", "message", "startedAt", "finishedAt", "containerID",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.exitCode = try reader.readInt32()
        case 1: self.signal = try reader.readInt32()
        case 2: self.reason = try reader.readString()
        case 3: self.message = try reader.readString()
        case 4: self.startedAt = try Time(from: &reader)
        case 5: self.finishedAt = try Time(from: &reader)
        case 6: self.containerID = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("exitCode")
      writer.write(exitCode)
      if signal != 0 {
        writer.key("signal")
        writer.write(signal)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if let startedAt {
        writer.key("startedAt")
        startedAt.write(to: &writer)
      }
      if let finishedAt {
        writer.key("finishedAt")
        finishedAt.write(to: &writer)
      }
      if !containerID.isEmpty {
        writer.key("containerID")
        writer.write(containerID)
      }
      writer.endObject()
    }
  }

  /// `ContainerStateWaiting` of `core/v1`.
  package struct ContainerStateWaiting: JSONCodable {
    package var reason: String
    package var message: String

    package init() {
      self.reason = ""
      self.message = ""
    }

    package init(
      reason: String = "",
      message: String = ""
    ) {
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.reason = try reader.readString()
        case 1: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
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

  /// `ContainerStatus` of `core/v1`.
  package struct ContainerStatus: JSONCodable {
    package var name: String
    package var state: ContainerState
    package var lastState: ContainerState
    package var ready: Bool
    package var restartCount: Int32
    package var image: String
    package var imageID: String
    package var containerID: String
    package var started: Bool?
    package var allocatedResources: [String: Quantity]
    package var resources: ResourceRequirements?
    package var volumeMounts: [VolumeMountStatus]
    package var user: ContainerUser?
    package var allocatedResourcesStatus: [ResourceStatus]
    package var stopSignal: String?

    package init() {
      self.name = ""
      self.state = ContainerState()
      self.lastState = ContainerState()
      self.ready = false
      self.restartCount = 0
      self.image = ""
      self.imageID = ""
      self.containerID = ""
      self.started = nil
      self.allocatedResources = [:]
      self.resources = nil
      self.volumeMounts = []
      self.user = nil
      self.allocatedResourcesStatus = []
      self.stopSignal = nil
    }

    package init(
      name: String = "",
      state: ContainerState = ContainerState(),
      lastState: ContainerState = ContainerState(),
      ready: Bool = false,
      restartCount: Int32 = 0,
      image: String = "",
      imageID: String = "",
      containerID: String = "",
      started: Bool? = nil,
      allocatedResources: [String: Quantity] = [:],
      resources: ResourceRequirements? = nil,
      volumeMounts: [VolumeMountStatus] = [],
      user: ContainerUser? = nil,
      allocatedResourcesStatus: [ResourceStatus] = [],
      stopSignal: String? = nil
    ) {
      self.name = name
      self.state = state
      self.lastState = lastState
      self.ready = ready
      self.restartCount = restartCount
      self.image = image
      self.imageID = imageID
      self.containerID = containerID
      self.started = started
      self.allocatedResources = allocatedResources
      self.resources = resources
      self.volumeMounts = volumeMounts
      self.user = user
      self.allocatedResourcesStatus = allocatedResourcesStatus
      self.stopSignal = stopSignal
    }

    private static let fields = FieldTable([
      "name", "state", "lastState", "ready", "restartCount", "image", "imageID", "containerID", "started",
      "allocatedResources", "resources", "volumeMounts", "user", "allocatedResourcesStatus", "stopSignal",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.state = try ContainerState(from: &reader)
        case 2: self.lastState = try ContainerState(from: &reader)
        case 3: self.ready = try reader.readBool()
        case 4: self.restartCount = try reader.readInt32()
        case 5: self.image = try reader.readString()
        case 6: self.imageID = try reader.readString()
        case 7: self.containerID = try reader.readString()
        case 8: self.started = try reader.readBool()
        case 9: self.allocatedResources = try reader.readMap()
        case 10: self.resources = try ResourceRequirements(from: &reader)
        case 11: self.volumeMounts = try reader.readArray()
        case 12: self.user = try ContainerUser(from: &reader)
        case 13: self.allocatedResourcesStatus = try reader.readArray()
        case 14: self.stopSignal = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("state")
      state.write(to: &writer)
      writer.key("lastState")
      lastState.write(to: &writer)
      writer.key("ready")
      writer.write(ready)
      writer.key("restartCount")
      writer.write(restartCount)
      writer.key("image")
      writer.write(image)
      writer.key("imageID")
      writer.write(imageID)
      if !containerID.isEmpty {
        writer.key("containerID")
        writer.write(containerID)
      }
      if let started {
        writer.key("started")
        writer.write(started)
      }
      if !allocatedResources.isEmpty {
        writer.key("allocatedResources")
        writer.write(map: allocatedResources)
      }
      if let resources {
        writer.key("resources")
        resources.write(to: &writer)
      }
      if !volumeMounts.isEmpty {
        writer.key("volumeMounts")
        writer.write(array: volumeMounts)
      }
      if let user {
        writer.key("user")
        user.write(to: &writer)
      }
      if !allocatedResourcesStatus.isEmpty {
        writer.key("allocatedResourcesStatus")
        writer.write(array: allocatedResourcesStatus)
      }
      if let stopSignal {
        writer.key("stopSignal")
        writer.write(stopSignal)
      }
      writer.endObject()
    }
  }
}
