// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension ApiextensionsV1 {
  /// `SelectableField` of `apiextensions.k8s.io/v1`.
  package struct SelectableField: JSONCodable {
    package var jsonPath: String

    package init() {
      self.jsonPath = ""
    }

    package init(
      jsonPath: String = ""
    ) {
      self.jsonPath = jsonPath
    }

    private static let fields = FieldTable([
      "jsonPath",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.jsonPath = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("jsonPath")
      writer.write(jsonPath)
      writer.endObject()
    }
  }

  /// `ServiceReference` of `apiextensions.k8s.io/v1`.
  package struct ServiceReference: JSONCodable {
    package var namespace: String
    package var name: String
    package var path: String?
    package var port: Int32?

    package init() {
      self.namespace = ""
      self.name = ""
      self.path = nil
      self.port = nil
    }

    package init(
      namespace: String = "",
      name: String = "",
      path: String? = nil,
      port: Int32? = nil
    ) {
      self.namespace = namespace
      self.name = name
      self.path = path
      self.port = port
    }

    private static let fields = FieldTable([
      "namespace", "name", "path", "port",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        case 1: self.name = try reader.readString()
        case 2: self.path = try reader.readString()
        case 3: self.port = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("namespace")
      writer.write(namespace)
      writer.key("name")
      writer.write(name)
      if let path {
        writer.key("path")
        writer.write(path)
      }
      if let port {
        writer.key("port")
        writer.write(port)
      }
      writer.endObject()
    }
  }

  /// `ValidationRule` of `apiextensions.k8s.io/v1`.
  package struct ValidationRule: JSONCodable {
    package var rule: String
    package var message: String
    package var messageExpression: String
    package var reason: String
    package var fieldPath: String
    package var optionalOldSelf: Bool

    package init() {
      self.rule = ""
      self.message = ""
      self.messageExpression = ""
      self.reason = ""
      self.fieldPath = ""
      self.optionalOldSelf = false
    }

    package init(
      rule: String = "",
      message: String = "",
      messageExpression: String = "",
      reason: String = "",
      fieldPath: String = "",
      optionalOldSelf: Bool = false
    ) {
      self.rule = rule
      self.message = message
      self.messageExpression = messageExpression
      self.reason = reason
      self.fieldPath = fieldPath
      self.optionalOldSelf = optionalOldSelf
    }

    private static let fields = FieldTable([
      "rule", "message", "messageExpression", "reason", "fieldPath", "optionalOldSelf",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.rule = try reader.readString()
        case 1: self.message = try reader.readString()
        case 2: self.messageExpression = try reader.readString()
        case 3: self.reason = try reader.readString()
        case 4: self.fieldPath = try reader.readString()
        case 5: self.optionalOldSelf = try reader.readBool()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("rule")
      writer.write(rule)
      writer.key("message")
      writer.write(message)
      writer.key("messageExpression")
      writer.write(messageExpression)
      writer.key("reason")
      writer.write(reason)
      writer.key("fieldPath")
      writer.write(fieldPath)
      writer.key("optionalOldSelf")
      writer.write(optionalOldSelf)
      writer.endObject()
    }
  }

  /// `WebhookClientConfig` of `apiextensions.k8s.io/v1`.
  package struct WebhookClientConfig: JSONCodable {
    package var url: String?
    @BoxedOptional package var service: ServiceReference?
    package var caBundle: [UInt8]

    package init() {
      self.url = nil
      self.caBundle = []
    }

    package init(
      url: String? = nil,
      service: ServiceReference? = nil,
      caBundle: [UInt8] = []
    ) {
      self.url = url
      self.service = service
      self.caBundle = caBundle
    }

    private static let fields = FieldTable([
      "url", "service", "caBundle",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.url = try reader.readString()
        case 1: self.service = try ServiceReference(from: &reader)
        case 2: self.caBundle = try reader.readBytes()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let url {
        writer.key("url")
        writer.write(url)
      }
      if let service {
        writer.key("service")
        service.write(to: &writer)
      }
      if !caBundle.isEmpty {
        writer.key("caBundle")
        writer.write(caBundle)
      }
      writer.endObject()
    }
  }

  /// `WebhookConversion` of `apiextensions.k8s.io/v1`.
  package struct WebhookConversion: JSONCodable {
    package var clientConfig: WebhookClientConfig?
    package var conversionReviewVersions: [String]

    package init() {
      self.clientConfig = nil
      self.conversionReviewVersions = []
    }

    package init(
      clientConfig: WebhookClientConfig? = nil,
      conversionReviewVersions: [String] = []
    ) {
      self.clientConfig = clientConfig
      self.conversionReviewVersions = conversionReviewVersions
    }

    private static let fields = FieldTable([
      "clientConfig", "conversionReviewVersions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.clientConfig = try WebhookClientConfig(from: &reader)
        case 1: self.conversionReviewVersions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let clientConfig {
        writer.key("clientConfig")
        clientConfig.write(to: &writer)
      }
      writer.key("conversionReviewVersions")
      writer.write(array: conversionReviewVersions)
      writer.endObject()
    }
  }
}
