/// One resource or subresource of discovery.
package struct ResourceSchema: Sendable, Equatable {
  /// The group-version under whose path it is served.
  package var groupVersion: GroupVersion
  /// `pods`, or `pods/status` for a subresource.
  package var name: String
  /// The kind that it speaks.
  package var kind: GroupVersionKind
  package var isNamespaced: Bool
  /// `create`, `delete`, `deletecollection`, `get`, `list`, `patch`, `update`, `watch`, in alphabetical order.
  package var verbs: [String]
  package var shortNames: [String]
  package var categories: [String]

  package var isSubresource: Bool { name.contains("/") }
  /// `pods` of `pods/status`.
  package var resource: String { String(name.prefix { $0 != "/" }) }
  /// `status` of `pods/status`; nil for a resource.
  package var subresource: String? {
    let parts = name.split(separator: "/", maxSplits: 1)
    return parts.count > 1 ? String(parts[1]) : nil
  }
  /// The kind in lower case; empty for a subresource, as discovery has it.
  package var singularName: String { isSubresource ? "" : kind.kind.lowercased() }
}

/// Discovery's resources, typed.
package struct ResourceTable: Sendable {
  /// All that Kubernetes 1.33 has under the group-versions that Apus knows, whether Apus serves it or not.
  package static let builtIn = ResourceTable(parsing: SchemaTables.resources)

  /// In the order of the table: a group-version's resources stand together.
  package private(set) var resources: [ResourceSchema]

  package init(_ resources: [ResourceSchema]) { self.resources = resources }

  /// Group-versions in the order of the table: the core group first.
  package var groupVersions: [GroupVersion] {
    var seen: [GroupVersion] = []
    for resource in resources where seen.last != resource.groupVersion { seen.append(resource.groupVersion) }
    return seen
  }

  /// The resources and subresources of a group-version.
  package func resources(of groupVersion: GroupVersion) -> [ResourceSchema] {
    resources.filter { $0.groupVersion == groupVersion }
  }

  /// By group-version and name (`pods`, `pods/status`).
  package func resource(_ name: String, in groupVersion: GroupVersion) -> ResourceSchema? {
    resources.first { $0.groupVersion == groupVersion && $0.name == name }
  }

  /// The resource, not a subresource, whose documents are of that kind.
  package func resource(for kind: GroupVersionKind) -> ResourceSchema? {
    resources.first { !$0.isSubresource && $0.kind == kind }
  }

  /// Only those that the closure accepts.
  package func filter(_ isIncluded: (ResourceSchema) -> Bool) -> ResourceTable {
    ResourceTable(resources.filter(isIncluded))
  }

  // MARK: - Parsing

  private init(parsing text: StaticString) {
    var resources: [ResourceSchema] = []
    var groupVersion = GroupVersion(group: "", version: "v1")
    for line in text.description.split(separator: "\n") {
      let words = line.split(separator: " ")
      if line.first != " " {
        guard let parsed = GroupVersion(apiVersion: String(words[0])) else {
          preconditionFailure("resource table: \(line)")
        }
        groupVersion = parsed
        continue
      }
      guard words.count >= 4 else { preconditionFailure("resource table: \(line)") }
      var resource = ResourceSchema(
        groupVersion: groupVersion, name: String(words[0]),
        kind: GroupVersionKind(group: groupVersion.group, version: groupVersion.version, kind: String(words[1])),
        isNamespaced: words[2] == "n", verbs: words[3].compactMap { Self.verbs[$0] }.sorted(), shortNames: [],
        categories: [])
      for word in words.dropFirst(4) {
        let parts = word.split(separator: "=", maxSplits: 1)
        let values = parts[1].split(separator: ",").map(String.init)
        switch parts[0] {
        case "short": resource.shortNames = values
        case "categories": resource.categories = values
        case "as":
          let halves = parts[1].split(separator: "/")
          resource.kind.group = String(halves[0])
          resource.kind.version = String(halves[1])
        default: preconditionFailure("resource table: \(line)")
        }
      }
      resources.append(resource)
    }
    self.resources = resources
  }

  private static let verbs: [Character: String] = [
    "c": "create", "d": "delete", "x": "deletecollection", "g": "get", "l": "list", "p": "patch", "u": "update",
    "w": "watch",
  ]
}
