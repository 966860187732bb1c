import Histories
import MVCC
import RaftCore
import Replay
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
    case pieceStored(MemberID, epoch: Int, SnapshotMetadata, nextOffset: UInt64)
    case snapshotStored(MemberID, epoch: Int, SnapshotMetadata, [UInt8])
    case snapshotSaved(MemberID, epoch: Int, SnapshotMetadata, [UInt8])
    case restart(MemberID)
    case refusedConnection(at: MemberID, by: MemberID)
    case client(Int)
    case watch(Int)
    case clientTimeout(Int, operation: Int)
    case fault
    case strike(MemberID, epoch: Int, cutsOff: MemberID?)
    case rejoin(MemberID)
    case amnesia(MemberID, candidate: MemberID)
    case cutOff(MemberID)
    case leave(MemberID)

    /// The replica that it needs awake.
    var member: MemberID? {
      switch self {
      case .tick(let member, _), .deliver(_, let member, _), .synced(let member, _, _), .runState(let member, _),
        .chunkRead(let member, _, _), .pieceStored(let member, _, _, _), .snapshotStored(let member, _, _, _),
        .snapshotSaved(let member, _, _, _), .refusedConnection(let member, _):
        member
      case .restart, .client, .watch, .clientTimeout, .fault, .strike, .rejoin, .leave, .amnesia, .cutOff: nil
      }
    }
  }

  struct Link: Hashable {
    var from: MemberID
    var to: MemberID
  }

  var profile: Profile
  /// The replicas that there are, members or not (yet, any more).
  var ids: [MemberID]
  var nextID: MemberID
  /// Replicas that are not members any more and are about to be switched off.
  var leaving: Set<MemberID> = []
  var members: MembersAsApplied?
  let bootstrap: SnapshotMetadata
  var random: SeededGenerator
  var now = 0
  var queue = EventQueue<Event>()
  var replicas: [MemberID: SimulatedReplica] = [:]
  var checker = Checker()
  /// Where clients have names.
  var users: AuthChecker?
  var clients: [Client] = []
  var history = Client.History(revision: 1)
  var watchers: [Watcher] = []
  /// The configuration as of the newest entry that any replica has applied.
  var membership: Membership
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
  /// The leader that was put to sleep, until somebody has voted for another one.
  var sleeper: MemberID?
  var lastElection = 0
  var healedAt = 0
  var figures = Figures(seeds: 1)
  /// Each replica's steps are recorded, or looked at one by one.
  let records: Bool
  let audits: Bool
  var recordings: [MemberID: SimulatedRecording] = [:]
  var auditors: [MemberID: StepAuditor] = [:]

  /// - Parameters:
  ///   - mutations: bugs to switch on.
  ///   - prey: bugs to look for, by the conditions that they need; those that are switched on, unless said.
  ///   - records: keep what the replicas' processes would record of their steps.
  ///   - audits: hold each step of each replica against what must hold of it (``StepAuditor``).
  init(
    seed: UInt64, mutations: Mutation = [], prey: Mutation? = nil, records: Bool = false, audits: Bool = false
  ) throws {
    (self.records, self.audits) = (records, audits)
    random = SeededGenerator(seed: seed)
    profile = Profile(
      mutations: mutations, prey: prey ?? (mutations.isEmpty ? nil : mutations), using: &random)
    // By the seed's number and not by chance: the other seeds stay what they were.
    if mutations.isEmpty, prey == nil { profile.hasUsers = seed % 6 < 2 }
    if profile.hasUsers { users = AuthChecker() }
    loss = profile.loss
    ids = (1...profile.members).map { MemberID($0) }
    nextID = MemberID(profile.members + 1)
    membership = try .bootstrap(voters: ids)
    bootstrap = SnapshotMetadata(index: 0, term: 0, membership: membership)
    for id in ids {
      replicas[id] = try SimulatedReplica(id: id, bootstrap: bootstrap, configuration: configuration(id))
      queue.add(.tick(id, epoch: 0), at: Int.random(in: 0..<Self.tickMicroseconds, using: &random))
    }
    clients = (0..<profile.clients).map { Client(number: $0) }
    for client in clients { queue.add(.client(client.number), at: 100_000) }
    addWatchers()
    queue.add(.fault, at: 400_000)
  }

  func configuration(_ id: MemberID) -> ReplicaConfiguration {
    profile.configuration(for: id, seed: random.next())
  }

  // MARK: - The run

  /// All figures as of now.
  var total: Figures {
    var total = figures
    total.time = now
    total.acknowledgements = checker.acknowledgements
    total.endedLeases = checker.leases.ended
    total.userChanges = users?.changes ?? 0
    total.permissions = users?.permitted ?? 0
    total.denials = users?.denied ?? 0
    return total
  }

  /// Runs faults for the profile's time, then heals everything and demands progress.
  func run() throws {
    for id in ids {
      watchSteps(of: replicas[id]!)
      try act(replicas[id]!)
      try actOnState(replicas[id]!)
    }
    try run(until: profile.chaosTime)
    try heal()
    try run(until: now + 500_000)
    try decideAsOperator()
    try run(until: now + 1_000_000)
    try handOver()
    try run(until: now + 2_000_000)
    try settle()
    try checkNobodyIsDisturbed()
    try checkWatches()
    let report = history.check()
    figures.operations = report.operations
    figures.unknown = report.unknown
    figures.undecided = report.undecided
    if let violation = report.violation { throw Violation(description: violation) }
  }

  func run(until end: Int) throws {
    while now < end, let (time, event) = queue.next() {
      now = time
      figures.steps += 1
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
      clearLoss(of: replica)
      try step(replica, .persisted(token))
    case .runState(let member, let epoch):
      guard let replica = alive(member, epoch) else { return }
      try runState(replica)
    case .chunkRead(let member, let epoch, let request):
      guard let replica = alive(member, epoch) else { return }
      let chunk = chunk(of: replica, request)
      if replica.disk.isSnapshotKnownBad {
        replica.state.renewSnapshot()
        try actOnState(replica)
      }
      try step(replica, .snapshotChunkRead(chunk, request))
    case .pieceStored(let member, let epoch, let metadata, let nextOffset):
      guard let replica = alive(member, epoch) else { return }
      replica.piecesUnderWay -= 1
      try step(replica, .snapshotChunkStored(metadata, nextOffset: nextOffset))
    case .snapshotStored(let member, let epoch, let metadata, let bytes):
      guard let replica = alive(member, epoch) else { return }
      guard !isFull(replica) else { return stopForFullDisk(replica) }
      // What comes is read before it gets its name.
      guard (try? SimulatedReplica.decode(bytes))?.metadata == metadata else {
        figures.damagedSnapshots += 1
        return try step(replica, .snapshotRejected(metadata))
      }
      save(metadata, bytes, replica)
      replica.stored.append(metadata)
      try step(replica, .snapshotStored(metadata))
    case .snapshotSaved(let member, let epoch, let metadata, let bytes):
      guard let replica = alive(member, epoch) else { return }
      guard !isFull(replica) else { return replica.state.snapshotSaved(nil) }
      save(metadata, bytes, replica)
      replica.state.snapshotSaved(metadata)
      try step(replica, .snapshotSaved(metadata))
    case .restart(let member): try restart(member)
    case .refusedConnection(let member, let by):
      guard let replica = replicas[member], replica.isUp else { return }
      try step(replica, .connectionRefused(by))
    case .client(let number): try clientActs(number)
    case .watch(let number): try watcherMoves(number)
    case .clientTimeout(let number, let operation): clientGivesUp(number, operation)
    case .fault: try injectFault()
    case .strike(let member, let epoch, let other): strike(member, epoch, cutsOff: other)
    case .leave(let member): leave(member)
    case .amnesia(let voter, let candidate): strikeWithAmnesia(voter, candidate: candidate)
    case .cutOff(let member): isolate(member)
    case .rejoin(let member): cut = cut.filter { $0.from != member && $0.to != member }
    }
  }

  func alive(_ member: MemberID, _ epoch: Int) -> SimulatedReplica? {
    guard let replica = replicas[member], replica.isUp, replica.epoch == epoch else { return nil }
    return replica
  }

  // MARK: - The consensus half

  func step(_ replica: SimulatedReplica, _ input: ReplicaInput) throws {
    try takeStep(replica, input)
    try act(replica)
  }

  func act(_ replica: SimulatedReplica) throws {
    var isElected = false
    var hasWritten = false
    for effect in try takeEffects(of: replica) {
      // A write may have failed: then the process has stopped.
      guard replica.isUp else { return }
      switch effect {
      case .write(let write):
        hasWritten = hasWritten || !write.entries.isEmpty || write.base != nil
        try self.write(write, replica)
      case .send(let message):
        send(message)
        if case .voteResponse(let vote) = message.body, vote.isGranted, isChaos {
          if profile.amnesias > 0 { forget(replica.id, votedFor: message.to) }
          if chance(profile.voteStrikes) {
            queue.add(.strike(replica.id, epoch: replica.epoch, cutsOff: nil), at: now)
          }
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
      case .storeSnapshotChunk(let chunk): try store(chunk, replica)
      case .dropSnapshot(let metadata):
        if replica.receiving == metadata { (replica.receiving, replica.partialSnapshot) = (nil, []) }
      case .compactLog(let index):
        guard let snapshot = replica.disk.snapshot, snapshot.metadata.index >= index else {
          throw Violation(description: "\(replica.id) compacts its log at \(index) without a snapshot")
        }
      case .fault(let fault): throw Violation(description: "\(replica.id) found \(fault)")
      case .caughtUp: clearLoss(of: replica)
      case .disk(let condition): if condition == .stalled { figures.stalledDisks += 1 }
      }
    }
    if hasWritten, profile.changesMembers, replica.isUp {
      let membership = replica.consensus.status.membership
      try checker.inForce(membership, log: replica.disk.shadow, of: replica.id)
      if membership.incoming != self.membership.incoming, isChaos, replica.consensus.leadership.role == .leader,
        chance(profile.jointStrikes)
      {
        let newcomers = membership.incoming.filter { !self.membership.incoming.contains($0) }
        cutOff(replica.id, with: newcomers.filter { _ in chance(0.7) })
      }
    }
    if isElected, replica.isUp {
      figures.leaders += 1
      lastElection = now
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
    // Some of it may be there.
    if isFull(replica) { return stopForFullDisk(replica) }
    // A disk may be too slow for the election timeout; without faults none is.
    var delay = Int.random(in: isChaos ? profile.diskDelay : 50...2000, using: &random)
    if isChaos, chance(0.005) { delay += 150_000 }
    replica.diskBusyUntil = max(replica.diskBusyUntil, now + delay)
    queue.add(.synced(replica.id, epoch: replica.epoch, write.token), at: replica.diskBusyUntil)
  }

  private func isFull(_ replica: SimulatedReplica) -> Bool { now < replica.diskFullUntil }

  private func stopForFullDisk(_ replica: SimulatedReplica) {
    figures.fullDisks += 1
    crash(replica.id, for: between(1_000, replica.diskFullUntil - now + 50_000))
  }

  private func save(_ metadata: SnapshotMetadata, _ bytes: [UInt8], _ replica: SimulatedReplica) {
    replica.disk.save(metadata, bytes)
    clearLoss(of: replica)
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
      // Once all is well, so is the network: well below the election timeout.
      if !isChaos { delay = min(delay, 8000) }
      queue.add(.deliver(bytes, to: message.to, from: message.from), at: now + delay)
    }
  }

  private func chunk(of replica: SimulatedReplica, _ request: SnapshotChunkRequest) -> SnapshotChunk? {
    guard let (metadata, bytes) = replica.disk.snapshot else { return nil }
    // The follower begins again: it may have found it damaged.
    if request.offset == 0, request.index == metadata.index, !replica.disk.isSnapshotKnownBad,
      !replica.disk.examineSnapshot()
    {
      figures.renewedSnapshots += 1
    }
    if replica.disk.isSnapshotKnownBad { return nil }
    let isSame = request.index == nil || request.index == metadata.index
    let start = isSame ? min(Int(request.offset), bytes.count) : 0
    let end = min(start + request.maximumBytes, bytes.count)
    return SnapshotChunk(
      metadata: metadata, totalSize: UInt64(bytes.count), offset: UInt64(start), data: Array(bytes[start..<end]))
  }

  private func store(_ chunk: SnapshotChunk, _ replica: SimulatedReplica) throws {
    if chunk.offset == 0 { (replica.receiving, replica.partialSnapshot) = (chunk.metadata, []) }
    guard replica.receiving == chunk.metadata, replica.partialSnapshot.count == Int(chunk.offset) else {
      throw Violation(
        description: "\(replica.id) is to store a piece of \(chunk.metadata.index) at \(chunk.offset) out of its turn")
    }
    replica.partialSnapshot += chunk.data
    guard chunk.isLast else {
      replica.piecesUnderWay += 1
      guard replica.piecesUnderWay == 1 else { throw Violation(description: "\(replica.id): pieces gather") }
      queue.add(
        .pieceStored(
          replica.id, epoch: replica.epoch, chunk.metadata, nextOffset: UInt64(replica.partialSnapshot.count)),
        at: now + between(20, isChaos && chance(0.05) ? 200_000 : 1000))
      return
    }
    replica.receiving = nil
    var bytes = replica.partialSnapshot
    // It was read from a bad place, or spoilt on the way.
    if isChaos, profile.flipsBits, chance(0.4) {
      bytes[between(0, bytes.count - 1)] ^= 1 << UInt8(between(0, 7))
    }
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
        figures.installedSnapshots += 1
        let before = replica.state.store.revision
        replica.state.restore(try SimulatedReplica.decode(snapshot.bytes))
        try checker.applied(replica.state, by: replica.id, nil, revisionBefore: before, at: now)
        try users?.check(replica.state)
      case .readable(let ids, let index): replica.state.awaitReads(ids, index: index)
      case .leadership(let leadership): replica.state.leadershipChanged(leadership)
      case .tick:
        replica.state.tick()
        replica.state.sweep()
      case .checkpoint(let checkpoint, let from): replica.state.receive(checkpoint, from: from)
      }
      try actOnState(replica)
    }
  }

  private func apply(_ entry: Entry, _ replica: SimulatedReplica) throws {
    let before = replica.state.store.revision
    let isNews = checker.isNews(entry.index)
    let envelope = isNews && entry.kind == .command ? try? Envelope(decoding: entry.payload[...]) : nil
    var command = envelope?.command
    var untouched: StoreBefore?
    if let envelope, users != nil {
      untouched = StoreBefore(replica.state)
      command = users?.decide(envelope, at: entry.index) { checker.keys(of: $0) }
    }
    guard replica.state.apply([entry]).isEmpty else {
      throw Violation(description: "\(replica.id) did not apply entry \(entry.index)")
    }
    if let untouched { try users?.check(command, before: untouched, replica.state) }
    try checker.applied(replica.state, by: replica.id, command, revisionBefore: before, at: now)
    if let users, users.hasChanged(at: entry.index) { try users.check(replica.state) }
    if isNews { membership = replica.state.membership }
    try actOnState(replica)
  }

  func actOnState(_ replica: SimulatedReplica) throws {
    for effect in replica.state.takeEffects() {
      switch effect {
      case .result(let sequence, let result):
        let id = ProposalID(origin: replica.id, start: replica.consensus.start, sequence: sequence)
        try users?.answered(id, result)
        let number = replica.proposals.removeValue(forKey: sequence)
        if try !asksAgain(number, result, at: replica) { try clientSucceeds(number, result) }
      case .resultLost(let sequence): clientFails(replica.proposals.removeValue(forKey: sequence))
      case .fault(let entry): throw Violation(description: "\(replica.id) cannot apply: \(entry)")
      case .readable(let ids):
        for id in ids { try clientReads(replica.reads.removeValue(forKey: id), replica) }
      case .readsOverdue(let ids): for id in ids { clientFails(replica.reads.removeValue(forKey: id)) }
      case .advanced: try watchersRead(replica)
      case .members(let members):
        see(members)
        try step(replica, .members(members))
      case .checkpoint(let checkpoint):
        for (id, other) in replicas.sorted(by: { $0.key < $1.key }) where id != replica.id && other.isUp {
          guard !cut.contains(Link(from: replica.id, to: id)), !chance(loss) else { continue }
          enqueue(.checkpoint(checkpoint, from: replica.id), other)
        }
      case .agreement(let agreement):
        guard agreement == StateAgreement() else {
          throw Violation(description: "\(replica.id) finds that states differ: \(agreement)")
        }
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
