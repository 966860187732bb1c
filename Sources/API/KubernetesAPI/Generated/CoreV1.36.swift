// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension CoreV1 {
  /// `Service` of `core/v1`.
  package struct Service: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "Service"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "services",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: ServiceSpec
    package var status: ServiceStatus = ServiceStatus()

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: ServiceSpec = ServiceSpec(),
      status: ServiceStatus = ServiceStatus()
    ) {
      self.metadata = metadata
      self.spec = spec
      self.status = status
    }

    private static let fields = FieldTable([
      "metadata", "spec", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.spec = try ServiceSpec(from: &reader)
        case 2: self.status = try ServiceStatus(from: &reader)
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

  /// `ServiceAccount` of `core/v1`.
  package struct ServiceAccount: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ServiceAccount"
    package static let resource = ResourceDescription(
      group: "", version: "v1", kind: kind, plural: "serviceaccounts",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var secrets: [ObjectReference] = []
    package var imagePullSecrets: [LocalObjectReference] = []
    package var automountServiceAccountToken: Bool?

    package init() {}
    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      secrets: [ObjectReference] = [],
      imagePullSecrets: [LocalObjectReference] = [],
      automountServiceAccountToken: Bool? = nil
    ) {
      self.metadata = metadata
      self.secrets = secrets
      self.imagePullSecrets = imagePullSecrets
      self.automountServiceAccountToken = automountServiceAccountToken
    }

    private static let fields = FieldTable([
      "metadata", "secrets", "imagePullSecrets", "automountServiceAccountToken",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.secrets = try reader.readArray()
        case 2: self.imagePullSecrets = try reader.readArray()
        case 3: self.automountServiceAccountToken = try reader.readBool()
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
      if !secrets.isEmpty {
        writer.key("secrets")
        writer.write(array: secrets)
      }
      if !imagePullSecrets.isEmpty {
        writer.key("imagePullSecrets")
        writer.write(array: imagePullSecrets)
      }
      if let automountServiceAccountToken {
        writer.key("automountServiceAccountToken")
        writer.write(automountServiceAccountToken)
      }
      writer.endObject()
    }
  }

  /// `ServiceAccountList` of `core/v1`.
  package struct ServiceAccountList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ServiceAccountList"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [ServiceAccount] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [ServiceAccount] = []
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

  /// `ServiceAccountTokenProjection` of `core/v1`.
  package struct ServiceAccountTokenProjection: JSONCodable {
    package var audience: String = ""
    package var expirationSeconds: Int64?
    package var path: String = ""

    package init() {}
    package init(
      audience: String = "",
      expirationSeconds: Int64? = nil,
      path: String = ""
    ) {
      self.audience = audience
      self.expirationSeconds = expirationSeconds
      self.path = path
    }

    private static let fields = FieldTable([
      "audience", "expirationSeconds", "path",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.audience = try reader.readString()
        case 1: self.expirationSeconds = try reader.readInt64()
        case 2: self.path = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !audience.isEmpty {
        writer.key("audience")
        writer.write(audience)
      }
      if let expirationSeconds {
        writer.key("expirationSeconds")
        writer.write(expirationSeconds)
      }
      writer.key("path")
      writer.write(path)
      writer.endObject()
    }
  }

  /// `ServiceList` of `core/v1`.
  package struct ServiceList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "v1"
    package static let kind = "ServiceList"
    package var metadata: MetaV1.ListMeta = MetaV1.ListMeta()
    package var items: [Service] = []

    package init() {}
    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [Service] = []
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

  /// `ServicePort` of `core/v1`.
  package struct ServicePort: JSONCodable {
    package var name: String = ""
    package var `protocol`: String = ""
    package var appProtocol: String?
    package var port: Int32 = 0
    package var targetPort: IntOrString = IntOrString()
    package var nodePort: Int32 = 0

    package init() {}
    package init(
      name: String = "",
      `protocol`: String = "",
      appProtocol: String? = nil,
      port: Int32 = 0,
      targetPort: IntOrString = IntOrString(),
      nodePort: Int32 = 0
    ) {
      self.name = name
      self.`protocol` = `protocol`
      self.appProtocol = appProtocol
      self.port = port
      self.targetPort = targetPort
      self.nodePort = nodePort
    }

    private static let fields = FieldTable([
      "name", "protocol", "appProtocol", "port", "targetPort", "nodePort",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        case 1: self.`protocol` = try reader.readString()
        case 2: self.appProtocol = try reader.readString()
        case 3: self.port = try reader.readInt32()
        case 4: self.targetPort = try IntOrString(from: &reader)
        case 5: self.nodePort = try reader.readInt32()
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
      if !`protocol`.isEmpty {
        writer.key("protocol")
        writer.write(`protocol`)
      }
      if let appProtocol {
        writer.key("appProtocol")
        writer.write(appProtocol)
      }
      writer.key("port")
      writer.write(port)
      if targetPort != IntOrString() {
        writer.key("targetPort")
        targetPort.write(to: &writer)
      }
      if nodePort != 0 {
        writer.key("nodePort")
        writer.write(nodePort)
      }
      writer.endObject()
    }
  }
}
