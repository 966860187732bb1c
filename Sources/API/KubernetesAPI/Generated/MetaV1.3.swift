// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `GetOptions` of `meta/v1`.
  package struct GetOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "GetOptions"
    package var resourceVersion: String

    package init() {
      self.resourceVersion = ""
    }

    package init(
      resourceVersion: String = ""
    ) {
      self.resourceVersion = resourceVersion
    }

    private static let fields = FieldTable([
      "resourceVersion",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.resourceVersion = try reader.readString()
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
      if !resourceVersion.isEmpty {
        writer.key("resourceVersion")
        writer.write(resourceVersion)
      }
      writer.endObject()
    }
  }

  /// `GroupKind` of `meta/v1`.
  package struct GroupKind: JSONCodable {
    package var group: String
    package var kind: String

    package init() {
      self.group = ""
      self.kind = ""
    }

    package init(
      group: String = "",
      kind: String = ""
    ) {
      self.group = group
      self.kind = kind
    }

    private static let fields = FieldTable([
      "group", "kind",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.group = try reader.readString()
        case 1: self.kind = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("group")
      writer.write(group)
      writer.key("kind")
      writer.write(kind)
      writer.endObject()
    }
  }

  /// `GroupResource` of `meta/v1`.
  package struct GroupResource: JSONCodable {
    package var group: String
    package var resource: String

    package init() {
      self.group = ""
      self.resource = ""
    }

    package init(
      group: String = "",
      resource: String = ""
    ) {
      self.group = group
      self.resource = resource
    }

    private static let fields = FieldTable([
      "group", "resource",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.group = try reader.readString()
        case 1: self.resource = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("group")
      writer.write(group)
      writer.key("resource")
      writer.write(resource)
      writer.endObject()
    }
  }

  /// `GroupVersion` of `meta/v1`.
  package struct GroupVersion: JSONCodable {
    package var group: String
    package var version: String

    package init() {
      self.group = ""
      self.version = ""
    }

    package init(
      group: String = "",
      version: String = ""
    ) {
      self.group = group
      self.version = version
    }

    private static let fields = FieldTable([
      "group", "version",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.group = try reader.readString()
        case 1: self.version = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("group")
      writer.write(group)
      writer.key("version")
      writer.write(version)
      writer.endObject()
    }
  }

  /// `GroupVersionForDiscovery` of `meta/v1`.
  package struct GroupVersionForDiscovery: JSONCodable {
    package var groupVersion: String
    package var version: String

    package init() {
      self.groupVersion = ""
      self.version = ""
    }

    package init(
      groupVersion: String = "",
      version: String = ""
    ) {
      self.groupVersion = groupVersion
      self.version = version
    }

    private static let fields = FieldTable([
      "groupVersion", "version",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.groupVersion = try reader.readString()
        case 1: self.version = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("groupVersion")
      writer.write(groupVersion)
      writer.key("version")
      writer.write(version)
      writer.endObject()
    }
  }

  /// `GroupVersionKind` of `meta/v1`.
  package struct GroupVersionKind: JSONCodable {
    package var group: String
    package var version: String
    package var kind: String

    package init() {
      self.group = ""
      self.version = ""
      self.kind = ""
    }

    package init(
      group: String = "",
      version: String = "",
      kind: String = ""
    ) {
      self.group = group
      self.version = version
      self.kind = kind
    }

    private static let fields = FieldTable([
      "group", "version", "kind",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.group = try reader.readString()
        case 1: self.version = try reader.readString()
        case 2: self.kind = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("group")
      writer.write(group)
      writer.key("version")
      writer.write(version)
      writer.key("kind")
      writer.write(kind)
      writer.endObject()
    }
  }

  /// `GroupVersionResource` of `meta/v1`.
  package struct GroupVersionResource: JSONCodable {
    package var group: String
    package var version: String
    package var resource: String

    package init() {
      self.group = ""
      self.version = ""
      self.resource = ""
    }

    package init(
      group: String = "",
      version: String = "",
      resource: String = ""
    ) {
      self.group = group
      self.version = version
      self.resource = resource
    }

    private static let fields = FieldTable([
      "group", "version", "resource",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.group = try reader.readString()
        case 1: self.version = try reader.readString()
        case 2: self.resource = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("group")
      writer.write(group)
      writer.key("version")
      writer.write(version)
      writer.key("resource")
      writer.write(resource)
      writer.endObject()
    }
  }
}
