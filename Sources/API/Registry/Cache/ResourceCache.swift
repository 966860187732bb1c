import JSONDocument
import KubernetesAPI
import Synchronization

/// The current objects of one resource, its latest changes, and those who watch it.
///
/// Fed by `WatchCache` in order of revision; read by everybody.
final class ResourceCache: Sendable {
  /// The keys of its objects begin with this: `/registry/pods/`.
  let keyPrefix: String
  let apiVersion: String
  let kind: String
  private let reader: SummaryReader
  private let historyLength: Int
  private let log: @Sendable (RegistryEnvironment.Level, String, [String: String]) -> Void

  private struct State {
    var objects = SortedObjects()
    /// The same objects by their keys, for those who want one: copies of `objects` live as long as their readers, this
    /// is never copied.
    var byKey: [String: StoredObject] = [:]
    /// Everything up to this revision is taken in.
    var revision: Int64 = 0
    /// The last revision that changed this resource.
    var changed: Int64 = 0
    var history: ChangeHistory
    var watches: [ObjectIdentifier: ObjectWatch] = [:]
    /// Keys whose values are no objects, and why.
    var unreadable: [String: String] = [:]
  }
  private let state: Mutex<State>
  private let written = Mutex(WrittenObjects())

  init(
    keyPrefix: String, apiVersion: String, kind: String, selectable: [SelectableField], historyLength: Int,
    log: @escaping @Sendable (RegistryEnvironment.Level, String, [String: String]) -> Void
  ) {
    self.keyPrefix = keyPrefix
    self.apiVersion = apiVersion
    self.kind = kind
    self.reader = SummaryReader(selectable)
    self.historyLength = historyLength
    self.log = log
    state = Mutex(State(history: ChangeHistory(capacity: historyLength, floor: 0)))
  }

  // MARK: Feeding

  /// The served form of a stored value, or why it has none.
  /// - Parameter summary: of the value, where that is known already.
  func decode(
    _ keyValue: StorageKeyValue, summary: ObjectSummary? = nil
  ) -> Result<StoredObject, UnreadableObject> {
    do {
      return .success(
        try StoredObject(
          key: keyValue.key, stored: keyValue.value, revision: keyValue.modRevision,
          createRevision: keyValue.createRevision, reader: reader, summary: summary))
    } catch {
      let isProtobuf = keyValue.value.starts(with: [0x6b, 0x38, 0x73, 0x00])
      let reason = isProtobuf ? "it is in Kubernetes' protobuf form, which this server does not read" : "\(error)"
      return .failure(UnreadableObject(key: keyValue.key, reason: reason))
    }
  }

  /// The same for a value that was just written from here: the watch, which brings the very same value, shares the
  /// form with whoever is answered.
  /// - Parameter metadata: what the value holds.
  func decode(
    written keyValue: StorageKeyValue, _ metadata: MetaV1.ObjectMeta
  ) -> Result<StoredObject, UnreadableObject> {
    // The watch may have been faster.
    let cached = state.withLock { $0.byKey[keyValue.key] }
    if let cached, cached.isServedForm(of: keyValue) { return .success(cached) }
    let result = decode(keyValue, summary: reader.summary(of: metadata))
    if case .success(let object) = result { written.withLock { $0.keep(object) } }
    return result
  }

  /// Starts anew from a whole list. Watches cannot go on over the gap: they are ended.
  func replace(with listed: ListedObjects, revision: Int64) {
    let unreadable = Dictionary(
      listed.unreadable.map { ($0.key, note($0)) }, uniquingKeysWith: { _, last in last })
    let sorted = SortedObjects(sorted: listed.objects)
    let byKey = Dictionary(listed.objects.map { ($0.key, $0) }, uniquingKeysWith: { _, last in last })
    let watches = state.withLock { state in
      let watches = state.watches.values
      state = State(
        objects: sorted, byKey: byKey, revision: revision, changed: revision,
        history: ChangeHistory(capacity: historyLength, floor: revision), watches: [:], unreadable: unreadable)
      return Array(watches)
    }
    for watch in watches {
      watch.end(.expired("the server had to list its state anew; list again and watch from there"))
    }
  }

  /// Takes in changes of this resource, in order.
  func apply(_ events: [StorageEvent]) {
    // Decoding is done outside of the lock: readers do not wait for it.
    let decoded = events.map { event -> (StorageEvent, Result<StoredObject, UnreadableObject>?) in
      switch event.change {
      case .put(let keyValue):
        if let object = written.withLock({ $0.take(keyValue) }) { return (event, .success(object)) }
        return (event, decode(keyValue))
      case .delete: return (event, nil)
      }
    }
    state.withLock { state in
      for (event, result) in decoded { apply(event, result, to: &state) }
    }
  }

