import MVCC

/// A replica's watches in figures.
struct WatchFigures: Sendable {
  var streams = 0
  var watches = 0
  /// Those that read the history.
  var behind = 0
  /// Events given to watches so far.
  var events: UInt64 = 0
  /// Events that wait to be read.
  var pending = 0
}

/// All watches of the replica, on the state thread.
///
/// A watch is *synced* when everything up to the present has been queued for it: then each change is matched once
/// against all synced watches. Otherwise it reads the history in slices, and only as fast as its stream is read.
struct WatchHub {
  enum Request: Sendable {
    case open(WatchQueue)
    /// The caller is looked at before it gets here.
    case create(UInt64, WatchRequest, Caller?)
    /// A watch that must not be.
    case reject(UInt64, reason: String)
    case cancel(UInt64, Int64)
    case progress(UInt64)
    /// A stream that had no room has room again.
    case drained(UInt64)
    case close(UInt64)

    /// For a replica that serves no watch any more.
    func refuse() {
      if case .open(let queue) = self { queue.end() }
    }
  }

  /// The most changes that one watch looks at, and bytes that it queues, before it is another's turn; and the changes that
  /// all of them look at before it is the replica's.
  private static let sliceChanges = 4096
  private static let turnChanges: Int64 = 16_384
  private static let sliceBytes = 512 << 10

  /// The id of a watch that was never created, as in etcd: it is nobody's end.
  private static let none: Int64 = -1

  private final class Watch {
    let id: Int64
    let stream: Stream
    let request: WatchRequest
    /// The first revision that has not been queued; looked at only while not synced, or ahead of the present.
    var next: Int64
    var isSynced = false
    /// Where it stands among the synced watches of its key, or of ranges.
    var slot = 0
    /// Stands in `behind`.
    var isQueued = false
    var isIdle = true

    /// Wants every event as it is.
    let isPlain: Bool

    init(id: Int64, stream: Stream, request: WatchRequest, next: Int64) {
      isPlain = !request.wantsPrevious && request.excludedKinds.isEmpty
      self.id = id
      self.stream = stream
      self.request = request
      self.next = next
    }
  }

  private final class Stream {
    let queue: WatchQueue
    var watches: [Int64: Watch] = [:]
    var nextID: Int64 = 0
    var wantsProgress = false

    init(_ queue: WatchQueue) { self.queue = queue }
  }

  private var streams: [UInt64: Stream] = [:]
  /// Synced watches: by key for those of one key, and all others.
  private var byKey: [Bytes: [Watch]] = [:]
  private var ranges: [Watch] = []
  /// Watches that have history to read and a stream with room.
  private var behind: [Watch] = []
  /// Everything up to this revision was given to the synced watches.
  private var published: Int64
  private let progressTicks: Int
  private var ticks = 0
  /// For metrics.
  private var syncedCount = 0
  private var eventCount: UInt64 = 0

  init(revision: Int64, progressTicks: Int) {
    published = revision
    self.progressTicks = progressTicks
  }

  /// Whether ``catchUp(_:)`` has something to do.
  var hasWork: Bool { !behind.isEmpty }

  /// What there is just now. It goes over all streams.
  var figures: WatchFigures {
    var figures = WatchFigures(streams: streams.count, events: eventCount)
    for stream in streams.values {
      figures.watches += stream.watches.count
      figures.pending += stream.queue.pendingEvents
    }
    figures.behind = max(figures.watches - syncedCount, 0)
    return figures
  }

  // MARK: - Requests

