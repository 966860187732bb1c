import HTTPServer
import NIOHTTP1

/// What a request is about, read from its method, path and query: a resource, or a path that is none.
///
///     /api/VERSION/…            the core group
///     /apis/GROUP/VERSION/…     every other group
///     …/RESOURCE[/NAME[/SUBRESOURCE]]
///     …/namespaces/NAMESPACE/RESOURCE[/NAME[/SUBRESOURCE]]
///     …/watch/…                 the old form of `?watch=true`
struct RequestInfo: Sendable, Equatable {
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; for other paths the method in
  /// lower case.
  var verb: String
  var path: String
  var isResource = false
  var group = ""
  var version = ""
  /// "" for the cluster's scope and for all namespaces.
  var namespace = ""
  var resource = ""
  var name = ""
  var subresource = ""
  /// What follows the subresource.
  var tail: [String] = []

  init(method: HTTPMethod, path: String, segments: [String], query: HTTPQuery) {
    self.verb = method == .GET ? "get" : method.rawValue.lowercased()
    self.path = path
    var rest = segments[...]
    switch rest.first {
    case "api" where rest.count >= 3:
      version = rest[1]
      rest = rest.dropFirst(2)
    case "apis" where rest.count >= 4:
      group = rest[1]
      version = rest[2]
      rest = rest.dropFirst(3)
    default: return
    }
    isResource = true
    // Whatever is not said to be false is true, as Kubernetes reads it: Python says `True`.
    var watches = query["watch"].map { !["false", "0"].contains($0.lowercased()) } ?? false
    var isOldForm = false
    if rest.first == "watch", rest.count > 1 {
      rest = rest.dropFirst()
      watches = true
      isOldForm = true
    }
    if rest.first == "namespaces", rest.count > 1 {
      let name = rest[rest.startIndex + 1]
      let third = rest.count > 2 ? rest[rest.startIndex + 2] : nil
      // A namespace's own subresources; everything else below it is a resource in it.
      if third != nil, third != "status", third != "finalize" {
        namespace = name
        rest = rest.dropFirst(2)
      } else {
        // A request about the namespace itself counts as in it.
        namespace = name
      }
    }
    resource = rest.popFirst() ?? ""
    name = rest.popFirst() ?? ""
    subresource = rest.popFirst() ?? ""
    tail = Array(rest)
    switch method {
    case .GET, .HEAD:
      verb = name.isEmpty ? (watches ? "watch" : "list") : "get"
      if isOldForm, !name.isEmpty { verb = "watch" }
    case .POST: verb = "create"
    case .PUT: verb = "update"
    case .PATCH: verb = "patch"
    case .DELETE: verb = name.isEmpty ? "deletecollection" : "delete"
    default: break
    }
    // Reading a collection with metadata.name=NAME is a request about that one object (node authorisation needs it).
    // Deleting one is not, as in Kubernetes: a rule for objects of certain names does not allow it.
    if name.isEmpty, let selector = query["fieldSelector"], ["list", "watch"].contains(verb) {
      for term in selector.split(separator: ",") {
        let parts = term.split(separator: "=", maxSplits: 1)
        if parts.count == 2, parts[0] == "metadata.name" {
          name = String(parts[1].drop { $0 == "=" })
          selectedByField = true
        }
      }
    }
  }

  /// Whether `name` comes from a field selector, not from the path.
  var selectedByField = false
}
