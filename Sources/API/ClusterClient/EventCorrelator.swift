package import KubernetesAPI

/// An event as somebody recorded it, before it is decided how to write it.
package struct RecordedEvent: Sendable {
  /// Characters of a message at most; what exceeds them is cut off.
  static let longestMessage = 1024

  package let object: CoreV1.ObjectReference
  package let kind: EventRecorder.Kind
  package let reason: String
  package let message: String
  /// Who records it.
  package let component: String

  package init(
    object: CoreV1.ObjectReference, kind: EventRecorder.Kind, reason: String, message: String, component: String
  ) {
    self.object = object
    self.kind = kind
    self.reason = reason
    self.message = String(message.prefix(Self.longestMessage))
    self.component = component
  }
}

/// Decides how events are written, so that what happens over and over neither fills the store nor keeps the API busy.
/// Pure: `now` counts from any fixed origin and never goes back. The rules are those that client-go documents for its
/// event correlator:
///
/// - **Counting**: the same event again raises the count of the one that is there.
/// - **Combining**: of events that differ in their message only, `similarEvents` messages get an event each. Further messages
///   share one, which shows the newest, until there was none of them all for `similarInterval`. (client-go combines from
///   the last of `similarEvents` on.)
/// - **Spam**: a component has `burst` writes about one object, and gets another one each `refill`. What exceeds them
///   is dropped; what is dropped still counts, so that the next write tells of it. What happens for the first time is
///   written all the same (client-go drops it too): that a pod was scheduled at last is worth more than all the tries.
///
/// Each memory is bounded: the `memory` entries used last are remembered, and twice as many at most.
package struct EventCorrelator: Sendable {
  /// Messages that get an event each, of events that differ in nothing else.
  static let similarEvents = 10
  /// Without a similar event for this long, the next ones get an event each again.
  static let similarInterval: Duration = .seconds(600)
  /// Writes at once by one component about one object.
  static let burst = 25
  /// After which time one more write is allowed.
  static let refill: Duration = .seconds(300)
  /// Entries of each memory that are sure to be remembered.
  static let memory = 2048

  /// Who says something about which object: what the spam rule goes by.
  fileprivate struct Source: Hashable, Sendable {
    var component: String
    var apiVersion: String
    var kind: String
    var namespace: String
    var name: String
    var uid: String

    init(_ event: RecordedEvent) {
      component = event.component
      apiVersion = event.object.apiVersion
      kind = event.object.kind
      namespace = event.object.namespace
      name = event.object.name
      uid = event.object.uid
    }
  }

  /// What events have in common that may be combined.
  fileprivate struct Group: Hashable, Sendable {
    var source: Source
    var kind: EventRecorder.Kind
    var reason: String
  }

  /// Which event in the cluster tells of an event.
  fileprivate enum Identity: Hashable, Sendable {
    case single(Group, fieldPath: String, message: String)
    case combined(Group)
  }

  private struct Similar {
    /// The messages that have an event each.
    var messages: Set<String> = []
    var newest: Duration
  }

  private struct Bucket {
    /// How long it takes until all writes are allowed again.
    var debt: Duration = .zero
    var newest: Duration
  }

  private struct Observation {
    /// `nil`: nothing was written yet.
    var key: ObjectKey?
    var count: Int32 = 0
  }

  /// What the event in the cluster is to say.
  package struct Record: Sendable {
    package let message: String
    package let count: Int32
    fileprivate let identity: Identity

    /// The same as the first of its kind.
    package var first: Record { Record(message: message, count: 1, identity: identity) }
  }

  package enum Decision: Sendable {
    /// Not to be written: too many events about one object.
    case drop
    /// A new event is to be written. Once it is there, `created` is to be told.
    case create(Record)
    /// The event of this name is to say this, and that now is when it happened last. If it is gone, the record's `first`
    /// is to be created.
    case update(ObjectKey, Record)
  }

  private var similar = RecentlyUsed<Group, Similar>(capacity: Self.memory)
  private var buckets = RecentlyUsed<Source, Bucket>(capacity: Self.memory)
  private var observations = RecentlyUsed<Identity, Observation>(capacity: Self.memory)

  package init() {}

  /// Takes an event, and says what is to be written.
  package mutating func correlate(_ event: RecordedEvent, now: Duration) -> Decision {
    let source = Source(event)
    let identity = identify(event, Group(source: source, kind: event.kind, reason: event.reason), now: now)
    var observation = observations[identity] ?? Observation()
    // It stops at the largest number, which no event reaches in earnest.
    if observation.count < .max { observation.count += 1 }
    observations[identity] = observation
    let isAllowed = mayWrite(source, now: now)
    guard isAllowed || observation.count == 1 else { return .drop }
    let record = Record(message: Self.message(of: event, identity), count: observation.count, identity: identity)
    guard let key = observation.key else { return .create(record) }
    return .update(key, record)
  }

  /// A record was written as a new event of this name: what is the same from now on raises its count.
  package mutating func created(_ record: Record, as key: ObjectKey) {
    observations[record.identity] = Observation(key: key, count: record.count)
  }

  private mutating func identify(_ event: RecordedEvent, _ group: Group, now: Duration) -> Identity {
    var known = similar[group] ?? Similar(newest: now)
    if now - known.newest > Self.similarInterval { known.messages = [] }
    known.newest = now
    let isSingle = known.messages.contains(event.message) || known.messages.count < Self.similarEvents
    if isSingle { known.messages.insert(event.message) }
    similar[group] = known
    guard isSingle else { return .combined(group) }
    return .single(group, fieldPath: event.object.fieldPath, message: event.message)
  }

  private static func message(of event: RecordedEvent, _ identity: Identity) -> String {
    switch identity {
    case .single: event.message
    case .combined:
      String("(combined from similar events): \(event.message)".prefix(RecordedEvent.longestMessage))
    }
  }

  /// Takes a token for a write about an object, if one is left.
  private mutating func mayWrite(_ source: Source, now: Duration) -> Bool {
    var bucket = buckets[source] ?? Bucket(newest: now)
    bucket.debt = max(.zero, bucket.debt - (now - bucket.newest))
    bucket.newest = now
    let isAllowed = bucket.debt + Self.refill <= Self.refill * Self.burst
    if isAllowed { bucket.debt += Self.refill }
    buckets[source] = bucket
    return isAllowed
  }
}

/// Values by key, of which those set last are remembered: `capacity` of them at least, twice as many at most.
private struct RecentlyUsed<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private let capacity: Int
  private var newer: [Key: Value] = [:]
  private var older: [Key: Value] = [:]

  init(capacity: Int) { self.capacity = capacity }

  subscript(key: Key) -> Value? {
    get { newer[key] ?? older[key] }
    set {
      older[key] = nil
      if newValue != nil, newer[key] == nil, newer.count == capacity {
        older = newer
        newer = [:]
      }
      newer[key] = newValue
    }
  }
}
