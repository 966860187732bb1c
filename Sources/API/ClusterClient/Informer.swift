package import KubernetesAPI
package import Logging
import Synchronization

/// A local cache of a kind that follows the front-ends: one list, then a watch from there; a watch that
/// ends is opened anew where it stood, one that is too old (410) means listing again. A front-end that dies
/// costs a reconnect after some tens of milliseconds.
///
/// Handlers see every change of the cache, in order, one at a time, on the informer's own task: they must be
/// quick (put a name on a queue) and must not call `addHandler`. The cache is changed before its handlers are
/// told.
///
/// `run()` follows until it is cancelled. `get` and `list` work at any time, on what has arrived so far.
package final class Informer<Object: Sendable>: AnyInformer, Sendable {
  package typealias Handler = @Sendable (InformerChange<Object>) -> Void

  private struct State {
    var store: InformerStore<Object>
    var synced = false
    var waiters: [UInt64: CheckedContinuation<Void, any Error>] = [:]
    var nextWaiter: UInt64 = 0
  }

  private let client: ClusterClient
  private let codec: ObjectCodec<Object>
  private let namespace: String?
  private let labelSelector: String
  private let fieldSelector: String
  private let logger: Logger
  private let state: Mutex<State>
  /// Held while handlers run, so that one that joins late sees each object exactly once. Always taken before `state`.
  /// Those that return false want no more.
  private let handlers = Mutex<[@Sendable (InformerChange<Object>) -> Bool]>([])

  /// `namespace` nil: all namespaces.
  package init(
    _ client: ClusterClient, codec: ObjectCodec<Object>, namespace: String? = nil, labelSelector: String = "",
    fieldSelector: String = "", logger: Logger
  ) {
    self.client = client
    self.codec = codec
    self.namespace = namespace
    self.labelSelector = labelSelector
    self.fieldSelector = fieldSelector
    var logger = logger
    logger[metadataKey: "informer"] = "\(codec.resource.plural)"
    self.logger = logger
    state = Mutex(State(store: InformerStore(metadata: codec.metadata)))
  }

  // MARK: Reading

  package var resource: ResourceDescription { codec.resource }

  /// The cache has held a whole list, and the handlers have seen it.
  package var hasSynced: Bool { state.withLock { $0.synced } }

  /// The newest revision that the cache has seen of this kind.
  package var revision: UInt64 { state.withLock { $0.store.revision } }

  package func get(_ key: ObjectKey) -> Object? { state.withLock { $0.store.get(key) } }

  package func get(name: String, namespace: String = "") -> Object? { get(ObjectKey(namespace: namespace, name: name)) }

  /// All objects, or a namespace's, in no order.
  package func list(namespace: String? = nil) -> [Object] {
    state.withLock { state in namespace.map { state.store.list(namespace: $0) } ?? state.store.all }
  }

  /// The objects found under a value of an index that was added before.
  package func list(index: String, value: String) -> [Object] {
    state.withLock { state in
      precondition(state.store.hasIndex(index), "no index \(index)")
      return state.store.list(index: index, value: value)
    }
  }

  package func waitForSync() async throws {
    let id = state.withLock { state in
      state.nextWaiter += 1
      return state.nextWaiter
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
        let ready = state.withLock { state in
          if state.synced || Task.isCancelled { return true }
          state.waiters[id] = continuation
          return false
        }
        if ready { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: id) }?.resume(throwing: CancellationError())
    }
    try Task.checkCancellation()
  }

  // MARK: Following

  /// Adds an index; one of the same name is kept.
  package func addIndex(_ name: String, values: @escaping @Sendable (Object) -> [String]) {
    state.withLock { $0.store.addIndex(InformerIndex(name, values: values)) }
  }

  /// Adds a handler. It first sees what is cached already, as `.added`.
  package func addHandler(_ handler: @escaping Handler) {
    addHandlerWhile { change in
      handler(change)
      return true
    }
  }

  private func addHandlerWhile(_ handler: @escaping @Sendable (InformerChange<Object>) -> Bool) {
    handlers.withLock { handlers in
      for object in list() { guard handler(.added(object)) else { return } }
      handlers.append(handler)
    }
  }

  package func addMetadataHandler(_ handler: @escaping @Sendable (InformerChange<ObjectMetadata>) -> Void) {
    let metadata = codec.metadata
    addHandler { change in
      switch change {
      case .added(let object): handler(.added(ObjectMetadata(metadata: metadata(object))))
      case .updated(let old, let new):
        handler(.updated(old: ObjectMetadata(metadata: metadata(old)), new: ObjectMetadata(metadata: metadata(new))))
      case .deleted(let object): handler(.deleted(ObjectMetadata(metadata: metadata(object))))
      }
    }
  }

  /// The changes from now on, what is cached first. A consumer that falls `limit` changes behind is cut off: the
  /// stream ends, and it has to ask for a new one.
  package func changes(limit: Int = 8192) -> AsyncStream<InformerChange<Object>> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: InformerChange<Object>.self, bufferingPolicy: .bufferingOldest(limit))
    addHandlerWhile { change in
      switch continuation.yield(change) {
      case .enqueued: return true
      case .dropped:
        continuation.finish()
        return false
      default: return false
      }
    }
    return stream
  }

  package func run() async throws {
    var backoff = Backoff(maximum: .seconds(2))
    var generator = SystemRandomNumberGenerator()
    var mustList = true
    var failures = 0
    while true {
      try Task.checkCancellation()
      do {
        if mustList {
          try await relist()
          mustList = false
        }
        try await follow {
          backoff.reset()
          failures = 0
        }
        // The server ended the watch as it does every few minutes.
        try await Task.sleep(for: .milliseconds(Int.random(in: 1...20)))
      } catch {
        try Task.checkCancellation()
        if let status = error.apiStatus, status.isExpired {
          mustList = true
          logger.debug("watch is too old, listing again", metadata: ["error": "\(error)"])
        } else {
          if error is ClusterDecodingError { mustList = true }
          failures += 1
          // A connection that dies is part of the trade; what lasts is worth a warning, though not every time.
          logger.log(
            level: failures % 16 == 4 ? .warning : .debug, "not following",
            metadata: ["error": "\(error)", "failures": "\(failures)"])
        }
        try await Task.sleep(for: backoff.next(using: &generator))
      }
    }
  }

  private func relist() async throws {
    let selection = ListSelection(labelSelector: labelSelector, fieldSelector: fieldSelector)
    let list = try await client.list(codec, namespace: namespace, options: selection)
    deliver { $0.replace(list.items, resourceVersion: list.resourceVersion) }
    let waiters = state.withLock { state in
      state.synced = true
      defer { state.waiters = [:] }
      return Array(state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
  }

  private func follow(onProgress: () -> Void) async throws {
    let version = state.withLock { $0.store.resourceVersion }
    let selection = WatchSelection(
      labelSelector: labelSelector, fieldSelector: fieldSelector, resourceVersion: version,
      timeoutSeconds: Int.random(in: 300...600))
    for try await event in try await client.watch(codec, namespace: namespace, options: selection) {
      switch event {
      case .added(let object), .modified(let object): deliver { $0.upsert(object).map { [$0] } ?? [] }
      case .deleted(let object): deliver { $0.delete(object).map { [$0] } ?? [] }
      case .bookmark(let version): state.withLock { $0.store.advance(to: version, backwards: false) }
      case .error(let error): throw error
      }
      onProgress()
    }
  }

  private func deliver(_ change: (inout InformerStore<Object>) -> [InformerChange<Object>]) {
    handlers.withLock { handlers in
      let changes = state.withLock { change(&$0.store) }
      for change in changes { handlers = handlers.filter { $0(change) } }
    }
  }
}

/// An informer of whatever kind.
package protocol AnyInformer: Sendable {
  var resource: ResourceDescription { get }
  var hasSynced: Bool { get }
  /// Returns when the first list has been delivered; throws `CancellationError`.
  func waitForSync() async throws
  /// Follows until cancelled, and only then throws.
  func run() async throws
  /// As `Informer.addHandler`, with the metadata only.
  func addMetadataHandler(_ handler: @escaping @Sendable (InformerChange<ObjectMetadata>) -> Void)
}
