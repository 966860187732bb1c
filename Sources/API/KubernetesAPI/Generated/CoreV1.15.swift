// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ISCSIVolumeSource` of `core/v1`.
  package struct ISCSIVolumeSource: JSONCodable {
    package var targetPortal: String
    package var iqn: String
    package var lun: Int32
    package var iscsiInterface: String
    package var fsType: String
    package var readOnly: Bool
    package var portals: [String]
    package var chapAuthDiscovery: Bool
    package var chapAuthSession: Bool
    package var secretRef: LocalObjectReference?
    package var initiatorName: String?

    package init() {
      self.targetPortal = ""
      self.iqn = ""
      self.lun = 0
      self.iscsiInterface = ""
      self.fsType = ""
      self.readOnly = false
      self.portals = []
      self.chapAuthDiscovery = false
      self.chapAuthSession = false
      self.secretRef = nil
      self.initiatorName = nil
    }

    package init(
      targetPortal: String = "",
      iqn: String = "",
      lun: Int32 = 0,
      iscsiInterface: String = "",
      fsType: String = "",
      readOnly: Bool = false,
      portals: [String] = [],
      chapAuthDiscovery: Bool = false,
      chapAuthSession: Bool = false,
      secretRef: LocalObjectReference? = nil,
      initiatorName: String? = nil
    ) {
      self.targetPortal = targetPortal
      self.iqn = iqn
      self.lun = lun
      self.iscsiInterface = iscsiInterface
      self.fsType = fsType
      self.readOnly = readOnly
      self.portals = portals
      self.chapAuthDiscovery = chapAuthDiscovery
      self.chapAuthSession = chapAuthSession
      self.secretRef = secretRef
      self.initiatorName = initiatorName
    }

    private static let fields = FieldTable([
      "targetPortal", "iqn", "lun", "iscsiInterface", "fsType", "readOnly", "portals",
      "chapAuthDiscovery", "chapAuthSession", "secretRef", "initiatorName",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.targetPortal = try reader.readString()
        case 1: self.iqn = try reader.readString()
        case 2: self.lun = try reader.readInt32()
        case 3: self.iscsiInterface = try reader.readString()
        case 4: self.fsType = try reader.readString()
        case 5: self.readOnly = try reader.readBool()
        case 6: self.portals = try reader.readArray()
        case 7: self.chapAuthDiscovery = try reader.readBool()
        case 8: self.chapAuthSession = try reader.readBool()
        case 9: self.secretRef = try LocalObjectReference(from: &reader)
        case 10: self.initiatorName = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("targetPortal")
      writer.write(targetPortal)
      writer.key("iqn")
      writer.write(iqn)
      writer.key("lun")
      writer.write(lun)
      if !iscsiInterface.isEmpty {
        writer.key("iscsiInterface")
        writer.write(iscsiInterface)
      }
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if !portals.isEmpty {
        writer.key("portals")
        writer.write(array: portals)
      }
      if chapAuthDiscovery {
        writer.key("chapAuthDiscovery")
        writer.write(chapAuthDiscovery)
      }
      if chapAuthSession {
        writer.key("chapAuthSession")
        writer.write(chapAuthSession)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      if let initiatorName {
        writer.key("initiatorName")
        writer.write(initiatorName)
      }
      writer.endObject()
    }
  }

  /// `ImageVolumeSource` of `core/v1`.
  package struct ImageVolumeSource: JSONCodable {
    package var reference: String
    package var pullPolicy: String

    package init() {
      self.reference = ""
      self.pullPolicy = ""
    }

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
      self.init()
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
    package var key: String
    package var path: String
    package var mode: Int32?

    package init() {
      self.key = ""
      self.path = ""
      self.mode = nil
    }

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
      self.init()
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

    package init() {
      self.stopSignal = nil
    }

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
      self.init()
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

    package init() {
      self.exec = nil
      self.tcpSocket = nil
      self.sleep = nil
    }

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
      self.init()
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
}
