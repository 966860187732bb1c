import MVCC
import RaftCore
import Replica

/// A cluster of whole replicas with its network, disks, clients and faults, in one thread and virtual time. All that
/// happens follows from the seed.
final class World {
  static let tickMicroseconds = 10_000

  enum Event {
    case tick(MemberID, epoch: Int)
    case deliver([UInt8], to: MemberID, from: MemberID)
    case synced(MemberID, epoch: Int, WriteToken)
    case runState(MemberID, epoch: Int)
    case chunkRead(MemberID, epoch: Int, SnapshotChunkRequest)
    case snapshotStored(MemberID, epoch: Int, SnapshotMetadata, [UInt8])
    case snapshotSaved(MemberID, epoch: Int, SnapshotMetadata, [UInt8])
    case restart(MemberID)
    case refusedConnection(at: MemberID, by: MemberID)
    case client(Int)
    case clientTimeout(Int, operation: Int)
    case fault
    case strike(MemberID, epoch: Int, cutsOff: MemberID?)
    case rejoin(MemberID)

    /// The replica that it needs awake.
    var member: MemberID? {
      switch self {
      case .tick(let member, _), .deliver(_, let member, _), .synced(let member, _, _), .runState(let member, _),
        .chunkRead(let member, _, _), .snapshotStored(let member, _, _, _), .snapshotSaved(let member, _, _, _),
        .refusedConnection(let member, _):
        member
      case .restart, .client, .clientTimeout, .fault, .strike, .rejoin: nil
      }
    }
  }

  struct Link: Hashable {
    var from: MemberID
    var to: MemberID
  }

  let profile: Profile
  let ids: [MemberID]
  let bootstrap: SnapshotMetadata
  var random: SeededGenerator
  var now = 0
  var queue = EventQueue<Event>()
  var replicas: [MemberID: SimulatedReplica] = [:]
  var checker = Checker()
  var clients: [Client] = []
  /// Links that carry nothing.
  var cut: Set<Link> = []
  var loss: Double
  var isChaos = true
  /// What had been acknowledged when the faults ended.
  var healedRevision: Int64 = 0
  /// Proposals of which the network made copies by itself, or of their refusals: what is said of those is uncertain.
  var copied: Set<ProposalID> = []
  /// Whose disk has lost what it had synced, until it has caught up: one at a time, for what only one member still
  /// has may not be lost as well.
  var tailLostBy: MemberID?
  var leadersSeen = 0
  var rejoins = 0
  var decisions = 0
  var steps = 0

  init(seed: UInt64, mutations: Mutation = []) throws {
    random = SeededGenerator(seed: seed)
    profile = Profile(mutations: mutations, isHunt: !mutations.isEmpty, using: &random)
    loss = profile.loss
    ids = (1...profile.members).map { MemberID($0) }
    bootstrap = SnapshotMetadata(index: 0, term: 0, membership: try .bootstrap(voters: ids))
    for id in ids {
      replicas[id] = try SimulatedReplica(id: id, bootstrap: bootstrap, configuration: configuration(id))
      queue.add(.tick(id, epoch: 0), at: Int.random(in: 0..<Self.tickMicroseconds, using: &random))
    }
    clients = (0..<profile.clients).map { Client(number: $0) }
    for client in clients { queue.add(.client(client.number), at: 100_000) }
    queue.add(.fault, at: 400_000)
  }

  func configuration(_ id: MemberID) -> ReplicaConfiguration {
    profile.configuration(for: id, seed: random.next())
  }

  // MARK: - The run

  /// Runs faults for the profile's time, then heals everything and demands progress.
  func run() throws {
    for id in ids { try act(replicas[id]!) }
    try run(until: profile.chaosTime)
    try heal()
    try run(until: now + 500_000)
    try decideAsOperator()
    try run(until: now + 2_000_000)
    try settle()
  }

  private func run(until end: Int) throws {
    while now < end, let (time, event) = queue.next() {
      now = time
      steps += 1
      if let member = event.member, let replica = replicas[member], replica.pausedUntil > now {
        queue.add(event, at: replica.pausedUntil)
        continue
      }
      try handle(event)
    }
  }

