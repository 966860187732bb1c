/// Answers that hold for a while; no more than `capacity` are kept. The time comes in, and never goes back.
///
/// When it is full, the answer that came in first goes for another, whether its time is over or not: what goes early is
/// only asked for again.
package struct ExpiringCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private struct Entry: Sendable {
    var value: Value
    var end: ContinuousClock.Instant
  }

  private let capacity: Int
  private var entries: [Key: Entry] = [:]
  /// In the order in which they came in, from `next` on once it is full.
  private var keys: [Key] = []
  private var next = 0

  package init(capacity: Int) {
    precondition(capacity > 0, "no room for an answer")
    self.capacity = capacity
  }

  package var count: Int { entries.count }

  /// nil: not known, or not any more.
  package func value(_ key: Key, now: ContinuousClock.Instant) -> Value? {
    guard let entry = entries[key], now < entry.end else { return nil }
    return entry.value
  }

  /// - Parameter end: from when on it does not hold.
  package mutating func keep(_ value: Value, for key: Key, until end: ContinuousClock.Instant) {
    if entries.updateValue(Entry(value: value, end: end), forKey: key) != nil { return }
    if keys.count < capacity {
      keys.append(key)
      return
    }
    entries[keys[next]] = nil
    keys[next] = key
    next = (next + 1) % capacity
  }
}

/// How long the answers to one kind of review hold, and how much of it there may be.
package struct ReviewLimits: Hashable, Sendable {
  package var yes: Duration
  package var no: Duration
  /// Answers that are kept at most, of yes and no each.
  package var capacity: Int
  /// Questions at most that are under way. Those about tokens and those about permissions together take no more than
  /// half of the client's connections: whoever tries tokens must not keep the node from renewing its Lease.
  package var underWay: Int

  package init(yes: Duration, no: Duration, capacity: Int = 1024, underWay: Int = 16) {
    self.yes = yes
    self.no = no
    self.capacity = capacity
    self.underWay = underWay
  }

  /// Of TokenReviews; for a good token as in Kubernetes.
  package static let tokens = ReviewLimits(yes: .seconds(120), no: .seconds(10))
  /// Of SubjectAccessReviews, as in Kubernetes.
  package static let permissions = ReviewLimits(yes: .seconds(300), no: .seconds(30))
}

/// The API's answers to one kind of review.
///
/// Yes and no are kept apart: whoever tries tokens pushes nobody's good one out.
package struct ReviewCache<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  package enum Step: Sendable {
    case known(Answer)
    /// To be asked; `answered` or `unanswered` has to follow.
    case ask
    /// As many questions as there may be are under way.
    case busy
  }

  private let limits: ReviewLimits
  private let isYes: @Sendable (Answer) -> Bool
  private var yes: ExpiringCache<Question, Answer>
  private var no: ExpiringCache<Question, Answer>
  private var underWay = 0

  package init(_ limits: ReviewLimits, isYes: @escaping @Sendable (Answer) -> Bool) {
    self.limits = limits
    self.isYes = isYes
    yes = ExpiringCache(capacity: limits.capacity)
    no = ExpiringCache(capacity: limits.capacity)
  }

  package mutating func step(_ question: Question, now: ContinuousClock.Instant) -> Step {
    if let answer = yes.value(question, now: now) { return .known(answer) }
    if let answer = no.value(question, now: now) { return .known(answer) }
    guard underWay < limits.underWay else { return .busy }
    underWay += 1
    return .ask
  }

  package mutating func answered(_ answer: Answer, to question: Question, now: ContinuousClock.Instant) {
    underWay -= 1
    if isYes(answer) {
      yes.keep(answer, for: question, until: now.advanced(by: limits.yes))
    } else {
      no.keep(answer, for: question, until: now.advanced(by: limits.no))
    }
  }

  /// Nobody could say: nothing is kept of it.
  package mutating func unanswered() { underWay -= 1 }
}
