import Histories

/// Whether a history is linearisable, by trying every order of every choice of its unknown operations: for a handful
/// of operations, and simple enough to be believed.
func isLinearizable<Model: SequentialModel>(
  _ model: Model, _ operations: [Operation<Model.Input, Model.Output>]
) -> Bool {
  func extend(_ done: Set<Int>, _ state: Model.State) -> Bool {
    if operations.indices.allSatisfy({ done.contains($0) || operations[$0].outcome == nil }) { return true }
    for next in operations.indices where !done.contains(next) {
      // Nothing that was answered before this was asked for may be left out.
      let isTooEarly = operations.indices.contains { other in
        guard !done.contains(other), other != next, let outcome = operations[other].outcome else { return false }
        return outcome.time < operations[next].invoked
      }
      if isTooEarly { continue }
      for following in model.step(state, operations[next].input, operations[next].outcome?.output)
      where extend(done.union([next]), following) { return true }
    }
    return false
  }
  return extend([], model.initial)
}

/// A generator whose numbers follow from its seed (SplitMix64 of Steele, Lea and Flood).
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// Random histories of one key that are linearisable, because they are played on one.
struct HistoryGenerator {
  typealias Model = KeyValueModel<Int>
  typealias Operation = Histories.Operation<Model.Input, Model.Output>

  var dice: Dice
  var clients = 3
  /// How many of a hundred operations nobody learns the outcome of.
  var unknown = 20

  mutating func make(_ count: Int) -> [Operation] {
    var key: Model.Found?
    var revision: Int64 = 0
    var idle = [Int](repeating: 0, count: clients)
    var operations: [Operation] = []
    // Each takes effect at a time of its own; round that its question and its answer are laid.
    for number in 0..<count {
      let effect = (number + 1) * 10
      let client = Int.random(in: 0..<clients, using: &dice)
      guard idle[client] <= effect else { continue }
      let invoked = max(idle[client], effect - Int.random(in: 0...40, using: &dice))
      let returned = effect + Int.random(in: 0...40, using: &dice)
      let isUnknown = Int.random(in: 0..<100, using: &dice) < unknown
      let happens = !isUnknown || Bool.random(using: &dice)
      let input = chooseInput(number, key)
      let output = happens ? play(input, &key, &revision) : nil
      let outcome = isUnknown ? nil : output.map { Operation.Outcome(time: returned, output: $0) }
      operations.append(Operation(client: client, input: input, invoked: invoked, outcome: outcome))
      idle[client] = isUnknown ? .max : returned + 1
      if isUnknown {
        // Its client is not heard of again, and another takes its place.
        idle[client] = effect
      }
    }
    return operations
  }

  private mutating func chooseInput(_ number: Int, _ key: Model.Found?) -> Model.Input {
    switch Int.random(in: 0..<10, using: &dice) {
    case 0..<4: return .get
    case 4..<6: return .put(number, lease: Int64(Int.random(in: 0...1, using: &dice)))
    case 6: return .delete
    case 7: return .expire(lease: 1)
    default:
      let wrong = Int64(Int.random(in: 0...5, using: &dice))
      return .swap(expected: Bool.random(using: &dice) ? key?.modRevision ?? 0 : wrong, number)
    }
  }

  private func play(_ input: Model.Input, _ key: inout Model.Found?, _ revision: inout Int64) -> Model.Output {
    switch input {
    case .get: return .found(key, revision: revision)
    case .put(let value, let lease):
      revision += 1
      key = Model.Found(value: value, modRevision: revision, lease: lease)
      return .changed(revision: revision)
    case .delete, .expire:
      if case .expire(let lease) = input, key?.lease != lease { return .unchanged(revision: revision) }
      guard key != nil else { return .unchanged(revision: revision) }
      revision += 1
      key = nil
      return .changed(revision: revision)
    case .swap(let expected, let value, let lease):
      guard key?.modRevision ?? 0 == expected else { return .notSwapped(key, revision: revision) }
      revision += 1
      key = Model.Found(value: value, modRevision: revision, lease: lease)
      return .changed(revision: revision)
    }
  }

  /// Changes one thing: often, but not always, the history is not linearisable any more.
  mutating func spoil(_ operations: [Operation]) -> [Operation] {
    var spoilt = operations
    let answered = spoilt.indices.filter { spoilt[$0].outcome != nil }
    guard let victim = answered.randomElement(using: &dice), let outcome = spoilt[victim].outcome else { return spoilt }
    switch Int.random(in: 0..<4, using: &dice) {
    case 0:
      // It is told what another one was told.
      if let other = answered.filter({ spoilt[$0].input == spoilt[victim].input }).randomElement(using: &dice) {
        let output = spoilt[other].outcome?.output ?? outcome.output
        spoilt[victim].outcome?.output = output
      }
    case 1:
      // It happens at another time.
      let shift = Int.random(in: -100...100, using: &dice)
      spoilt[victim].invoked += shift
      spoilt[victim].outcome?.time += shift
    case 2:
      spoilt[victim].outcome?.output = Self.shifted(outcome.output, by: Int64.random(in: -2...2, using: &dice))
    default:
      // A write is lost.
      spoilt.remove(at: victim)
    }
    return spoilt
  }

  private static func shifted(_ output: Model.Output, by offset: Int64) -> Model.Output {
    func moved(_ found: Model.Found?) -> Model.Found? {
      found.map { Model.Found(value: $0.value, modRevision: $0.modRevision + offset, lease: $0.lease) }
    }
    switch output {
    case .found(let found, let revision): return .found(moved(found), revision: revision)
    case .changed(let revision): return .changed(revision: revision + offset)
    case .unchanged(let revision): return .unchanged(revision: revision + offset)
    case .notSwapped(let found, let revision): return .notSwapped(moved(found), revision: revision)
    }
  }
}
