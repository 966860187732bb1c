import EtcdAPI
import GRPC
import MVCC

/// `etcdserverpb.KV`: ranges, puts, deletions, transactions, compaction.
extension EtcdServices {
  func registerKV(in router: inout GRPCRouter) {
    self.answer(EtcdCall.KV.range, in: &router) { (message: Etcdserverpb_RangeRequest) in
      let result = try await self.store.range(RangeRequest(message))
      var response = Etcdserverpb_RangeResponse(result)
      response.header = self.header(revision: result.revision)
      return response
    }
    self.answer(EtcdCall.KV.put, in: &router) { (message: Etcdserverpb_PutRequest) in
      try self.check(size: message.size)
      guard case .put(let result) = try await self.store.propose(.put(PutRequest(message))) else {
        throw Self.wrongResult
      }
      var response = Etcdserverpb_PutResponse(result)
      response.header = self.header(revision: result.revision)
      return response
    }
    self.answer(EtcdCall.KV.deleteRange, in: &router) { (message: Etcdserverpb_DeleteRangeRequest) in
      let command = Command.deleteRange(DeleteRangeRequest(message))
      guard case .deleteRange(let result) = try await self.store.propose(command) else { throw Self.wrongResult }
      var response = Etcdserverpb_DeleteRangeResponse(result)
      response.header = self.header(revision: result.revision)
      return response
    }
    self.answer(EtcdCall.KV.txn, in: &router) { (message: Etcdserverpb_TxnRequest) in
      try self.check(size: message.size)
      let result = try await self.store.transaction(TransactionRequest(message))
      var response = Etcdserverpb_TxnResponse(result)
      response.header = self.header(revision: result.revision)
      return response
    }
    self.answer(EtcdCall.KV.compact, in: &router) { (message: Etcdserverpb_CompactionRequest) in
      // `physical` asks to wait until the memory is free: here it is when the compaction is applied.
      let result = try await self.store.propose(.compact(revision: message.revision))
      var response = Etcdserverpb_CompactionResponse()
      response.header = self.header(revision: result.revision)
      return response
    }
  }

  /// What goes through the log is bounded, so that one request cannot hold up the heartbeats behind it.
  private func check(size: Int) throws(StoreError) {
    guard size <= self.maximumRequestBytes else { throw .requestTooLarge }
  }

  static let wrongResult = GRPCStatus(.internalError, "etcdserver: a command was answered with another's result")
}

extension Etcdserverpb_PutRequest {
  fileprivate var size: Int { self.key.count + self.value.count }
}

extension Etcdserverpb_TxnRequest {
  /// The keys and values in it, nested transactions included: what its size on the wire is made of.
  fileprivate var size: Int {
    var size = 0
    for compare in self.compare { size += compare.key.count + compare.rangeEnd.count + compare.value.count }
    for operation in self.success + self.failure {
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
