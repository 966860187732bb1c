// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `Capabilities` of `core/v1`.
  package struct Capabilities: JSONCodable {
    package var add: [String]
    package var drop: [String]

    package init() {
      self.add = []
      self.drop = []
    }

    package init(
      add: [String] = [],
      drop: [String] = []
    ) {
      self.add = add
      self.drop = drop
    }

    private static let fields = FieldTable([
      "add", "drop",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.add = try reader.readArray()
        case 1: self.drop = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !add.isEmpty {
        writer.key("add")
        writer.write(array: add)
      }
      if !drop.isEmpty {
        writer.key("drop")
        writer.write(array: drop)
      }
      writer.endObject()
    }
  }

  /// `CephFSPersistentVolumeSource` of `core/v1`.
  package struct CephFSPersistentVolumeSource: JSONCodable {
    package var monitors: [String]
    package var path: String
    package var user: String
    package var secretFile: String
    package var secretRef: SecretReference?
    package var readOnly: Bool

    package init() {
      self.monitors = []
      self.path = ""
      self.user = ""
      self.secretFile = ""
      self.secretRef = nil
      self.readOnly = false
    }

    package init(
      monitors: [String] = [],
      path: String = "",
      user: String = "",
      secretFile: String = "",
      secretRef: SecretReference? = nil,
      readOnly: Bool = false
    ) {
      self.monitors = monitors
      self.path = path
      self.user = user
      self.secretFile = secretFile
      self.secretRef = secretRef
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "monitors", "path", "user", "secretFile", "secretRef", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.monitors = try reader.readArray()
        case 1: self.path = try reader.readString()
        case 2: self.user = try reader.readString()
        case 3: self.secretFile = try reader.readString()
        case 4: self.secretRef = try SecretReference(from: &reader)
        case 5: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("monitors")
      writer.write(array: monitors)
      if !path.isEmpty {
        writer.key("path")
        writer.write(path)
      }
      if !user.isEmpty {
        writer.key("user")
        writer.write(user)
      }
      if !secretFile.isEmpty {
        writer.key("secretFile")
        writer.write(secretFile)
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

  /// `CephFSVolumeSource` of `core/v1`.
  package struct CephFSVolumeSource: JSONCodable {
    package var monitors: [String]
    package var path: String
    package var user: String
    package var secretFile: String
    package var secretRef: LocalObjectReference?
    package var readOnly: Bool

    package init() {
      self.monitors = []
      self.path = ""
      self.user = ""
      self.secretFile = ""
      self.secretRef = nil
      self.readOnly = false
    }

    package init(
      monitors: [String] = [],
      path: String = "",
      user: String = "",
      secretFile: String = "",
      secretRef: LocalObjectReference? = nil,
      readOnly: Bool = false
    ) {
      self.monitors = monitors
      self.path = path
      self.user = user
      self.secretFile = secretFile
      self.secretRef = secretRef
      self.readOnly = readOnly
    }

    private static let fields = FieldTable([
      "monitors", "path", "user", "secretFile", "secretRef", "readOnly",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.monitors = try reader.readArray()
        case 1: self.path = try reader.readString()
        case 2: self.user = try reader.readString()
        case 3: self.secretFile = try reader.readString()
        case 4: self.secretRef = try LocalObjectReference(from: &reader)
        case 5: self.readOnly = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("monitors")
      writer.write(array: monitors)
      if !path.isEmpty {
        writer.key("path")
        writer.write(path)
      }
      if !user.isEmpty {
        writer.key("user")
        writer.write(user)
      }
      if !secretFile.isEmpty {
        writer.key("secretFile")
        writer.write(secretFile)
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

  /// `CinderPersistentVolumeSource` of `core/v1`.
  package struct CinderPersistentVolumeSource: JSONCodable {
    package var volumeID: String
    package var fsType: String
    package var readOnly: Bool
    package var secretRef: SecretReference?

    package init() {
      self.volumeID = ""
      self.fsType = ""
      self.readOnly = false
      self.secretRef = nil
    }

    package init(
      volumeID: String = "",
      fsType: String = "",
      readOnly: Bool = false,
      secretRef: SecretReference? = nil
    ) {
      self.volumeID = volumeID
      self.fsType = fsType
      self.readOnly = readOnly
      self.secretRef = secretRef
    }

    private static let fields = FieldTable([
      "volumeID", "fsType", "readOnly", "secretRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumeID = try reader.readString()
        case 1: self.fsType = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        case 3: self.secretRef = try SecretReference(from: &reader)
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
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `CinderVolumeSource` of `core/v1`.
  package struct CinderVolumeSource: JSONCodable {
    package var volumeID: String
    package var fsType: String
    package var readOnly: Bool
    package var secretRef: LocalObjectReference?

    package init() {
      self.volumeID = ""
      self.fsType = ""
      self.readOnly = false
      self.secretRef = nil
    }

    package init(
      volumeID: String = "",
      fsType: String = "",
      readOnly: Bool = false,
      secretRef: LocalObjectReference? = nil
    ) {
      self.volumeID = volumeID
      self.fsType = fsType
      self.readOnly = readOnly
      self.secretRef = secretRef
    }

    private static let fields = FieldTable([
      "volumeID", "fsType", "readOnly", "secretRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.volumeID = try reader.readString()
        case 1: self.fsType = try reader.readString()
        case 2: self.readOnly = try reader.readBool()
        case 3: self.secretRef = try LocalObjectReference(from: &reader)
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
      if let secretRef {
        writer.key("secretRef")
        secretRef.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
