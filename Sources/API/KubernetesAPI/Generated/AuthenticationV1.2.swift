// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AuthenticationV1 {
  /// `TokenReviewSpec` of `authentication.k8s.io/v1`.
  package struct TokenReviewSpec: JSONCodable {
    package var token: String = ""
    package var audiences: [String] = []

    package init() {}
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
    package var authenticated: Bool = false
    package var user: UserInfo = UserInfo()
    package var audiences: [String] = []
    package var error: String = ""

    package init() {}
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
    package var username: String = ""
    package var uid: String = ""
    package var groups: [String] = []
    package var extra: [String: [String]] = [:]

    package init() {}
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
