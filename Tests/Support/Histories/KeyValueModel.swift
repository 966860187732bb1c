/// One key of a store with etcd's meaning: a value with the revision of its last change.
///
/// Revisions are the store's, not the key's: all that one key can tell of them is that they grow. What holds between
/// keys is ``RevisionOrder``'s.
package struct KeyValueModel<Value: Hashable & Sendable>: SequentialModel {
  /// The key as a client sees it.
  package struct Found: Hashable, Sendable {
    package var value: Value
    package var modRevision: Int64
    package var lease: Int64

    package init(value: Value, modRevision: Int64, lease: Int64 = 0) {
      self.value = value
      self.modRevision = modRevision
      self.lease = lease
    }
  }

  package enum Input: Hashable, Sendable {
    case get
    case put(Value, lease: Int64 = 0)
    case delete
    /// Writes when the key's modification revision is `expected` (0: when it does not exist), and reads it otherwise.
    case swap(expected: Int64, Value, lease: Int64 = 0)
    /// The end of a lease, which nobody asks for: deletes the key when it hangs on it.
    case expire(lease: Int64)
  }

  /// `revision` is the store's, as of the operation; of a change, the change's own.
  package enum Output: Hashable, Sendable {
    case found(Found?, revision: Int64)
    case changed(revision: Int64)
    /// A deletion found nothing to delete.
    case unchanged(revision: Int64)
    /// A swap's condition did not hold.
    case notSwapped(Found?, revision: Int64)
  }

  /// What is known of a revision: writes that nobody saw the outcome of have one too.
  package enum Bound: Hashable, Sendable {
    case exactly(Int64)
    case above(Int64)

    func admits(_ revision: Int64) -> Bool {
      switch self {
      case .exactly(let exact): revision == exact
      case .above(let low): revision > low
      }
    }

    /// A bound from below. (Not the best one: that writes whose outcome nobody knows may follow each other is left
    /// out, so that any number of them comes to the same as the last.)
    var least: Int64 {
      switch self {
      case .exactly(let exact): exact
      case .above(let low): low
      }
    }
  }

  package struct State: Hashable, Sendable {
    /// Nil when the key does not exist.
    package var value: Value?
    package var lease: Int64
    /// The revision of the last change, also of a deletion.
    package var changed: Bound
  }

  package let initial: State

  /// - Parameter revision: of the store before the history: all changes have higher ones.
  package init(revision: Int64 = 0) {
    initial = State(value: nil, lease: 0, changed: .exactly(revision))
  }

  package func step(_ state: State, _ input: Input, _ output: Output?) -> [State] {
    switch input {
    case .get: return read(state, output)
    case .put(let value, let lease): return write(state, value, lease, output)
    case .delete: return delete(state, output)
    case .swap(let expected, let value, let lease): return swap(state, expected, value, lease, output)
    case .expire(let lease):
      return lease != 0 && state.value != nil && state.lease == lease ? delete(state, output) : [state]
    }
  }

  private func read(_ state: State, _ output: Output?) -> [State] {
    guard let output else { return [state] }
    guard case .found(let found, let revision) = output else { return [] }
    return see(state, found, revision)
  }

  /// The state as it must be when a client has seen this.
  private func see(_ state: State, _ found: Found?, _ revision: Int64) -> [State] {
    guard revision >= state.changed.least else { return [] }
    guard let found else { return state.value == nil ? [state] : [] }
    guard found.value == state.value, found.lease == state.lease, state.changed.admits(found.modRevision),
      found.modRevision <= revision
    else { return [] }
    var seen = state
    seen.changed = .exactly(found.modRevision)
    return [seen]
  }

  private func write(_ state: State, _ value: Value, _ lease: Int64, _ output: Output?) -> [State] {
    change(state, output).map { State(value: value, lease: lease, changed: $0) }
  }

  private func change(_ state: State, _ output: Output?) -> [Bound] {
    guard let output else { return [.above(state.changed.least)] }
    guard case .changed(let revision) = output, revision > state.changed.least else { return [] }
    return [.exactly(revision)]
  }

  private func delete(_ state: State, _ output: Output?) -> [State] {
    switch output {
    case .unchanged(let revision): return state.value == nil && revision >= state.changed.least ? [state] : []
    case nil where state.value == nil: return [state]
    default:
      // Of a key that is not there, nobody is told the revision: only how it grows counts.
      return state.value == nil
        ? [] : change(state, output).map { State(value: nil, lease: 0, changed: .exactly($0.least)) }
    }
  }

  private func swap(
    _ state: State, _ expected: Int64, _ value: Value, _ lease: Int64, _ output: Output?
  ) -> [State] {
    if case .notSwapped(let found, let revision) = output {
      return (found?.modRevision ?? 0) == expected ? [] : see(state, found, revision)
    }
    var next: [State] = []
    let holds = state.value == nil ? expected == 0 : state.changed.admits(expected)
    if holds {
      var before = state
      if state.value != nil { before.changed = .exactly(expected) }
      next = write(before, value, lease, output)
    }
    // Without an answer, and without knowing the revision, it may as well not have held.
    if output == nil, !holds || (state.value != nil && state.changed != .exactly(expected)) { next.append(state) }
    return next
  }
}
