/// What a request wants to do: a verb on a resource, or on a path that is no resource.
package struct AccessAttributes: Sendable, Hashable {
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for paths the HTTP method in
  /// lower case.
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
  /// The path, for requests that are not about a resource; else nil.
  package var nonResourcePath: String?

  package init(
    verb: String, group: String = "", resource: String, subresource: String = "", namespace: String = "",
    name: String = ""
  ) {
    self.verb = verb
    self.group = group
    self.resource = resource
    self.subresource = subresource
    self.namespace = namespace
    self.name = name
  }

  package init(verb: String, path: String) {
    self.verb = verb
    self.nonResourcePath = path
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
}
