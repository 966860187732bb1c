package import Access
package import JSONDocument

/// How fresh a `get` has to be.
package struct GetOptions: Sendable {
  /// "": linearisable; "0": whatever is at hand; else at least that version.
  package var resourceVersion = ""
  package init(resourceVersion: String = "") { self.resourceVersion = resourceVersion }
}

/// What a `list` selects, in the text form of the query parameters.
package struct ListOptions: Sendable {
  package var labelSelector = ""
  package var fieldSelector = ""
  /// At most so many objects in a page; 0: all.
  package var limit = 0
  /// The token of the page before.
  package var continueToken = ""
  package var resourceVersion = ""
  /// "", `NotOlderThan` or `Exact`.
  package var resourceVersionMatch = ""

  package init(
    labelSelector: String = "", fieldSelector: String = "", limit: Int = 0, continueToken: String = "",
    resourceVersion: String = "", resourceVersionMatch: String = ""
  ) {
    self.labelSelector = labelSelector
    self.fieldSelector = fieldSelector
    self.limit = limit
    self.continueToken = continueToken
    self.resourceVersion = resourceVersion
    self.resourceVersionMatch = resourceVersionMatch
  }
}

/// What a `watch` selects and where it begins. The request's timeout is the caller's business.
package struct WatchOptions: Sendable {
  package var labelSelector = ""
  package var fieldSelector = ""
  /// "": the newest state as `ADDED` events, then changes; "0": the same from whatever is at hand; else only
  /// changes after that version.
  package var resourceVersion = ""
  package var allowBookmarks = false
  /// Asks for the state as `ADDED` events and then a bookmark that says that they are complete (`WatchList`).
  package var sendInitialEvents: Bool?

  package init(
    labelSelector: String = "", fieldSelector: String = "", resourceVersion: String = "",
    allowBookmarks: Bool = false, sendInitialEvents: Bool? = nil
  ) {
    self.labelSelector = labelSelector
    self.fieldSelector = fieldSelector
    self.resourceVersion = resourceVersion
    self.allowBookmarks = allowBookmarks
    self.sendInitialEvents = sendInitialEvents
  }
}

/// What accompanies a create, update or patch.
package struct WriteOptions: Sendable {
  /// Everything but the write itself.
  package var dryRun = false
  /// Whom the changed fields belong to from now on; "" counts as `unknown`.
  package var fieldManager = ""
  /// The object's uid in a patch, be it an apply, is a change of it; else it is a precondition.
  var isPatch = false
  /// Who writes; admission looks at it.
  package var user: UserInfo
  /// What admission has to say to the client, once the write is done.
  package let warnings = AdmissionWarnings()
  /// Asked before an update or an apply creates what is not there: throws where the user may not create.
  package var checkCreate: (@Sendable () async throws(APIError) -> Void)?

  package init(dryRun: Bool = false, fieldManager: String = "", user: UserInfo = .anonymous) {
    self.dryRun = dryRun
    self.fieldManager = fieldManager
    self.user = user
  }
}

/// What accompanies a delete.
package struct DeleteOptions: Sendable {
  package enum Propagation: String, Sendable {
    case orphan = "Orphan"
    case background = "Background"
    case foreground = "Foreground"
  }
  package var dryRun = false
  /// nil: the object's own; 0: at once.
  package var gracePeriodSeconds: Int64?
  package var uid: String?
  package var resourceVersion: String?
  /// nil: the kind's default.
  package var propagation: Propagation?
  /// The older way to say that (`orphanDependents`), where the client used it. Who asks for `false` is told by 202 that
  /// something is still to be done first.
  package var orphansDependents: Bool?
  package var user: UserInfo

  package init(
    dryRun: Bool = false, gracePeriodSeconds: Int64? = nil, uid: String? = nil, resourceVersion: String? = nil,
    propagation: Propagation? = nil, user: UserInfo = .anonymous
  ) {
    self.dryRun = dryRun
    self.gracePeriodSeconds = gracePeriodSeconds
    self.uid = uid
    self.resourceVersion = resourceVersion
    self.propagation = propagation
    self.user = user
  }
}

