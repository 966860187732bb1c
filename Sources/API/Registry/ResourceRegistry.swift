package import APISchema
package import JSONDocument
package import KubernetesAPI
import Synchronization

/// Serves every resource by documents, over a `Storage`, with a watch cache before it: the API without HTTP.
///
/// A front-end's HTTP side parses requests and encodes answers; what a request means is decided here: defaults,
/// admission, validation, optimistic concurrency, allocation, grace periods and finalizers. Any number of registries
/// may stand over one storage.
///
/// `run()` fills the caches. Until `isReady`, requests fail with 503.
///
/// Namespaces: pass "" for resources of the cluster's scope, and to list or watch all namespaces.
package final class ResourceRegistry: Sendable {
  package let configuration: RegistryConfiguration
  /// What is served, in discovery's order.
  package let resources: [ServedResource]

  let cache: WatchCache
  let store: ObjectStore
  let environment: RegistryEnvironment
  let kinds: [ServedResource: ServedKind]
  private let byPlace: [Place: ServedResource]

  /// Under which path a resource is served.
  private struct Place: Hashable {
    var group: String
    var version: String
    var plural: String
  }

  /// - Throws: `badRequest` when the configuration makes no sense (the service CIDR).
  package init(
    storage: any Storage, configuration: RegistryConfiguration = RegistryConfiguration(),
    environment: RegistryEnvironment
  ) throws(APIError) {
    self.configuration = configuration
    self.environment = environment
    let holder = AllocationsHolder()
    let allocator = try ServiceAllocator(
      configuration: configuration, isTaken: { holder.contains($0) }, random: environment.random)
    var kinds: [ServedResource: ServedKind] = [:]
    var resources: [ServedResource] = []
    var caches: [ResourceCache] = []
    for rules in Self.rules(allocator, configuration, environment) {
      let kind = Self.kind(rules, configuration, environment)
      caches.append(kind.cache)
      for resource in Self.resources(of: kind.rules) {
        kinds[resource] = ServedKind(
          rules: kind.rules, cache: kind.cache, records: FieldRecords(of: resource, view: Self.view(of: resource)))
        resources.append(resource)
      }
    }
    self.kinds = kinds
    self.resources = resources
    byPlace = Dictionary(
      uniqueKeysWithValues: resources.map {
        (Place(group: $0.group, version: $0.version, plural: $0.plural), $0)
      })
    cache = WatchCache(
      storage: storage, prefix: configuration.prefix, caches: caches,
      allocationPrefix: ServiceAllocator.prefix(configuration),
      bookmarkInterval: .seconds(configuration.bookmarkInterval), environment: environment)
    holder.set(cache.allocations)
    store = ObjectStore(
      storage: storage, cache: cache, environment: environment,
      leases: LeasePool(storage: storage, now: environment.now),
      admission: AdmissionChain(
        CachedFacts(Array(kinds.values), random: environment.random),
        quotas: kinds.values.first { $0.rules is ResourceQuotaKind }.map { QuotaBook(cache: $0.cache) },
        mountsTokens: configuration.mountsServiceAccountTokens, without: configuration.disabledAdmissionPlugins))
  }

  /// All kinds; a new one is added here.
  private static func rules(
    _ allocator: ServiceAllocator, _ configuration: RegistryConfiguration, _ environment: RegistryEnvironment
  ) -> [any KindRules] {
    [
      NamespaceKind(), NodeKind(), PodKind(), ServiceKind(allocator: allocator), EndpointsKind(), ConfigMapKind(),
      SecretKind(), ServiceAccountKind(), EventKind(lifetime: configuration.eventLifetime), DeploymentKind(),
      ReplicaSetKind(), LeaseKind(), EndpointSliceKind(),
      IngressKind(), IngressClassKind(), NetworkPolicyKind(), IPAddressKind(), ServiceCIDRKind(),
      StorageClassKind(), VolumeAttachmentKind(), CSIDriverKind(), CSINodeKind(), CSIStorageCapacityKind(),
      RoleKind(), ClusterRoleKind(), RoleBindingKind(), ClusterRoleBindingKind(),
      CertificateSigningRequestKind(
        now: { Int64(environment.now()) }, checkSignature: environment.problemWithCertificateRequest),
      PriorityClassKind(), RuntimeClassKind(),
      ReplicationControllerKind(), PodTemplateKind(), LimitRangeKind(), ResourceQuotaKind(),
      PersistentVolumeKind(now: { Int64(environment.now()) }), PersistentVolumeClaimKind(), StatefulSetKind(),
      DaemonSetKind(), ControllerRevisionKind(), JobKind(), CronJobKind(), HorizontalPodAutoscalerKind(),
      PodDisruptionBudgetKind(), ComponentStatusKind(),
    ]
  }

  private static func kind<R: KindRules>(
    _ rules: R, _ configuration: RegistryConfiguration, _ environment: RegistryEnvironment
  ) -> (rules: any KindRules, cache: ResourceCache) {
    let cache = ResourceCache(
      keyPrefix: configuration.prefix + rules.storagePath + "/", apiVersion: R.Object.apiVersion,
      kind: R.Object.kind, selectable: rules.selectableFields, historyLength: configuration.historyLength,
      log: environment.log)
    return (rules, cache)
  }

  /// The resources under which a kind is served: its own, and for events those of `events.k8s.io`.
  private static func resources(of rules: any KindRules) -> [ServedResource] {
    func own<R: KindRules>(_ rules: R) -> (GroupVersion, String) {
      let description = R.Object.resource
      return (GroupVersion(group: description.group, version: description.version), description.plural)
    }
    let (groupVersion, plural) = own(rules)
    let kind = kindName(rules)
    let stored: GroupVersionKind? =
      rules is ComponentStatusKind
      ? nil : GroupVersionKind(group: groupVersion.group, version: groupVersion.version, kind: kind)
    return
      ([groupVersion]
      + views.filter { $0.stored.kind == kind }.map { view in
        GroupVersion(group: view.shown.group, version: view.shown.version)
      }).compactMap { ServedResource(plural, in: $0, of: .served, storedKind: stored) }
  }

  private static func kindName<R: KindRules>(_ rules: R) -> String { R.Object.kind }

  /// The kinds that are served under a second group-version.
  private static let views = [
    ObjectView(
      stored: GroupVersionKind(group: "", version: "v1", kind: "Event"),
      shown: GroupVersionKind(group: "events.k8s.io", version: "v1", kind: "Event")),
    ObjectView(
      stored: GroupVersionKind(group: "autoscaling", version: "v2", kind: "HorizontalPodAutoscaler"),
      shown: GroupVersionKind(group: "autoscaling", version: "v1", kind: "HorizontalPodAutoscaler")),
  ]

  // MARK: Life

  /// Fills the caches and keeps them current until the task is cancelled. To be called once.
  package func run() async { await cache.run() }

  /// Whether the caches have been filled, and are not just being filled anew.
  package var isReady: Bool { cache.isReady }

  /// Returns once `isReady`; throws when the task is cancelled first.
  package func waitUntilReady() async throws(CancellationError) {
    while !isReady {
      do { try await Task.sleep(for: .milliseconds(5)) } catch { throw CancellationError() }
    }
  }

  /// The revision that the caches show; for metrics.
  package var cachedRevision: Int64 { cache.gate.revision }

  /// How many reads wait to ask the store for its revision; for metrics.
  package var waitingReads: Int { cache.barrier.waiting }

  /// How many objects of a resource there are in the cache; for metrics.
  package func cachedCount(of resource: ServedResource) -> Int { kinds[resource]?.cache.count ?? 0 }

  /// How to read a field that selectors may name (`spec.nodeName`) from a resource's objects, without reading their JSON.
  /// Where the resource is not served it is "" for every object.
  /// - Precondition: the kind has such a selectable field.
  package func field(_ name: String, of resource: ResourceDescription) -> @Sendable (StoredObject) -> String {
    guard
      let served = self.resource(group: resource.group, version: resource.version, plural: resource.plural),
      let fields = kinds[served]?.rules.selectableFields
    else { return { _ in "" } }
    guard let position = fields.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("\(resource.plural) have no selectable field \(name)")
    }
    return { $0.summary.fields[position] }
  }

  // MARK: What is served

  /// The resource at `/api/v1/PLURAL` (group "") or `/apis/GROUP/VERSION/PLURAL`; nil if it is not served.
  package func resource(group: String, version: String, plural: String) -> ServedResource? {
    byPlace[Place(group: group, version: version, plural: plural)]
  }

  /// Resolves a request's place. Every request comes through here.
  func target(_ resource: ServedResource, _ namespace: String, _ name: String) throws(APIError) -> Target {
    guard isReady else {
      throw .serviceUnavailable("the server has not filled its cache yet")
    }
    guard let kind = kinds[resource] else { throw .noSuchPath() }
    if !resource.namespaced, !namespace.isEmpty { throw .noSuchPath() }
    try Self.check(namespace)
    try Self.check(name)
    return Target(kind: kind, resource: resource, namespace: namespace, name: name)
  }

  private static func check(_ text: String) throws(APIError) {
    if let problem = NameRules.pathSegment(text).first {
      throw .badRequest("invalid name \(FieldError.quoted(text)): \(problem)")
    }
  }

  /// The same for one named object.
  func namedTarget(
    _ resource: ServedResource, _ namespace: String, _ name: String
  ) throws(APIError) -> Target {
    let target = try target(resource, namespace, name)
    if name.isEmpty { throw .badRequest("name is required") }
    if resource.namespaced, namespace.isEmpty { throw .badRequest("namespace is required") }
    return target
  }

  // MARK: Tables

  /// - Parameter subresource: "" for the whole object.
  package func tableColumns(of resource: ServedResource, subresource: String = "") -> [TableColumn] {
    if subresource == "scale" { return Self.scaleColumns }
    return TableColumns.builtIn.columns(
      of: resource.plural, in: GroupVersion(group: resource.group, version: resource.version))
  }

  /// The cells of an object's row, one for each column. Ages are counted to now.
  /// - Parameters:
  ///   - object: in the form of the subresource.
  ///   - subresource: "" for the whole object.
  package func tableCells(
    of object: StoredObject, in resource: ServedResource, subresource: String = ""
  ) -> [JSONValue] {
    guard let kind = kinds[resource] else { return [] }
    let now = Int64(environment.now())
    if subresource == "scale" { return Self.scaleCells(object, now: now) }
    var document = object.json
    if let view = view(of: resource), let parsed = try? JSONValue(jsonBytes: object.json) {
      document = view.toStored(parsed).jsonBytes
    }
    func cells<R: KindRules>(_ rules: R) -> [JSONValue]? {
      (try? R.Object(jsonBytes: document)).map { rules.cells($0, now: now) }
    }
    return cells(kind.rules) ?? [.string(object.name)]
  }

  /// How documents of this resource differ from what is stored; nil: not at all.
  func view(of resource: ServedResource) -> ObjectView? { Self.view(of: resource) }

  static func view(of resource: ServedResource) -> ObjectView? {
    views.first {
      $0.shown.kind == resource.kind && $0.shown.group == resource.group && $0.shown.version == resource.version
    }
  }
}

/// Hands the cache's set of allocations to the allocator, which has to exist before the cache does.
private final class AllocationsHolder: Sendable {
  private let keys = Mutex<KeySet?>(nil)
  func set(_ set: KeySet) { keys.withLock { $0 = set } }
  func contains(_ key: String) -> Bool { keys.withLock { $0 }?.contains(key) ?? false }
}
