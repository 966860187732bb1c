/// When a node's status is to be written: at every change, when the last report is old, and once the API is reached
/// again after it was not.
///
/// The last, because a node that was silent may have been marked by the controller in the meantime (`Ready` is
/// `Unknown`): nothing of its own has changed then, and it would wait for the next report to be ready again.
package struct NodeReportSchedule: Sendable {
  private let interval: Duration
  private var reported: (health: NodeStatusBuilder.RuntimeHealth, images: Int, at: ContinuousClock.Instant)?
  private var isOutOfReach = false

  /// - Parameter interval: how old a report may get although nothing changed.
  package init(every interval: Duration) { self.interval = interval }

  package func isDue(
    _ health: NodeStatusBuilder.RuntimeHealth, images: Int, now: ContinuousClock.Instant
  ) -> Bool {
    guard let reported else { return true }
    return reported.health != health || reported.images != images || reported.at.duration(to: now) >= interval
  }

  /// It is being written. Said before the write: a Lease that is lost and found meanwhile makes it due again.
  package mutating func begins(
    _ health: NodeStatusBuilder.RuntimeHealth, images: Int, now: ContinuousClock.Instant
  ) {
    reported = (health, images, now)
  }

  /// The status could not be written: it is due again.
  package mutating func failed() { reported = nil }

  /// The Lease could not be renewed.
  package mutating func leaseFailed() { isOutOfReach = true }

  /// The Lease was renewed.
  package mutating func leaseRenewed() {
    if isOutOfReach { reported = nil }
    isOutOfReach = false
  }
}
