import EtcdAPI
import FoundationEssentials
import GRPC
import Histories
import RaftCore
import StoreClient
import SwiftProtobuf
import Synchronization

/// A client that does one thing after the other, and records it.
///
/// It talks to one member at a time, as long as that answers, and to another one now and then; or to all of them
/// through a ``StoreClient``, which chooses itself and must not say that nothing was done when something was.
final class TrialClient: Sendable {
  /// Whom it asks.
  enum Door: Sendable {
    case member(GRPCConnection)
    case store(StoreClient)
  }

  /// What became of a request.
  enum Failure: Error {
    /// Nothing was done and nothing will be.
    case refused(String)
    case unknown(String)
    /// No store should ever say that.
    case absurd(String)
  }

  private struct State {
    var random: SeededGenerator
    var operation = 0
    var member = 0
    var lastSeen: [String: Int64] = [:]
    var lease: (id: Int64, seconds: Int64)?
  }

  let number: Int
  private let round: TrialRound
  private let connections: [GRPCConnection]
  private let store: StoreClient?
  private let leaseStore: StoreClient
  private let isBulk: Bool
  private let state: Mutex<State>

  init(number: Int, round: TrialRound, connections: [GRPCConnection], store: StoreClient, isBulk: Bool) {
    self.number = number
    self.round = round
    self.connections = connections
    self.store = number % 2 == 0 ? store : nil
    leaseStore = store
    self.isBulk = isBulk
    state = Mutex(State(random: SeededGenerator(seed: round.seed &* 1000 &+ UInt64(number))))
  }

  func run() async {
    while !round.isOver {
      if isBulk { await putMuch() } else { await act() }
      let pause = isBulk ? (round.wantsMuch ? 1 : 60) : draw(1...8)
      try? await Task.sleep(for: .milliseconds(pause))
    }
  }

  private func draw(_ range: ClosedRange<Int>) -> Int { state.withLock { Int.random(in: range, using: &$0.random) } }

  /// Another member now and then, and when one does not answer.
  private func changeDoor() {
    state.withLock { $0.member = Int.random(in: connections.indices, using: &$0.random) }
  }

  private var door: Door { store.map { .store($0) } ?? .member(connections[state.withLock { $0.member }]) }

  private func value() -> String {
    let operation = state.withLock { state in
      state.operation += 1
      return state.operation
    }
    return "\(round.number)/\(number).\(operation)"
  }

  // MARK: What it does

  private func act() async {
    if draw(0...9) == 0 { changeDoor() }
    let key = round.key(draw(0...5))
    let lease = round.isHealing ? nil : state.withLock { $0.lease }
    switch draw(0...39) {
    case 0..<10: await put(key, lease?.id ?? 0)
    case 10, 11: await putPair(key, lease?.id ?? 0)
    case 12..<18: await swap(key, lease?.id ?? 0)
    case 18, 19: await delete(key)
    case 20, 21: await readPast(key)
    case 22, 23: await keepOrGrant(lease)
    default: await get(key)
    }
  }

  private func put(_ key: String, _ lease: Int64) async {
    let value = value()
    await put(key, value, as: Data(value.utf8), lease)
  }

  /// - Parameter bytes: `value`, and what only makes it long.
  private func put(_ key: String, _ value: String, as bytes: Data, _ lease: Int64) async {
    var request = Etcdserverpb_PutRequest()
    request.key = Data(key.utf8)
    request.value = bytes
    request.lease = lease
    let put = request
    await perform(.put(value, lease: lease), on: key) { door throws(Failure) in
      .changed(revision: try await Self.put(put, door).header.revision)
    }
  }

