import Access
import JSONDocument
import Registry
import SeededNumbers
import StorageStandIn
import Synchronization
import Testing

/// Registries over one in-memory storage, and the short forms of requests that tests are made of.
final class Harness: Sendable {
  let storage: InMemoryStorage
  let registry: ResourceRegistry
  private let clock: ManualClock

  /// Runs `body` with a registry that is filled, and stops it afterwards.
  static func run(
    storage: InMemoryStorage = InMemoryStorage(), seed: UInt64 = 1,
    configure: (inout RegistryConfiguration) -> Void = { _ in },
    adapt: (inout RegistryEnvironment) -> Void = { _ in },
    _ body: @escaping @Sendable (Harness) async throws -> Void
  ) async throws {
    var configuration = RegistryConfiguration()
    // Longer than a busy machine stands still.
    configuration.freshnessTimeout = 60
    configure(&configuration)
    let harness = try Harness(storage: storage, seed: seed, configuration, adapt)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await harness.registry.run() }
      try await harness.registry.waitUntilReady()
      try await harness.makeNamespaces()
      do {
        try await body(harness)
      } catch {
        group.cancelAll()
        throw error
      }
      group.cancelAll()
    }
  }

  private init(
    storage: InMemoryStorage, seed: UInt64, _ configuration: RegistryConfiguration,
    _ adapt: (inout RegistryEnvironment) -> Void
  ) throws {
    self.storage = storage
    let generator = Mutex(SeededGenerator(seed: seed))
    let clock = ManualClock(1_700_000_000)
    var environment = RegistryEnvironment(
      now: { clock.now }, random: { generator.withLock { $0.next() } }, log: { _, _, _ in })
    adapt(&environment)
    registry = try ResourceRegistry(storage: storage, configuration: configuration, environment: environment)
    self.clock = clock
  }

  /// Moves the time on.
  func advance(_ seconds: Double) { clock.advance(seconds) }

  private func makeNamespaces() async throws {
    for name in ["default", "kube-node-lease"] {
      do {
        try await create("namespaces", ["metadata": ["name": .string(name)]])
      } catch let error as APIError where error.reason == .alreadyExists {}
      // As the controller makes it; without a token in each pod, which few tests are about.
      do {
        try await create(
          "serviceaccounts", ["metadata": ["name": "default"], "automountServiceAccountToken": false], in: name)
      } catch let error as APIError where error.reason == .alreadyExists {}
    }
  }

  subscript(plural: String) -> ServedResource {
    let groups = [
      "deployments": "apps", "replicasets": "apps", "leases": "coordination.k8s.io",
      "endpointslices": "discovery.k8s.io",
    ]
    guard let found = registry.resource(group: groups[plural] ?? "", version: "v1", plural: plural) else {
      preconditionFailure("\(plural) is not served")
    }
    return found
  }

  static let admin = WriteOptions(user: UserInfo(name: "admin", groups: [UserInfo.mastersGroup]))

  @discardableResult
  func create(_ plural: String, _ document: JSONValue, in namespace: String = "default") async throws -> JSONValue {
    let resource = self[plural]
    let result = try await registry.create(
      resource, namespace: resource.namespaced ? namespace : "", document: document, options: Self.admin)
    return try JSONValue(jsonBytes: result.object.json)
  }

  func get(_ plural: String, _ name: String, in namespace: String = "default") async throws -> JSONValue {
    let resource = self[plural]
    let object = try await registry.get(resource, namespace: resource.namespaced ? namespace : "", name: name)
    return try JSONValue(jsonBytes: object.json)
  }

  @discardableResult
  func update(_ plural: String, _ document: JSONValue, in namespace: String = "default") async throws -> JSONValue {
    let resource = self[plural]
    let result = try await registry.update(
      resource, namespace: resource.namespaced ? namespace : "",
      name: document[path: "metadata", "name"]?.stringValue ?? "", document: document, options: Self.admin)
    return try JSONValue(jsonBytes: result.object.json)
  }

  func updateStatus(_ plural: String, _ document: JSONValue, in namespace: String = "default") async throws {
    let resource = self[plural]
    _ = try await registry.updateSubresource(
      "status", of: resource, namespace: resource.namespaced ? namespace : "",
      name: document[path: "metadata", "name"]?.stringValue ?? "", document: document, options: Self.admin)
  }

  @discardableResult
  func delete(
    _ plural: String, _ name: String, in namespace: String = "default", _ options: DeleteOptions = DeleteOptions()
  ) async throws -> DeleteResult {
    let resource = self[plural]
    return try await registry.delete(
      resource, namespace: resource.namespaced ? namespace : "", name: name, options: options)
  }

  func list(_ plural: String, _ options: ListOptions = ListOptions(), in namespace: String = "default") async throws
    -> ListResult
  {
    let resource = self[plural]
    return try await registry.list(resource, namespace: resource.namespaced ? namespace : "", options: options)
  }

  /// The error of a request that must fail.
  func failure(_ request: () async throws -> Void) async -> APIError? {
    do {
      try await request()
      return nil
    } catch {
      return error as? APIError
    }
  }
}

/// A clock that tests move by hand.
private final class ManualClock: Sendable {
  private let time: Mutex<Double>
  init(_ start: Double) { time = Mutex(start) }
  var now: Double { time.withLock { $0 } }
  func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
}

/// Documents that tests start from.
enum Sample {
  static func pod(_ name: String, labels: JSONValue = [:], node: String = "") -> JSONValue {
    var pod: JSONValue = [
      "apiVersion": "v1", "kind": "Pod", "metadata": ["name": .string(name), "labels": labels],
      "spec": ["containers": [["name": "web", "image": "registry.local/web:1"]]],
    ]
    if !node.isEmpty { pod["spec"]?["nodeName"] = .string(node) }
    return pod
  }

  static func service(_ name: String, type: String = "ClusterIP", ports: [Int64] = [80]) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Service", "metadata": ["name": .string(name)],
      "spec": [
        "type": .string(type), "selector": ["app": "web"],
        "ports": .array(ports.map { ["name": .string("p\($0)"), "port": .int($0)] }),
      ],
    ]
  }

  static func configMap(_ name: String, data: JSONValue = [:], labels: JSONValue = [:]) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name), "labels": labels], "data": data,
    ]
  }

  static func deployment(_ name: String) -> JSONValue {
    [
      "apiVersion": "apps/v1", "kind": "Deployment", "metadata": ["name": .string(name)],
      "spec": [
        "replicas": 3, "selector": ["matchLabels": ["app": "web"]],
        "template": [
          "metadata": ["labels": ["app": "web"]],
          "spec": ["containers": [["name": "web", "image": "registry.local/web:1"]]],
        ],
      ],
    ]
  }
}
