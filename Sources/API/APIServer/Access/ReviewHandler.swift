import APISchema
import Access
import AccessTokens
import HTTPServer
import JSONDocument
import KubernetesAPI
import NIOHTTP1
import Registry

/// Answers questions about access: who is this (`kubectl auth whoami`), may this be done (`kubectl auth can-i`), what
/// may be done (`--list`), whose token is this; and issues tokens of service accounts (`kubectl create token`). Nothing
/// is stored.
struct ReviewHandler: Sendable {
  let authorizer: any Authorizer
  /// The roles, for lists of what may be done; nil: the authoriser has none, and such lists are empty and say so.
  var roles: (@Sendable () -> RoleTable)?
  var tokens: TokenAuthenticator?
  var issuer: TokenIssuer?

  /// What discovery shows of them.
  static let resources: [DiscoveredResource] = [
    review("authentication.k8s.io", "SelfSubjectReview"), review("authentication.k8s.io", "TokenReview"),
    review("authorization.k8s.io", "LocalSubjectAccessReview", namespaced: true),
    review("authorization.k8s.io", "SelfSubjectAccessReview"),
    review("authorization.k8s.io", "SelfSubjectRulesReview"), review("authorization.k8s.io", "SubjectAccessReview"),
  ]

  private static func review(_ group: String, _ kind: String, namespaced: Bool = false) -> DiscoveredResource {
    DiscoveredResource(
      group: group, version: "v1", kind: kind, plural: "\(kind.lowercased())s", singular: kind.lowercased(),
      namespaced: namespaced, verbs: ["create"])
  }

  /// Whether a request may be a review, or one for a token: what all of them have in common.
  static func concerns(_ info: RequestInfo) -> Bool {
    info.resource.hasSuffix("reviews") || info.subresource == "token"
  }

  /// Answers a review, or a request for a token. False if the request is neither.
  func answer(_ request: APIRequest, _ responder: Responder) async throws -> Bool {
    let info = request.info
    if info.group.isEmpty, info.version == "v1", info.resource == "serviceaccounts", info.subresource == "token" {
      guard let issuer else { return false }
      guard info.verb == "create", !info.name.isEmpty, !info.namespace.isEmpty else {
        throw APIError.methodNotAllowed()
      }
      let (sent, warnings): (AuthenticationV1.TokenRequest, _) = try await body(request)
      let (authorizer, user) = (authorizer, request.user)
      let answer = try await issuer.answer(
        sent, namespace: info.namespace, name: info.name, user: user, dryRun: try request.writeOptions(.create).dryRun
      ) { await authorizer.opinion(user, $0).isAllowed }
      try await responder.json(answer.jsonBytes, status: .created, warnings: warnings)
      return true
    }
    // The names of all of them end so, and nearly all requests end here.
    guard info.resource.hasSuffix("reviews") else { return false }
    guard
      let resource = Self.resources.first(where: {
        $0.group == info.group && $0.version == info.version && $0.plural == info.resource
      })
    else { return false }
    guard info.verb == "create", info.name.isEmpty else { throw APIError.methodNotAllowed() }
    guard resource.namespaced == !info.namespace.isEmpty else { throw APIError.noSuchPath() }
    switch resource.kind {
    case "SelfSubjectReview":
      let (sent, warnings): (AuthenticationV1.SelfSubjectReview, _) = try await body(request)
      try await respond(AccessReviews.answer(sent, of: request.user), responder, warnings)
    case "TokenReview":
      let (sent, warnings): (AuthenticationV1.TokenReview, _) = try await body(request)
      try await respond(try await reviewToken(sent), responder, warnings)
    case "SelfSubjectRulesReview":
      var (sent, warnings): (AuthorizationV1.SelfSubjectRulesReview, [String]) = try await body(request)
      guard !sent.spec.namespace.isEmpty else { throw APIError.badRequest("no namespace on request") }
      if let roles {
        sent.status = AccessPolicy.rules(for: request.user, in: sent.spec.namespace, roles: roles())
      } else {
        sent.status = RuleListing.status([], problem: "the authorizer does not support user rule resolution")
      }
      try await respond(sent, responder, warnings)
    case "SelfSubjectAccessReview":
      var (sent, warnings): (AuthorizationV1.SelfSubjectAccessReview, [String]) = try await body(request)
      let user = request.user
      let question = try question(resource) { () throws(AccessReviews.Problems) in
        try AccessReviews.question(sent, of: user)
      }
      sent.status = AccessReviews.status(await authorizer.opinion(question.user, question.attributes))
      try await respond(sent, responder, warnings)
    case "SubjectAccessReview":
      var (sent, warnings): (AuthorizationV1.SubjectAccessReview, [String]) = try await body(request)
      let question = try question(resource) { () throws(AccessReviews.Problems) in try AccessReviews.question(sent) }
      sent.status = AccessReviews.status(await authorizer.opinion(question.user, question.attributes))
      try await respond(sent, responder, warnings)
    default:
      var (sent, warnings): (AuthorizationV1.LocalSubjectAccessReview, [String]) = try await body(request)
      guard sent.metadata.namespace.isEmpty || sent.metadata.namespace == info.namespace else {
        throw APIError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request")
      }
      let question = try question(resource) { () throws(AccessReviews.Problems) in
        try AccessReviews.question(sent, in: info.namespace)
      }
      sent.status = AccessReviews.status(await authorizer.opinion(question.user, question.attributes))
      try await respond(sent, responder, warnings)
    }
    return true
  }

