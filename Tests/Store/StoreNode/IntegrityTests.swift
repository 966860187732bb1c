import ClusterConfig
import Foundation
import FreePorts
import MVCC
import Metrics
import StoreNode
import Synchronization
import Testing
import Waiting

/// A replica whose state is wrong takes itself out, says so everywhere, and comes back by one command.
@Suite(.enabled(if: TestCluster.hasEtcdctl), .serialized, .timeLimit(.minutes(5))) struct IntegrityTests {
  @Test(arguments: [false, true]) func aDivergedReplicaTakesItselfOut(_ isLeader: Bool) async throws {
    try await withStores { stores in
      for index in 0..<20 { try await stores.put("key\(index)", at: "s1") }
      let culprit = try await stores.one(leading: isLeader)
      let healthy = stores.cluster.names.filter { $0 != culprit }
      let node = stores.node(culprit)
      let watch = node.openWatchStream()
      await watch.create(WatchRequest(.all))
      let term = stores.node(healthy[0]).header().raftTerm
      node.injectDivergence()
      try await stores.put("after", at: healthy[0])
      try await stores.until("it takes itself out") { node.refusal == .diverged }

      // It answers nobody, whatever the question.
      await #expect(throws: StoreError.diverged) { try await stores.put("refused", at: culprit) }
      await #expect(throws: StoreError.diverged) {
        var request = RangeRequest(.all)
        request.isSerializable = true
        _ = try await node.range(request)
      }
      await #expect(throws: StoreError.diverged) { try await node.linearizableBarrier() }
      await #expect(throws: StoreError.diverged) { try await node.leaseGrant(id: 0, timeToLive: 60) }
      while await watch.next() != nil {}
      let late = node.openWatchStream()
      await late.create(WatchRequest(.all))
      #expect(await late.next() == nil)
      let refused = try await stores.cluster.etcdctl(["put", "a", "b"], endpoints: [culprit])
      #expect(refused.code != 0 && refused.output.contains("apus store --rebuild"), "\(refused.output)")

      // It says so where one looks.
      let status = try await stores.cluster.etcdctl(["endpoint", "status", "-w", "json"], endpoints: [culprit])
      #expect(status.code == 0 && status.output.contains("--rebuild"), "\(status.output)")
      for name in stores.cluster.names {
        try await stores.until("\(name) lists the alarm") {
          await stores.node(name).alarms() == [StoreAlarm(member: node.identity.memberID, kind: .corrupt)]
        }
        let alarms = try await stores.cluster.etcdctl(["alarm", "list"], endpoints: [name])
        #expect(alarms.output == "memberID:\(node.identity.memberID) alarm:CORRUPT \n", "\(alarms.output)")
      }
      let disarm = try await stores.cluster.etcdctl(["alarm", "disarm"], endpoints: [healthy[0]])
      #expect(disarm.code != 0 && disarm.output.contains("goes by itself"), "\(disarm.output)")

      // The others go on, without it.
      try await stores.until("the others elect one of them") {
        let leader = await stores.node(healthy[0]).status().leader
        return leader != 0 && leader != node.identity.memberID
      }
      if isLeader { #expect(stores.node(healthy[0]).header().raftTerm == term + 1, "the leadership was handed over") }
      for index in 0..<10 { try await stores.put("without\(index)", at: healthy[index % 2]) }

      // A start does not bring it back, and the process lives to say so.
      await stores.stop(culprit)
      stores.start([culprit])
      try await stores.until("it is out of service again") { stores.node(culprit).refusal == .diverged }
      let again = try await stores.untilAnswered(["endpoint", "status", "-w", "json"], at: culprit)
      #expect(again.contains("--rebuild"), "\(again)")

      // One command does.
      await stores.stop(culprit)
      stores.start([culprit], rebuilds: true)
      try await stores.until("it serves again") {
        (try? await stores.node(culprit).range(RangeRequest(.all)).keyValues.count) == 31
      }
      let aside = try FileManager.default.contentsOfDirectory(atPath: stores.cluster.path)
        .filter { $0.hasPrefix("\(culprit).aside-") }
      #expect(aside.count == 1)
      try await stores.put("with it", at: culprit)
      try await stores.until("all is well") {
        var alarms: [StoreAlarm] = []
        for name in stores.cluster.names { alarms += await stores.node(name).alarms() }
        return alarms.isEmpty
      }
      // The flag again, as a supervisor would: nothing is moved a second time.
      await stores.stop(culprit)
      stores.start([culprit], rebuilds: true)
      try await stores.until("it serves") { (try? await stores.node(culprit).linearizableBarrier()) != nil }
      let names = try FileManager.default.contentsOfDirectory(atPath: stores.cluster.path)
      #expect(names.filter { $0.hasPrefix("\(culprit).aside-") }.count == 1)
    }
  }

  /// Without everybody's word nothing is moved.
  @Test func aRebuildNeedsTheOthers() async throws {
    try await withStores { stores in
      try await stores.put("key", at: "s1")
      await stores.stop("s2")
      await stores.stop("s3")
      stores.start(["s2"], rebuilds: true)
      guard case .failure(let error) = await stores.ending(of: "s2") else {
        Issue.record("it was rebuilt out of nothing")
        return
      }
      #expect("\(error)".contains("cannot rejoin"), "\(error)")
      #expect(FileManager.default.fileExists(atPath: "\(stores.cluster.dataPath("s2"))/identity"))
      stores.start(["s2"])
      try await stores.until("it serves as before") { (try? await stores.put("again", at: "s2")) != nil }
    }
  }

  private func withStores(_ body: (Stores) async throws -> Void) async throws {
    let cluster = try TestCluster(3)
    let stores = Stores(cluster)
    do {
      stores.start(cluster.names)
      try await stores.until("it serves") {
        for name in cluster.names where (try? await stores.node(name).linearizableBarrier()) == nil { return false }
        return true
      }
      try await body(stores)
    } catch {
      await stores.stopAll()
      await cluster.remove()
      throw error
    }
    await stores.stopAll()
    await cluster.remove()
  }
}

