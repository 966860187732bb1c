import EtcdAPI
import FoundationEssentials
import GRPC
import Glibc
import Histories
import StoreClient
import Supervision

/// A cluster of real processes, some rounds of faults, and what is wrong afterwards.
package final class Trial: Sendable {
  private let options: TrialOptions
  private let clock = TrialClock()
  private let hosts: TrialHosts
  private let connections: [GRPCConnection]
  private let store: StoreClient
  private let report: @Sendable (String) -> Void

  /// Makes the hosts and starts the members.
  ///
  /// - Parameter say: gets a line at a time of what is going on.
  package init(_ options: TrialOptions, say: @escaping @Sendable (String) -> Void) throws {
    precondition(options.replicas % 2 == 1, "an even number of replicas")
    self.options = options
    let clock = clock
    let file = "\(options.folder)/trial.log"
    try FileManager.default.createDirectory(atPath: options.folder, withIntermediateDirectories: true)
    let log = LineFile(file)
    report = { line in
      let stamped = "\(seconds(clock.now))  \(line)"
      log.add(stamped)
      say(stamped)
    }
    hosts = try TrialHosts(options, report: report)
    let built = hosts
    connections = try built.numbers.map { try built.connection(to: $0) }
    store = try hosts.client(of: Array(hosts.numbers))
  }

  /// Runs all rounds, or up to the first that shows something wrong.
  ///
  /// - Returns: what is wrong; empty when nothing is.
  package func run() async throws -> [String] {
    for number in hosts.numbers { hosts.start(number) }
    try await eventually("the cluster is ready", within: Self.patience) { try await self.demandHealth() }
    for number in 1...max(1, options.rounds) {
      let violations = try await run(round: number)
      if !violations.isEmpty {
        hosts.keepSmallDisks()
        return violations
      }
    }
    await stop()
    return hosts.unexpectedEnds
  }

  private func stop() async {
    await store.close()
    for connection in connections { await connection.close() }
    for number in hosts.numbers { await hosts.stop(number) }
    hosts.removeSmallDisks()
    hosts.network.close()
  }

  // MARK: A round

  private func run(round number: Int) async throws -> [String] {
    let start = try await currentRevision()
    let round = TrialRound(number: number, options: options, start: start, clock: clock, hosts: hosts)
    let length = Int(options.chaos.components.seconds) * 1000
    let plan = FaultPlan(
      seed: round.seed, replicas: options.replicas, families: options.faults, smallDisks: hosts.smallDisks,
      length: length)
    report("round \(number), seed \(round.seed), from revision \(start): \(plan.faults.count) faults")
    let followers = try followers(round)
    let watching = followers.map { follower in Task { await follower.run() } }
    let clients = (1...options.clients + 1).map { client in
      TrialClient(
        number: client, round: round, connections: connections, store: store, isBulk: client == options.clients + 1)
    }
    let working = clients.map { client in Task { await client.run() } }
    let housekeeping = Task { await self.compact(round) }
    if options.proof == .rollback {
      try await rollBack(round)
    } else {
      let renewal = MachineRenewal(hosts: hosts, connections: connections, report: report)
      let injector = FaultInjector(
        hosts: hosts, renewal: renewal, round: round, leader: { [self] in await leader() }, report: report)
      await injector.run(plan, length: length)
    }
    round.heal()
    report("the faults have ended")
    var violations: [String] = []
    do {
      violations = try await settle(round, clients: clients.count, working, followers)
    } catch let failure as NotInTime {
      violations = ["\(failure)"] + round.record { $0.violations }
    }
    round.finish()
    housekeeping.cancel()
    for task in watching { task.cancel() }
    for task in working { await task.value }
    for task in watching { await task.value }
    violations += hosts.unexpectedEnds
    if options.keeps || !violations.isEmpty { writeHistory(round) }
    if !violations.isEmpty { describeFailure(round, violations) }
    return violations
  }

  private func followers(_ round: TrialRound) throws -> [WatchFollower] {
    var followers = [
      WatchFollower(name: "the watch of all", round: round, client: store, prefix: round.prefix),
      WatchFollower(
        name: "the watch without deletions", round: round, client: store, prefix: round.keyPrefix,
        withoutDeletions: true),
    ]
    for number in hosts.numbers {
      followers.append(
        WatchFollower(
          name: "the watch on store-\(number)", round: round, client: try hosts.client(of: [number]),
          prefix: round.prefix))
    }
    return followers
  }

  /// As Kubernetes' front-ends do, but sooner: what is ten seconds old is forgotten.
  private func compact(_ round: TrialRound) async {
    var past: [(time: Int, revision: Int64)] = []
    while !Task.isCancelled {
      past.append((clock.now, round.record { $0.seen }))
      if let old = past.last(where: { $0.time < clock.now - 10_000_000 }) {
        var request = Etcdserverpb_CompactionRequest()
        request.revision = old.revision
        _ = try? await store.compact(request)
      }
      try? await Task.sleep(for: .seconds(2))
    }
  }

  /// Everybody's disk is set back, as no fault that is to be borne does.
  private func rollBack(_ round: TrialRound) async throws {
    try await acknowledged(10, round)
    for number in hosts.numbers { await hosts.kill(number) }
    for number in hosts.numbers {
      try Command.run(["cp", "-r", hosts.data(of: number), "\(hosts.folder)/old-\(number)"])
    }
    for number in hosts.numbers { hosts.start(number) }
    try await acknowledged(10, round)
    report("fault: all disks are set back")
    for number in hosts.numbers { await hosts.kill(number) }
    for number in hosts.numbers {
      let data = hosts.data(of: number)
      // The folder itself may be a mount.
      try Command.run(["sh", "-c", "rm -rf '\(data)'/* && cp -r '\(hosts.folder)/old-\(number)'/. '\(data)'"])
    }
    for number in hosts.numbers { hosts.start(number) }
    try await acknowledged(10, round)
  }

  /// Waits for so many more writes.
  private func acknowledged(_ count: Int, _ round: TrialRound) async throws {
    let before = round.record { $0.acknowledged.count }
    try await eventually("\(count) more writes are acknowledged", within: Self.patience) {
      try demand(round.record { $0.acknowledged.count } >= before + count, "not yet")
    }
  }

  // MARK: Afterwards

  /// That something never comes, not how fast it ought to be: members are debug builds on a busy machine, too.
  private static let patience: Duration = .seconds(120)

  /// Waits until all is well and quiet, then looks at everything.
  private func settle(
    _ round: TrialRound, clients: Int, _ working: [Task<Void, Never>], _ followers: [WatchFollower]
  ) async throws -> [String] {
    try await eventually("a leader, and every member well", within: Self.patience) { try await self.demandHealth() }
    try await eventually("every client is answered", within: Self.patience) {
      try demand(round.haveAllSucceeded(clients), "not yet")
    }
    round.finish()
    for task in working { await task.value }
    try await eventually("the leases end", within: Self.patience) {
      let leases: Etcdserverpb_LeaseLeasesResponse = try await self.connections[0].unary(
        EtcdCall.Lease.leases, Etcdserverpb_LeaseLeasesRequest(), timeout: .seconds(2))
      try demand(leases.leases.isEmpty, "\(leases.leases.map(\.id)) are still there")
    }
    // A member tries for seven seconds to bring a request about, whoever still waits for it.
    let quiet = round.record { $0.lastLost } + 8_000_000
    if quiet > clock.now { try? await Task.sleep(for: .microseconds(quiet - clock.now)) }
    let end = try await currentRevision()
    var finals: [String: [FinalKey]] = [:]
    try await eventually("every member is at revision \(end), with the same hash", within: Self.patience) {
      try await self.demandEquality(end)
    }
    for number in hosts.numbers { finals["store-\(number)"] = try await keys(of: number, round) }
    try await eventually("the watches are at revision \(end)", within: Self.patience) {
      for follower in followers { follower.requestProgress() }
      for follower in followers { try demand(follower.next > end, "\(follower.name) is at \(follower.next)") }
    }
    var log = ChangeLog()
    var violations = followers.flatMap { $0.testify(&log) }
    let verdict = Verdict(round.record(\.self), log, from: round.start, to: end, finals: finals)
    violations += verdict.violations
    violations += followers.flatMap { $0.check(against: log, coveredFrom: verdict.coveredFrom) }
    let told = verdict.report
    report(
      """
      round \(round.number): \(told.operations) operations on \(told.keys) keys, \(told.unknown) of unknown outcome, \
      \(told.undecided) keys undecided; revisions \(round.start) to \(end)\
      \(verdict.coveredFrom > round.start + 1 ? " (known from \(verdict.coveredFrom) on)" : ""); \
      \(followers.map(\.eventCount).reduce(0, +)) events watched; \(hosts.network.figures.dropped) of \
      \(hosts.network.figures.passed) packets lost; starts \(hosts.numbers.map(hosts.starts(of:)))
      """)
    if told.undecided > 0 {
      violations.append("\(told.undecided) keys are undecided: the checker's budget is too small")
    }
    return violations
  }

  private func status(of number: Int) async throws -> Etcdserverpb_StatusResponse {
    try await connections[number - 1].unary(
      EtcdCall.Maintenance.status, Etcdserverpb_StatusRequest(), timeout: .seconds(1))
  }

  /// Everybody answers, says the same leader of the same term, and has nothing to complain about.
  private func demandHealth() async throws {
    var leaders: Set<[UInt64]> = []
    for number in hosts.numbers {
      let status = try await status(of: number)
      try demand(status.leader != 0, "store-\(number) knows no leader")
      try demand(status.errors.isEmpty, "store-\(number) complains: \(status.errors)")
      leaders.insert([status.leader, status.raftTerm])
    }
    try demand(leaders.count == 1, "the members name \(leaders.count) leaders")
    try await demandMembers()
  }

  /// One on each host, all of which vote.
  private func demandMembers() async throws {
    var request = Etcdserverpb_MemberListRequest()
    request.linearizable = true
    let list: Etcdserverpb_MemberListResponse = try await connections[0].unary(
      EtcdCall.Cluster.memberList, request, timeout: .seconds(2))
    try demand(
      list.members.count == options.replicas && list.members.allSatisfy { !$0.isLearner },
      "the members are \(list.members.map { "\($0.name)\($0.isLearner ? " (learner)" : "")" })")
  }

  private func demandEquality(_ revision: Int64) async throws {
    var hashes: Set<[Int64]> = []
    for number in hosts.numbers {
      let status = try await status(of: number)
      try demand(status.header.revision == revision, "store-\(number) is at revision \(status.header.revision)")
      try demand(status.errors.isEmpty, "store-\(number) complains: \(status.errors)")
      var request = Etcdserverpb_HashKVRequest()
      request.revision = revision
      let hash: Etcdserverpb_HashKVResponse = try await connections[number - 1].unary(
        EtcdCall.Maintenance.hashKV, request, timeout: .seconds(5))
      hashes.insert([Int64(hash.hash), hash.compactRevision])
    }
    try demand(hashes.count == 1, "the members' hashes are \(hashes)")
  }

  private func keys(of number: Int, _ round: TrialRound) async throws -> [FinalKey] {
    var request = Etcdserverpb_RangeRequest()
    request.key = Data(round.prefix.utf8)
    request.rangeEnd = TrialText.end(ofPrefix: round.prefix)
    // What that very member has.
    request.serializable = true
    let response: Etcdserverpb_RangeResponse = try await connections[number - 1].unary(
      EtcdCall.KV.range, request, timeout: .seconds(10))
    return response.kvs.map {
      FinalKey(
        key: TrialText.key($0.key), value: TrialText.value($0.value), modRevision: $0.modRevision,
        createRevision: $0.createRevision, version: $0.version, lease: $0.lease)
    }
  }

  private func currentRevision() async throws -> Int64 {
    do throws(StoreClientError) { return try await store.currentRevision() } catch {
      throw NotInTime(description: "no revision: \(error)")
    }
  }

  private func leader() async -> Int? {
    await withTaskGroup(of: (number: Int, term: UInt64)?.self) { group in
      for number in hosts.numbers {
        group.addTask {
          guard let status = try? await self.status(of: number), status.leader == status.header.memberID else {
            return nil
          }
          return (number, status.raftTerm)
        }
      }
      var best: (number: Int, term: UInt64)?
      for await answer in group {
        if let answer, answer.term > best?.term ?? 0 { best = answer }
      }
      return best?.number
    }
  }

  // MARK: Failures

  private struct NotInTime: Error, CustomStringConvertible { var description: String }

  /// Repeats until it does not throw; what it says last is the failure.
  private func eventually(
    _ what: String, within time: Duration, _ body: () async throws -> Void
  ) async throws {
    let deadline = ContinuousClock.now + time
    while true {
      do {
        try await body()
        return report(what)
      } catch {
        guard ContinuousClock.now < deadline else {
          throw NotInTime(description: "not within \(time): \(what): \(error)")
        }
        try await Task.sleep(for: .milliseconds(100))
      }
    }
  }

  private func writeHistory(_ round: TrialRound) {
    let entries = round.record { $0.entries }
    let history = entries.sorted { $0.asked < $1.asked }.map { entry in
      """
      \(seconds(entry.asked)) to \(entry.ended.map(seconds) ?? "?")  client \(entry.client)  \(entry.key)  \
      \(entry.input)  \(entry.outcome ?? "not answered")
      """
    }
    try? Data((history.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: "\(options.folder)/history.txt"))
  }

  private func describeFailure(_ round: TrialRound, _ violations: [String]) {
    try? Data((violations.joined(separator: "\n") + "\n").utf8).write(
      to: URL(filePath: "\(options.folder)/violations.txt"))
    report(
      """
      round \(round.number) with seed \(round.seed) went wrong. \(options.folder) has the faults with their times \
      (trial.log), the clients' history, the members' logs and data
      """)
  }
}

private struct Unmet: Error, CustomStringConvertible { var description: String }

private func demand(_ condition: Bool, _ text: @autoclosure () -> String) throws {
  if !condition { throw Unmet(description: text()) }
}

/// A file to which lines are added.
private final class LineFile: Sendable {
  /// Below 0 when it could not be opened. A line goes there at once, so that lines do not mix.
  private let descriptor: CInt

  init(_ path: String) { descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600) }

  deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

  func add(_ line: String) {
    let bytes = Array("\(line)\n".utf8)
    if descriptor >= 0 { _ = Glibc.write(descriptor, bytes, bytes.count) }
  }
}
