package import KubernetesAPI

/// SubjectAccessReview and its kin: what is asked, checked; and the answer.
package enum AccessReviews {
  /// What is wrong with a review, as fields' errors are told (422).
  package struct Problem: Error, Hashable, Sendable {
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

  // MARK: Questions

  package static func question(_ review: AuthorizationV1.SubjectAccessReview) throws(Problem) -> Question {
    let attributes = try attributes(review.spec.resourceAttributes, review.spec.nonResourceAttributes)
    return (try user(review.spec), attributes)
  }

  /// - Parameter namespace: that of the request's path; the review has to be about it.
  package static func question(
    _ review: AuthorizationV1.LocalSubjectAccessReview, in namespace: String
  ) throws(Problem) -> Question {
    guard review.spec.nonResourceAttributes == nil else {
      throw Problem("spec.nonResourceAttributes", text: "disallowed on this kind of request")
    }
    let attributes = try attributes(review.spec.resourceAttributes, nil)
    guard review.metadata.namespace.isEmpty || review.metadata.namespace == namespace else {
      throw Problem(
        "metadata.namespace", value: quoted(review.metadata.namespace), text: "must match the request's namespace")
    }
    guard attributes.namespace == namespace else {
      throw Problem(
        "spec.resourceAttributes.namespace", value: quoted(attributes.namespace), text: "must match metadata.namespace")
    }
    return (try user(review.spec), attributes)
  }

  package static func question(
    _ review: AuthorizationV1.SelfSubjectAccessReview, of user: UserInfo
  ) throws(Problem) -> Question {
    (user, try attributes(review.spec.resourceAttributes, review.spec.nonResourceAttributes))
  }

  private static func user(_ spec: AuthorizationV1.SubjectAccessReviewSpec) throws(Problem) -> UserInfo {
    guard !spec.user.isEmpty || !spec.groups.isEmpty else {
      throw Problem("spec.user", value: quoted(""), text: "at least one of user or group must be specified")
    }
    return UserInfo(name: spec.user, uid: spec.uid, groups: spec.groups, extra: spec.extra)
  }

  private static func attributes(
    _ resource: AuthorizationV1.ResourceAttributes?, _ path: AuthorizationV1.NonResourceAttributes?
  ) throws(Problem) -> AccessAttributes {
    switch (resource, path) {
    case (let resource?, nil):
      return AccessAttributes(
        verb: resource.verb, group: resource.group, resource: resource.resource, subresource: resource.subresource,
        namespace: resource.namespace, name: resource.name, fields: try fields(resource.fieldSelector))
    case (nil, let path?): return AccessAttributes(verb: path.verb, path: path.path)
    case (.some, .some):
      throw Problem("spec.resourceAttributes", text: "cannot be specified in combination with nonResourceAttributes")
    case (nil, nil):
      throw Problem(
        "spec.resourceAttributes", value: "null",
        text: "exactly one of nonResourceAttributes or resourceAttributes must be specified")
    }
  }

  /// The requirements of equality; others narrow a request down in ways that no authoriser here understands, and are
  /// left out, so that the answer is never too generous.
  private static func fields(
    _ selector: AuthorizationV1.FieldSelectorAttributes?
  ) throws(Problem) -> [String: String] {
    guard let selector else { return [:] }
    let place = "spec.resourceAttributes.fieldSelector"
    if !selector.rawSelector.isEmpty, !selector.requirements.isEmpty {
      throw Problem(
        "\(place).rawSelector", value: quoted(selector.rawSelector),
        text: "may not specified at the same time as requirements")
    }
    if selector.rawSelector.isEmpty, selector.requirements.isEmpty {
      throw Problem(
        "\(place).requirements", .required, text: "when \(place) is specified, requirements or rawSelector is required")
    }
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
  package static func audiences(of review: AuthenticationV1.TokenReview, own: [String]) throws(Problem) -> [String] {
    guard !review.spec.token.isEmpty else {
      throw Problem("spec.token", .required, text: "token is required for TokenReview in authentication")
    }
    return review.spec.audiences.isEmpty ? own : review.spec.audiences
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
