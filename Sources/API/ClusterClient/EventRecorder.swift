package import KubernetesAPI
package import Logging
import Synchronization

/// Writes events about objects, as `kubectl describe` and `kubectl get events` show them.
///
/// `record` never waits: events go into a bounded queue, and when that is full the newest are dropped and
/// counted. `run()` writes them, one at a time. The same event about the same object again (same type, reason and
/// message) raises the count of the one that is there instead of making another.
package final class EventRecorder: Sendable {
  package enum Kind: String, Sendable { case normal = "Normal", warning = "Warning" }

  struct Entry: Sendable {
    var object: CoreV1.ObjectReference
    var kind: Kind
    var reason: String
    var message: String
    var component: String

    /// What makes two events the same.
    var aggregationKey: String {
      [
        component, object.kind, object.namespace, object.name, object.uid, object.fieldPath, kind.rawValue, reason,
        message,
      ]
      .joined(separator: "\u{0}")
    }
  }

  /// Events that wait to be written, at most.
  static let capacity = 1024
  /// Events remembered for counting, at most.
  static let memory = 2048

  private let client: ClusterClient
  private let component: String
  private let host: String
  private let logger: Logger
  private let stream: AsyncStream<Entry>
  private let continuation: AsyncStream<Entry>.Continuation
  private let dropped = Atomic<Int>(0)

  /// `component` ("default-scheduler") and `host` (a node's name; "" for what belongs to no node) become the events'
  /// source.
  package init(_ client: ClusterClient, component: String, host: String = "", logger: Logger) {
    self.client = client
    self.component = component
    self.host = host
    self.logger = logger
    (stream, continuation) = AsyncStream.makeStream(of: Entry.self, bufferingPolicy: .bufferingOldest(Self.capacity))
  }

  /// Events that were dropped because the queue was full.
  package var droppedCount: Int { dropped.load(ordering: .relaxed) }

  /// Records an event about an object.
  package func record<T: KubernetesObject>(_ object: T, _ kind: Kind, reason: String, message: String) {
    record(CoreV1.ObjectReference(to: object), kind, reason: reason, message: message)
  }

  /// Records an event about what a reference names.
  package func record(_ object: CoreV1.ObjectReference, _ kind: Kind, reason: String, message: String) {
    record(object, kind, reason: reason, message: message, component: component)
  }

  /// The same queue, for events whose source is another component of this process.
  package func source(_ component: String) -> EventSource { EventSource(recorder: self, component: component) }

  fileprivate func record(
    _ object: CoreV1.ObjectReference, _ kind: Kind, reason: String, message: String, component: String
  ) {
    let entry = Entry(
      object: object, kind: kind, reason: reason, message: String(message.prefix(1024)), component: component)
    if case .dropped = continuation.yield(entry) { dropped.add(1, ordering: .relaxed) }
  }

  /// Writes what is recorded until it is cancelled. To be called once.
  package func run() async throws {
    var known = RecentEvents(capacity: Self.memory)
    for await entry in stream {
      do { try await write(entry, known: &known) } catch {
        try Task.checkCancellation()
        // Events are best effort: one that cannot be written is not worth holding up the others.
        logger.debug("event not written", metadata: ["reason": "\(entry.reason)", "error": "\(error)"])
      }
    }
    try Task.checkCancellation()
  }

  private func write(_ entry: Entry, known: inout RecentEvents) async throws {
    let key = entry.aggregationKey
    let now = Time.now()
    if var seen = known[key] {
      seen.count += 1
      let body = Array(#"{"count":\#(seen.count),"lastTimestamp":"\#(now.description)"}"#.utf8)
      do {
        _ = try await client.patch(
          CoreV1.Event.self, name: seen.key.name, namespace: seen.key.namespace, patch: .strategic(body))
        known[key] = seen
        return
      } catch  where error.isNotFound {
        // It has expired: begin anew.
      }
    }
    let created = try await client.create(event(entry, at: now))
    known[key] = RecentEvents.Seen(key: created.key, count: 1)
  }

  private func event(_ entry: Entry, at now: Time) -> CoreV1.Event {
    var event = CoreV1.Event()
    event.metadata.namespace = entry.object.namespace.isEmpty ? "default" : entry.object.namespace
    let suffix = String(WallClock.nanoseconds(), radix: 16)
    event.metadata.name = "\(entry.object.name.prefix(200)).\(suffix)"
    event.involvedObject = entry.object
    event.reason = entry.reason
    event.message = entry.message
    event.type = entry.kind.rawValue
    event.source.component = entry.component
    event.source.host = host
    event.reportingComponent = entry.component
    event.reportingInstance = host
    event.firstTimestamp = now
    event.lastTimestamp = now
    event.count = 1
    return event
  }
}

/// Where a controller's events go, under its own name.
package struct EventSource: Sendable {
  fileprivate let recorder: EventRecorder
  package let component: String

  /// As `EventRecorder.record`.
  package func record<T: KubernetesObject>(_ object: T, _ kind: EventRecorder.Kind, reason: String, message: String) {
    recorder.record(
      CoreV1.ObjectReference(to: object), kind, reason: reason, message: message, component: component)
  }
}

/// The events written lately, by what makes them the same. Bounded: the ones made first are forgotten first.
struct RecentEvents {
  struct Seen {
    var key: ObjectKey
    var count: Int32
  }

  private let capacity: Int
  private var seen: [String: Seen] = [:]
  private var order: [String] = []

  init(capacity: Int) { self.capacity = capacity }

  subscript(key: String) -> Seen? {
    get { seen[key] }
    set {
      if seen[key] == nil, newValue != nil { order.append(key) }
      seen[key] = newValue
      if order.count > 2 * capacity {
        for old in order.prefix(capacity) { seen[old] = nil }
        order.removeFirst(capacity)
      }
    }
  }
}

extension CoreV1.ObjectReference {
  /// A reference to an object, with its uid and version.
  package init<T: KubernetesObject>(to object: T) {
    self.init()
    kind = T.resource.kind
    apiVersion = T.resource.apiVersion
    namespace = object.metadata.namespace
    name = object.metadata.name
    uid = object.metadata.uid
    resourceVersion = object.metadata.resourceVersion
  }
}