  /// Much at once, so that logs grow, segments end and snapshots are taken; at times as much as is taken.
  private func putMuch() async {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<(round.wantsMuch ? 4 : 1) { group.addTask { await self.putBulk() } }
    }
  }

  private func putBulk() async {
    let key = round.bulkKey(draw(0...2))
    let value = value()
    let size = round.wantsMuch ? 1 << 20 : 48 << 10
    changeDoor()
    await put(key, value, as: Data("\(value)|".utf8) + Data(repeating: UInt8(ascii: "x"), count: size), 0)
  }

  private func putPair(_ key: String, _ lease: Int64) async {
    let value = value() + "+"
    let pair = (key: "\(key)-pair", value: "\(value)pair")
    round.record { $0.attempt(pair.value, on: pair.key) }
    var request = Etcdserverpb_TxnRequest()
    request.success = [.put(key, value, lease), .put(pair.key, pair.value, lease)]
    let txn = request
    await perform(.put(value, lease: lease), on: key) { door throws(Failure) in
      .changed(revision: try await Self.txn(txn, door).header.revision)
    }
  }

  private func swap(_ key: String, _ lease: Int64) async {
    let value = value()
    let expected = state.withLock { $0.lastSeen[key] ?? 0 }
    var compare = Etcdserverpb_Compare()
    compare.key = Data(key.utf8)
    compare.target = .mod
    compare.result = .equal
    compare.modRevision = expected
    var request = Etcdserverpb_TxnRequest()
    request.compare = [compare]
    request.success = [.put(key, value, lease)]
    request.failure = [.get(key)]
    let txn = request
    await perform(.swap(expected: expected, value, lease: lease), on: key) { door throws(Failure) in
      let response = try await Self.txn(txn, door)
      let revision = response.header.revision
      if response.succeeded { return .changed(revision: revision) }
      guard case .responseRange(let range)? = response.responses.first?.response else {
        throw .absurd("a transaction's range is missing")
      }
      return .notSwapped(range.kvs.first.map(TrialText.found), revision: revision)
    }
  }

  private func delete(_ key: String) async {
    var request = Etcdserverpb_DeleteRangeRequest()
    request.key = Data(key.utf8)
    let deletion = request
    await perform(.delete, on: key) { door throws(Failure) in
      let response = try await Self.delete(deletion, door)
      let revision = response.header.revision
      return response.deleted > 0 ? .changed(revision: revision) : .unchanged(revision: revision)
    }
  }

  private func get(_ key: String) async {
    var request = Etcdserverpb_RangeRequest()
    request.key = Data(key.utf8)
    // That is the mistake which must be found.
    request.serializable = round.options.proof == .staleReads
    let get = request
    await perform(.get, on: key) { door throws(Failure) in
      let response = try await Self.range(get, door)
      return .found(response.kvs.first.map(TrialText.found), revision: response.header.revision)
    }
  }

  /// What one member has, which may be of the past, but must have been so.
  private func readPast(_ key: String) async {
    var request = Etcdserverpb_RangeRequest()
    request.key = Data(key.utf8)
    request.serializable = true
    guard let response = try? await Self.range(request, door) else { return }
    let found = response.kvs.first.map(TrialText.found)
    round.record { $0.sight(key, found, revision: response.header.revision) }
  }

  /// - Parameter body: sends it and returns what is answered.
  private func perform(
    _ input: TrialRecord.Input, on key: String, _ body: (Door) async throws(Failure) -> TrialRecord.Output
  ) async {
    let ticket = round.record { $0.ask(client: number, input, on: key, at: round.clock.now) }
    do throws(Failure) {
      let output = try await body(door)
      let now = round.clock.now
      round.record { $0.answer(ticket, output, at: now) }
      round.succeeded(number)
      switch output {
      case .changed(let revision): state.withLock { $0.lastSeen[key] = input == .delete ? 0 : revision }
      case .found(let found, _), .notSwapped(let found, _):
        state.withLock { $0.lastSeen[key] = found?.modRevision ?? 0 }
      case .unchanged: state.withLock { $0.lastSeen[key] = 0 }
      }
    } catch {
      let now = round.clock.now
      switch error {
      case .refused(let why):
        round.record { $0.refuse(ticket, why, at: now) }
        if why.contains("lease not found") { state.withLock { $0.lease = nil } }
      case .unknown(let why): round.record { $0.lose(ticket, why, at: now) }
      case .absurd(let why):
        round.record {
          $0.lose(ticket, why, at: now)
          $0.note(violation: "client \(number) asked \(input) on \(key) and was answered: \(why)")
        }
      }
      changeDoor()
    }
  }

  // MARK: Leases

  private func keepOrGrant(_ lease: (id: Int64, seconds: Int64)?) async {
    let asked = round.clock.now
    guard let lease else {
      guard !round.isHealing else { return }
      let seconds = Int64(draw(1...4))
      let id = Int64(round.number) * 1_000_000_000 + Int64(number) * 1_000_000 + Int64(draw(1...999_999))
      guard let granted = try? await leaseStore.leaseGrant(timeToLive: seconds, id: id), granted.id == id else {
        return
      }
      round.record { $0.kept(lease: id, seconds: granted.ttl, askedAt: asked) }
      state.withLock { $0.lease = (id, granted.ttl) }
      return
    }
    if draw(0...9) == 0 {
      round.record { $0.revokes(lease: lease.id, at: asked) }
      state.withLock { $0.lease = nil }
      _ = try? await leaseStore.leaseRevoke(id: lease.id)
    } else if let left = try? await leaseStore.leaseRenew(id: lease.id) {
      if left > 0 {
        round.record { $0.kept(lease: lease.id, seconds: left, askedAt: asked) }
      } else {
        state.withLock { $0.lease = nil }
      }
    }
  }

  // MARK: Calls

  private static func put(_ request: Etcdserverpb_PutRequest, _ door: Door) async throws(Failure)
    -> Etcdserverpb_PutResponse
  {
    try await call(door, EtcdCall.KV.put, request) { store throws(StoreClientError) in try await store.put(request) }
  }

  private static func txn(_ request: Etcdserverpb_TxnRequest, _ door: Door) async throws(Failure)
    -> Etcdserverpb_TxnResponse
  {
    try await call(door, EtcdCall.KV.txn, request) { store throws(StoreClientError) in try await store.txn(request) }
  }

  private static func delete(_ request: Etcdserverpb_DeleteRangeRequest, _ door: Door) async throws(Failure)
    -> Etcdserverpb_DeleteRangeResponse
  {
    try await call(door, EtcdCall.KV.deleteRange, request) { store throws(StoreClientError) in
      try await store.deleteRange(request)
    }
  }

  private static func range(_ request: Etcdserverpb_RangeRequest, _ door: Door) async throws(Failure)
    -> Etcdserverpb_RangeResponse
  {
    try await call(door, EtcdCall.KV.range, request) { store throws(StoreClientError) in
      try await store.range(request)
    }
  }

  private static func call<Request: Message, Response: Message>(
    _ door: Door, _ path: String, _ request: Request,
    _ throughStore: (StoreClient) async throws(StoreClientError) -> Response
  ) async throws(Failure) -> Response {
    switch door {
    case .member(let connection):
      do throws(GRPCStatus) {
        return try await connection.unary(path, request, timeout: .seconds(2))
      } catch {
        throw Failure(error)
      }
    case .store(let store):
      do throws(StoreClientError) {
        return try await throughStore(store)
      } catch {
        throw Failure(error)
      }
    }
  }
}

