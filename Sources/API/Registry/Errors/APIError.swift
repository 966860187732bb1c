package import JSONDocument

/// A refusal or a failure as the Kubernetes API states it: an HTTP code, a machine-readable reason, a message for
/// people, and details. Its form on the wire is a `Status` object.
package struct APIError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The HTTP status code.
  package var code: Int
  package var reason: StatusReason
  package var message: String
  package var details: Details?
  /// Where a list that has expired may go on, at the newest state; "": nowhere.
  package var continueToken = ""

  /// What the error is about.
  package struct Details: Sendable, Equatable {
    package var name = ""
    package var group = ""
    /// The resource's plural or its kind; Kubernetes uses both, depending on the error.
    package var kind = ""
    package var uid = ""
    package var causes: [Cause] = []
    /// Seconds after which it makes sense to try again; 0: not said.
    package var retryAfterSeconds = 0

    package init(
      name: String = "", group: String = "", kind: String = "", uid: String = "", causes: [Cause] = [],
      retryAfterSeconds: Int = 0
    ) {
      self.name = name
      self.group = group
      self.kind = kind
      self.uid = uid
      self.causes = causes
      self.retryAfterSeconds = retryAfterSeconds
    }
  }

  /// One of several reasons of an error, with the field that it is about.
  package struct Cause: Sendable, Equatable {
    package var reason: String
    package var message: String
    package var field: String

    package init(reason: String, message: String, field: String) {
      self.reason = reason
      self.message = message
      self.field = field
    }
  }

  package init(code: Int, reason: StatusReason, message: String, details: Details? = nil) {
    self.code = code
    self.reason = reason
    self.message = message
    self.details = details
  }

  package var description: String { "\(code) \(reason.rawValue): \(message)" }
}

/// Kubernetes' `metav1.StatusReason`; text, as it can grow.
package struct StatusReason: RawRepresentable, Sendable, Hashable {
  package var rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  package static let unknown = Self(rawValue: "")
  package static let unauthorized = Self(rawValue: "Unauthorized")
  package static let forbidden = Self(rawValue: "Forbidden")
  package static let notFound = Self(rawValue: "NotFound")
  package static let alreadyExists = Self(rawValue: "AlreadyExists")
  package static let conflict = Self(rawValue: "Conflict")
  package static let gone = Self(rawValue: "Gone")
  package static let invalid = Self(rawValue: "Invalid")
  package static let serverTimeout = Self(rawValue: "ServerTimeout")
  package static let timeout = Self(rawValue: "Timeout")
  package static let tooManyRequests = Self(rawValue: "TooManyRequests")
  package static let badRequest = Self(rawValue: "BadRequest")
  package static let methodNotAllowed = Self(rawValue: "MethodNotAllowed")
  package static let notAcceptable = Self(rawValue: "NotAcceptable")
  package static let requestEntityTooLarge = Self(rawValue: "RequestEntityTooLarge")
  package static let unsupportedMediaType = Self(rawValue: "UnsupportedMediaType")
  package static let internalError = Self(rawValue: "InternalError")
  package static let expired = Self(rawValue: "Expired")
  package static let serviceUnavailable = Self(rawValue: "ServiceUnavailable")
}

extension APIError {
  /// The `Status` document of this error.
  package var status: JSONValue {
    var status = JSONObject()
    status["kind"] = .string("Status")
    status["apiVersion"] = .string("v1")
    status["metadata"] = continueToken.isEmpty ? .object(JSONObject()) : ["continue": .string(continueToken)]
    status["status"] = .string("Failure")
    status["message"] = .string(message)
    if !reason.rawValue.isEmpty { status["reason"] = .string(reason.rawValue) }
    if let details { status["details"] = details.document }
    status["code"] = .int(Int64(code))
    return .object(status)
  }

  /// The `Status` document of a success, as a delete answers it.
  package static func success(kind: String, group: String, name: String, uid: String) -> JSONValue {
    var status = JSONObject()
    status["kind"] = .string("Status")
    status["apiVersion"] = .string("v1")
    status["metadata"] = .object(JSONObject())
    status["status"] = .string("Success")
    status["details"] = Details(name: name, group: group, kind: kind, uid: uid).document
    return .object(status)
  }

  /// The answer to what was created and is no object, such as a binding.
  package static let created: JSONValue = [
    "kind": "Status", "apiVersion": "v1", "metadata": .object(JSONObject()), "status": "Success", "code": 201,
  ]
}

extension APIError.Details {
  fileprivate var document: JSONValue {
    var result = JSONObject()
    if !name.isEmpty { result["name"] = .string(name) }
    if !group.isEmpty { result["group"] = .string(group) }
    if !kind.isEmpty { result["kind"] = .string(kind) }
    if !uid.isEmpty { result["uid"] = .string(uid) }
    if !causes.isEmpty {
      result["causes"] = .array(
        causes.map { cause in
          var entry = JSONObject()
          if !cause.reason.isEmpty { entry["reason"] = .string(cause.reason) }
          if !cause.message.isEmpty { entry["message"] = .string(cause.message) }
          if !cause.field.isEmpty { entry["field"] = .string(cause.field) }
          return .object(entry)
        })
    }
    if retryAfterSeconds > 0 { result["retryAfterSeconds"] = .int(Int64(retryAfterSeconds)) }
    return .object(result)
  }
}
