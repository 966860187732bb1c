// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `rbac.authorization.k8s.io/v1`.
package enum RbacV1 {}

extension RbacV1 {
  /// `AggregationRule` of `rbac.authorization.k8s.io/v1`.
  package struct AggregationRule: JSONCodable {
    package var clusterRoleSelectors: [MetaV1.LabelSelector]

    package init() {
      self.clusterRoleSelectors = []
    }

    package init(
      clusterRoleSelectors: [MetaV1.LabelSelector] = []
    ) {
      self.clusterRoleSelectors = clusterRoleSelectors
    }

    private static let fields = FieldTable([
      "clusterRoleSelectors",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.clusterRoleSelectors = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !clusterRoleSelectors.isEmpty {
        writer.key("clusterRoleSelectors")
        writer.write(array: clusterRoleSelectors)
      }
      writer.endObject()
    }
  }

  /// `ClusterRole` of `rbac.authorization.k8s.io/v1`.
  package struct ClusterRole: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "rbac.authorization.k8s.io/v1"
    package static let kind = "ClusterRole"
    package static let resource = ResourceDescription(
      group: "rbac.authorization.k8s.io", version: "v1", kind: kind, plural: "clusterroles",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var rules: [PolicyRule]
    package var aggregationRule: AggregationRule?

    package init() {
      self.rules = []
      self.aggregationRule = nil
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      rules: [PolicyRule] = [],
      aggregationRule: AggregationRule? = nil
    ) {
      self.metadata = metadata
      self.rules = rules
      self.aggregationRule = aggregationRule
    }

    private static let fields = FieldTable([
      "metadata", "rules", "aggregationRule",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.rules = try reader.readArray()
        case 2: self.aggregationRule = try AggregationRule(from: &reader)
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
      writer.key("rules")
      writer.write(array: rules)
      if let aggregationRule {
        writer.key("aggregationRule")
        aggregationRule.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `ClusterRoleBinding` of `rbac.authorization.k8s.io/v1`.
  package struct ClusterRoleBinding: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "rbac.authorization.k8s.io/v1"
    package static let kind = "ClusterRoleBinding"
    package static let resource = ResourceDescription(
      group: "rbac.authorization.k8s.io", version: "v1", kind: kind, plural: "clusterrolebindings",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var subjects: [Subject]
    package var roleRef: RoleRef

    package init() {
      self.subjects = []
      self.roleRef = RoleRef()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      subjects: [Subject] = [],
      roleRef: RoleRef = RoleRef()
    ) {
      self.metadata = metadata
      self.subjects = subjects
      self.roleRef = roleRef
    }

    private static let fields = FieldTable([
      "metadata", "subjects", "roleRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.subjects = try reader.readArray()
        case 2: self.roleRef = try RoleRef(from: &reader)
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
      if !subjects.isEmpty {
        writer.key("subjects")
        writer.write(array: subjects)
      }
      writer.key("roleRef")
      roleRef.write(to: &writer)
      writer.endObject()
    }
  }

  /// `ClusterRoleBindingList` of `rbac.authorization.k8s.io/v1`.
  package struct ClusterRoleBindingList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "rbac.authorization.k8s.io/v1"
    package static let kind = "ClusterRoleBindingList"
    package var metadata: MetaV1.ListMeta
    package var items: [ClusterRoleBinding]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ClusterRoleBinding] = []
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

  /// `ClusterRoleList` of `rbac.authorization.k8s.io/v1`.
  package struct ClusterRoleList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "rbac.authorization.k8s.io/v1"
    package static let kind = "ClusterRoleList"
    package var metadata: MetaV1.ListMeta
    package var items: [ClusterRole]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ClusterRole] = []
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

  /// `PolicyRule` of `rbac.authorization.k8s.io/v1`.
  package struct PolicyRule: JSONCodable {
    package var verbs: [String]
    package var apiGroups: [String]
    package var resources: [String]
    package var resourceNames: [String]
    package var nonResourceURLs: [String]

    package init() {
      self.verbs = []
      self.apiGroups = []
      self.resources = []
      self.resourceNames = []
      self.nonResourceURLs = []
    }

    package init(
      verbs: [String] = [],
      apiGroups: [String] = [],
      resources: [String] = [],
      resourceNames: [String] = [],
      nonResourceURLs: [String] = []
    ) {
      self.verbs = verbs
      self.apiGroups = apiGroups
      self.resources = resources
      self.resourceNames = resourceNames
      self.nonResourceURLs = nonResourceURLs
    }

    private static let fields = FieldTable([
      "verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs",
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
        case 4: self.nonResourceURLs = try reader.readArray()
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
      if !nonResourceURLs.isEmpty {
        writer.key("nonResourceURLs")
        writer.write(array: nonResourceURLs)
      }
      writer.endObject()
    }
  }
}
