package import Access
import JSONDocument
import KubernetesAPI
package import Logging
package import Registry
import Synchronization

/// A front-end's authoriser: the stored roles and bindings, and what belongs to which node, followed in the registry's
/// caches.
///
/// Until the default policy has been stored for the first time (see `PolicyBootstrap`), and where the registry does not
/// serve roles, the default policy holds as it is: a new cluster's components are not turned away. It answers from what
/// the caches have, so that it lags behind a write as far as they do.
package final class ClusterAuthorizer: Authorizer {
  private let roles = Mutex(DefaultPolicy.standard.table)
  private let nodes = Mutex(NodeGraph())
  private let logger: Logger

  package init(logger: Logger) { self.logger = logger }

  package func opinion(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessOpinion {
    judge(user, attributes)
  }

  /// The opinion itself, which waits for nothing.
  package func judge(_ user: UserInfo, _ attributes: AccessAttributes) -> AccessOpinion {
    // The table is taken out (roles change seldom); the graph is asked in place, since a copy that is held while pods
    // change would have to be copied whole.
    AccessPolicy.opinion(user, attributes, roles: currentRoles) { opinion(ofNode: $0, attributes) }
  }

  private func opinion(ofNode node: String, _ attributes: AccessAttributes) -> AccessOpinion {
    if NodeAuthorizer.looksAtReferences(attributes) {
      let unread = nodes.withLock { $0.unreadPods(of: node) }
      // Not under the lock, for which every kubelet's requests and the graph's followers would wait.
      let read = unread.map { $0.reading() }
      if !read.isEmpty { nodes.withLock { $0.take(read) } }
    }
    return nodes.withLock { NodeAuthorizer.opinion(node, attributes, $0) }
  }

  package func authorize(_ user: UserInfo, _ attributes: AccessAttributes) async -> AccessDecision {
    AccessPolicy.decide(user, attributes, roles: currentRoles) { opinion(ofNode: $0, attributes) }
  }

  /// The roles and bindings as they are now.
  package var currentRoles: RoleTable { roles.withLock { $0 } }

  /// What of a write to roles and bindings is to be refused to a user.
  package func roleGuard(for user: UserInfo) -> RoleGuard {
    RoleGuard(table: currentRoles, user: user) { self.judge(user, $0).isAllowed }
  }

  // MARK: Following

  /// Follows the registry until the task is cancelled.
  /// - Parameter synced: called once, when everything that is served has been taken in.
  package func run(_ registry: ResourceRegistry, synced: @escaping @Sendable () -> Void = {}) async {
    let waiting = Mutex(7)
    let one: @Sendable () -> Void = {
      let left = waiting.withLock { waiting in
        waiting -= 1
        return waiting
      }
      if left == 0 { synced() }
    }
    // The first look replaces the default policy as a whole: it gathers here.
    let gathered = GatheredRoles { table in self.roles.withLock { $0 = table } }
    let follower = ObjectFollower(registry: registry, logger: logger)
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        await follower.follow(RbacV1.ClusterRole.self, synced: one) { change in
          gathered.apply(.clusterRole, change, { $0.set($1) }, { $0.removeClusterRole($1.name) })
        }
      }
      group.addTask {
        await follower.follow(RbacV1.Role.self, synced: one) { change in
          gathered.apply(.role, change, { $0.set($1) }, { $0.removeRole($1.name, in: $1.namespace) })
        }
      }
      group.addTask {
        await follower.follow(RbacV1.ClusterRoleBinding.self, synced: one) { change in
          gathered.apply(.clusterRoleBinding, change, { $0.set($1) }, { $0.removeClusterRoleBinding($1.name) })
        }
      }
      group.addTask {
        await follower.follow(RbacV1.RoleBinding.self, synced: one) { change in
          gathered.apply(.roleBinding, change, { $0.set($1) }, { $0.removeRoleBinding($1.name, in: $1.namespace) })
        }
      }
      group.addTask { await self.followPods(follower, registry, synced: one) }
      group.addTask {
        await follower.follow(CoreV1.PersistentVolume.self, synced: one) { change in
          self.nodes.withLock { graph in
            switch change {
            case .set(let volume): graph.set(volume)
            case .removed(let place): graph.removeVolume(place.name)
            case .complete: break
            }
          }
        }
      }
      group.addTask {
        await follower.follow(StorageV1.VolumeAttachment.self, synced: one) { change in
          self.nodes.withLock { graph in
            switch change {
            case .set(let attachment): graph.set(attachment)
            case .removed(let place): graph.removeAttachment(place.name)
            case .complete: break
            }
          }
        }
      }
    }
  }
}

extension ClusterAuthorizer {
  /// Tells the graph of each pod what the cache knows of it anyway; the rest is read when its node is asked about.
  private func followPods(
    _ follower: ObjectFollower, _ registry: ResourceRegistry, synced: @Sendable () -> Void
  ) async {
    let nodeName = registry.field("spec.nodeName", of: CoreV1.Pod.resource)
    await follower.follow(storedAs: CoreV1.Pod.self, synced: synced) { change in
      self.nodes.withLock { graph in
        switch change {
        case .set(let object):
          graph.setPod(
            ObjectPlace(object), uid: object.uid, node: nodeName(object), revision: object.revision
          ) { follower.readReferences(object) }
        case .removed(let place): graph.removePod(place)
        case .complete: break
        }
      }
    }
  }
}

extension ObjectFollower {
  fileprivate func readReferences(_ object: StoredObject) -> CoreV1.Pod? {
    do { return try CoreV1.Pod(referencesIn: object.json) } catch {
      report(error, ObjectPlace(object), in: CoreV1.Pod.resource.plural)
      return nil
    }
  }
}

/// The stored roles and bindings as they are gathered; told on as a whole once all four kinds are complete and the
/// default policy is among them, and then after each change.
private final class GatheredRoles: Sendable {
  enum Kind: Hashable { case clusterRole, role, clusterRoleBinding, roleBinding }

  private struct State {
    var table = RoleTable()
    var complete: Set<Kind> = []
    /// Whether the last object of the default policy has been seen: it is stored in order.
    var hasPolicy = false
  }
  private static let last = DefaultPolicy.standard.roleBindings.last?.metadata
  private let state = Mutex(State())
  private let publish: @Sendable (RoleTable) -> Void

  init(publish: @escaping @Sendable (RoleTable) -> Void) { self.publish = publish }

  func apply<T>(
    _ kind: Kind, _ change: ObjectFollower.Change<T>, _ set: (inout RoleTable, T) -> Void,
    _ remove: (inout RoleTable, ObjectPlace) -> Void
  ) {
    // Told on under the lock, so that an older table never replaces a newer one.
    state.withLock { state in
      switch change {
      case .set(let object):
        set(&state.table, object)
        if let binding = (object as? RbacV1.RoleBinding)?.metadata, binding.name == Self.last?.name,
          binding.namespace == Self.last?.namespace
        {
          state.hasPolicy = true
        }
      case .removed(let place): remove(&state.table, place)
      case .complete: state.complete.insert(kind)
      }
      if state.complete.count == 4, state.hasPolicy { publish(state.table) }
    }
  }
}
