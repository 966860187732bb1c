package import ClusterClient
import JSONDocument
import KubernetesAPI
import Synchronization

extension InMemoryCluster {
  /// Which objects of a collection are meant.
  struct Selection {
    private let namespace: String
    private let labels: LabelMatcher
    private let fields: FieldMatcher

    init(_ target: Target, _ query: [ClusterRequest.QueryItem]) throws(InMemoryError) {
      namespace = target.namespace
      do {
        labels = try LabelMatcher(parsing: query.first { $0.name == "labelSelector" }?.value ?? "")
        fields = try FieldMatcher(parsing: query.first { $0.name == "fieldSelector" }?.value ?? "")
      } catch { throw .invalid("\(error)") }
    }

    func selects(_ object: JSONValue) -> Bool {
      if !namespace.isEmpty, object[path: "metadata", "namespace"]?.stringValue != namespace { return false }
      var values: [String: String] = [:]
      for (key, value) in object[path: "metadata", "labels"]?.objectValue ?? JSONObject() {
        values[key] = value.stringValue
      }
      return labels.matches(values)
        && fields.matches { field in object[path: field.split(separator: ".").map(String.init)]?.stringValue ?? "" }
    }
  }

  /// Somebody who watches a collection. What is not read yet is kept, without bound, as befits a test.
  struct Watcher {
    var collection: String
    var selection: Selection
    var continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation

    func send(_ change: Change) {
      guard change.collection == collection, selection.selects(change.object) else { return }
      send(change.type, change.object)
    }

    func send(_ type: String, _ object: JSONValue) {
      let event: JSONValue = ["type": .string(type), "object": object]
      continuation.yield(event.jsonBytes + [UInt8(ascii: "\n")])
    }
  }

  package func open(_ request: ClusterRequest) async throws -> ClusterByteStream {
    try Task.checkCancellation()
    let interceptor = state.withLock { state in
      state.requests.append(request)
      return state.interceptor
    }
    if let fault = interceptor?(request) {
      guard case .refuse(let code, let reason, let message) = fault else {
        throw ClusterConnectionError(message: "unreachable on order", mayHaveTakenEffect: false)
      }
      return Self.whole(Self.failure(InMemoryError(code: code, reason: reason, message: message)))
    }
    let target: Target
    let selection: Selection
    do throws(InMemoryError) {
      target = try Target(request.path)
      selection = try Selection(target, request.query)
    } catch { return Self.whole(Self.failure(error)) }
    let from = request.query.first { $0.name == "resourceVersion" }.flatMap { Int64($0.value) }

    let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
    let watcher = Watcher(collection: target.collection, selection: selection, continuation: continuation)
    let expired = state.withLock { state in
      if let from, from < state.compacted { return true }
      if let from {
        for change in state.history where change.revision > from { watcher.send(change) }
      } else {
        for object in (state.objects[target.collection] ?? [:]).values where selection.selects(object) {
          watcher.send("ADDED", object)
        }
      }
      state.nextWatcher += 1
      let id = state.nextWatcher
      state.watchers[id] = watcher
      continuation.onTermination = { [weak self] _ in self?.forgetWatcher(id) }
      return false
    }
    if expired {
      return Self.whole(Self.failure(InMemoryError(code: 410, reason: "Expired", message: "too old resource version")))
    }
    return ClusterByteStream(status: 200, body: stream)
  }

  /// A bookmark to everybody who watches.
  package func sendBookmarks() {
    state.withLock { state in
      for watcher in state.watchers.values {
        watcher.send("BOOKMARK", ["metadata": ["resourceVersion": .string(String(state.revision))]])
      }
    }
  }

  private func forgetWatcher(_ id: Int) {
    // The stream may end inside of the lock, when it is finished there.
    Task { state.withLock { _ = $0.watchers.removeValue(forKey: id) } }
  }

  private static func whole(_ response: ClusterResponse) -> ClusterByteStream {
    let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream()
    continuation.yield(response.body)
    continuation.finish()
    return ClusterByteStream(status: response.status, body: stream)
  }
}

extension InMemoryCluster.State {
  /// Tells the watchers what has changed since a revision.
  func notify(since revision: Int64) {
    for change in history.reversed().prefix(while: { $0.revision > revision }).reversed() {
      for watcher in watchers.values { watcher.send(change) }
    }
  }
}
