// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `networking.k8s.io/v1`.
package enum NetworkingV1 {}

extension NetworkingV1 {
  /// `HTTPIngressPath` of `networking.k8s.io/v1`.
  package struct HTTPIngressPath: JSONCodable {
    package var path: String
    package var pathType: String?
    package var backend: IngressBackend

    package init() {
      self.path = ""
      self.pathType = nil
      self.backend = IngressBackend()
    }

    package init(
      path: String = "",
      pathType: String? = nil,
      backend: IngressBackend = IngressBackend()
    ) {
      self.path = path
      self.pathType = pathType
      self.backend = backend
    }

    private static let fields = FieldTable([
      "path", "pathType", "backend",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.path = try reader.readString()
        case 1: self.pathType = try reader.readString()
        case 2: self.backend = try IngressBackend(from: &reader)
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
      if let pathType {
        writer.key("pathType")
        writer.write(pathType)
      }
      writer.key("backend")
      backend.write(to: &writer)
      writer.endObject()
    }
  }

  /// `HTTPIngressRuleValue` of `networking.k8s.io/v1`.
  package struct HTTPIngressRuleValue: JSONCodable {
    package var paths: [HTTPIngressPath]

    package init() {
      self.paths = []
    }

    package init(
      paths: [HTTPIngressPath] = []
    ) {
      self.paths = paths
    }

    private static let fields = FieldTable([
      "paths",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.paths = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("paths")
      writer.write(array: paths)
      writer.endObject()
    }
  }

  /// `IPAddress` of `networking.k8s.io/v1`.
  package struct IPAddress: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "IPAddress"
    package static let resource = ResourceDescription(
      group: "networking.k8s.io", version: "v1", kind: kind, plural: "ipaddresses",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: IPAddressSpec

    package init() {
      self.spec = IPAddressSpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: IPAddressSpec = IPAddressSpec()
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
        case 1: self.spec = try IPAddressSpec(from: &reader)
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

  /// `IPAddressList` of `networking.k8s.io/v1`.
  package struct IPAddressList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "IPAddressList"
    package var metadata: MetaV1.ListMeta
    package var items: [IPAddress]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [IPAddress] = []
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

  /// `IPAddressSpec` of `networking.k8s.io/v1`.
  package struct IPAddressSpec: JSONCodable {
    @BoxedOptional package var parentRef: ParentReference?

    package init() {}
    package init(
      parentRef: ParentReference? = nil
    ) {
      self.parentRef = parentRef
    }

    private static let fields = FieldTable([
      "parentRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.parentRef = try ParentReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let parentRef {
        writer.key("parentRef")
        parentRef.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `IPBlock` of `networking.k8s.io/v1`.
  package struct IPBlock: JSONCodable {
    package var cidr: String
    package var except: [String]

    package init() {
      self.cidr = ""
      self.except = []
    }

    package init(
      cidr: String = "",
      except: [String] = []
    ) {
      self.cidr = cidr
      self.except = except
    }

    private static let fields = FieldTable([
      "cidr", "except",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.cidr = try reader.readString()
        case 1: self.except = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("cidr")
      writer.write(cidr)
      if !except.isEmpty {
        writer.key("except")
        writer.write(array: except)
      }
      writer.endObject()
    }
  }

  /// `Ingress` of `networking.k8s.io/v1`.
  package struct Ingress: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "networking.k8s.io/v1"
    package static let kind = "Ingress"
    package static let resource = ResourceDescription(
      group: "networking.k8s.io", version: "v1", kind: kind, plural: "ingresses",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: IngressSpec
    package var status: IngressStatus

    package init() {
      self.spec = IngressSpec()
      self.status = IngressStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: IngressSpec = IngressSpec(),
      status: IngressStatus = IngressStatus()
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
        case 1: self.spec = try IngressSpec(from: &reader)
        case 2: self.status = try IngressStatus(from: &reader)
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
