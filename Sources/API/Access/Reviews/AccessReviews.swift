import JSONDocument
package import KubernetesAPI

/// SubjectAccessReview and its kin: what is asked, checked; and the answer.
package enum AccessReviews {
  /// What is wrong with a review, as fields' errors are told (422).
  package struct Problem: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
      case invalid
      case required
    }
    package var field: String
    package var kind: Kind
    /// As a message shows it; nil: no value.
    package var value: String?
    package var text: String

    package init(_ field: String, _ kind: Kind = .invalid, value: String? = nil, text: String) {
      self.field = field
      self.kind = kind
      self.value = value
      self.text = text
    }
  }

  /// About whom, and what they want.
  package typealias Question = (user: UserInfo, attributes: AccessAttributes)

  /// All that is wrong with a review.
  package struct Problems: Error, Sendable {
    package var all: [Problem]
  }

  // MARK: Questions

  package static func question(_ review: AuthorizationV1.SubjectAccessReview) throws(Problems) -> Question {
    let spec = review.spec
    try refuse(problems(spec) + problems(review.metadata))
    return (user(spec), attributes(spec.resourceAttributes, spec.nonResourceAttributes))
  }

  /// - Parameter namespace: that of the request's path; the review has to be about it.
  package static func question(
    _ review: AuthorizationV1.LocalSubjectAccessReview, in namespace: String
  ) throws(Problems) -> Question {
    let spec = review.spec
    var found = problems(spec) + problems(review.metadata, exception: " except for namespace")
    if let asked = spec.resourceAttributes?.namespace, asked != namespace {
      found.append(
        Problem("spec.resourceAttributes.namespace", value: quoted(asked), text: "must match metadata.namespace"))
    }
    if let path = spec.nonResourceAttributes {
      found.append(
        Problem(
          "spec.nonResourceAttributes", value: path.json.description, text: "disallowed on this kind of request"))
    }
    try refuse(found)
    return (user(spec), attributes(spec.resourceAttributes, nil))
  }

  package static func question(
    _ review: AuthorizationV1.SelfSubjectAccessReview, of user: UserInfo
  ) throws(Problems) -> Question {
    let spec = review.spec
    try refuse(problems(spec.resourceAttributes, spec.nonResourceAttributes) + problems(review.metadata))
    return (user, attributes(spec.resourceAttributes, spec.nonResourceAttributes))
  }

  private static func refuse(_ problems: [Problem]) throws(Problems) {
    if !problems.isEmpty { throw Problems(all: problems) }
  }

  private static func problems(_ spec: AuthorizationV1.SubjectAccessReviewSpec) -> [Problem] {
    var found = problems(spec.resourceAttributes, spec.nonResourceAttributes)
    if spec.user.isEmpty, spec.groups.isEmpty {
      found.append(Problem("spec.user", value: quoted(""), text: "at least one of user or group must be specified"))
    }
    return found
  }

  private static func problems(
    _ resource: AuthorizationV1.ResourceAttributes?, _ path: AuthorizationV1.NonResourceAttributes?
  ) -> [Problem] {
    var found: [Problem] = []
    if let path, resource != nil {
      found.append(
        Problem(
          "spec.nonResourceAttributes", value: path.json.description,
          text: "cannot be specified in combination with resourceAttributes"))
    }
    if path == nil, resource == nil {
      found.append(
        Problem(
          "spec.resourceAttributes", value: "null",
          text: "exactly one of nonResourceAttributes or resourceAttributes must be specified"))
    }
    if let selector = resource?.fieldSelector { found += problems(selector) }
    return found
  }

  /// A review is stored nowhere: it has nothing to be known by. Its namespace is the request's business.
  private static func problems(_ metadata: MetaV1.ObjectMeta, exception: String = "") -> [Problem] {
    var metadata = metadata
    // What only the server sets counts for nothing, as in everything that is created.
    metadata.managedFields = []
    metadata.uid = ""
    metadata.creationTimestamp = nil
    metadata.deletionTimestamp = nil
    metadata.deletionGracePeriodSeconds = nil
    metadata.selfLink = ""
    metadata.namespace = ""
    if metadata == MetaV1.ObjectMeta() { return [] }
    return [Problem("metadata", value: metadata.json.description, text: "must be empty\(exception)")]
  }

  private static func problems(_ selector: AuthorizationV1.FieldSelectorAttributes) -> [Problem] {
    let place = "spec.resourceAttributes.fieldSelector"
    if !selector.rawSelector.isEmpty, !selector.requirements.isEmpty {
      return [
        Problem(
          "\(place).rawSelector", value: quoted(selector.rawSelector),
          text: "may not specified at the same time as requirements")
      ]
    }
    guard selector.rawSelector.isEmpty, selector.requirements.isEmpty else { return [] }
    return [
      Problem(
        "\(place).requirements", .required,
        text: "when \(place) is specified, requirements or rawSelector is required")
    ]
  }

  private static func user(_ spec: AuthorizationV1.SubjectAccessReviewSpec) -> UserInfo {
    UserInfo(name: spec.user, uid: spec.uid, groups: spec.groups, extra: spec.extra)
  }

  /// Of one that has been checked: one of the two is there.
  private static func attributes(
    _ resource: AuthorizationV1.ResourceAttributes?, _ path: AuthorizationV1.NonResourceAttributes?
  ) -> AccessAttributes {
    guard let resource else { return AccessAttributes(verb: path?.verb ?? "", path: path?.path ?? "") }
    return AccessAttributes(
      verb: resource.verb, group: resource.group, resource: resource.resource, subresource: resource.subresource,
      namespace: resource.namespace, name: resource.name, fields: fields(resource.fieldSelector))
  }

  /// The requirements of equality; others narrow a request down in ways that no authoriser here understands, and are
  /// left out, so that the answer is never too generous.
  private static func fields(_ selector: AuthorizationV1.FieldSelectorAttributes?) -> [String: String] {
    guard let selector else { return [:] }
    if !selector.rawSelector.isEmpty { return equalities(of: selector.rawSelector) }
    var fields: [String: String] = [:]
    for requirement in selector.requirements where requirement.operator == "In" && requirement.values.count == 1 {
      fields[requirement.key] = requirement.values[0]
    }
    return fields
  }

  /// `a=b,c==d` as a table; other requirements (`a!=b`) are left out. A field that is named twice with different values
  /// selects nothing, and is left out too.
  package static func equalities(of selector: String) -> [String: String] {
    var fields: [String: String] = [:]
    var contradicted: Set<String> = []
    for part in selector.split(separator: ",") {
      guard let sign = part.firstIndex(of: "="), sign > part.startIndex, !part[..<sign].hasSuffix("!") else { continue }
      let key = String(part[..<sign])
      var value = part[part.index(after: sign)...]
      if value.hasPrefix("=") { value = value.dropFirst() }
      // Escapes are left to those who evaluate selectors.
      if value.contains("\\") { continue }
      if let old = fields[key], old != value { contradicted.insert(key) }
      fields[key] = String(value)
    }
    return fields.filter { !contradicted.contains($0.key) }
  }

  // MARK: Answers

  package static func status(_ opinion: AccessOpinion) -> AuthorizationV1.SubjectAccessReviewStatus {
    var status = AuthorizationV1.SubjectAccessReviewStatus()
    status.allowed = opinion.isAllowed
    status.reason = opinion.reason
    return status
  }

  package static func userInfo(_ user: UserInfo) -> AuthenticationV1.UserInfo {
    AuthenticationV1.UserInfo(username: user.name, uid: user.uid, groups: user.groups, extra: user.extra)
  }

  /// The answer to `kubectl auth whoami`.
  package static func answer(
    _ review: AuthenticationV1.SelfSubjectReview, of user: UserInfo
  ) -> AuthenticationV1.SelfSubjectReview {
    var review = review
    review.status.userInfo = userInfo(user)
    return review
  }

  /// The audiences that a token under review has to be for: those of the review, else the API's own.
  package static func audiences(of review: AuthenticationV1.TokenReview, own: [String]) -> [String] {
    review.spec.audiences.isEmpty ? own : review.spec.audiences
  }

  /// - Parameter result: who comes with the token and for which of the audiences it is good, or why it is not.
  package static func answer(
    _ review: AuthenticationV1.TokenReview,
    _ result: Result<(user: UserInfo, audiences: [String]), ServiceAccountClaims.Refusal>
  ) -> AuthenticationV1.TokenReview {
    var review = review
    review.status = .init()
    switch result {
    case .success(let (user, audiences)):
      review.status.authenticated = true
      review.status.user = userInfo(user)
      review.status.audiences = audiences
    case .failure(let refusal): review.status.error = "[invalid bearer token, \(refusal)]"
    }
    return review
  }

  private static func quoted(_ text: String) -> String { Denial.quoted(text) }
}
