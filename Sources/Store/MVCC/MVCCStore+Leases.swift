/// A lease with the keys that hang on it.
struct LeaseRecord: Sendable {
  let lease: Lease
  var keys: Set<Bytes> = []
}

extension MVCCStore {
  /// The longest time to live that can be granted, in seconds (etcd's).
  package static let maximumTimeToLive: Int64 = 9_000_000_000

  package func lease(_ id: LeaseID) -> Lease? { leaseTable[id]?.lease }

  /// All leases, by id.
  package var leases: [Lease] { leaseTable.values.map(\.lease).sorted { $0.id < $1.id } }

  /// The keys that hang on a lease, in order; empty when there is no such lease.
  package func keys(of id: LeaseID) -> [Bytes] { (leaseTable[id]?.keys ?? []).sorted { $0.precedes($1) } }

  mutating func grantLease(_ id: LeaseID, timeToLive: Int64) throws(MVCCError) -> Lease {
    guard timeToLive <= Self.maximumTimeToLive else { throw .leaseTimeToLiveTooLarge }
    guard leaseTable[id] == nil else { throw .leaseExists }
    let lease = Lease(id: id, timeToLive: max(timeToLive, 1))
    leaseTable[id] = LeaseRecord(lease: lease)
    tally.leasesGranted += 1
    return lease
  }

  mutating func revokeLease(_ id: LeaseID) throws(MVCCError) {
    guard leaseTable[id] != nil else { throw .leaseNotFound }
    var writer = begin()
    for key in keys(of: id).dropFirst(mutations.contains(.revocationsSpareAKey) ? 1 : 0) {
      guard let version = tree.history(of: key)?.version(at: writer.main) else { continue }
      delete(version, &writer)
    }
    leaseTable[id] = nil
    tally.leasesRevoked += 1
    commit(writer)
  }

  mutating func attach(_ key: Bytes, to id: LeaseID) { leaseTable[id]?.keys.insert(key) }

  mutating func detach(_ key: Bytes, from id: LeaseID) { leaseTable[id]?.keys.remove(key) }
}
