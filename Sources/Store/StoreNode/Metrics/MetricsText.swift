import Glibc
import MVCC
import Observability
import RaftCore

extension StoreNode {
  /// The replica's figures in Prometheus' text format, but for those that stand in the process' registry.
  func metricsText(_ calls: CallMetrics) -> String {
    var text = PrometheusText()
    writeIdentity(to: &text)
    if let engine {
      writeServer(engine, to: &text)
      writeState(engine, to: &text)
      writeOwn(engine, to: &text)
    }
    writeDisk(to: &text)
    writePeers(to: &text)
    calls.write(to: &text)
    return text.text
  }

  private func writeIdentity(to text: inout PrometheusText) {
    text.family("etcd_server_version", .gauge, "The version of etcd's API that is served; always 1.")
    text.sample(1, [("server_version", StoreNode.version)])
    let minor = StoreNode.version.split(separator: ".").prefix(2).joined(separator: ".")
    text.family("etcd_cluster_version", .gauge, "The version that the whole cluster serves; always 1.")
    text.sample(1, [("cluster_version", minor)])
    text.family("etcd_server_id", .gauge, "The member's id; always 1.")
    text.sample(1, [("server_id", String(configuration.memberID, radix: 16))])
  }

  private func writeServer(_ engine: Engine, to text: inout PrometheusText) {
    let figures = engine.figures
    let counters = engine.metrics.counters
    let raft = figures.raft
    let isLearner = raft.map { !$0.membership.isVoter(configuration.memberID) } ?? false
    text.value(
      "etcd_server_has_leader", .gauge, "Whether this member knows a leader.", figures.leadership.leader == nil ? 0 : 1)
    text.value(
      "etcd_server_is_leader", .gauge, "Whether this member leads.", figures.leadership.role == .leader ? 1 : 0)
    text.value("etcd_server_is_learner", .gauge, "Whether this member has no vote.", isLearner ? 1 : 0)
    text.value(
      "etcd_server_leader_changes_seen_total", .counter, "How often this member has seen another leader.",
      figures.leaderChanges)
    text.value(
      "etcd_server_proposals_committed_total", .gauge, "The last entry of the log that is committed.",
      raft?.commit ?? 0)
    text.value(
      "etcd_server_proposals_applied_total", .gauge, "The last entry of the log that is applied here.", figures.applied)
    text.value(
      "etcd_server_proposals_pending", .gauge, "Proposals of this member's clients that are under way.",
      engine.waiters.proposalCount)
    text.value(
      "etcd_server_slow_apply_total", .counter, "Batches of entries that took longer than 100 ms to apply.",
      counters.slowApplies.load(ordering: .relaxed))
    text.value(
      "etcd_server_slow_read_indexes_total", .counter,
      "Batches of linearisable reads that were asked for again because no leader had answered in time.",
      figures.reads.slow)
    text.value(
      "etcd_server_read_indexes_failed_total", .counter, "Linearisable reads that were given up.", figures.reads.failed)
    text.value(
      "etcd_server_heartbeat_send_failures_total", .counter,
      "Heartbeats that a leader sent late because its consensus was held up.",
      counters.lateHeartbeats.load(ordering: .relaxed))
    text.value(
      "etcd_server_health_success", .counter, "Answers of /health and /readyz that all was well.",
      counters.healthy.load(ordering: .relaxed))
    text.value(
      "etcd_server_health_failures", .counter, "Answers of /health and /readyz that something was wrong.",
      counters.unhealthy.load(ordering: .relaxed))
    // Without one there is no such line: dashboards divide by it.
    if let limit = engine.quota.limit {
      text.value("etcd_server_quota_backend_bytes", .gauge, "The space quota in bytes.", limit)
    }
    text.value(
      "etcd_server_snapshot_apply_in_progress_total", .gauge, "Whether a leader's snapshot is being received.",
      counters.snapshotsInstalling.load(ordering: .relaxed))
  }

