/// Records what clients asked of a key-value store and what they were told, and checks it: each key by itself for
/// linearisability, and all of them together for the order of revisions.
package struct KeyValueHistory<Key: Hashable & Sendable, Value: Hashable & Sendable>: Sendable {
  package typealias Model = KeyValueModel<Value>
  package typealias Operation = Histories.Operation<Model.Input, Model.Output>

  /// What a check came to.
  package struct Report: Sendable {
    package var operations = 0
    package var keys = 0
    /// Operations nobody knows the outcome of.
    package var unknown = 0
    /// Keys of which the search came to no end.
    package var undecided = 0
    /// The first thing that is wrong, if any is.
    package var violation: String?

    package init() {}
  }

  /// Names an operation from when it is asked for to when it is answered.
  package struct Token: Hashable, Sendable {
    fileprivate var key: Key
    fileprivate var number: Int
  }

  private let revision: Int64
  private var operations: [Key: [Operation?]] = [:]
  /// From when on a lease may have ended.
  private var leaseEnds: [Int64: Int] = [:]

  /// - Parameter revision: of the store before the history.
  package init(revision: Int64 = 0) { self.revision = revision }

  /// A client asks for something. Until it is answered its outcome is unknown.
  package mutating func invoke(client: Int, _ input: Model.Input, on key: Key, at time: Int) -> Token {
    operations[key, default: []].append(Operation(client: client, input: input, invoked: time))
    return Token(key: key, number: operations[key, default: []].count - 1)
  }

  package mutating func answer(_ token: Token, _ output: Model.Output, at time: Int) {
    operations[token.key]?[token.number]?.outcome = Operation.Outcome(time: time, output: output)
  }

  /// The operation is certain to have had no effect: it was refused.
  package mutating func remove(_ token: Token) { operations[token.key]?[token.number] = nil }

  /// A lease may end from `time` on, and take its keys with it. Without this it may end at any time.
  package mutating func mayEnd(lease: Int64, at time: Int) {
    leaseEnds[lease] = min(leaseEnds[lease] ?? time, time)
  }

  /// - Parameter budget: steps of the search, a key.
  package func check(budget: Int = 200_000) -> Report {
    var report = Report()
    var order = RevisionOrder()
    let checker = LinearizabilityChecker(Model(revision: revision), budget: budget)
    for (key, recorded) in operations {
      let all = recorded.compactMap(\.self)
      report.keys += 1
      report.operations += all.count
      report.unknown += all.filter { $0.outcome == nil }.count
      for operation in all { Self.add(operation, to: &order) }
      switch checker.check(all + endsOfLeases(all)) {
      case .linearizable: break
      case .undecided: report.undecided += 1
      case .notLinearizable(let evidence):
        report.violation = "the history of \(key) is not linearisable: \(evidence)"
        return report
      }
    }
    report.violation = order.violation()
    return report
  }

  private static func add(_ operation: Operation, to order: inout RevisionOrder) {
    guard let outcome = operation.outcome else { return }
    let (revision, isChange) =
      switch outcome.output {
      case .changed(let revision): (revision, true)
      case .found(_, let revision), .unchanged(let revision), .notSwapped(_, let revision): (revision, false)
      }
    order.add(invoked: operation.invoked, returned: outcome.time, revision: revision, isChange: isChange)
  }

  /// A lease ends once, when nobody knows.
  private func endsOfLeases(_ operations: [Operation]) -> [Operation] {
    var first: [Int64: Int] = [:]
    for operation in operations {
      switch operation.input {
      case .put(_, let lease) where lease != 0, .swap(_, _, let lease) where lease != 0:
        first[lease] = min(first[lease] ?? .max, operation.invoked)
      default: break
      }
    }
    return first.sorted { $0.key < $1.key }.map { lease, time in
      Operation(client: -1, input: .expire(lease: lease), invoked: max(time, leaseEnds[lease] ?? time))
    }
  }
}
