import EtcdAPI
import GRPC
import MVCC
import NIOCore
import NIOPosix
import SwiftProtobuf

/// `etcdserverpb.KV`: ranges, puts, deletions, transactions, compaction.
extension EtcdServices {
  func registerKV(in router: inout GRPCRouter) {
    self.answerDirectly(EtcdCall.KV.range, in: &router) {
      (message: Etcdserverpb_RangeRequest, reply: GRPCReply<Etcdserverpb_RangeResponse>) in
      let request = try RangeRequest(message)
      if request.range.isSingleKey {
        let loop = MultiThreadedEventLoopGroup.currentEventLoop
        self.store.range(request) { outcome in Self.run(on: loop) { self.answer(outcome, reply) } }
      } else {
        self.readMany(request, reply)
      }
    }
    self.answerDirectly(EtcdCall.KV.put, in: &router) {
      (message: Etcdserverpb_PutRequest, reply: GRPCReply<Etcdserverpb_PutResponse>) in
      try self.check(size: message.size)
      self.propose(.put(PutRequest(message)), reply) { result in
        if case .put(let result) = result { Etcdserverpb_PutResponse(result) } else { nil }
      }
    }
    self.answerDirectly(EtcdCall.KV.deleteRange, in: &router) {
      (message: Etcdserverpb_DeleteRangeRequest, reply: GRPCReply<Etcdserverpb_DeleteRangeResponse>) in
      self.propose(.deleteRange(DeleteRangeRequest(message)), reply) { result in
        if case .deleteRange(let result) = result { Etcdserverpb_DeleteRangeResponse(result) } else { nil }
      }
    }
    self.answerDirectly(EtcdCall.KV.txn, in: &router) {
      (message: Etcdserverpb_TxnRequest, reply: GRPCReply<Etcdserverpb_TxnResponse>) in
      try self.check(size: message.size)
      let request = try TransactionRequest(message)
      if request.isReadOnly {
        self.readMany(request, reply)
      } else {
        self.propose(.transaction(request), reply) { result in
          if case .transaction(let result) = result { Etcdserverpb_TxnResponse(result) } else { nil }
        }
      }
    }
    self.answer(EtcdCall.KV.compact, in: &router) { (message: Etcdserverpb_CompactionRequest) in
      let result = try await self.store.propose(.compact(revision: message.revision))
      // As in etcd, until this replica has forgotten what nobody can see any more.
      if message.physical { try await self.store.compactionsFinish() }
      var response = Etcdserverpb_CompactionResponse()
      response.header = self.header(revision: result.revision)
      return response
    }
  }

  /// Puts a command through the log and answers with what came of it.
  private func propose<Response: KVResponse>(
    _ command: Command, _ reply: GRPCReply<Response>, _ response: @escaping @Sendable (CommandResult) -> Response?
  ) {
    let loop = MultiThreadedEventLoopGroup.currentEventLoop
    self.store.propose(command) { outcome in
      Self.run(on: loop) {
        reply(
          outcome.mapError { GRPCStatus(etcdError: $0) }.flatMap { result in
            guard var message = response(result) else { return .failure(Self.wrongResult) }
            message.header = self.header(revision: result.revision)
            return .success(message)
          })
      }
    }
  }

  /// Makes an answer where it is sent. The answers of a batch come on the state's thread, one right after the other: if
  /// it made them the loop would be awake before the second was there, and would send them one by one.
  ///
  /// - Parameter loop: the one that the call came in on; nil for a call that came in on none.
  private static func run(on loop: (any EventLoop)?, _ body: @escaping @Sendable () -> Void) {
    if let loop, !loop.inEventLoop { loop.execute(body) } else { body() }
  }

  /// Answers with what was read, without a message of each pair.
  private func answer(
    _ outcome: Result<RangeResult, any Error>, _ reply: GRPCReply<Etcdserverpb_RangeResponse>
  ) {
    do {
      let result = try outcome.get()
      reply(serialized: try RangeEncoder.encode(result, header: self.header(revision: result.revision)))
    } catch {
      reply(.failure(GRPCStatus(etcdError: error)))
    }
  }

  /// Several keys: off the replica's threads.
  private func readMany(_ request: RangeRequest, _ reply: GRPCReply<Etcdserverpb_RangeResponse>) {
    Task {
      let outcome: Result<RangeResult, any Error>
      do {
        outcome = .success(try await self.store.range(request))
      } catch {
        outcome = .failure(error)
      }
      self.answer(outcome, reply)
    }
  }

  /// A transaction that only reads: likewise.
  private func readMany(_ request: TransactionRequest, _ reply: GRPCReply<Etcdserverpb_TxnResponse>) {
    Task {
      do {
        let result = try await self.store.transaction(request)
        var message = Etcdserverpb_TxnResponse(result)
        message.header = self.header(revision: result.revision)
        reply(.success(message))
      } catch {
        reply(.failure(GRPCStatus(etcdError: error)))
      }
    }
  }

  /// What goes through the log is bounded, so that one request cannot hold up the heartbeats behind it.
  private func check(size: Int) throws(StoreError) {
    guard size <= self.maximumRequestBytes else { throw .requestTooLarge }
  }

  static let wrongResult = GRPCStatus(.internalError, "etcdserver: a command was answered with another's result")
}

/// The answers to commands, which all have a header with the revision of what they tell.
private protocol KVResponse: SwiftProtobuf.Message {
  var header: Etcdserverpb_ResponseHeader { get set }
}

extension Etcdserverpb_PutResponse: KVResponse {}
extension Etcdserverpb_DeleteRangeResponse: KVResponse {}
extension Etcdserverpb_TxnResponse: KVResponse {}

extension Etcdserverpb_PutRequest {
  fileprivate var size: Int { self.key.count + self.value.count }
}

extension Etcdserverpb_TxnRequest {
  /// The keys and values in it, nested transactions included: what its size on the wire is made of.
  fileprivate var size: Int {
    var size = 0
    for compare in self.compare { size += compare.key.count + compare.rangeEnd.count + compare.value.count }
    return size + Self.size(of: self.success) + Self.size(of: self.failure)
  }

  private static func size(of operations: [Etcdserverpb_RequestOp]) -> Int {
    var size = 0
    for operation in operations {
      switch operation.request {
      case .requestRange(let range): size += range.key.count + range.rangeEnd.count
      case .requestPut(let put): size += put.size
      case .requestDeleteRange(let deletion): size += deletion.key.count + deletion.rangeEnd.count
      case .requestTxn(let nested): size += nested.size
      case nil: break
      }
    }
    return size
  }
}
