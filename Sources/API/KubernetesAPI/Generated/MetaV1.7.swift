// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `StatusCause` of `meta/v1`.
  package struct StatusCause: JSONCodable {
    package var reason: String
    package var message: String
    package var field: String

    package init() {
      self.reason = ""
      self.message = ""
      self.field = ""
    }

    package init(
      reason: String = "",
      message: String = "",
      field: String = ""
    ) {
      self.reason = reason
      self.message = message
      self.field = field
    }

    private static let fields = FieldTable([
      "reason", "message", "field",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.reason = try reader.readString()
        case 1: self.message = try reader.readString()
        case 2: self.field = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if !field.isEmpty {
        writer.key("field")
        writer.write(field)
      }
      writer.endObject()
    }
  }

  /// `StatusDetails` of `meta/v1`.
  package struct StatusDetails: JSONCodable {
    package var name: String
    package var group: String
    package var kind: String
    package var uid: String
    package var causes: [StatusCause]
    package var retryAfterSeconds: Int32

    package init() {
      self.name = ""
      self.group = ""
      self.kind = ""
      self.uid = ""
      self.causes = []
      self.retryAfterSeconds = 0
    }

    package init(
      name: String = "",
      group: String = "",
      kind: String = "",
      uid: String = "",
      causes: [StatusCause] = [],
      retryAfterSeconds: Int32 = 0
    ) {
      self.name = name
      self.group = group
      self.kind = kind
      self.uid = uid
      self.causes = causes
      self.retryAfterSeconds = retryAfterSeconds
    }

    private static let fields = FieldTable([
      "name", "group", "kind", "uid", "causes", "retryAfterSeconds",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.group = try reader.readString()
        case 2: self.kind = try reader.readString()
        case 3: self.uid = try reader.readString()
        case 4: self.causes = try reader.readArray()
        case 5: self.retryAfterSeconds = try reader.readInt32()
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
      if !group.isEmpty {
        writer.key("group")
        writer.write(group)
      }
      if !kind.isEmpty {
        writer.key("kind")
        writer.write(kind)
      }
      if !uid.isEmpty {
        writer.key("uid")
        writer.write(uid)
      }
      if !causes.isEmpty {
        writer.key("causes")
        writer.write(array: causes)
      }
      if retryAfterSeconds != 0 {
        writer.key("retryAfterSeconds")
        writer.write(retryAfterSeconds)
      }
      writer.endObject()
    }
  }

  /// `TableOptions` of `meta/v1`.
  package struct TableOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "TableOptions"
    package var includeObject: String

    package init() {
      self.includeObject = ""
    }

    package init(
      includeObject: String = ""
    ) {
      self.includeObject = includeObject
    }

    private static let fields = FieldTable([
      "includeObject",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.includeObject = try reader.readString()
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
      if !includeObject.isEmpty {
        writer.key("includeObject")
        writer.write(includeObject)
      }
      writer.endObject()
    }
  }

  /// `TypeMeta` of `meta/v1`.
  package struct TypeMeta: JSONCodable {
    package var kind: String
    package var apiVersion: String

    package init() {
      self.kind = ""
      self.apiVersion = ""
    }

    package init(
      kind: String = "",
      apiVersion: String = ""
    ) {
      self.kind = kind
      self.apiVersion = apiVersion
    }

    private static let fields = FieldTable([
      "kind", "apiVersion",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.kind = try reader.readString()
        case 1: self.apiVersion = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !kind.isEmpty {
        writer.key("kind")
        writer.write(kind)
      }
      if !apiVersion.isEmpty {
        writer.key("apiVersion")
        writer.write(apiVersion)
      }
      writer.endObject()
    }
  }

  /// `UpdateOptions` of `meta/v1`.
  package struct UpdateOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "UpdateOptions"
    package var dryRun: [String]
    package var fieldManager: String
    package var fieldValidation: String

    package init() {
      self.dryRun = []
      self.fieldManager = ""
      self.fieldValidation = ""
    }

    package init(
      dryRun: [String] = [],
      fieldManager: String = "",
      fieldValidation: String = ""
    ) {
      self.dryRun = dryRun
      self.fieldManager = fieldManager
      self.fieldValidation = fieldValidation
    }

    private static let fields = FieldTable([
      "dryRun", "fieldManager", "fieldValidation",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.dryRun = try reader.readArray()
        case 1: self.fieldManager = try reader.readString()
        case 2: self.fieldValidation = try reader.readString()
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
      if !dryRun.isEmpty {
        writer.key("dryRun")
        writer.write(array: dryRun)
      }
      if !fieldManager.isEmpty {
        writer.key("fieldManager")
        writer.write(fieldManager)
      }
      if !fieldValidation.isEmpty {
        writer.key("fieldValidation")
        writer.write(fieldValidation)
      }
      writer.endObject()
    }
  }

  /// `WatchEvent` of `meta/v1`.
  package struct WatchEvent: JSONCodable {
    package var type: String
    package var object: JSONValue?

    package init() {
      self.type = ""
      self.object = nil
    }

    package init(
      type: String = "",
      object: JSONValue? = nil
    ) {
      self.type = type
      self.object = object
    }

    private static let fields = FieldTable([
      "type", "object",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.object = try reader.readValue()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      if let object {
        writer.key("object")
        writer.write(object)
      }
      writer.endObject()
    }
  }
}