  private func writeState(_ engine: Engine, to text: inout PrometheusText) {
    let figures = engine.figures
    let tally = figures.tally
    text.value(
      "etcd_mvcc_db_total_size_in_bytes", .gauge, "The size of the state, to which the space quota applies, in bytes.",
      figures.stateSize)
    text.value(
      "etcd_mvcc_db_total_size_in_use_in_bytes", .gauge, "The same: the state in memory has no gaps.",
      figures.stateSize)
    text.value(
      "etcd_debugging_mvcc_db_total_size_in_bytes", .gauge, "The same, under its old name.", figures.stateSize)
    text.value("etcd_debugging_mvcc_current_revision", .gauge, "The revision of the state.", figures.revision)
    text.value(
      "etcd_debugging_mvcc_compact_revision", .gauge, "The revision of the last compaction.", figures.compactRevision)
    text.value("etcd_debugging_mvcc_keys_total", .gauge, "Keys that exist.", figures.keys)
    let ranges = engine.metrics.counters.ranges.load(ordering: .relaxed)
    for prefix in ["etcd_mvcc", "etcd_debugging_mvcc"] {
      text.value("\(prefix)_put_total", .counter, "Keys written, since the state was loaded.", tally.puts)
      text.value("\(prefix)_delete_total", .counter, "Keys deleted, since the state was loaded.", tally.deletions)
      text.value(
        "\(prefix)_txn_total", .counter, "Transactions that write, since the state was loaded.", tally.transactions)
      text.value("\(prefix)_range_total", .counter, "Ranges and reading transactions served here.", ranges)
    }
    text.value(
      "etcd_debugging_mvcc_total_put_size_in_bytes", .gauge, "Bytes of keys and values written.", tally.putBytes)
    text.value("etcd_debugging_mvcc_watch_stream_total", .gauge, "Watch streams open here.", figures.watches.streams)
    text.value("etcd_debugging_mvcc_watcher_total", .gauge, "Watches open here.", figures.watches.watches)
    text.value(
      "etcd_debugging_mvcc_slow_watcher_total", .gauge, "Watches that are behind and read the history.",
      figures.watches.behind)
    text.value("etcd_debugging_mvcc_events_total", .counter, "Events given to watches.", figures.watches.events)
    text.value(
      "etcd_debugging_mvcc_pending_events_total", .gauge, "Events that wait for their streams to be read.",
      figures.watches.pending)
    text.value("etcd_debugging_lease_granted_total", .counter, "Leases granted.", tally.leasesGranted)
    text.value(
      "etcd_debugging_lease_revoked_total", .counter, "Leases revoked, expired ones included.", tally.leasesRevoked)
    text.value("etcd_debugging_lease_renewed_total", .counter, "Leases kept alive.", figures.leasesRenewed)
    text.value("etcd_debugging_server_lease_expired_total", .counter, "Leases that ran out.", figures.leasesExpired)
  }

