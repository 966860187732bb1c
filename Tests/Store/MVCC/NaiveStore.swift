import MVCC

/// The plainest thing that does what the store does: every state there ever was, whole. Slow and obvious.
struct NaiveStore {
  /// The keys there are at one revision, in order. They lie in drawers only so that millions of states can be made.
  struct State {
    /// Drawer 0 is for what is below the first of these, and so on: the first bytes of keys, as numbers.
    private let boundaries: [UInt64]
    private var drawers: [[KeyValue]]

    init(boundaries: [UInt64]) {
      self.boundaries = boundaries
      drawers = [[KeyValue]](repeating: [], count: boundaries.count + 1)
    }

    /// Rises with the key.
    static func rank(_ key: Bytes) -> UInt64 {
      (0..<8).reduce(0) { $0 << 8 | ($1 < key.count ? UInt64(key[$1]) : 0) }
    }

    private func drawer(of key: Bytes) -> Int {
      let rank = Self.rank(key)
      return boundaries.firstIndex { rank < $0 } ?? boundaries.count
    }

    subscript(key: Bytes) -> KeyValue? {
      get { drawers[drawer(of: key)].first { $0.key == key } }
      set {
        let drawer = drawer(of: key)
        let place = drawers[drawer].firstIndex { !$0.key.lexicographicallyPrecedes(key) } ?? drawers[drawer].count
        let isThere = place < drawers[drawer].count && drawers[drawer][place].key == key
        drawers[drawer].replaceSubrange(place..<(isThere ? place + 1 : place), with: newValue.map { [$0] } ?? [])
      }
    }

    func values(in range: KeyRange) -> [KeyValue] {
      if range.end.isEmpty { return self[range.key].map { [$0] } ?? [] }
      let first = drawer(of: range.key)
      let last = range.end == [0] ? boundaries.count : drawer(of: range.end)
      guard first <= last else { return [] }
      return drawers[first...last].flatMap { drawer in
        drawer.filter { pair in
          !pair.key.lexicographicallyPrecedes(range.key)
            && (range.end == [0] || pair.key.lexicographicallyPrecedes(range.end))
        }
      }
    }
  }

  /// Those that are not compacted; the last is that of ``revision``.
  private var states: [State]
  var events: [Event] = []
  var revision: Int64 = 1
  var compacted: Int64 = 0
  var leases: [LeaseID: Int64] = [:]

  /// - Parameter keys: which ones there will be, more or less.
  init(keys: [Bytes] = []) {
    let ranks = keys.map(State.rank).sorted()
    states = [State(boundaries: stride(from: 32, to: ranks.count, by: 32).map { ranks[$0] })]
  }

  var present: State { states[states.count - 1] }

  func state(at revision: Int64) -> State { states[states.count - 1 - Int(self.revision - revision)] }

  // MARK: - Reading

  func range(_ request: RangeRequest) -> Result<RangeResult, MVCCError> {
    if request.revision > revision { return .failure(.futureRevision) }
    if request.revision > 0, request.revision < compacted { return .failure(.compacted) }
    return .success(range(request, in: state(at: request.revision > 0 ? request.revision : revision), revision))
  }

  private func range(_ request: RangeRequest, in state: State, _ current: Int64) -> RangeResult {
    let all = state.values(in: request.range)
    var result = RangeResult(revision: current, keyValues: [], more: false, count: Int64(all.count))
    if request.countOnly { return result }
    var some = all
    if request.sortOrder == .none, request.limit > 0, !isFiltered(request) {
      some = Array(some.prefix(Int(request.limit) + 1))
    }
    some = some.filter {
      (request.minModRevision == 0 || $0.modRevision >= request.minModRevision)
        && (request.maxModRevision == 0 || $0.modRevision <= request.maxModRevision)
        && (request.minCreateRevision == 0 || $0.createRevision >= request.minCreateRevision)
        && (request.maxCreateRevision == 0 || $0.createRevision <= request.maxCreateRevision)
    }
    func order(_ less: (KeyValue, KeyValue) -> Bool) {
      // A stable sort, by position where equal.
      some = some.enumerated().sorted { left, right in
        let (a, b) = request.sortOrder == .descend ? (right, left) : (left, right)
        if less(a.element, b.element) { return true }
        if less(b.element, a.element) { return false }
        return left.offset < right.offset
      }.map(\.element)
    }
    switch request.sortTarget {
    case .key: if request.sortOrder == .descend { some.reverse() }
    case .version: order { $0.version < $1.version }
    case .create: order { $0.createRevision < $1.createRevision }
    case .mod: order { $0.modRevision < $1.modRevision }
    case .value: order { $0.value.lexicographicallyPrecedes($1.value) }
    }
    if request.limit > 0, some.count > Int(request.limit) {
      some = Array(some.prefix(Int(request.limit)))
      result.more = true
    }
    if request.keysOnly { for index in some.indices { some[index].value = [] } }
    result.keyValues = some
    return result
  }

  private func isFiltered(_ request: RangeRequest) -> Bool {
    request.minModRevision != 0 || request.maxModRevision != 0 || request.minCreateRevision != 0
      || request.maxCreateRevision != 0
  }

  func events(from first: Int64) -> [Event]? {
    guard first >= compacted else { return nil }
    let before = events.lastIndex { $0.keyValue.modRevision < first }
    return Array(events[(before.map { $0 + 1 } ?? 0)...])
  }

  // MARK: - Writing

  /// A transaction at work: the state it makes, and what it did.
  private struct Work {
    var state: State
    var events: [Event] = []
    let revision: Int64
  }

  private mutating func commit(_ work: Work) {
    guard !work.events.isEmpty else { return }
    revision = work.revision
    states.append(work.state)
    events += work.events
  }

