// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ProbeHandler` of `core/v1`.
  package struct ProbeHandler: JSONCodable {
    package var exec: ExecAction?
    @BoxedOptional package var httpGet: HTTPGetAction?
    package var tcpSocket: TCPSocketAction?
    package var grpc: GRPCAction?

    package init() {
      self.exec = nil
      self.tcpSocket = nil
      self.grpc = nil
    }

    package init(
      exec: ExecAction? = nil,
      httpGet: HTTPGetAction? = nil,
      tcpSocket: TCPSocketAction? = nil,
      grpc: GRPCAction? = nil
    ) {
      self.exec = exec
      self.httpGet = httpGet
      self.tcpSocket = tcpSocket
      self.grpc = grpc
    }

    private static let fields = FieldTable([
      "exec", "httpGet", "tcpSocket", "grpc",
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
      writer.endObject()
    }
  }

  /// `ProjectedVolumeSource` of `core/v1`.
  package struct ProjectedVolumeSource: JSONCodable {
    package var sources: [VolumeProjection]
    package var defaultMode: Int32?

    package init() {
      self.sources = []
      self.defaultMode = nil
    }

    package init(
      sources: [VolumeProjection] = [],
      defaultMode: Int32? = nil
    ) {
      self.sources = sources
      self.defaultMode = defaultMode
    }

    private static let fields = FieldTable([
      "sources", "defaultMode",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.sources = try reader.readArray()
        case 1: self.defaultMode = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("sources")
      writer.write(array: sources)
      if let defaultMode {
        writer.key("defaultMode")
        writer.write(defaultMode)
      }
      writer.endObject()
    }
  }

  /// `QuobyteVolumeSource` of `core/v1`.
  package struct QuobyteVolumeSource: JSONCodable {
    package var registry: String
    package var volume: String
    package var readOnly: Bool
    package var user: String
    package var group: String
    package var tenant: String

    package init() {
      self.registry = ""
      self.volume = ""
      self.readOnly = false
      self.user = ""
      self.group = ""
      self.tenant = ""
    }

    package init(
      registry: String = "",
      volume: String = "",
      readOnly: Bool = false,
      user: String = "",
      group: String = "",
      tenant: String = ""
    ) {
      self.registry = registry
      self.volume = volume
      self.readOnly = readOnly
      self.user = user
      self.group = group
      self.tenant = tenant
    }

    private static let fields = FieldTable([
      "registry", "volume", "readOnly", "user", "group", "tenant",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.registry = try reader.readString()
        case 1: self.volume = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        case 3: self.user = try reader.readString()
        case 4: self.group = try reader.readString()
        case 5: self.tenant = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("registry")
      writer.write(registry)
      writer.key("volume")
      writer.write(volume)
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      if !user.isEmpty {
        writer.key("user")
        writer.write(user)
      }
      if !group.isEmpty {
        writer.key("group")
        writer.write(group)
      }
      if !tenant.isEmpty {
        writer.key("tenant")
        writer.write(tenant)
      }
      writer.endObject()
    }
  }

  /// `RBDPersistentVolumeSource` of `core/v1`.
  package struct RBDPersistentVolumeSource: JSONCodable {
    package var monitors: [String]
    package var image: String
    package var fsType: String
    package var pool: String
    package var user: String
    package var keyring: String
    package var secretRef: SecretReference?
    package var readOnly: Bool

    package init() {
      self.monitors = []
      self.image = ""
      self.fsType = ""
      self.pool = ""
      self.user = ""
      self.keyring = ""
      self.secretRef = nil
      self.readOnly = false
    }

    package init(
      monitors: [String] = [],
      image: String = "",
      fsType: String = "",
      pool: String = "",
      user: String = "",
      keyring: String = "",
      secretRef: SecretReference? = nil,
      readOnly: Bool = false
    ) {
      self.monitors = monitors
      self.image = image
      self.fsType = fsType
      self.pool = pool
      self.user = user
      self.keyring = keyring
      self.secretRef = secretRef
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "monitors", "image", "fsType", "pool", "user", "keyring", "secretRef", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.monitors = try reader.readArray()
        case 1: self.image = try reader.readString()
        case 2: self.fsType = try reader.readString()
        case 3: self.pool = try reader.readString()
        case 4: self.user = try reader.readString()
        case 5: self.keyring = try reader.readString()
        case 6: self.secretRef = try SecretReference(from: &reader)
        case 7: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("monitors")
      writer.write(array: monitors)
      writer.key("image")
      writer.write(image)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if !pool.isEmpty {
        writer.key("pool")
        writer.write(pool)
      }
      if !user.isEmpty {
        writer.key("user")
        writer.write(user)
      }
      if !keyring.isEmpty {
        writer.key("keyring")
        writer.write(keyring)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }

  /// `RBDVolumeSource` of `core/v1`.
  package struct RBDVolumeSource: JSONCodable {
    package var monitors: [String]
    package var image: String
    package var fsType: String
    package var pool: String
    package var user: String
    package var keyring: String
    package var secretRef: LocalObjectReference?
    package var readOnly: Bool

    package init() {
      self.monitors = []
      self.image = ""
      self.fsType = ""
      self.pool = ""
      self.user = ""
      self.keyring = ""
      self.secretRef = nil
      self.readOnly = false
    }

    package init(
      monitors: [String] = [],
      image: String = "",
      fsType: String = "",
      pool: String = "",
      user: String = "",
      keyring: String = "",
      secretRef: LocalObjectReference? = nil,
      readOnly: Bool = false
    ) {
      self.monitors = monitors
      self.image = image
      self.fsType = fsType
      self.pool = pool
      self.user = user
      self.keyring = keyring
      self.secretRef = secretRef
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "monitors", "image", "fsType", "pool", "user", "keyring", "secretRef", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.monitors = try reader.readArray()
        case 1: self.image = try reader.readString()
        case 2: self.fsType = try reader.readString()
        case 3: self.pool = try reader.readString()
        case 4: self.user = try reader.readString()
        case 5: self.keyring = try reader.readString()
        case 6: self.secretRef = try LocalObjectReference(from: &reader)
        case 7: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("monitors")
      writer.write(array: monitors)
      writer.key("image")
      writer.write(image)
      if !fsType.isEmpty {
        writer.key("fsType")
        writer.write(fsType)
      }
      if !pool.isEmpty {
        writer.key("pool")
        writer.write(pool)
      }
      if !user.isEmpty {
        writer.key("user")
        writer.write(user)
      }
      if !keyring.isEmpty {
        writer.key("keyring")
        writer.write(keyring)
      }
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      if readOnly {
        writer.key("readOnly")
        writer.write(readOnly)
      }
      writer.endObject()
    }
  }
}
