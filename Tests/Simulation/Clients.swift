import Histories
import MVCC
import RaftCore
import Replica
import StoreAuth

/// A client that does one thing after the other, at any replica.
struct Client {
  typealias History = KeyValueHistory<String, String>

  enum Action {
    /// Together with a key that goes with it (`p…`), in one transaction, where `alone` is false.
    case put(key: Bytes, value: Bytes, alone: Bool)
    /// Where the key has not changed since the client saw it last.
    case swap(key: Bytes, value: Bytes)
    case delete(key: Bytes)
    /// All of the keys that go with others.
    case deleteMany
    case compact
    case grant(LeaseID, seconds: Int64)
    case keepAlive(LeaseID)
    case revoke(LeaseID)
    case read(key: Bytes)
    case changeUsers(AuthCommand)
    case authenticate(AuthName, password: Bytes)
  }

  let number: Int
  var operation = 0
  var action: Action?
  /// What was proposed for that; nil for a read.
  var command: ReplicaCommand?
  /// Of the action in the history.
  var recorded: History.Token?
  var replica: MemberID = 0
  var floor: Int64 = 0
  var askedAt = 0
  var lastSeen: [Bytes: Int64] = [:]
  var lease: LeaseID?
  /// When the lease runs out, as far as the client knows.
  var leaseEnd = 0
  var succeededSinceHealing = 0
  /// Who it says that it is.
  var caller = Caller.nobody
  var token: Token?
  /// Whether its request went with that.
  var isNamed = false
  /// The newest change of users and roles that any client had been told of when it asked.
  var usersFloor: LogIndex = 0
}

extension World {
  func clientActs(_ number: Int) throws {
    guard clients[number].action == nil else { return }
    let member = (membership.members.filter { replicas[$0] != nil }).randomElement(using: &random)!
    guard let replica = replicas[member], replica.isUp else {
      queue.add(.client(number), at: now + between(2_000, 20_000))
      return
    }
    if chance(0.05) { try readPast(replica) }
    clients[number].operation += 1
    let action = chooseUsersAction(for: number) ?? chooseAction(for: number)
    clients[number].action = action
    clients[number].command = nil
    clients[number].replica = member
    clients[number].floor = checker.acknowledged
    clients[number].askedAt = now
    clients[number].usersFloor = users?.acknowledged ?? 0
    record(action, of: number)
    queue.add(.clientTimeout(number, operation: clients[number].operation), at: now + 1_200_000)
    switch action {
    case .read, .authenticate:
      let id = replica.nextSequence
      replica.nextSequence += 1
      replica.reads[id] = number
      try step(replica, .read(id: id))
    default:
      let command = command(for: action, of: number)
      clients[number].command = command
      try ask(command, of: replica, for: number)
    }
  }

