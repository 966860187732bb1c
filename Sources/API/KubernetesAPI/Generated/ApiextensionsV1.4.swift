// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension ApiextensionsV1 {
  /// `JSONSchemaProps` of `apiextensions.k8s.io/v1`.
  package struct JSONSchemaProps: JSONCodable {
    package var id: String
    package var schema: String
    package var ref: String
    package var description: String
    package var type: String
    package var format: String
    package var title: String
    package var `default`: JSONValue?
    package var maximum: Double?
    package var exclusiveMaximum: Bool
    package var minimum: Double?
    package var exclusiveMinimum: Bool
    package var maxLength: Int64?
    package var minLength: Int64?
    package var pattern: String
    package var maxItems: Int64?
    package var minItems: Int64?
    package var uniqueItems: Bool
    package var multipleOf: Double?
    package var `enum`: [JSONValue]
    package var maxProperties: Int64?
    package var minProperties: Int64?
    package var required: [String]
    package var items: JSONValue?
    package var allOf: [JSONSchemaProps]
    package var oneOf: [JSONSchemaProps]
    package var anyOf: [JSONSchemaProps]
    @BoxedOptional package var not: JSONSchemaProps?
    package var properties: [String: JSONSchemaProps]
    package var additionalProperties: JSONValue?
    package var patternProperties: [String: JSONSchemaProps]
    package var dependencies: [String: JSONValue]
    package var additionalItems: JSONValue?
    package var definitions: [String: JSONSchemaProps]
    package var externalDocs: ExternalDocumentation?
    package var example: JSONValue?
    package var nullable: Bool
    package var xKubernetesPreserveUnknownFields: Bool?
    package var xKubernetesEmbeddedResource: Bool
    package var xKubernetesIntOrString: Bool
    package var xKubernetesListMapKeys: [String]
    package var xKubernetesListType: String?
    package var xKubernetesMapType: String?
    package var xKubernetesValidations: [ValidationRule]

    package init() {
      self.id = ""
      self.schema = ""
      self.ref = ""
      self.description = ""
      self.type = ""
      self.format = ""
      self.title = ""
      self.`default` = nil
      self.maximum = nil
      self.exclusiveMaximum = false
      self.minimum = nil
      self.exclusiveMinimum = false
      self.maxLength = nil
      self.minLength = nil
      self.pattern = ""
      self.maxItems = nil
      self.minItems = nil
      self.uniqueItems = false
      self.multipleOf = nil
      self.`enum` = []
      self.maxProperties = nil
      self.minProperties = nil
      self.required = []
      self.items = nil
      self.allOf = []
      self.oneOf = []
      self.anyOf = []
      self.properties = [:]
      self.additionalProperties = nil
      self.patternProperties = [:]
      self.dependencies = [:]
      self.additionalItems = nil
      self.definitions = [:]
      self.externalDocs = nil
      self.example = nil
      self.nullable = false
      self.xKubernetesPreserveUnknownFields = nil
      self.xKubernetesEmbeddedResource = false
      self.xKubernetesIntOrString = false
      self.xKubernetesListMapKeys = []
      self.xKubernetesListType = nil
      self.xKubernetesMapType = nil
      self.xKubernetesValidations = []
    }

    package init(
      id: String = "",
      schema: String = "",
      ref: String = "",
      description: String = "",
      type: String = "",
      format: String = "",
      title: String = "",
      `default`: JSONValue? = nil,
      maximum: Double? = nil,
      exclusiveMaximum: Bool = false,
      minimum: Double? = nil,
      exclusiveMinimum: Bool = false,
      maxLength: Int64? = nil,
      minLength: Int64? = nil,
      pattern: String = "",
      maxItems: Int64? = nil,
      minItems: Int64? = nil,
      uniqueItems: Bool = false,
      multipleOf: Double? = nil,
      `enum`: [JSONValue] = [],
      maxProperties: Int64? = nil,
      minProperties: Int64? = nil,
      required: [String] = [],
      items: JSONValue? = nil,
      allOf: [JSONSchemaProps] = [],
      oneOf: [JSONSchemaProps] = [],
      anyOf: [JSONSchemaProps] = [],
      not: JSONSchemaProps? = nil,
      properties: [String: JSONSchemaProps] = [:],
      additionalProperties: JSONValue? = nil,
      patternProperties: [String: JSONSchemaProps] = [:],
      dependencies: [String: JSONValue] = [:],
      additionalItems: JSONValue? = nil,
      definitions: [String: JSONSchemaProps] = [:],
      externalDocs: ExternalDocumentation? = nil,
      example: JSONValue? = nil,
      nullable: Bool = false,
      xKubernetesPreserveUnknownFields: Bool? = nil,
      xKubernetesEmbeddedResource: Bool = false,
      xKubernetesIntOrString: Bool = false,
      xKubernetesListMapKeys: [String] = [],
      xKubernetesListType: String? = nil,
      xKubernetesMapType: String? = nil,
      xKubernetesValidations: [ValidationRule] = []
    ) {
      self.id = id
      self.schema = schema
      self.ref = ref
      self.description = description
      self.type = type
      self.format = format
      self.title = title
      self.`default` = `default`
      self.maximum = maximum
      self.exclusiveMaximum = exclusiveMaximum
      self.minimum = minimum
      self.exclusiveMinimum = exclusiveMinimum
      self.maxLength = maxLength
      self.minLength = minLength
      self.pattern = pattern
      self.maxItems = maxItems
      self.minItems = minItems
      self.uniqueItems = uniqueItems
      self.multipleOf = multipleOf
      self.`enum` = `enum`
      self.maxProperties = maxProperties
      self.minProperties = minProperties
      self.required = required
      self.items = items
      self.allOf = allOf
      self.oneOf = oneOf
      self.anyOf = anyOf
      self.not = not
      self.properties = properties
      self.additionalProperties = additionalProperties
      self.patternProperties = patternProperties
      self.dependencies = dependencies
      self.additionalItems = additionalItems
      self.definitions = definitions
      self.externalDocs = externalDocs
      self.example = example
      self.nullable = nullable
      self.xKubernetesPreserveUnknownFields = xKubernetesPreserveUnknownFields
      self.xKubernetesEmbeddedResource = xKubernetesEmbeddedResource
      self.xKubernetesIntOrString = xKubernetesIntOrString
      self.xKubernetesListMapKeys = xKubernetesListMapKeys
      self.xKubernetesListType = xKubernetesListType
      self.xKubernetesMapType = xKubernetesMapType
      self.xKubernetesValidations = xKubernetesValidations
    }

    private static let fields = FieldTable([
      "id", "$schema", "$ref", "description", "type", "format", "title", "default", "maximum",
      "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength", "minLength", "pattern", "maxItems",
      "minItems", "uniqueItems", "multipleOf", "enum", "maxProperties", "minProperties", "required",
      "items", "allOf", "oneOf", "anyOf", "not", "properties", "additionalProperties",
      "patternProperties", "dependencies", "additionalItems", "definitions", "externalDocs", "example",
      "nullable", "x-kubernetes-preserve-unknown-fields", "x-kubernetes-embedded-resource",
      "x-kubernetes-int-or-string", "x-kubernetes-list-map-keys", "x-kubernetes-list-type",
      "x-kubernetes-map-type", "x-kubernetes-validations",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.id = try reader.readString()
        case 1: self.schema = try reader.readString()
        case 2: self.ref = try reader.readString()
        case 3: self.description = try reader.readString()
        case 4: self.type = try reader.readString()
        case 5: self.format = try reader.readString()
        case 6: self.title = try reader.readString()
        case 7: self.`default` = try reader.readValue()
        case 8: self.maximum = try reader.readDouble()
        case 9: self.exclusiveMaximum = try reader.readBool()
        case 10: self.minimum = try reader.readDouble()
        case 11: self.exclusiveMinimum = try reader.readBool()
        case 12: self.maxLength = try reader.readInt64()
        case 13: self.minLength = try reader.readInt64()
        case 14: self.pattern = try reader.readString()
        case 15: self.maxItems = try reader.readInt64()
        case 16: self.minItems = try reader.readInt64()
        case 17: self.uniqueItems = try reader.readBool()
        case 18: self.multipleOf = try reader.readDouble()
        case 19: self.`enum` = try reader.readArray()
        case 20: self.maxProperties = try reader.readInt64()
        case 21: self.minProperties = try reader.readInt64()
        case 22: self.required = try reader.readArray()
        case 23: self.items = try reader.readValue()
        case 24: self.allOf = try reader.readArray()
        case 25: self.oneOf = try reader.readArray()
        case 26: self.anyOf = try reader.readArray()
        case 27: self.not = try JSONSchemaProps(from: &reader)
        case 28: self.properties = try reader.readMap()
        case 29: self.additionalProperties = try reader.readValue()
        case 30: self.patternProperties = try reader.readMap()
        case 31: self.dependencies = try reader.readMap()
        case 32: self.additionalItems = try reader.readValue()
        case 33: self.definitions = try reader.readMap()
        case 34: self.externalDocs = try ExternalDocumentation(from: &reader)
        case 35: self.example = try reader.readValue()
        case 36: self.nullable = try reader.readBool()
        case 37: self.xKubernetesPreserveUnknownFields = try reader.readBool()
        case 38: self.xKubernetesEmbeddedResource = try reader.readBool()
        case 39: self.xKubernetesIntOrString = try reader.readBool()
        case 40: self.xKubernetesListMapKeys = try reader.readArray()
        case 41: self.xKubernetesListType = try reader.readString()
        case 42: self.xKubernetesMapType = try reader.readString()
        case 43: self.xKubernetesValidations = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !id.isEmpty {
        writer.key("id")
        writer.write(id)
      }
      if !schema.isEmpty {
        writer.key("$schema")
        writer.write(schema)
      }
      if !ref.isEmpty {
        writer.key("$ref")
        writer.write(ref)
      }
      if !description.isEmpty {
        writer.key("description")
        writer.write(description)
      }
      if !type.isEmpty {
        writer.key("type")
        writer.write(type)
      }
      if !format.isEmpty {
        writer.key("format")
        writer.write(format)
      }
      if !title.isEmpty {
        writer.key("title")
        writer.write(title)
      }
      if let `default` {
        writer.key("default")
        writer.write(`default`)
      }
      if let maximum {
        writer.key("maximum")
        writer.write(maximum)
      }
      if exclusiveMaximum {
        writer.key("exclusiveMaximum")
        writer.write(exclusiveMaximum)
      }
      if let minimum {
        writer.key("minimum")
        writer.write(minimum)
      }
      if exclusiveMinimum {
        writer.key("exclusiveMinimum")
        writer.write(exclusiveMinimum)
      }
      if let maxLength {
        writer.key("maxLength")
        writer.write(maxLength)
      }
      if let minLength {
        writer.key("minLength")
        writer.write(minLength)
      }
      if !pattern.isEmpty {
        writer.key("pattern")
        writer.write(pattern)
      }
      if let maxItems {
        writer.key("maxItems")
        writer.write(maxItems)
      }
      if let minItems {
        writer.key("minItems")
        writer.write(minItems)
      }
      if uniqueItems {
        writer.key("uniqueItems")
        writer.write(uniqueItems)
      }
      if let multipleOf {
        writer.key("multipleOf")
        writer.write(multipleOf)
      }
      if !`enum`.isEmpty {
        writer.key("enum")
        writer.write(array: `enum`)
      }
      if let maxProperties {
        writer.key("maxProperties")
        writer.write(maxProperties)
      }
      if let minProperties {
        writer.key("minProperties")
        writer.write(minProperties)
      }
      if !required.isEmpty {
        writer.key("required")
        writer.write(array: required)
      }
      if let items {
        writer.key("items")
        writer.write(items)
      }
      if !allOf.isEmpty {
        writer.key("allOf")
        writer.write(array: allOf)
      }
      if !oneOf.isEmpty {
        writer.key("oneOf")
        writer.write(array: oneOf)
      }
      if !anyOf.isEmpty {
        writer.key("anyOf")
        writer.write(array: anyOf)
      }
      if let not {
        writer.key("not")
        not.write(to: &writer)
      }
      if !properties.isEmpty {
        writer.key("properties")
        writer.write(map: properties)
      }
      if let additionalProperties {
        writer.key("additionalProperties")
        writer.write(additionalProperties)
      }
      if !patternProperties.isEmpty {
        writer.key("patternProperties")
        writer.write(map: patternProperties)
      }
      if !dependencies.isEmpty {
        writer.key("dependencies")
        writer.write(map: dependencies)
      }
      if let additionalItems {
        writer.key("additionalItems")
        writer.write(additionalItems)
      }
      if !definitions.isEmpty {
        writer.key("definitions")
        writer.write(map: definitions)
      }
      if let externalDocs {
        writer.key("externalDocs")
        externalDocs.write(to: &writer)
      }
      if let example {
        writer.key("example")
        writer.write(example)
      }
      if nullable {
        writer.key("nullable")
        writer.write(nullable)
      }
      if let xKubernetesPreserveUnknownFields {
        writer.key("x-kubernetes-preserve-unknown-fields")
        writer.write(xKubernetesPreserveUnknownFields)
      }
      if xKubernetesEmbeddedResource {
        writer.key("x-kubernetes-embedded-resource")
        writer.write(xKubernetesEmbeddedResource)
      }
      if xKubernetesIntOrString {
        writer.key("x-kubernetes-int-or-string")
        writer.write(xKubernetesIntOrString)
      }
      if !xKubernetesListMapKeys.isEmpty {
        writer.key("x-kubernetes-list-map-keys")
        writer.write(array: xKubernetesListMapKeys)
      }
      if let xKubernetesListType {
        writer.key("x-kubernetes-list-type")
        writer.write(xKubernetesListType)
      }
      if let xKubernetesMapType {
        writer.key("x-kubernetes-map-type")
        writer.write(xKubernetesMapType)
      }
      if !xKubernetesValidations.isEmpty {
        writer.key("x-kubernetes-validations")
        writer.write(array: xKubernetesValidations)
      }
      writer.endObject()
    }
  }
}
