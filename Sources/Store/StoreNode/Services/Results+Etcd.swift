import EtcdAPI
import FoundationEssentials
import MVCC

// What the state machine answered, as etcd's messages. Headers are added by the services.

extension Mvccpb_KeyValue {
  init(_ keyValue: KeyValue) {
    self.init()
    self.key = Data(keyValue.key)
    self.value = Data(keyValue.value)
    self.createRevision = keyValue.createRevision
    self.modRevision = keyValue.modRevision
    self.version = keyValue.version
    self.lease = keyValue.lease
  }
}

extension Mvccpb_Event {
  init(_ event: Event) {
    self.init()
    self.type = event.kind == .put ? .put : .delete
    self.kv = Mvccpb_KeyValue(event.keyValue)
    if let previous = event.previous { self.prevKv = Mvccpb_KeyValue(previous) }
  }
}

extension Etcdserverpb_RangeResponse {
  init(_ result: RangeResult) {
    self.init()
    self.kvs = result.keyValues.map(Mvccpb_KeyValue.init)
    self.more = result.more
    self.count = result.count
  }
}

extension Etcdserverpb_PutResponse {
  init(_ result: PutResult) {
    self.init()
    if let previous = result.previous { self.prevKv = Mvccpb_KeyValue(previous) }
  }
}

extension Etcdserverpb_DeleteRangeResponse {
  init(_ result: DeleteRangeResult) {
    self.init()
    self.deleted = result.deleted
    self.prevKvs = result.previous.map(Mvccpb_KeyValue.init)
  }
}

extension Etcdserverpb_TxnResponse {
  init(_ result: TransactionResult) {
    self.init()
    self.succeeded = result.succeeded
    self.responses = result.results.map(Etcdserverpb_ResponseOp.init)
  }
}

extension Etcdserverpb_ResponseOp {
  /// Inner headers carry only the revision, and that of a nested transaction not even that, as in etcd.
  init(_ result: OperationResult) {
    self.init()
    switch result {
    case .range(let range):
      self.responseRange = Etcdserverpb_RangeResponse(range)
      self.responseRange.header.revision = range.revision
    case .put(let put):
      self.responsePut = Etcdserverpb_PutResponse(put)
      self.responsePut.header.revision = put.revision
    case .deleteRange(let deletion):
      self.responseDeleteRange = Etcdserverpb_DeleteRangeResponse(deletion)
      self.responseDeleteRange.header.revision = deletion.revision
    case .transaction(let transaction):
      self.responseTxn = Etcdserverpb_TxnResponse(transaction)
      self.responseTxn.header = Etcdserverpb_ResponseHeader()
    }
  }
}
