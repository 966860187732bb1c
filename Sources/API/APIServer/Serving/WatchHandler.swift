import HTTPServer
import Logging
import NIOCore
import NIOHTTP1
import Registry
import Synchronization

/// Serves watches: one line of JSON an event, until the client's time is over, it goes away, or the front-end stops.
final class WatchHandler: Sendable {
  private struct State {
    var running: [ObjectIdentifier: ObjectWatch] = [:]
    var stopping = false
  }

  private let registry: ResourceRegistry
  private let state = Mutex(State())

  /// Watches that name no time end after this long plus up to as much again, so that they do not all end at once.
  private static let defaultSeconds: Int64 = 1800

  init(registry: ResourceRegistry) { self.registry = registry }

  /// Watches that run now; for metrics.
  var count: Int { state.withLock { $0.running.count } }

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
    let form = try ResponseForm.negotiate(request.http)
    let asked = try request.integer("timeoutSeconds") ?? 0
    let seconds = asked > 0 ? asked : Self.defaultSeconds + Int64.random(in: 0...Self.defaultSeconds)
    let headers: HTTPHeaders = ["content-type": Responder.json, "cache-control": "no-cache, private"]
    let encoding = ObjectEncoding(registry: registry, resource: resource, form: form)
    let watch: ObjectWatch
    do { watch = try await registry.watch(resource, namespace: namespace, options: options) } catch {
      // A position that is no longer kept is told in the stream, where watch clients look for it.
      guard error.code == 410 else { throw error }
      try await responder.writer.writeHead(.ok, headers: headers)
      try await responder.writer.write(ObjectEncoding.errorEvent(error))
      return try await responder.writer.finish()
    }
    defer { end(watch) }
    guard begin(watch) else { throw APIError.serviceUnavailable("the server is shutting down") }
    try await responder.writer.writeHead(.ok, headers: headers)
    try await withTaskCancellationHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          try await Task.sleep(for: .seconds(min(seconds, 86_400)))
          watch.cancel()
        }
        defer { group.cancelAll() }
        try await Self.send(watch, encoding, responder.writer)
      }
    } onCancel: {
      watch.cancel()
    }
  }

  private static func send(_ watch: ObjectWatch, _ encoding: ObjectEncoding, _ writer: HTTPResponseWriter) async throws
  {
    do {
      while let event = try await watch.next() { try await writer.write(encoding.event(event)) }
    } catch let error as APIError {
      try await writer.write(ObjectEncoding.errorEvent(error))
    } catch is CancellationError {
      // The server stops: end the stream well.
    }
    try await writer.finish()
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
}
