// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `NodeList` of `core/v1`.
  package struct NodeList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "NodeList"
    package var metadata: MetaV1.ListMeta
    package var items: [Node]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Node] = []
    ) {
      self.metadata = metadata
      self.items = items
    }

    private static let fields = FieldTable([
      "metadata", "items",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ListMeta(from: &reader)
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

  /// `NodeProxyOptions` of `core/v1`.
  package struct NodeProxyOptions: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "NodeProxyOptions"
    package var path: String

    package init() {
      self.path = ""
    }

    package init(
      path: String = ""
    ) {
      self.path = path
    }

    private static let fields = FieldTable([
      "path",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
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
      if !path.isEmpty {
        writer.key("path")
        writer.write(path)
      }
      writer.endObject()
    }
  }

  /// `NodeRuntimeHandler` of `core/v1`.
  package struct NodeRuntimeHandler: JSONCodable {
    package var name: String
    package var features: NodeRuntimeHandlerFeatures?

    package init() {
      self.name = ""
      self.features = nil
    }

    package init(
      name: String = "",
      features: NodeRuntimeHandlerFeatures? = nil
    ) {
      self.name = name
      self.features = features
    }

    private static let fields = FieldTable([
      "name", "features",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.features = try NodeRuntimeHandlerFeatures(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      if let features {
        writer.key("features")
        features.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `NodeRuntimeHandlerFeatures` of `core/v1`.
  package struct NodeRuntimeHandlerFeatures: JSONCodable {
    package var recursiveReadOnlyMounts: Bool?
    package var userNamespaces: Bool?

    package init() {
      self.recursiveReadOnlyMounts = nil
      self.userNamespaces = nil
    }

    package init(
      recursiveReadOnlyMounts: Bool? = nil,
      userNamespaces: Bool? = nil
    ) {
      self.recursiveReadOnlyMounts = recursiveReadOnlyMounts
      self.userNamespaces = userNamespaces
    }

    private static let fields = FieldTable([
      "recursiveReadOnlyMounts", "userNamespaces",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.recursiveReadOnlyMounts = try reader.readBool()
        case 1: self.userNamespaces = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let recursiveReadOnlyMounts {
        writer.key("recursiveReadOnlyMounts")
        writer.write(recursiveReadOnlyMounts)
      }
      if let userNamespaces {
        writer.key("userNamespaces")
        writer.write(userNamespaces)
      }
      writer.endObject()
    }
  }

  /// `NodeSelector` of `core/v1`.
  package struct NodeSelector: JSONCodable {
    package var nodeSelectorTerms: [NodeSelectorTerm]

    package init() {
      self.nodeSelectorTerms = []
    }

    package init(
      nodeSelectorTerms: [NodeSelectorTerm] = []
    ) {
      self.nodeSelectorTerms = nodeSelectorTerms
    }

    private static let fields = FieldTable([
      "nodeSelectorTerms",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.nodeSelectorTerms = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("nodeSelectorTerms")
      writer.write(array: nodeSelectorTerms)
      writer.endObject()
    }
  }

  /// `NodeSelectorRequirement` of `core/v1`.
  package struct NodeSelectorRequirement: JSONCodable {
    package var key: String
    package var `operator`: String
    package var values: [String]

    package init() {
      self.key = ""
      self.`operator` = ""
      self.values = []
    }

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
      self.init()
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

  /// `NodeSelectorTerm` of `core/v1`.
  package struct NodeSelectorTerm: JSONCodable {
    package var matchExpressions: [NodeSelectorRequirement]
    package var matchFields: [NodeSelectorRequirement]

    package init() {
      self.matchExpressions = []
      self.matchFields = []
    }

    package init(
      matchExpressions: [NodeSelectorRequirement] = [],
      matchFields: [NodeSelectorRequirement] = []
    ) {
      self.matchExpressions = matchExpressions
      self.matchFields = matchFields
    }

    private static let fields = FieldTable([
      "matchExpressions", "matchFields",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.matchExpressions = try reader.readArray()
        case 1: self.matchFields = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !matchExpressions.isEmpty {
        writer.key("matchExpressions")
        writer.write(array: matchExpressions)
      }
      if !matchFields.isEmpty {
        writer.key("matchFields")
        writer.write(array: matchFields)
      }
      writer.endObject()
    }
  }
}
