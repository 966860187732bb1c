import ClusterConfig
import EtcdAPI
import Foundation
import FreePorts
import Logging
import MVCC
import Metrics
import NIOPosix
import Programs
import RaftTransport
import StoreNode
import Synchronization
import Testing
import Waiting

/// Members that come and go while clients write: real replicas over TLS.
@Suite(.serialized, .timeLimit(.minutes(5))) struct MembershipTests {
  /// Three members become five and three again, the first leader among those that leave. What was acknowledged to
  /// anybody meanwhile is there afterwards, and after a start of all whose files still say otherwise.
  @Test func threeBecomeFiveAndThreeAgain() async throws {
    try await withMembers(5, initial: 3) { members in
      try await members.start(["s1", "s2", "s3"])
      let writing = Writing(members)
      try await writing.run(at: ["s2", "s3"]) {
        for (name, at) in [("s4", "s1"), ("s5", "s3")] { try await members.add(name, at: at) }
        try await members.start(["s4", "s5"]) { $0.joins = true }
        try await members.untilVoters(["s1", "s2", "s3", "s4", "s5"], at: ["s1", "s2", "s3", "s4", "s5"])
        for name in ["s4", "s5"] { _ = try await members.put("from \(name)", "x", at: name) }
        // The leader removes itself, at its own request.
        let leader = try await members.leader(among: ["s1", "s2", "s3", "s4", "s5"])
        let leaving = [leader, "s1", "s2", "s3"].reduce(into: [String]()) { names, name in
          if !names.contains(name), names.count < 2 { names.append(name) }
        }
        for name in leaving { try await members.remove(name, at: name) }
        let staying = ["s1", "s2", "s3", "s4", "s5"].filter { !leaving.contains($0) }
        try await members.untilVoters(staying, at: staying)
        for name in leaving {
          try await members.until("\(name) stops") { members.messages(name).contains("the replica stops") }
          await members.stop(name)
          let refusal = await #expect(throws: StoreStartError.self) { try await members.start([name]) }
          #expect("\(refusal as Any)".contains("was removed"), "\(refusal as Any)")
        }
        members.note(staying: staying)
        try await members.until("more than fifty writes are acknowledged") { writing.acknowledged.count > 50 }
      }
      let staying = members.staying
      try await members.expect(writing.acknowledged, at: staying)
      for name in staying { await members.stop(name) }
      // As if nothing had been changed in the file that the first three were started with.
      try await members.start(staying)
      try await members.untilVoters(staying, at: staying)
      try await members.expect(writing.acknowledged, at: staying)
      _ = try await members.put("afterwards", "x", at: staying[0])
    }
  }

  @Test func aDeadMemberIsReplacedInOneStep() async throws {
    try await withMembers(4, initial: 3) { members in
      try await members.start(["s1", "s2", "s3"])
      for index in 0..<120 { _ = try await members.put("key\(index)", "\(index)", at: "s1") }
      await members.stop("s3")
      _ = try await members.node("s1").memberAdd(
        peerURLs: [members.peerURL("s4")], isLearner: false, replacing: "s3")
      let list = await members.node("s1").members()
      #expect(list.count == 4 && list.filter(\.isLearner).count == 1, "\(list)")
      // Its host's supervisor knows nothing of all this and just starts what the file gives the host.
      try await members.start(["s4"])
      try await members.untilVoters(["s1", "s2", "s4"], at: ["s1", "s2", "s4"])
      await members.stop("s1")
      _ = try await members.put("with the new one", "x", at: "s4")
      let values = try await members.node("s4").range(RangeRequest(.all)).keyValues
      #expect(values.count == 121)
      // The one that was replaced comes back and is told.
      try await members.start(["s3"])
      try await members.until("s3 stops") { members.messages("s3").contains("the replica stops") }
      try await members.until("s3 says why") {
        await members.node("s3").status().errors.contains { $0.contains("was removed") }
      }
    }
  }

  /// A machine is rebuilt from nothing and takes its own place: same name, same address, new member. Whether it is told to
  /// join, or just starts.
  @Test(arguments: [true, false]) func aRebuiltMachineTakesItsOwnPlace(isToldToJoin: Bool) async throws {
    try await withMembers(3, initial: 3) { members in
      try await members.start(["s1", "s2", "s3"])
      for index in 0..<20 { _ = try await members.put("key\(index)", "x", at: "s1") }
      try await members.untilPublished(3)
      await members.stop("s3")
      try FileManager.default.removeItem(atPath: members.cluster.dataPath("s3"))
      let old = try #require(await members.node("s1").members().first { $0.name == "s3" })
      let new = try await members.node("s2").memberAdd(
        peerURLs: [members.peerURL("s3")], isLearner: false, replacing: String(old.id, radix: 16))
      try await members.start(["s3"]) { $0.joins = isToldToJoin }
      try await members.untilVoters(["s1", "s2", "s3"], at: ["s1", "s2", "s3"])
      let ids = await members.node("s3").members().map(\.id)
      #expect(ids.contains(new.id) && !ids.contains(old.id))
      await members.stop("s1")
      _ = try await members.put("after", "x", at: "s3")
      // Emptied a second time, it is a member that has taken part: it cannot simply begin again, and can rejoin.
      try await members.start(["s1"])
      await members.stop("s3")
      try FileManager.default.removeItem(atPath: members.cluster.dataPath("s3"))
      let refusal = await #expect(throws: StoreStartError.self) { try await members.start(["s3"]) }
      #expect("\(refusal as Any)".contains("--rejoin"), "\(refusal as Any)")
      try await members.start(["s3"]) { $0.rejoins = true }
      try await members.until("s3 votes again") {
        members.messages("s3").contains("caught up with what was lost, voting again")
      }
      await members.stop("s2")
      _ = try await members.put("after all", "x", at: "s3")
    }
  }

  /// Who has read less of the log than others does not know the leader as a member yet, and gets the rest from it.
  @Test func aLeaderIsLetInWhomTheLogHasNotNamedYet() async throws {
    try await withMembers(4, initial: 3) { members in
      // The new one is to stay the leader: five seconds without a word make another.
      func isPatient(_ configuration: inout StoreNodeConfiguration) { configuration.electionTicks = 250 }
      try await members.start(["s1", "s2", "s3"], adjust: isPatient)
      try await members.untilPublished(3)
      await members.stop("s3")
      try await members.add("s4", at: "s1")
      try await members.start(["s4"], adjust: isPatient)
      try await members.untilVoters(["s1", "s2", "s3", "s4"], at: ["s1", "s4"])
      try await members.untilLeading("s4", at: "s1")
      _ = try await members.put("key", "x", at: "s4")
      try await members.start(["s3"], adjust: isPatient)
      var request = RangeRequest(.all)
      request.isSerializable = true
      let whatIsThere = request
      try await members.until("s3 has read on") { try await members.node("s3").range(whatIsThere).count == 1 }
      #expect(await members.node("s1").status().leader == members.node("s4").identity.memberID)
    }
  }

  /// An emptied disk is filled by a leader that has taken its own place since the cluster began; the log is read piece by
  /// piece, and its beginning names the leader's predecessor.
  @Test func anEmptiedDiskIsFilledByAReplacedLeader() async throws {
    try await withMembers(3, initial: 3) { members in
      func keepsLog(_ configuration: inout StoreNodeConfiguration) { configuration.snapshotEntries = 1 << 30 }
      try await members.start(["s1", "s2", "s3"], adjust: keepsLog)
      try await members.untilPublished(3)
      let value = String(repeating: "x", count: 500_000)
      for index in 0..<20 { _ = try await members.put("key\(index)", value, at: "s1") }
      await members.stop("s3")
      try FileManager.default.removeItem(atPath: members.cluster.dataPath("s3"))
      _ = try await members.node("s1").memberAdd(peerURLs: [members.peerURL("s3")], isLearner: false, replacing: "s3")
      try await members.start(["s3"], adjust: keepsLog)
      try await members.untilVoters(["s1", "s2", "s3"], at: ["s1", "s3"])
      try await members.untilLeading("s3", at: "s1")
      await members.stop("s2")
      try FileManager.default.removeItem(atPath: members.cluster.dataPath("s2"))
      try await members.start(["s2"]) { configuration in
        keepsLog(&configuration)
        configuration.rejoins = true
      }
      try await members.until("s2 votes again") {
        members.messages("s2").contains("caught up with what was lost, voting again")
      }
      #expect(try await members.node("s2").range(RangeRequest(.all)).count == 20)
    }
  }

  /// A host may be there before it is added; one member becomes three, far enough behind to need a snapshot.
  @Test func oneMemberBecomesThree() async throws {
    try await withMembers(3, initial: 1) { members in
      try await members.start(["s1"])
      for index in 0..<300 { _ = try await members.put("key\(index)", "x", at: "s1") }
      let refusal = await #expect(throws: StoreStartError.self) { try await members.start(["s2"]) }
      #expect("\(refusal as Any)".contains("member add"), "\(refusal as Any)")
      async let joined: Void = members.start(["s2", "s3"]) { $0.joins = true }
      try await members.until("s3 is no member yet") {
        members.messages("s3").contains { $0.contains("no member yet") }
      }
      try await members.add("s2", at: "s1")
      try await members.add("s3", at: "s1")
      try await joined
      try await members.untilVoters(["s1", "s2", "s3"], at: ["s1", "s2", "s3"])
      try await members.until("s2 says that it was given a snapshot") {
        members.messages("s2").contains("installed a leader's snapshot")
      }
      await members.stop("s1")
      _ = try await members.put("without the first", "x", at: "s2")
      try await members.start(["s1"])
      try await members.untilVoters(["s1", "s2", "s3"], at: ["s1"])
    }
  }

  @Test func learnersStayUntilTheyArePromoted() async throws {
    try await withMembers(4, initial: 3) { members in
      try await members.start(["s1", "s2", "s3"])
      let learner = try await members.node("s2").memberAdd(
        peerURLs: [members.peerURL("s4")], isLearner: true, replacing: nil)
      await #expect(throws: StoreError.learnerNotReady) { try await members.node("s1").memberPromote(learner.id) }
      try await members.start(["s4"])
      try await members.until("s4 is a learner") { await members.node("s4").status().isLearner }
      _ = try await members.put("key", "x", at: "s4")
      try await members.until("s1 has no trouble") { await members.node("s1").status().errors.isEmpty }
      try await members.until("s4 has caught up") {
        do {
          try await members.node("s4").memberPromote(learner.id)
          return true
        } catch StoreError.learnerNotReady {
          return false
        }
      }
      try await members.untilVoters(["s1", "s2", "s3", "s4"], at: ["s1", "s4"])
      await #expect(throws: StoreError.member(.notLearner)) { try await members.node("s1").memberPromote(learner.id) }
      try await members.until("s2 has a trouble") {
        await members.node("s2").status().errors.contains { $0.contains("4 voters are an even number") }
      }
      try await members.until("s3 says so") { members.messages("s3").contains { $0.contains("even number") } }
    }
  }

  @Test func badRequestsAreRefusedWithEtcdsWords() async throws {
    try await withMembers(3, initial: 1) { members in
      try await members.start(["s1"])
      try await members.untilPublished(1)
      let node = members.node("s1")
      let own = try #require(await node.members().first)
      func add(_ urls: [String], replacing: String? = nil) async throws {
        _ = try await node.memberAdd(peerURLs: urls, isLearner: false, replacing: replacing)
      }
      for garbage in ["garbage", "", "https://", "https://127.0.0.1", "https://127.0.0.1:0", "https://127.0.0.1:1/x"] {
        await #expect(throws: StoreError.badMemberURLs(nil), "\(garbage)") { try await add([garbage]) }
      }
      await #expect(throws: StoreError.badMemberURLs(nil)) { try await add([]) }
      for (url, why) in [("http://127.0.0.1:1", "TLS"), ("https://example.org:2380", "IPv4")] {
        let error = await #expect(throws: StoreError.self) { try await add([url]) }
        #expect(error?.message.contains(why) == true, "\(error as Any)")
      }
      await #expect(throws: StoreError.member(.peerURLExists)) { try await add([members.peerURL("s1")]) }
      await #expect(throws: StoreError.memberNotFound) { try await add([members.peerURL("s2")], replacing: "nobody") }
      await #expect(throws: StoreError.member(.notFound)) { try await node.memberRemove(77) }
      await #expect(throws: StoreError.member(.notFound)) { try await node.memberPromote(77) }
      await #expect(throws: StoreError.member(.notFound)) {
        try await node.memberUpdate(77, peerURLs: [members.peerURL("s2")])
      }
      await #expect(throws: StoreError.member(.lastVoter)) { try await node.memberRemove(own.id) }
      await #expect(throws: StoreError.member(.notLearner)) { try await node.memberPromote(own.id) }
      #expect(await node.members() == [own])
      _ = try await members.put("key", "x", at: "s1")
    }
  }

  private func withMembers(
    _ count: Int, initial: Int, _ body: (Members) async throws -> Void
  ) async throws {
    let cluster = try TestCluster(count)
    let members = Members(cluster, initial: Array(cluster.names.prefix(initial)))
    do {
      try await body(members)
    } catch {
      await members.stopAll()
      await cluster.remove()
      throw error
    }
    await members.stopAll()
    await cluster.remove()
  }
}

