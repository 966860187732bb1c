package import Access
package import AccessTokens
import JSONDocument
import KubernetesAPI
package import Registry

/// Answers TokenRequests: `POST …/serviceaccounts/NAME/token`.
package struct TokenIssuer: Sendable {
  let registry: ResourceRegistry
  let keys: TokenKeys
  let rules: TokenIssuance
  /// Seconds since 1970.
  let now: @Sendable () -> Int64
  /// A fresh random UUID.
  let makeID: @Sendable () -> String

  package init(
    registry: ResourceRegistry, keys: TokenKeys, rules: TokenIssuance, now: @escaping @Sendable () -> Int64,
    makeID: @escaping @Sendable () -> String
  ) {
    self.registry = registry
    self.keys = keys
    self.rules = rules
    self.now = now
    self.makeID = makeID
  }

  /// - Parameter may: the authoriser's answer for the user.
  func answer(
    _ request: AuthenticationV1.TokenRequest, namespace: String, name: String, user: UserInfo, dryRun: Bool,
    may: @Sendable (AccessAttributes) async -> Bool
  ) async throws(APIError) -> AuthenticationV1.TokenRequest {
    if !request.metadata.name.isEmpty, request.metadata.name != name {
      throw .badRequest(
        "metadata.name in the token request must match the service account's name: "
          + "\"\(request.metadata.name)\" != \"\(name)\"")
    }
    if !request.metadata.namespace.isEmpty, request.metadata.namespace != namespace {
      throw .badRequest("metadata.namespace in the token request must match the service account's namespace")
    }
    guard let account: CoreV1.ServiceAccount = try await find(namespace, name) else {
      throw .notFound(GroupResource(group: "", resource: "serviceaccounts"), name: name)
    }
    do {
      let completed = try rules.completed(request)
      let bound = try await bound(completed.spec.boundObjectRef, namespace)
      if let node = user.nodeName {
        let pod = try restrict(completed.spec, node, bound, name)
        // As it was asked for: without any, and so for the API, is not the same as naming the API.
        try await restrict(request.spec.audiences, node, pod, namespace, name, may)
      }
      let (claims, answer) = try rules.claims(for: completed, account: account, bound: bound, id: makeID(), now: now())
      if dryRun { return answer }
      var signed = answer
      do { signed.status.token = try keys.token(claims) } catch { throw APIError.internalError("\(error)") }
      return signed
    } catch let error as APIError {
      throw error
    } catch let error as TokenIssuance.Refusal {
      throw APIError(error, name: name)
    } catch {
      throw .internalError("\(error)")
    }
  }

  /// A kubelet gets tokens for its own pods only. Returns the pod.
  private func restrict(
    _ spec: AuthenticationV1.TokenRequestSpec, _ node: String, _ bound: TokenIssuance.Bound?, _ name: String
  ) throws(APIError) -> CoreV1.Pod {
    var pod: CoreV1.Pod?
    if case .pod(let found, _)? = bound { pod = found }
    let problem = NodeTokenRule.problem(spec, node: node, pod: pod)
    guard problem == nil, let pod else { throw Self.forbidden(name, problem ?? "node requested token without a pod") }
    return pod
  }

  /// And for those only for whom the pod's volumes, the drivers of its volumes or roles say that it may.
  private func restrict(
    _ audiences: [String], _ node: String, _ pod: CoreV1.Pod, _ namespace: String, _ name: String,
    _ may: @Sendable (AccessAttributes) async -> Bool
  ) async throws(APIError) {
    guard let audience = NodeTokenRule.audience(audiences) else {
      throw Self.forbidden(name, "node may only request 0 or 1 audiences")
    }
    if NodeTokenRule.isMounted(audience, in: pod) { return }
    for volume in pod.spec.volumes {
      guard let name = try await driver(of: volume, pod, namespace),
        let found: StorageV1.CSIDriver = try await find("", name)
      else { continue }
      if found.spec.tokenRequests.contains(where: { $0.audience == audience }) { return }
    }
    if await may(NodeTokenRule.wish(audience, namespace: namespace, account: name)) { return }
    throw Self.forbidden(name, NodeTokenRule.refusal(audience, node: node))
  }

  /// The driver that mounts a volume, where it is one of CSI.
  private func driver(
    of volume: CoreV1.Volume, _ pod: CoreV1.Pod, _ namespace: String
  ) async throws(APIError) -> String? {
    if let inline = volume.csi { return inline.driver }
    guard let claimName = pod.claimName(of: volume), !claimName.isEmpty,
      let claim: CoreV1.PersistentVolumeClaim = try await find(namespace, claimName),
      !claim.spec.volumeName.isEmpty,
      let bound: CoreV1.PersistentVolume = try await find("", claim.spec.volumeName)
    else { return nil }
    return bound.spec.csi?.driver
  }

  private static func forbidden(_ name: String, _ problem: String) -> APIError {
    .forbidden(GroupResource(group: "", resource: "serviceaccounts"), name: name, because: problem)
  }

  private func bound(
    _ reference: AuthenticationV1.BoundObjectReference?, _ namespace: String
  ) async throws(APIError) -> TokenIssuance.Bound? {
    switch reference?.kind {
    case "Pod":
      guard let pod: CoreV1.Pod = try await find(namespace, reference?.name ?? "") else { return nil }
      let node: CoreV1.Node? = pod.spec.nodeName.isEmpty ? nil : try await find("", pod.spec.nodeName)
      return .pod(pod, node: node)
    case "Secret":
      let secret: CoreV1.Secret? = try await find(namespace, reference?.name ?? "")
      return secret.map { .secret($0) }
    case "Node":
      let node: CoreV1.Node? = try await find("", reference?.name ?? "")
      return node.map { .node($0) }
    default: return nil
    }
  }

  /// As the store has it: a token must not be bound to what has just gone.
  private func find<T: KubernetesObject>(_ namespace: String, _ name: String) async throws(APIError) -> T? {
    guard
      let resource = registry.resource(
        group: T.resource.group, version: T.resource.version, plural: T.resource.plural)
    else { return nil }
    let object: StoredObject
    do { object = try await registry.get(resource, namespace: namespace, name: name) } catch {
      guard error.reason == .notFound else { throw error }
      return nil
    }
    do { return try T(jsonBytes: object.json) } catch { throw .internalError("\(error)") }
  }
}

extension APIError {
  init(_ refusal: TokenIssuance.Refusal, name: String) {
    switch refusal {
    case .invalid(let field, let value, let text):
      let body = "Invalid value: \(value): \(text)"
      self.init(
        code: 422, reason: .invalid,
        message: "TokenRequest.authentication.k8s.io \"\(name)\" is invalid: \(field): \(body)",
        details: Details(
          name: name, group: "authentication.k8s.io", kind: "TokenRequest",
          causes: [Cause(reason: "FieldValueInvalid", message: body, field: field)]))
    case .badRequest(let text): self = .badRequest(text)
    case .notFound(let resource, let name):
      self = .notFound(GroupResource(group: "", resource: resource), name: name)
    case .conflict(let kind, let name, let text):
      self = .conflict(GroupResource(group: "", resource: kind), name: name, because: text)
    }
  }
}
