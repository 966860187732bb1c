import EtcdAPI
import GRPC
import Logging
import NIOCore
import Synchronization

/// All watches of a client on one stream to one endpoint at a time. When the stream ends, another endpoint carries
/// them on, each from the revision after the last that its reader was given.
///
/// A watch gets a new id on the wire whenever it is created there, so that what still comes for an old one is told
/// apart.
final class WatchMultiplexer: Sendable {
  private struct Tracked {
    let watch: ActiveWatch
    /// The revision to create it with next; 0 while it has never been created and starts at the present.
    var nextRevision: Int64
    var wireID: Int64?
    /// Its reader has been told that it was created; told once, however often it is created again.
    var wasCreated = false
    /// The present wire id has been confirmed. Until then nothing said of the whole stream is about this watch.
    var isConfirmed = false
    /// Parts of a response that is not complete.
    var fragments: Etcdserverpb_WatchResponse?
  }

  private struct State {
    var isClosed = false
    var nextID: UInt64 = 1
    var nextWireID: Int64 = 1
    var watches: [UInt64: Tracked] = [:]
    var onWire: [Int64: UInt64] = [:]
    /// Where requests of the present stream go; nil while there is none.
    var requests: AsyncStream<Etcdserverpb_WatchRequest>.Continuation?
    /// Where the present stream is, or the next one will be tried.
    var endpoint: Int?
    /// Where the watches are to go on instead.
    var destination: Int?
    var runner: Task<Void, Never>?
  }

  private let endpoints: Endpoints
  private let configuration: StoreClientConfiguration
  private let logger: Logger
  private let state = Mutex(State())

  init(endpoints: Endpoints, configuration: StoreClientConfiguration, logger: Logger) {
    self.endpoints = endpoints
    self.configuration = configuration
    self.logger = logger
  }

  // MARK: For the client

  func add(_ request: Etcdserverpb_WatchCreateRequest) -> StoreWatch {
    let watch = self.state.withLock { state in
      let id = state.nextID
      state.nextID += 1
      let watch = ActiveWatch(id: id, request: request, limit: self.configuration.watchBuffer) { [weak self] id in
        self?.readerCaughtUp(id)
      }
      guard !state.isClosed else {
        watch.finish(Self.closed)
        return watch
      }
      state.watches[id] = Tracked(watch: watch, nextRevision: max(request.startRevision, 0))
      Self.createOnWire(id, &state)
      if state.runner == nil { state.runner = Task { await self.run() } }
      return watch
    }
    return StoreWatch(watch) { [weak self] in self?.remove(watch.id) }
  }

  func requestProgress() {
    var request = Etcdserverpb_WatchRequest()
    request.progressRequest = Etcdserverpb_WatchProgressRequest()
    self.state.withLock { _ = $0.requests?.yield(request) }
  }

  /// The watches go on at this endpoint, without a pause, if they are not there anyway.
  func move(to endpoint: Int) {
    self.state.withLock { state in
      guard state.runner != nil, let present = state.destination ?? state.endpoint, present != endpoint else { return }
      state.destination = endpoint
      state.requests?.finish()
    }
  }

  func close() async {
    let (watches, runner) = self.state.withLock { state in
      state.isClosed = true
      defer { state.watches = [:] }
      return (state.watches.values.map(\.watch), state.runner)
    }
    for watch in watches { watch.finish(Self.closed) }
    runner?.cancel()
    await runner?.value
  }

  private static let closed = StoreClientError(.cancelled, GRPCStatus(.cancelled, "the client was closed"))

  private func remove(_ id: UInt64) {
    self.state.withLock { state in
      Self.cancelOnWire(id, &state)
      state.watches[id] = nil
      // The stream is not worth keeping for nobody.
      if state.watches.isEmpty { state.requests?.finish() }
    }
  }

  private func readerCaughtUp(_ id: UInt64) {
    self.state.withLock { Self.createOnWire(id, &$0) }
  }

  // MARK: On the wire

  private static func createOnWire(_ id: UInt64, _ state: inout State) {
    guard let requests = state.requests, var tracked = state.watches[id], tracked.wireID == nil else { return }
    let wireID = state.nextWireID
    state.nextWireID += 1
    tracked.wireID = wireID
    tracked.isConfirmed = false
    tracked.fragments = nil
    state.watches[id] = tracked
    state.onWire[wireID] = id
    var request = Etcdserverpb_WatchRequest()
    request.createRequest = tracked.watch.request
    request.createRequest.startRevision = tracked.nextRevision
    request.createRequest.watchID = wireID
    requests.yield(request)
  }

  private static func cancelOnWire(_ id: UInt64, _ state: inout State) {
    guard let wireID = state.watches[id]?.wireID else { return }
    state.watches[id]?.wireID = nil
    state.onWire[wireID] = nil
    var request = Etcdserverpb_WatchRequest()
    request.cancelRequest.watchID = wireID
    state.requests?.yield(request)
  }

  /// Keeps a stream up for as long as there are watches.
  private func run() async {
    var endpoint = self.endpoints.first()
    var backoff = Backoff(self.configuration)
    while !Task.isCancelled {
      let intended = endpoint
      let chosen = self.state.withLock { state -> Int? in
        if state.watches.isEmpty || state.isClosed {
          state.runner = nil
          state.endpoint = nil
          state.destination = nil
          return nil
        }
        let chosen = state.destination ?? intended
        state.endpoint = chosen
        state.destination = nil
        return chosen
      }
      guard let chosen else { return }
      endpoint = chosen
      let connection = self.endpoints.connections[endpoint]
      do {
        let heard = try await self.carry(on: connection)
        if heard { backoff.reset() }
      } catch {
        if error.heard { backoff.reset() }
        guard !Task.isCancelled else { break }
        self.logger.debug(
          "watch stream lost", metadata: ["endpoint": "\(connection.target)", "reason": "\(error.status)"])
        endpoint = self.endpoints.next(after: endpoint)
        try? await Task.sleep(for: .nanoseconds(backoff.next().nanoseconds))
      }
    }
    self.state.withLock { $0.runner = nil }
  }

