import Access
import JSONDocument
import Logging
import Registry

/// Makes what every cluster has from the start: namespaces, the `kubernetes` Service, priority classes. Any number
/// of front-ends may do so at once; what exists is left alone.
struct ClusterBootstrap: Sendable {
  let registry: ResourceRegistry
  /// The Service's address: the first of the service range.
  let serviceAddress: String
  let port: Int
  let logger: Logger

  static let user = UserInfo.authenticated(name: "system:apiserver", groups: [UserInfo.mastersGroup])
  /// What accompanies the front-end's own writes.
  static var writing: WriteOptions { WriteOptions(fieldManager: WriteOptions.serverManager, user: user) }
  static let namespaces = ["default", "kube-system", "kube-public", "kube-node-lease"]

  /// Tries until everything is there, or the task is cancelled.
  func run() async throws {
    var delay = Duration.milliseconds(200)
    while true {
      do {
        try await makeAll()
        return
      } catch let error as APIError {
        logger.warning("Making the cluster's first objects failed, trying again", metadata: ["error": "\(error)"])
      }
      try await Task.sleep(for: delay)
      delay = min(delay * 2, .seconds(5))
    }
  }

  func makeAll() async throws {
    for name in Self.namespaces {
      try await ensure(
        "namespaces", namespace: "", name: name,
        [
          "apiVersion": "v1", "kind": "Namespace",
          "metadata": ["name": .string(name), "labels": ["kubernetes.io/metadata.name": .string(name)]],
        ])
    }
    try await ensure(
      "services", namespace: "default", name: "kubernetes",
      [
        "apiVersion": "v1", "kind": "Service",
        "metadata": [
          "name": "kubernetes", "namespace": "default",
          "labels": ["component": "apiserver", "provider": "kubernetes"],
        ],
        "spec": [
          "type": "ClusterIP", "clusterIP": .string(serviceAddress), "sessionAffinity": "None",
          "ports": [["name": "https", "protocol": "TCP", "port": 443, "targetPort": .int(Int64(port))]],
        ],
      ])
    for document in Self.priorityClasses {
      try await ensure(
        "priorityclasses", group: "scheduling.k8s.io", namespace: "",
        name: document[path: "metadata", "name"]?.stringValue ?? "", document)
    }
  }

  /// The classes of pods without which a cluster, or a node, does not work.
  private static let priorityClasses: [JSONValue] = [
    [
      "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass",
      "metadata": ["name": "system-node-critical"], "value": 2_000_001_000,
      "description": "For what a node does not work without.",
    ],
    [
      "apiVersion": "scheduling.k8s.io/v1", "kind": "PriorityClass",
      "metadata": ["name": "system-cluster-critical"], "value": 2_000_000_000,
      "description": "For what the cluster does not work without, on whichever node.",
    ],
  ]

  private func ensure(
    _ plural: String, group: String = "", namespace: String, name: String, _ document: JSONValue
  ) async throws {
    guard let resource = registry.resource(group: group, version: "v1", plural: plural) else {
      throw APIError.internalError("\(plural) is not served")
    }
    do {
      _ = try await registry.get(resource, namespace: namespace, name: name)
      return
    } catch {
      guard error.reason == .notFound else { throw error }
    }
    do {
      _ = try await registry.create(
        resource, namespace: namespace, document: document, options: Self.writing)
    } catch {
      guard error.reason == .alreadyExists else { throw error }
    }
  }
}
