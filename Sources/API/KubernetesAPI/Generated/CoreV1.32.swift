// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `PodTemplateSpec` of `core/v1`.
  package struct PodTemplateSpec: JSONCodable {
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: PodSpec

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: PodSpec = PodSpec()
    ) {
      self.metadata = metadata
      self.spec = spec
    }

    private static let fields = FieldTable([
      "metadata", "spec",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try PodSpec(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("metadata")
      metadata.write(to: &writer)
      writer.key("spec")
      spec.write(to: &writer)
      writer.endObject()
    }
  }

  /// `PortStatus` of `core/v1`.
  package struct PortStatus: JSONCodable {
    package var port: Int32
    package var `protocol`: String
    package var error: String?

    package init() {
      self.port = 0
      self.`protocol` = ""
      self.error = nil
    }

    package init(
      port: Int32 = 0,
      `protocol`: String = "",
      error: String? = nil
    ) {
      self.port = port
      self.`protocol` = `protocol`
      self.error = error
    }

    private static let fields = FieldTable([
      "port", "protocol", "error",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.port = try reader.readInt32()
        case 1: self.`protocol` = try reader.readString()
        case 2: self.error = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("port")
      writer.write(port)
      writer.key("protocol")
      writer.write(`protocol`)
      if let error {
        writer.key("error")
        writer.write(error)
      }
      writer.endObject()
    }
  }

  /// `PortworxVolumeSource` of `core/v1`.
  package struct PortworxVolumeSource: JSONCodable {
    package var volumeID: String
    package var fsType: String
    package var readOnly: Bool

    package init() {
      self.volumeID = ""
      self.fsType = ""
      self.readOnly = false
    }

    package init(
      volumeID: String = "",
      fsType: String = "",
      readOnly: Bool = false
    ) {
      self.volumeID = volumeID
      self.fsType = fsType
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "volumeID", "fsType", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumeID = try reader.readString()
        case 1: self.fsType = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("volumeID")
      writer.write(volumeID)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `Preconditions` of `core/v1`.
  package struct Preconditions: JSONCodable {
    package var uid: String?

    package init() {
      self.uid = nil
    }

    package init(
      uid: String? = nil
    ) {
      self.uid = uid
    }

    private static let fields = FieldTable([
      "uid",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.uid = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let uid {
        writer.key("uid")
        writer.write(uid)
      }
      writer.endObject()
    }
  }

  /// `PreferAvoidPodsEntry` of `core/v1`.
  package struct PreferAvoidPodsEntry: JSONCodable {
    package var podSignature: PodSignature
    package var evictionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.podSignature = PodSignature()
      self.evictionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      podSignature: PodSignature = PodSignature(),
      evictionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.podSignature = podSignature
      self.evictionTime = evictionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "podSignature", "evictionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.podSignature = try PodSignature(from: &reader)
        case 1: self.evictionTime = try Time(from: &reader)
        case 2: self.reason = try reader.readString()
        case 3: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("podSignature")
      podSignature.write(to: &writer)
      if let evictionTime {
        writer.key("evictionTime")
        evictionTime.write(to: &writer)
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

  /// `PreferredSchedulingTerm` of `core/v1`.
  package struct PreferredSchedulingTerm: JSONCodable {
    package var weight: Int32
    package var preference: NodeSelectorTerm

    package init() {
      self.weight = 0
      self.preference = NodeSelectorTerm()
    }

    package init(
      weight: Int32 = 0,
      preference: NodeSelectorTerm = NodeSelectorTerm()
    ) {
      self.weight = weight
      self.preference = preference
    }

    private static let fields = FieldTable([
      "weight", "preference",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.weight = try reader.readInt32()
        case 1: self.preference = try NodeSelectorTerm(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("weight")
      writer.write(weight)
      writer.key("preference")
      preference.write(to: &writer)
      writer.endObject()
    }
  }

  /// `Probe` of `core/v1`.
  package struct Probe: JSONCodable {
    package var exec: ExecAction?
    @BoxedOptional package var httpGet: HTTPGetAction?
    package var tcpSocket: TCPSocketAction?
    package var grpc: GRPCAction?
    package var initialDelaySeconds: Int32
    package var timeoutSeconds: Int32
    package var periodSeconds: Int32
    package var successThreshold: Int32
    package var failureThreshold: Int32
    package var terminationGracePeriodSeconds: Int64?

    package init() {
      self.exec = nil
      self.tcpSocket = nil
      self.grpc = nil
      self.initialDelaySeconds = 0
      self.timeoutSeconds = 0
      self.periodSeconds = 0
      self.successThreshold = 0
      self.failureThreshold = 0
      self.terminationGracePeriodSeconds = nil
    }

    package init(
      exec: ExecAction? = nil,
      httpGet: HTTPGetAction? = nil,
      tcpSocket: TCPSocketAction? = nil,
      grpc: GRPCAction? = nil,
      initialDelaySeconds: Int32 = 0,
      timeoutSeconds: Int32 = 0,
      periodSeconds: Int32 = 0,
      successThreshold: Int32 = 0,
      failureThreshold: Int32 = 0,
      terminationGracePeriodSeconds: Int64? = nil
    ) {
      self.exec = exec
      self.httpGet = httpGet
      self.tcpSocket = tcpSocket
      self.grpc = grpc
      self.initialDelaySeconds = initialDelaySeconds
      self.timeoutSeconds = timeoutSeconds
      self.periodSeconds = periodSeconds
      self.successThreshold = successThreshold
      self.failureThreshold = failureThreshold
      self.terminationGracePeriodSeconds = terminationGracePeriodSeconds
    }

    private static let fields = FieldTable([
      "exec", "httpGet", "tcpSocket", "grpc", "initialDelaySeconds", "timeoutSeconds", "periodSeconds",
      "successThreshold", "failureThreshold", "terminationGracePeriodSeconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.exec = try ExecAction(from: &reader)
        case 1: self.httpGet = try HTTPGetAction(from: &reader)
        case 2: self.tcpSocket = try TCPSocketAction(from: &reader)
        case 3: self.grpc = try GRPCAction(from: &reader)
        case 4: self.initialDelaySeconds = try reader.readInt32()
        case 5: self.timeoutSeconds = try reader.readInt32()
        case 6: self.periodSeconds = try reader.readInt32()
        case 7: self.successThreshold = try reader.readInt32()
        case 8: self.failureThreshold = try reader.readInt32()
        case 9: self.terminationGracePeriodSeconds = try reader.readInt64()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let exec {
        writer.key("exec")
        exec.write(to: &writer)
      }
      if let httpGet {
        writer.key("httpGet")
        httpGet.write(to: &writer)
      }
      if let tcpSocket {
        writer.key("tcpSocket")
        tcpSocket.write(to: &writer)
      }
      if let grpc {
        writer.key("grpc")
        grpc.write(to: &writer)
      }
      if initialDelaySeconds != 0 {
        writer.key("initialDelaySeconds")
        writer.write(initialDelaySeconds)
      }
      if timeoutSeconds != 0 {
        writer.key("timeoutSeconds")
        writer.write(timeoutSeconds)
      }
      if periodSeconds != 0 {
        writer.key("periodSeconds")
        writer.write(periodSeconds)
      }
      if successThreshold != 0 {
        writer.key("successThreshold")
        writer.write(successThreshold)
      }
      if failureThreshold != 0 {
        writer.key("failureThreshold")
        writer.write(failureThreshold)
      }
      if let terminationGracePeriodSeconds {
        writer.key("terminationGracePeriodSeconds")
        writer.write(terminationGracePeriodSeconds)
      }
      writer.endObject()
    }
  }
}
