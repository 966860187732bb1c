import ClusterClient
package import ControllerKit
import JSONDocument
import KubernetesAPI
import Logging
import Synchronization

/// Deletes what all owners of have gone, and carries deletion through to dependants: in the background, in the
/// foreground (an owner stays until its dependants are gone), or by orphaning them.
///
/// Level-triggered over every served kind: a graph of who owns whom is kept from caches of their metadata. The graph
/// only suggests; an owner counts as absent when the API itself says so, and what is deleted must still be what was
/// looked at.
package final class GarbageCollector: LeaderTask {
  /// Events come and go by themselves, and have no owners.
  static let ignored: Set<String> = ["events"]

  private let client: ClusterClient
  private let informers: SharedInformers
  private let logger: Logger
  private let queue = WorkQueue<ObjectKey>()
  private let graph = Mutex(OwnershipGraph())
  private let followed = Mutex<[String: ResourceDescription]>([:])

  package init(_ context: ControllerContext) {
    client = context.client
    informers = context.informers
    var logger = context.logger
    logger[metadataKey: "controller"] = "garbage-collector"
    self.logger = logger
  }

  package func run() async throws {
    defer { queue.shutDown() }
    let reconciler = Collection(collector: self)
    var begun = false
    try await withThrowingTaskGroup(of: Void.self) { group in
      while true {
        do {
          try await followServedKinds()
          if !begun {
            group.addTask { [self] in try await Controller(reconciler, queue: queue, workers: 8, logger: logger).run() }
            begun = true
          }
        } catch {
          try Task.checkCancellation()
          logger.warning("served kinds not known", metadata: ["error": "\(error)"])
        }
        // Kinds may come while we run.
        try await Task.sleep(for: begun ? .seconds(30) : .seconds(1))
      }
    }
  }

  private func followServedKinds() async throws {
    var sources: [any AnyInformer] = []
    for served in try await client.servedResources() {
      let resource = served.description
      guard served.verbs.isSuperset(of: ["list", "watch", "delete"]), !Self.ignored.contains(resource.plural) else {
        continue
      }
      let isNew = followed.withLock { $0.updateValue(resource, forKey: "\(resource.group)/\(resource.kind)") == nil }
      guard isNew else { continue }
      let source = informers.metadata(of: resource)
      source.addMetadataHandler { [self] change in
        let look = graph.withLock { graph in
          switch change {
          case .added(let object):
            return graph.upsert(.init(resource: resource, metadata: object.metadata))
          case .updated(let old, let new):
            // One name, another object: the old one's end was not seen.
            let ended = old.metadata.uid != new.metadata.uid ? graph.remove(old.metadata.uid) : []
            return ended.union(graph.upsert(.init(resource: resource, metadata: new.metadata)))
          case .deleted(let object):
            return graph.remove(object.metadata.uid)
          }
        }
        for uid in look { queue.add(ObjectKey(name: uid)) }
      }
      sources.append(source)
    }
    for source in sources { try await source.waitForSync() }
  }

  /// The collector's reconciler: its keys are uids.
  private struct Collection: Reconciler {
    let collector: GarbageCollector
    var name: String { "garbage-collector" }

    func reconcile(_ key: ObjectKey) async throws -> ReconcileResult { try await collector.collect(uid: key.name) }
  }

  private func collect(uid: String) async throws -> ReconcileResult {
    guard let entry = graph.withLock({ $0[uid] }) else { return .done }
    if entry.orphansDependants { return try await orphan(entry) }
    if entry.awaitsDependants { return try await awaitDependants(entry) }
    if entry.metadata.deletionTimestamp != nil || entry.metadata.ownerReferences.isEmpty { return .done }

    var owners: [String: OwnerState] = [:]
    for reference in entry.metadata.ownerReferences {
      guard let state = try await state(of: reference, namespace: entry.metadata.namespace) else {
        // Its kind is not served (yet): who knows.
        return .again(after: .seconds(30))
      }
      owners[reference.uid] = state
    }
    let hasDependants = graph.withLock { !$0.dependants(of: uid).isEmpty }
    switch CollectionDecision(entry.metadata, owners: owners, hasDependants: hasDependants) {
    case .keep: break
    case .unlink(let uids): try await unlink(entry, from: uids)
    case .delete(let policy):
      var options = MetaV1.DeleteOptions()
      options.propagationPolicy = policy
      options.preconditions = MetaV1.Preconditions(uid: uid, resourceVersion: entry.metadata.resourceVersion)
      do {
        try await client.delete(
          entry.resource, name: entry.metadata.name, namespace: entry.metadata.namespace, options: options)
        logger.debug("deleted", metadata: ["kind": "\(entry.resource.kind)", "name": "\(ObjectKey(entry.metadata))"])
      } catch  where error.isNotFound {}
    }
    return .done
  }

  /// `nil`: the owner's kind is not served. An owner outside the object's namespace counts as absent.
  private func state(of reference: MetaV1.OwnerReference, namespace: String) async throws -> OwnerState? {
    if let known = graph.withLock({ $0[reference.uid] }) { return known.awaitsDependants ? .awaitsDependants : .exists }
    let group =
      reference.apiVersion.split(separator: "/").count == 2
      ? String(reference.apiVersion.split(separator: "/")[0]) : ""
    guard let resource = followed.withLock({ $0["\(group)/\(reference.kind)"] }) else { return nil }
    let metadata = try await client.findMetadata(
      resource, name: reference.name, namespace: resource.namespaced ? namespace : nil)
    guard let metadata, metadata.uid == reference.uid else { return .absent }
    return OwnershipGraph.Entry(resource: resource, metadata: metadata).awaitsDependants ? .awaitsDependants : .exists
  }

  private func awaitDependants(_ entry: OwnershipGraph.Entry) async throws -> ReconcileResult {
    let uid = entry.metadata.uid
    let dependants = graph.withLock { $0.dependants(of: uid) }
    let blocking = dependants.filter { dependant in
      dependant.metadata.ownerReferences.contains { $0.uid == uid && $0.blockOwnerDeletion == true }
    }
    if blocking.isEmpty {
      try await dropFinalizer(OwnershipGraph.foregroundFinalizer, from: entry)
    } else {
      for dependant in dependants where dependant.metadata.deletionTimestamp == nil {
        queue.add(ObjectKey(name: dependant.metadata.uid))
      }
    }
    return .done
  }

  private func orphan(_ entry: OwnershipGraph.Entry) async throws -> ReconcileResult {
    for dependant in graph.withLock({ $0.dependants(of: entry.metadata.uid) }) {
      try await unlink(dependant, from: [entry.metadata.uid])
    }
    try await dropFinalizer(OwnershipGraph.orphanFinalizer, from: entry)
    return .done
  }

  private func unlink(_ entry: OwnershipGraph.Entry, from uids: Set<String>) async throws {
    let kept = entry.metadata.ownerReferences.filter { !uids.contains($0.uid) }
    try await patch(entry, ["ownerReferences": .array(kept.map(\.json))])
  }

  private func dropFinalizer(_ finalizer: String, from entry: OwnershipGraph.Entry) async throws {
    let kept = entry.metadata.finalizers.filter { $0 != finalizer }
    try await patch(entry, ["finalizers": .array(kept.map { .string($0) })])
  }

  /// Merges fields into an object's metadata, if it still is what the graph shows.
  private func patch(_ entry: OwnershipGraph.Entry, _ fields: JSONObject) async throws {
    var metadata = fields
    metadata["uid"] = .string(entry.metadata.uid)
    metadata["resourceVersion"] = .string(entry.metadata.resourceVersion)
    let document = JSONValue.object(["metadata": .object(metadata)])
    do {
      try await client.patch(
        entry.resource, name: entry.metadata.name, namespace: entry.metadata.namespace,
        patch: .merge(document.jsonBytes))
    } catch  where error.isNotFound {}
  }
}
