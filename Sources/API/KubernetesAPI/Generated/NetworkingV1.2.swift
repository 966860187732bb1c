// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension NetworkingV1 {
  /// `IngressBackend` of `networking.k8s.io/v1`.
  package struct IngressBackend: JSONCodable {
    @BoxedOptional package var service: IngressServiceBackend?
    @BoxedOptional package var resource: CoreV1.TypedLocalObjectReference?

    package init() {}
    package init(
      service: IngressServiceBackend? = nil,
      resource: CoreV1.TypedLocalObjectReference? = nil
    ) {
      self.service = service
      self.resource = resource
    }

    private static let fields = FieldTable([
      "service", "resource",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.service = try IngressServiceBackend(from: &reader)
        case 1: self.resource = try CoreV1.TypedLocalObjectReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let service {
        writer.key("service")
        service.write(to: &writer)
      }
      if let resource {
        writer.key("resource")
        resource.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `IngressClass` of `networking.k8s.io/v1`.
  package struct IngressClass: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "IngressClass"
    package static let resource = ResourceDescription(
      group: "networking.k8s.io", version: "v1", kind: kind, plural: "ingressclasses",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: IngressClassSpec

    package init() {
      self.spec = IngressClassSpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: IngressClassSpec = IngressClassSpec()
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
        case 1: self.spec = try IngressClassSpec(from: &reader)
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

  /// `IngressClassList` of `networking.k8s.io/v1`.
  package struct IngressClassList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "IngressClassList"
    package var metadata: MetaV1.ListMeta
    package var items: [IngressClass]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [IngressClass] = []
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

  /// `IngressClassParametersReference` of `networking.k8s.io/v1`.
  package struct IngressClassParametersReference: JSONCodable {
    package var apiGroup: String?
    package var kind: String
    package var name: String
    package var scope: String?
    package var namespace: String?

    package init() {
      self.apiGroup = nil
      self.kind = ""
      self.name = ""
      self.scope = nil
      self.namespace = nil
    }

    package init(
      apiGroup: String? = nil,
      kind: String = "",
      name: String = "",
      scope: String? = nil,
      namespace: String? = nil
    ) {
      self.apiGroup = apiGroup
      self.kind = kind
      self.name = name
      self.scope = scope
      self.namespace = namespace
    }

    private static let fields = FieldTable([
      "apiGroup", "kind", "name", "scope", "namespace",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.apiGroup = try reader.readString()
        case 1: self.kind = try reader.readString()
        case 2: self.name = try reader.readString()
        case 3: self.scope = try reader.readString()
        case 4: self.namespace = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let apiGroup {
        writer.key("apiGroup")
        writer.write(apiGroup)
      }
      writer.key("kind")
      writer.write(kind)
      writer.key("name")
      writer.write(name)
      if let scope {
        writer.key("scope")
        writer.write(scope)
      }
      if let namespace {
        writer.key("namespace")
        writer.write(namespace)
      }
      writer.endObject()
    }
  }

  /// `IngressClassSpec` of `networking.k8s.io/v1`.
  package struct IngressClassSpec: JSONCodable {
    package var controller: String
    @BoxedOptional package var parameters: IngressClassParametersReference?

    package init() {
      self.controller = ""
    }

    package init(
      controller: String = "",
      parameters: IngressClassParametersReference? = nil
    ) {
      self.controller = controller
      self.parameters = parameters
    }

    private static let fields = FieldTable([
      "controller", "parameters",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.controller = try reader.readString()
        case 1: self.parameters = try IngressClassParametersReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !controller.isEmpty {
        writer.key("controller")
        writer.write(controller)
      }
      if let parameters {
        writer.key("parameters")
        parameters.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `IngressList` of `networking.k8s.io/v1`.
  package struct IngressList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "IngressList"
    package var metadata: MetaV1.ListMeta
    package var items: [Ingress]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Ingress] = []
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
}
