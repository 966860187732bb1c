// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension FlowcontrolV1 {
  /// `Subject` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct Subject: JSONCodable {
    package var kind: String = ""
    package var user: UserSubject?
    package var group: GroupSubject?
    package var serviceAccount: ServiceAccountSubject?

    package init() {}
    package init(
      kind: String = "",
      user: UserSubject? = nil,
      group: GroupSubject? = nil,
      serviceAccount: ServiceAccountSubject? = nil
    ) {
      self.kind = kind
      self.user = user
      self.group = group
      self.serviceAccount = serviceAccount
    }

    private static let fields = FieldTable([
      "kind", "user", "group", "serviceAccount",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.kind = try reader.readString()
        case 1: self.user = try UserSubject(from: &reader)
        case 2: self.group = try GroupSubject(from: &reader)
        case 3: self.serviceAccount = try ServiceAccountSubject(from: &reader)
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("kind")
      writer.write(kind)
      if let user {
        writer.key("user")
        user.write(to: &writer)
      }
      if let group {
        writer.key("group")
        group.write(to: &writer)
      }
      if let serviceAccount {
        writer.key("serviceAccount")
        serviceAccount.write(to: &writer)
      }
      writer.endObject()
    }
  }

  /// `UserSubject` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct UserSubject: JSONCodable {
    package var name: String = ""

    package init() {}
    package init(
      name: String = ""
    ) {
      self.name = name
    }

    private static let fields = FieldTable([
      "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.name = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("name")
      writer.write(name)
      writer.endObject()
    }
  }
}