  private func apply(
    _ event: StorageEvent, _ result: Result<StoredObject, UnreadableObject>?, to state: inout State
  ) {
    let change: ObjectChange
    switch event.change {
    case .put(let keyValue):
      state.unreadable[keyValue.key] = nil
      switch result {
      case .success(let object)?:
        let previous = state.objects.insert(object)
        state.byKey[object.key] = object
        change = ObjectChange(revision: event.revision, current: object, previous: previous)
      case .failure(let error)?:
        state.unreadable[keyValue.key] = note(error)
        let previous = state.objects.remove(keyValue.key)
        state.byKey[keyValue.key] = nil
        change = ObjectChange(revision: event.revision, current: nil, previous: previous)
      case nil: return
      }
    case .delete(let key, _):
      state.unreadable[key] = nil
      let previous = state.objects.remove(key)
      state.byKey[key] = nil
      change = ObjectChange(revision: event.revision, current: nil, previous: previous)
    }
    state.changed = event.revision
    state.revision = max(state.revision, event.revision)
    guard change.current != nil || change.previous != nil else { return }
    state.history.append(change)
    for (id, watch) in state.watches {
      guard let message = change.event(for: watch.selection) else { continue }
      if !watch.offer(message) { state.watches[id] = nil }
    }
  }

  /// Everything up to `revision` has been applied.
  func advance(to revision: Int64) {
    state.withLock { $0.revision = max($0.revision, revision) }
  }

  private func note(_ error: UnreadableObject) -> String {
    log(.error, "a stored object cannot be read", ["key": error.key, "reason": error.reason])
    return error.reason
  }

  // MARK: Reading

  /// - Throws: `internalError` when there is something under the key that is no object.
  func object(_ key: String) throws(APIError) -> StoredObject? {
    let (object, problem) = state.withLock { ($0.byKey[key], $0.unreadable[key]) }
    if let problem { throw .internalError("the stored object \(key) cannot be read: \(problem)") }
    return object
  }

  /// A consistent state: the objects, the revision that they stand for, and the last one that changed them.
  func snapshot() -> (objects: SortedObjects, revision: Int64, changed: Int64) {
    state.withLock { ($0.objects, $0.revision, $0.changed) }
  }

  var count: Int { state.withLock { $0.objects.count } }

  // MARK: Watching

  /// Opens a watch from the state as it is: all objects as added, then changes.
  func watchFromNow(
    _ selection: ObjectSelection, wantsBookmarks: Bool, marksInitialEnd: Bool, queueLimit: Int,
    view: WatchView?
  ) -> ObjectWatch {
    state.withLock { state in
      let watch = ObjectWatch(
        selection: selection, initial: state.objects.objects(withPrefix: selection.keyPrefix),
        afterInitial: marksInitialEnd ? bookmark(state.revision, endsInitial: true) : nil,
        wantsBookmarks: wantsBookmarks, queueLimit: queueLimit, view: view)
      register(watch, &state)
      return watch
    }
  }

  /// Opens a watch on the changes after `revision`.
  func watch(
    _ selection: ObjectSelection, after revision: Int64, wantsBookmarks: Bool, queueLimit: Int,
    view: WatchView?
  ) throws(APIError) -> ObjectWatch {
    try state.withLock { state throws(APIError) in
      guard let missed = state.history.changes(after: revision) else {
        throw .tooOldResourceVersion(revision, oldest: state.history.floor)
      }
      // What is missed is bounded by the history's length, so it does not count against the queue's limit.
      let watch = ObjectWatch(
        selection: selection, initial: nil, afterInitial: nil, wantsBookmarks: wantsBookmarks,
        queueLimit: queueLimit + missed.count, view: view, after: revision)
      for change in missed {
        if let event = change.event(for: selection) { _ = watch.offer(event) }
      }
      register(watch, &state)
      return watch
    }
  }

  private func register(_ watch: ObjectWatch, _ state: inout State) {
    let id = ObjectIdentifier(watch)
    state.watches[id] = watch
    watch.whenCancelled { [weak self] in self?.forget(id) }
  }

  private func forget(_ id: ObjectIdentifier) {
    state.withLock { _ = $0.watches.removeValue(forKey: id) }
  }

  /// Sends a bookmark to every watch that wants them.
  func sendBookmarks() {
    state.withLock { state in
      guard state.watches.values.contains(where: \.wantsBookmarks) else { return }
      let event = bookmark(state.revision, endsInitial: false)
      for (id, watch) in state.watches where watch.wantsBookmarks {
        if !watch.offer(event) { state.watches[id] = nil }
      }
    }
  }

  /// Sends one to a watch that wants them.
  func sendBookmark(to watch: ObjectWatch) {
    guard watch.wantsBookmarks else { return }
    state.withLock { state in
      // Under the lock, so that no change that it covers comes after it.
      if !watch.offer(bookmark(state.revision, endsInitial: false)) { state.watches[ObjectIdentifier(watch)] = nil }
    }
  }

  private func bookmark(_ revision: Int64, endsInitial: Bool) -> WatchEvent {
    let annotation = endsInitial ? #","annotations":{"k8s.io/initial-events-end":"true"}"# : ""
    let text = #"{"kind":"\#(kind)","apiVersion":"\#(apiVersion)","metadata":{"creationTimestamp":null\#(annotation)}}"#
    do {
      let object = try StoredObject(
        key: "", stored: Array(text.utf8), revision: revision, createRevision: revision, reader: SummaryReader([]))
      return WatchEvent(.bookmark, object, endsInitialEvents: endsInitial)
    } catch {
      preconditionFailure("the text of a bookmark is valid by construction: \(error)")
    }
  }
}

/// A resource's part of a whole list.
struct ListedObjects: Sendable {
  /// In order of their keys.
  var objects: [StoredObject] = []
  var unreadable: [UnreadableObject] = []
}

/// Why a stored value is no object.
struct UnreadableObject: Error {
  var key: String
  var reason: String
}
