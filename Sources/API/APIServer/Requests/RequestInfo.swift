import HTTPServer
import NIOHTTP1

/// What a request is about, read from its method, path and query: a resource, or a path that is none.
///
///     /api/VERSION/…            the core group
///     /apis/GROUP/VERSION/…     every other group
///     …/RESOURCE[/NAME[/SUBRESOURCE]]
///     …/namespaces/NAMESPACE/RESOURCE[/NAME[/SUBRESOURCE]]
///     …/watch/…                 the old form of `?watch=true`
///
/// A reference, as every step of a request asks it something.
final class RequestInfo: Sendable {
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for other paths the method in
  /// lower case.
  let verb: String
  let path: String
  let isResource: Bool
  let group: String
  let version: String
  /// "" for the cluster's scope and for all namespaces.
  let namespace: String
  let resource: String
  let name: String
  let subresource: String
  /// What follows the subresource.
  let tail: [String]
  /// Whether `name` comes from a field selector, not from the path.
  let selectedByField: Bool

  init(method: HTTPMethod, path: String, segments: [String], query: HTTPQuery) {
    self.path = path
    var rest = segments[...]
    let place = Self.takeVersion(&rest)
    (group, version) = place ?? ("", "")
    isResource = place != nil
    guard isResource else {
      verb = method == .GET ? "get" : method.rawValue.lowercased()
      (namespace, resource, name, subresource, tail, selectedByField) = ("", "", "", "", [], false)
      return
    }
    let isOldForm = rest.first == "watch" && rest.count > 1
    if isOldForm { rest = rest.dropFirst() }
    namespace = Self.takeNamespace(&rest)
    resource = rest.popFirst() ?? ""
    let name = rest.popFirst() ?? ""
    subresource = rest.popFirst() ?? ""
    tail = Array(rest)
    // Whatever is not said to be false is true, as Kubernetes reads it: Python says `True`.
    let watches = isOldForm || query["watch"].map { !["false", "0"].contains($0.lowercased()) } ?? false
    verb =
      switch method {
      case .GET, .HEAD: name.isEmpty ? (watches ? "watch" : "list") : (isOldForm ? "watch" : "get")
      case .POST: "create"
      case .PUT: "update"
      case .PATCH: "patch"
      case .DELETE: name.isEmpty ? "deletecollection" : "delete"
      default: method.rawValue.lowercased()
      }
    // Reading a collection with metadata.name=NAME is a request about that one object (node authorisation needs it).
    // Deleting one is not, as in Kubernetes: a rule for objects of certain names does not allow it.
    let reads = verb == "list" || verb == "watch"
    let selected = name.isEmpty && reads ? query["fieldSelector"].flatMap(Self.selectedName) : nil
    self.name = selected ?? name
    selectedByField = selected != nil
  }

  /// Takes `api/VERSION` or `apis/GROUP/VERSION` off a resource's path; nil for any other path.
  private static func takeVersion(_ rest: inout ArraySlice<String>) -> (group: String, version: String)? {
    switch rest.first {
    case "api" where rest.count >= 3:
      defer { rest = rest.dropFirst(2) }
      return ("", rest[1])
    case "apis" where rest.count >= 4:
      defer { rest = rest.dropFirst(3) }
      return (rest[1], rest[2])
    default: return nil
    }
  }

  /// The namespace that the path lies in, taken off it; "" if it lies in none.
  private static func takeNamespace(_ rest: inout ArraySlice<String>) -> String {
    guard rest.first == "namespaces", rest.count > 1 else { return "" }
    let name = rest[rest.startIndex + 1]
    // A namespace's own subresources; everything else below it is a resource in it. A request about the namespace
    // itself counts as in it.
    guard rest.count > 2 else { return name }
    let third = rest[rest.startIndex + 2]
    if third != "status", third != "finalize" { rest = rest.dropFirst(2) }
    return name
  }

  /// The name that a field selector asks for; nil if it asks for none.
  private static func selectedName(_ selector: String) -> String? {
    var name: String?
    for term in selector.split(separator: ",") {
      let parts = term.split(separator: "=", maxSplits: 1)
      if parts.count == 2, parts[0] == "metadata.name" { name = String(parts[1].drop { $0 == "=" }) }
    }
    return name
  }
}
