// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ContainerImage` of `core/v1`.
  package struct ContainerImage: JSONCodable {
    package var names: [String] = []
    package var sizeBytes: Int64 = 0

    package init() {}
    package init(
      names: [String] = [],
      sizeBytes: Int64 = 0
    ) {
      self.names = names
      self.sizeBytes = sizeBytes
    }

    private static let fields = FieldTable([
      "names", "sizeBytes",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.names = try reader.readArray()
        case 1: self.sizeBytes = try reader.readInt64()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("names")
      writer.write(array: names)
      if sizeBytes != 0 {
        writer.key("sizeBytes")
        writer.write(sizeBytes)
      }
      writer.endObject()
    }
  }

  /// `ContainerPort` of `core/v1`.
  package struct ContainerPort: JSONCodable {
    package var name: String = ""
    package var hostPort: Int32 = 0
    package var containerPort: Int32 = 0
    package var `protocol`: String = ""
    package var hostIP: String = ""

    package init() {}
    package init(
      name: String = "",
      hostPort: Int32 = 0,
      containerPort: Int32 = 0,
      `protocol`: String = "",
      hostIP: String = ""
    ) {
      self.name = name
      self.hostPort = hostPort
      self.containerPort = containerPort
      self.`protocol` = `protocol`
      self.hostIP = hostIP
    }

    private static let fields = FieldTable([
      "name", "hostPort", "containerPort", "protocol", "hostIP",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.hostPort = try reader.readInt32()
        case 2: self.containerPort = try reader.readInt32()
        case 3: self.`protocol` = try reader.readString()
        case 4: self.hostIP = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if hostPort != 0 {
        writer.key("hostPort")
        writer.write(hostPort)
      }
      writer.key("containerPort")
      writer.write(containerPort)
      if !`protocol`.isEmpty {
        writer.key("protocol")
        writer.write(`protocol`)
      }
      if !hostIP.isEmpty {
        writer.key("hostIP")
        writer.write(hostIP)
      }
      writer.endObject()
    }
  }

  /// `ContainerResizePolicy` of `core/v1`.
  package struct ContainerResizePolicy: JSONCodable {
    package var resourceName: String = ""
    package var restartPolicy: String = ""

    package init() {}
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

    package init() {}
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

    package init() {}
    package init(
      startedAt: Time? = nil
    ) {
      self.startedAt = startedAt
    }

    private static let fields = FieldTable([
      "startedAt",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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
    package var exitCode: Int32 = 0
    package var signal: Int32 = 0
    package var reason: String = ""
    package var message: String = ""
    package var startedAt: Time?
    package var finishedAt: Time?
    package var containerID: String = ""

    package init() {}
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
}
