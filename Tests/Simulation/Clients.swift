import MVCC
import RaftCore
import Replica

/// A client that does one thing after the other, at any replica.
struct Client {
  enum Action {
    case put(key: Bytes, value: Bytes)
    case swap(key: Bytes, value: Bytes)
    case delete(key: Bytes)
    case compact
    case grant(LeaseID, seconds: Int64)
    case keepAlive(LeaseID)
    case read(key: Bytes)
  }

  let number: Int
  var operation = 0
  var action: Action?
  var replica: MemberID = 0
  var floor: Int64 = 0
  var askedAt = 0
  var lastSeen: [Bytes: Int64] = [:]
  var lease: LeaseID?
  var succeededSinceHealing = 0
}

extension World {
  func clientActs(_ number: Int) throws {
    guard clients[number].action == nil else { return }
    let member = ids.randomElement(using: &random)!
    guard let replica = replicas[member], replica.isUp else {
      queue.add(.client(number), at: now + between(2_000, 20_000))
      return
    }
    clients[number].operation += 1
    let action = chooseAction(for: number)
    clients[number].action = action
    clients[number].replica = member
    clients[number].floor = checker.acknowledged
    clients[number].askedAt = now
    queue.add(.clientTimeout(number, operation: clients[number].operation), at: now + 1_200_000)
    switch action {
    case .read:
      let id = replica.nextSequence
      replica.nextSequence += 1
      replica.reads[id] = number
      try step(replica, .read(id: id))
    default: try propose(command(for: action, of: number), at: replica, for: number)
    }
  }

  private func chooseAction(for number: Int) -> Client.Action {
    let client = clients[number]
    let key = Bytes("k\(Int.random(in: 0..<6, using: &random))".utf8)
    let value = Bytes("\(number).\(client.operation)".utf8)
    switch Int.random(in: 0..<20, using: &random) {
    case 0..<6: return .put(key: key, value: value)
    case 6..<9: return .swap(key: key, value: value)
    case 9: return .delete(key: key)
    case 10: return chance(0.3) ? .compact : .read(key: key)
    case 11:
      if let lease = client.lease, chance(0.7) { return .keepAlive(lease) }
      let lease = LeaseID(number * 100_000 + client.operation + 1)
      return .grant(lease, seconds: Int64(between(1, 2)))
    default: return .read(key: key)
    }
  }

  private func command(for action: Client.Action, of number: Int) -> ReplicaCommand {
    switch action {
    case .put(let key, let value):
      return .store(.put(PutRequest(key: key, value: value)))
    case .swap(let key, let value):
      let seen = clients[number].lastSeen[key] ?? 0
      return .store(
        .transaction(
          TransactionRequest(
            compares: [Compare(KeyRange(key: key), .equal, .modRevision(seen))],
            success: [.put(PutRequest(key: key, value: value, lease: clients[number].lease ?? 0))],
            failure: [.range(RangeRequest(KeyRange(key: key)))])))
    case .delete(let key): return .store(.deleteRange(DeleteRangeRequest(KeyRange(key: key))))
    case .compact: return .store(.compact(revision: max(1, checker.acknowledged - 10)))
    case .grant(let id, let seconds): return .store(.leaseGrant(id: id, timeToLive: seconds))
    case .keepAlive(let id): return .leaseKeepAlive(id)
    case .read: preconditionFailure("a read is no command")
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
    guard let number = replica.proposals.removeValue(forKey: sequence), let action = clients[number].action else {
      return
    }
    let id = ProposalID(origin: replica.id, start: replica.consensus.start, sequence: sequence)
    switch action {
    case .put(_, let value), .swap(_, let value):
      if !copied.contains(id) { try checker.refused(value) }
    default: break
    }
    clientFails(number)
  }

  func clientGivesUp(_ number: Int, _ operation: Int) {
    guard clients[number].operation == operation, clients[number].action != nil else { return }
    let replica = replicas[clients[number].replica]
    replica?.proposals = replica?.proposals.filter { $0.value != number } ?? [:]
    replica?.reads = replica?.reads.filter { $0.value != number } ?? [:]
    clientFails(number)
  }

  private func finish(_ number: Int) {
    clients[number].action = nil
    if !isChaos { clients[number].succeededSinceHealing += 1 }
    queue.add(.client(number), at: now + between(500, 12_000))
  }

  func clientSucceeds(_ number: Int?, _ result: ReplicaResult) throws {
    guard let number, let action = clients[number].action else { return }
    let floor = clients[number].floor
    switch (action, result) {
    case (.put(let key, let value), .store(.success(.put(let result)))):
      try acknowledgeWrite(number, key, value, result.revision)
    case (.swap(let key, let value), .store(.success(.transaction(let result)))):
      if result.succeeded {
        try acknowledgeWrite(number, key, value, result.revision)
      } else if case .range(let range)? = result.results.first {
        try acknowledgeRead(number, key, range)
      }
    case (.delete, .store(.success(.deleteRange(let result)))):
      try checker.acknowledge(result.revision, floor: floor, isWrite: result.deleted > 0)
    case (.grant(let id, let seconds), .store(.success(.leaseGrant))):
      clients[number].lease = id
      checker.leaseKept(id, seconds: seconds, askedAt: clients[number].askedAt)
    case (.keepAlive(let id), .leaseKeptAlive(let lease)):
      if let lease {
        checker.leaseKept(id, seconds: lease.timeToLive, askedAt: clients[number].askedAt)
      } else {
        clients[number].lease = nil
      }
    case (_, .store(.failure)): clients[number].lease = nil
    default: break
    }
    finish(number)
  }

  func clientReads(_ number: Int?, _ store: MVCCStore) throws {
    guard let number, case .read(let key)? = clients[number].action else { return }
    try acknowledgeRead(number, key, try store.range(RangeRequest(KeyRange(key: key))))
    finish(number)
  }

  private func acknowledgeWrite(_ number: Int, _ key: Bytes, _ value: Bytes, _ revision: Int64) throws {
    try checker.checkWrite(key: key, value: value, revision: revision)
    try checker.acknowledge(revision, floor: clients[number].floor, isWrite: true)
    clients[number].lastSeen[key] = revision
  }

  private func acknowledgeRead(_ number: Int, _ key: Bytes, _ result: RangeResult) throws {
    let found = result.keyValues.first
    try checker.checkRead(key: key, value: found?.value, revision: result.revision)
    try checker.acknowledge(result.revision, floor: clients[number].floor, isWrite: false)
    clients[number].lastSeen[key] = found?.modRevision ?? 0
  }
}
