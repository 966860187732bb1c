// Recordings of what a replica's consensus half was told, and what runs them again. Pure: bytes in, findings out.
//
//   ReplicaInput, effects ─▶ StepEncoder ─▶ blocks ─▶ a segment's bytes (``RecordFormat``)
//   a segment's bytes ─▶ ``RecordSegment`` ─▶ ``Replayer`` ─▶ timeline, ``ReplayReport``
//                                                 └─ ``StepAuditor``: what must hold of each step (``StepCheck``)
//                                                       └─ ``AuditedDisk``, ``AuditedLog``, ``AuditedReads``
//
// A recording is a chain of segments. Each begins with the whole state of the consensus half (`encodeState(into:)` of
// `ReplicaConsensus`), so that the oldest can be dropped and a gap costs only what is missing. Then come the inputs, in
// their order, and after each round (a `takeEffects()`) how many effects came of it, with a digest over them. A replay
// that comes to another digest has met another build, or something that did not follow from the inputs.
//
// What is not in it: payloads of clients' commands, for which their size and a digest stand (``PayloadStandIn``); the
// bytes of snapshots; and so the state machine, whose states the replicas compare among themselves (`StateCheckpoint`).
//
// `StoreNode` writes recordings on a thread of their own; the simulation writes them too, and runs the auditor on
// every replica as it goes.
