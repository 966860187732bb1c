// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `admissionregistration.k8s.io/v1`.
package enum AdmissionregistrationV1 {}

extension AdmissionregistrationV1 {
  /// `AuditAnnotation` of `admissionregistration.k8s.io/v1`.
  package struct AuditAnnotation: JSONCodable {
    package var key: String
    package var valueExpression: String

    package init() {
      self.key = ""
      self.valueExpression = ""
    }

    package init(
      key: String = "",
      valueExpression: String = ""
    ) {
      self.key = key
      self.valueExpression = valueExpression
    }

    private static let fields = FieldTable([
      "key", "valueExpression",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.key = try reader.readString()
        case 1: self.valueExpression = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("key")
      writer.write(key)
      writer.key("valueExpression")
      writer.write(valueExpression)
      writer.endObject()
    }
  }

  /// `ExpressionWarning` of `admissionregistration.k8s.io/v1`.
  package struct ExpressionWarning: JSONCodable {
    package var fieldRef: String
    package var warning: String

    package init() {
      self.fieldRef = ""
      self.warning = ""
    }

    package init(
      fieldRef: String = "",
      warning: String = ""
    ) {
      self.fieldRef = fieldRef
      self.warning = warning
    }

    private static let fields = FieldTable([
      "fieldRef", "warning",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.fieldRef = try reader.readString()
        case 1: self.warning = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("fieldRef")
      writer.write(fieldRef)
      writer.key("warning")
      writer.write(warning)
      writer.endObject()
    }
  }

  /// `MatchCondition` of `admissionregistration.k8s.io/v1`.
  package struct MatchCondition: JSONCodable {
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

  /// `MatchResources` of `admissionregistration.k8s.io/v1`.
  package struct MatchResources: JSONCodable {
    package var namespaceSelector: MetaV1.LabelSelector?
    package var objectSelector: MetaV1.LabelSelector?
    package var resourceRules: [NamedRuleWithOperations]
    package var excludeResourceRules: [NamedRuleWithOperations]
    package var matchPolicy: String?

    package init() {
      self.namespaceSelector = nil
      self.objectSelector = nil
      self.resourceRules = []
      self.excludeResourceRules = []
      self.matchPolicy = nil
    }

    package init(
      namespaceSelector: MetaV1.LabelSelector? = nil,
      objectSelector: MetaV1.LabelSelector? = nil,
      resourceRules: [NamedRuleWithOperations] = [],
      excludeResourceRules: [NamedRuleWithOperations] = [],
      matchPolicy: String? = nil
    ) {
      self.namespaceSelector = namespaceSelector
      self.objectSelector = objectSelector
      self.resourceRules = resourceRules
      self.excludeResourceRules = excludeResourceRules
      self.matchPolicy = matchPolicy
    }

    private static let fields = FieldTable([
      "namespaceSelector", "objectSelector", "resourceRules", "excludeResourceRules", "matchPolicy",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespaceSelector = try MetaV1.LabelSelector(from: &reader)
        case 1: self.objectSelector = try MetaV1.LabelSelector(from: &reader)
        case 2: self.resourceRules = try reader.readArray()
        case 3: self.excludeResourceRules = try reader.readArray()
        case 4: self.matchPolicy = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let namespaceSelector {
        writer.key("namespaceSelector")
        namespaceSelector.write(to: &writer)
      }
      if let objectSelector {
        writer.key("objectSelector")
        objectSelector.write(to: &writer)
      }
      if !resourceRules.isEmpty {
        writer.key("resourceRules")
        writer.write(array: resourceRules)
      }
      if !excludeResourceRules.isEmpty {
        writer.key("excludeResourceRules")
        writer.write(array: excludeResourceRules)
      }
      if let matchPolicy {
        writer.key("matchPolicy")
        writer.write(matchPolicy)
      }
      writer.endObject()
    }
  }

  /// `MutatingWebhook` of `admissionregistration.k8s.io/v1`.
  package struct MutatingWebhook: JSONCodable {
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
    package var reinvocationPolicy: String?
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
      self.reinvocationPolicy = nil
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
      reinvocationPolicy: String? = nil,
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
      self.reinvocationPolicy = reinvocationPolicy
      self.matchConditions = matchConditions
    }

    private static let fields = FieldTable([
      "name", "clientConfig", "rules", "failurePolicy", "matchPolicy", "namespaceSelector",
      "objectSelector", "sideEffects", "timeoutSeconds", "admissionReviewVersions", "reinvocationPolicy",
      "matchConditions",
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
        case 10: self.reinvocationPolicy = try reader.readString()
        case 11: self.matchConditions = try reader.readArray()
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
      if let reinvocationPolicy {
        writer.key("reinvocationPolicy")
        writer.write(reinvocationPolicy)
      }
      if !matchConditions.isEmpty {
        writer.key("matchConditions")
        writer.write(array: matchConditions)
      }
      writer.endObject()
    }
  }
}
