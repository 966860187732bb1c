// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AuthorizationV1 {
  /// `ResourceRule` of `authorization.k8s.io/v1`.
  package struct ResourceRule: JSONCodable {
    package var verbs: [String]
    package var apiGroups: [String]
    package var resources: [String]
    package var resourceNames: [String]

    package init() {
      self.verbs = []
      self.apiGroups = []
      self.resources = []
      self.resourceNames = []
    }

    package init(
      verbs: [String] = [],
      apiGroups: [String] = [],
      resources: [String] = [],
      resourceNames: [String] = []
    ) {
      self.verbs = verbs
      self.apiGroups = apiGroups
      self.resources = resources
      self.resourceNames = resourceNames
    }

    private static let fields = FieldTable([
      "verbs", "apiGroups", "resources", "resourceNames",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.verbs = try reader.readArray()
        case 1: self.apiGroups = try reader.readArray()
        case 2: self.resources = try reader.readArray()
        case 3: self.resourceNames = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("verbs")
      writer.write(array: verbs)
      if !apiGroups.isEmpty {
        writer.key("apiGroups")
        writer.write(array: apiGroups)
      }
      if !resources.isEmpty {
        writer.key("resources")
        writer.write(array: resources)
      }
      if !resourceNames.isEmpty {
        writer.key("resourceNames")
        writer.write(array: resourceNames)
      }
      writer.endObject()
    }
  }

  /// `SelfSubjectAccessReview` of `authorization.k8s.io/v1`.
  package struct SelfSubjectAccessReview: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "authorization.k8s.io/v1"
    package static let kind = "SelfSubjectAccessReview"
    package static let resource = ResourceDescription(
      group: "authorization.k8s.io", version: "v1", kind: kind, plural: "selfsubjectaccessreviews",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: SelfSubjectAccessReviewSpec
    package var status: SubjectAccessReviewStatus

    package init() {
      self.spec = SelfSubjectAccessReviewSpec()
      self.status = SubjectAccessReviewStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: SelfSubjectAccessReviewSpec = SelfSubjectAccessReviewSpec(),
      status: SubjectAccessReviewStatus = SubjectAccessReviewStatus()
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
        case 1: self.spec = try SelfSubjectAccessReviewSpec(from: &reader)
        case 2: self.status = try SubjectAccessReviewStatus(from: &reader)
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

  /// `SelfSubjectAccessReviewSpec` of `authorization.k8s.io/v1`.
  package struct SelfSubjectAccessReviewSpec: JSONCodable {
    @BoxedOptional package var resourceAttributes: ResourceAttributes?
    package var nonResourceAttributes: NonResourceAttributes?

    package init() {
      self.nonResourceAttributes = nil
    }

    package init(
      resourceAttributes: ResourceAttributes? = nil,
      nonResourceAttributes: NonResourceAttributes? = nil
    ) {
      self.resourceAttributes = resourceAttributes
      self.nonResourceAttributes = nonResourceAttributes
    }

    private static let fields = FieldTable([
      "resourceAttributes", "nonResourceAttributes",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.resourceAttributes = try ResourceAttributes(from: &reader)
        case 1: self.nonResourceAttributes = try NonResourceAttributes(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let resourceAttributes {
        writer.key("resourceAttributes")
        resourceAttributes.write(to: &writer)
      }
      if let nonResourceAttributes {
        writer.key("nonResourceAttributes")
        nonResourceAttributes.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `SelfSubjectRulesReview` of `authorization.k8s.io/v1`.
  package struct SelfSubjectRulesReview: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "authorization.k8s.io/v1"
    package static let kind = "SelfSubjectRulesReview"
    package static let resource = ResourceDescription(
      group: "authorization.k8s.io", version: "v1", kind: kind, plural: "selfsubjectrulesreviews",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: SelfSubjectRulesReviewSpec
    package var status: SubjectRulesReviewStatus

    package init() {
      self.spec = SelfSubjectRulesReviewSpec()
      self.status = SubjectRulesReviewStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: SelfSubjectRulesReviewSpec = SelfSubjectRulesReviewSpec(),
      status: SubjectRulesReviewStatus = SubjectRulesReviewStatus()
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
        case 1: self.spec = try SelfSubjectRulesReviewSpec(from: &reader)
        case 2: self.status = try SubjectRulesReviewStatus(from: &reader)
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

  /// `SelfSubjectRulesReviewSpec` of `authorization.k8s.io/v1`.
  package struct SelfSubjectRulesReviewSpec: JSONCodable {
    package var namespace: String

    package init() {
      self.namespace = ""
    }

    package init(
      namespace: String = ""
    ) {
      self.namespace = namespace
    }

    private static let fields = FieldTable([
      "namespace",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      writer.endObject()
    }
  }

  /// `SubjectAccessReview` of `authorization.k8s.io/v1`.
  package struct SubjectAccessReview: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "authorization.k8s.io/v1"
    package static let kind = "SubjectAccessReview"
    package static let resource = ResourceDescription(
      group: "authorization.k8s.io", version: "v1", kind: kind, plural: "subjectaccessreviews",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: SubjectAccessReviewSpec
    package var status: SubjectAccessReviewStatus

    package init() {
      self.status = SubjectAccessReviewStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: SubjectAccessReviewSpec = SubjectAccessReviewSpec(),
      status: SubjectAccessReviewStatus = SubjectAccessReviewStatus()
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
        case 1: self.spec = try SubjectAccessReviewSpec(from: &reader)
        case 2: self.status = try SubjectAccessReviewStatus(from: &reader)
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