  private struct StreamLost: Error {
    var status: GRPCStatus
    /// Whether the endpoint has answered anything: it is worth coming back soon.
    var heard: Bool
  }

  /// Runs one stream to its end. Returns when nobody watches any more, or elsewhere, throws when it was lost.
  private func carry(on connection: GRPCConnection) async throws(StreamLost) -> Bool {
    typealias Stream = GRPCClientStream<Etcdserverpb_WatchRequest, Etcdserverpb_WatchResponse>
    let stream: Stream
    do {
      // A replica that is cut off from the quorum must say so instead of being silent.
      stream = try await connection.stream(EtcdCall.Watch.watch, metadata: ["hasleader": "true"])
    } catch {
      throw StreamLost(status: error, heard: false)
    }
    let (requests, continuation) = AsyncStream.makeStream(of: Etcdserverpb_WatchRequest.self)
    self.state.withLock { state in
      state.requests = continuation
      for id in state.watches.keys.sorted() { Self.createOnWire(id, &state) }
      if state.watches.isEmpty || state.destination != nil { continuation.finish() }
    }
    let sender = Task {
      for await request in requests {
        do { try await stream.send(request) } catch { return }
      }
      stream.cancel()
    }
    var heard = false
    var failure = GRPCStatus(.unavailable, "the watch stream has ended")
    var responses = stream.makeAsyncIterator()
    do {
      while let response = try await responses.next() {
        heard = true
        self.receive(response)
      }
    } catch {
      failure = error
    }
    continuation.finish()
    sender.cancel()
    let isOver = self.state.withLock { state in
      state.requests = nil
      state.onWire = [:]
      for id in state.watches.keys {
        state.watches[id]?.wireID = nil
        state.watches[id]?.fragments = nil
      }
      return state.watches.isEmpty || state.destination != nil
    }
    if isOver { return heard }
    throw StreamLost(status: failure, heard: heard)
  }

  // MARK: Responses

  private func receive(_ response: Etcdserverpb_WatchResponse) {
    self.state.withLock { state in
      // Progress of the whole stream.
      if response.watchID == -1, response.events.isEmpty, !response.created, !response.canceled {
        for id in state.onWire.values { self.deliver(response, to: id, &state) }
        return
      }
      guard let id = state.onWire[response.watchID] else {
        // A refused creation does not say which one it was, on etcd: of the ids it is the one it does not know.
        if response.created, response.canceled { self.refuseUncreated(response, &state) }
        return
      }
      self.deliver(response, to: id, &state)
    }
  }

  private func deliver(_ response: Etcdserverpb_WatchResponse, to id: UInt64, _ state: inout State) {
    guard var tracked = state.watches[id] else { return }
    if response.canceled {
      self.ended(response, id, &state)
      return
    }
    var whole = response
    if response.created {
      let isFirst = !tracked.wasCreated
      tracked.wasCreated = true
      tracked.isConfirmed = true
      if tracked.nextRevision == 0 { tracked.nextRevision = response.header.revision + 1 }
      state.watches[id] = tracked
      guard isFirst else { return }
    } else if response.events.isEmpty {
      // Says nothing to a watch that has not caught up: its own revisions come first.
      guard tracked.isConfirmed else { return }
      tracked.nextRevision = max(tracked.nextRevision, response.header.revision + 1)
    } else {
      if var earlier = tracked.fragments {
        earlier.events += response.events
        earlier.header = response.header
        whole = earlier
      }
      if response.fragment {
        tracked.fragments = whole
        state.watches[id] = tracked
        return
      }
      tracked.fragments = nil
      whole.fragment = false
      if let last = whole.events.last { tracked.nextRevision = last.kv.modRevision + 1 }
    }
    state.watches[id] = tracked
    if case .none = tracked.watch.put(whole) { Self.cancelOnWire(id, &state) }
  }

  private func ended(_ response: Etcdserverpb_WatchResponse, _ id: UInt64, _ state: inout State) {
    state.onWire[response.watchID] = nil
    let failure: StoreClientError
    if response.compactRevision != 0 {
      failure = StoreClientError(
        .compacted, GRPCStatus(.outOfRange, "etcdserver: mvcc: required revision has been compacted"),
        compactRevision: response.compactRevision)
    } else if !response.cancelReason.isEmpty {
      failure = StoreClientError(.rejected, GRPCStatus(.cancelled, response.cancelReason))
    } else {
      // Nobody asked for it, and it does not say why: go on.
      state.watches[id]?.wireID = nil
      Self.createOnWire(id, &state)
      return
    }
    state.watches[id]?.watch.finish(failure)
    state.watches[id] = nil
  }

  private func refuseUncreated(_ response: Etcdserverpb_WatchResponse, _ state: inout State) {
    // Answers come in the order of the requests: it was the oldest that has no answer.
    let waiting = state.onWire.filter { state.watches[$0.value]?.isConfirmed == false }
    guard let (wireID, id) = waiting.min(by: { $0.key < $1.key }) else { return }
    var named = response
    named.watchID = wireID
    self.ended(named, id, &state)
  }
}
