// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `EnvVarSource` of `core/v1`.
  package struct EnvVarSource: JSONCodable {
    package var fieldRef: ObjectFieldSelector?
    @BoxedOptional package var resourceFieldRef: ResourceFieldSelector?
    @BoxedOptional package var configMapKeyRef: ConfigMapKeySelector?
    @BoxedOptional package var secretKeyRef: SecretKeySelector?

    package init() {
      self.fieldRef = nil
    }

    package init(
      fieldRef: ObjectFieldSelector? = nil,
      resourceFieldRef: ResourceFieldSelector? = nil,
      configMapKeyRef: ConfigMapKeySelector? = nil,
      secretKeyRef: SecretKeySelector? = nil
    ) {
      self.fieldRef = fieldRef
      self.resourceFieldRef = resourceFieldRef
      self.configMapKeyRef = configMapKeyRef
      self.secretKeyRef = secretKeyRef
    }

    private static let fields = FieldTable([
      "fieldRef", "resourceFieldRef", "configMapKeyRef", "secretKeyRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.fieldRef = try ObjectFieldSelector(from: &reader)
        case 1: self.resourceFieldRef = try ResourceFieldSelector(from: &reader)
        case 2: self.configMapKeyRef = try ConfigMapKeySelector(from: &reader)
        case 3: self.secretKeyRef = try SecretKeySelector(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let fieldRef {
        writer.key("fieldRef")
        fieldRef.write(to: &writer)
      }
      if let resourceFieldRef {
        writer.key("resourceFieldRef")
        resourceFieldRef.write(to: &writer)
      }
      if let configMapKeyRef {
        writer.key("configMapKeyRef")
        configMapKeyRef.write(to: &writer)
      }
      if let secretKeyRef {
        writer.key("secretKeyRef")
        secretKeyRef.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `EphemeralContainer` of `core/v1`.
  package struct EphemeralContainer: JSONCodable {
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
    package var targetContainerName: String

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
      self.targetContainerName = ""
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
      tty: Bool = false,
      targetContainerName: String = ""
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
      self.targetContainerName = targetContainerName
    }

    private static let fields = FieldTable([
      "name", "image", "command", "args", "workingDir", "ports", "envFrom", "env", "resources",
      "resizePolicy", "restartPolicy", "volumeMounts", "volumeDevices", "livenessProbe", "readinessProbe",
      "startupProbe", "lifecycle", "terminationMessagePath", "terminationMessagePolicy",
      "imagePullPolicy", "securityContext", "stdin", "stdinOnce", "tty", "targetContainerName",
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
        case 24: self.targetContainerName = try reader.readString()
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
      if !targetContainerName.isEmpty {
        writer.key("targetContainerName")
        writer.write(targetContainerName)
      }
      writer.endObject()
    }
  }
}
