// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension ApiextensionsV1 {
  /// `CustomResourceDefinitionVersion` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceDefinitionVersion: JSONCodable {
    package var name: String
    package var served: Bool
    package var storage: Bool
    package var deprecated: Bool
    package var deprecationWarning: String?
    package var schema: CustomResourceValidation?
    package var subresources: CustomResourceSubresources?
    package var additionalPrinterColumns: [CustomResourceColumnDefinition]
    package var selectableFields: [SelectableField]

    package init() {
      self.name = ""
      self.served = false
      self.storage = false
      self.deprecated = false
      self.deprecationWarning = nil
      self.schema = nil
      self.subresources = nil
      self.additionalPrinterColumns = []
      self.selectableFields = []
    }

    package init(
      name: String = "",
      served: Bool = false,
      storage: Bool = false,
      deprecated: Bool = false,
      deprecationWarning: String? = nil,
      schema: CustomResourceValidation? = nil,
      subresources: CustomResourceSubresources? = nil,
      additionalPrinterColumns: [CustomResourceColumnDefinition] = [],
      selectableFields: [SelectableField] = []
    ) {
      self.name = name
      self.served = served
      self.storage = storage
      self.deprecated = deprecated
      self.deprecationWarning = deprecationWarning
      self.schema = schema
      self.subresources = subresources
      self.additionalPrinterColumns = additionalPrinterColumns
      self.selectableFields = selectableFields
    }

    private static let fields = FieldTable([
      "name", "served", "storage", "deprecated", "deprecationWarning", "schema", "subresources",
      "additionalPrinterColumns", "selectableFields",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.served = try reader.readBool()
        case 2: self.storage = try reader.readBool()
        case 3: self.deprecated = try reader.readBool()
        case 4: self.deprecationWarning = try reader.readString()
        case 5: self.schema = try CustomResourceValidation(from: &reader)
        case 6: self.subresources = try CustomResourceSubresources(from: &reader)
        case 7: self.additionalPrinterColumns = try reader.readArray()
        case 8: self.selectableFields = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("served")
      writer.write(served)
      writer.key("storage")
      writer.write(storage)
      if deprecated {
        writer.key("deprecated")
        writer.write(deprecated)
      }
      if let deprecationWarning {
        writer.key("deprecationWarning")
        writer.write(deprecationWarning)
      }
      if let schema {
        writer.key("schema")
        schema.write(to: &writer)
      }
      if let subresources {
        writer.key("subresources")
        subresources.write(to: &writer)
      }
      if !additionalPrinterColumns.isEmpty {
        writer.key("additionalPrinterColumns")
        writer.write(array: additionalPrinterColumns)
      }
      if !selectableFields.isEmpty {
        writer.key("selectableFields")
        writer.write(array: selectableFields)
      }
      writer.endObject()
    }
  }

  /// `CustomResourceSubresourceScale` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceSubresourceScale: JSONCodable {
    package var specReplicasPath: String
    package var statusReplicasPath: String
    package var labelSelectorPath: String?

    package init() {
      self.specReplicasPath = ""
      self.statusReplicasPath = ""
      self.labelSelectorPath = nil
    }

    package init(
      specReplicasPath: String = "",
      statusReplicasPath: String = "",
      labelSelectorPath: String? = nil
    ) {
      self.specReplicasPath = specReplicasPath
      self.statusReplicasPath = statusReplicasPath
      self.labelSelectorPath = labelSelectorPath
    }

    private static let fields = FieldTable([
      "specReplicasPath", "statusReplicasPath", "labelSelectorPath",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.specReplicasPath = try reader.readString()
        case 1: self.statusReplicasPath = try reader.readString()
        case 2: self.labelSelectorPath = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("specReplicasPath")
      writer.write(specReplicasPath)
      writer.key("statusReplicasPath")
      writer.write(statusReplicasPath)
      if let labelSelectorPath {
        writer.key("labelSelectorPath")
        writer.write(labelSelectorPath)
      }
      writer.endObject()
    }
  }

  /// `CustomResourceSubresourceStatus` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceSubresourceStatus: JSONCodable {

    package init() {}

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.skipObject()
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.endObject()
    }
  }

  /// `CustomResourceSubresources` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceSubresources: JSONCodable {
    package var status: CustomResourceSubresourceStatus?
    @BoxedOptional package var scale: CustomResourceSubresourceScale?

    package init() {
      self.status = nil
    }

    package init(
      status: CustomResourceSubresourceStatus? = nil,
      scale: CustomResourceSubresourceScale? = nil
    ) {
      self.status = status
      self.scale = scale
    }

    private static let fields = FieldTable([
      "status", "scale",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.status = try CustomResourceSubresourceStatus(from: &reader)
        case 1: self.scale = try CustomResourceSubresourceScale(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let status {
        writer.key("status")
        status.write(to: &writer)
      }
      if let scale {
        writer.key("scale")
        scale.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `CustomResourceValidation` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceValidation: JSONCodable {
    @BoxedOptional package var openAPIV3Schema: JSONSchemaProps?

    package init() {}
    package init(
      openAPIV3Schema: JSONSchemaProps? = nil
    ) {
      self.openAPIV3Schema = openAPIV3Schema
    }

    private static let fields = FieldTable([
      "openAPIV3Schema",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.openAPIV3Schema = try JSONSchemaProps(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let openAPIV3Schema {
        writer.key("openAPIV3Schema")
        openAPIV3Schema.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ExternalDocumentation` of `apiextensions.k8s.io/v1`.
  package struct ExternalDocumentation: JSONCodable {
    package var description: String
    package var url: String

    package init() {
      self.description = ""
      self.url = ""
    }

    package init(
      description: String = "",
      url: String = ""
    ) {
      self.description = description
      self.url = url
    }

    private static let fields = FieldTable([
      "description", "url",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.description = try reader.readString()
        case 1: self.url = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("description")
      writer.write(description)
      writer.key("url")
      writer.write(url)
      writer.endObject()
    }
  }
}
