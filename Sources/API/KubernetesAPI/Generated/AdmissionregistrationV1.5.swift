// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AdmissionregistrationV1 {
  /// `ValidatingWebhookConfiguration` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingWebhookConfiguration: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "ValidatingWebhookConfiguration"
    package static let resource = ResourceDescription(
      group: "admissionregistration.k8s.io", version: "v1", kind: kind, plural: "validatingwebhookconfigurations",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var Webhooks: [ValidatingWebhook] = []

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      Webhooks: [ValidatingWebhook] = []
    ) {
      self.metadata = metadata
      self.Webhooks = Webhooks
    }

    private static let fields = FieldTable([
      "metadata", "Webhooks",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.Webhooks = try reader.readArray()
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
      writer.key("Webhooks")
      writer.write(array: Webhooks)
      writer.endObject()
    }
  }

  /// `ValidatingWebhookConfigurationList` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingWebhookConfigurationList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "ValidatingWebhookConfigurationList"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [ValidatingWebhookConfiguration] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ValidatingWebhookConfiguration] = []
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

  /// `Validation` of `admissionregistration.k8s.io/v1`.
  package struct Validation: JSONCodable {
    package var Expression: String = ""
    package var message: String = ""
    package var reason: String?
    package var messageExpression: String = ""

    package init() {}
    package init(
      Expression: String = "",
      message: String = "",
      reason: String? = nil,
      messageExpression: String = ""
    ) {
      self.Expression = Expression
      self.message = message
      self.reason = reason
      self.messageExpression = messageExpression
    }

    private static let fields = FieldTable([
      "Expression", "message", "reason", "messageExpression",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.Expression = try reader.readString()
        case 1: self.message = try reader.readString()
        case 2: self.reason = try reader.readString()
        case 3: self.messageExpression = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("Expression")
      writer.write(Expression)
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if let reason {
        writer.key("reason")
        writer.write(reason)
      }
      if !messageExpression.isEmpty {
        writer.key("messageExpression")
        writer.write(messageExpression)
      }
      writer.endObject()
    }
  }

  /// `Variable` of `admissionregistration.k8s.io/v1`.
  package struct Variable: JSONCodable {
    package var Name: String = ""
    package var Expression: String = ""

    package init() {}
    package init(
      Name: String = "",
      Expression: String = ""
    ) {
      self.Name = Name
      self.Expression = Expression
    }

    private static let fields = FieldTable([
      "Name", "Expression",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.Name = try reader.readString()
        case 1: self.Expression = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("Name")
      writer.write(Name)
      writer.key("Expression")
      writer.write(Expression)
      writer.endObject()
    }
  }

  /// `WebhookClientConfig` of `admissionregistration.k8s.io/v1`.
  package struct WebhookClientConfig: JSONCodable {
    package var url: String?
    @BoxedOptional package var service: ServiceReference?
    package var caBundle: [UInt8] = []

    package init() {}
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
}
