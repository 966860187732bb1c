import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import Registry
import Synchronization

/// Serves watches, as a stream or over a WebSocket, until the client's time is over, it goes away, or the front-end
/// stops.
final class WatchHandler: Sendable {
  private struct State {
    var running: [ObjectIdentifier: ObjectWatch] = [:]
    var stopping = false
  }

  private let registry: ResourceRegistry
  /// How long a client of a WebSocket may take nothing.
  private let patience: Duration
  private let state = Mutex(State())

  /// Watches that name no time end after this long plus up to as much again, so that they do not all end at once.
  private static let defaultSeconds: Int64 = 1800
  /// How long before its end a watch gets a last bookmark, as in Kubernetes.
  private static let lastSeconds: Int64 = 2
  /// Events that are ready are sent together up to so many bytes.
  private static let pieceSize = 32 * 1024

  init(registry: ResourceRegistry, patience: Duration) {
    self.registry = registry
    self.patience = patience
  }

  /// Watches that run now; for metrics.
  var count: Int { state.withLock { $0.running.count } }

  /// Whether `stop()` was called.
  var isStopping: Bool { state.withLock { $0.stopping } }

  /// Ends every watch well; clients resume elsewhere. New ones are refused.
  func stop() {
    let watches = state.withLock { state in
      state.stopping = true
      return Array(state.running.values)
    }
    for watch in watches { watch.cancel() }
  }