  private func handle(_ event: Event) throws {
    switch event {
    case .tick(let member, let epoch):
      guard let replica = alive(member, epoch) else { return }
      queue.add(event, at: now + replica.tickLength)
      try step(replica, .tick)
      enqueue(.tick, replica)
    case .deliver(let bytes, let member, let from):
      guard let replica = replicas[member], replica.isUp, !cut.contains(Link(from: from, to: member)) else { return }
      try step(replica, .message(RaftMessage(decoding: bytes[...])))
    case .synced(let member, let epoch, let token):
      guard let replica = alive(member, epoch) else { return }
      replica.disk.sync(through: token)
      try step(replica, .persisted(token))
    case .runState(let member, let epoch):
      guard let replica = alive(member, epoch) else { return }
      try runState(replica)
    case .chunkRead(let member, let epoch, let request):
      guard let replica = alive(member, epoch) else { return }
      try step(replica, .snapshotChunkRead(chunk(of: replica, request), request))
    case .snapshotStored(let member, let epoch, let metadata, let bytes):
      guard let replica = alive(member, epoch) else { return }
      replica.disk.save(metadata, bytes)
      replica.stored.append(metadata)
      try step(replica, .snapshotStored(metadata))
    case .snapshotSaved(let member, let epoch, let metadata, let bytes):
      guard let replica = alive(member, epoch) else { return }
      replica.disk.save(metadata, bytes)
      replica.state.snapshotSaved(metadata)
      try step(replica, .snapshotSaved(metadata))
    case .restart(let member): try restart(member)
    case .refusedConnection(let member, let by):
      guard let replica = replicas[member], replica.isUp else { return }
      try step(replica, .connectionRefused(by))
    case .client(let number): try clientActs(number)
    case .clientTimeout(let number, let operation): clientGivesUp(number, operation)
    case .fault: try injectFault()
    case .strike(let member, let epoch, let other): strike(member, epoch, cutsOff: other)
    case .rejoin(let member): cut = cut.filter { $0.from != member && $0.to != member }
    }
  }

  func alive(_ member: MemberID, _ epoch: Int) -> SimulatedReplica? {
    guard let replica = replicas[member], replica.isUp, replica.epoch == epoch else { return nil }
    return replica
  }

  // MARK: - The consensus half

  func step(_ replica: SimulatedReplica, _ input: ReplicaInput) throws {
    replica.consensus.step(input)
    try act(replica)
  }

  func act(_ replica: SimulatedReplica) throws {
    var isElected = false
    for effect in replica.consensus.takeEffects() {
      switch effect {
      case .write(let write): try self.write(write, replica)
      case .send(let message):
        send(message)
        if case .voteResponse(let vote) = message.body, vote.isGranted, isChaos, chance(profile.voteStrikes) {
          queue.add(.strike(replica.id, epoch: replica.epoch, cutsOff: nil), at: now)
        }
      case .apply(let entries):
        try checker.committed(entries, by: replica.id, in: replica.consensus.leadership.term)
        enqueue(.apply(entries), replica)
        if isChaos, chance(profile.commitStrikes), replica.consensus.leadership.role == .leader {
          queue.add(
            .strike(replica.id, epoch: replica.epoch, cutsOff: ids.randomElement(using: &random)), at: now)
        }
      case .installSnapshot(let metadata): enqueue(.install(metadata), replica)
      case .readable(let ids, let index): enqueue(.readable(ids: ids, index: index), replica)
      case .leadership(let leadership):
        isElected = isElected || leadership.role == .leader
        enqueue(.leadership(leadership), replica)
      case .readsRefused(let ids, _): for id in ids { clientFails(replica.reads.removeValue(forKey: id)) }
      case .proposalsRefused(let sequences, _):
        for sequence in sequences { try clientIsRefused(sequence, replica) }
      case .proposalsUncertain(let sequences):
        for sequence in sequences { clientFails(replica.proposals.removeValue(forKey: sequence)) }
      case .forgetSnapshot(let metadata): replica.stored.removeAll { $0 == metadata }
      case .readSnapshotChunk(let request):
        queue.add(.chunkRead(replica.id, epoch: replica.epoch, request), at: now + between(50, 2000))
      case .storeSnapshotChunk(let chunk): store(chunk, replica)
      case .compactLog(let index):
        guard let snapshot = replica.disk.snapshot, snapshot.metadata.index >= index else {
          throw Violation(description: "\(replica.id) compacts its log at \(index) without a snapshot")
        }
      case .fault(let fault): throw Violation(description: "\(replica.id) found \(fault)")
      case .caughtUp: if tailLostBy == replica.id { tailLostBy = nil }
      }
    }
    if isElected {
      leadersSeen += 1
      let status = replica.consensus.leadership
      if status.role == .leader {
        try checker.elected(replica.id, term: status.term, log: replica.disk.shadow)
        if isChaos, chance(profile.electionStrikes) {
          queue.add(.strike(replica.id, epoch: replica.epoch, cutsOff: nil), at: now + between(0, 20_000))
        }
      }
    }
  }

  private func write(_ write: LogWrite, _ replica: SimulatedReplica) throws {
    replica.disk.write(write)
    try checker.wrote(write.entries, log: replica.disk.shadow)
    // A disk may be too slow for the election timeout; without faults none is.
    var delay = Int.random(in: isChaos ? profile.diskDelay : 50...2000, using: &random)
    if isChaos, chance(0.005) { delay += 150_000 }
    replica.diskBusyUntil = max(replica.diskBusyUntil, now + delay)
    queue.add(.synced(replica.id, epoch: replica.epoch, write.token), at: replica.diskBusyUntil)
  }

  private func send(_ message: RaftMessage) {
    let link = Link(from: message.from, to: message.to)
    guard replicas[message.to] != nil, !cut.contains(link), !chance(loss) else { return }
    let bytes = message.encoded()
    let copies = chance(isChaos ? profile.duplication : 0) ? 2 : 1
    if copies > 1 {
      switch message.body {
      case .propose(let proposals): copied.formUnion(proposals.map(\.id))
      case .proposalsRefused(let ids, _): copied.formUnion(ids)
      default: break
      }
    }
    for _ in 0..<copies {
      var delay = Int.random(in: profile.delay, using: &random)
      if isChaos, chance(0.02) { delay *= 10 }
      queue.add(.deliver(bytes, to: message.to, from: message.from), at: now + delay)
    }
  }

