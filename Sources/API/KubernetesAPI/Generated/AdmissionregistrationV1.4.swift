// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AdmissionregistrationV1 {
  /// `ValidatingAdmissionPolicyBindingSpec` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicyBindingSpec: JSONCodable {
    package var policyName: String = ""
    @BoxedOptional package var paramRef: ParamRef?
    @BoxedOptional package var matchResources: MatchResources?
    package var validationActions: [String] = []

    package init() {}
    package init(
      policyName: String = "",
      paramRef: ParamRef? = nil,
      matchResources: MatchResources? = nil,
      validationActions: [String] = []
    ) {
      self.policyName = policyName
      self.paramRef = paramRef
      self.matchResources = matchResources
      self.validationActions = validationActions
    }

    private static let fields = FieldTable([
      "policyName", "paramRef", "matchResources", "validationActions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.policyName = try reader.readString()
        case 1: self.paramRef = try ParamRef(from: &reader)
        case 2: self.matchResources = try MatchResources(from: &reader)
        case 3: self.validationActions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !policyName.isEmpty {
        writer.key("policyName")
        writer.write(policyName)
      }
      if let paramRef {
        writer.key("paramRef")
        paramRef.write(to: &writer)
      }
      if let matchResources {
        writer.key("matchResources")
        matchResources.write(to: &writer)
      }
      if !validationActions.isEmpty {
        writer.key("validationActions")
        writer.write(array: validationActions)
      }
      writer.endObject()
    }
  }

  /// `ValidatingAdmissionPolicyList` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicyList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "ValidatingAdmissionPolicyList"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [ValidatingAdmissionPolicy] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ValidatingAdmissionPolicy] = []
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

  /// `ValidatingAdmissionPolicySpec` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicySpec: JSONCodable {
    package var paramKind: ParamKind?
    @BoxedOptional package var matchConstraints: MatchResources?
    package var validations: [Validation] = []
    package var failurePolicy: String?
    package var auditAnnotations: [AuditAnnotation] = []
    package var matchConditions: [MatchCondition] = []
    package var variables: [Variable] = []

    package init() {}
    package init(
      paramKind: ParamKind? = nil,
      matchConstraints: MatchResources? = nil,
      validations: [Validation] = [],
      failurePolicy: String? = nil,
      auditAnnotations: [AuditAnnotation] = [],
      matchConditions: [MatchCondition] = [],
      variables: [Variable] = []
    ) {
      self.paramKind = paramKind
      self.matchConstraints = matchConstraints
      self.validations = validations
      self.failurePolicy = failurePolicy
      self.auditAnnotations = auditAnnotations
      self.matchConditions = matchConditions
      self.variables = variables
    }

    private static let fields = FieldTable([
      "paramKind", "matchConstraints", "validations", "failurePolicy", "auditAnnotations",
      "matchConditions", "variables",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.paramKind = try ParamKind(from: &reader)
        case 1: self.matchConstraints = try MatchResources(from: &reader)
        case 2: self.validations = try reader.readArray()
        case 3: self.failurePolicy = try reader.readString()
        case 4: self.auditAnnotations = try reader.readArray()
        case 5: self.matchConditions = try reader.readArray()
        case 6: self.variables = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let paramKind {
        writer.key("paramKind")
        paramKind.write(to: &writer)
      }
      if let matchConstraints {
        writer.key("matchConstraints")
        matchConstraints.write(to: &writer)
      }
      if !validations.isEmpty {
        writer.key("validations")
        writer.write(array: validations)
      }
      if let failurePolicy {
        writer.key("failurePolicy")
        writer.write(failurePolicy)
      }
      if !auditAnnotations.isEmpty {
        writer.key("auditAnnotations")
        writer.write(array: auditAnnotations)
      }
      if !matchConditions.isEmpty {
        writer.key("matchConditions")
        writer.write(array: matchConditions)
      }
      if !variables.isEmpty {
        writer.key("variables")
        writer.write(array: variables)
      }
      writer.endObject()
    }
  }

  /// `ValidatingAdmissionPolicyStatus` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicyStatus: JSONCodable {
    package var observedGeneration: Int64 = 0
    package var typeChecking: TypeChecking?
    package var conditions: [MetaV1.Condition] = []

    package init() {}
    package init(
      observedGeneration: Int64 = 0,
      typeChecking: TypeChecking? = nil,
      conditions: [MetaV1.Condition] = []
    ) {
      self.observedGeneration = observedGeneration
      self.typeChecking = typeChecking
      self.conditions = conditions
    }

    private static let fields = FieldTable([
      "observedGeneration", "typeChecking", "conditions",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.observedGeneration = try reader.readInt64()
        case 1: self.typeChecking = try TypeChecking(from: &reader)
        case 2: self.conditions = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if observedGeneration != 0 {
        writer.key("observedGeneration")
        writer.write(observedGeneration)
      }
      if let typeChecking {
        writer.key("typeChecking")
        typeChecking.write(to: &writer)
      }
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      writer.endObject()
    }
  }

  /// `ValidatingWebhook` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingWebhook: JSONCodable {
    package var name: String = ""
    package var clientConfig: WebhookClientConfig = WebhookClientConfig()
    package var rules: [RuleWithOperations] = []
    package var failurePolicy: String?
    package var matchPolicy: String?
    package var namespaceSelector: MetaV1.LabelSelector?
    package var objectSelector: MetaV1.LabelSelector?
    package var sideEffects: String?
    package var timeoutSeconds: Int32?
    package var admissionReviewVersions: [String] = []
    package var matchConditions: [MatchCondition] = []

    package init() {}
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
}
