// Made by GenerateAPI from the schema tables; do not edit.

package import JSONDocument

extension AuthorizationV1 {
  /// `SubjectAccessReviewStatus` of `authorization.k8s.io/v1`.
  package struct SubjectAccessReviewStatus: JSONCodable {
    package var allowed: Bool = false
    package var denied: Bool = false
    package var reason: String = ""
    package var evaluationError: String = ""

    package init() {}
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
    package var resourceRules: [ResourceRule] = []
    package var nonResourceRules: [NonResourceRule] = []
    package var incomplete: Bool = false
    package var evaluationError: String = ""

    package init() {}
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
