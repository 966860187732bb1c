// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

/// The types of `authentication.k8s.io/v1`.
package enum AuthenticationV1 {}

extension AuthenticationV1 {
  /// `BoundObjectReference` of `authentication.k8s.io/v1`.
  package struct BoundObjectReference: JSONCodable {
    package var kind: String
    package var apiVersion: String
    package var name: String
    package var uid: String

    package init() {
      self.kind = ""
      self.apiVersion = ""
      self.name = ""
      self.uid = ""
    }

    package init(
      kind: String = "",
      apiVersion: String = "",
      name: String = "",
      uid: String = ""
    ) {
      self.kind = kind
      self.apiVersion = apiVersion
      self.name = name
      self.uid = uid
    }

    private static let fields = FieldTable([
      "kind", "apiVersion", "name", "uid",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.kind = try reader.readString()
        case 1: self.apiVersion = try reader.readString()
        case 2: self.name = try reader.readString()
        case 3: self.uid = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !kind.isEmpty {
        writer.key("kind")
        writer.write(kind)
      }
      if !apiVersion.isEmpty {
        writer.key("apiVersion")
        writer.write(apiVersion)
      }
      if !name.isEmpty {
        writer.key("name")
        writer.write(name)
      }
      if !uid.isEmpty {
        writer.key("uid")
        writer.write(uid)
      }
      writer.endObject()
    }
  }

  /// `SelfSubjectReview` of `authentication.k8s.io/v1`.
  package struct SelfSubjectReview: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "authentication.k8s.io/v1"
    package static let kind = "SelfSubjectReview"
    package static let resource = ResourceDescription(
      group: "authentication.k8s.io", version: "v1", kind: kind, plural: "selfsubjectreviews",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var status: SelfSubjectReviewStatus

    package init() {
      self.status = SelfSubjectReviewStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      status: SelfSubjectReviewStatus = SelfSubjectReviewStatus()
    ) {
      self.metadata = metadata
      self.status = status
    }

    private static let fields = FieldTable([
      "metadata", "status",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.metadata = try MetaV1.ObjectMeta(from: &reader)
        case 1: self.status = try SelfSubjectReviewStatus(from: &reader)
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
      writer.key("status")
      status.write(to: &writer)
      writer.endObject()
    }
  }

  /// `SelfSubjectReviewStatus` of `authentication.k8s.io/v1`.
  package struct SelfSubjectReviewStatus: JSONCodable {
    package var userInfo: UserInfo

    package init() {
      self.userInfo = UserInfo()
    }

    package init(
      userInfo: UserInfo = UserInfo()
    ) {
      self.userInfo = userInfo
    }

    private static let fields = FieldTable([
      "userInfo",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.userInfo = try UserInfo(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("userInfo")
      userInfo.write(to: &writer)
      writer.endObject()
    }
  }

  /// `TokenRequest` of `authentication.k8s.io/v1`.
  package struct TokenRequest: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "authentication.k8s.io/v1"
    package static let kind = "TokenRequest"
    package static let resource = ResourceDescription(
      group: "authentication.k8s.io", version: "v1", kind: kind, plural: "tokenrequests",
      namespaced: true)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: TokenRequestSpec
    package var status: TokenRequestStatus

    package init() {
      self.spec = TokenRequestSpec()
      self.status = TokenRequestStatus()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: TokenRequestSpec = TokenRequestSpec(),
      status: TokenRequestStatus = TokenRequestStatus()
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
        case 1: self.spec = try TokenRequestSpec(from: &reader)
        case 2: self.status = try TokenRequestStatus(from: &reader)
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

  /// `TokenRequestSpec` of `authentication.k8s.io/v1`.
  package struct TokenRequestSpec: JSONCodable {
    package var audiences: [String]
    package var expirationSeconds: Int64?
    @BoxedOptional package var boundObjectRef: BoundObjectReference?

    package init() {
      self.audiences = []
      self.expirationSeconds = nil
    }

    package init(
      audiences: [String] = [],
      expirationSeconds: Int64? = nil,
      boundObjectRef: BoundObjectReference? = nil
    ) {
      self.audiences = audiences
      self.expirationSeconds = expirationSeconds
      self.boundObjectRef = boundObjectRef
    }

    private static let fields = FieldTable([
      "audiences", "expirationSeconds", "boundObjectRef",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.audiences = try reader.readArray()
        case 1: self.expirationSeconds = try reader.readInt64()
        case 2: self.boundObjectRef = try BoundObjectReference(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("audiences")
      writer.write(array: audiences)
      if let expirationSeconds {
        writer.key("expirationSeconds")
        writer.write(expirationSeconds)
      }
      if let boundObjectRef {
        writer.key("boundObjectRef")
        boundObjectRef.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `TokenRequestStatus` of `authentication.k8s.io/v1`.
  package struct TokenRequestStatus: JSONCodable {
    package var token: String
    package var expirationTimestamp: Time?

    package init() {
      self.token = ""
      self.expirationTimestamp = nil
    }

    package init(
      token: String = "",
      expirationTimestamp: Time? = nil
    ) {
      self.token = token
      self.expirationTimestamp = expirationTimestamp
    }

    private static let fields = FieldTable([
      "token", "expirationTimestamp",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.token = try reader.readString()
        case 1: self.expirationTimestamp = try Time(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("token")
      writer.write(token)
      if let expirationTimestamp {
        writer.key("expirationTimestamp")
        expirationTimestamp.write(to: &writer)
      }
      writer.endObject()
    }
  }
}
