// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ImageVolumeSource` of `core/v1`.
  package struct ImageVolumeSource: JSONCodable {
    package var reference: String = ""
    package var pullPolicy: String = ""

    package init() {}
    package init(
      reference: String = "",
      pullPolicy: String = ""
    ) {
      self.reference = reference
      self.pullPolicy = pullPolicy
    }

    private static let fields = FieldTable([
      "reference", "pullPolicy",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.reference = try reader.readString()
        case 1: self.pullPolicy = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !reference.isEmpty {
        writer.key("reference")
        writer.write(reference)
      }
      if !pullPolicy.isEmpty {
        writer.key("pullPolicy")
        writer.write(pullPolicy)
      }
      writer.endObject()
    }
  }

  /// `KeyToPath` of `core/v1`.
  package struct KeyToPath: JSONCodable {
    package var key: String = ""
    package var path: String = ""
    package var mode: Int32?

    package init() {}
    package init(
      key: String = "",
      path: String = "",
      mode: Int32? = nil
    ) {
      self.key = key
      self.path = path
      self.mode = mode
    }

    private static let fields = FieldTable([
      "key", "path", "mode",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.key = try reader.readString()
        case 1: self.path = try reader.readString()
        case 2: self.mode = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("key")
      writer.write(key)
      writer.key("path")
      writer.write(path)
      if let mode {
        writer.key("mode")
        writer.write(mode)
      }
      writer.endObject()
    }
  }

  /// `Lifecycle` of `core/v1`.
  package struct Lifecycle: JSONCodable {
    @BoxedOptional package var postStart: LifecycleHandler?
    @BoxedOptional package var preStop: LifecycleHandler?
    package var stopSignal: String?

    package init() {}
    package init(
      postStart: LifecycleHandler? = nil,
      preStop: LifecycleHandler? = nil,
      stopSignal: String? = nil
    ) {
      self.postStart = postStart
      self.preStop = preStop
      self.stopSignal = stopSignal
    }

    private static let fields = FieldTable([
      "postStart", "preStop", "stopSignal",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.postStart = try LifecycleHandler(from: &reader)
        case 1: self.preStop = try LifecycleHandler(from: &reader)
        case 2: self.stopSignal = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let postStart {
        writer.key("postStart")
        postStart.write(to: &writer)
      }
      if let preStop {
        writer.key("preStop")
        preStop.write(to: &writer)
      }
      if let stopSignal {
        writer.key("stopSignal")
        writer.write(stopSignal)
      }
      writer.endObject()
    }
  }

  /// `LifecycleHandler` of `core/v1`.
  package struct LifecycleHandler: JSONCodable {
    package var exec: ExecAction?
    @BoxedOptional package var httpGet: HTTPGetAction?
    package var tcpSocket: TCPSocketAction?
    package var sleep: SleepAction?

    package init() {}
    package init(
      exec: ExecAction? = nil,
      httpGet: HTTPGetAction? = nil,
      tcpSocket: TCPSocketAction? = nil,
      sleep: SleepAction? = nil
    ) {
      self.exec = exec
      self.httpGet = httpGet
      self.tcpSocket = tcpSocket
      self.sleep = sleep
    }

    private static let fields = FieldTable([
      "exec", "httpGet", "tcpSocket", "sleep",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.exec = try ExecAction(from: &reader)
        case 1: self.httpGet = try HTTPGetAction(from: &reader)
        case 2: self.tcpSocket = try TCPSocketAction(from: &reader)
        case 3: self.sleep = try SleepAction(from: &reader)
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
      if let sleep {
        writer.key("sleep")
        sleep.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `LimitRange` of `core/v1`.
  package struct LimitRange: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "LimitRange"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "limitranges",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: LimitRangeSpec = LimitRangeSpec()

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: LimitRangeSpec = LimitRangeSpec()
    ) {
      self.metadata = metadata
      self.spec = spec
    }

    private static let fields = FieldTable([
      "metadata", "spec",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try LimitRangeSpec(from: &reader)
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
      writer.key("spec")
      spec.write(to: &writer)
      writer.endObject()
    }
  }

  /// `LimitRangeItem` of `core/v1`.
  package struct LimitRangeItem: JSONCodable {
    package var type: String = ""
    package var max: [String: Quantity] = [:]
    package var min: [String: Quantity] = [:]
    package var `default`: [String: Quantity] = [:]
    package var defaultRequest: [String: Quantity] = [:]
    package var maxLimitRequestRatio: [String: Quantity] = [:]

    package init() {}
    package init(
      type: String = "",
      max: [String: Quantity] = [:],
      min: [String: Quantity] = [:],
      `default`: [String: Quantity] = [:],
      defaultRequest: [String: Quantity] = [:],
      maxLimitRequestRatio: [String: Quantity] = [:]
    ) {
      self.type = type
      self.max = max
      self.min = min
      self.`default` = `default`
      self.defaultRequest = defaultRequest
      self.maxLimitRequestRatio = maxLimitRequestRatio
    }

    private static let fields = FieldTable([
      "type", "max", "min", "default", "defaultRequest", "maxLimitRequestRatio",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.max = try reader.readMap()
        case 2: self.min = try reader.readMap()
        case 3: self.`default` = try reader.readMap()
        case 4: self.defaultRequest = try reader.readMap()
        case 5: self.maxLimitRequestRatio = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if !max.isEmpty {
        writer.key("max")
        writer.write(map: max)
      }
      if !min.isEmpty {
        writer.key("min")
        writer.write(map: min)
      }
      if !`default`.isEmpty {
        writer.key("default")
        writer.write(map: `default`)
      }
      if !defaultRequest.isEmpty {
        writer.key("defaultRequest")
        writer.write(map: defaultRequest)
      }
      if !maxLimitRequestRatio.isEmpty {
        writer.key("maxLimitRequestRatio")
        writer.write(map: maxLimitRequestRatio)
      }
      writer.endObject()
    }
  }
}
