/// The errors that the API answers with, in the wording that Kubernetes' clients know.
extension APIError {
  /// `pods "x" not found`
  package static func notFound(_ resource: GroupResource, name: String) -> APIError {
    APIError(
      code: 404, reason: .notFound, message: "\(resource) \(quoted(name)) not found",
      details: Details(name: name, group: resource.group, kind: resource.resource))
  }

  /// A path that leads nowhere.
  package static func noSuchPath() -> APIError {
    APIError(
      code: 404, reason: .notFound, message: "the server could not find the requested resource", details: Details())
  }

  /// `pods "x" already exists`
  package static func alreadyExists(_ resource: GroupResource, name: String) -> APIError {
    APIError(
      code: 409, reason: .alreadyExists, message: "\(resource) \(quoted(name)) already exists",
      details: Details(name: name, group: resource.group, kind: resource.resource))
  }

  /// `Operation cannot be fulfilled on pods "x": …`
  package static func conflict(_ resource: GroupResource, name: String, because message: String) -> APIError {
    APIError(
      code: 409, reason: .conflict,
      message: "Operation cannot be fulfilled on \(resource) \(quoted(name)): \(message)",
      details: Details(name: name, group: resource.group, kind: resource.resource))
  }

  /// The conflict of an update whose `resourceVersion` is not the newest one.
  package static func modified(_ resource: GroupResource, name: String) -> APIError {
    conflict(
      resource, name: name,
      because: "the object has been modified; please apply your changes to the latest version and try again")
  }

  /// `Deployment.apps "x" is invalid: spec.selector: Required value`, all errors at once.
  package static func invalid(kind: String, group: String, name: String, _ errors: [FieldError]) -> APIError {
    var seen: Set<String> = []
    let texts = errors.map(\.description).filter { seen.insert($0).inserted }
    let list = texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
    let qualified = group.isEmpty ? kind : "\(kind).\(group)"
    let causes = errors.map { Cause(reason: $0.type.rawValue, message: $0.body, field: $0.field) }
    return APIError(
      code: 422, reason: .invalid, message: "\(qualified) \(quoted(name)) is invalid: \(list)",
      details: Details(name: name, group: group, kind: kind, causes: causes))
  }

  package static func badRequest(_ message: String) -> APIError {
    APIError(code: 400, reason: .badRequest, message: message)
  }

  package static func unauthorized(_ message: String = "Unauthorized") -> APIError {
    APIError(code: 401, reason: .unauthorized, message: message)
  }

  /// `pods "x" is forbidden: …`; without a name `pods is forbidden: …`.
  package static func forbidden(
    _ resource: GroupResource, name: String, because message: String, causes: [Cause] = []
  ) -> APIError {
    let subject =
      resource.resource.isEmpty
      ? "forbidden"
      : name.isEmpty
        ? "\(resource) is forbidden"
        : "\(resource) \(quoted(name)) is forbidden"
    return APIError(
      code: 403, reason: .forbidden, message: "\(subject): \(message)",
      details: Details(name: name, group: resource.group, kind: resource.resource, causes: causes))
  }

  /// Of a path that takes other methods.
  package static func methodNotAllowed() -> APIError {
    APIError(
      code: 405, reason: .methodNotAllowed,
      message: "the server does not allow this method on the requested resource", details: Details())
  }

  /// A uid that a client gives as a precondition is that of another object of the name.
  static func otherUID(_ resource: GroupResource, name: String, expected: String, found: String) -> APIError {
    .conflict(
      resource, name: name,
      because: "Precondition failed: UID in precondition: \(expected), UID in object meta: \(found)")
  }

  package static func methodNotAllowed(_ resource: GroupResource, action: String) -> APIError {
    APIError(
      code: 405, reason: .methodNotAllowed, message: "\(action) is not supported on resources of kind \"\(resource)\"",
      details: Details(group: resource.group, kind: resource.resource))
  }

  package static func notAcceptable(_ message: String) -> APIError {
    APIError(code: 406, reason: .notAcceptable, message: message)
  }

  package static func unsupportedMediaType(_ message: String) -> APIError {
    APIError(code: 415, reason: .unsupportedMediaType, message: message)
  }

  package static func requestEntityTooLarge(_ message: String) -> APIError {
    APIError(
      code: 413, reason: .requestEntityTooLarge, message: "Request entity is too large: \(message)")
  }

  /// A position in the history that is no longer kept: the client has to list anew.
  package static func expired(_ message: String) -> APIError {
    APIError(code: 410, reason: .expired, message: message)
  }

  /// `too old resource version: 5 (90)`
  package static func tooOldResourceVersion(_ requested: Int64, oldest: Int64) -> APIError {
    expired("too old resource version: \(requested) (\(oldest))")
  }

  /// The server has not reached the asked-for version; worth trying again.
  package static func tooLargeResourceVersion(_ requested: Int64, current: Int64, retryAfter: Int = 1) -> APIError {
    let cause = Cause(reason: "ResourceVersionTooLarge", message: "Too large resource version", field: "")
    return APIError(
      code: 504, reason: .timeout,
      message: "Timeout: Too large resource version: \(requested), current: \(current)",
      details: Details(causes: [cause], retryAfterSeconds: retryAfter))
  }

  package static func timeout(_ message: String, retryAfter: Int = 0) -> APIError {
    APIError(
      code: 504, reason: .timeout, message: "Timeout: \(message)", details: Details(retryAfterSeconds: retryAfter))
  }

  /// The name that `generateName` led to was taken too often, or something else that goes away by trying again.
  package static func serverTimeout(_ resource: GroupResource, action: String, retryAfter: Int) -> APIError {
    APIError(
      code: 500, reason: .serverTimeout,
      message: "The \(action) operation against \(resource) could not be completed at this time, please try again.",
      details: Details(
        name: action, group: resource.group, kind: resource.resource, retryAfterSeconds: retryAfter))
  }

  package static func tooManyRequests(_ message: String, retryAfter: Int) -> APIError {
    APIError(
      code: 429, reason: .tooManyRequests, message: message, details: Details(retryAfterSeconds: retryAfter))
  }

  package static func internalError(_ message: String) -> APIError {
    APIError(
      code: 500, reason: .internalError, message: "Internal error occurred: \(message)",
      details: Details(causes: [Cause(reason: "", message: message, field: "")]))
  }

  package static func serviceUnavailable(_ message: String) -> APIError {
    APIError(code: 503, reason: .serviceUnavailable, message: message)
  }

  /// What the API says when the store fails.
  package init(_ error: StorageError) {
    switch error.code {
    case .compacted:
      self = .expired("The provided resource version is too old: it has been compacted")
    case .futureRevision:
      self = .timeout("Too large resource version", retryAfter: 1)
    case .tooLarge: self = .requestEntityTooLarge(error.message)
    case .timeout: self = .timeout("the store did not answer in time: \(error.message)", retryAfter: 1)
    case .unavailable, .cancelled:
      self = .serviceUnavailable("the store is not available: \(error.message)")
      details = Details(retryAfterSeconds: 1)
    case .noSpace, .leaseNotFound, .other: self = .internalError("store: \(error.message)")
    }
  }

  fileprivate static func quoted(_ text: String) -> String { FieldError.quoted(text) }
}

/// A resource by its plural and its group; printed as in Kubernetes' messages: `pods`, `deployments.apps`.
package struct GroupResource: Sendable, Hashable, CustomStringConvertible {
  package var group: String
  package var resource: String

  package init(group: String, resource: String) {
    self.group = group
    self.resource = resource
  }

  package var description: String { group.isEmpty ? resource : "\(resource).\(group)" }
}
