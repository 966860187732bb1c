import JSONDocument
import Logging
import Registry

/// Keeps this front-end in the list of those that live, and the `kubernetes` Service's endpoints at that list.
///
/// Each front-end keeps a key `/registry/masterleases/ADDRESS` that hangs on a lease; one that dies stops renewing and
/// its key goes away. Every front-end then brings the Endpoints and the EndpointSlice to what is there. A front-end on
/// a loopback address, as a cluster on one machine may have it, is in neither: such an address cannot be an endpoint.
struct FrontEndPresence: Sendable {
  let storage: any Storage
  let registry: ResourceRegistry
  let prefix: String
  /// This front-end's address; also its key.
  let address: String
  let port: Int
  let logger: Logger

  /// How long a front-end that says nothing still counts as alive.
  static let leaseSeconds: Int64 = 10
  static let interval = Duration.seconds(3)

  private var leases: String { "\(prefix)masterleases/" }

  /// Renews and reconciles until the task is cancelled; then takes this front-end off the list.
  func run() async {
    if let problem = ResourceRegistry.problem(ofEndpointAddress: address) {
      logger.notice(
        "The kubernetes Service gets no endpoint of this front-end", metadata: ["reason": "\(address) \(problem)"])
      return
    }
    while !Task.isCancelled {
      do {
        try await renew()
        try await reconcile()
      } catch {
        logger.warning("Keeping the kubernetes endpoints current failed", metadata: ["error": "\(error)"])
      }
      do { try await Task.sleep(for: Self.interval) } catch { break }
    }
    // The task is cancelled: the farewell needs one that is not.
    await Task { [self] in await leave() }.value
  }

  func renew() async throws {
    let lease = try await storage.grantLease(seconds: Self.leaseSeconds)
    let document: JSONValue = [
      "kind": "Endpoints", "apiVersion": "v1", "metadata": ["name": .string(address)],
      "subsets": [["addresses": [["ip": .string(address)]]]],
    ]
    _ = try await storage.txn(
      StorageTransaction(
        compares: [], then: [.put(key: leases + address, value: document.jsonBytes, lease: lease)], otherwise: []))
  }

  private func leave() async {
    _ = try? await storage.txn(
      StorageTransaction(compares: [], then: [.delete(key: leases + address)], otherwise: []))
    try? await reconcile()
  }

  /// Brings Endpoints and EndpointSlice to the front-ends that live.
  func reconcile() async throws {
    let living = try await storage.range(.prefix(leases)).keyValues.map { String($0.key.dropFirst(leases.count)) }
      .sorted()
    guard !living.isEmpty else { return }
    let addresses = JSONValue.array(living.map { ["ip": .string($0)] })
    try await write(
      group: "", plural: "endpoints",
      [
        "apiVersion": "v1", "kind": "Endpoints",
        "metadata": [
          "name": "kubernetes", "namespace": "default",
          "labels": ["endpointslice.kubernetes.io/skip-mirror": "true"],
        ],
        "subsets": [
          ["addresses": addresses, "ports": [["name": "https", "port": .int(Int64(port)), "protocol": "TCP"]]]
        ],
      ], member: "subsets")
    try await write(
      group: "discovery.k8s.io", plural: "endpointslices",
      [
        "apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
        "metadata": [
          "name": "kubernetes", "namespace": "default",
          "labels": ["kubernetes.io/service-name": "kubernetes"],
        ],
        "addressType": "IPv4",
        "endpoints": .array(living.map { ["addresses": [.string($0)], "conditions": ["ready": true]] }),
        "ports": [["name": "https", "port": .int(Int64(port)), "protocol": "TCP"]],
      ], member: "endpoints")
  }

  /// Creates the object, or updates it if its `member` shows other addresses.
  private func write(group: String, plural: String, _ wanted: JSONValue, member: String) async throws {
    guard let resource = registry.resource(group: group, version: "v1", plural: plural) else { return }
    let options = ClusterBootstrap.writing
    do {
      let object = try await registry.get(resource, namespace: "default", name: "kubernetes")
      let current = try JSONValue(jsonBytes: object.json)
      if Self.addresses(current[member]) == Self.addresses(wanted[member]) { return }
      _ = try await registry.patch(resource, namespace: "default", name: "kubernetes", options: options) {
        (current: JSONValue) throws(APIError) -> JSONValue in
        var changed = current
        changed[member] = wanted[member]
        changed["ports"] = wanted["ports"]
        return changed
      }
    } catch let error as APIError {
      guard error.reason == .notFound else { throw error }
      do {
        _ = try await registry.create(resource, namespace: "default", document: wanted, options: options)
      } catch {
        guard error.reason == .alreadyExists else { throw error }
      }
    }
  }

  /// Every address in the subsets of Endpoints or the endpoints of a slice, in order.
  private static func addresses(_ value: JSONValue?) -> [String] {
    (value?.arrayValue ?? []).flatMap { item in
      (item["addresses"]?.arrayValue ?? []).compactMap { $0.stringValue ?? $0["ip"]?.stringValue }
    }.sorted()
  }
}
