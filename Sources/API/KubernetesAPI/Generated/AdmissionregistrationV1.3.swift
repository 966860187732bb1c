// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AdmissionregistrationV1 {
  /// `Rule` of `admissionregistration.k8s.io/v1`.
  package struct Rule: JSONCodable {
    package var apiGroups: [String]
    package var apiVersions: [String]
    package var resources: [String]
    package var scope: String?

    package init() {
      self.apiGroups = []
      self.apiVersions = []
      self.resources = []
      self.scope = nil
    }

    package init(
      apiGroups: [String] = [],
      apiVersions: [String] = [],
      resources: [String] = [],
      scope: String? = nil
    ) {
      self.apiGroups = apiGroups
      self.apiVersions = apiVersions
      self.resources = resources
      self.scope = scope
    }

    private static let fields = FieldTable([
      "apiGroups", "apiVersions", "resources", "scope",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.apiGroups = try reader.readArray()
        case 1: self.apiVersions = try reader.readArray()
        case 2: self.resources = try reader.readArray()
        case 3: self.scope = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
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

  /// `RuleWithOperations` of `admissionregistration.k8s.io/v1`.
  package struct RuleWithOperations: JSONCodable {
    package var operations: [String]
    package var apiGroups: [String]
    package var apiVersions: [String]
    package var resources: [String]
    package var scope: String?

    package init() {
      self.operations = []
      self.apiGroups = []
      self.apiVersions = []
      self.resources = []
      self.scope = nil
    }

    package init(
      operations: [String] = [],
      apiGroups: [String] = [],
      apiVersions: [String] = [],
      resources: [String] = [],
      scope: String? = nil
    ) {
      self.operations = operations
      self.apiGroups = apiGroups
      self.apiVersions = apiVersions
      self.resources = resources
      self.scope = scope
    }

    private static let fields = FieldTable([
      "operations", "apiGroups", "apiVersions", "resources", "scope",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.operations = try reader.readArray()
        case 1: self.apiGroups = try reader.readArray()
        case 2: self.apiVersions = try reader.readArray()
        case 3: self.resources = try reader.readArray()
        case 4: self.scope = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
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

  /// `ServiceReference` of `admissionregistration.k8s.io/v1`.
  package struct ServiceReference: JSONCodable {
    package var namespace: String
    package var name: String
    package var path: String?
    package var port: Int32?

    package init() {
      self.namespace = ""
      self.name = ""
      self.path = nil
      self.port = nil
    }

    package init(
      namespace: String = "",
      name: String = "",
      path: String? = nil,
      port: Int32? = nil
    ) {
      self.namespace = namespace
      self.name = name
      self.path = path
      self.port = port
    }

    private static let fields = FieldTable([
      "namespace", "name", "path", "port",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        case 1: self.name = try reader.readString()
        case 2: self.path = try reader.readString()
        case 3: self.port = try reader.readInt32()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("namespace")
      writer.write(namespace)
      writer.key("name")
      writer.write(name)
      if let path {
        writer.key("path")
        writer.write(path)
      }
      if let port {
        writer.key("port")
        writer.write(port)
      }
      writer.endObject()
    }
  }

  /// `TypeChecking` of `admissionregistration.k8s.io/v1`.
  package struct TypeChecking: JSONCodable {
    package var expressionWarnings: [ExpressionWarning]

    package init() {
      self.expressionWarnings = []
    }

    package init(
      expressionWarnings: [ExpressionWarning] = []
    ) {
      self.expressionWarnings = expressionWarnings
    }

    private static let fields = FieldTable([
      "expressionWarnings",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.expressionWarnings = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !expressionWarnings.isEmpty {
        writer.key("expressionWarnings")
        writer.write(array: expressionWarnings)
      }
      writer.endObject()
    }
  }

  /// `ValidatingAdmissionPolicy` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicy: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "ValidatingAdmissionPolicy"
    package static let resource = ResourceDescription(
      group: "admissionregistration.k8s.io", version: "v1", kind: kind, plural: "validatingadmissionpolicys",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: ValidatingAdmissionPolicySpec
    package var status: ValidatingAdmissionPolicyStatus

    package init() {
      self.status = ValidatingAdmissionPolicyStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ValidatingAdmissionPolicySpec = ValidatingAdmissionPolicySpec(),
      status: ValidatingAdmissionPolicyStatus = ValidatingAdmissionPolicyStatus()
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
        case 1: self.spec = try ValidatingAdmissionPolicySpec(from: &reader)
        case 2: self.status = try ValidatingAdmissionPolicyStatus(from: &reader)
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

  /// `ValidatingAdmissionPolicyBinding` of `admissionregistration.k8s.io/v1`.
  package struct ValidatingAdmissionPolicyBinding: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "admissionregistration.k8s.io/v1"
    package static let kind = "ValidatingAdmissionPolicyBinding"
    package static let resource = ResourceDescription(
      group: "admissionregistration.k8s.io", version: "v1", kind: kind, plural: "validatingadmissionpolicybindings",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: ValidatingAdmissionPolicyBindingSpec

    package init() {
      self.spec = ValidatingAdmissionPolicyBindingSpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ValidatingAdmissionPolicyBindingSpec = ValidatingAdmissionPolicyBindingSpec()
    ) {
      self.metadata = metadata
      self.spec = spec
    }

    private static let fields = FieldTable([
      "metadata", "spec",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try ValidatingAdmissionPolicyBindingSpec(from: &reader)
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
      writer.endObject()
    }
  }
}