  mutating func handle(_ request: Request, _ store: MVCCStore) {
    switch request {
    case .open(let queue): streams[queue.id] = Stream(queue)
    case .reject(let id, let reason):
      guard let stream = streams[id] else { return }
      defer { stream.queue.handled() }
      stream.queue.put(.canceled(watchID: Self.none, revision: store.revision, compactRevision: 0, reason: reason))
    case .create(let id, let request, _):
      guard let stream = streams[id] else { return }
      defer { stream.queue.handled() }
      create(request, stream, store)
    case .cancel(let id, let watchID):
      guard let stream = streams[id] else { return }
      defer { stream.queue.handled() }
      guard let watch = stream.watches[watchID] else { return }
      remove(watch)
      stream.queue.put(
        .canceled(watchID: watchID, revision: store.revision, compactRevision: 0, reason: ""))
      answerProgress(stream)
    case .progress(let id):
      guard let stream = streams[id] else { return }
      defer { stream.queue.handled() }
      stream.wantsProgress = true
      answerProgress(stream)
    case .drained(let id):
      guard let stream = streams[id] else { return }
      for watch in stream.watches.values where !watch.isSynced { enqueueBehind(watch) }
    case .close(let id):
      guard let stream = streams.removeValue(forKey: id) else { return }
      for watch in stream.watches.values { remove(watch) }
      stream.queue.end()
    }
  }

  private mutating func create(_ request: WatchRequest, _ stream: Stream, _ store: MVCCStore) {
    var id = request.watchID
    let range = request.range
    guard range.isSingleKey || range.isUnbounded || range.key.precedes(range.end) else {
      stream.queue.put(
        .canceled(
          watchID: Self.none, revision: store.revision, compactRevision: 0, reason: "mvcc: watcher range is empty"))
      return
    }
    if id == 0 {
      while stream.watches[stream.nextID] != nil { stream.nextID += 1 }
      id = stream.nextID
      stream.nextID += 1
    } else if stream.watches[id] != nil {
      stream.queue.put(
        .canceled(
          watchID: Self.none, revision: store.revision, compactRevision: 0,
          reason: "mvcc: duplicate watch ID provided on the WatchStream"))
      return
    }
    // What is applied but not published yet is history to a new watch.
    let next = request.startRevision > 0 ? request.startRevision : store.revision + 1
    let watch = Watch(id: id, stream: stream, request: request, next: next)
    stream.watches[id] = watch
    stream.queue.put(.created(watchID: id, revision: store.revision))
    if next > published, published == store.revision { sync(watch) } else { enqueueBehind(watch) }
  }

  // MARK: - Synced watches

  private mutating func sync(_ watch: Watch) {
    watch.isSynced = true
    syncedCount += 1
    let key = watch.request.range.key
    if watch.request.range.isSingleKey {
      Self.add(watch, to: &byKey[key, default: []])
    } else {
      Self.add(watch, to: &ranges)
    }
  }

  private mutating func unsync(_ watch: Watch) {
    guard watch.isSynced else { return }
    watch.isSynced = false
    syncedCount -= 1
    let key = watch.request.range.key
    if watch.request.range.isSingleKey {
      Self.remove(watch, from: &byKey[key, default: []])
      if byKey[key]?.isEmpty == true { byKey[key] = nil }
    } else {
      Self.remove(watch, from: &ranges)
    }
  }

  private static func add(_ watch: Watch, to watches: inout [Watch]) {
    watch.slot = watches.count
    watches.append(watch)
  }

  /// The last one takes its place: thousands may watch one key.
  private static func remove(_ watch: Watch, from watches: inout [Watch]) {
    let last = watches.removeLast()
    guard last !== watch else { return }
    watches[watch.slot] = last
    last.slot = watch.slot
  }

  private mutating func remove(_ watch: Watch) {
    unsync(watch)
    // If it stands in `behind`, it is passed over there: thousands may go at once.
    watch.stream.watches[watch.id] = nil
  }

  /// The store has changed: gives the changes to the synced watches.
  mutating func publish(_ store: MVCCStore) {
    defer { published = store.revision }
    guard !byKey.isEmpty || !ranges.isEmpty else { return }
    guard let batch = try? store.events(from: published + 1) else {
      // A snapshot was installed, or a compaction went past: what there was is not to be had any more, and each
      // watch finds that out by itself.
      for watch in ranges + byKey.values.flatMap({ $0 }) {
        unsync(watch)
        watch.next = max(watch.next, published + 1)
        enqueueBehind(watch)
      }
      return
    }
    // Most watches want all there is of their key: they are given one and the same list.
    var eventsByKey: [Bytes: [Event]] = [:]
    if !byKey.isEmpty {
      for event in batch.events where byKey[event.keyValue.key] != nil {
        eventsByKey[event.keyValue.key, default: []].append(event)
      }
    }
    for (key, events) in eventsByKey {
      for watch in byKey[key] ?? [] { give(events, to: watch, store) }
    }
    for watch in ranges {
      let range = watch.request.range
      if range.isUnbounded, range.key == [0] {
        give(batch.events, to: watch, store)
      } else {
        give(batch.events.filter { range.contains($0.keyValue.key) }, to: watch, store)
      }
    }
  }

