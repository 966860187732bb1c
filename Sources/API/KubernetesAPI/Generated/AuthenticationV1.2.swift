// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AuthenticationV1 {
  /// `TokenReview` of `authentication.k8s.io/v1`.
  package struct TokenReview: KubernetesObject {
    /// What every document of this kind carries.
    package static let apiVersion = "authentication.k8s.io/v1"
    package static let kind = "TokenReview"
    package static let resource = ResourceDescription(
      group: "authentication.k8s.io", version: "v1", kind: kind, plural: "tokenreviews",
      namespaced: false)
    @Boxed package var metadata: MetaV1.ObjectMeta
    package var spec: TokenReviewSpec
    @Boxed package var status: TokenReviewStatus

    package init() {
      self.spec = TokenReviewSpec()
    }

    package init(
      metadata: MetaV1.ObjectMeta = MetaV1.ObjectMeta(),
      spec: TokenReviewSpec = TokenReviewSpec(),
      status: TokenReviewStatus = TokenReviewStatus()
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
        case 1: self.spec = try TokenReviewSpec(from: &reader)
        case 2: self.status = try TokenReviewStatus(from: &reader)
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

  /// `TokenReviewSpec` of `authentication.k8s.io/v1`.
  package struct TokenReviewSpec: JSONCodable {
    package var token: String
    package var audiences: [String]

    package init() {
      self.token = ""
      self.audiences = []
    }

    package init(
      token: String = "",
      audiences: [String] = []
    ) {
      self.token = token
      self.audiences = audiences
    }

    private static let fields = FieldTable([
      "token", "audiences",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.token = try reader.readString()
        case 1: self.audiences = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if !token.isEmpty {
        writer.key("token")
        writer.write(token)
      }
      if !audiences.isEmpty {
        writer.key("audiences")
        writer.write(array: audiences)
      }
      writer.endObject()
    }
  }

  /// `TokenReviewStatus` of `authentication.k8s.io/v1`.
  package struct TokenReviewStatus: JSONCodable {
    package var authenticated: Bool
    package var user: UserInfo
    package var audiences: [String]
    package var error: String

    package init() {
      self.authenticated = false
      self.user = UserInfo()
      self.audiences = []
      self.error = ""
    }

    package init(
      authenticated: Bool = false,
      user: UserInfo = UserInfo(),
      audiences: [String] = [],
      error: String = ""
    ) {
      self.authenticated = authenticated
      self.user = user
      self.audiences = audiences
      self.error = error
    }

    private static let fields = FieldTable([
      "authenticated", "user", "audiences", "error",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.authenticated = try reader.readBool()
        case 1: self.user = try UserInfo(from: &reader)
        case 2: self.audiences = try reader.readArray()
        case 3: self.error = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if authenticated {
        writer.key("authenticated")
        writer.write(authenticated)
      }
      writer.key("user")
      user.write(to: &writer)
      if !audiences.isEmpty {
        writer.key("audiences")
        writer.write(array: audiences)
      }
      if !error.isEmpty {
        writer.key("error")
        writer.write(error)
      }
      writer.endObject()
    }
  }

  /// `UserInfo` of `authentication.k8s.io/v1`.
  package struct UserInfo: JSONCodable {
    package var username: String
    package var uid: String
    package var groups: [String]
    package var extra: [String: [String]]

    package init() {
      self.username = ""
      self.uid = ""
      self.groups = []
      self.extra = [:]
    }

    package init(
      username: String = "",
      uid: String = "",
      groups: [String] = [],
      extra: [String: [String]] = [:]
    ) {
      self.username = username
      self.uid = uid
      self.groups = groups
      self.extra = extra
    }

    private static let fields = FieldTable([
      "username", "uid", "groups", "extra",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.username = try reader.readString()
        case 1: self.uid = try reader.readString()
        case 2: self.groups = try reader.readArray()
        case 3: self.extra = try reader.readArrayMap()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
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
}
