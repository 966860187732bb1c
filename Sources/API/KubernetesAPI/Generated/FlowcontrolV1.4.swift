// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension FlowcontrolV1 {
  /// `ResourcePolicyRule` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct ResourcePolicyRule: JSONCodable {
    package var verbs: [String]
    package var apiGroups: [String]
    package var resources: [String]
    package var clusterScope: Bool
    package var namespaces: [String]

    package init() {
      self.verbs = []
      self.apiGroups = []
      self.resources = []
      self.clusterScope = false
      self.namespaces = []
    }

    package init(
      verbs: [String] = [],
      apiGroups: [String] = [],
      resources: [String] = [],
      clusterScope: Bool = false,
      namespaces: [String] = []
    ) {
      self.verbs = verbs
      self.apiGroups = apiGroups
      self.resources = resources
      self.clusterScope = clusterScope
      self.namespaces = namespaces
    }

    private static let fields = FieldTable([
      "verbs", "apiGroups", "resources", "clusterScope", "namespaces",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.verbs = try reader.readArray()
        case 1: self.apiGroups = try reader.readArray()
        case 2: self.resources = try reader.readArray()
        case 3: self.clusterScope = try reader.readBool()
        case 4: self.namespaces = try reader.readArray()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("verbs")
      writer.write(array: verbs)
      writer.key("apiGroups")
      writer.write(array: apiGroups)
      writer.key("resources")
      writer.write(array: resources)
      if clusterScope {
        writer.key("clusterScope")
        writer.write(clusterScope)
      }
      writer.key("namespaces")
      writer.write(array: namespaces)
      writer.endObject()
    }
  }

  /// `ServiceAccountSubject` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct ServiceAccountSubject: JSONCodable {
    package var namespace: String
    package var name: String

    package init() {
      self.namespace = ""
      self.name = ""
    }

    package init(
      namespace: String = "",
      name: String = ""
    ) {
      self.namespace = namespace
      self.name = name
    }

    private static let fields = FieldTable([
      "namespace", "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.namespace = try reader.readString()
        case 1: self.name = try reader.readString()
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
      writer.endObject()
    }
  }

  /// `Subject` of `flowcontrol.apiserver.k8s.io/v1`.
  package struct Subject: JSONCodable {
    package var kind: String
    package var user: UserSubject?
    package var group: GroupSubject?
    package var serviceAccount: ServiceAccountSubject?

    package init() {
      self.kind = ""
      self.user = nil
      self.group = nil
      self.serviceAccount = nil
    }

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
      self.init()
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
    package var name: String

    package init() {
      self.name = ""
    }

    package init(
      name: String = ""
    ) {
      self.name = name
    }

    private static let fields = FieldTable([
      "name",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
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
