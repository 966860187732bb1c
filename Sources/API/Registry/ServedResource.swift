package import APISchema

/// A resource that this registry serves under one group and version: what discovery tells about it. A reference: each is
/// made once, and handed through every step of every request.
package final class ServedResource: Sendable, Hashable {
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
  package let group: String
  package let version: String
  package let kind: String
  package let plural: String
  package let singular: String
  package let namespaced: Bool
  package let shortNames: [String]
  package let categories: [String]
  /// Kubernetes' verbs, in alphabetical order.
  package let verbs: [String]
  package let subresources: [Subresource]
  /// What its objects are stored as, which is another group-version for a second view of them; nil: none are stored.
  package let storedKind: GroupVersionKind?

  /// The row of the schema's table that is called `name`, with its subresources.
  init?(_ name: String, in groupVersion: GroupVersion, of table: ResourceTable, storedKind: GroupVersionKind?) {
    guard let row = table.resource(name, in: groupVersion) else { return nil }
    group = groupVersion.group
    version = groupVersion.version
    kind = row.kind.kind
    plural = name
    singular = row.singularName
    namespaced = row.isNamespaced
    shortNames = row.shortNames
    categories = row.categories
    verbs = row.verbs
    subresources = table.resources(of: groupVersion).filter { $0.resource == name }.compactMap { row in
      row.subresource.map {
        Subresource(
          name: $0, group: row.kind.group, version: row.kind.version, kind: row.kind.kind, verbs: row.verbs)
      }
    }
    self.storedKind = storedKind
  }

  package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
  package var groupVersionKind: GroupVersionKind { GroupVersionKind(group: group, version: version, kind: kind) }
  package var groupResource: GroupResource { GroupResource(group: group, resource: plural) }
  package var listKind: String { kind == "Endpoints" ? "EndpointsList" : kind + "List" }

  /// By their places: no two resources have the same one.
  package static func == (one: ServedResource, other: ServedResource) -> Bool {
    one === other || (one.plural == other.plural && one.group == other.group && one.version == other.version)
  }

  /// Few have the plural of another one.
  package func hash(into hasher: inout Hasher) { hasher.combine(plural) }

  package func subresource(_ name: String) -> Subresource? { subresources.first { $0.name == name } }
}
