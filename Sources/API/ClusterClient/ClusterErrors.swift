import JSONDocument
package import KubernetesAPI

/// A front-end answered, and the answer was no: the `Status` document of the answer.
package struct APIStatusError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The HTTP code.
  package var code: Int
  /// Kubernetes' reason ("NotFound", "Conflict", …); "" where the answer had none.
  package var reason: String
  package var message: String
  package var details: MetaV1.StatusDetails?
  /// Seconds after which the server wants to be asked again, where it said so.
  package var retryAfter: Int?

  package init(
    code: Int, reason: String, message: String, details: MetaV1.StatusDetails? = nil, retryAfter: Int? = nil
  ) {
    self.code = code
    self.reason = reason
    self.message = message
    self.details = details
    self.retryAfter = retryAfter
  }

  /// Reads the `Status` in an error answer's body; a body that is none becomes the message.
  init(response: ClusterResponse) {
    if let status = try? MetaV1.Status(jsonBytes: response.body), status.code != 0 || !status.message.isEmpty {
      self.init(status: status, code: response.status, retryAfter: response.retryAfter)
      return
    }
    let text = String(decoding: response.body.prefix(512), as: UTF8.self)
    self.init(
      code: response.status, reason: "",
      message: text.isEmpty ? "the server answered with code \(response.status) and no body" : text,
      retryAfter: response.retryAfter)
  }

  init(status: MetaV1.Status, code: Int? = nil, retryAfter: Int? = nil) {
    self.code = code ?? Int(status.code)
    reason = status.reason
    message = status.message
    details = status.details
    self.retryAfter =
      retryAfter ?? status.details.flatMap { $0.retryAfterSeconds > 0 ? Int($0.retryAfterSeconds) : nil }
  }

  package var isNotFound: Bool { code == 404 }
  package var isAlreadyExists: Bool { reason == "AlreadyExists" }
  /// A conflict of resource versions or of preconditions.
  package var isConflict: Bool { code == 409 && reason != "AlreadyExists" }
  /// The resource version asked for is compacted: list again.
  package var isExpired: Bool { code == 410 || reason == "Expired" || reason == "Gone" }
  /// The server is overloaded or not ready: worth trying again soon.
  package var isRetryable: Bool { code == 429 || code == 503 || reason == "ServerTimeout" || reason == "Timeout" }

  /// Nothing can be created any more in a namespace that is being deleted.
  package var isNamespaceTerminating: Bool {
    code == 403 && details?.causes.contains { $0.reason == "NamespaceTerminating" } ?? false
  }

  package var description: String { "\(reason.isEmpty ? "HTTP \(code)" : reason): \(message)" }
}

extension Error {
  /// The front-end's refusal that this error is, if it is one.
  package var apiStatus: APIStatusError? { self as? APIStatusError }
  package var isNotFound: Bool { apiStatus?.isNotFound ?? false }
  package var isAlreadyExists: Bool { apiStatus?.isAlreadyExists ?? false }
  package var isConflict: Bool { apiStatus?.isConflict ?? false }
}

/// No front-end answered.
package struct ClusterConnectionError: Error, Sendable, CustomStringConvertible {
  package var message: String
  /// The request may have reached a front-end and taken effect all the same.
  package var mayHaveTakenEffect: Bool

  package init(message: String, mayHaveTakenEffect: Bool) {
    self.message = message
    self.mayHaveTakenEffect = mayHaveTakenEffect
  }

  package var description: String { message }
}

/// A front-end's answer could not be read as what was asked for.
package struct ClusterDecodingError: Error, Sendable, CustomStringConvertible {
  package var message: String

  package init(message: String) { self.message = message }

  package var description: String { message }
}
