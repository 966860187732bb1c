import Access
import JSONDocument
import KubernetesAPI
import Logging
import Registry

/// Brings the stored roles and bindings up to the default policy at a front-end's start. Any number of front-ends may
/// do so at once.
struct PolicyBootstrap: Sendable {
  let registry: ResourceRegistry
  let logger: Logger
  var policy = DefaultPolicy.standard

  /// Whether the registry serves all that the policy is made of.
  var isPossible: Bool {
    ["clusterroles", "clusterrolebindings", "roles", "rolebindings"].allSatisfy {
      registry.resource(group: RoleGuard.group, version: "v1", plural: $0) != nil
    }
  }

  /// To be called once the system's namespaces exist. One object that cannot be brought up to date is logged and
  /// keeps nobody else waiting.
  func run() async {
    guard isPossible else { return }
    // Roles first: a binding to a role that is not there yet is of no use. The last role binding comes last of all:
    // by it front-ends know that the policy is stored.
    for role in policy.clusterRoles { await ensure(role) { PolicyReconciliation.step(role, stored: $0) } }
    for role in policy.roles { await ensure(role) { PolicyReconciliation.step(role, stored: $0) } }
    for binding in policy.clusterRoleBindings {
      await ensure(binding) { PolicyReconciliation.step(binding, stored: $0) }
    }
    for binding in policy.roleBindings { await ensure(binding) { PolicyReconciliation.step(binding, stored: $0) } }
  }

  private func ensure<T: KubernetesObject>(
    _ wanted: T, _ step: @Sendable (T?) -> PolicyReconciliation.Step<T>?
  ) async {
    guard
      let resource = registry.resource(group: T.resource.group, version: T.resource.version, plural: T.resource.plural)
    else { return }
    let namespace = wanted.metadata.namespace
    let name = wanted.metadata.name
    // Others write the same at the same time; each try looks anew.
    for attempt in 1...5 {
      do {
        let stored = try await find(resource, namespace, name)
        guard let next = step(try stored.map { try T(jsonBytes: $0.json) }) else { return }
        switch next {
        case .create(let object): try await create(resource, namespace, object)
        case .update(let object):
          _ = try await registry.update(
            resource, namespace: namespace, name: name, document: try document(object), options: options)
        case .recreate(let object):
          _ = try await registry.delete(
            resource, namespace: namespace, name: name, options: DeleteOptions(user: ClusterBootstrap.user))
          try await create(resource, namespace, object)
        }
        return
      } catch {
        if Task.isCancelled { return }
        let isContest =
          (error as? APIError).map { [.conflict, .alreadyExists, .notFound].contains($0.reason) } ?? false
        if attempt == 5 || !isContest {
          logger.warning(
            "Bringing a default role up to date failed",
            metadata: ["resource": "\(resource.plural)", "name": "\(name)", "error": "\(error)"])
          return
        }
      }
    }
  }

  private var options: WriteOptions { ClusterBootstrap.writing }

  private func create(_ resource: ServedResource, _ namespace: String, _ object: some KubernetesObject) async throws {
    _ = try await registry.create(
      resource, namespace: namespace, document: try document(object), options: options)
  }

  private func document(_ object: some KubernetesObject) throws -> JSONValue {
    try JSONValue(jsonBytes: object.jsonBytes)
  }

  /// As the store has it, so that a second try sees what the first collided with.
  private func find(_ resource: ServedResource, _ namespace: String, _ name: String) async throws -> StoredObject? {
    do { return try await registry.get(resource, namespace: namespace, name: name) } catch {
      guard error.reason == .notFound else { throw error }
      return nil
    }
  }
}