  /// What etcd has no name for.
  private func writeOwn(_ engine: Engine, to text: inout PrometheusText) {
    let figures = engine.figures
    let agreement = engine.integrity.agreement
    text.value(
      "apus_store_disk_bytes", .gauge, "Bytes that log and snapshots hold on the disk.", dataSize)
    text.value(
      "apus_store_voters", .gauge, "Members with a vote.", figures.raft?.membership.voters.count ?? 0)
    text.value(
      "apus_store_must_catch_up", .gauge,
      "Whether this member lost the end of its log and has no vote until it has it.",
      figures.raft?.mustCatchUp == true ? 1 : 0)
    text.value(
      "apus_store_out_of_service", .gauge, "Whether this member took itself out because its state is wrong.",
      engine.refusal == nil ? 0 : 1)
    text.value(
      "apus_store_diverged_members", .gauge, "Other members whose state a majority contradicts.",
      agreement.diverged.count)
    text.value(
      "apus_store_states_disagree", .gauge, "Whether states differ and no majority says whose is right.",
      agreement.undecided == nil ? 0 : 1)
    text.value(
      "apus_store_disk_stalled", .gauge, "Whether the disk has finished nothing for half of the election timeout.",
      engine.isDiskStalled.load(ordering: .relaxed) ? 1 : 0)
    text.value(
      "apus_store_disk_stalls_total", .counter, "How often the disk has stalled.",
      engine.diskStalls.load(ordering: .relaxed))
    text.value(
      "apus_store_disk_stall_handovers_total", .counter, "How often the leadership was offered because of that.",
      engine.handOversForDisk.load(ordering: .relaxed))
    text.value(
      "apus_store_quota_exceeded", .gauge, "Whether writes are refused because the space quota is used up.",
      engine.quota.isExceeded ? 1 : 0)
    text.value(
      "apus_store_quota_refused_total", .counter, "Requests refused because of the space quota.", engine.quota.refusals)
    text.family(
      "apus_store_prefix_size_bytes", .gauge, "The prefixes that take the most, while the space quota is used up.")
    for size in engine.quota.largestPrefixes {
      text.sample(Double(size.bytes), [("prefix", SpaceQuota.name(size.prefix))])
    }
  }

  private func writeDisk(to text: inout PrometheusText) {
    let counters = metrics.counters
    text.value(
      "etcd_disk_wal_write_bytes_total", .gauge, "Bytes written to the log.", counters.logBytes.load(ordering: .relaxed)
    )
    text.family(
      "etcd_debugging_snap_save_total_duration_seconds", .histogram,
      "How long it takes to write a snapshot, in seconds.")
    text.histogram(counters.snapshotSaves)
    text.family(
      "apus_store_snapshot_pause_seconds", .histogram,
      "How long writes stand still for a snapshot to be taken, in seconds: it is written afterwards, beside them.")
    text.histogram(counters.snapshotPauses)
    text.family("etcd_snap_fsync_duration_seconds", .histogram, "How long the sync at its end takes, in seconds.")
    text.histogram(counters.snapshotSyncs)
    text.family(
      "etcd_snap_db_save_total_duration_seconds", .histogram,
      "How long it takes to receive a leader's snapshot and store it, in seconds.")
    text.histogram(counters.snapshotReceipts)
    let files = ProcessFigures.current()
    text.value("os_fd_used", .gauge, "Open file descriptors.", files.openFiles)
    text.value("os_fd_limit", .gauge, "The most there may be.", files.maximumFiles)
  }

  private func writePeers(to text: inout PrometheusText) {
    let peers = metrics.counters.peerFigures.filter { $0.member != configuration.memberID }
    func labels(_ name: String, _ member: MemberID) -> [(String, String)] { [(name, String(member, radix: 16))] }
    text.family("etcd_network_peer_sent_bytes_total", .counter, "Bytes sent to a member.")
    for (member, figures) in peers { text.sample(Double(figures.sentBytes), labels("To", member)) }
    text.family("etcd_network_peer_received_bytes_total", .counter, "Bytes received from a member.")
    for (member, figures) in peers { text.sample(Double(figures.receivedBytes), labels("From", member)) }
    text.family(
      "etcd_network_peer_sent_failures_total", .counter, "Messages to a member that were dropped without a connection.")
    for (member, figures) in peers { text.sample(Double(figures.sendFailures), labels("To", member)) }
    text.family(
      "etcd_network_peer_round_trip_time_seconds", .histogram,
      "From a leader's heartbeat to the answer of a member, in seconds.")
    for (member, figures) in peers { text.histogram(figures.roundTrips, labels("To", member)) }
    text.family("etcd_network_active_peers", .gauge, "Whether the connection to a member stands.")
    for (member, figures) in peers {
      text.sample(
        figures.isConnected ? 1 : 0, [("Local", String(configuration.memberID, radix: 16))] + labels("Remote", member))
    }
  }
}
