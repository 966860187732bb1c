package import JSONDocument

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

  /// - Throws: `badRequest` when the configuration makes no sense (the service CIDR).
  package init(
    storage: any Storage, configuration: RegistryConfiguration = RegistryConfiguration(),
    environment: RegistryEnvironment
  ) throws(APIError) {
    self.configuration = configuration
  }

  // MARK: Life

  /// Fills the caches and keeps them current until the task is cancelled. To be called once.
  package func run() async { fatalError("being built") }

  /// Whether the caches have been filled once.
  package var isReady: Bool { fatalError("being built") }

  /// Returns once `isReady`; throws when the task is cancelled first.
  package func waitUntilReady() async throws(CancellationError) { fatalError("being built") }

  /// The revision that the caches show; for metrics.
  package var cachedRevision: Int64 { fatalError("being built") }

  // MARK: What is served

  package var resources: [ServedResource] { fatalError("being built") }

  /// The resource at `/api/v1/PLURAL` (group "") or `/apis/GROUP/VERSION/PLURAL`; nil if it is not served.
  package func resource(group: String, version: String, plural: String) -> ServedResource? {
    fatalError("being built")
  }

  // MARK: Reads

  package func get(
    _ resource: ServedResource, namespace: String, name: String, options: GetOptions = GetOptions()
  ) async throws(APIError) -> StoredObject { fatalError("being built") }

  package func list(
    _ resource: ServedResource, namespace: String, options: ListOptions = ListOptions()
  ) async throws(APIError) -> ListResult { fatalError("being built") }

  /// - Throws: 410 `Expired` when the asked-for version is no longer kept: the client has to list anew.
  package func watch(
    _ resource: ServedResource, namespace: String, options: WatchOptions = WatchOptions()
  ) async throws(APIError) -> ObjectWatch { fatalError("being built") }

  /// The document of a readable subresource: `status` (the whole object), `scale`.
  package func getSubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String
  ) async throws(APIError) -> [UInt8] { fatalError("being built") }

  // MARK: Writes
  // `document` is the object as parsed; unknown fields are the caller's to report, and are dropped here.

  package func create(
    _ resource: ServedResource, namespace: String, document: JSONValue, options: WriteOptions
  ) async throws(APIError) -> WriteResult { fatalError("being built") }

  /// Creates through a subresource: `pods/binding`. `name` is the object that it belongs to.
  /// - Returns: the document to answer with, with code 201.
  package func createSubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String, document: JSONValue,
    options: WriteOptions
  ) async throws(APIError) -> [UInt8] { fatalError("being built") }

  package func update(
    _ resource: ServedResource, namespace: String, name: String, document: JSONValue, options: WriteOptions
  ) async throws(APIError) -> WriteResult { fatalError("being built") }

  /// Replaces what a subresource stands for: `status`, `scale`, `finalize`. The answer's document is the
  /// subresource's.
  package func updateSubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String, document: JSONValue,
    options: WriteOptions
  ) async throws(APIError) -> [UInt8] { fatalError("being built") }

  /// Changes an object by `transform`, which turns the current document into the wanted one. It may run several
  /// times, as the patch is tried again when another write came between.
  package func patch(
    _ resource: ServedResource, namespace: String, name: String, options: WriteOptions,
    transform: @Sendable (JSONValue) throws(APIError) -> JSONValue
  ) async throws(APIError) -> WriteResult { fatalError("being built") }

  /// The same for `status` and `scale`; the answer's document is the subresource's.
  package func patchSubresource(
    _ subresource: String, of resource: ServedResource, namespace: String, name: String, options: WriteOptions,
    transform: @Sendable (JSONValue) throws(APIError) -> JSONValue
  ) async throws(APIError) -> [UInt8] { fatalError("being built") }

  package func delete(
    _ resource: ServedResource, namespace: String, name: String, options: DeleteOptions
  ) async throws(APIError) -> DeleteResult { fatalError("being built") }

  /// Deletes everything that `list` selects. Returns the last states of what was deleted.
  package func deleteCollection(
    _ resource: ServedResource, namespace: String, list: ListOptions, options: DeleteOptions
  ) async throws(APIError) -> ListResult { fatalError("being built") }

  // MARK: Tables

  package func tableColumns(of resource: ServedResource) -> [TableColumn] { fatalError("being built") }

  /// The cells of an object's row, one for each column. Ages are counted to now.
  package func tableCells(of object: StoredObject, in resource: ServedResource) -> [JSONValue] {
    fatalError("being built")
  }
}
