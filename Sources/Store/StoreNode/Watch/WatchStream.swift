package import MVCC

/// One watch of a stream, as etcd's WatchCreateRequest.
package struct WatchRequest: Hashable, Sendable {
  package var range: KeyRange
  /// The first revision to report; 0 or less for what comes after now.
  package var startRevision: Int64
  /// Kinds of events to leave out.
  package var excludedKinds: Set<Event.Kind>
  package var wantsPrevious: Bool
  /// Whether to send an empty response from time to time while nothing happens, so that the client learns how far
  /// it has seen everything.
  package var wantsProgress: Bool
  /// The client's choice of an id, or 0 for the next free one.
  package var watchID: Int64

  package init(
    _ range: KeyRange, startRevision: Int64 = 0, excludedKinds: Set<Event.Kind> = [], wantsPrevious: Bool = false,
    wantsProgress: Bool = false, watchID: Int64 = 0
  ) {
    self.range = range
    self.startRevision = startRevision
    self.excludedKinds = excludedKinds
    self.wantsPrevious = wantsPrevious
    self.wantsProgress = wantsProgress
    self.watchID = watchID
  }
}

/// What a watch stream sends, in order. Events of one revision and one watch are never split over two responses,
/// whatever their size (an etcd client that asked for fragments may get them split by the service).
package enum WatchResponse: Hashable, Sendable {
  /// A watch exists; `revision` is the store's at that moment. Events follow.
  case created(watchID: Int64, revision: Int64)
  /// Events of one watch, by revision. `revision` is the store's when they were read.
  case events(watchID: Int64, revision: Int64, events: [Event])
  /// Every event up to `revision` has been sent: of the watch, or of all watches of the stream (`watchID` -1).
  case progress(watchID: Int64, revision: Int64)
  /// A watch has ended, with etcd's reason. `compactRevision` is not 0 when its events were compacted away.
  case canceled(watchID: Int64, revision: Int64, compactRevision: Int64, reason: String)
}

/// The watches of one client connection. The output is bounded: a watch whose client does not read falls back to
/// the history and goes on from there once the client reads again; it is cancelled when the history it needs is
/// compacted meanwhile. Requests wait while too many answers have not been read; a request whose task is cancelled, or
/// whose stream is closed, while it waits is dropped.
package protocol WatchStream: Sendable {
  /// Starts a watch; the answer (`created`, or `canceled` with watchID as asked) comes through ``next()``.
  func create(_ request: WatchRequest) async
  /// Ends a watch; `canceled` comes through ``next()`` unless there is none of that id.
  func cancel(watchID: Int64) async
  /// Asks for a `progress` of the whole stream, sent as soon as all its watches are up to date.
  func requestProgress() async
  /// The next response; nil after ``close()`` or when the replica stops. One caller at a time.
  func next() async -> WatchResponse?
  /// The next response and those that wait behind it, up to some hundred kilobytes; empty where ``next()`` gives nil.
  func nextBatch() async -> [WatchResponse]
  /// Ends all of it. Must be called.
  func close()
}
