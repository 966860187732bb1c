import Access
import JSONDocument
import KubernetesAPI
import Logging
import Registry

/// Keeps aggregated cluster roles (`admin`, `edit`, `view` and those of users) put together: level-triggered, after
/// each change of a cluster role. Any number of front-ends may do so at once; they come to the same.
struct RoleAggregator: Sendable {
  let registry: ResourceRegistry
  let logger: Logger

  private var resource: ServedResource? {
    registry.resource(group: RoleGuard.group, version: "v1", plural: "clusterroles")
  }

  /// Until the task is cancelled.
  func run() async {
    guard let resource else { return }
    while !Task.isCancelled {
      do {
        // Only that something has changed is of interest, so the state at first is not asked for.
        let watch = try await registry.watch(
          resource, namespace: "", options: WatchOptions(resourceVersion: "0", sendInitialEvents: false))
        defer { watch.cancel() }
        repeat { await settle() } while try await watch.next() != nil
      } catch {
        logger.debug("A watch of cluster roles ended", metadata: ["error": "\(error)"])
      }
      try? await Task.sleep(for: .milliseconds(200))
    }
  }

  /// Brings every aggregated role up to date. A role may be put together from others that are; what follows from a
  /// write is done at its change.
  func settle() async {
    guard let resource else { return }
    do {
      let roles = try await registry.list(resource, namespace: "", options: ListOptions(resourceVersion: "0"))
        .objects.compactMap { try? RbacV1.ClusterRole(jsonBytes: $0.json) }
      for role in roles {
        guard let rules = RoleAggregation.rules(of: role, from: roles) else { continue }
        var changed = role
        changed.rules = rules
        do {
          _ = try await registry.update(
            resource, namespace: "", name: role.metadata.name,
            document: try JSONValue(jsonBytes: changed.jsonBytes),
            options: ClusterBootstrap.writing)
        } catch {
          // Where somebody else has written it, its change comes round.
          guard let error = error as? APIError, [.conflict, .notFound].contains(error.reason) else { throw error }
        }
      }
    } catch {
      logger.debug("Aggregated roles are not up to date", metadata: ["error": "\(error)"])
    }
  }
}
