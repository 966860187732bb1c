/// Decides whether a history is linearisable: whether there is an order of its operations that a sequential object
/// could have answered like this, and in which every operation stands between its question and its answer (Herlihy
/// and Wing, "Linearizability: a correctness condition for concurrent objects", 1990).
///
/// The search is that of Wing and Gong ("Testing and verifying concurrent objects", 1993), with Lowe's memoisation
/// ("Testing for linearizability", 2017): a set of operations done, in a state, is looked at once. Operations whose
/// outcome is unknown are tried last, so that they stand in the order only where something answered shows them; and
/// what can be had with some of them is not looked at again with more of them, since each may as well come later.
///
/// Deciding it is NP-complete, so that there is a budget; a history that exhausts it is *undecided*. Histories of
/// objects that do not touch each other are best checked apart (Herlihy and Wing's locality): that is much cheaper.
package struct LinearizabilityChecker<Model: SequentialModel>: Sendable {
  package typealias Operation = Histories.Operation<Model.Input, Model.Output>

  package enum Verdict: Sendable {
    case linearizable
    case notLinearizable(Evidence)
    /// The budget did not suffice.
    case undecided
  }

  /// The furthest that an order could be brought.
  package struct Evidence: Sendable, CustomStringConvertible {
    /// How many of the answered operations it explains.
    package var explained: Int
    /// The state behind those.
    package var state: Model.State
    /// What had to come next at the latest, and cannot.
    package var stuck: Operation

    package var description: String {
      """
      after \(explained) operations in the state \(state), client \(stuck.client) asked \(stuck.input) at \
      \(stuck.invoked) and was answered \(stuck.outcome.map { "\($0.output) at \($0.time)" } ?? "nothing")
      """
    }
  }

  package let model: Model
  /// How many steps of the model are tried at most.
  package var budget: Int

  package init(_ model: Model, budget: Int = 1_000_000) {
    self.model = model
    self.budget = budget
  }

  /// Checks one history; the order of `operations` does not matter.
  package func check(_ operations: [Operation]) -> Verdict {
    var search = Search(model: model, operations: operations, budget: budget)
    return search.run()
  }
}

private struct Search<Model: SequentialModel> {
  typealias Operation = Histories.Operation<Model.Input, Model.Output>
  typealias Verdict = LinearizabilityChecker<Model>.Verdict

  struct BitSet: Hashable {
    private var words: [UInt64]

    init(capacity: Int) { words = [UInt64](repeating: 0, count: (capacity + 63) / 64) }

    func contains(_ element: Int) -> Bool { words[element / 64] & (1 << UInt64(element % 64)) != 0 }

    mutating func insert(_ element: Int) { words[element / 64] |= 1 << UInt64(element % 64) }

    func isSubset(of other: BitSet) -> Bool { zip(words, other.words).allSatisfy { $0 & ~$1 == 0 } }
  }

  /// The answered operations that are done, and the state behind all that are.
  struct Configuration: Hashable {
    var done: BitSet
    var state: Model.State
  }

  /// A place in the search, with what has not been tried there.
  struct Frame {
    var configuration: Configuration
    /// Those of unknown outcome that are done.
    var taken: BitSet
    /// How many answered operations are done.
    var count: Int
    /// Where in `byAnswer` the first stands that is not done.
    var firstOpen: Int
    /// Where the next stage of candidates comes from.
    var stage = Stage.answered
    var successors: [(operation: Int, state: Model.State)] = []
  }

  enum Stage { case answered, unknown, exhausted }

  private let model: Model
  /// The answered ones by when they were asked for, then the others likewise.
  private let operations: [Operation]
  private let answered: Int
  private let byAnswer: [Int]
  private var budget: Int
  /// With the least that was taken there.
  private var visited: [Configuration: [BitSet]] = [:]
  private var best: Frame

  init(model: Model, operations all: [Operation], budget: Int) {
    self.model = model
    self.budget = budget
    let known = all.filter { $0.outcome != nil }.sorted { $0.invoked < $1.invoked }
    let others = all.filter { $0.outcome == nil }.sorted { $0.invoked < $1.invoked }
    operations = known + others
    answered = known.count
    byAnswer = known.indices.sorted { (known[$0].outcome?.time ?? 0) < (known[$1].outcome?.time ?? 0) }
    best = Frame(
      configuration: Configuration(done: BitSet(capacity: known.count), state: model.initial),
      taken: BitSet(capacity: others.count), count: 0, firstOpen: 0)
  }

  mutating func run() -> Verdict {
    var stack = [best]
    while var frame = stack.popLast() {
      if frame.count == answered { return .linearizable }
      if frame.count > best.count { best = frame }
      guard let next = successor(of: &frame) else { continue }
      guard budget > 0 else { return .undecided }
      stack.append(frame)
      if isNew(next) { stack.append(next) }
    }
    if budget <= 0 { return .undecided }
    return .notLinearizable(
      .init(
        explained: best.count, state: best.configuration.state, stuck: operations[byAnswer[best.firstOpen]]))
  }

  private mutating func isNew(_ frame: Frame) -> Bool {
    var sets = visited[frame.configuration] ?? []
    if sets.contains(where: { $0.isSubset(of: frame.taken) }) { return false }
    sets.removeAll { frame.taken.isSubset(of: $0) }
    visited[frame.configuration] = sets + [frame.taken]
    return true
  }

  private mutating func successor(of frame: inout Frame) -> Frame? {
    while frame.successors.isEmpty {
      switch frame.stage {
      case .answered:
        frame.stage = .unknown
        expand(&frame, 0..<answered)
      case .unknown:
        frame.stage = .exhausted
        expand(&frame, answered..<operations.count)
      case .exhausted: return nil
      }
    }
    let (operation, state) = frame.successors.removeLast()
    var next = Frame(
      configuration: frame.configuration, taken: frame.taken, count: frame.count, firstOpen: frame.firstOpen)
    next.configuration.state = state
    if operation < answered {
      next.configuration.done.insert(operation)
      next.count += 1
    } else {
      next.taken.insert(operation - answered)
    }
    while next.firstOpen < answered, next.configuration.done.contains(byAnswer[next.firstOpen]) { next.firstOpen += 1 }
    return next
  }

  /// Whatever was asked for before the first answer that is not explained yet may come next.
  private mutating func expand(_ frame: inout Frame, _ range: Range<Int>) {
    guard let deadline = operations[byAnswer[frame.firstOpen]].outcome?.time else { return }
    let state = frame.configuration.state
    for index in range {
      let operation = operations[index]
      guard operation.invoked <= deadline else { break }
      let isDone =
        index < answered ? frame.configuration.done.contains(index) : frame.taken.contains(index - answered)
      if isDone { continue }
      budget -= 1
      for next in model.step(state, operation.input, operation.outcome?.output) {
        // An unknown one that changes nothing need not have happened.
        if index >= answered, next == state { continue }
        frame.successors.append((index, next))
      }
    }
    // Taken from the end: the first that was asked for is tried first.
    frame.successors.reverse()
  }
}