/// The stores of a cluster as processes run them, with their nodes at hand.
final class Stores: Sendable {
  private struct State {
    var nodes: [String: StoreNode] = [:]
    var running: [String: Task<Void, any Error>] = [:]
  }

  let cluster: TestCluster
  private let state = Mutex(State())

  init(_ cluster: TestCluster) { self.cluster = cluster }

  func start(
    _ names: [String], rebuilds: Bool = false, metrics: any MetricsFactory = NOOPMetricsHandler.instance,
    exposition: @escaping @Sendable () -> String = { "" },
    adjust: (@Sendable (inout StoreNodeConfiguration) -> Void)? = nil
  ) {
    for name in names {
      var options = StoreNodeProcess.Options(
        cluster: cluster.config, host: name, certificates: cluster.certificates, dataPath: cluster.dataPath(name),
        rebuilds: rebuilds, exposition: exposition)
      options.onStart = { node in self.state.withLock { $0.nodes[name] = node } }
      options.adjust = adjust
      let process = StoreNodeProcess(options: options, metrics: metrics, logger: TestCluster.logger)
      // Before the task begins, which puts the new one there.
      state.withLock { $0.nodes[name] = nil }
      let task = Task { try await FreePorts.whenFree { try await process.run() } }
      state.withLock { $0.running[name] = task }
    }
  }

  /// A node that has not been made yet is one that is not there.
  func node(_ name: String) -> StoreNode {
    state.withLock { $0.nodes[name] }
      ?? StoreNode(
        configuration: StoreNodeConfiguration(cluster.config, host: name, dataPath: "/nonexistent")!,
        metrics: NOOPMetricsHandler.instance, logger: TestCluster.logger)
  }

  @discardableResult
  func stop(_ name: String) async -> Result<Void, any Error> {
    guard let task = state.withLock({ $0.running.removeValue(forKey: name) }) else { return .success(()) }
    task.cancel()
    return await task.result
  }

  func ending(of name: String) async -> Result<Void, any Error> {
    guard let task = state.withLock({ $0.running[name] }) else { return .success(()) }
    return await task.result
  }

  func stopAll() async { for name in cluster.names { await stop(name) } }

  /// Somebody who leads, or does not.
  func one(leading: Bool) async throws -> String {
    try await eventually("a leader is known") { () -> String? in
      let leader = await node("s1").status().leader
      guard leader != 0 else { return nil }
      return cluster.names.first { (node($0).identity.memberID == leader) == leading }
    }
  }

  func put(_ key: String, _ value: [UInt8] = [], at name: String) async throws {
    _ = try await node(name).propose(.put(PutRequest(key: Array(key.utf8), value: value)))
  }

  func until(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, _ condition: () async throws -> Bool
  ) async throws {
    try await eventually(what, sourceLocation: sourceLocation, condition)
  }

  /// The output of an etcdctl that gets through.
  func untilAnswered(_ arguments: [String], at name: String) async throws -> String {
    var output = ""
    try await until("\(name) answers") {
      let (text, code) = try await cluster.etcdctl(arguments, endpoints: [name])
      output = text
      return code == 0
    }
    return output
  }
}
