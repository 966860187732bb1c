// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PodCondition` of `core/v1`.
  package struct PodCondition: JSONCodable {
    package var type: String
    package var observedGeneration: Int64
    package var status: String
    package var lastProbeTime: Time?
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.observedGeneration = 0
      self.status = ""
      self.lastProbeTime = nil
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      observedGeneration: Int64 = 0,
      status: String = "",
      lastProbeTime: Time? = nil,
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.observedGeneration = observedGeneration
      self.status = status
      self.lastProbeTime = lastProbeTime
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "observedGeneration", "status", "lastProbeTime", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.observedGeneration = try reader.readInt64()
        case 2: self.status = try reader.readString()
        case 3: self.lastProbeTime = try Time(from: &reader)
        case 4: self.lastTransitionTime = try Time(from: &reader)
        case 5: self.reason = try reader.readString()
        case 6: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if observedGeneration != 0 {
        writer.key("observedGeneration")
        writer.write(observedGeneration)
      }
      writer.key("status")
      writer.write(status)
      if let lastProbeTime {
        writer.key("lastProbeTime")
        lastProbeTime.write(to: &writer)
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

  /// `PodDNSConfig` of `core/v1`.
  package struct PodDNSConfig: JSONCodable {
    package var nameservers: [String]
    package var searches: [String]
    package var options: [PodDNSConfigOption]

    package init() {
      self.nameservers = []
      self.searches = []
      self.options = []
    }

    package init(
      nameservers: [String] = [],
      searches: [String] = [],
      options: [PodDNSConfigOption] = []
    ) {
      self.nameservers = nameservers
      self.searches = searches
      self.options = options
    }

    private static let fields = FieldTable([
      "nameservers", "searches", "options",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.nameservers = try reader.readArray()
        case 1: self.searches = try reader.readArray()
        case 2: self.options = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !nameservers.isEmpty {
        writer.key("nameservers")
        writer.write(array: nameservers)
      }
      if !searches.isEmpty {
        writer.key("searches")
        writer.write(array: searches)
      }
      if !options.isEmpty {
        writer.key("options")
        writer.write(array: options)
      }
      writer.endObject()
    }
  }

  /// `PodDNSConfigOption` of `core/v1`.
  package struct PodDNSConfigOption: JSONCodable {
    package var name: String
    package var value: String?

    package init() {
      self.name = ""
      self.value = nil
    }

    package init(
      name: String = "",
      value: String? = nil
    ) {
      self.name = name
      self.value = value
    }

    private static let fields = FieldTable([
      "name", "value",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.value = try reader.readString()
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
      if let value {
        writer.key("value")
        writer.write(value)
      }
      writer.endObject()
    }
  }

  /// `PodExecOptions` of `core/v1`.
  package struct PodExecOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "PodExecOptions"
    package var stdin: Bool
    package var stdout: Bool
    package var stderr: Bool
    package var tty: Bool
    package var container: String
    package var command: [String]

    package init() {
      self.stdin = false
      self.stdout = false
      self.stderr = false
      self.tty = false
      self.container = ""
      self.command = []
    }

    package init(
      stdin: Bool = false,
      stdout: Bool = false,
      stderr: Bool = false,
      tty: Bool = false,
      container: String = "",
      command: [String] = []
    ) {
      self.stdin = stdin
      self.stdout = stdout
      self.stderr = stderr
      self.tty = tty
      self.container = container
      self.command = command
    }

    private static let fields = FieldTable([
      "stdin", "stdout", "stderr", "tty", "container", "command",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.stdin = try reader.readBool()
        case 1: self.stdout = try reader.readBool()
        case 2: self.stderr = try reader.readBool()
        case 3: self.tty = try reader.readBool()
        case 4: self.container = try reader.readString()
        case 5: self.command = try reader.readArray()
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
      if stdin {
        writer.key("stdin")
        writer.write(stdin)
      }
      if stdout {
        writer.key("stdout")
        writer.write(stdout)
      }
      if stderr {
        writer.key("stderr")
        writer.write(stderr)
      }
      if tty {
        writer.key("tty")
        writer.write(tty)
      }
      if !container.isEmpty {
        writer.key("container")
        writer.write(container)
      }
      writer.key("command")
      writer.write(array: command)
      writer.endObject()
    }
  }

  /// `PodIP` of `core/v1`.
  package struct PodIP: JSONCodable {
    package var ip: String

    package init() {
      self.ip = ""
    }

    package init(
      ip: String = ""
    ) {
      self.ip = ip
    }

    private static let fields = FieldTable([
      "ip",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.ip = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("ip")
      writer.write(ip)
      writer.endObject()
    }
  }
}
