import EtcdAPI
import GRPC
import MVCC
import SwiftProtobuf

/// `etcdserverpb.KV`: ranges, puts, deletions, transactions, compaction.
extension EtcdServices {
  func registerKV(in router: inout GRPCRouter) {
    self.answerDirectly(EtcdCall.KV.range, in: &router) {
      (message: Etcdserverpb_RangeRequest, reply: GRPCReply<Etcdserverpb_RangeResponse>) in
      let request = try RangeRequest(message)
      if request.range.isSingleKey {
        self.store.range(request) { self.answer($0, reply, Etcdserverpb_RangeResponse.init) }
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
        self.inTask(reply, Etcdserverpb_TxnResponse.init) { try await self.store.transaction(request) }
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
    self.store.propose(command) { outcome in
      reply(
        outcome.mapError { GRPCStatus(etcdError: $0) }.flatMap { result in
          guard var message = response(result) else { return .failure(Self.wrongResult) }
          message.header = self.header(revision: result.revision)
          return .success(message)
        })
    }
  }

  /// Answers with what was read.
  private func answer<Result: KVResult, Response: KVResponse>(
    _ outcome: Swift.Result<Result, any Error>, _ reply: GRPCReply<Response>, _ response: (Result) -> Response
  ) {
    reply(
      outcome.mapError { GRPCStatus(etcdError: $0) }.map { result in
        var message = response(result)
        message.header = self.header(revision: result.revision)
        return message
      })
  }

  /// Several keys: off the replica's threads, and without a message of each.
  private func readMany(_ request: RangeRequest, _ reply: GRPCReply<Etcdserverpb_RangeResponse>) {
    Task {
      do {
        let result = try await self.store.range(request)
        reply(serialized: try RangeEncoder.encode(result, header: self.header(revision: result.revision)))
      } catch {
        reply(.failure(GRPCStatus(etcdError: error)))
      }
    }
  }

  /// For what takes time to read: off the replica's threads.
  private func inTask<Result: KVResult, Response: KVResponse>(
    _ reply: GRPCReply<Response>, _ response: @escaping @Sendable (Result) -> Response,
    _ body: @escaping @Sendable () async throws -> Result
  ) {
    Task {
      let outcome: Swift.Result<Result, any Error>
      do {
        outcome = .success(try await body())
      } catch {
        outcome = .failure(error)
      }
      self.answer(outcome, reply, response)
    }
  }

  /// What goes through the log is bounded, so that one request cannot hold up the heartbeats behind it.
  private func check(size: Int) throws(StoreError) {
    guard size <= self.maximumRequestBytes else { throw .requestTooLarge }
  }

  static let wrongResult = GRPCStatus(.internalError, "etcdserver: a command was answered with another's result")
}

/// The answers of this service, which all have a header with the revision of what they tell.
private protocol KVResponse: SwiftProtobuf.Message {
  var header: Etcdserverpb_ResponseHeader { get set }
}

extension Etcdserverpb_RangeResponse: KVResponse {}
extension Etcdserverpb_PutResponse: KVResponse {}
extension Etcdserverpb_DeleteRangeResponse: KVResponse {}
extension Etcdserverpb_TxnResponse: KVResponse {}

private protocol KVResult: Sendable {
  var revision: Int64 { get }
}

extension RangeResult: KVResult {}
extension TransactionResult: KVResult {}

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
