package import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging
import PodRules
import Synchronization

/// Keeps quotas' statuses: what is allowed, as the specification says, and what is used, summed up anew.
///
/// Front-ends charge what they let in, in the transaction that writes it; this controller gives back what has gone, and
/// counts what was there before the quota. It never takes a charge away that it has not seen: it reads the quota first
/// and the objects after it, both as the quorum has them, and writes only if the quota has not changed since. What a
/// front-end lets in between changes the quota.
package final class QuotaController: LeaderTask, Reconciler {
  package let name = "resourcequota"

  /// What is not told by events is seen after this time.
  private static let resync: Duration = .seconds(300)
  /// Of many that go at once the first waits for the others.
  private static let gathering: Duration = .milliseconds(200)

  private let client: ClusterClient
  private let informers: SharedInformers
  private let quotas: Informer<CoreV1.ResourceQuota>
  private let queue = WorkQueue<ObjectKey>()
  private let logger: Logger
  private let workers: Int
  /// The kinds whose changes are followed, by resource and group.
  private let followed = Mutex<[String: ResourceDescription]>([:])

  package init(_ context: ControllerContext, workers: Int = 4) {
    client = context.client
    informers = context.informers
    logger = context.logger
    self.workers = workers
    quotas = context.informers.informer()
    let queue = queue
    quotas.addHandler { change in
      switch change {
      case .added(let quota): queue.add(quota.key)
      case .updated(_, let quota):
        if quota.status.hard != quota.spec.hard || Set(quota.status.used.keys) != Set(quota.spec.hard.keys) {
          queue.add(quota.key)
        }
      case .deleted: break
      }
    }
    let pods: Informer<CoreV1.Pod> = context.informers.informer()
    pods.addHandler { [weak self] change in
      switch change {
      case .deleted(let pod): self?.replenish(pod.metadata.namespace)
      case .updated(let old, let new):
        if old.isFinished != new.isFinished || Self.amounts(old) != Self.amounts(new) {
          self?.replenish(new.metadata.namespace)
        }
      case .added: break
      }
    }
    let services: Informer<CoreV1.Service> = context.informers.informer()
    services.addHandler { [weak self] change in
      switch change {
      case .deleted(let service): self?.replenish(service.metadata.namespace)
      case .updated(let old, let new):
        if QuotaUsage.usage(of: old) != QuotaUsage.usage(of: new) { self?.replenish(new.metadata.namespace) }
      case .added: break
      }
    }
    let claims: Informer<CoreV1.PersistentVolumeClaim> = context.informers.informer()
    claims.addHandler { [weak self] change in
      switch change {
      case .deleted(let claim): self?.replenish(claim.metadata.namespace)
      case .updated(let old, let new):
        if QuotaUsage.usage(of: old) != QuotaUsage.usage(of: new) { self?.replenish(new.metadata.namespace) }
      case .added: break
      }
    }
  }

  private static func amounts(_ pod: CoreV1.Pod) -> [CoreV1.ResourceRequirements] {
    (pod.spec.initContainers + pod.spec.containers).map(\.resources)
  }

  /// Something has gone, or needs something else: the namespace's quotas are counted anew.
  private func replenish(_ namespace: String) {
    for quota in quotas.list(namespace: namespace) { queue.add(quota.key, after: Self.gathering) }
  }

  // MARK: Running

  package func run() async throws {
    defer { queue.shutDown() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [self] in
        try await Controller(self, queue: queue, workers: workers, logger: logger).run()
      }
      group.addTask { [self] in
        while true {
          do { try await followServedKinds() } catch {
            try Task.checkCancellation()
            logger.warning("served kinds not known", metadata: ["error": "\(error)"])
          }
          try await Task.sleep(for: .seconds(30))
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func followServedKinds() async throws {
    for served in try await client.servedResources() {
      let resource = served.description
      let name = resource.group.isEmpty ? resource.plural : "\(resource.plural).\(resource.group)"
      guard resource.namespaced, served.verbs.isSuperset(of: ["list", "watch", "create"]),
        !QuotaUsage.ignored.contains(name), followed.withLock({ $0.updateValue(resource, forKey: name) == nil })
      else { continue }
      if resource.group.isEmpty, ["pods", "services", "persistentvolumeclaims"].contains(resource.plural) { continue }
      informers.metadata(of: resource).addMetadataHandler { [weak self] change in
        if case .deleted(let object) = change { self?.replenish(object.metadata.namespace) }
      }
    }
  }

  // MARK: Counting

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    // Nothing is counted as none before it is known what there can be.
    guard followed.withLock({ !$0.isEmpty }) else { return .again(after: Self.gathering) }
    // By a list, which is what controllers may do with everything.
    let found = try await client.list(
      CoreV1.ResourceQuota.self, namespace: key.namespace,
      options: ListSelection(fieldSelector: "metadata.name=\(key.name)"))
    guard var quota = found.items.first, quota.metadata.deletionTimestamp == nil else { return .done }
    let hard = quota.spec.hard
    var used = quota.status.used.only(hard.keys)
    used.merge(try await count(quota)) { $1 }
    let status = CoreV1.ResourceQuotaStatus(hard: hard, used: used)
    guard status != quota.status else { return .again(after: Self.resync) }
    quota.status = status
    _ = try await client.updateStatus(quota)
    return .again(after: Self.resync)
  }

  /// What is used of the resources that this cluster can count.
  private func count(_ quota: CoreV1.ResourceQuota) async throws -> [String: Quantity] {
    let hard = quota.spec.hard
    let now = Time.now().secondsSinceEpoch
    var sum: [String: Quantity] = [:]
    for resource in followed.withLock({ Array($0.values) }) {
      let counted = QuotaUsage.resources(group: resource.group, plural: resource.plural, among: hard.keys)
      guard !counted.isEmpty else { continue }
      var usage = Dictionary(uniqueKeysWithValues: counted.map { ($0, Quantity()) })
      let one: [[String: Quantity]]
      switch (resource.group, resource.plural) {
      case ("", "pods"): one = try await usages(CoreV1.Pod.self, quota, now)
      case ("", "services"): one = try await usages(CoreV1.Service.self, quota, now)
      case ("", "persistentvolumeclaims"): one = try await usages(CoreV1.PersistentVolumeClaim.self, quota, now)
      default:
        // Scopes are about pods and claims: a quota that has some counts nothing else.
        guard QuotaScopes.requirements(quota.spec).isEmpty else {
          one = []
          break
        }
        let objects = try await client.list(ObjectCodec.metadata(of: resource), namespace: quota.metadata.namespace)
        let each = QuotaUsage.usage(ofOne: resource.plural, group: resource.group)
        one = Array(repeating: each, count: objects.items.count)
      }
      for amounts in one { usage = usage.adding(amounts.only(counted)) }
      sum = sum.adding(usage)
    }
    return sum
  }

  private func usages<T: KubernetesObject>(
    _ type: T.Type, _ quota: CoreV1.ResourceQuota, _ now: Int64
  ) async throws -> [[String: Quantity]] {
    try await client.list(type, namespace: quota.metadata.namespace).items
      .filter { QuotaScopes.match(quota.spec, $0) }.map { QuotaUsage.usage(of: $0, now: now) }
  }
}
