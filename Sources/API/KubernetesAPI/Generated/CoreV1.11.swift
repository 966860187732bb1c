// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `EphemeralContainerCommon` of `core/v1`.
  package struct EphemeralContainerCommon: JSONCodable {
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

  /// `EphemeralVolumeSource` of `core/v1`.
  package struct EphemeralVolumeSource: JSONCodable {
    package var volumeClaimTemplate: PersistentVolumeClaimTemplate?

    package init() {
      self.volumeClaimTemplate = nil
    }

    package init(
      volumeClaimTemplate: PersistentVolumeClaimTemplate? = nil
    ) {
      self.volumeClaimTemplate = volumeClaimTemplate
    }

    private static let fields = FieldTable([
      "volumeClaimTemplate",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumeClaimTemplate = try PersistentVolumeClaimTemplate(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let volumeClaimTemplate {
        writer.key("volumeClaimTemplate")
        volumeClaimTemplate.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `Event` of `core/v1`.
  package struct Event: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Event"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "events",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var involvedObject: ObjectReference
    package var reason: String
    package var message: String
    package var source: EventSource
    package var firstTimestamp: Time?
    package var lastTimestamp: Time?
    package var count: Int32
    package var type: String
    package var eventTime: MicroTime?
    package var series: EventSeries?
    package var action: String
    @BoxedOptional package var related: ObjectReference?
    package var reportingComponent: String
    package var reportingInstance: String

    package init() {
      self.reason = ""
      self.message = ""
      self.source = EventSource()
      self.firstTimestamp = nil
      self.lastTimestamp = nil
      self.count = 0
      self.type = ""
      self.eventTime = nil
      self.series = nil
      self.action = ""
      self.reportingComponent = ""
      self.reportingInstance = ""
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      involvedObject: ObjectReference = ObjectReference(),
      reason: String = "",
      message: String = "",
      source: EventSource = EventSource(),
      firstTimestamp: Time? = nil,
      lastTimestamp: Time? = nil,
      count: Int32 = 0,
      type: String = "",
      eventTime: MicroTime? = nil,
      series: EventSeries? = nil,
      action: String = "",
      related: ObjectReference? = nil,
      reportingComponent: String = "",
      reportingInstance: String = ""
    ) {
      self.metadata = metadata
      self.involvedObject = involvedObject
      self.reason = reason
      self.message = message
      self.source = source
      self.firstTimestamp = firstTimestamp
      self.lastTimestamp = lastTimestamp
      self.count = count
      self.type = type
      self.eventTime = eventTime
      self.series = series
      self.action = action
      self.related = related
      self.reportingComponent = reportingComponent
      self.reportingInstance = reportingInstance
    }

    private static let fields = FieldTable([
      "metadata", "involvedObject", "reason", "message", "source", "firstTimestamp", "lastTimestamp",
      "count", "type", "eventTime", "series", "action", "related", "reportingComponent",
      "reportingInstance",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.involvedObject = try ObjectReference(from: &reader)
        case 2: self.reason = try reader.readString()
        case 3: self.message = try reader.readString()
        case 4: self.source = try EventSource(from: &reader)
        case 5: self.firstTimestamp = try Time(from: &reader)
        case 6: self.lastTimestamp = try Time(from: &reader)
        case 7: self.count = try reader.readInt32()
        case 8: self.type = try reader.readString()
        case 9: self.eventTime = try MicroTime(from: &reader)
        case 10: self.series = try EventSeries(from: &reader)
        case 11: self.action = try reader.readString()
        case 12: self.related = try ObjectReference(from: &reader)
        case 13: self.reportingComponent = try reader.readString()
        case 14: self.reportingInstance = try reader.readString()
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
      writer.key("involvedObject")
      involvedObject.write(to: &writer)
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      writer.key("source")
      source.write(to: &writer)
      if let firstTimestamp {
        writer.key("firstTimestamp")
        firstTimestamp.write(to: &writer)
      }
      if let lastTimestamp {
        writer.key("lastTimestamp")
        lastTimestamp.write(to: &writer)
      }
      if count != 0 {
        writer.key("count")
        writer.write(count)
      }
      if !type.isEmpty {
        writer.key("type")
        writer.write(type)
      }
      if let eventTime {
        writer.key("eventTime")
        eventTime.write(to: &writer)
      }
      if let series {
        writer.key("series")
        series.write(to: &writer)
      }
      if !action.isEmpty {
        writer.key("action")
        writer.write(action)
      }
      if let related {
        writer.key("related")
        related.write(to: &writer)
      }
      writer.key("reportingComponent")
      writer.write(reportingComponent)
      writer.key("reportingInstance")
      writer.write(reportingInstance)
      writer.endObject()
    }
  }
}
