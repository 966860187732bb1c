import RaftCore

/// Messages that are kept back for a moment, the newest for each receiver. A newer one does not wait any longer than the
/// one whose place it takes. Times are in nanoseconds on the caller's clock.
struct KeptMessages: Sendable {
  private struct Kept {
    var message: RaftMessage
    /// When it goes by itself.
    var due: UInt64
  }

  private let patience: UInt64
  private var kept: [MemberID: Kept] = [:]

  /// - Parameter patience: how long a message is kept back.
  init(patience: UInt64) { self.patience = patience }

  /// Keeps a message back, in the place of an earlier one to the same receiver.
  mutating func keep(_ message: RaftMessage, at time: UInt64) {
    let due = kept[message.to]?.due ?? time + patience
    kept[message.to] = Kept(message: message, due: due)
  }

  /// What is kept back for a receiver, which is not kept any more.
  @discardableResult
  mutating func take(_ receiver: MemberID) -> RaftMessage? { kept.removeValue(forKey: receiver)?.message }

  /// When the next one goes by itself; nil while none is kept back.
  var nextDue: UInt64? { kept.values.lazy.map(\.due).min() }

  /// Those that go by themselves now, by rising receiver.
  mutating func takeDue(at time: UInt64) -> [RaftMessage] {
    let due = kept.filter { $0.value.due <= time }.keys.sorted()
    return due.compactMap { take($0) }
  }

  mutating func removeAll() { kept = [:] }
}
