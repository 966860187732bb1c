// Trials: real `apus store` processes, each on a host of its own, under faults that follow from a seed, while clients
// write, read and watch; what they saw is then held against the same checkers as in the simulation.
//
//   TrialOptions ──▶ FaultPlan ──▶ FaultInjector ──▶ TrialHosts (processes, disks), TrialNetwork (packets)
//                                                           ▲
//   TrialClient, WatchFollower ────── gRPC, TLS ────────────┘
//        │
//        └──▶ TrialRecord, ChangeLog ──▶ Verdict
//
// ``Trial`` runs it all. It runs as the first process of namespaces of its own (``Enclosure``), so that whatever
// happens to it, processes, mounts and devices go with it.

/// What a trial does.
package struct TrialOptions: Sendable {
  /// A way to show that the checkers find what is wrong: each breaks a promise on purpose.
  package enum Proof: String, Sendable, CaseIterable {
    /// Reads that need not be current are recorded as ones that must be.
    case staleReads = "stale-reads"
    /// All members' disks are set back to what they were some seconds before.
    case rollback
  }

  /// Chooses the faults and what clients do. What happens by chance (which packet is lost, who is elected) is not in
  /// it: the same seed does not give the same run.
  package var seed: UInt64 = 1
  /// An odd number.
  package var replicas = 3
  /// For how long faults happen in a round.
  package var chaos: Duration = .seconds(20)
  package var rounds = 1
  package var faults = FaultFamily.usual
  package var clients = 6
  package var proof: Proof?
  /// Writes the last round's history down also when nothing is wrong.
  package var keeps = false
  /// The `apus` program.
  package var program: String
  /// Where everything is kept that a failure is to be understood from.
  package var folder: String

  package init(program: String, folder: String) {
    self.program = program
    self.folder = folder
  }
}

/// Something of the trial itself did not work: it says nothing about the store.
package struct TrialTrouble: Error, CustomStringConvertible {
  package var description: String
  package init(_ description: String) { self.description = description }
}

/// The time of a trial in microseconds, the same for all who take part in it.
package struct TrialClock: Sendable {
  private let start = ContinuousClock.now

  package init() {}

  package var now: Int {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
  }
}

/// `12.345` for twelve seconds and something.
func seconds(_ microseconds: Int) -> String {
  let milliseconds = String(microseconds / 1000 % 1000)
  return "\(microseconds / 1_000_000)." + String(repeating: "0", count: 3 - milliseconds.count) + milliseconds
}
