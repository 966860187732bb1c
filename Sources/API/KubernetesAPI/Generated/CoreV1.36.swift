// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `ResourceQuotaSpec` of `core/v1`.
  package struct ResourceQuotaSpec: JSONCodable {
    package var hard: [String: Quantity]
    package var scopes: [String]
    package var scopeSelector: ScopeSelector?

    package init() {
      self.hard = [:]
      self.scopes = []
      self.scopeSelector = nil
    }

    package init(
      hard: [String: Quantity] = [:],
      scopes: [String] = [],
      scopeSelector: ScopeSelector? = nil
    ) {
      self.hard = hard
      self.scopes = scopes
      self.scopeSelector = scopeSelector
    }

    private static let fields = FieldTable([
      "hard", "scopes", "scopeSelector",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.hard = try reader.readMap()
        case 1: self.scopes = try reader.readArray()
        case 2: self.scopeSelector = try ScopeSelector(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !hard.isEmpty {
        writer.key("hard")
        writer.write(map: hard)
      }
      if !scopes.isEmpty {
        writer.key("scopes")
        writer.write(array: scopes)
      }
      if let scopeSelector {
        writer.key("scopeSelector")
        scopeSelector.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ResourceQuotaStatus` of `core/v1`.
  package struct ResourceQuotaStatus: JSONCodable {
    package var hard: [String: Quantity]
    package var used: [String: Quantity]

    package init() {
      self.hard = [:]
      self.used = [:]
    }

    package init(
      hard: [String: Quantity] = [:],
      used: [String: Quantity] = [:]
    ) {
      self.hard = hard
      self.used = used
    }

    private static let fields = FieldTable([
      "hard", "used",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.hard = try reader.readMap()
        case 1: self.used = try reader.readMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !hard.isEmpty {
        writer.key("hard")
        writer.write(map: hard)
      }
      if !used.isEmpty {
        writer.key("used")
        writer.write(map: used)
      }
      writer.endObject()
    }
  }

  /// `ResourceRequirements` of `core/v1`.
  package struct ResourceRequirements: JSONCodable {
    package var limits: [String: Quantity]
    package var requests: [String: Quantity]
    package var claims: [ResourceClaim]

    package init() {
      self.limits = [:]
      self.requests = [:]
      self.claims = []
    }

    package init(
      limits: [String: Quantity] = [:],
      requests: [String: Quantity] = [:],
      claims: [ResourceClaim] = []
    ) {
      self.limits = limits
      self.requests = requests
      self.claims = claims
    }

    private static let fields = FieldTable([
      "limits", "requests", "claims",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.limits = try reader.readMap()
        case 1: self.requests = try reader.readMap()
        case 2: self.claims = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !limits.isEmpty {
        writer.key("limits")
        writer.write(map: limits)
      }
      if !requests.isEmpty {
        writer.key("requests")
        writer.write(map: requests)
      }
      if !claims.isEmpty {
        writer.key("claims")
        writer.write(array: claims)
      }
      writer.endObject()
    }
  }

  /// `ResourceStatus` of `core/v1`.
  package struct ResourceStatus: JSONCodable {
    package var name: String
    package var resources: [ResourceHealth]

    package init() {
      self.name = ""
      self.resources = []
    }

    package init(
      name: String = "",
      resources: [ResourceHealth] = []
    ) {
      self.name = name
      self.resources = resources
    }

    private static let fields = FieldTable([
      "name", "resources",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.resources = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if !resources.isEmpty {
        writer.key("resources")
        writer.write(array: resources)
      }
      writer.endObject()
    }
  }

  /// `SELinuxOptions` of `core/v1`.
  package struct SELinuxOptions: JSONCodable {
    package var user: String
    package var role: String
    package var type: String
    package var level: String

    package init() {
      self.user = ""
      self.role = ""
      self.type = ""
      self.level = ""
    }

    package init(
      user: String = "",
      role: String = "",
      type: String = "",
      level: String = ""
    ) {
      self.user = user
      self.role = role
      self.type = type
      self.level = level
    }

    private static let fields = FieldTable([
      "user", "role", "type", "level",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.user = try reader.readString()
        case 1: self.role = try reader.readString()
        case 2: self.type = try reader.readString()
        case 3: self.level = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !user.isEmpty {
        writer.key("user")
        writer.write(user)
      }
      if !role.isEmpty {
        writer.key("role")
        writer.write(role)
      }
      if !type.isEmpty {
        writer.key("type")
        writer.write(type)
      }
      if !level.isEmpty {
        writer.key("level")
        writer.write(level)
      }
      writer.endObject()
    }
  }

  /// `ScaleIOPersistentVolumeSource` of `core/v1`.
  package struct ScaleIOPersistentVolumeSource: JSONCodable {
    package var gateway: String
    package var system: String
    package var secretRef: SecretReference?
    package var sslEnabled: Bool
    package var protectionDomain: String
    package var storagePool: String
    package var storageMode: String
    package var volumeName: String
    package var fsType: String
    package var readOnly: Bool

    package init() {
      self.gateway = ""
      self.system = ""
      self.secretRef = nil
      self.sslEnabled = false
      self.protectionDomain = ""
      self.storagePool = ""
      self.storageMode = ""
      self.volumeName = ""
      self.fsType = ""
      self.readOnly = false
    }

    package init(
      gateway: String = "",
      system: String = "",
      secretRef: SecretReference? = nil,
      sslEnabled: Bool = false,
      protectionDomain: String = "",
      storagePool: String = "",
      storageMode: String = "",
      volumeName: String = "",
      fsType: String = "",
      readOnly: Bool = false
    ) {
      self.gateway = gateway
      self.system = system
      self.secretRef = secretRef
      self.sslEnabled = sslEnabled
      self.protectionDomain = protectionDomain
      self.storagePool = storagePool
      self.storageMode = storageMode
      self.volumeName = volumeName
      self.fsType = fsType
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "gateway", "system", "secretRef", "sslEnabled", "protectionDomain", "storagePool", "storageMode",
      "volumeName", "fsType", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.gateway = try reader.readString()
        case 1: self.system = try reader.readString()
        case 2: self.secretRef = try SecretReference(from: &reader)
        case 3: self.sslEnabled = try reader.readBool()
        case 4: self.protectionDomain = try reader.readString()
        case 5: self.storagePool = try reader.readString()
        case 6: self.storageMode = try reader.readString()
        case 7: self.volumeName = try reader.readString()
        case 8: self.fsType = try reader.readString()
        case 9: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("gateway")
      writer.write(gateway)
      writer.key("system")
      writer.write(system)
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      if sslEnabled {
        writer.key("sslEnabled")
        writer.write(sslEnabled)
      }
      if !protectionDomain.isEmpty {
        writer.key("protectionDomain")
        writer.write(protectionDomain)
      }
      if !storagePool.isEmpty {
        writer.key("storagePool")
        writer.write(storagePool)
      }
      if !storageMode.isEmpty {
        writer.key("storageMode")
        writer.write(storageMode)
      }
      if !volumeName.isEmpty {
        writer.key("volumeName")
        writer.write(volumeName)
      }
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
}
