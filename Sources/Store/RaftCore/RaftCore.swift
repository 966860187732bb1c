// The consensus of one store replica: Raft as a value without a clock, a disk, a network or a lock.
//
//   tick, receive, propose, read, persisted, …  ─▶  Raft  ─▶  takeReady(): messages, a write, what to apply, …
//
// - ``Raft`` is the member; its files are by role: election, follower, leader, reads, proposals and membership.
// - ``Ready`` says what to do, and what must be done before what. Whatever must wait for the disk is kept inside until
//   ``Raft/persisted(_:)``, so that a driver cannot send it too early.
// - ``RaftMessage`` and its format are what members say to each other; ``HardState``, ``Entry``, ``Membership`` and
//   ``SnapshotMetadata`` are what a disk keeps (`RaftLog` has the files).
// - ``LogWindow`` and ``Progress`` are internal: the log in memory, and how far each follower is.
//
// Decisions that the papers leave open:
//
// - Reads ask a quorum (ReadIndex); no lease, no clock is trusted.
// - A configuration is in force from the moment it is in the log (§6), not from when it is applied.
// - Committed entries may be applied before the own disk has them: a quorum has.
// - Candidates (learners that are to vote) are promoted by the leader itself, together, and rather to an odd number of
//   voters than to an even one. A leader that leaves names its successor; a member that leaves by an entry that is not
//   known to be committed may still campaign (dissertation, §4.2.2).
// - After a torn tail (``HardState/mustCatchUp``) a member's vote is provisional: it counts only when every voter
//   agrees. It ends when the member holds again what the leader had when it was asked, so all that the member may have
//   acknowledged to it. A torn tail on an honest disk loses nothing that was acknowledged; this guards the votes of a
//   member whose disk did lose more. It does not make lying disks safe: a leader that has been replaced without knowing
//   could still count on such a member.