  private func chooseAction(for number: Int) -> Client.Action {
    let client = clients[number]
    // A crowd has more of them: the search in a key's history grows with how many work on it at once.
    let keys = clients.count > 4 ? clients.count * 2 : 6
    let key = Bytes("k\(Int.random(in: 0..<keys, using: &random))".utf8)
    let value = Bytes("\(number).\(client.operation)".utf8)
    if let lease = client.lease, abs(client.leaseEnd - now) < 40_000, chance(profile.lateKeepAlives) {
      return .keepAlive(lease)
    }
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<6: return .put(key: key, value: value, alone: chance(0.7))
    case 6..<9: return .swap(key: key, value: value)
    case 9: return chance(0.8) ? .delete(key: key) : .deleteMany
    case 10: return chance(0.3) ? .compact : .read(key: key)
    case 11:
      if let lease = client.lease, chance(0.7) { return chance(0.9) ? .keepAlive(lease) : .revoke(lease) }
      let lease = LeaseID(number * 100_000 + client.operation + 1)
      return .grant(lease, seconds: chance(0.7) ? 1 : 2)
    default: return .read(key: key)
    }
  }

  private func command(for action: Client.Action, of number: Int) -> ReplicaCommand {
    let lease = clients[number].lease ?? 0
    switch action {
    case .put(let key, let value, let isAlone):
      if isAlone { return .store(.put(PutRequest(key: key, value: value, lease: lease))) }
      let other = PutRequest(
        key: [UInt8(ascii: "p")] + key.dropFirst(), value: value + [UInt8(ascii: "p")], lease: lease)
      return .store(
        .transaction(
          TransactionRequest(success: [.put(PutRequest(key: key, value: value, lease: lease)), .put(other)])))
    case .swap(let key, let value):
      let seen = clients[number].lastSeen[key] ?? 0
      return .store(
        .transaction(
          TransactionRequest(
            compares: [Compare(KeyRange(key: key), .equal, .modRevision(seen))],
            success: [.put(PutRequest(key: key, value: value, lease: lease))],
            failure: [.range(RangeRequest(KeyRange(key: key)))])))
    case .delete(let key): return .store(.deleteRange(DeleteRangeRequest(KeyRange(key: key))))
    case .deleteMany: return .store(.deleteRange(DeleteRangeRequest(.prefix(Bytes("p".utf8)))))
    case .compact: return .store(.compact(revision: max(1, checker.acknowledged - Int64(between(0, 10)))))
    case .grant(let id, let seconds): return .store(.leaseGrant(id: id, timeToLive: seconds))
    case .keepAlive(let id): return .leaseKeepAlive(id)
    case .revoke(let id): return .store(.leaseRevoke(id: id))
    case .changeUsers(let change): return .auth(change)
    case .read, .authenticate: preconditionFailure("a read is no command")
    }
  }

  // MARK: - The history

  private func record(_ action: Client.Action, of number: Int) {
    let lease = clients[number].lease ?? 0
    func text(_ bytes: Bytes) -> String { String(decoding: bytes, as: UTF8.self) }
    let asked: (key: Bytes, input: Client.History.Model.Input)? =
      switch action {
      case .put(let key, let value, _): (key, .put(text(value), lease: lease))
      case .swap(let key, let value):
        (key, .swap(expected: clients[number].lastSeen[key] ?? 0, text(value), lease: lease))
      case .delete(let key): (key, .delete)
      case .read(let key): (key, .get)
      case .deleteMany, .compact, .grant, .keepAlive, .revoke, .changeUsers, .authenticate: nil
      }
    clients[number].recorded = asked.map { history.invoke(client: number, $0.input, on: text($0.key), at: now) }
    switch action {
    case .grant(let id, let seconds): history.mayEnd(lease: id, at: now + Int(seconds) * 500_000)
    case .revoke(let id): history.mayEnd(lease: id, at: now)
    default: break
    }
  }

  private func answer(_ number: Int, _ output: Client.History.Model.Output) {
    if let operation = clients[number].recorded { history.answer(operation, output, at: now) }
  }

  private func found(_ keyValue: KeyValue?) -> Client.History.Model.Found? {
    keyValue.map {
      Client.History.Model.Found(
        value: String(decoding: $0.value, as: UTF8.self), modRevision: $0.modRevision, lease: $0.lease)
    }
  }

  // MARK: - Outcomes

  /// It failed, or nobody knows: go on with something else.
  func clientFails(_ number: Int?) {
    guard let number, clients[number].action != nil else { return }
    clients[number].action = nil
    queue.add(.client(number), at: now + between(1_000, 10_000))
  }

  /// Nothing was done, and nothing will be: the client may tell everybody.
  func clientIsRefused(_ sequence: UInt64, _ replica: SimulatedReplica) throws {
    guard let number = replica.proposals.removeValue(forKey: sequence), clients[number].action != nil else { return }
    let id = ProposalID(origin: replica.id, start: replica.consensus.start, sequence: sequence)
    if !copied.contains(id) { try clientHasDoneNothing(number) }
    clientFails(number)
  }

  /// What the client asked for last has no effect and will have none.
  func clientHasDoneNothing(_ number: Int) throws {
    if let operation = clients[number].recorded { history.remove(operation) }
    switch clients[number].action {
    case .put(_, let value, _), .swap(_, let value): try checker.refused(value)
    default: break
    }
  }

  func clientGivesUp(_ number: Int, _ operation: Int) {
    guard clients[number].operation == operation, clients[number].action != nil else { return }
    let replica = replicas[clients[number].replica]
    replica?.proposals = replica?.proposals.filter { $0.value != number } ?? [:]
    replica?.reads = replica?.reads.filter { $0.value != number } ?? [:]
    clientFails(number)
  }

  func finish(_ number: Int) {
    clients[number].action = nil
    if !isChaos { clients[number].succeededSinceHealing += 1 }
    queue.add(.client(number), at: now + between(500, 12_000))
  }

  func clientSucceeds(_ number: Int?, _ result: ReplicaResult) throws {
    guard let number, let action = clients[number].action else { return }
    if case .denied = result { return try clientIsDenied(number) }
    let floor = clients[number].floor
    switch (action, result) {
    case (.put(let key, let value, _), .store(.success(.put(let result)))):
      try acknowledgeWrite(number, key, value, result.revision)
    case (.put(let key, let value, _), .store(.success(.transaction(let result)))):
      try acknowledgeWrite(number, key, value, result.revision)
    case (.swap(let key, let value), .store(.success(.transaction(let result)))):
      if result.succeeded {
        try acknowledgeWrite(number, key, value, result.revision)
      } else if case .range(let range)? = result.results.first {
        try acknowledgeRead(number, key, range, isSwap: true)
      }
    case (.delete, .store(.success(.deleteRange(let result)))):
      try checker.acknowledge(result.revision, floor: floor, isWrite: result.deleted > 0)
      answer(
        number,
        result.deleted > 0 ? .changed(revision: result.revision) : .unchanged(revision: result.revision))
    case (.deleteMany, .store(.success(.deleteRange(let result)))):
      try checker.acknowledge(result.revision, floor: floor, isWrite: result.deleted > 0)
    case (.grant(let id, let seconds), .store(.success(.leaseGrant))):
      clients[number].lease = id
      clients[number].leaseEnd = now + Int(seconds) * 1_000_000
      checker.leases.kept(id, seconds: seconds, askedAt: clients[number].askedAt)
    case (.keepAlive(let id), .leaseKeptAlive(let lease)):
      if let lease {
        clients[number].leaseEnd = now + Int(lease.timeToLive) * 1_000_000
        checker.leases.kept(id, seconds: lease.timeToLive, askedAt: clients[number].askedAt)
      } else {
        clients[number].lease = nil
      }
    case (.revoke, .store): clients[number].lease = nil
    case (.changeUsers, .authChanged):
      if let replica = replicas[clients[number].replica] { users?.acknowledge(replica.state.appliedIndex) }
    case (_, .store(.failure)):
      // The lease is not there any more: nothing was done.
      if let operation = clients[number].recorded { history.remove(operation) }
      clients[number].lease = nil
    default: break
    }
    finish(number)
  }

  func clientReads(_ number: Int?, _ replica: SimulatedReplica) throws {
    guard let number else { return }
    switch clients[number].action {
    case .read(let key):
      let range = KeyRange(key: key)
      guard try mayRead(number, range, at: replica) else { return try clientIsDenied(number) }
      try acknowledgeRead(number, key, try replica.state.store.range(RangeRequest(range)), isSwap: false)
      finish(number)
    case .authenticate(let name, let password): clientAuthenticates(number, name, password, at: replica)
    default: break
    }
  }

  private func acknowledgeWrite(_ number: Int, _ key: Bytes, _ value: Bytes, _ revision: Int64) throws {
    try checker.checkWrite(key: key, value: value, revision: revision)
    try checker.acknowledge(revision, floor: clients[number].floor, isWrite: true)
    answer(number, .changed(revision: revision))
    clients[number].lastSeen[key] = revision
  }

  private func acknowledgeRead(_ number: Int, _ key: Bytes, _ result: RangeResult, isSwap: Bool) throws {
    let keyValue = result.keyValues.first
    try checker.checkRead(key: key, keyValue, revision: result.revision)
    try checker.acknowledge(result.revision, floor: clients[number].floor, isWrite: false)
    answer(
      number,
      isSwap
        ? .notSwapped(found(keyValue), revision: result.revision)
        : .found(found(keyValue), revision: result.revision))
    clients[number].lastSeen[key] = keyValue?.modRevision ?? 0
  }

  /// What a replica has, it can show as of any revision that is not compacted, the oldest of them included.
  private func readPast(_ replica: SimulatedReplica) throws {
    let store = replica.state.store
    let oldest = max(store.compactRevision, 1)
    let revision = chance(0.4) ? oldest : Int64.random(in: oldest...store.revision, using: &random)
    // A crowd has more of them: the search in a key's history grows with how many work on it at once.
    let keys = clients.count > 4 ? clients.count * 2 : 6
    let key = Bytes("k\(Int.random(in: 0..<keys, using: &random))".utf8)
    let result: RangeResult
    do throws(MVCCError) {
      result = try store.range(RangeRequest(KeyRange(key: key), revision: revision))
    } catch {
      throw Violation(
        description: "\(replica.id) cannot read at revision \(revision), compacted at \(oldest): \(error)")
    }
    try checker.checkRead(key: key, result.keyValues.first, revision: revision)
    // And what has happened since then, to any watch that asks for it.
    guard let batch = try? store.events(from: oldest, scanLimit: 20) else {
      throw Violation(description: "\(replica.id) has no history from \(oldest) on, where it is compacted")
    }
    var watch = WatchTranscript<Bytes, Bytes>(from: oldest)
    let changes = batch.events.map { event in
      Checker.Change(
        revision: event.keyValue.modRevision, key: event.keyValue.key,
        value: event.kind == .put ? event.keyValue.value : nil)
    }
    if let wrong = watch.receive(changes, next: batch.nextRevision) { throw Violation(description: wrong) }
    try checker.checkWatch(watch) { _ in true }
  }
}
