package import Metrics
import Observability
import RaftCore
import Synchronization

/// What a replica counts, under etcd's names where etcd has one: docs/metrics.md lists all. What happens with every
/// write is an atomic or two; what can be had by looking is looked up when somebody asks (`MetricsText.swift`).
package struct StoreMetrics: Sendable {
  private let syncSeconds: Timer
  private let proposalsFailed: Counter
  let counters = StoreCounters()

  package init(factory: any MetricsFactory) {
    if let registry = factory as? PrometheusRegistry {
      registry.describe(
        "etcd_disk_wal_fsync_duration_seconds", "How long it takes to write to the log and sync it, in seconds.")
      registry.describe("etcd_server_proposals_failed_total", "Proposals that failed, or whose fate is not known.")
    }
    syncSeconds = Timer(label: "etcd_disk_wal_fsync_duration_seconds", factory: factory)
    proposalsFailed = Counter(label: "etcd_server_proposals_failed_total", factory: factory)
  }

  func synced(nanoseconds: UInt64) { syncSeconds.recordNanoseconds(Int64(clamping: nanoseconds)) }

  func proposalFailed() { proposalsFailed.increment() }
}

/// Counters and histograms that the replica's threads keep themselves.
final class StoreCounters: Sendable {
  let slowApplies = Atomic<UInt64>(0)
  let lateHeartbeats = Atomic<UInt64>(0)
  let ranges = Atomic<UInt64>(0)
  let logBytes = Atomic<UInt64>(0)
  let healthy = Atomic<UInt64>(0)
  let unhealthy = Atomic<UInt64>(0)
  /// A leader's snapshot is being installed.
  let snapshotsInstalling = Atomic<Int>(0)
  /// The replica's own snapshots, the syncs at their ends, and those received from a leader.
  let snapshotSaves = HistogramSeries(buckets: PrometheusRegistry.defaultBuckets, unit: 1e-9)
  let snapshotSyncs = HistogramSeries(buckets: PrometheusRegistry.defaultBuckets, unit: 1e-9)
  let snapshotReceipts = HistogramSeries(
    buckets: PrometheusRegistry.buckets(from: 0.1, factor: 2, count: 10), unit: 1e-9)
  /// How long the state's thread stands still for a snapshot to be taken.
  let snapshotPauses = HistogramSeries(
    buckets: PrometheusRegistry.buckets(from: 0.000_001, factor: 4, count: 10), unit: 1e-9)
  private let peers = Mutex<[MemberID: PeerFigures]>([:])

  struct PeerFigures: Sendable {
    var sentBytes: UInt64 = 0
    var receivedBytes: UInt64 = 0
    var sendFailures: UInt64 = 0
    var isConnected = false
    let roundTrips = HistogramSeries(
      buckets: PrometheusRegistry.buckets(from: 0.0001, factor: 2, count: 16), unit: 1e-9)
  }

  /// Those that were ever heard of.
  var peerFigures: [(member: MemberID, figures: PeerFigures)] {
    peers.withLock { peers in peers.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }
  }

  func received(_ bytes: Int, from peer: MemberID) {
    peers.withLock { $0[peer, default: PeerFigures()].receivedBytes += UInt64(bytes) }
  }

  /// Frames that were handed to the transport; without a connection it drops them.
  func sent(_ frames: Int, bytes: Int, to peer: MemberID) {
    peers.withLock { peers in
      if peers[peer, default: PeerFigures()].isConnected {
        peers[peer]?.sentBytes += UInt64(bytes)
      } else {
        peers[peer]?.sendFailures += UInt64(frames)
      }
    }
  }

  func connected(_ isConnected: Bool, to peer: MemberID) {
    peers.withLock { $0[peer, default: PeerFigures()].isConnected = isConnected }
  }

  func roundTrip(_ nanoseconds: UInt64, to peer: MemberID) {
    let series = peers.withLock { $0[peer, default: PeerFigures()].roundTrips }
    series.record(nanoseconds: nanoseconds)
  }
}

/// Measures how long a leader's heartbeats take to be answered. On the loop of the consensus.
struct RoundTrips {
  private var sent: [MemberID: (round: UInt64, time: MonotonicTime)] = [:]

  mutating func sends(_ message: RaftMessage) {
    guard case .heartbeat(let heartbeat) = message.body else { return }
    sent[message.to] = (heartbeat.round, .now)
  }

  /// The nanoseconds that an answer took; nil when the message is no answer to the last heartbeat.
  mutating func receives(_ message: RaftMessage) -> UInt64? {
    guard case .heartbeatResponse(let round) = message.body, let last = sent[message.from], last.round == round else {
      return nil
    }
    sent[message.from] = nil
    return MonotonicTime.now.nanoseconds - last.time.nanoseconds
  }
}

extension HistogramSeries {
  func record(nanoseconds: UInt64) { recordNanoseconds(Int64(clamping: nanoseconds)) }
}

extension MonotonicTime {
  /// Nanoseconds since then.
  var elapsed: UInt64 { MonotonicTime.now.nanoseconds - nanoseconds }
}