/// Replicas in this process. The file of those that the cluster begins with lists only them; that of the others all.
private final class Members: Sendable {
  private struct State {
    var nodes: [String: StoreNode] = [:]
    var messages: [String: [String]] = [:]
    var staying: [String] = []
  }

  let cluster: TestCluster
  private let initial: [String]
  private let state = Mutex(State())

  init(_ cluster: TestCluster, initial: [String]) {
    self.cluster = cluster
    self.initial = initial
  }

  var staying: [String] { state.withLock { $0.staying } }
  func note(staying: [String]) { state.withLock { $0.staying = staying } }

  func peerURL(_ name: String) -> String {
    "https://\(cluster.config.host(named: name)!.address):\(cluster.config.ports.storePeer)"
  }

  func start(_ names: [String], adjust: (inout StoreNodeConfiguration) -> Void = { _ in }) async throws {
    for name in names {
      var config = cluster.config
      if initial.contains(name) { config.hosts.removeAll { !initial.contains($0.name) } }
      var configuration = try #require(
        StoreNodeConfiguration(config, host: name, dataPath: cluster.dataPath(name)))
      configuration.snapshotEntries = 50
      configuration.trailingEntries = 10
      configuration.followerLogBytes = 0
      configuration.segmentSize = 16384
      configuration.tickMilliseconds = 20
      adjust(&configuration)
      var logger = Logger(label: "test") { _ in
        MessageRecorder { message in self.state.withLock { $0.messages[name, default: []].append(message) } }
      }
      logger.logLevel = .info
      let node = StoreNode(configuration: configuration, metrics: NOOPMetricsHandler.instance, logger: logger)
      state.withLock { $0.nodes[name] = node }
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for name in names {
        group.addTask {
          try await FreePorts.whenFree {
            try await self.node(name).start(
              credentials: try PeerCredentials(files: self.cluster.certificates.host(name)),
              loops: PeerLoops(streams: MultiThreadedEventLoopGroup.singleton.next()))
          }
        }
      }
      try await group.waitForAll()
    }
  }

  func node(_ name: String) -> StoreNode { state.withLock { $0.nodes[name]! } }

  func running(_ name: String) -> StoreNode? { state.withLock { $0.nodes[name] } }

  func messages(_ name: String) -> [String] { state.withLock { $0.messages[name] ?? [] } }

  func stop(_ name: String) async {
    guard let node = state.withLock({ $0.nodes.removeValue(forKey: name) }) else { return }
    await node.stop()
  }

  func stopAll() async { for name in cluster.names { await stop(name) } }

  func put(_ key: String, _ value: String, at name: String) async throws -> Int64 {
    try await node(name).propose(.put(PutRequest(key: Array(key.utf8), value: Array(value.utf8)))).revision
  }

  func add(_ name: String, at other: String) async throws {
    _ = try await node(other).memberAdd(peerURLs: [peerURL(name)], isLearner: false, replacing: nil)
  }

  func remove(_ name: String, at other: String) async throws {
    let member = try #require(await node(other).members().first { $0.name == name })
    try await node(other).memberRemove(member.id)
  }

  func leader(among names: [String]) async throws -> String {
    try await eventually("one of \(names) leads") {
      for name in names {
        let status = await node(name).status()
        if status.leader == status.identity.memberID { return name }
      }
      return nil
    }
  }

  /// Waits until these agree on who votes, by name.
  func untilVoters(_ names: [String], at places: [String]) async throws {
    try await until("\(places) have the voters \(names)") {
      for place in places {
        let members = await self.node(place).members()
        guard members.filter({ !$0.isLearner }).map(\.name).sorted() == names, members.count == names.count else {
          return false
        }
      }
      return true
    }
  }

  /// Makes it the leader, by asking another one.
  func untilLeading(_ name: String, at other: String) async throws {
    let id = node(name).identity.memberID
    try await until("\(name) leads") {
      if await self.node(other).status().leader == id { return true }
      try? await self.node(other).moveLeader(to: id)
      return false
    }
  }

  /// Waits until so many have told where clients reach them.
  func untilPublished(_ count: Int) async throws {
    try await until("\(count) members are published") {
      await self.node("s1").members().filter { !$0.clientURLs.isEmpty }.count == count
    }
  }

  func expect(_ keys: [String], at names: [String]) async throws {
    for name in names {
      let values = try await node(name).range(RangeRequest(.all)).keyValues
      let found = Set(values.map { String(decoding: $0.key, as: UTF8.self) })
      let lost = keys.filter { !found.contains($0) }
      #expect(lost.isEmpty, "\(name) has lost \(lost.prefix(5))")
    }
  }

  func until(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
  ) async throws {
    try await eventually(
      what, sourceLocation: sourceLocation, detail: { "\(state.withLock { $0.messages })" }, condition)
  }
}

