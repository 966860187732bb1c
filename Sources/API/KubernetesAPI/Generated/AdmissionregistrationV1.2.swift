// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AdmissionregistrationV1 {
  /// `MutatingWebhookConfiguration` of `admissionregistration.k8s.io/v1`.
  package struct MutatingWebhookConfiguration: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "MutatingWebhookConfiguration"
    package static let resource = ResourceDescription(
      group: "admissionregistration.k8s.io", version: "v1", kind: kind, plural: "mutatingwebhookconfigurations",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var webhooks: [MutatingWebhook]

    package init() {
      self.webhooks = []
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      webhooks: [MutatingWebhook] = []
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

  /// `MutatingWebhookConfigurationList` of `admissionregistration.k8s.io/v1`.
  package struct MutatingWebhookConfigurationList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "MutatingWebhookConfigurationList"
    package var metadata: MetaV1.ListMeta
    package var items: [MutatingWebhookConfiguration]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [MutatingWebhookConfiguration] = []
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

  /// `NamedRuleWithOperations` of `admissionregistration.k8s.io/v1`.
  package struct NamedRuleWithOperations: JSONCodable {
    package var resourceNames: [String]
    package var operations: [String]
    package var apiGroups: [String]
    package var apiVersions: [String]
    package var resources: [String]
    package var scope: String?

    package init() {
      self.resourceNames = []
      self.operations = []
      self.apiGroups = []
      self.apiVersions = []
      self.resources = []
      self.scope = nil
    }

    package init(
      resourceNames: [String] = [],
      operations: [String] = [],
      apiGroups: [String] = [],
      apiVersions: [String] = [],
      resources: [String] = [],
      scope: String? = nil
    ) {
      self.resourceNames = resourceNames
      self.operations = operations
      self.apiGroups = apiGroups
      self.apiVersions = apiVersions
      self.resources = resources
      self.scope = scope
    }

    private static let fields = FieldTable([
      "resourceNames", "operations", "apiGroups", "apiVersions", "resources", "scope",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.resourceNames = try reader.readArray()
        case 1: self.operations = try reader.readArray()
        case 2: self.apiGroups = try reader.readArray()
        case 3: self.apiVersions = try reader.readArray()
        case 4: self.resources = try reader.readArray()
        case 5: self.scope = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !resourceNames.isEmpty {
        writer.key("resourceNames")
        writer.write(array: resourceNames)
      }
      if !operations.isEmpty {
        writer.key("operations")
        writer.write(array: operations)
      }
      if !apiGroups.isEmpty {
        writer.key("apiGroups")
        writer.write(array: apiGroups)
      }
      if !apiVersions.isEmpty {
        writer.key("apiVersions")
        writer.write(array: apiVersions)
      }
      if !resources.isEmpty {
        writer.key("resources")
        writer.write(array: resources)
      }
      if let scope {
        writer.key("scope")
        writer.write(scope)
      }
      writer.endObject()
    }
  }

  /// `ParamKind` of `admissionregistration.k8s.io/v1`.
  package struct ParamKind: JSONCodable {
    package var apiVersion: String
    package var kind: String

    package init() {
      self.apiVersion = ""
      self.kind = ""
    }

    package init(
      apiVersion: String = "",
      kind: String = ""
    ) {
      self.apiVersion = apiVersion
      self.kind = kind
    }

    private static let fields = FieldTable([
      "apiVersion", "kind",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.apiVersion = try reader.readString()
        case 1: self.kind = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !apiVersion.isEmpty {
        writer.key("apiVersion")
        writer.write(apiVersion)
      }
      if !kind.isEmpty {
        writer.key("kind")
        writer.write(kind)
      }
      writer.endObject()
    }
  }

  /// `ParamRef` of `admissionregistration.k8s.io/v1`.
  package struct ParamRef: JSONCodable {
    package var name: String
    package var namespace: String
    package var selector: MetaV1.LabelSelector?
    package var parameterNotFoundAction: String?

    package init() {
      self.name = ""
      self.namespace = ""
      self.selector = nil
      self.parameterNotFoundAction = nil
    }

    package init(
      name: String = "",
      namespace: String = "",
      selector: MetaV1.LabelSelector? = nil,
      parameterNotFoundAction: String? = nil
    ) {
      self.name = name
      self.namespace = namespace
      self.selector = selector
      self.parameterNotFoundAction = parameterNotFoundAction
    }

    private static let fields = FieldTable([
      "name", "namespace", "selector", "parameterNotFoundAction",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.namespace = try reader.readString()
        case 2: self.selector = try MetaV1.LabelSelector(from: &reader)
        case 3: self.parameterNotFoundAction = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !namespace.isEmpty {
        writer.key("namespace")
        writer.write(namespace)
      }
      if let selector {
        writer.key("selector")
        selector.write(to: &writer)
      }
      if let parameterNotFoundAction {
        writer.key("parameterNotFoundAction")
        writer.write(parameterNotFoundAction)
      }
      writer.endObject()
    }
  }
}
