// One store replica as a deterministic machine: input by method, output as values. No clock, disk, socket or lock.
//
// It has two halves, so that a process can give each a thread while a simulator runs both in one:
//
//             inputs                          effects
//   driver ─▶ ReplicaConsensus ─▶ write, send, snapshot pieces ─▶ driver
//                    │  ▲
//    apply, readable │  │ applied, propose (lease expiry)
//                    ▼  │
//             ReplicaState ─▶ results of own proposals, reads that may run, snapshot due ─▶ driver
//
// - ``ReplicaConsensus`` joins ``Raft`` with the bookkeeping of proposals and reads.
// - ``ReplicaState`` joins the key-value store with exactly-once application, lease expiry and snapshots.
//
// The driver carries effects that name the other half from one to the other, in order. Its loops:
//
//   consensus thread: for each input: consensus.step(input); then act on consensus.takeEffects()
//   state thread:     for each message from the consensus thread, in order: state.step(…); act on state.takeEffects()
//
// Steps are cheap; take the effects once after a burst of inputs, so that one write, one message a follower and one
// round of heartbeats serve all of them.
//
// The halves' methods at a glance (each documented where it stands):
//
//   struct ReplicaConsensus {
//     init(configuration: ReplicaConfiguration, recovered: RecoveredLog) throws(RecoveredLog.Defect)
//     mutating func step(_ input: ReplicaInput)
//     mutating func takeEffects() -> [ReplicaEffect]      // call once after construction too: it writes the hard state
//     var start: UInt64                                    // HardState.starts of this start, for ReplicaState
//     var status: RaftStatus                               // role, term, leader, indices, membership, per-follower progress
//   }
//   struct ReplicaState {
//     init(configuration: ReplicaConfiguration, start: UInt64, base: SnapshotMetadata)        // an empty store
//     init(configuration: …, start: UInt64, snapshot: RestoredState)                          // from a snapshot on disk
//     mutating func apply(_ entries: ArraySlice<Entry>) -> ArraySlice<Entry>   // what is left
//     mutating func awaitReads(_ ids: [UInt64], index: LogIndex)
//     mutating func restore(_ snapshot: RestoredState)     // a leader's snapshot; decode it off-thread first
//     mutating func leadershipChanged(_ leadership: Leadership)
//     mutating func tick()
//     mutating func sweep()                                // while hasSweepLeft: a slice of a compaction's work
//     func freeze() -> FrozenState                         // O(1), Sendable: encode it in the background
//     mutating func snapshotSaved(_ metadata: SnapshotMetadata?)   // nil: it could not be written
//     mutating func takeEffects() -> [StateEffect]
//     var store: MVCCStore { get }                         // for ranges, watches, leases' listing
//     func remainingLeaseMilliseconds(_ lease: LeaseID) -> Int64?
//     func stateHash() -> UInt64
//   }
//   struct FrozenState: Sendable { let metadata: SnapshotMetadata; chunked encoding: mutating nextChunk() -> [UInt8]? }
//   struct StateDecoder { mutating feed(bytes) throws(SnapshotError); consuming finish() throws -> RestoredState }
