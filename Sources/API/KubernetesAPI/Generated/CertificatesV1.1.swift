// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `certificates.k8s.io/v1`.
package enum CertificatesV1 {}

extension CertificatesV1 {
  /// `CertificateSigningRequest` of `certificates.k8s.io/v1`.
  package struct CertificateSigningRequest: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "certificates.k8s.io/v1"
    package static let kind = "CertificateSigningRequest"
    package static let resource = ResourceDescription(
      group: "certificates.k8s.io", version: "v1", kind: kind, plural: "certificatesigningrequests",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    @Boxed package var spec: CertificateSigningRequestSpec
    package var status: CertificateSigningRequestStatus

    package init() {
      self.status = CertificateSigningRequestStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: CertificateSigningRequestSpec = CertificateSigningRequestSpec(),
      status: CertificateSigningRequestStatus = CertificateSigningRequestStatus()
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
        case 1: self.spec = try CertificateSigningRequestSpec(from: &reader)
        case 2: self.status = try CertificateSigningRequestStatus(from: &reader)
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

  /// `CertificateSigningRequestCondition` of `certificates.k8s.io/v1`.
  package struct CertificateSigningRequestCondition: JSONCodable {
    package var type: String
    package var status: String
    package var reason: String
    package var message: String
    package var lastUpdateTime: Time?
    package var lastTransitionTime: Time?

    package init() {
      self.type = ""
      self.status = ""
      self.reason = ""
      self.message = ""
      self.lastUpdateTime = nil
      self.lastTransitionTime = nil
    }

    package init(
      type: String = "",
      status: String = "",
      reason: String = "",
      message: String = "",
      lastUpdateTime: Time? = nil,
      lastTransitionTime: Time? = nil
    ) {
      self.type = type
      self.status = status
      self.reason = reason
      self.message = message
      self.lastUpdateTime = lastUpdateTime
      self.lastTransitionTime = lastTransitionTime
    }

    private static let fields = FieldTable([
      "type", "status", "reason", "message", "lastUpdateTime", "lastTransitionTime",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.type = try reader.readString()
        case 1: self.status = try reader.readString()
        case 2: self.reason = try reader.readString()
        case 3: self.message = try reader.readString()
        case 4: self.lastUpdateTime = try Time(from: &reader)
        case 5: self.lastTransitionTime = try Time(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("type")
      writer.write(type)
      writer.key("status")
      writer.write(status)
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !message.isEmpty {
        writer.key("message")
        writer.write(message)
      }
      if let lastUpdateTime {
        writer.key("lastUpdateTime")
        lastUpdateTime.write(to: &writer)
      }
      if let lastTransitionTime {
        writer.key("lastTransitionTime")
        lastTransitionTime.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `CertificateSigningRequestList` of `certificates.k8s.io/v1`.
  package struct CertificateSigningRequestList: KubernetesList {
    /// What every document of this kind carries.
    package static let apiVersion = "certificates.k8s.io/v1"
    package static let kind = "CertificateSigningRequestList"
    package var metadata: MetaV1.ListMeta
    package var items: [CertificateSigningRequest]

    package init() {
      self.metadata = MetaV1.ListMeta()
      self.items = []
    }

    package init(
      metadata: MetaV1.ListMeta = MetaV1.ListMeta(),
      items: [CertificateSigningRequest] = []
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

  /// `CertificateSigningRequestSpec` of `certificates.k8s.io/v1`.
  package struct CertificateSigningRequestSpec: JSONCodable {
    package var request: [UInt8]
    package var signerName: String
    package var expirationSeconds: Int32?
    package var usages: [String]
    package var username: String
    package var uid: String
    package var groups: [String]
    package var extra: [String: [String]]

    package init() {
      self.request = []
      self.signerName = ""
      self.expirationSeconds = nil
      self.usages = []
      self.username = ""
      self.uid = ""
      self.groups = []
      self.extra = [:]
    }

    package init(
      request: [UInt8] = [],
      signerName: String = "",
      expirationSeconds: Int32? = nil,
      usages: [String] = [],
      username: String = "",
      uid: String = "",
      groups: [String] = [],
      extra: [String: [String]] = [:]
    ) {
      self.request = request
      self.signerName = signerName
      self.expirationSeconds = expirationSeconds
      self.usages = usages
      self.username = username
      self.uid = uid
      self.groups = groups
      self.extra = extra
    }

    private static let fields = FieldTable([
      "request", "signerName", "expirationSeconds", "usages", "username", "uid", "groups", "extra",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.request = try reader.readBytes()
        case 1: self.signerName = try reader.readString()
        case 2: self.expirationSeconds = try reader.readInt32()
        case 3: self.usages = try reader.readArray()
        case 4: self.username = try reader.readString()
        case 5: self.uid = try reader.readString()
        case 6: self.groups = try reader.readArray()
        case 7: self.extra = try reader.readArrayMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("request")
      writer.write(request)
      writer.key("signerName")
      writer.write(signerName)
      if let expirationSeconds {
        writer.key("expirationSeconds")
        writer.write(expirationSeconds)
      }
      if !usages.isEmpty {
        writer.key("usages")
        writer.write(array: usages)
      }
      if !username.isEmpty {
        writer.key("username")
        writer.write(username)
      }
      if !uid.isEmpty {
        writer.key("uid")
        writer.write(uid)
      }
      if !groups.isEmpty {
        writer.key("groups")
        writer.write(array: groups)
      }
      if !extra.isEmpty {
        writer.key("extra")
        writer.write(arrayMap: extra)
      }
      writer.endObject()
    }
  }

  /// `CertificateSigningRequestStatus` of `certificates.k8s.io/v1`.
  package struct CertificateSigningRequestStatus: JSONCodable {
    package var conditions: [CertificateSigningRequestCondition]
    package var certificate: [UInt8]

    package init() {
      self.conditions = []
      self.certificate = []
    }

    package init(
      conditions: [CertificateSigningRequestCondition] = [],
      certificate: [UInt8] = []
    ) {
      self.conditions = conditions
      self.certificate = certificate
    }

    private static let fields = FieldTable([
      "conditions", "certificate",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.conditions = try reader.readArray()
        case 1: self.certificate = try reader.readBytes()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !conditions.isEmpty {
        writer.key("conditions")
        writer.write(array: conditions)
      }
      if !certificate.isEmpty {
        writer.key("certificate")
        writer.write(certificate)
      }
      writer.endObject()
    }
  }
}
