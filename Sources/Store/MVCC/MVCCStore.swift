/// The state of the store: all keys with their history, and the leases. A value: a copy is O(1), shares its
/// structure, and may be read on another thread while the original is changed.
///
/// Only ``apply(_:)`` changes it, and what that does follows from the state and the command alone, so that replicas
/// that apply the same commands are equal.
package struct MVCCStore: Sendable {
  /// The revision of the last change; 1 before the first.
  package internal(set) var revision: Int64 = 1
  /// Reads below this revision are refused; 0 before the first compaction.
  package internal(set) var compactRevision: Int64 = 0
  /// A hash chained over every change so far: equal on replicas that applied the same changes.
  package internal(set) var changeHash: UInt64 = 0
  /// About how much memory keys and values take, in bytes.
  package internal(set) var size: Int = 0
  /// How many keys there are now.
  package internal(set) var keyCount = 0
  package internal(set) var tally = StoreTally()

  var tree = KeyTree()
  var log = ChangeLog()
  var leaseTable: [LeaseID: LeaseRecord] = [:]
  /// The first change that a compaction has not looked at yet; nil when nothing is left to forget.
  var sweepsFrom: Revision?
  /// Bugs switched on, to prove that the simulation catches them. Empty in production.
  package var mutations: StoreMutation = []

  /// An empty store, at revision 1.
  package init() {}

  /// Runs one command. A refused one has changed nothing.
  package mutating func apply(_ command: Command) -> Result<CommandResult, MVCCError> {
    do throws(MVCCError) {
      try command.validate(maximumOperations: .max)
      switch command {
      case .put(let request):
        try checkPut(request)
        var writer = begin()
        let previous = put(request, &writer)
        commit(writer)
        return .success(.put(PutResult(revision: revision, previous: previous)))
      case .deleteRange(let request):
        var writer = begin()
        var result = deleteRange(request, &writer)
        commit(writer)
        if result.deleted == 0, mutations.contains(.emptyDeletionsCount) { revision += 1 }
        result.revision = revision
        return .success(.deleteRange(result))
      case .transaction(let request):
        return .success(.transaction(try run(request)))
      case .compact(let revision):
        try compact(at: revision)
        return .success(.compact(revision: self.revision))
      case .leaseGrant(let id, let timeToLive):
        return .success(.leaseGrant(try grantLease(id, timeToLive: timeToLive), revision: revision))
      case .leaseRevoke(let id):
        try revokeLease(id)
        return .success(.leaseRevoke(revision: revision))
      }
    } catch {
      return .failure(error)
    }
  }

  // MARK: - Writing

  /// A transaction's changes: all have the same main revision.
  struct Writer {
    let main: Int64
    var changes: [Change] = []

    var next: Revision { Revision(main: main, sub: Int64(changes.count)) }
  }

  func begin() -> Writer { Writer(main: revision + 1) }

  mutating func commit(_ writer: Writer) {
    guard !writer.changes.isEmpty else { return }
    revision = writer.main
    for change in writer.changes {
      log.append(change)
      changeHash = change.chained(onto: changeHash)
    }
  }

  private mutating func record(_ change: Change, _ writer: inout Writer) {
    tree.append(change)
    size += change.size
    writer.changes.append(change)
  }

  /// Everything that can be wrong with a put, so that it cannot fail later.
  func checkPut(_ request: PutRequest) throws(MVCCError) {
    if request.ignoresValue || request.ignoresLease {
      guard tree.history(of: request.key)?.version(at: revision) != nil else { throw .keyNotFound }
    }
    if request.lease != 0, leaseTable[request.lease] == nil { throw .leaseNotFound }
  }

  mutating func put(_ request: PutRequest, _ writer: inout Writer) -> KeyValue? {
    let history = tree.history(of: request.key)
    let old = history?.version(at: writer.main)
    let next = writer.next
    let lease = request.ignoresLease ? old?.lease ?? 0 : request.lease
    let change = Change(
      key: history?.latest.key ?? request.key,
      value: request.ignoresValue ? old?.value ?? [] : request.value, revision: next,
      createRevision: old?.createRevision ?? next.main, version: (old?.version ?? 0) + 1, lease: lease)
    record(change, &writer)
    if old == nil { keyCount += 1 }
    tally.puts += 1
    tally.putBytes += UInt64(change.key.count + change.value.count)
    if let old, old.lease != lease, !mutations.contains(.leasesKeepKeys) { detach(change.key, from: old.lease) }
    if lease != 0, old?.lease != lease { attach(change.key, to: lease) }
    return request.wantsPrevious ? old?.keyValue : nil
  }

  mutating func deleteRange(_ request: DeleteRangeRequest, _ writer: inout Writer) -> DeleteRangeResult {
    var doomed: [Change] = []
    tree.forEach(in: request.range) { history in
      if let version = history.version(at: writer.main) { doomed.append(version) }
      return true
    }
    for version in doomed { delete(version, &writer) }
    return DeleteRangeResult(
      revision: writer.changes.isEmpty ? revision : writer.main, deleted: Int64(doomed.count),
      previous: request.wantsPrevious ? doomed.map(\.keyValue) : [])
  }

  mutating func delete(_ version: Change, _ writer: inout Writer) {
    record(Change(deletionOf: version.key, revision: writer.next), &writer)
    keyCount -= 1
    tally.deletions += 1
    if version.lease != 0 { detach(version.key, from: version.lease) }
  }
}

extension Change {
  /// Mixes the change into a running hash. Not cryptographic: it finds replicas that differ, not forgers.
  func chained(onto hash: UInt64) -> UInt64 {
    var crc = hash ^ UInt64(bitPattern: revision.main)
    func mix(_ word: UInt64) {
      crc = (crc ^ word) &* 0xbf58_476d_1ce4_e5b9
      crc ^= crc >> 29
    }
    mix(UInt64(bitPattern: revision.sub))
    mix(isDeletion ? 1 : 0)
    mix(UInt64(bitPattern: createRevision))
    mix(UInt64(bitPattern: version))
    mix(UInt64(bitPattern: lease))
    mix(UInt64(key.count) << 32 | UInt64(value.count))
    mix(UInt64(checksum(of: key)) << 32 | UInt64(checksum(of: value)))
    return crc
  }
}
