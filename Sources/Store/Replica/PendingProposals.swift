import RaftCore

/// The proposals of this replica's clients that are not in force yet, bounded by number, bytes and spread.
struct PendingProposals: Sendable {
  struct Item: Sendable {
    var payload: [UInt8]
    /// The tick at which it is given up.
    var deadline: UInt64
    /// The term and the tick in which it was last passed on; nil while it waits for a leader.
    var sent: (term: Term, tick: UInt64)?
    /// How many copies of it have been passed on and were not refused: while there is one, it may be in a log
    /// somewhere, or get there.
    var copies = 0
    /// A leader had no room for its last copy; an earlier one may still take effect.
    var awaitsEarlierCopy = false
  }

  var items: [UInt64: Item] = [:]
  /// Sequences in their order; those that are done are skipped.
  var order: [UInt64] = []
  var head = 0
  var bytes = 0
  /// Sequences that are to be passed on.
  var toSend: [UInt64] = []
  /// Refused by a leader for now: to be passed on again from the next tick on.
  var deferred: [UInt64] = []

  var count: Int { items.count }

  /// The oldest that is not done.
  var oldest: UInt64? {
    mutating get {
      while head < order.count, items[order[head]] == nil { head += 1 }
      if head == order.count {
        order.removeAll(keepingCapacity: true)
        head = 0
        return nil
      }
      if head > 1024, head * 2 > order.count {
        order.removeSubrange(0..<head)
        head = 0
      }
      return order[head]
    }
  }

  mutating func add(_ sequence: UInt64, payload: [UInt8], deadline: UInt64) {
    items[sequence] = Item(payload: payload, deadline: deadline, sent: nil)
    order.append(sequence)
    toSend.append(sequence)
    bytes += payload.count
  }

  @discardableResult
  mutating func remove(_ sequence: UInt64) -> Item? {
    guard let item = items.removeValue(forKey: sequence) else { return nil }
    bytes -= item.payload.count
    return item
  }

  /// What is to be passed on now.
  mutating func takeToSend(term: Term, tick: UInt64) -> [(sequence: UInt64, payload: [UInt8])] {
    guard !toSend.isEmpty else { return [] }
    var taken: [(sequence: UInt64, payload: [UInt8])] = []
    for sequence in toSend {
      guard let item = items[sequence] else { continue }
      items[sequence]?.sent = (term, tick)
      items[sequence]?.copies += 1
      items[sequence]?.awaitsEarlierCopy = false
      taken.append((sequence, item.payload))
    }
    toSend.removeAll(keepingCapacity: true)
    return taken
  }

  /// A copy was refused, in a way that may be over soon: it is passed on again.
  mutating func postpone(_ sequence: UInt64) {
    guard let item = items[sequence] else { return }
    items[sequence]?.copies = max(item.copies - 1, 0)
    if item.sent != nil {
      items[sequence]?.sent = nil
      deferred.append(sequence)
    }
  }

  /// A copy was refused for good. Says whether that is how the proposal ends; when other copies are about it is not
  /// decided yet.
  mutating func refuse(_ sequence: UInt64) -> Bool {
    guard let item = items[sequence] else { return false }
    guard item.copies > 1 else {
      remove(sequence)
      return true
    }
    items[sequence]?.copies -= 1
    items[sequence]?.awaitsEarlierCopy = true
    return false
  }

  mutating func resumeDeferred() {
    toSend += deferred
    deferred = []
  }

  private mutating func requeue(_ sequence: UInt64) {
    items[sequence]?.sent = nil
    toSend.append(sequence)
  }

  /// Passes on again what was sent in an earlier term, or before `tick`.
  ///
  /// - Parameter onlyRefused: leave out whose last copy was taken (by this member's own log).
  mutating func requeue(sentBeforeTerm term: Term, orTick tick: UInt64, onlyRefused: Bool = false) {
    let lost = items.filter { item in
      guard let sent = item.value.sent, item.value.awaitsEarlierCopy || !onlyRefused else { return false }
      return sent.term < term || sent.tick < tick
    }
    for sequence in lost.keys.sorted() { requeue(sequence) }
  }

  /// Gives up what is overdue.
  mutating func takeOverdue(at tick: UInt64) -> (refused: [UInt64], uncertain: [UInt64]) {
    var refused: [UInt64] = []
    var uncertain: [UInt64] = []
    for (sequence, item) in items where item.deadline <= tick {
      if item.copies > 0 { uncertain.append(sequence) } else { refused.append(sequence) }
    }
    for sequence in refused + uncertain { remove(sequence) }
    return (refused.sorted(), uncertain.sorted())
  }
}
