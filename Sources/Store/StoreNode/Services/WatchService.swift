import EtcdAPI
import GRPC
import MVCC
import Synchronization

/// `etcdserverpb.Watch`: any number of watches on one stream.
extension EtcdServices {
  func registerWatch(in router: inout GRPCRouter) {
    router.bidirectional(EtcdCall.Watch.watch) {
      (
        requests: GRPCRequestStream<Etcdserverpb_WatchRequest>,
        writer: GRPCResponseWriter<Etcdserverpb_WatchResponse>, context
      ) in
      let stream = self.store.openWatchStream()
      defer { stream.close() }
      do {
        try self.requireLeader(where: context)
        try await self.serve(requests, writer, on: stream, requiresLeader: context.metadata["hasleader"] == "true")
      } catch {
        throw GRPCStatus(etcdError: error)
      }
    }
  }

  private func serve(
    _ requests: GRPCRequestStream<Etcdserverpb_WatchRequest>,
    _ writer: GRPCResponseWriter<Etcdserverpb_WatchResponse>, on stream: any WatchStream, requiresLeader: Bool
  ) async throws {
    let watches = OpenWatches()
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask(executorPreference: self.watchExecutor) {
        var encoder = WatchEncoder()
        while true {
          let responses = await stream.nextBatch()
          if responses.isEmpty { break }
          try await writer.write(self.encoded(responses, watches, &encoder))
        }
        // Closed from this side ends quietly; the replica's end must not look like the end of the watches.
        try Task.checkCancellation()
        throw self.store.refusal ?? StoreError.stopped
      }
      group.addTask {
        for try await request in requests {
          if let refusal = await self.take(request, on: stream, watches) { try await writer.write(refusal) }
        }
        // A client that has nothing more to ask may go on listening.
        return false
      }
      if requiresLeader {
        group.addTask {
          try await self.watchLeader()
          return true
        }
      }
      defer {
        group.cancelAll()
        stream.close()
      }
      while let ends = try await group.next(), !ends {}
    }
  }

  /// Throws once the replica has known no leader for a while.
  private func watchLeader() async throws {
    var misses = 0
    while misses < 4 {
      try await Task.sleep(for: .milliseconds(500))
      misses = !self.store.hasLeader ? misses + 1 : 0
    }
    throw StoreError.noLeader
  }

  // MARK: Requests

  /// Hands a request to the stream, which may let it wait: a client that asks and does not read is stopped by HTTP/2's
  /// flow control in the end. Returns the answer to one that the stream need not see.
  private func take(
    _ request: Etcdserverpb_WatchRequest, on stream: any WatchStream, _ watches: OpenWatches
  ) async -> Etcdserverpb_WatchResponse? {
    switch request.requestUnion {
    case .createRequest(let create):
      if create.watchID != 0, watches.contains(create.watchID) {
        return self.refusal("mvcc: duplicate watch ID provided on the WatchStream")
      }
      let watch = WatchRequest(create)
      guard watch.range.isSingleKey || watch.range.isUnbounded || watch.range.key.precedes(watch.range.end) else {
        return self.refusal("mvcc: watcher range is empty")
      }
      watches.willCreate(fragmenting: create.fragment)
      await stream.create(watch)
    case .cancelRequest(let cancel):
      await stream.cancel(watchID: cancel.watchID)
    case .progressRequest:
      await stream.requestProgress()
    case nil:
      break
    }
    return nil
  }

  /// A watch that was never created: etcd's clients look for both flags.
  private func refusal(_ reason: String) -> Etcdserverpb_WatchResponse {
    var message = Etcdserverpb_WatchResponse()
    message.header = self.header()
    message.watchID = -1
    message.created = true
    message.canceled = true
    message.cancelReason = reason
    return message
  }

  // MARK: Responses

  private func encoded(
    _ responses: [WatchResponse], _ watches: OpenWatches, _ encoder: inout WatchEncoder
  ) throws -> GRPCMessageBatch {
    var batch = GRPCMessageBatch()
    defer { encoder.finishBatch() }
    for response in responses {
      if case .events(let watchID, let revision, let events) = response, !watches.isFragmenting(watchID) {
        try encoder.append(
          events, of: watchID, to: &batch, revision: revision
        ) { self.header(revision: $0) }
      } else {
        for message in self.messages(for: response, watches) { try batch.append(message) }
      }
    }
    return batch
  }

  private func messages(for response: WatchResponse, _ watches: OpenWatches) -> [Etcdserverpb_WatchResponse] {
    var message = Etcdserverpb_WatchResponse()
    switch response {
    case .created(let watchID, let revision):
      watches.created(watchID)
      message.header = self.header(revision: revision)
      message.watchID = watchID
      message.created = true
    case .progress(let watchID, let revision):
      message.header = self.header(revision: revision)
      message.watchID = watchID
    case .canceled(let watchID, let revision, let compactRevision, let reason):
      message.header = self.header(revision: revision)
      message.watchID = watchID
      message.canceled = true
      message.compactRevision = compactRevision
      message.cancelReason = reason
      guard watches.ended(watchID) else {
        guard compactRevision != 0 else { return [self.refusal(reason)] }
        // Too old from the start: clients want to hear of its creation first.
        var created = Etcdserverpb_WatchResponse()
        created.header = message.header
        created.watchID = watchID
        created.created = true
        return [created, message]
      }
    case .events(let watchID, let revision, let events):
      message.header = self.header(revision: revision)
      message.watchID = watchID
      message.events = events.map(Mvccpb_Event.init)
      if watches.isFragmenting(watchID) { return self.fragments(of: message) }
    }
    return [message]
  }

  /// Cuts a response with many events into several, for a client that has asked for it. All but the last are
  /// marked.
  private func fragments(of whole: Etcdserverpb_WatchResponse) -> [Etcdserverpb_WatchResponse] {
    var fragments: [Etcdserverpb_WatchResponse] = []
    var fragment = whole
    fragment.events = []
    var size = 0
    for event in whole.events {
      let eventSize = event.kv.key.count + event.kv.value.count + event.prevKv.key.count + event.prevKv.value.count + 96
      if size + eventSize > self.maximumRequestBytes, !fragment.events.isEmpty {
        fragment.fragment = true
        fragments.append(fragment)
        fragment.events = []
        size = 0
      }
      fragment.events.append(event)
      size += eventSize
    }
    fragment.fragment = false
    fragments.append(fragment)
    return fragments
  }
}

/// Which watches of a stream exist, as the client has been told.
private final class OpenWatches: Sendable {
  private struct State {
    /// By id, whether the client takes fragments.
    var open: [Int64: Bool] = [:]
    /// The same for those that were asked for and are not answered yet; answers come in order.
    var asked: [Bool] = []
  }

  private let state = Mutex(State())

  func contains(_ watchID: Int64) -> Bool {
    self.state.withLock { $0.open[watchID] != nil }
  }

  func willCreate(fragmenting: Bool) {
    self.state.withLock { $0.asked.append(fragmenting) }
  }

  func created(_ watchID: Int64) {
    self.state.withLock { state in
      state.open[watchID] = state.asked.isEmpty ? false : state.asked.removeFirst()
    }
  }

  /// False when it had never been created.
  func ended(_ watchID: Int64) -> Bool {
    self.state.withLock { state in
      if state.open.removeValue(forKey: watchID) != nil { return true }
      if !state.asked.isEmpty { state.asked.removeFirst() }
      return false
    }
  }

  func isFragmenting(_ watchID: Int64) -> Bool {
    self.state.withLock { $0.open[watchID] ?? false }
  }
}
