import APISchema
import Registry

/// A resource as discovery shows it: one of the registry's, or one that the front-end answers by itself.
struct DiscoveredResource: Sendable {
  var group: String
  var version: String
  var kind: String
  var plural: String
  var singular: String
  var namespaced: Bool
  var shortNames: [String] = []
  var categories: [String] = []
  var verbs: [String]
  var subresources: [ServedResource.Subresource] = []
  /// What its objects are stored as; nil: none are stored.
  var storedKind: GroupVersionKind?

  var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }
}

extension DiscoveredResource {
  init(_ resource: ServedResource) {
    self.init(
      group: resource.group, version: resource.version, kind: resource.kind, plural: resource.plural,
      singular: resource.singular, namespaced: resource.namespaced, shortNames: resource.shortNames,
      categories: resource.categories, verbs: resource.verbs, subresources: resource.subresources,
      storedKind: resource.storedKind)
  }
}
