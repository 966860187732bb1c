// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension MetaV1 {
  /// `GroupResource` of `meta/v1`.
  package struct GroupResource: JSONCodable {
    package var group: String = ""
    package var resource: String = ""

    package init() {}
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
    package var group: String = ""
    package var version: String = ""

    package init() {}
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
    package var groupVersion: String = ""
    package var version: String = ""

    package init() {}
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
    package var group: String = ""
    package var version: String = ""
    package var kind: String = ""

    package init() {}
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
    package var group: String = ""
    package var version: String = ""
    package var resource: String = ""

    package init() {}
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

  /// `LabelSelector` of `meta/v1`.
  package struct LabelSelector: JSONCodable {
    package var matchLabels: [String: String] = [:]
    package var matchExpressions: [LabelSelectorRequirement] = []

    package init() {}
    package init(
      matchLabels: [String: String] = [:],
      matchExpressions: [LabelSelectorRequirement] = []
    ) {
      self.matchLabels = matchLabels
      self.matchExpressions = matchExpressions
    }

    private static let fields = FieldTable([
      "matchLabels", "matchExpressions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.matchLabels = try reader.readMap()
        case 1: self.matchExpressions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !matchLabels.isEmpty {
        writer.key("matchLabels")
        writer.write(map: matchLabels)
      }
      if !matchExpressions.isEmpty {
        writer.key("matchExpressions")
        writer.write(array: matchExpressions)
      }
      writer.endObject()
    }
  }

  /// `LabelSelectorRequirement` of `meta/v1`.
  package struct LabelSelectorRequirement: JSONCodable {
    package var key: String = ""
    package var `operator`: String = ""
    package var values: [String] = []

    package init() {}
    package init(
      key: String = "",
      `operator`: String = "",
      values: [String] = []
    ) {
      self.key = key
      self.`operator` = `operator`
      self.values = values
    }

    private static let fields = FieldTable([
      "key", "operator", "values",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.key = try reader.readString()
        case 1: self.`operator` = try reader.readString()
        case 2: self.values = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("key")
      writer.write(key)
      writer.key("operator")
      writer.write(`operator`)
      if !values.isEmpty {
        writer.key("values")
        writer.write(array: values)
      }
      writer.endObject()
    }
  }

  /// `List` of `meta/v1`.
  package struct List: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "List"
    package var metadata: ListMeta = ListMeta()
    package var items: [JSONValue] = []

    package init() {}
    package init(
      metadata: ListMeta = ListMeta(),
      items: [JSONValue] = []
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
        case 0: self.metadata = try ListMeta(from: &reader)
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
}
