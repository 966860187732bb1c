import KubernetesAPI

// What a rule says of one request, as Kubernetes documents RBAC: every list of the rule has to have a fitting entry,
// `*` fits everything, `*/SUB` that subresource of every resource, a path that ends in `*` every path that begins so.

extension RbacV1.PolicyRule {
  static let any = "*"

  /// Whether the rule allows the request.
  package func allows(_ attributes: AccessAttributes) -> Bool {
    if let path = attributes.nonResourcePath {
      return Self.fits(verbs, attributes.verb) && nonResourceURLs.contains { Self.path($0, covers: path) }
    }
    return allowsVerbGroupAndName(attributes) && allowsResource(attributes)
  }

  /// Whether the rule allows a request about a resource that is known to be one of the rule's.
  func allowsVerbGroupAndName(_ attributes: AccessAttributes) -> Bool {
    Self.fits(verbs, attributes.verb) && Self.fits(apiGroups, attributes.group)
      && (resourceNames.isEmpty || resourceNames.contains(attributes.name))
  }

  private func allowsResource(_ attributes: AccessAttributes) -> Bool {
    let combined = attributes.combinedResource
    return resources.contains { entry in
      entry == Self.any || entry == combined
        || (!attributes.subresource.isEmpty && entry == "*/\(attributes.subresource)")
    }
  }

  static func fits(_ entries: [String], _ value: String) -> Bool {
    entries.contains { $0 == any || $0 == value }
  }

  /// Whether a rule's path is or begins another, which may be a path or a rule's again.
  static func path(_ pattern: String, covers path: String) -> Bool {
    if pattern == any || pattern == path { return true }
    guard pattern.hasSuffix(any) else { return false }
    var prefix = Substring(pattern)
    while prefix.hasSuffix(any) { prefix = prefix.dropLast() }
    return path.hasPrefix(prefix)
  }
}
