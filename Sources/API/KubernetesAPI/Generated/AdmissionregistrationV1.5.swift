// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AdmissionregistrationV1 {
  /// `ValidatingWebhook` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingWebhook: JSONCodable {
    package var name: String
    package var clientConfig: WebhookClientConfig
    package var rules: [RuleWithOperations]
    package var failurePolicy: String?
    package var matchPolicy: String?
    package var namespaceSelector: MetaV1.LabelSelector?
    package var objectSelector: MetaV1.LabelSelector?
    package var sideEffects: String?
    package var timeoutSeconds: Int32?
    package var admissionReviewVersions: [String]
    package var matchConditions: [MatchCondition]

    package init() {
      self.name = ""
      self.clientConfig = WebhookClientConfig()
      self.rules = []
      self.failurePolicy = nil
      self.matchPolicy = nil
      self.namespaceSelector = nil
      self.objectSelector = nil
      self.sideEffects = nil
      self.timeoutSeconds = nil
      self.admissionReviewVersions = []
      self.matchConditions = []
    }

    package init(
      name: String = "",
      clientConfig: WebhookClientConfig = WebhookClientConfig(),
      rules: [RuleWithOperations] = [],
      failurePolicy: String? = nil,
      matchPolicy: String? = nil,
      namespaceSelector: MetaV1.LabelSelector? = nil,
      objectSelector: MetaV1.LabelSelector? = nil,
      sideEffects: String? = nil,
      timeoutSeconds: Int32? = nil,
      admissionReviewVersions: [String] = [],
      matchConditions: [MatchCondition] = []
    ) {
      self.name = name
      self.clientConfig = clientConfig
      self.rules = rules
      self.failurePolicy = failurePolicy
      self.matchPolicy = matchPolicy
      self.namespaceSelector = namespaceSelector
      self.objectSelector = objectSelector
      self.sideEffects = sideEffects
      self.timeoutSeconds = timeoutSeconds
      self.admissionReviewVersions = admissionReviewVersions
      self.matchConditions = matchConditions
    }

    private static let fields = FieldTable([
      "name", "clientConfig", "rules", "failurePolicy", "matchPolicy", "namespaceSelector",
      "objectSelector", "sideEffects", "timeoutSeconds", "admissionReviewVersions", "matchConditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.clientConfig = try WebhookClientConfig(from: &reader)
        case 2: self.rules = try reader.readArray()
        case 3: self.failurePolicy = try reader.readString()
        case 4: self.matchPolicy = try reader.readString()
        case 5: self.namespaceSelector = try MetaV1.LabelSelector(from: &reader)
        case 6: self.objectSelector = try MetaV1.LabelSelector(from: &reader)
        case 7: self.sideEffects = try reader.readString()
        case 8: self.timeoutSeconds = try reader.readInt32()
        case 9: self.admissionReviewVersions = try reader.readArray()
        case 10: self.matchConditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("clientConfig")
      clientConfig.write(to: &writer)
      if !rules.isEmpty {
        writer.key("rules")
        writer.write(array: rules)
      }
      if let failurePolicy {
        writer.key("failurePolicy")
        writer.write(failurePolicy)
      }
      if let matchPolicy {
        writer.key("matchPolicy")
        writer.write(matchPolicy)
      }
      if let namespaceSelector {
        writer.key("namespaceSelector")
        namespaceSelector.write(to: &writer)
      }
      if let objectSelector {
        writer.key("objectSelector")
        objectSelector.write(to: &writer)
      }
      if let sideEffects {
        writer.key("sideEffects")
        writer.write(sideEffects)
      }
      if let timeoutSeconds {
        writer.key("timeoutSeconds")
        writer.write(timeoutSeconds)
      }
      writer.key("admissionReviewVersions")
      writer.write(array: admissionReviewVersions)
      if !matchConditions.isEmpty {
        writer.key("matchConditions")
        writer.write(array: matchConditions)
      }
      writer.endObject()
    }
  }

  /// `ValidatingWebhookConfiguration` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingWebhookConfiguration: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "ValidatingWebhookConfiguration"
    package static let resource = ResourceDescription(
      group: "admissionregistration.k8s.io", version: "v1", kind: kind, plural: "validatingwebhookconfigurations",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var webhooks: [ValidatingWebhook]

    package init() {
      self.webhooks = []
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      webhooks: [ValidatingWebhook] = []
    ) {
      self.metadata = metadata
      self.webhooks = webhooks
    }

    private static let fields = FieldTable([
      "metadata", "webhooks",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.webhooks = try reader.readArray()
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
      if !webhooks.isEmpty {
        writer.key("webhooks")
        writer.write(array: webhooks)
      }
      writer.endObject()
    }
  }

  /// `ValidatingWebhookConfigurationList` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingWebhookConfigurationList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "ValidatingWebhookConfigurationList"
    package var metadata: MetaV1.ListMeta
    package var items: [ValidatingWebhookConfiguration]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

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

  /// `Validation` of `admissionregistration.k8s.io/v1`.
  package struct Validation: JSONCodable {
    package var expression: String
    package var message: String
    package var reason: String?
    package var messageExpression: String

    package init() {
      self.expression = ""
      self.message = ""
      self.reason = nil
      self.messageExpression = ""
    }

    package init(
      expression: String = "",
      message: String = "",
      reason: String? = nil,
      messageExpression: String = ""
    ) {
      self.expression = expression
      self.message = message
      self.reason = reason
      self.messageExpression = messageExpression
    }

    private static let fields = FieldTable([
      "expression", "message", "reason", "messageExpression",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.expression = try reader.readString()
        case 1: self.message = try reader.readString()
        case 2: self.reason = try reader.readString()
        case 3: self.messageExpression = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("expression")
      writer.write(expression)
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
    package var name: String
    package var expression: String

    package init() {
      self.name = ""
      self.expression = ""
    }

    package init(
      name: String = "",
      expression: String = ""
    ) {
      self.name = name
      self.expression = expression
    }

    private static let fields = FieldTable([
      "name", "expression",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.expression = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.key("expression")
      writer.write(expression)
      writer.endObject()
    }
  }
}
