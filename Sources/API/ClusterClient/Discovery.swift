import JSONDocument
package import KubernetesAPI

/// A resource that the front-ends serve, as discovery tells.
package struct ServedResource: Sendable, Hashable {
  package var description: ResourceDescription
  package var verbs: Set<String>

  package init(description: ResourceDescription, verbs: Set<String>) {
    self.description = description
    self.verbs = verbs
  }
}

extension ClusterClient {
  /// The resources that are served, without subresources: of each group its preferred version.
  package func servedResources() async throws -> [ServedResource] {
    var result = try await resources(of: "/api/v1", group: "", version: "v1")
    let bytes = try await send(ClusterRequest(.get, "/apis"))
    let groups: MetaV1.APIGroupList
    do { groups = try MetaV1.APIGroupList(jsonBytes: bytes) } catch {
      throw ClusterDecodingError(message: "discovery: \(error)")
    }
    for group in groups.groups {
      let version =
        group.preferredVersion.version.isEmpty ? group.versions.first?.version ?? "" : group.preferredVersion.version
      guard !version.isEmpty else { continue }
      result += try await resources(of: "/apis/\(group.name)/\(version)", group: group.name, version: version)
    }
    return result
  }

  private func resources(of path: String, group: String, version: String) async throws -> [ServedResource] {
    let bytes = try await send(ClusterRequest(.get, path))
    let list: MetaV1.APIResourceList
    do { list = try MetaV1.APIResourceList(jsonBytes: bytes) } catch {
      throw ClusterDecodingError(message: "discovery of \(path): \(error)")
    }
    return list.resources.compactMap { resource in
      guard !resource.name.contains("/") else { return nil }
      return ServedResource(
        description: ResourceDescription(
          group: group, version: version, kind: resource.kind, plural: resource.name, namespaced: resource.namespaced),
        verbs: Set(resource.verbs))
    }
  }
}