/// Clients that write all the time and note what they were told.
private final class Writing: Sendable {
  private let members: Members
  private let keys = Mutex<[String]>([])
  private let isOver = Atomic<Bool>(false)

  init(_ members: Members) { self.members = members }

  var acknowledged: [String] { keys.withLock { $0 } }

  func run(at places: [String], during body: () async throws -> Void) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in 0..<4 {
        group.addTask { [self] in
          var number = 0
          while !isOver.load(ordering: .relaxed) {
            let key = "\(client)/\(number)"
            number += 1
            // A replica that was removed takes nothing any more: the next one does.
            for place in [places[client % places.count], "s4", "s5", "s3", "s2", "s1"] {
              guard let node = members.running(place) else { continue }
              let put = PutRequest(key: Array(key.utf8), value: [1])
              guard (try? await node.propose(.put(put))) != nil else { continue }
              keys.withLock { $0.append(key) }
              break
            }
            try await Task.sleep(for: .milliseconds(5))
          }
        }
      }
      defer { isOver.store(true, ordering: .relaxed) }
      try await body()
    }
  }
}

private struct MessageRecorder: LogHandler {
  let record: @Sendable (String) -> Void
  var metadata: Logger.Metadata = [:]
  var logLevel = Logger.Level.info

  init(_ record: @escaping @Sendable (String) -> Void) { self.record = record }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) { record("\(event.message)") }
}