  private func reviewToken(_ review: AuthenticationV1.TokenReview) async throws -> AuthenticationV1.TokenReview {
    guard let tokens else { return AccessReviews.answer(review, .failure(.init("tokens are not served"))) }
    guard !review.spec.token.isEmpty else {
      throw APIError.badRequest("token is required for TokenReview in authentication")
    }
    let audiences = AccessReviews.audiences(of: review, own: tokens.audiences)
    return AccessReviews.answer(review, await tokens.review(review.spec.token, for: audiences))
  }

  private func question(
    _ resource: DiscoveredResource, _ ask: () throws(AccessReviews.Problems) -> AccessReviews.Question
  ) throws(APIError) -> AccessReviews.Question {
    do { return try ask() } catch { throw APIError(error, kind: resource.kind, group: resource.group) }
  }

  private func body<T: KubernetesObject>(_ request: APIRequest) async throws -> (T, [String]) {
    let kind = GroupVersionKind(group: T.resource.group, version: T.resource.version, kind: T.kind)
    // A review changes nothing, whatever they say; what they say has to be right.
    _ = try request.writeOptions(.create)
    let decoded = try BodyDecoder(schema: .builtIn).object(
      await request.body(), format: try BodyDecoder.format(request.http), kind: kind,
      validation: request.fieldValidation)
    do { return (try T(jsonBytes: decoded.document.jsonBytes), decoded.warnings) } catch {
      throw APIError.badRequest("the object provided is unrecognized: \(error)")
    }
  }

  private func respond(_ object: some KubernetesObject, _ responder: Responder, _ warnings: [String]) async throws {
    try await responder.json(object.jsonBytes, status: .created, warnings: warnings)
  }
}

extension APIError {
  /// Fields of a review that are wrong: 422.
  init(_ problems: AccessReviews.Problems, kind: String, group: String) {
    let errors = problems.all.map { problem -> FieldError in
      let path = FieldPath(problem.field)
      return switch (problem.kind, problem.value) {
      case (.required, _): .required(path, problem.text)
      case (.invalid, let value?): .invalid(path, rendered: value, problem.text)
      case (.invalid, nil): .invalid(path, problem.text)
      }
    }
    self = .invalid(kind: kind, group: group, name: "", errors)
  }
}
