// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension RbacV1 {
  /// `Role` of `rbac.authorization.k8s.io/v1`.
  package struct Role: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "rbac.authorization.k8s.io/v1"
    package static let kind = "Role"
    package static let resource = ResourceDescription(
      group: "rbac.authorization.k8s.io", version: "v1", kind: kind, plural: "roles",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var rules: [PolicyRule]

    package init() {
      self.rules = []
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      rules: [PolicyRule] = []
    ) {
      self.metadata = metadata
      self.rules = rules
    }

    private static let fields = FieldTable([
      "metadata", "rules",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.rules = try reader.readArray()
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
      writer.endObject()
    }
  }

  /// `RoleBinding` of `rbac.authorization.k8s.io/v1`.
  package struct RoleBinding: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "rbac.authorization.k8s.io/v1"
    package static let kind = "RoleBinding"
    package static let resource = ResourceDescription(
      group: "rbac.authorization.k8s.io", version: "v1", kind: kind, plural: "rolebindings",
      namespaced: true)
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

  /// `RoleBindingList` of `rbac.authorization.k8s.io/v1`.
  package struct RoleBindingList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "rbac.authorization.k8s.io/v1"
    package static let kind = "RoleBindingList"
    package var metadata: MetaV1.ListMeta
    package var items: [RoleBinding]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [RoleBinding] = []
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

  /// `RoleList` of `rbac.authorization.k8s.io/v1`.
  package struct RoleList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "rbac.authorization.k8s.io/v1"
    package static let kind = "RoleList"
    package var metadata: MetaV1.ListMeta
    package var items: [Role]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Role] = []
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

  /// `RoleRef` of `rbac.authorization.k8s.io/v1`.
  package struct RoleRef: JSONCodable {
    package var apiGroup: String
    package var kind: String
    package var name: String

    package init() {
      self.apiGroup = ""
      self.kind = ""
      self.name = ""
    }

    package init(
      apiGroup: String = "",
      kind: String = "",
      name: String = ""
    ) {
      self.apiGroup = apiGroup
      self.kind = kind
      self.name = name
    }

    private static let fields = FieldTable([
      "apiGroup", "kind", "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.apiGroup = try reader.readString()
        case 1: self.kind = try reader.readString()
        case 2: self.name = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("apiGroup")
      writer.write(apiGroup)
      writer.key("kind")
      writer.write(kind)
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }

  /// `Subject` of `rbac.authorization.k8s.io/v1`.
  package struct Subject: JSONCodable {
    package var kind: String
    package var apiGroup: String
    package var name: String
    package var namespace: String

    package init() {
      self.kind = ""
      self.apiGroup = ""
      self.name = ""
      self.namespace = ""
    }

    package init(
      kind: String = "",
      apiGroup: String = "",
      name: String = "",
      namespace: String = ""
    ) {
      self.kind = kind
      self.apiGroup = apiGroup
      self.name = name
      self.namespace = namespace
    }

    private static let fields = FieldTable([
      "kind", "apiGroup", "name", "namespace",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.kind = try reader.readString()
        case 1: self.apiGroup = try reader.readString()
        case 2: self.name = try reader.readString()
        case 3: self.namespace = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("kind")
      writer.write(kind)
      if !apiGroup.isEmpty {
        writer.key("apiGroup")
        writer.write(apiGroup)
      }
      writer.key("name")
      writer.write(name)
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      writer.endObject()
    }
  }
}
