// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `Container` of `core/v1`.
  package struct Container: JSONCodable {
    package var name: String
    package var image: String
    package var command: [String]
    package var args: [String]
    package var workingDir: String
    package var ports: [ContainerPort]
    package var envFrom: [EnvFromSource]
    package var env: [EnvVar]
    package var resources: ResourceRequirements
    package var resizePolicy: [ContainerResizePolicy]
    package var restartPolicy: String?
    package var volumeMounts: [VolumeMount]
    package var volumeDevices: [VolumeDevice]
    @BoxedOptional package var livenessProbe: Probe?
    @BoxedOptional package var readinessProbe: Probe?
    @BoxedOptional package var startupProbe: Probe?
    package var lifecycle: Lifecycle?
    package var terminationMessagePath: String
    package var terminationMessagePolicy: String
    package var imagePullPolicy: String
    @BoxedOptional package var securityContext: SecurityContext?
    package var stdin: Bool
    package var stdinOnce: Bool
    package var tty: Bool

    package init() {
      self.name = ""
      self.image = ""
      self.command = []
      self.args = []
      self.workingDir = ""
      self.ports = []
      self.envFrom = []
      self.env = []
      self.resources = ResourceRequirements()
      self.resizePolicy = []
      self.restartPolicy = nil
      self.volumeMounts = []
      self.volumeDevices = []
      self.lifecycle = nil
      self.terminationMessagePath = ""
      self.terminationMessagePolicy = ""
      self.imagePullPolicy = ""
      self.stdin = false
      self.stdinOnce = false
      self.tty = false
    }

    package init(
      name: String = "",
      image: String = "",
      command: [String] = [],
      args: [String] = [],
      workingDir: String = "",
      ports: [ContainerPort] = [],
      envFrom: [EnvFromSource] = [],
      env: [EnvVar] = [],
      resources: ResourceRequirements = ResourceRequirements(),
      resizePolicy: [ContainerResizePolicy] = [],
      restartPolicy: String? = nil,
      volumeMounts: [VolumeMount] = [],
      volumeDevices: [VolumeDevice] = [],
      livenessProbe: Probe? = nil,
      readinessProbe: Probe? = nil,
      startupProbe: Probe? = nil,
      lifecycle: Lifecycle? = nil,
      terminationMessagePath: String = "",
      terminationMessagePolicy: String = "",
      imagePullPolicy: String = "",
      securityContext: SecurityContext? = nil,
      stdin: Bool = false,
      stdinOnce: Bool = false,
      tty: Bool = false
    ) {
      self.name = name
      self.image = image
      self.command = command
      self.args = args
      self.workingDir = workingDir
      self.ports = ports
      self.envFrom = envFrom
      self.env = env
      self.resources = resources
      self.resizePolicy = resizePolicy
      self.restartPolicy = restartPolicy
      self.volumeMounts = volumeMounts
      self.volumeDevices = volumeDevices
      self.livenessProbe = livenessProbe
      self.readinessProbe = readinessProbe
      self.startupProbe = startupProbe
      self.lifecycle = lifecycle
      self.terminationMessagePath = terminationMessagePath
      self.terminationMessagePolicy = terminationMessagePolicy
      self.imagePullPolicy = imagePullPolicy
      self.securityContext = securityContext
      self.stdin = stdin
      self.stdinOnce = stdinOnce
      self.tty = tty
    }

    private static let fields = FieldTable([
      "name", "image", "command", "args", "workingDir", "ports", "envFrom", "env", "resources",
      "resizePolicy", "restartPolicy", "volumeMounts", "volumeDevices", "livenessProbe", "readinessProbe",
      "startupProbe", "lifecycle", "terminationMessagePath", "terminationMessagePolicy",
      "imagePullPolicy", "securityContext", "stdin", "stdinOnce", "tty",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.image = try reader.readString()
        case 2: self.command = try reader.readArray()
        case 3: self.args = try reader.readArray()
        case 4: self.workingDir = try reader.readString()
        case 5: self.ports = try reader.readArray()
        case 6: self.envFrom = try reader.readArray()
        case 7: self.env = try reader.readArray()
        case 8: self.resources = try ResourceRequirements(from: &reader)
        case 9: self.resizePolicy = try reader.readArray()
        case 10: self.restartPolicy = try reader.readString()
        case 11: self.volumeMounts = try reader.readArray()
        case 12: self.volumeDevices = try reader.readArray()
        case 13: self.livenessProbe = try Probe(from: &reader)
        case 14: self.readinessProbe = try Probe(from: &reader)
        case 15: self.startupProbe = try Probe(from: &reader)
        case 16: self.lifecycle = try Lifecycle(from: &reader)
        case 17: self.terminationMessagePath = try reader.readString()
        case 18: self.terminationMessagePolicy = try reader.readString()
        case 19: self.imagePullPolicy = try reader.readString()
        case 20: self.securityContext = try SecurityContext(from: &reader)
        case 21: self.stdin = try reader.readBool()
        case 22: self.stdinOnce = try reader.readBool()
        case 23: self.tty = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if !image.isEmpty {
        writer.key("image")
        writer.write(image)
      }
      if !command.isEmpty {
        writer.key("command")
        writer.write(array: command)
      }
      if !args.isEmpty {
        writer.key("args")
        writer.write(array: args)
      }
      if !workingDir.isEmpty {
        writer.key("workingDir")
        writer.write(workingDir)
      }
      if !ports.isEmpty {
        writer.key("ports")
        writer.write(array: ports)
      }
      if !envFrom.isEmpty {
        writer.key("envFrom")
        writer.write(array: envFrom)
      }
      if !env.isEmpty {
        writer.key("env")
        writer.write(array: env)
      }
      writer.key("resources")
      resources.write(to: &writer)
      if !resizePolicy.isEmpty {
        writer.key("resizePolicy")
        writer.write(array: resizePolicy)
      }
      if let restartPolicy {
        writer.key("restartPolicy")
        writer.write(restartPolicy)
      }
      if !volumeMounts.isEmpty {
        writer.key("volumeMounts")
        writer.write(array: volumeMounts)
      }
      if !volumeDevices.isEmpty {
        writer.key("volumeDevices")
        writer.write(array: volumeDevices)
      }
      if let livenessProbe {
        writer.key("livenessProbe")
        livenessProbe.write(to: &writer)
      }
      if let readinessProbe {
        writer.key("readinessProbe")
        readinessProbe.write(to: &writer)
      }
      if let startupProbe {
        writer.key("startupProbe")
        startupProbe.write(to: &writer)
      }
      if let lifecycle {
        writer.key("lifecycle")
        lifecycle.write(to: &writer)
      }
      if !terminationMessagePath.isEmpty {
        writer.key("terminationMessagePath")
        writer.write(terminationMessagePath)
      }
      if !terminationMessagePolicy.isEmpty {
        writer.key("terminationMessagePolicy")
        writer.write(terminationMessagePolicy)
      }
      if !imagePullPolicy.isEmpty {
        writer.key("imagePullPolicy")
        writer.write(imagePullPolicy)
      }
      if let securityContext {
        writer.key("securityContext")
        securityContext.write(to: &writer)
      }
      if stdin {
        writer.key("stdin")
        writer.write(stdin)
      }
      if stdinOnce {
        writer.key("stdinOnce")
        writer.write(stdinOnce)
      }
      if tty {
        writer.key("tty")
        writer.write(tty)
      }
      writer.endObject()
    }
  }

  /// `ContainerImage` of `core/v1`.
  package struct ContainerImage: JSONCodable {
    package var names: [String]
    package var sizeBytes: Int64

    package init() {
      self.names = []
      self.sizeBytes = 0
    }

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
      self.init()
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
    package var name: String
    package var hostPort: Int32
    package var containerPort: Int32
    package var `protocol`: String
    package var hostIP: String

    package init() {
      self.name = ""
      self.hostPort = 0
      self.containerPort = 0
      self.`protocol` = ""
      self.hostIP = ""
    }

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
      self.init()
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
}
