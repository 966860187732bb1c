// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension ApiextensionsV1 {
  /// `CustomResourceDefinitionCondition` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceDefinitionCondition: JSONCodable {
    package var type: String
    package var status: String
    package var lastTransitionTime: Time?
    package var reason: String
    package var message: String

    package init() {
      self.type = ""
      self.status = ""
      self.lastTransitionTime = nil
      self.reason = ""
      self.message = ""
    }

    package init(
      type: String = "",
      status: String = "",
      lastTransitionTime: Time? = nil,
      reason: String = "",
      message: String = ""
    ) {
      self.type = type
      self.status = status
      self.lastTransitionTime = lastTransitionTime
      self.reason = reason
      self.message = message
    }

    private static let fields = FieldTable([
      "type", "status", "lastTransitionTime", "reason", "message",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.lastTransitionTime = try Time(from: &reader)
        case 3: self.reason = try reader.readString()
        case 4: self.message = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("status")
      writer.write(status)
      if let lastTransitionTime {
        writer.key("lastTransitionTime")
        lastTransitionTime.write(to: &writer)
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

  /// `CustomResourceDefinitionList` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceDefinitionList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "apiextensions.k8s.io/v1"
    package static let kind = "CustomResourceDefinitionList"
    package var metadata: MetaV1.ListMeta
    package var items: [CustomResourceDefinition]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [CustomResourceDefinition] = []
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

  /// `CustomResourceDefinitionNames` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceDefinitionNames: JSONCodable {
    package var plural: String
    package var singular: String
    package var shortNames: [String]
    package var kind: String
    package var listKind: String
    package var categories: [String]

    package init() {
      self.plural = ""
      self.singular = ""
      self.shortNames = []
      self.kind = ""
      self.listKind = ""
      self.categories = []
    }

    package init(
      plural: String = "",
      singular: String = "",
      shortNames: [String] = [],
      kind: String = "",
      listKind: String = "",
      categories: [String] = []
    ) {
      self.plural = plural
      self.singular = singular
      self.shortNames = shortNames
      self.kind = kind
      self.listKind = listKind
      self.categories = categories
    }

    private static let fields = FieldTable([
      "plural", "singular", "shortNames", "kind", "listKind", "categories",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.plural = try reader.readString()
        case 1: self.singular = try reader.readString()
        case 2: self.shortNames = try reader.readArray()
        case 3: self.kind = try reader.readString()
        case 4: self.listKind = try reader.readString()
        case 5: self.categories = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("plural")
      writer.write(plural)
      if !singular.isEmpty {
        writer.key("singular")
        writer.write(singular)
      }
      if !shortNames.isEmpty {
        writer.key("shortNames")
        writer.write(array: shortNames)
      }
      writer.key("kind")
      writer.write(kind)
      if !listKind.isEmpty {
        writer.key("listKind")
        writer.write(listKind)
      }
      if !categories.isEmpty {
        writer.key("categories")
        writer.write(array: categories)
      }
      writer.endObject()
    }
  }

  /// `CustomResourceDefinitionSpec` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceDefinitionSpec: JSONCodable {
    package var group: String
    @Boxed package var names: CustomResourceDefinitionNames
    package var scope: String
    package var versions: [CustomResourceDefinitionVersion]
    package var conversion: CustomResourceConversion?
    package var preserveUnknownFields: Bool

    package init() {
      self.group = ""
      self.scope = ""
      self.versions = []
      self.conversion = nil
      self.preserveUnknownFields = false
    }

    package init(
      group: String = "",
      names: CustomResourceDefinitionNames = CustomResourceDefinitionNames(),
      scope: String = "",
      versions: [CustomResourceDefinitionVersion] = [],
      conversion: CustomResourceConversion? = nil,
      preserveUnknownFields: Bool = false
    ) {
      self.group = group
      self.names = names
      self.scope = scope
      self.versions = versions
      self.conversion = conversion
      self.preserveUnknownFields = preserveUnknownFields
    }

    private static let fields = FieldTable([
      "group", "names", "scope", "versions", "conversion", "preserveUnknownFields",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.group = try reader.readString()
        case 1: self.names = try CustomResourceDefinitionNames(from: &reader)
        case 2: self.scope = try reader.readString()
        case 3: self.versions = try reader.readArray()
        case 4: self.conversion = try CustomResourceConversion(from: &reader)
        case 5: self.preserveUnknownFields = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("group")
      writer.write(group)
      writer.key("names")
      names.write(to: &writer)
      writer.key("scope")
      writer.write(scope)
      writer.key("versions")
      writer.write(array: versions)
      if let conversion {
        writer.key("conversion")
        conversion.write(to: &writer)
      }
      if preserveUnknownFields {
        writer.key("preserveUnknownFields")
        writer.write(preserveUnknownFields)
      }
      writer.endObject()
    }
  }

  /// `CustomResourceDefinitionStatus` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceDefinitionStatus: JSONCodable {
    package var conditions: [CustomResourceDefinitionCondition]
    @Boxed package var acceptedNames: CustomResourceDefinitionNames
    package var storedVersions: [String]

    package init() {
      self.conditions = []
      self.storedVersions = []
    }

    package init(
      conditions: [CustomResourceDefinitionCondition] = [],
      acceptedNames: CustomResourceDefinitionNames = CustomResourceDefinitionNames(),
      storedVersions: [String] = []
    ) {
      self.conditions = conditions
      self.acceptedNames = acceptedNames
      self.storedVersions = storedVersions
    }

    private static let fields = FieldTable([
      "conditions", "acceptedNames", "storedVersions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.conditions = try reader.readArray()
        case 1: self.acceptedNames = try CustomResourceDefinitionNames(from: &reader)
        case 2: self.storedVersions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("conditions")
      writer.write(array: conditions)
      writer.key("acceptedNames")
      acceptedNames.write(to: &writer)
      writer.key("storedVersions")
      writer.write(array: storedVersions)
      writer.endObject()
    }
  }
}