extension DeleteOptions {
  /// Reads a `DeleteOptions` document, the body of a DELETE request.
  package init(document: JSONValue, user: UserInfo) throws(APIError) {
    self.init(user: user)
    guard case .object(let body) = document else { throw .badRequest("DeleteOptions must be an object") }
    switch body["gracePeriodSeconds"] {
    case .int(let seconds)?: gracePeriodSeconds = seconds
    case nil, .null?: break
    default: throw .badRequest("DeleteOptions.gracePeriodSeconds must be a number")
    }
    if case .object(let preconditions)? = body["preconditions"] {
      if case .string(let text)? = preconditions["uid"] { uid = text }
      if case .string(let text)? = preconditions["resourceVersion"] { resourceVersion = text }
    }
    var errors: [FieldError] = []
    try setPropagation(body["propagationPolicy"], orphans: body["orphanDependents"], &errors)
    if case .array(let stages)? = body["dryRun"], !stages.isEmpty {
      if !stages.allSatisfy({ $0 == .string("All") }) {
        errors.append(.dryRun(stages.map { $0.stringValue ?? $0.description }))
      }
      dryRun = true
    }
    if !errors.isEmpty { throw .invalidDeleteOptions(errors) }
  }

  private mutating func setPropagation(
    _ value: JSONValue?, orphans: JSONValue?, _ errors: inout [FieldError]
  ) throws(APIError) {
    if case .bool(let orphan)? = orphans {
      orphansDependents = orphan
      propagation = orphan ? .orphan : .background
    }
    switch value {
    case nil, .null?: return
    case .string(let text)?:
      if propagation != nil { errors.append(.twoPropagations(text)) }
      propagation = Propagation(rawValue: text)
      if propagation == nil { errors.append(.propagationPolicy(text)) }
    default: throw .badRequest("DeleteOptions.propagationPolicy must be text")
    }
  }
}

extension APIError {
  /// Options of a delete that make no sense: 422.
  package static func invalidDeleteOptions(_ errors: [FieldError]) -> APIError {
    .invalid(kind: "DeleteOptions", group: "meta.k8s.io", name: "", errors)
  }
}

extension FieldError {
  /// Of `dryRun`, which knows one value.
  package static func dryRun(_ stages: [String]) -> FieldError {
    let rendered = JSONValue.array(stages.map { JSONValue.string($0) }).description
    return .notSupported(FieldPath("dryRun"), rendered: rendered, supported: ["All"])
  }

  /// Of a delete's `propagationPolicy` beside `orphanDependents`.
  package static func twoPropagations(_ text: String) -> FieldError {
    .invalid(FieldPath("propagationPolicy"), text, "orphanDependents and deletionPropagation cannot be both set")
  }

  /// Of a delete's `propagationPolicy` that there is not.
  package static func propagationPolicy(_ text: String) -> FieldError {
    .notSupported(
      FieldPath("propagationPolicy"), text, supported: ["Foreground", "Background", "Orphan", "nil"])
  }
}

/// The outcome of a create, update or patch.
package struct WriteResult: Sendable {
  /// The object as it now is (or, with `dryRun`, as it would be).
  package var object: StoredObject
  /// Whether it did not exist before: the answer is 201.
  package var created: Bool
}

/// The outcome of a delete.
package struct DeleteResult: Sendable {
  /// 200, or 202 when dependents are still to be deleted first.
  package var code: Int
  /// The document to answer with: the object, or a `Status`.
  package var body: [UInt8]
  /// The last state, if the answer is an object.
  package var object: StoredObject?
  /// Whether it is gone; else it waits for a grace period or finalizers.
  package var removed: Bool
}
