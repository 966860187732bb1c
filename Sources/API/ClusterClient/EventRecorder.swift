import JSONDocument
package import KubernetesAPI
package import Logging
import Synchronization

/// Writes events about objects, as `kubectl describe` and `kubectl get events` show them.
///
/// `record` never waits: events go into a bounded queue, and when that is full the newest are dropped and
/// counted. `run()` writes them, one at a time, as `EventCorrelator` decides: what is the same, or differs in its
/// message only time and again, raises the count of the event that is there instead of making another.
package final class EventRecorder: Sendable {
  package enum Kind: String, Sendable { case normal = "Normal", warning = "Warning" }

  /// Events that wait to be written, at most.
  static let capacity = 1024

  private let client: ClusterClient
  private let component: String
  private let host: String
  private let logger: Logger
  private let stream: AsyncStream<RecordedEvent>
  private let continuation: AsyncStream<RecordedEvent>.Continuation
  private let dropped = Atomic<Int>(0)

  /// `component` ("default-scheduler") and `host` (a node's name; "" for what belongs to no node) become the events'
  /// source.
  package init(_ client: ClusterClient, component: String, host: String = "", logger: Logger) {
    self.client = client
    self.component = component
    self.host = host
    self.logger = logger
    (stream, continuation) = AsyncStream.makeStream(
      of: RecordedEvent.self, bufferingPolicy: .bufferingOldest(Self.capacity))
  }

  /// Events that were dropped: the queue was full, or there were too many about one object.
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
    let event = RecordedEvent(object: object, kind: kind, reason: reason, message: message, component: component)
    if case .dropped = continuation.yield(event) { dropped.add(1, ordering: .relaxed) }
  }

  /// Writes what is recorded until it is cancelled. To be called once.
  package func run() async throws {
    let origin = ContinuousClock.now
    var correlator = EventCorrelator()
    for await event in stream {
      do {
        switch correlator.correlate(event, now: ContinuousClock.now - origin) {
        case .drop: dropped.add(1, ordering: .relaxed)
        case .create(let record): correlator.created(record, as: try await create(event, record))
        case .update(let key, let record):
          if try await !update(key, record) {
            // It has expired: begin anew.
            let first = record.first
            correlator.created(first, as: try await create(event, first))
          }
        }
      } catch {
        try Task.checkCancellation()
        // Events are best effort: one that cannot be written is not worth holding up the others.
        logger.debug("event not written", metadata: ["reason": "\(event.reason)", "error": "\(error)"])
      }
    }
    try Task.checkCancellation()
  }

  /// `false`: there is no such event any more.
  private func update(_ key: ObjectKey, _ record: EventCorrelator.Record) async throws -> Bool {
    var body = JSONWriter()
    body.beginObject()
    body.key("count")
    body.write(record.count)
    body.key("lastTimestamp")
    Time.now().write(to: &body)
    body.key("message")
    body.write(record.message)
    body.endObject()
    do {
      _ = try await client.patch(
        CoreV1.Event.self, name: key.name, namespace: key.namespace, patch: .strategic(body.bytes))
      return true
    } catch  where error.isNotFound {
      return false
    }
  }

  private func create(_ recorded: RecordedEvent, _ record: EventCorrelator.Record) async throws -> ObjectKey {
    let object = recorded.object
    let now = Time.now()
    var event = CoreV1.Event()
    event.metadata.namespace = object.namespace.isEmpty ? "default" : object.namespace
    let suffix = String(WallClock.nanoseconds(), radix: 16)
    event.metadata.name = "\(object.name.prefix(200)).\(suffix)"
    event.involvedObject = object
    event.reason = recorded.reason
    event.message = record.message
    event.type = recorded.kind.rawValue
    event.source.component = recorded.component
    event.source.host = host
    event.reportingComponent = recorded.component
    event.reportingInstance = host
    event.firstTimestamp = now
    event.lastTimestamp = now
    event.count = record.count
    return try await client.create(event).key
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
