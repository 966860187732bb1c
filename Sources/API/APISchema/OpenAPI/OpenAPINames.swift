/// How Kubernetes calls operations, which its clients' methods are named after.
extension OpenAPI {
  /// `core`, `apps`, `rbacAuthorization`: the group without `.k8s.io`, its parts joined.
  static func shortName(ofGroup group: String) -> String {
    guard !group.isEmpty else { return "core" }
    let suffix = ".k8s.io"
    let name = group.hasSuffix(suffix) ? group.dropLast(suffix.count) : Substring(group)
    let words = name.split { !$0.isLetter && !$0.isNumber }
    return String(words.first ?? "") + words.dropFirst().map { capitalized($0) }.joined()
  }

  /// `core_v1`
  static func tag(of groupVersion: GroupVersion) -> String {
    shortName(ofGroup: groupVersion.group) + "_" + groupVersion.version
  }

  /// `CoreV1`
  static func prefix(of groupVersion: GroupVersion) -> String {
    capitalized(shortName(ofGroup: groupVersion.group)) + capitalized(groupVersion.version)
  }

  static func capitalized(_ text: some StringProtocol) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private static let verbs = ["get": "read", "put": "replace", "post": "create", "deletecollection": "delete"]

  /// `listCoreV1NamespacedPod`, unique by verb, resource and path.
  func operationID(_ call: ResourceCall, on resource: ResourceSchema, at path: String) -> String {
    var id = Self.verbs[call.action, default: call.action] + Self.prefix(of: resource.groupVersion)
    if call.action == "deletecollection" { id += "Collection" }
    if call.action == Self.connect { id += Self.capitalized(call.method) }
    if path.contains("{namespace}") { id += "Namespaced" }
    id += Self.capitalized(owner(of: resource).kind.kind)
    if let subresource = resource.subresource { id += Self.capitalized(subresource) }
    if resource.isNamespaced, !path.contains("{namespace}") { id += "ForAllNamespaces" }
    if path.hasSuffix("{path}") { id += "WithPath" }
    return id
  }

  /// What an operation does, in a sentence.
  func text(_ call: ResourceCall, on resource: ResourceSchema, at path: String) -> String {
    let kind = owner(of: resource).kind.kind
    let one = resource.subresource.map { "\($0) of the \(kind)" } ?? "the \(kind)"
    var place = ""
    if resource.isNamespaced { place = path.contains("{namespace}") ? " in a namespace" : " in all namespaces" }
    switch call.action {
    case "get": return "Gets \(one) that is named."
    case "put": return "Replaces \(one) that is named."
    case "patch": return "Changes parts of \(one) that is named."
    case "delete": return "Deletes \(one) that is named."
    case "post":
      return resource.isSubresource ? "Creates \(one) that is named." : "Creates an object of kind \(kind)."
    case "list": return "Lists the objects of kind \(kind)\(place), or watches them."
    case "deletecollection": return "Deletes those objects of kind \(kind)\(place) that the selectors choose."
    default: return "Hands \(call.method.uppercased()) requests on to \(one) that is named."
    }
  }

  /// The resource itself of a subresource.
  private func owner(of resource: ResourceSchema) -> ResourceSchema {
    resources.resource(resource.resource, in: resource.groupVersion) ?? resource
  }
}
