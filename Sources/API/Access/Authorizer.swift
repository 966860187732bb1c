import JSONDocument

/// What a request wants to do: a verb on a resource, or on a path that is no resource.
package struct AccessAttributes: Sendable, Hashable {
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, or a verb that only
  /// authorisation knows (`impersonate`, `bind`, `escalate`); for paths the HTTP method in lower case.
  package var verb: String
  /// "" for the core group.
  package var group = ""
  /// The resource's plural; "" for a path.
  package var resource = ""
  package var subresource = ""
  /// "" for the cluster's scope and for all namespaces.
  package var namespace = ""
  /// "" when the request names no object.
  package var name = ""
  /// What a list or watch asks for by `fieldSelector=NAME=VALUE`; only requirements of equality, which are the ones
  /// that narrow a request down for sure.
  package var fields: [String: String] = [:]
  /// The path, for requests that are not about a resource; else nil.
  package var nonResourcePath: String?

  package init(
    verb: String, group: String = "", resource: String, subresource: String = "", namespace: String = "",
    name: String = "", fields: [String: String] = [:]
  ) {
    self.verb = verb
    self.group = group
    self.resource = resource
    self.subresource = subresource
    self.namespace = namespace
    self.name = name
    self.fields = fields
  }

  package init(verb: String, path: String) {
    self.verb = verb
    self.nonResourcePath = path
  }

  /// `pods`, `pods/log`.
  package var combinedResource: String { subresource.isEmpty ? resource : "\(resource)/\(subresource)" }
}

/// What one authoriser thinks of a request.
package enum AccessOpinion: Sendable, Hashable {
  /// With what it rests on, for reviews: `RBAC: allowed by RoleBinding …`. May be empty.
  case allow(reason: String)
  /// Nothing speaks for it; the reason says what was missing, and may be empty.
  case noOpinion(reason: String)

  package var isAllowed: Bool {
    if case .allow = self { true } else { false }
  }

  package var reason: String {
    switch self {
    case .allow(let reason), .noOpinion(let reason): reason
    }
  }
}

/// An authoriser's answer.
package enum AccessDecision: Sendable, Hashable {
  case allowed
  /// With a sentence that says who may not do what, as it goes into the 403's message after `RESOURCE is forbidden: `.
  case denied(reason: String)
}

/// Decides what users may do. Must answer quickly: it stands in every request's way.
package protocol Authorizer: Sendable {
  func authorize(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessDecision
  /// The same with what it rests on, for access reviews.
  func opinion(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessOpinion
}

extension Authorizer {
  package func opinion(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessOpinion {
    switch await authorize(user, attributes) {
    case .allowed: .allow(reason: "")
    case .denied(let reason): .noOpinion(reason: reason)
    }
  }
}

extension AccessDecision {
  /// Everything is denied that nothing speaks for.
  package init(_ opinion: AccessOpinion, of user: UserInfo, on attributes: AccessAttributes) {
    switch opinion {
    case .allow: self = .allowed
    case .noOpinion(let reason):
      let sentence = Denial.sentence(user, attributes)
      self = .denied(reason: reason.isEmpty ? sentence : "\(sentence): \(reason)")
    }
  }
}

/// The words of a denial: who, what and where, as users of Kubernetes know them.
package enum Denial {
  /// `User "x" cannot list resource "pods" in API group "" in the namespace "y"`.
  package static func sentence(_ user: UserInfo, _ attributes: AccessAttributes) -> String {
    if let path = attributes.nonResourcePath {
      return "User \(quoted(user.name)) cannot \(attributes.verb) path \(quoted(path))"
    }
    let scope =
      attributes.namespace.isEmpty ? "at the cluster scope" : "in the namespace \(quoted(attributes.namespace))"
    return "User \(quoted(user.name)) cannot \(attributes.verb) resource \(quoted(attributes.combinedResource)) "
      + "in API group \(quoted(attributes.group)) \(scope)"
  }

  /// The text in quotation marks, with what would end them or break the line escaped.
  static func quoted(_ text: String) -> String { GoText.quoted(text) }
}