  /// Queues what a synced watch wants of these events of its keys.
  private mutating func give(_ candidates: [Event], to watch: Watch, _ store: MVCCStore) {
    var events = candidates
    if !watch.isPlain || (candidates.first.map { $0.keyValue.modRevision < watch.next } ?? true) {
      events = candidates.filter { event in
        event.keyValue.modRevision >= watch.next && !watch.request.excludedKinds.contains(event.kind)
      }
      if watch.request.wantsPrevious { events = events.map(store.withPrevious) }
    }
    guard let first = events.first else { return }
    watch.isIdle = false
    eventCount += UInt64(events.count)
    if watch.stream.queue.hasRoom() {
      watch.stream.queue.put(.events(watchID: watch.id, revision: store.revision, events: events))
    } else {
      unsync(watch)
      watch.next = first.keyValue.modRevision
    }
  }

  // MARK: - Watches that are behind

  private mutating func enqueueBehind(_ watch: Watch) {
    guard !watch.isQueued, watch.stream.queue.hasRoom() else { return }
    watch.isQueued = true
    behind.append(watch)
  }

  /// Gives the watches that are behind a slice of history each, as many as a turn has room for: thousands may have come
  /// back at once, and what is applied meanwhile must not wait for all of them.
  mutating func catchUp(_ store: MVCCStore) {
    let turn = behind
    behind = []
    var looked: Int64 = 0
    for (place, watch) in turn.enumerated() {
      if looked >= Self.turnChanges {
        behind = Array(turn[place...]) + behind
        return
      }
      watch.isQueued = false
      looked += 1
      // Others of its stream may have used up the room meanwhile: then it is told when there is some again.
      guard watch.stream.watches[watch.id] === watch, !watch.isSynced, watch.stream.queue.hasRoom() else { continue }
      do throws(MVCCError) {
        let batch = try store.events(
          from: watch.next, in: watch.request.range, excluding: watch.request.excludedKinds,
          withPrevious: watch.request.wantsPrevious, scanLimit: Self.sliceChanges, byteLimit: Self.sliceBytes)
        if !batch.events.isEmpty {
          eventCount += UInt64(batch.events.count)
          watch.stream.queue.put(.events(watchID: watch.id, revision: store.revision, events: batch.events))
        }
        looked += max(batch.nextRevision - watch.next, 0)
        watch.next = batch.nextRevision
        if watch.next > store.revision { sync(watch) } else { enqueueBehind(watch) }
      } catch {
        // Without a reason, as etcd: the compacted revision says it.
        remove(watch)
        watch.stream.queue.put(
          .canceled(
            watchID: watch.id, revision: store.revision, compactRevision: store.compactRevision, reason: ""))
      }
      answerProgress(watch.stream)
    }
  }

  // MARK: - Progress

  private func answerProgress(_ stream: Stream) {
    guard stream.wantsProgress, stream.watches.values.allSatisfy(\.isSynced) else { return }
    stream.wantsProgress = false
    stream.queue.put(.progress(watchID: -1, revision: published))
  }

  mutating func tick(_ store: MVCCStore) {
    ticks += 1
    guard ticks >= progressTicks else { return }
    ticks = 0
    for stream in streams.values {
      for watch in stream.watches.values where watch.request.wantsProgress && watch.isSynced {
        if watch.isIdle, stream.queue.hasRoom() { stream.queue.put(.progress(watchID: watch.id, revision: published)) }
        watch.isIdle = true
      }
    }
  }

  /// Ends all streams.
  mutating func stop() {
    for stream in streams.values { stream.queue.end() }
    streams = [:]
    (byKey, ranges, behind) = ([:], [], [])
    syncedCount = 0
  }
}
