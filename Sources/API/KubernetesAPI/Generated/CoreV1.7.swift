// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ContainerStateWaiting` of `core/v1`.
  package struct ContainerStateWaiting: JSONCodable {
    package var reason: String = ""
    package var message: String = ""

    package init() {}
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
    package var name: String = ""
    package var state: ContainerState = ContainerState()
    package var lastState: ContainerState = ContainerState()
    package var ready: Bool = false
    package var restartCount: Int32 = 0
    package var image: String = ""
    package var imageID: String = ""
    package var containerID: String = ""
    package var started: Bool?
    package var allocatedResources: [String: Quantity] = [:]
    package var resources: ResourceRequirements?
    package var volumeMounts: [VolumeMountStatus] = []
    package var user: ContainerUser?
    package var allocatedResourcesStatus: [ResourceStatus] = []
    package var stopSignal: String?

    package init() {}
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

  /// `ContainerUser` of `core/v1`.
  package struct ContainerUser: JSONCodable {
    package var linux: LinuxContainerUser?

    package init() {}
    package init(
      linux: LinuxContainerUser? = nil
    ) {
      self.linux = linux
    }

    private static let fields = FieldTable([
      "linux",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.linux = try LinuxContainerUser(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let linux {
        writer.key("linux")
        linux.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `DaemonEndpoint` of `core/v1`.
  package struct DaemonEndpoint: JSONCodable {
    package var Port: Int32 = 0

    package init() {}
    package init(
      Port: Int32 = 0
    ) {
      self.Port = Port
    }

    private static let fields = FieldTable([
      "Port",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.Port = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("Port")
      writer.write(Port)
      writer.endObject()
    }
  }

  /// `DownwardAPIProjection` of `core/v1`.
  package struct DownwardAPIProjection: JSONCodable {
    package var items: [DownwardAPIVolumeFile] = []

    package init() {}
    package init(
      items: [DownwardAPIVolumeFile] = []
    ) {
      self.items = items
    }

    private static let fields = FieldTable([
      "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.items = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      writer.endObject()
    }
  }

  /// `DownwardAPIVolumeFile` of `core/v1`.
  package struct DownwardAPIVolumeFile: JSONCodable {
    package var path: String = ""
    package var fieldRef: ObjectFieldSelector?
    @BoxedOptional package var resourceFieldRef: ResourceFieldSelector?
    package var mode: Int32?

    package init() {}
    package init(
      path: String = "",
      fieldRef: ObjectFieldSelector? = nil,
      resourceFieldRef: ResourceFieldSelector? = nil,
      mode: Int32? = nil
    ) {
      self.path = path
      self.fieldRef = fieldRef
      self.resourceFieldRef = resourceFieldRef
      self.mode = mode
    }

    private static let fields = FieldTable([
      "path", "fieldRef", "resourceFieldRef", "mode",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
        case 1: self.fieldRef = try ObjectFieldSelector(from: &reader)
        case 2: self.resourceFieldRef = try ResourceFieldSelector(from: &reader)
        case 3: self.mode = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("path")
      writer.write(path)
      if let fieldRef {
        writer.key("fieldRef")
        fieldRef.write(to: &writer)
      }
      if let resourceFieldRef {
        writer.key("resourceFieldRef")
        resourceFieldRef.write(to: &writer)
      }
      if let mode {
        writer.key("mode")
        writer.write(mode)
      }
      writer.endObject()
    }
  }
}
