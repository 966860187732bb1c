/// A resource that this registry serves under one group and version: what discovery tells about it.
package struct ServedResource: Sendable, Hashable {
  /// A part of an object that is addressed by itself: `pods/status`, `deployments/scale`.
  package struct Subresource: Sendable, Hashable {
    /// The last part of the path: `status`.
    package var name: String
    /// The group, version and kind of its documents; group and version differ from the parent's for `scale`
    /// (`autoscaling/v1`).
    package var group: String
    package var version: String
    package var kind: String
    /// `get`, `update`, `patch`, `create`.
    package var verbs: [String]
  }

  /// "" for the core group.
  package var group: String
  package var version: String
  package var kind: String
  package var plural: String
  package var singular: String
  package var namespaced: Bool
  package var shortNames: [String]
  package var categories: [String]
  /// Kubernetes' verbs, in alphabetical order.
  package var verbs: [String]
  package var subresources: [Subresource]

  package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
  package var groupResource: GroupResource { GroupResource(group: group, resource: plural) }
  package var listKind: String { kind == "Endpoints" ? "EndpointsList" : kind + "List" }

  package func subresource(_ name: String) -> Subresource? { subresources.first { $0.name == name } }
}

/// A column of a resource's table, as `kubectl get` shows it.
package struct TableColumn: Sendable, Hashable {
  package var name: String
  /// `string`, `integer`, …
  package var type: String
  /// `name` for the column that names the object, else "".
  package var format: String
  /// 0: always shown; 1: with `-o wide`.
  package var priority: Int

  package init(_ name: String, type: String = "string", format: String = "", priority: Int = 0) {
    self.name = name
    self.type = type
    self.format = format
    self.priority = priority
  }
}
