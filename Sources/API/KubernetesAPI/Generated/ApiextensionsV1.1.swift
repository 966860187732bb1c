// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `apiextensions.k8s.io/v1`.
package enum ApiextensionsV1 {}

extension ApiextensionsV1 {
  /// `ConversionRequest` of `apiextensions.k8s.io/v1`.
  package struct ConversionRequest: JSONCodable {
    package var uid: String
    package var desiredAPIVersion: String
    package var objects: [JSONValue]

    package init() {
      self.uid = ""
      self.desiredAPIVersion = ""
      self.objects = []
    }

    package init(
      uid: String = "",
      desiredAPIVersion: String = "",
      objects: [JSONValue] = []
    ) {
      self.uid = uid
      self.desiredAPIVersion = desiredAPIVersion
      self.objects = objects
    }

    private static let fields = FieldTable([
      "uid", "desiredAPIVersion", "objects",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.uid = try reader.readString()
        case 1: self.desiredAPIVersion = try reader.readString()
        case 2: self.objects = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("uid")
      writer.write(uid)
      writer.key("desiredAPIVersion")
      writer.write(desiredAPIVersion)
      writer.key("objects")
      writer.write(array: objects)
      writer.endObject()
    }
  }

  /// `ConversionResponse` of `apiextensions.k8s.io/v1`.
  package struct ConversionResponse: JSONCodable {
    package var uid: String
    package var convertedObjects: [JSONValue]
    @Boxed package var result: MetaV1.Status

    package init() {
      self.uid = ""
      self.convertedObjects = []
    }

    package init(
      uid: String = "",
      convertedObjects: [JSONValue] = [],
      result: MetaV1.Status = MetaV1.Status()
    ) {
      self.uid = uid
      self.convertedObjects = convertedObjects
      self.result = result
    }

    private static let fields = FieldTable([
      "uid", "convertedObjects", "result",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.uid = try reader.readString()
        case 1: self.convertedObjects = try reader.readArray()
        case 2: self.result = try MetaV1.Status(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("uid")
      writer.write(uid)
      writer.key("convertedObjects")
      writer.write(array: convertedObjects)
      writer.key("result")
      result.write(to: &writer)
      writer.endObject()
    }
  }

  /// `ConversionReview` of `apiextensions.k8s.io/v1`.
  package struct ConversionReview: KubernetesKind {
    /// What every document of this kind carries.
    package static let apiVersion = "apiextensions.k8s.io/v1"
    package static let kind = "ConversionReview"
    @BoxedOptional package var request: ConversionRequest?
    package var response: ConversionResponse?

    package init() {
      self.response = nil
    }

    package init(
      request: ConversionRequest? = nil,
      response: ConversionResponse? = nil
    ) {
      self.request = request
      self.response = response
    }

    private static let fields = FieldTable([
      "request", "response",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.request = try ConversionRequest(from: &reader)
        case 1: self.response = try ConversionResponse(from: &reader)
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
      if let request {
        writer.key("request")
        request.write(to: &writer)
      }
      if let response {
        writer.key("response")
        response.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `CustomResourceColumnDefinition` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceColumnDefinition: JSONCodable {
    package var name: String
    package var type: String
    package var format: String
    package var description: String
    package var priority: Int32
    package var jsonPath: String

    package init() {
      self.name = ""
      self.type = ""
      self.format = ""
      self.description = ""
      self.priority = 0
      self.jsonPath = ""
    }

    package init(
      name: String = "",
      type: String = "",
      format: String = "",
      description: String = "",
      priority: Int32 = 0,
      jsonPath: String = ""
    ) {
      self.name = name
      self.type = type
      self.format = format
      self.description = description
      self.priority = priority
      self.jsonPath = jsonPath
    }

    private static let fields = FieldTable([
      "name", "type", "format", "description", "priority", "jsonPath",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.type = try reader.readString()
        case 2: self.format = try reader.readString()
        case 3: self.description = try reader.readString()
        case 4: self.priority = try reader.readInt32()
        case 5: self.jsonPath = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("type")
      writer.write(type)
      if !format.isEmpty {
        writer.key("format")
        writer.write(format)
      }
      if !description.isEmpty {
        writer.key("description")
        writer.write(description)
      }
      if priority != 0 {
        writer.key("priority")
        writer.write(priority)
      }
      writer.key("jsonPath")
      writer.write(jsonPath)
      writer.endObject()
    }
  }

  /// `CustomResourceConversion` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceConversion: JSONCodable {
    package var strategy: String
    @BoxedOptional package var webhook: WebhookConversion?

    package init() {
      self.strategy = ""
    }

    package init(
      strategy: String = "",
      webhook: WebhookConversion? = nil
    ) {
      self.strategy = strategy
      self.webhook = webhook
    }

    private static let fields = FieldTable([
      "strategy", "webhook",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.strategy = try reader.readString()
        case 1: self.webhook = try WebhookConversion(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("strategy")
      writer.write(strategy)
      if let webhook {
        writer.key("webhook")
        webhook.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `CustomResourceDefinition` of `apiextensions.k8s.io/v1`.
  package struct CustomResourceDefinition: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "apiextensions.k8s.io/v1"
    package static let kind = "CustomResourceDefinition"
    package static let resource = ResourceDescription(
      group: "apiextensions.k8s.io", version: "v1", kind: kind, plural: "customresourcedefinitions",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: CustomResourceDefinitionSpec
    package var status: CustomResourceDefinitionStatus

    package init() {
      self.status = CustomResourceDefinitionStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: CustomResourceDefinitionSpec = CustomResourceDefinitionSpec(),
      status: CustomResourceDefinitionStatus = CustomResourceDefinitionStatus()
    ) {
      self.metadata = metadata
      self.spec = spec
      self.status = status
    }

    private static let fields = FieldTable([
      "metadata", "spec", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try CustomResourceDefinitionSpec(from: &reader)
        case 2: self.status = try CustomResourceDefinitionStatus(from: &reader)
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
      writer.key("spec")
      spec.write(to: &writer)
      writer.key("status")
      status.write(to: &writer)
      writer.endObject()
    }
  }
}