  private func chunk(of replica: SimulatedReplica, _ request: SnapshotChunkRequest) -> SnapshotChunk? {
    guard let (metadata, bytes) = replica.disk.snapshot else { return nil }
    let isSame = request.index == nil || request.index == metadata.index
    let start = isSame ? min(Int(request.offset), bytes.count) : 0
    let end = min(start + request.maximumBytes, bytes.count)
    return SnapshotChunk(
      metadata: metadata, totalSize: UInt64(bytes.count), offset: UInt64(start), data: Array(bytes[start..<end]))
  }

  private func store(_ chunk: SnapshotChunk, _ replica: SimulatedReplica) {
    if chunk.offset == 0 { replica.partialSnapshot = [] }
    replica.partialSnapshot += chunk.data
    guard chunk.isLast else { return }
    let bytes = replica.partialSnapshot
    queue.add(
      .snapshotStored(replica.id, epoch: replica.epoch, chunk.metadata, bytes), at: now + between(500, 20_000))
  }

  // MARK: - The state half

  func enqueue(_ input: SimulatedReplica.StateInput, _ replica: SimulatedReplica) {
    replica.stateQueue.append(input)
    guard !replica.isStateScheduled else { return }
    replica.isStateScheduled = true
    queue.add(.runState(replica.id, epoch: replica.epoch), at: now + between(0, isChaos && chance(0.02) ? 30_000 : 300))
  }

  private func runState(_ replica: SimulatedReplica) throws {
    replica.isStateScheduled = false
    let inputs = replica.stateQueue
    replica.stateQueue = []
    for input in inputs {
      switch input {
      case .apply(let entries):
        for entry in entries { try apply(entry, replica) }
      case .install(let metadata):
        guard let snapshot = replica.disk.snapshot, snapshot.metadata.index >= metadata.index else {
          throw Violation(description: "\(replica.id) has no snapshot of \(metadata.index) to install")
        }
        replica.stored.removeAll { $0 == metadata }
        let before = replica.state.store.revision
        replica.state.restore(try SimulatedReplica.decode(snapshot.bytes))
        try checker.applied(replica.state, by: replica.id, revisionBefore: before)
      case .readable(let ids, let index): replica.state.awaitReads(ids, index: index)
      case .leadership(let leadership): replica.state.leadershipChanged(leadership)
      case .tick:
        replica.state.tick()
        replica.state.sweep()
      }
      try actOnState(replica)
    }
  }

  private func apply(_ entry: Entry, _ replica: SimulatedReplica) throws {
    let before = replica.state.store.revision
    var expiring: LeaseID?
    if case .leaseExpire(let id, _)? = (try? Envelope(decoding: entry.payload[...]))?.command,
      replica.state.store.lease(id) != nil
    {
      expiring = id
    }
    guard replica.state.apply([entry]).isEmpty else {
      throw Violation(description: "\(replica.id) did not apply entry \(entry.index)")
    }
    if let expiring, replica.state.store.lease(expiring) == nil { try checker.leaseRevoked(expiring, at: now) }
    try checker.applied(replica.state, by: replica.id, revisionBefore: before)
    try actOnState(replica)
  }

  private func actOnState(_ replica: SimulatedReplica) throws {
    for effect in replica.state.takeEffects() {
      switch effect {
      case .result(let sequence, let result):
        try clientSucceeds(replica.proposals.removeValue(forKey: sequence), result)
      case .resultLost(let sequence): clientFails(replica.proposals.removeValue(forKey: sequence))
      case .fault(let entry): throw Violation(description: "\(replica.id) cannot apply: \(entry)")
      case .readable(let ids):
        for id in ids { try clientReads(replica.reads.removeValue(forKey: id), replica.state.store) }
      case .advanced: break
      case .applied(let index): try step(replica, .applied(index))
      case .propose(let command): try propose(command, at: replica, for: nil)
      case .snapshotDue:
        let frozen = replica.state.freeze()
        queue.add(
          .snapshotSaved(replica.id, epoch: replica.epoch, frozen.metadata, SimulatedReplica.encode(frozen)),
          at: now + between(1000, 40_000))
      }
    }
  }

  func propose(_ command: ReplicaCommand, at replica: SimulatedReplica, for client: Int?) throws {
    let sequence = replica.nextSequence
    replica.nextSequence += 1
    if let client { replica.proposals[sequence] = client }
    try step(replica, .propose(sequence: sequence, command, time: UInt64(now / 1000)))
  }

  // MARK: - Chance

  func chance(_ probability: Double) -> Bool {
    probability > 0 && Double.random(in: 0..<1, using: &random) < probability
  }

  func between(_ least: Int, _ most: Int) -> Int { Int.random(in: least...most, using: &random) }
}
