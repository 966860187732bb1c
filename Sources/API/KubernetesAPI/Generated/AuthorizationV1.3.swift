// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AuthorizationV1 {
  /// `SubjectAccessReviewSpec` of `authorization.k8s.io/v1`.
  package struct SubjectAccessReviewSpec: JSONCodable {
    @BoxedOptional package var resourceAttributes: ResourceAttributes?
    package var nonResourceAttributes: NonResourceAttributes?
    package var user: String
    package var groups: [String]
    package var extra: [String: [String]]
    package var uid: String

    package init() {
      self.nonResourceAttributes = nil
      self.user = ""
      self.groups = []
      self.extra = [:]
      self.uid = ""
    }

    package init(
      resourceAttributes: ResourceAttributes? = nil,
      nonResourceAttributes: NonResourceAttributes? = nil,
      user: String = "",
      groups: [String] = [],
      extra: [String: [String]] = [:],
      uid: String = ""
    ) {
      self.resourceAttributes = resourceAttributes
      self.nonResourceAttributes = nonResourceAttributes
      self.user = user
      self.groups = groups
      self.extra = extra
      self.uid = uid
    }

    private static let fields = FieldTable([
      "resourceAttributes", "nonResourceAttributes", "user", "groups", "extra", "uid",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.resourceAttributes = try ResourceAttributes(from: &reader)
        case 1: self.nonResourceAttributes = try NonResourceAttributes(from: &reader)
        case 2: self.user = try reader.readString()
        case 3: self.groups = try reader.readArray()
        case 4: self.extra = try reader.readArrayMap()
        case 5: self.uid = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      if let resourceAttributes {
        writer.key("resourceAttributes")
        resourceAttributes.write(to: &writer)
      }
      if let nonResourceAttributes {
        writer.key("nonResourceAttributes")
        nonResourceAttributes.write(to: &writer)
      }
      if !user.isEmpty {
        writer.key("user")
        writer.write(user)
      }
      if !groups.isEmpty {
        writer.key("groups")
        writer.write(array: groups)
      }
      if !extra.isEmpty {
        writer.key("extra")
        writer.write(arrayMap: extra)
      }
      if !uid.isEmpty {
        writer.key("uid")
        writer.write(uid)
      }
      writer.endObject()
    }
  }

  /// `SubjectAccessReviewStatus` of `authorization.k8s.io/v1`.
  package struct SubjectAccessReviewStatus: JSONCodable {
    package var allowed: Bool
    package var denied: Bool
    package var reason: String
    package var evaluationError: String

    package init() {
      self.allowed = false
      self.denied = false
      self.reason = ""
      self.evaluationError = ""
    }

    package init(
      allowed: Bool = false,
      denied: Bool = false,
      reason: String = "",
      evaluationError: String = ""
    ) {
      self.allowed = allowed
      self.denied = denied
      self.reason = reason
      self.evaluationError = evaluationError
    }

    private static let fields = FieldTable([
      "allowed", "denied", "reason", "evaluationError",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.allowed = try reader.readBool()
        case 1: self.denied = try reader.readBool()
        case 2: self.reason = try reader.readString()
        case 3: self.evaluationError = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("allowed")
      writer.write(allowed)
      if denied {
        writer.key("denied")
        writer.write(denied)
      }
      if !reason.isEmpty {
        writer.key("reason")
        writer.write(reason)
      }
      if !evaluationError.isEmpty {
        writer.key("evaluationError")
        writer.write(evaluationError)
      }
      writer.endObject()
    }
  }

  /// `SubjectRulesReviewStatus` of `authorization.k8s.io/v1`.
  package struct SubjectRulesReviewStatus: JSONCodable {
    package var resourceRules: [ResourceRule]
    package var nonResourceRules: [NonResourceRule]
    package var incomplete: Bool
    package var evaluationError: String

    package init() {
      self.resourceRules = []
      self.nonResourceRules = []
      self.incomplete = false
      self.evaluationError = ""
    }

    package init(
      resourceRules: [ResourceRule] = [],
      nonResourceRules: [NonResourceRule] = [],
      incomplete: Bool = false,
      evaluationError: String = ""
    ) {
      self.resourceRules = resourceRules
      self.nonResourceRules = nonResourceRules
      self.incomplete = incomplete
      self.evaluationError = evaluationError
    }

    private static let fields = FieldTable([
      "resourceRules", "nonResourceRules", "incomplete", "evaluationError",
    ])

    package init(from reader: inout JSONReader) throws(JSONError) {
      self.init()
      try reader.beginObject()
      while let field = try reader.nextField(Self.fields) {
        switch field {
        case 0: self.resourceRules = try reader.readArray()
        case 1: self.nonResourceRules = try reader.readArray()
        case 2: self.incomplete = try reader.readBool()
        case 3: self.evaluationError = try reader.readString()
        default: try reader.skipValue()
        }
      }
    }

    package func write(to writer: inout JSONWriter) {
      writer.beginObject()
      writer.key("resourceRules")
      writer.write(array: resourceRules)
      writer.key("nonResourceRules")
      writer.write(array: nonResourceRules)
      writer.key("incomplete")
      writer.write(incomplete)
      if !evaluationError.isEmpty {
        writer.key("evaluationError")
        writer.write(evaluationError)
      }
      writer.endObject()
    }
  }
}