extension TrialClient.Failure {
  /// By the same reading of etcd's answers as any client's.
  init(_ status: GRPCStatus) {
    switch status.delivery {
    case .notExecuted: self = .refused("\(status)")
    case .mayHaveExecuted: self = .unknown("\(status)")
    case .answered:
      switch (status.code, status.message) {
      case (.unavailable, "etcdserver: no leader"), (.resourceExhausted, "etcdserver: too many requests"):
        self = .refused("\(status)")
      case (.unavailable, _), (.deadlineExceeded, _), (.cancelled, _): self = .unknown("\(status)")
      case (.notFound, "etcdserver: requested lease not found"): self = .refused("\(status)")
      default: self = .absurd("\(status)")
      }
    }
  }

  init(_ error: StoreClientError) {
    switch error.code {
    case .unavailable: self = .refused("\(error)")
    case .ambiguous, .cancelled: self = .unknown("\(error)")
    case .rejected, .compacted: self = Self(error.status)
    }
  }
}

/// What is read out of messages.
enum TrialText {
  /// A value without what only makes it long.
  static func value(_ bytes: Data) -> String {
    String(decoding: bytes.prefix { $0 != UInt8(ascii: "|") }, as: UTF8.self)
  }

  static func key(_ bytes: Data) -> String { String(decoding: bytes, as: UTF8.self) }

  /// The end of the range of all keys with a prefix, which does not end in the last byte there is.
  static func end(ofPrefix prefix: String) -> Data { Data(prefix.utf8.dropLast()) + [(prefix.utf8.last ?? 0) + 1] }

  static func found(_ keyValue: Mvccpb_KeyValue) -> TrialRecord.Found {
    TrialRecord.Found(
      value: value(keyValue.value), modRevision: keyValue.modRevision, lease: keyValue.lease)
  }
}

extension Etcdserverpb_RequestOp {
  static func put(_ key: String, _ value: String, _ lease: Int64) -> Self {
    var operation = Self()
    operation.requestPut.key = Data(key.utf8)
    operation.requestPut.value = Data(value.utf8)
    operation.requestPut.lease = lease
    return operation
  }

  static func get(_ key: String) -> Self {
    var operation = Self()
    operation.requestRange.key = Data(key.utf8)
    return operation
  }
}
