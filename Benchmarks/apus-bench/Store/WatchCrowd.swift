import BenchKit
import EtcdAPI
import FoundationEssentials
import GRPC
import StoreClient
import Supervision
import SwiftProtobuf
import Synchronization

/// Many watches of one key, spread over streams with a connection each, in turn to each member.
///
/// Events are counted in the bytes that came: what each says is not decoded but for its revision.
final class WatchCrowd: Sendable {
  private typealias Stream = GRPCClientStream<Etcdserverpb_WatchRequest, Google_Protobuf_Empty>

  private let key: String
  private let tally: WatchTally
  private let connections: [GRPCConnection]
  private let readers: [Task<Void, Never>]
  private let name: String

  /// Opens the streams and waits until all watches are there.
  init(_ contender: StoreContender, key: String, watches: Int, streams: Int) async throws {
    self.key = key
    name = contender.name
    progress("opening \(watches) watches of \(name)")
    let tally = WatchTally(watches: watches)
    self.tally = tally
    var connections: [GRPCConnection] = []
    var readers: [Task<Void, Never>] = []
    for index in 0..<streams {
      let connection = try contender.trio.connection(to: index % contender.members.count)
      connections.append(connection)
      let stream: Stream = try await connection.stream(EtcdCall.Watch.watch, waitForReady: true)
      readers.append(
        Task {
          do {
            for try await response in stream { response.unknownFields.data.withUnsafeBytes { tally.take($0) } }
            tally.fail(Program.Failure("a watch stream has ended"))
          } catch {
            tally.fail(error)
          }
        })
      var request = Etcdserverpb_WatchRequest()
      request.createRequest.key = Data(key.utf8)
      for _ in 0..<(watches / streams + (index < watches % streams ? 1 : 0)) { try await stream.send(request) }
    }
    self.connections = connections
    self.readers = readers
    let deadline = ContinuousClock.now + .seconds(120)
    while try tally.created() < watches {
      guard ContinuousClock.now < deadline else {
        throw Program.Failure("\(name) made \(try tally.created()) of \(watches) watches in two minutes")
      }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// Puts, and returns once the last watch has its event; how many there were.
  func put(_ number: Int, to store: StoreClient) async throws -> Int {
    tally.expect()
    let answer = try await store.put(.init(key, value: Array("\(number)".utf8)))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [tally] in try await tally.all() }
      group.addTask { [tally, name] in
        try await Task.sleep(for: .seconds(30))
        throw Program.Failure("\(name): 30 s after a put \(tally.missing) events are missing")
      }
      defer { group.cancelAll() }
      try await group.next()
    }
    return try tally.settle(answer.header.revision)
  }

  var notes: [String] {
    tally.strays > 0 ? ["\(name): \(tally.strays) events came twice, or of no put that was made"] : []
  }

  func close() async {
    for reader in readers { reader.cancel() }
    for connection in connections { await connection.close() }
  }
}

/// Counts the answers of a crowd's streams.
final class WatchTally: Sendable {
  private struct State {
    var created = 0
    /// Events since ``expect()``, all of one put, by its revision.
    var events: [UInt64: Int] = [:]
    var count = 0
    /// The revision of the last put that all have seen.
    var floor: UInt64 = 0
    var strays = 0
    var failure: (any Error)?
    var waiter: CheckedContinuation<Void, Never>?
  }

  /// Field numbers of `WatchResponse`, `Event` and `KeyValue`.
  private enum Field {
    static let created = 3
    static let canceled = 4
    static let events = 11
    static let pair = 2
    static let revision = 3
  }

  private let watches: Int
  private let state = Mutex(State())

  init(watches: Int) { self.watches = watches }

  /// One response.
  func take(_ response: UnsafeRawBufferPointer) {
    var created = false
    var canceled = false
    var revisions: [UInt64] = []
    for (field, value) in WireFields(response) {
      switch (field, value) {
      case (Field.created, .number(let flag)): created = flag != 0
      case (Field.canceled, .number(let flag)): canceled = flag != 0
      case (Field.events, .bytes(let event)): if let revision = Self.revision(of: event) { revisions.append(revision) }
      default: break
      }
    }
    if canceled { return fail(Program.Failure("a watch was cancelled")) }
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if created { state.created += 1 }
      for revision in revisions {
        guard revision > state.floor else {
          state.strays += 1
          continue
        }
        state.events[revision, default: 0] += 1
        state.count += 1
      }
      return state.count >= watches ? state.waiter.take() : nil
    }
    waiter?.resume()
  }

  private static func revision(of event: UnsafeRawBufferPointer) -> UInt64? {
    for case (Field.pair, .bytes(let pair)) in WireFields(event) {
      return WireFields.number(Field.revision, in: pair)
    }
    return nil
  }

  func fail(_ error: any Error) {
    let waiter = state.withLock { state in
      if state.failure == nil { state.failure = error }
      return state.waiter.take()
    }
    waiter?.resume()
  }

  /// How many watches have been made.
  func created() throws -> Int {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      return state.created
    }
  }

  var missing: Int { state.withLock { watches - $0.count } }
  var strays: Int { state.withLock { $0.strays } }

  /// The next put's events are counted from here on.
  func expect() {
    state.withLock { state in
      state.events = [:]
      state.count = 0
    }
  }

  /// Waits until each watch has had an event.
  func all() async throws {
    await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
        let isDone = state.withLock { state in
          guard state.count < watches, state.failure == nil, !Task.isCancelled else { return true }
          state.waiter = continuation
          return false
        }
        if isDone { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiter.take() }?.resume()
    }
    try Task.checkCancellation()
    try state.withLock { state in if let failure = state.failure { throw failure } }
  }

  /// Holds what was counted against the put's revision.
  ///
  /// - Returns: how many watches have seen it.
  func settle(_ revision: Int64) throws -> Int {
    try state.withLock { state in
      let seen = state.events[UInt64(clamping: revision)] ?? 0
      state.strays += state.count - seen
      state.floor = UInt64(clamping: revision)
      guard seen == watches else { throw Program.Failure("\(seen) of \(watches) watches have seen the put") }
      return seen
    }
  }
}
