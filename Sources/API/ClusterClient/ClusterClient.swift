import JSONDocument
package import KubernetesAPI

/// The typed client of the Kubernetes API.
///
/// Errors: `APIStatusError` when a front-end refused, `ClusterConnectionError` when none answered,
/// `ClusterDecodingError` when the answer was not what was asked for, `CancellationError`. Requests that met
/// no answer are repeated a few times within, except a create that may have happened.
///
/// Namespaces: operations on an object take its metadata's; the others' parameter is ignored for
/// cluster-wide kinds, and `nil` means every namespace to `list` and `watch`.
package final class ClusterClient: Sendable {
  private let transport: any ClusterTransport

  package init(configuration: ClientConfiguration) throws(ClientConfigurationError) {
    transport = try HTTPTransport(configuration: configuration)
  }

  /// A client over another transport: `InMemoryCluster` in tests.
  package init(transport: any ClusterTransport) { self.transport = transport }

  /// Closes the connections. No request may follow.
  package func shutdown() async { await transport.shutdown() }

  // MARK: Reading

  /// One object, as the quorum has it now, or at least as new as `resourceVersion` ("0": whatever is at hand).
  package func get<T: KubernetesObject>(
    _ type: T.Type = T.self, name: String, namespace: String? = nil, resourceVersion: String? = nil
  ) async throws -> T {
    var request = ClusterRequest(.get, T.resource.path(namespace: namespace, name: name))
    if let resourceVersion { request.query.append(.init("resourceVersion", resourceVersion)) }
    return try decode(try await send(request))
  }

  /// As `get`, with `nil` for an object that does not exist.
  package func find<T: KubernetesObject>(
    _ type: T.Type = T.self, name: String, namespace: String? = nil
  ) async throws -> T? {
    do { return try await get(type, name: name, namespace: namespace) } catch  where error.isNotFound { return nil }
  }

  /// The objects of a kind, as the quorum has them now unless `options` ask for less. Follows `continue` to the end.
  package func list<T: KubernetesObject>(
    _ type: T.Type = T.self, namespace: String? = nil, options: ListSelection = ListSelection()
  ) async throws -> ListResult<T> {
    try await list(.typed(), namespace: namespace, options: options)
  }

  /// As `list`, for a kind that is only known at run time.
  package func list<T: Sendable>(
    _ codec: ObjectCodec<T>, namespace: String? = nil, options: ListSelection = ListSelection()
  ) async throws -> ListResult<T> {
    var result = ListResult<T>(resourceVersion: "", items: [])
    var token = ""
    repeat {
      var request = ClusterRequest(.get, codec.resource.path(namespace: namespace), query: options.queryItems)
      if !token.isEmpty {
        request.query.removeAll { $0.name == "resourceVersion" }
        request.query.append(.init("continue", token))
      }
      let page = try ListResult(listDocument: try await send(request), codec: codec)
      result.resourceVersion = page.resourceVersion
      if result.items.isEmpty { result.items = page.items } else { result.items += page.items }
      token = page.continueToken
    } while !token.isEmpty
    return result
  }

  /// The changes of a kind after `resourceVersion`, in order, until the server ends the stream or it breaks.
  package func watch<T: KubernetesObject>(
    _ type: T.Type = T.self, namespace: String? = nil, options: WatchSelection = WatchSelection()
  ) async throws -> WatchStream<T> {
    try await watch(.typed(), namespace: namespace, options: options)
  }

  /// As `watch`, for a kind that is only known at run time.
  package func watch<T: Sendable>(
    _ codec: ObjectCodec<T>, namespace: String? = nil, options: WatchSelection = WatchSelection()
  ) async throws -> WatchStream<T> {
    let request = ClusterRequest(.get, codec.resource.path(namespace: namespace), query: options.queryItems)
    let stream = try await transport.open(request)
    guard stream.status == 200 else {
      var body: [UInt8] = []
      for try await chunk in stream.body where body.count < 1 << 20 { body += chunk }
      throw APIStatusError(response: ClusterResponse(status: stream.status, body: body))
    }
    return WatchStream(stream: stream, codec: codec)
  }

  // MARK: Writing

  /// Creates an object; the answer carries its name, uid and resource version.
  package func create<T: KubernetesObject>(_ object: T) async throws -> T {
    let path = T.resource.path(namespace: object.metadata.namespace)
    return try decode(try await send(.json(.post, path, object.jsonBytes)))
  }

  /// Replaces an object; with a `resourceVersion` in it only if nobody changed it since.
  package func update<T: KubernetesObject>(_ object: T) async throws -> T {
    try await put(object, subresource: nil)
  }

  /// Replaces an object's status; with a `resourceVersion` in it only if nobody changed it since.
  package func updateStatus<T: KubernetesObject>(_ object: T) async throws -> T {
    try await put(object, subresource: "status")
  }

  private func put<T: KubernetesObject>(_ object: T, subresource: String?) async throws -> T {
    let metadata = object.metadata
    let path = T.resource.path(namespace: metadata.namespace, name: metadata.name, subresource: subresource)
    return try decode(try await send(.json(.put, path, object.jsonBytes)))
  }

  /// Applies a patch document to an object, or to one of its subresources.
  package func patch<T: KubernetesObject>(
    _ type: T.Type = T.self, name: String, namespace: String? = nil, patch: Patch, subresource: String? = nil
  ) async throws -> T {
    let path = T.resource.path(namespace: namespace, name: name, subresource: subresource)
    return try decode(try await send(patch.request(path)))
  }

  /// As `patch`, for a kind that is only known at run time.
  package func patch(
    _ resource: ResourceDescription, name: String, namespace: String? = nil, patch: Patch
  ) async throws {
    _ = try await send(patch.request(resource.path(namespace: namespace, name: name)))
  }

  /// The metadata of an object of a kind that is only known at run time; `nil` if it does not exist.
  package func findMetadata(
    _ resource: ResourceDescription, name: String, namespace: String? = nil
  ) async throws -> MetaV1.ObjectMeta? {
    do {
      let bytes = try await send(ClusterRequest(.get, resource.path(namespace: namespace, name: name)))
      var reader = JSONReader(bytes)
      return try ObjectCodec.metadata(of: resource).read(&reader).metadata
    } catch  where error.isNotFound {
      return nil
    } catch let error as JSONError {
      throw ClusterDecodingError(message: "\(resource.plural): \(error)")
    }
  }

  /// Applies a patch document to an object's status.
  package func patchStatus<T: KubernetesObject>(
    _ type: T.Type = T.self, name: String, namespace: String? = nil, patch: Patch
  ) async throws -> T {
    try await self.patch(type, name: name, namespace: namespace, patch: patch, subresource: "status")
  }

  /// Deletes an object, or begins to. An object that does not exist is `APIStatusError.isNotFound`.
  package func delete<T: KubernetesObject>(
    _ type: T.Type, name: String, namespace: String? = nil, options: MetaV1.DeleteOptions? = nil
  ) async throws {
    try await delete(T.resource, name: name, namespace: namespace, options: options)
  }

  /// As `delete`, for a kind that is only known at run time.
  package func delete(
    _ resource: ResourceDescription, name: String, namespace: String? = nil, options: MetaV1.DeleteOptions? = nil
  ) async throws {
    let path = resource.path(namespace: namespace, name: name)
    _ = try await send(
      ClusterRequest(.delete, path, contentType: options.map { _ in "application/json" }, body: options?.jsonBytes))
  }

  /// Deletes, or begins to delete, every object of a kind in a namespace.
  package func deleteCollection(
    _ resource: ResourceDescription, namespace: String?, options: MetaV1.DeleteOptions? = nil,
    selection: ListSelection = ListSelection()
  ) async throws {
    let path = resource.path(namespace: namespace)
    let type = options.map { _ in "application/json" }
    _ = try await send(
      ClusterRequest(.delete, path, query: selection.queryItems, contentType: type, body: options?.jsonBytes))
  }

  // MARK: Subresources

  /// Assigns a pod to a node. A conflict: it is assigned already, or is another pod by now.
  package func bind(pod: String, namespace: String, uid: String, to node: String) async throws {
    var binding = CoreV1.Binding()
    binding.metadata.name = pod
    binding.metadata.namespace = namespace
    binding.metadata.uid = uid
    binding.target.apiVersion = "v1"
    binding.target.kind = "Node"
    binding.target.name = node
    let path = CoreV1.Pod.resource.path(namespace: namespace, name: pod, subresource: "binding")
    _ = try await send(.json(.post, path, binding.jsonBytes))
  }

  /// The scale of an object that has one.
  package func getScale<T: KubernetesObject>(
    _ type: T.Type, name: String, namespace: String
  ) async throws -> AutoscalingV1.Scale {
    try decode(
      try await send(ClusterRequest(.get, T.resource.path(namespace: namespace, name: name, subresource: "scale"))))
  }

  /// Sets the number of replicas of an object that has a scale.
  package func scale<T: KubernetesObject>(
    _ type: T.Type, name: String, namespace: String, replicas: Int
  ) async throws -> AutoscalingV1.Scale {
    let path = T.resource.path(namespace: namespace, name: name, subresource: "scale")
    let patch = Patch.merge(Array(#"{"spec":{"replicas":\#(replicas)}}"#.utf8))
    return try decode(try await send(patch.request(path)))
  }

  /// Replaces a namespace's finalizers (`spec.finalizers`).
  package func finalize(_ namespace: CoreV1.Namespace) async throws -> CoreV1.Namespace {
    try await put(namespace, subresource: "finalize")
  }

  // MARK: Anything else

  /// Sends a request as it is and returns the answer's body; an error code is thrown as `APIStatusError`.
  package func send(_ request: ClusterRequest) async throws -> [UInt8] {
    let response = try await transport.perform(request)
    guard (200..<300).contains(response.status) else { throw APIStatusError(response: response) }
    return response.body
  }

  private func decode<T: JSONCodable>(_ bytes: [UInt8]) throws -> T {
    do { return try T(jsonBytes: bytes) } catch { throw ClusterDecodingError(message: "\(T.self): \(error)") }
  }
}

/// A patch document and how it is to be applied.
package enum Patch: Sendable, Equatable {
  /// JSON merge patch (RFC 7386).
  case merge([UInt8])
  /// Kubernetes' strategic merge patch.
  case strategic([UInt8])

  func request(_ path: String) -> ClusterRequest {
    switch self {
    case .merge(let bytes):
      ClusterRequest(.patch, path, contentType: "application/merge-patch+json", body: bytes)
    case .strategic(let bytes):
      ClusterRequest(.patch, path, contentType: "application/strategic-merge-patch+json", body: bytes)
    }
  }
}

extension ClusterRequest {
  static func json(_ method: Method, _ path: String, _ body: [UInt8]) -> ClusterRequest {
    ClusterRequest(method, path, contentType: "application/json", body: body)
  }
}
