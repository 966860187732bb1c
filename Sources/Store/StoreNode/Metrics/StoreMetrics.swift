package import Metrics

/// What a replica counts, under etcd's names where etcd has one.
package struct StoreMetrics: Sendable {
  private let syncSeconds: Timer
  private let proposalsFailed: Counter

  package init(factory: any MetricsFactory) {
    syncSeconds = Timer(label: "etcd_disk_wal_fsync_duration_seconds", factory: factory)
    proposalsFailed = Counter(label: "etcd_server_proposals_failed_total", factory: factory)
  }

  func synced(nanoseconds: UInt64) { syncSeconds.recordNanoseconds(Int64(clamping: nanoseconds)) }

  func proposalFailed() { proposalsFailed.increment() }
}
