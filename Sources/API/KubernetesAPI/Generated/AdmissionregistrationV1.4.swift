// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AdmissionregistrationV1 {
  /// `ValidatingAdmissionPolicyBindingList` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicyBindingList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "ValidatingAdmissionPolicyBindingList"
    package var metadata: MetaV1.ListMeta
    package var items: [ValidatingAdmissionPolicyBinding]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ValidatingAdmissionPolicyBinding] = []
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

  /// `ValidatingAdmissionPolicyBindingSpec` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicyBindingSpec: JSONCodable {
    package var policyName: String
    @BoxedOptional package var paramRef: ParamRef?
    @BoxedOptional package var matchResources: MatchResources?
    package var validationActions: [String]

    package init() {
      self.policyName = ""
      self.validationActions = []
    }

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
      self.init()
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
    package var metadata: MetaV1.ListMeta
    package var items: [ValidatingAdmissionPolicy]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

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

  /// `ValidatingAdmissionPolicySpec` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicySpec: JSONCodable {
    package var paramKind: ParamKind?
    @BoxedOptional package var matchConstraints: MatchResources?
    package var validations: [Validation]
    package var failurePolicy: String?
    package var auditAnnotations: [AuditAnnotation]
    package var matchConditions: [MatchCondition]
    package var variables: [Variable]

    package init() {
      self.paramKind = nil
      self.validations = []
      self.failurePolicy = nil
      self.auditAnnotations = []
      self.matchConditions = []
      self.variables = []
    }

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
      self.init()
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
    package var observedGeneration: Int64
    package var typeChecking: TypeChecking?
    package var conditions: [MetaV1.Condition]

    package init() {
      self.observedGeneration = 0
      self.typeChecking = nil
      self.conditions = []
    }

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
      self.init()
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
}
