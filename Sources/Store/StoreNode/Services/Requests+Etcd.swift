import EtcdAPI
import FoundationEssentials
import MVCC

// etcd's messages as the state machine's requests. What cannot be expressed there is refused here; everything else
// is checked by the store.

extension KeyRange {
  init(_ key: Data, _ end: Data) {
    self.init(key: Bytes(key), end: Bytes(end))
  }
}

extension RangeRequest {
  init(_ message: Etcdserverpb_RangeRequest) throws(MVCCError) {
    guard !message.key.isEmpty else { throw .emptyKey }
    guard
      let order = UInt8(exactly: message.sortOrder.rawValue).flatMap(SortOrder.init(rawValue:)),
      let target = UInt8(exactly: message.sortTarget.rawValue).flatMap(SortTarget.init(rawValue:))
    else { throw .invalidSortOption }
    self.init(KeyRange(message.key, message.rangeEnd), limit: message.limit, revision: message.revision)
    self.sortOrder = order
    self.sortTarget = target
    self.isSerializable = message.serializable
    self.keysOnly = message.keysOnly
    self.countOnly = message.countOnly
    self.minModRevision = message.minModRevision
    self.maxModRevision = message.maxModRevision
    self.minCreateRevision = message.minCreateRevision
    self.maxCreateRevision = message.maxCreateRevision
  }
}

extension PutRequest {
  init(_ message: Etcdserverpb_PutRequest) {
    self.init(
      key: Bytes(message.key), value: Bytes(message.value), lease: message.lease, wantsPrevious: message.prevKv,
      ignoresValue: message.ignoreValue, ignoresLease: message.ignoreLease)
  }
}

extension DeleteRangeRequest {
  init(_ message: Etcdserverpb_DeleteRangeRequest) {
    self.init(KeyRange(message.key, message.rangeEnd), wantsPrevious: message.prevKv)
  }
}

extension Compare {
  /// The target decides which of the values counts; one that is not given is zero, as in etcd.
  init(_ message: Etcdserverpb_Compare) throws(MVCCError) {
    guard let relation = UInt8(exactly: message.result.rawValue).flatMap(Relation.init(rawValue:)) else {
      throw .malformedCommand
    }
    let target: Target
    switch message.target {
    case .version: target = .version(message.version)
    case .create: target = .createRevision(message.createRevision)
    case .mod: target = .modRevision(message.modRevision)
    case .value: target = .value(Bytes(message.value))
    case .lease: target = .lease(message.lease)
    case .UNRECOGNIZED: throw .malformedCommand
    }
    self.init(KeyRange(message.key, message.rangeEnd), relation, target)
  }
}

extension TransactionRequest {
  init(_ message: Etcdserverpb_TxnRequest) throws(MVCCError) {
    self.init()
    for compare in message.compare { self.compares.append(try Compare(compare)) }
    for operation in message.success { self.success.append(try Operation(operation)) }
    for operation in message.failure { self.failure.append(try Operation(operation)) }
  }
}

extension MVCC.Operation {
  init(_ message: Etcdserverpb_RequestOp) throws(MVCCError) {
    switch message.request {
    case .requestRange(let range): self = .range(try RangeRequest(range))
    case .requestPut(let put): self = .put(PutRequest(put))
    case .requestDeleteRange(let deletion): self = .deleteRange(DeleteRangeRequest(deletion))
    case .requestTxn(let transaction): self = .transaction(try TransactionRequest(transaction))
    case nil: throw .malformedCommand
    }
  }
}

extension WatchRequest {
  /// An empty key stands for the first possible one, as in etcd.
  init(_ message: Etcdserverpb_WatchCreateRequest) {
    let key = message.key.isEmpty ? Bytes([0]) : Bytes(message.key)
    var excluded: Set<Event.Kind> = []
    for filter in message.filters {
      switch filter {
      case .noput: excluded.insert(.put)
      case .nodelete: excluded.insert(.delete)
      case .UNRECOGNIZED: break
      }
    }
    self.init(
      KeyRange(key: key, end: Bytes(message.rangeEnd)), startRevision: message.startRevision, excludedKinds: excluded,
      wantsPrevious: message.prevKv, wantsProgress: message.progressNotify, watchID: message.watchID)
  }
}