  private func putError(_ request: PutRequest) -> MVCCError? {
    if request.ignoresValue || request.ignoresLease, present[request.key] == nil { return .keyNotFound }
    if request.lease != 0, leases[request.lease] == nil { return .leaseNotFound }
    return nil
  }

  private func put(_ request: PutRequest, _ work: inout Work) -> KeyValue? {
    let old = work.state[request.key]
    let new = KeyValue(
      key: request.key, value: request.ignoresValue ? old!.value : request.value,
      createRevision: old?.createRevision ?? work.revision, modRevision: work.revision,
      version: (old?.version ?? 0) + 1, lease: request.ignoresLease ? old!.lease : request.lease)
    work.state[request.key] = new
    work.events.append(Event(kind: .put, keyValue: new))
    return request.wantsPrevious ? old : nil
  }

  private func delete(_ range: KeyRange, _ work: inout Work) -> [KeyValue] {
    let doomed = work.state.values(in: range)
    for keyValue in doomed {
      work.state[keyValue.key] = nil
      work.events.append(
        Event(kind: .delete, keyValue: KeyValue(key: keyValue.key, modRevision: work.revision)))
    }
    return doomed
  }

  mutating func apply(_ command: Command) -> Result<CommandResult, MVCCError> {
    var work = Work(state: present, revision: revision + 1)
    switch command {
    case .put(let request):
      if let error = putError(request) { return .failure(error) }
      let previous = put(request, &work)
      commit(work)
      return .success(.put(PutResult(revision: revision, previous: previous)))
    case .deleteRange(let request):
      let doomed = delete(request.range, &work)
      commit(work)
      return .success(
        .deleteRange(
          DeleteRangeResult(
            revision: revision, deleted: Int64(doomed.count), previous: request.wantsPrevious ? doomed : [])))
    case .transaction(let request):
      if let error = check(request) { return .failure(error) }
      let result = run(request, &work)
      commit(work)
      return .success(.transaction(result))
    case .compact(let target):
      if target <= compacted { return .failure(.compacted) }
      if target > revision { return .failure(.futureRevision) }
      compacted = target
      states.removeFirst(states.count - 1 - Int(revision - target))
      events.removeAll { $0.keyValue.modRevision < target }
      return .success(.compact(revision: revision))
    case .leaseGrant(let id, let timeToLive):
      if leases[id] != nil { return .failure(.leaseExists) }
      leases[id] = timeToLive
      return .success(.leaseGrant(Lease(id: id, timeToLive: timeToLive), revision: revision))
    case .leaseRevoke(let id):
      guard leases.removeValue(forKey: id) != nil else { return .failure(.leaseNotFound) }
      for keyValue in present.values(in: .all) where keyValue.lease == id {
        _ = delete(KeyRange(key: keyValue.key), &work)
      }
      commit(work)
      return .success(.leaseRevoke(revision: revision))
    }
  }

  private func check(_ request: TransactionRequest) -> MVCCError? {
    for operation in holds(request) ? request.success : request.failure {
      switch operation {
      case .put(let put): if let error = putError(put) { return error }
      case .range(let range):
        if range.revision > revision { return .futureRevision }
        if range.revision > 0, range.revision < compacted { return .compacted }
      case .deleteRange: break
      case .transaction(let nested): if let error = check(nested) { return error }
      }
    }
    return nil
  }

  /// Against the state before the transaction: `present` does not change until the commit.
  private func holds(_ request: TransactionRequest) -> Bool {
    request.compares.allSatisfy { compare in
      let found = present.values(in: compare.range)
      if found.isEmpty {
        if case .value = compare.target { return false }
        return holds(compare, KeyValue())
      }
      return found.allSatisfy { holds(compare, $0) }
    }
  }

  private func holds(_ compare: Compare, _ keyValue: KeyValue) -> Bool {
    func related<Value>(_ a: Value, _ b: Value, _ less: (Value, Value) -> Bool) -> Bool {
      switch compare.relation {
      case .equal: !less(a, b) && !less(b, a)
      case .notEqual: less(a, b) || less(b, a)
      case .greater: less(b, a)
      case .less: less(a, b)
      }
    }
    return switch compare.target {
    case .version(let value): related(keyValue.version, value, <)
    case .createRevision(let value): related(keyValue.createRevision, value, <)
    case .modRevision(let value): related(keyValue.modRevision, value, <)
    case .lease(let value): related(keyValue.lease, value, <)
    case .value(let value): related(keyValue.value, value) { $0.lexicographicallyPrecedes($1) }
    }
  }

  private func run(_ request: TransactionRequest, _ work: inout Work) -> TransactionResult {
    let succeeded = holds(request)
    var results: [OperationResult] = []
    func current(_ work: Work) -> Int64 { work.events.isEmpty ? revision : work.revision }
    for operation in succeeded ? request.success : request.failure {
      switch operation {
      case .range(let range):
        let state = range.revision > 0 ? self.state(at: range.revision) : work.state
        results.append(.range(self.range(range, in: state, current(work))))
      case .put(let put):
        let previous = self.put(put, &work)
        results.append(.put(PutResult(revision: current(work), previous: previous)))
      case .deleteRange(let request):
        let doomed = delete(request.range, &work)
        results.append(
          .deleteRange(
            DeleteRangeResult(
              revision: current(work), deleted: Int64(doomed.count), previous: request.wantsPrevious ? doomed : [])))
      case .transaction(let nested): results.append(.transaction(run(nested, &work)))
      }
    }
    return TransactionResult(revision: current(work), succeeded: succeeded, results: results)
  }
}
