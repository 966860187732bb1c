/// How an election by Lease is timed.
package struct LeaderElectionTiming: Sendable, Equatable {
  /// A candidate takes over when it has seen no renewal for this long. Default 6 s.
  package var leaseDuration: Duration
  /// A leader that could not renew for this long gives up. Must be less than `leaseDuration`. Default 4 s.
  package var renewDeadline: Duration
  /// Time between two renewals, and between two looks of a candidate. Default 2 s.
  package var retryPeriod: Duration

  package init(
    leaseDuration: Duration = .seconds(6), renewDeadline: Duration = .seconds(4), retryPeriod: Duration = .seconds(2)
  ) {
    precondition(leaseDuration > renewDeadline && renewDeadline > retryPeriod, "lease > renew deadline > retry period")
    self.leaseDuration = leaseDuration
    self.renewDeadline = renewDeadline
    self.retryPeriod = retryPeriod
  }
}

/// What a Lease says, without its wall-clock times, which nobody trusts.
package struct LeaseRecord: Sendable, Equatable {
  /// "" when it has been given up.
  package var holder: String
  package var transitions: Int32
  /// Changes with every renewal: the object's resource version.
  package var version: String

  package init(holder: String, transitions: Int32, version: String) {
    self.holder = holder
    self.transitions = transitions
    self.version = version
  }
}

/// The rules of an election by Lease, as in Kubernetes' leader election. Pure: time comes in as an instant
/// counted from any fixed origin.
///
/// Nobody compares clocks: a candidate counts from when it *saw* the lease change, and the leader counts from when
/// it *began* the renewal that succeeded. A candidate that starts, or that comes back after a pause, therefore
/// waits a whole lease before it takes over from a holder that it cannot see renewing.
///
/// ```
///            tick(lease) = .acquire, written(ok)
///  candidate ────────────────────────────────────▶ leader
///      ▲      deadline passed, or another holder seen   │
///      └──────────────────────────────────────────────┘
/// ```
package struct LeaderElection: Sendable {
  /// What to do now.
  package enum Action: Sendable, Equatable {
    /// Create the Lease, which does not exist, with this holder; then call `written`.
    case create(transitions: Int32)
    /// Write the Lease with oneself as the holder, only if it still has this version; then call `written`.
    case write(version: String, transitions: Int32)
    /// Nothing; look again after the retry period.
    case wait
  }

  package let identity: String
  package let timing: LeaderElectionTiming
  /// Who leads as far as is known; "" if nobody.
  package private(set) var holder = ""
  private var observed: LeaseRecord?
  private var observedAt: Duration?
  /// When the last renewal that succeeded was begun; `nil` for a candidate.
  private var renewedAt: Duration?
  private var attemptAt: Duration?

  package init(identity: String, timing: LeaderElectionTiming) {
    precondition(!identity.isEmpty)
    self.identity = identity
    self.timing = timing
  }

  package var isLeader: Bool { renewedAt != nil }

  /// When a leader has to have stopped unless it renews before; `nil` for a candidate.
  package var deadline: Duration? { renewedAt.map { $0 + timing.renewDeadline } }

  /// Takes the Lease as it was just read (`nil`: it does not exist).
  /// - Parameters:
  ///   - begun: taken *before* reading: a renewal's time counts from there.
  ///   - now: taken when the answer had come. What is seen was there before, so its holder's time ends before this
  ///     candidate's wait, however long the answer took. Counted from `begun` it might not: a slow answer can tell of
  ///     a renewal that began after the question.
  package mutating func tick(_ lease: LeaseRecord?, begun: Duration, now: Duration) -> Action {
    expire(now: now)
    guard let lease else {
      observed = nil
      holder = ""
      attemptAt = begun
      return .create(transitions: 0)
    }
    if lease != observed {
      observed = lease
      observedAt = now
    }
    holder = lease.holder
    if lease.holder == identity {
      // Ours: a renewal, or our own lease from before a restart under the same identity.
      attemptAt = begun
      return .write(version: lease.version, transitions: lease.transitions)
    }
    renewedAt = nil
    guard lease.holder.isEmpty || now >= (observedAt ?? now) + timing.leaseDuration else { return .wait }
    attemptAt = begun
    return .write(version: lease.version, transitions: lease.transitions + 1)
  }

  /// Takes what became of the write asked for: the Lease as written, or `nil` when it failed or lost the race.
  package mutating func written(_ lease: LeaseRecord?, now: Duration) {
    if let lease, let attemptAt, lease.holder == identity {
      observed = lease
      observedAt = now
      holder = identity
      renewedAt = attemptAt
    }
    attemptAt = nil
    expire(now: now)
  }

  /// Ends the leadership of one who could not renew in time. Call it whenever time has passed.
  package mutating func expire(now: Duration) {
    if let deadline, now >= deadline { renewedAt = nil }
  }

  /// Ends the leadership at once, to release the lease. Returns the version to write over.
  package mutating func resign() -> LeaseRecord? {
    defer { renewedAt = nil }
    return isLeader ? observed : nil
  }
}