  func serve(
    _ request: APIRequest, _ responder: Responder, resource: ServedResource, namespace: String, options: WatchOptions
  ) async throws {
    let form = try ResponseForm.negotiate(request.http, for: .watch)
    let asked = try request.integer("timeoutSeconds") ?? 0
    let seconds = asked > 0 ? asked : Self.defaultSeconds + Int64.random(in: 0...Self.defaultSeconds)
    let upgrade = try WebSocketHandshake.isAsked(request.http) ? WebSocketHandshake.headers(request.http) : nil
    let encoding = WatchEncoding(
      ObjectEncoding(registry: registry, resource: resource, form: form),
      framing: upgrade == nil ? .stream : .webSocket)
    let watch: ObjectWatch
    do { watch = try await registry.watch(resource, namespace: namespace, options: options) } catch {
      // A position that is no longer kept is told in the stream, where watch clients look for it.
      guard error.code == 410 else { throw error }
      let sink = try await open(responder, encoding, upgrade)
      try await sink.send(encoding.error(error))
      return try await sink.end()
    }
    defer { end(watch) }
    guard begin(watch) else { throw APIError.serviceUnavailable("the server is shutting down") }
    let sink = try await open(responder, encoding, upgrade)
    try await withTaskCancellationHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await self.wait(for: seconds, watch, of: resource)
          watch.cancel()
        }
        if case .webSocket(let tunnel, let progress) = sink {
          group.addTask {
            await Self.listen(tunnel)
            watch.cancel()
          }
          group.addTask { try await progress.closeWhenStalled(tunnel) }
        }
        defer { group.cancelAll() }
        try await Self.send(watch, encoding, sink)
      }
    } onCancel: {
      watch.cancel()
    }
  }

  /// A bookmark goes out shortly before the end.
  private func wait(for seconds: Int64, _ watch: ObjectWatch, of resource: ServedResource) async throws {
    let seconds = min(seconds, 86_400)
    let last = min(seconds, Self.lastSeconds)
    try await Task.sleep(for: .seconds(seconds - last))
    if seconds > last { registry.sendBookmark(to: watch, of: resource) }
    try await Task.sleep(for: .seconds(last))
  }

  private static func send(_ watch: ObjectWatch, _ encoding: WatchEncoding, _ sink: EventSink) async throws {
    do {
      // What is there from the start can be all objects of a kind.
      var isFirst = try await HTTPServer.offLoop {
        var nothingSent = true
        while let event = watch.nextReady() {
          try await sink.send(try piece(watch, encoding, event, isFirst: nothingSent))
          nothingSent = false
        }
        return nothingSent
      }
      while let event = try await watch.next() {
        let bytes = try piece(watch, encoding, event, isFirst: isFirst)
        isFirst = false
        try await sink.send(bytes)
      }
    } catch let error as APIError {
      try await sink.send(encoding.error(error))
    } catch is CancellationError {
      // The server stops: end the stream well.
    }
    try await sink.end()
  }

  /// An event that comes alone goes out in the buffer that all watchers share; what has gathered goes together.
  private static func piece(
    _ watch: ObjectWatch, _ encoding: WatchEncoding, _ event: WatchEvent, isFirst: Bool
  ) throws -> ByteBuffer {
    var piece = try encoding.event(event, isFirst: isFirst)
    while piece.readableBytes < pieceSize, let event = watch.nextReady() {
      piece.writeImmutableBuffer(try encoding.event(event, isFirst: false))
    }
    return piece
  }

  private func begin(_ watch: ObjectWatch) -> Bool {
    state.withLock { state in
      guard !state.stopping else { return false }
      state.running[ObjectIdentifier(watch)] = watch
      return true
    }
  }

  private func end(_ watch: ObjectWatch) {
    state.withLock { _ = $0.running.removeValue(forKey: ObjectIdentifier(watch)) }
    watch.cancel()
  }

  // MARK: Where events go

  private enum EventSink: Sendable {
    case stream(HTTPResponseWriter)
    case webSocket(ByteTunnel, WriteProgress)

    func send(_ bytes: ByteBuffer) async throws {
      switch self {
      case .stream(let writer): try await writer.write(bytes)
      case .webSocket(let tunnel, let progress): try await progress.note { try await tunnel.write(bytes) }
      }
    }

    func end() async throws {
      switch self {
      case .stream(let writer): try await writer.finish()
      case .webSocket(let tunnel, let progress):
        try await progress.note { try await tunnel.write(WebSocketFrame.close(.normal).bytes) }
        await tunnel.finish()
      }
    }
  }

  private func open(
    _ responder: Responder, _ encoding: WatchEncoding, _ upgrade: HTTPHeaders?
  ) async throws -> EventSink {
    if let upgrade { return .webSocket(try await responder.writer.upgrade(headers: upgrade), WriteProgress(patience)) }
    try await responder.writer.writeHead(
      .ok, headers: ["content-type": encoding.contentType, "cache-control": "no-cache, private"])
    return .stream(responder.writer)
  }

  /// Reads what the client of a WebSocket sends until it closes: pings are answered, everything else is nothing to a
  /// watch.
  private static func listen(_ tunnel: ByteTunnel) async {
    var reader = WebSocketFrameReader()
    do {
      for try await bytes in tunnel.inbound {
        reader.append(bytes)
        while let frame = try reader.next() {
          switch frame.opcode {
          case .ping: try await tunnel.write(WebSocketFrame(.pong, frame.payload).bytes)
          case .close: return
          default: break
          }
        }
      }
    } catch is WebSocketFrameReader.Violation {
      try? await tunnel.write(WebSocketFrame.close(.protocolError).bytes)
      await tunnel.finish()
    } catch {
      // The client is gone.
    }
  }
}

/// Since when a write to a tunnel lasts: the server gives up streams whose clients do not read, not tunnels.
private final class WriteProgress: Sendable {
  private let patience: Duration
  private let since = Mutex<ContinuousClock.Instant?>(nil)

  init(_ patience: Duration) { self.patience = patience }

  func note(_ write: () async throws -> Void) async throws {
    since.withLock { $0 = .now }
    defer { since.withLock { $0 = nil } }
    try await write()
  }

  /// Looks now and then until the task is cancelled.
  func closeWhenStalled(_ tunnel: ByteTunnel) async throws {
    while true {
      try await Task.sleep(for: patience / 6)
      guard let since = since.withLock({ $0 }), ContinuousClock.now - since > patience else { continue }
      return tunnel.close()
    }
  }
}
