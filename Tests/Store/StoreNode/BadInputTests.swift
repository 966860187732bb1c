import ClusterConfig
import EtcdAPI
import Foundation
import GRPC
import NIOCore
import NIOPosix
import NIOSSL
import Programs
import SwiftProtobuf
import Testing
import Waiting

/// What no client should send: answered as etcd answers it, and nothing of it happens.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct BadInputTests {
  private struct Case {
    var name: String
    var path: String
    var bytes: [UInt8]
    /// Where etcd's text is the library's, or differs for a reason, only the code is compared.
    var comparesText = true

    init(_ name: String, _ path: String, _ message: any Message, comparesText: Bool = true) {
      self.init(name, path, raw: (try? message.serializedBytes()) ?? [], comparesText: comparesText)
    }

    init(_ name: String, _ path: String, raw: [UInt8], comparesText: Bool = false) {
      (self.name, self.path, bytes, self.comparesText) = (name, path, raw, comparesText)
    }

    func outcome(on connection: GRPCConnection) async -> String {
      do {
        let _: RawMessage = try await connection.unary(path, RawMessage(bytes), timeout: .seconds(60))
        return "ok"
      } catch {
        return comparesText ? "\(error.code): \(error.message)" : "\(error.code)"
      }
    }
  }

  private static func put(_ key: String, _ change: (inout Etcdserverpb_PutRequest) -> Void = { _ in })
    -> Etcdserverpb_RequestOp
  {
    var operation = Etcdserverpb_RequestOp()
    operation.requestPut.key = Data(key.utf8)
    change(&operation.requestPut)
    return operation
  }

  private static func delete(_ key: String, _ end: String = "") -> Etcdserverpb_RequestOp {
    var operation = Etcdserverpb_RequestOp()
    operation.requestDeleteRange.key = Data(key.utf8)
    operation.requestDeleteRange.rangeEnd = Data(end.utf8)
    return operation
  }

  private static func nested(
    _ success: [Etcdserverpb_RequestOp], _ failure: [Etcdserverpb_RequestOp] = []
  ) -> Etcdserverpb_RequestOp {
    var operation = Etcdserverpb_RequestOp()
    operation.requestTxn.success = success
    operation.requestTxn.failure = failure
    return operation
  }

  private static func txn(
    _ name: String, _ success: [Etcdserverpb_RequestOp], _ failure: [Etcdserverpb_RequestOp] = [],
    comparesText: Bool = true
  ) -> Case {
    Case(name, EtcdCall.KV.txn, nested(success, failure).requestTxn, comparesText: comparesText)
  }

  private static func grant(_ name: String, id: Int64, ttl: Int64) -> Case {
    var request = Etcdserverpb_LeaseGrantRequest()
    (request.id, request.ttl) = (id, ttl)
    return Case(name, EtcdCall.Lease.grant, request)
  }

  private static func compact(_ name: String, _ revision: Int64) -> Case {
    var request = Etcdserverpb_CompactionRequest()
    request.revision = revision
    return Case(name, EtcdCall.KV.compact, request)
  }

  private static func range(_ name: String, _ change: (inout Etcdserverpb_RangeRequest) -> Void) -> Case {
    var request = Etcdserverpb_RangeRequest()
    request.key = Data("k".utf8)
    change(&request)
    return Case(name, EtcdCall.KV.range, request)
  }

  /// Refused by etcd, and by ours: none of them may change anything.
  private static let refused: [Case] = {
    var cases = [
      txn("one key put twice", [put("a"), put("b"), put("a")]),
      txn("put and deleted", [put("a"), delete("a")]),
      txn("put within a deleted range", [delete("a", "c"), put("b")]),
      txn("put, and put in a nested one", [put("a"), nested([put("a")])]),
      txn("put in two nested ones", [nested([put("a")]), nested([], [put("a")])]),
      txn("put twice deep inside", [nested([nested([put("a"), put("a")])])]),
      txn("deleted in a nested one", [put("b"), nested([delete("a", "c")])]),
      txn("deleted in one, put in another", [nested([delete("a", "c")]), nested([put("b")])]),
      txn("put twice in the branch that is not taken", [], [put("a"), put("a")]),
      txn("no key", [put("")]), txn("no key in a nested one", [nested([put("")])]),
      txn("no key to delete", [delete("")]),
      txn("too many", (0..<129).map { put("k\($0)") }),
      txn("too many, nested", [nested((0..<128).map { put("k\($0)") })]),
      txn("a lease that is none", [put("a"), put("b") { $0.lease = 999 }]),
      txn("keeps the value of no key", [put("a"), put("none") { $0.ignoreValue = true }]),
      txn("a value to keep, and another", [put("a") { ($0.ignoreValue, $0.value) = (true, Data([1])) }]),
      txn("a lease to keep, and another", [put("a") { ($0.ignoreLease, $0.lease) = (true, 5) }]),
      txn("an operation that is none", [Etcdserverpb_RequestOp()], comparesText: false),
      grant("too long", id: 0, ttl: 9_000_000_001), grant("longest there is", id: 0, ttl: .max),
      grant("lease that exists", id: 5, ttl: 10),
      compact("future", 1000), compact("far future", .max), compact("past", 2), compact("zero", 0),
      compact("negative", -7), compact("most negative", .min),
      range("no key") { $0.key = Data() }, range("future") { $0.revision = .max },
      range("compacted") { $0.revision = 1 },
      Case("put without a key", EtcdCall.KV.put, Etcdserverpb_PutRequest()),
      Case("delete without a key", EtcdCall.KV.deleteRange, Etcdserverpb_DeleteRangeRequest()),
      Case("revoke no lease", EtcdCall.Lease.revoke, Etcdserverpb_LeaseRevokeRequest()),
      Case("no such call", "/etcdserverpb.KV/Nothing", raw: []),
      Case("no such service", "/nothing.At/All", raw: []),
    ]
    var large = Etcdserverpb_PutRequest()
    (large.key, large.value) = (Data([1]), Data(count: 1_600_000))
    cases.append(Case("too large", EtcdCall.KV.put, large))
    var manySmall = (0..<100).map { put("large\($0)") { $0.value = Data(count: 16_000) } }
    manySmall.append(put("last"))
    cases.append(txn("too large together", manySmall))
    let garbage: [[UInt8]] = [
      [0xff], [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f], [0x0a, 5, 1], [0x80], [0x0b], [0x07], [0x00, 0x01],
      [UInt8](repeating: 0xff, count: 100), [0x0a, 2, 1],
    ]
    for path in [EtcdCall.KV.put, EtcdCall.KV.range, EtcdCall.KV.txn, EtcdCall.KV.deleteRange, EtcdCall.Lease.grant] {
      for bytes in garbage { cases.append(Case("garbage \(bytes.prefix(6))", path, raw: bytes)) }
    }
    return cases
  }()

  /// etcd overlooks that a range without an end holds the key; here a revision changes a key once at most.
  private static let refusedHereOnly: [Case] = [
    txn("put within everything", [delete("\0", "\0"), put("b")]),
    txn("put behind the start", [nested([delete("a", "\0")]), put("b")]),
  ]

  /// Odd, and not refused: the answers' codes are compared, and then the whole store.
  private static let accepted: [Case] = {
    var backwards = Etcdserverpb_DeleteRangeRequest()
    (backwards.key, backwards.rangeEnd) = (Data("z".utf8), Data("a".utf8))
    return [
      range("ends before its start") { $0.rangeEnd = Data("a".utf8) }, range("negative limit") { $0.limit = -3 },
      range("negative revision") { $0.revision = -3 },
      range("largest limit") { ($0.limit, $0.rangeEnd) = (.max, Data([0])) },
      range("bounds that cross") { ($0.minModRevision, $0.maxModRevision, $0.rangeEnd) = (9, 2, Data([0])) },
      Case("deletes backwards", EtcdCall.KV.deleteRange, backwards),
      txn("both branches put one key", [put("x")], [put("x")]),
      txn("both branches of a nested one", [nested([put("y")], [put("y")])]),
      txn("deletes twice", [delete("a", "c"), delete("b", "d")]),
      txn("put within a range that ends before its start", [delete("c", "a"), put("b")]),
      txn("empty", []), txn("empty and nested", [nested([nested([])])]),
      grant("negative time to live", id: 21, ttl: -5), grant("no time to live", id: 22, ttl: 0),
      grant("negative id", id: -9, ttl: 100), grant("longest allowed", id: 23, ttl: 9_000_000_000),
      Case("fields of another version", EtcdCall.KV.range, raw: [0x0a, 1, 0x6b, 0xa2, 6, 1, 0]),
    ]
  }()

  private static let preparation: [Case] = {
    [
      txn("one", [put("a"), put("b"), put("k")]), txn("two", [put("b")]), grant("five", id: 5, ttl: 600),
      compact("", 3),
    ]
  }()

  @Test("Codes and texts are etcd's", .enabled(if: EtcdServer.program != nil))
  func asEtcd() async throws {
    let etcd = try EtcdServer()
    let theirs = GRPCConnection(
      target: .tcp(host: "127.0.0.1", port: etcd.port), tls: nil, group: MultiThreadedEventLoopGroup.singleton,
      logger: TestCluster.logger)
    let cluster = try TestCluster(1)
    cluster.start()
    let ours = try cluster.connection("s1")
    try await Self.waitUntilReady(theirs)
    try await Self.waitUntilReady(ours)
    for test in Self.preparation + Self.refused + Self.accepted {
      let (expected, answer) = (await test.outcome(on: theirs), await test.outcome(on: ours))
      #expect(answer == expected, "\(test.name) (\(test.path)): ours \(answer), etcd's \(expected)")
    }
    #expect(try await Self.keys(ours) == Self.keys(theirs))
    await ours.close()
    await theirs.close()
    await etcd.remove()
    await cluster.remove()
  }

  @Test("What is refused changes nothing on any of three members")
  func nothingHappens() async throws {
    try await Self.withCluster { cluster, connections in
      for test in Self.preparation { #expect(await test.outcome(on: connections[0]) == "ok", "\(test.name)") }
      let before = try await Self.state(connections)
      for (number, test) in (Self.refused + Self.refusedHereOnly).enumerated() {
        let outcome = await test.outcome(on: connections[number % 3])
        #expect(outcome != "ok", "\(test.name)")
      }
      #expect(try await Self.state(connections) == before)
    }
  }

  @Test("Connections that are cut, silent, bare or not a client's disturb nobody")
  func connections() async throws {
    try await Self.withCluster { cluster, connections in
      let before = try await Self.state(connections)
      var put = Etcdserverpb_PutRequest()
      (put.key, put.value) = (Data("half".utf8), Data(count: 10_000))
      let whole: [UInt8] = try put.serializedBytes()
      var watch = Etcdserverpb_WatchRequest()
      watch.createRequest.key = Data("half".utf8)
      let create: [UInt8] = try watch.serializedBytes()
      for round in 0..<12 {
        let channel = try await cluster.channel("s\(round % 3 + 1)")
        // A watch, a keep-alive, and a put of which a part has come.
        try await channel.send(
          RawHTTP2.preface + RawHTTP2.call(EtcdCall.Watch.watch, stream: 1) + RawHTTP2.message(create, stream: 1)
            + RawHTTP2.call(EtcdCall.Lease.keepAlive, stream: 3) + RawHTTP2.message([8, 5], stream: 3)
            + RawHTTP2.call(EtcdCall.KV.put, stream: 5) + RawHTTP2.message(whole, upTo: 100 * (round + 1), stream: 5)
            // And half a frame.
            + Array(RawHTTP2.call(EtcdCall.KV.put, stream: 7).prefix(round * 5)))
        if round % 2 == 0 { try await channel.reset() } else { channel.close(promise: nil) }
      }
      // Bytes that are not HTTP/2, and a client that says nothing in clear or behind TLS.
      var idle: [any Channel] = []
      for round in 0..<100 {
        let channel = try await cluster.channel("s\(round % 3 + 1)", isBare: round % 2 == 0)
        if round % 4 == 0 { try? await channel.send(Array("GET / HTTP/1.1\r\n\r\n".utf8)) }
        if round % 4 == 1 { try? await channel.send([UInt8](repeating: UInt8(round), count: 5000)) }
        idle.append(channel)
      }
      for credentials in [TestCluster.Credentials.none, .peer("s2")] {
        let stranger = try cluster.connection("s1", credentials)
        let outcome = await Self.preparation[0].outcome(on: stranger)
        #expect(outcome.hasPrefix("unavailable"), "\(credentials): \(outcome)")
        await stranger.close()
      }
      #expect(try await Self.state(connections) == before)
      for connection in connections { #expect(await Self.preparation[0].outcome(on: connection) == "ok") }
      for channel in idle { try await channel.reset() }
    }
  }

  @Test("Ten thousand watches of a client that reads nothing take bounded memory, and hold nobody up")
  func unreadWatches() async throws {
    try await Self.withCluster { _, connections in
      let stream: GRPCClientStream<Etcdserverpb_WatchRequest, RawMessage> =
        try await connections[1].stream(EtcdCall.Watch.watch, waitForReady: true)
      let sender = Task {
        for id in Int64(1)...10_000 {
          var request = Etcdserverpb_WatchRequest()
          (request.createRequest.key, request.createRequest.watchID) = (Data("w".utf8), id)
          try await stream.send(request)
        }
      }
      let before = Self.residentBytes
      var value = Etcdserverpb_PutRequest()
      (value.key, value.value) = (Data("w".utf8), Data(count: 100_000))
      let put = Case("", EtcdCall.KV.put, value)
      // To all watches this is 20 GB.
      for _ in 0..<20 { #expect(await put.outcome(on: connections[0]) == "ok") }
      #expect(Self.residentBytes - before < 600 << 20, "\(Self.residentBytes - before >> 20) MiB more")
      sender.cancel()
      stream.cancel()
      _ = await sender.result
    }
  }

  // MARK: -

  private static var residentBytes: Int {
    let statistics = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    return (statistics.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
  }

  private static func withCluster(_ body: (TestCluster, [GRPCConnection]) async throws -> Void) async throws {
    let cluster = try TestCluster(3)
    cluster.start()
    var connections: [GRPCConnection] = []
    var failure: (any Error)?
    do {
      connections = try cluster.names.map { try cluster.connection($0) }
      for connection in connections { try await waitUntilReady(connection) }
      try await body(cluster, connections)
    } catch {
      failure = error
    }
    for name in cluster.names { #expect(cluster.failure(of: name) == nil) }
    for connection in connections { await connection.close() }
    await cluster.remove()
    if let failure { throw failure }
  }

  private static func waitUntilReady(_ connection: GRPCConnection) async throws {
    let read = range("ready") { _ in }
    try await eventually("it is ready") { await read.outcome(on: connection) == "ok" }
  }

  private static func keys(_ connection: GRPCConnection) async throws -> Etcdserverpb_RangeResponse {
    var request = Etcdserverpb_RangeRequest()
    (request.key, request.rangeEnd) = (Data([0]), Data([0]))
    var response: Etcdserverpb_RangeResponse = try await connection.unary(
      EtcdCall.KV.range, request, timeout: .seconds(60))
    (response.header.clusterID, response.header.memberID, response.header.raftTerm) = (0, 0, 0)
    return response
  }

  private struct State: Hashable {
    var revision: Int64
    var hash: UInt32
    var leases: Int
  }

  /// Each member's, once it has all that the others have.
  private static func state(_ connections: [GRPCConnection]) async throws -> [State] {
    var states: [State] = []
    for connection in connections {
      let revision = try await keys(connection).header.revision
      let hash: Etcdserverpb_HashKVResponse = try await connection.unary(
        EtcdCall.Maintenance.hashKV, Etcdserverpb_HashKVRequest(), timeout: .seconds(60))
      let leases: Etcdserverpb_LeaseLeasesResponse = try await connection.unary(
        EtcdCall.Lease.leases, Etcdserverpb_LeaseLeasesRequest(), timeout: .seconds(60))
      states.append(State(revision: revision, hash: hash.hash, leases: leases.leases.count))
    }
    #expect(Set(states).count == 1, "\(states)")
    return states
  }
}
