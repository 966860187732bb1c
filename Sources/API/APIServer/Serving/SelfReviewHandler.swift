import APISchema
import Access
import HTTPServer
import JSONDocument
import NIOHTTP1
import Registry

/// Lets clients ask about themselves: `kubectl auth whoami` (SelfSubjectReview) and `kubectl auth can-i`
/// (SelfSubjectAccessReview). Nothing is stored.
struct SelfReviewHandler: Sendable {
  let authorizer: any Authorizer

  /// What discovery shows of them.
  static let resources = [
    DiscoveredResource(
      group: "authentication.k8s.io", version: "v1", kind: "SelfSubjectReview", plural: "selfsubjectreviews",
      singular: "selfsubjectreview", namespaced: false, verbs: ["create"]),
    DiscoveredResource(
      group: "authorization.k8s.io", version: "v1", kind: "SelfSubjectAccessReview",
      plural: "selfsubjectaccessreviews", singular: "selfsubjectaccessreview", namespaced: false, verbs: ["create"]),
  ]

  /// Answers a review. False if the request is none.
  func answer(_ request: APIRequest, _ responder: Responder) async throws -> Bool {
    let info = request.info
    guard
      let resource = Self.resources.first(where: {
        $0.group == info.group && $0.version == info.version && $0.plural == info.resource
      })
    else { return false }
    guard info.verb == "create", info.name.isEmpty else {
      throw APIError(
        code: 405, reason: .methodNotAllowed,
        message: "the server does not allow this method on the requested resource")
    }
    let body = try await request.body()
    let format = try BodyDecoder.format(request.http)
    let kind = GroupVersionKind(group: resource.group, version: resource.version, kind: resource.kind)
    let review = try BodyDecoder(schema: .builtIn).parse(body, as: format, expecting: kind).document
    let spec = review["spec"] ?? .null
    var answer: JSONObject = [
      "kind": .string(resource.kind), "apiVersion": .string(resource.apiVersion),
      "metadata": ["creationTimestamp": .null],
    ]
    if resource.kind == "SelfSubjectReview" {
      answer["status"] = [
        "userInfo": [
          "username": .string(request.user.name), "groups": .array(request.user.groups.map { .string($0) }),
        ]
      ]
    } else {
      let attributes = try Self.attributes(spec)
      answer["spec"] = spec
      switch await authorizer.authorize(request.user, attributes) {
      case .allowed: answer["status"] = ["allowed": true]
      case .denied(let reason): answer["status"] = ["allowed": false, "reason": .string(reason)]
      }
    }
    try await responder.document(.object(answer), status: .created)
    return true
  }

  private static func attributes(_ spec: JSONValue) throws(APIError) -> AccessAttributes {
    func text(_ value: JSONValue, _ name: String) -> String { value[name]?.stringValue ?? "" }
    if let resource = spec["resourceAttributes"], case .object = resource {
      return AccessAttributes(
        verb: text(resource, "verb"), group: text(resource, "group"), resource: text(resource, "resource"),
        subresource: text(resource, "subresource"), namespace: text(resource, "namespace"), name: text(resource, "name")
      )
    }
    if let path = spec["nonResourceAttributes"], case .object = path {
      return AccessAttributes(verb: text(path, "verb"), path: text(path, "path"))
    }
    throw .badRequest("exactly one of spec.resourceAttributes and spec.nonResourceAttributes has to be set")
  }
}
