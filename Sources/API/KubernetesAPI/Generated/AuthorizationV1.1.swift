// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `authorization.k8s.io/v1`.
package enum AuthorizationV1 {}

extension AuthorizationV1 {
  /// `FieldSelectorAttributes` of `authorization.k8s.io/v1`.
  package struct FieldSelectorAttributes: JSONCodable {
    package var rawSelector: String
    package var requirements: [MetaV1.FieldSelectorRequirement]

    package init() {
      self.rawSelector = ""
      self.requirements = []
    }

    package init(
      rawSelector: String = "",
      requirements: [MetaV1.FieldSelectorRequirement] = []
    ) {
      self.rawSelector = rawSelector
      self.requirements = requirements
    }

    private static let fields = FieldTable([
      "rawSelector", "requirements",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.rawSelector = try reader.readString()
        case 1: self.requirements = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !rawSelector.isEmpty {
        writer.key("rawSelector")
        writer.write(rawSelector)
      }
      if !requirements.isEmpty {
        writer.key("requirements")
        writer.write(array: requirements)
      }
      writer.endObject()
    }
  }

  /// `LabelSelectorAttributes` of `authorization.k8s.io/v1`.
  package struct LabelSelectorAttributes: JSONCodable {
    package var rawSelector: String
    package var requirements: [MetaV1.LabelSelectorRequirement]

    package init() {
      self.rawSelector = ""
      self.requirements = []
    }

    package init(
      rawSelector: String = "",
      requirements: [MetaV1.LabelSelectorRequirement] = []
    ) {
      self.rawSelector = rawSelector
      self.requirements = requirements
    }

    private static let fields = FieldTable([
      "rawSelector", "requirements",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.rawSelector = try reader.readString()
        case 1: self.requirements = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !rawSelector.isEmpty {
        writer.key("rawSelector")
        writer.write(rawSelector)
      }
      if !requirements.isEmpty {
        writer.key("requirements")
        writer.write(array: requirements)
      }
      writer.endObject()
    }
  }

  /// `LocalSubjectAccessReview` of `authorization.k8s.io/v1`.
  package struct LocalSubjectAccessReview: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "authorization.k8s.io/v1"
    package static let kind = "LocalSubjectAccessReview"
    package static let resource = ResourceDescription(
      group: "authorization.k8s.io", version: "v1", kind: kind, plural: "localsubjectaccessreviews",
      namespaced: true)
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

  /// `NonResourceAttributes` of `authorization.k8s.io/v1`.
  package struct NonResourceAttributes: JSONCodable {
    package var path: String
    package var verb: String

    package init() {
      self.path = ""
      self.verb = ""
    }

    package init(
      path: String = "",
      verb: String = ""
    ) {
      self.path = path
      self.verb = verb
    }

    private static let fields = FieldTable([
      "path", "verb",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
        case 1: self.verb = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !path.isEmpty {
        writer.key("path")
        writer.write(path)
      }
      if !verb.isEmpty {
        writer.key("verb")
        writer.write(verb)
      }
      writer.endObject()
    }
  }

  /// `NonResourceRule` of `authorization.k8s.io/v1`.
  package struct NonResourceRule: JSONCodable {
    package var verbs: [String]
    package var nonResourceURLs: [String]

    package init() {
      self.verbs = []
      self.nonResourceURLs = []
    }

    package init(
      verbs: [String] = [],
      nonResourceURLs: [String] = []
    ) {
      self.verbs = verbs
      self.nonResourceURLs = nonResourceURLs
    }

    private static let fields = FieldTable([
      "verbs", "nonResourceURLs",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.verbs = try reader.readArray()
        case 1: self.nonResourceURLs = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("verbs")
      writer.write(array: verbs)
      if !nonResourceURLs.isEmpty {
        writer.key("nonResourceURLs")
        writer.write(array: nonResourceURLs)
      }
      writer.endObject()
    }
  }

  /// `ResourceAttributes` of `authorization.k8s.io/v1`.
  package struct ResourceAttributes: JSONCodable {
    package var namespace: String
    package var verb: String
    package var group: String
    package var version: String
    package var resource: String
    package var subresource: String
    package var name: String
    package var fieldSelector: FieldSelectorAttributes?
    package var labelSelector: LabelSelectorAttributes?

    package init() {
      self.namespace = ""
      self.verb = ""
      self.group = ""
      self.version = ""
      self.resource = ""
      self.subresource = ""
      self.name = ""
      self.fieldSelector = nil
      self.labelSelector = nil
    }

    package init(
      namespace: String = "",
      verb: String = "",
      group: String = "",
      version: String = "",
      resource: String = "",
      subresource: String = "",
      name: String = "",
      fieldSelector: FieldSelectorAttributes? = nil,
      labelSelector: LabelSelectorAttributes? = nil
    ) {
      self.namespace = namespace
      self.verb = verb
      self.group = group
      self.version = version
      self.resource = resource
      self.subresource = subresource
      self.name = name
      self.fieldSelector = fieldSelector
      self.labelSelector = labelSelector
    }

    private static let fields = FieldTable([
      "namespace", "verb", "group", "version", "resource", "subresource", "name", "fieldSelector",
      "labelSelector",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        case 1: self.verb = try reader.readString()
        case 2: self.group = try reader.readString()
        case 3: self.version = try reader.readString()
        case 4: self.resource = try reader.readString()
        case 5: self.subresource = try reader.readString()
        case 6: self.name = try reader.readString()
        case 7: self.fieldSelector = try FieldSelectorAttributes(from: &reader)
        case 8: self.labelSelector = try LabelSelectorAttributes(from: &reader)
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
      if !verb.isEmpty {
        writer.key("verb")
        writer.write(verb)
      }
      if !group.isEmpty {
        writer.key("group")
        writer.write(group)
      }
      if !version.isEmpty {
        writer.key("version")
        writer.write(version)
      }
      if !resource.isEmpty {
        writer.key("resource")
        writer.write(resource)
      }
      if !subresource.isEmpty {
        writer.key("subresource")
        writer.write(subresource)
      }
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if let fieldSelector {
        writer.key("fieldSelector")
        fieldSelector.write(to: &writer)
      }
      if let labelSelector {
        writer.key("labelSelector")
        labelSelector.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
