import NIOCore

/// A call that is told when its time is over.
protocol DeadlineHolder: AnyObject {
  func deadlinePassed()
}

/// The deadlines of the calls of one connection, under one timer of the event loop. A timer for each call would be made
/// and cancelled with each, and to cancel one the loop searches all of them; nearly every call ends long before its
/// deadline.
///
/// Confined to the event loop.
final class CallDeadlines: @unchecked Sendable {
  private struct Entry {
    var holder: any DeadlineHolder
    var deadline: NIODeadline
  }

  private let eventLoop: any EventLoop
  private var entries: [ObjectIdentifier: Entry] = [:]
  private var timer: Scheduled<Void>?
  /// When the timer fires: never after the first of the deadlines, but perhaps for one that is gone.
  private var due = NIODeadline.distantFuture

  init(eventLoop: any EventLoop) {
    self.eventLoop = eventLoop
  }

  func add(_ holder: any DeadlineHolder, at deadline: NIODeadline) {
    self.entries[ObjectIdentifier(holder)] = Entry(holder: holder, deadline: deadline)
    if deadline < self.due { self.arm(at: deadline) }
  }

  func remove(_ holder: any DeadlineHolder) {
    self.entries[ObjectIdentifier(holder)] = nil
  }

  private func arm(at deadline: NIODeadline) {
    self.timer?.cancel()
    self.due = deadline
    self.timer = self.eventLoop.scheduleTask(deadline: deadline) { self.fire() }
  }

  private func fire() {
    self.timer = nil
    self.due = .distantFuture
    let now = NIODeadline.now()
    let late = self.entries.values.filter { $0.deadline <= now }
    for entry in late { self.entries[ObjectIdentifier(entry.holder)] = nil }
    if let next = self.entries.values.map(\.deadline).min() { self.arm(at: next) }
    for entry in late { entry.holder.deadlinePassed() }
  }
}
