// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ConfigMapList` of `core/v1`.
  package struct ConfigMapList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ConfigMapList"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [ConfigMap] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ConfigMap] = []
    ) {
      self.metadata = metadata
      self.items = items
    }

    private static let fields = FieldTable([
      "metadata", "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
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

  /// `ConfigMapNodeConfigSource` of `core/v1`.
  package struct ConfigMapNodeConfigSource: JSONCodable {
    package var namespace: String = ""
    package var name: String = ""
    package var uid: String = ""
    package var resourceVersion: String = ""
    package var kubeletConfigKey: String = ""

    package init() {}
    package init(
      namespace: String = "",
      name: String = "",
      uid: String = "",
      resourceVersion: String = "",
      kubeletConfigKey: String = ""
    ) {
      self.namespace = namespace
      self.name = name
      self.uid = uid
      self.resourceVersion = resourceVersion
      self.kubeletConfigKey = kubeletConfigKey
    }

    private static let fields = FieldTable([
      "namespace", "name", "uid", "resourceVersion", "kubeletConfigKey",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        case 1: self.name = try reader.readString()
        case 2: self.uid = try reader.readString()
        case 3: self.resourceVersion = try reader.readString()
        case 4: self.kubeletConfigKey = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("namespace")
      writer.write(namespace)
      writer.key("name")
      writer.write(name)
      if !uid.isEmpty {
        writer.key("uid")
        writer.write(uid)
      }
      if !resourceVersion.isEmpty {
        writer.key("resourceVersion")
        writer.write(resourceVersion)
      }
      writer.key("kubeletConfigKey")
      writer.write(kubeletConfigKey)
      writer.endObject()
    }
  }

  /// `ConfigMapProjection` of `core/v1`.
  package struct ConfigMapProjection: JSONCodable {
    package var name: String = ""
    package var items: [KeyToPath] = []
    package var optional: Bool?

    package init() {}
    package init(
      name: String = "",
      items: [KeyToPath] = [],
      optional: Bool? = nil
    ) {
      self.name = name
      self.items = items
      self.optional = optional
    }

    private static let fields = FieldTable([
      "name", "items", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.items = try reader.readArray()
        case 2: self.optional = try reader.readBool()
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
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.endObject()
    }
  }

  /// `ConfigMapVolumeSource` of `core/v1`.
  package struct ConfigMapVolumeSource: JSONCodable {
    package var name: String = ""
    package var items: [KeyToPath] = []
    package var defaultMode: Int32?
    package var optional: Bool?

    package init() {}
    package init(
      name: String = "",
      items: [KeyToPath] = [],
      defaultMode: Int32? = nil,
      optional: Bool? = nil
    ) {
      self.name = name
      self.items = items
      self.defaultMode = defaultMode
      self.optional = optional
    }

    private static let fields = FieldTable([
      "name", "items", "defaultMode", "optional",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.items = try reader.readArray()
        case 2: self.defaultMode = try reader.readInt32()
        case 3: self.optional = try reader.readBool()
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
      if !items.isEmpty {
        writer.key("items")
        writer.write(array: items)
      }
      if let defaultMode {
        writer.key("defaultMode")
        writer.write(defaultMode)
      }
      if let optional {
        writer.key("optional")
        writer.write(optional)
      }
      writer.endObject()
    }
  }

  /// `Container` of `core/v1`.
  package struct Container: JSONCodable {
    package var name: String = ""
    package var image: String = ""
    package var command: [String] = []
    package var args: [String] = []
    package var workingDir: String = ""
    package var ports: [ContainerPort] = []
    package var envFrom: [EnvFromSource] = []
    package var env: [EnvVar] = []
    package var resources: ResourceRequirements = ResourceRequirements()
    package var resizePolicy: [ContainerResizePolicy] = []
    package var restartPolicy: String?
    package var volumeMounts: [VolumeMount] = []
    package var volumeDevices: [VolumeDevice] = []
    @BoxedOptional package var livenessProbe: Probe?
    @BoxedOptional package var readinessProbe: Probe?
    @BoxedOptional package var startupProbe: Probe?
    package var lifecycle: Lifecycle?
    package var terminationMessagePath: String = ""
    package var terminationMessagePolicy: String = ""
    package var imagePullPolicy: String = ""
    @BoxedOptional package var securityContext: SecurityContext?
    package var stdin: Bool = false
    package var stdinOnce: Bool = false
    package var tty: Bool = false

    package init() {}
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
}
