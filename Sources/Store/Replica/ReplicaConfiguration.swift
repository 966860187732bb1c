package import RaftCore

/// The settings of a replica. Sizes in bytes, times in ticks unless the name says otherwise.
package struct ReplicaConfiguration: Sendable {
  package var raft: RaftConfiguration
  /// How long a tick is. Only leases, which are granted in seconds, look at it.
  package var tickMilliseconds = 50
  /// Proposals and reads that come to nothing are given up after so many ticks.
  package var patienceTicks = 140
  /// A read that was passed to a leader and not answered is asked again after so many ticks.
  package var readRetryTicks = 10
  /// A proposal that was passed to a leader and not committed is passed on again after so many ticks. (It can be in
  /// the log twice then; it is applied once.)
  package var proposalRetryTicks = 40
  /// The most proposals of this replica's clients under way, by number and by bytes of payload.
  package var maximumPendingProposals = 8192
  package var maximumPendingBytes = 64 << 20
  /// The most reads of this replica's clients under way.
  package var maximumPendingReads = 65536
  /// A snapshot is due once this much log (payload and overhead) has been applied since the last one, or a quarter of
  /// a larger state's size…
  package var snapshotLogBytes = 64 << 20
  /// …or so many entries, or half as many as there are keys.
  package var snapshotEntries = 100_000
  /// How many entries before a snapshot stay in memory and on disk, for followers that are a little behind.
  package var trailingEntries: UInt64 = 5000
  /// At most this many bytes of them.
  package var trailingBytes = 32 << 20
  /// A leader keeps more for followers that are behind, or are getting a snapshot, and come on: everything they need,
  /// as long as the log behind that takes no more than this, in memory. Looked at whenever a snapshot was made.
  package var followerLogBytes = 512 << 20
  /// But not for one that was silent for so many ticks, or got nothing further of its snapshot: a minute of them.
  package var followerPatienceTicks = 1200
  /// The most bytes of committed payload that are handed to the state half before it has applied them.
  package var maximumUnappliedBytes = 64 << 20

  /// How often a leader lets the replicas compare their states, when something was applied since. Two seconds of
  /// ticks.
  package var checkpointTicks = 40
  /// A disk that finishes no write for so many ticks, though some wait, is stalled: half of the election timeout.
  package var stalledDiskTicks = 10
  /// Only where a recording is replayed: payloads may be stand-ins for what was not recorded (``PayloadStandIn``).
  package var takesStandIns = false
  /// Nil: nobody compacts but clients.
  package var autoCompaction: AutoCompactionPolicy?

  package init(member: MemberID, seed: UInt64) {
    raft = RaftConfiguration(member: member, seed: seed)
  }
}
