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

/// The same calls to a replica of ours and to the machine's own etcd, answer by answer.
@Suite(.enabled(if: EtcdServer.program != nil), .serialized, .timeLimit(.minutes(5)))
struct EtcdConformanceTests {
  private typealias Call = @Sendable (GRPCConnection) async -> String

  private func key(_ text: String) -> Data { Data(text.utf8) }

  /// A unary call, its answer as text: the message without what differs between clusters, or the error.
  private func call<Request: Message, Response: Message>(
    _ path: String, _ request: Request, as response: Response.Type, strip: @escaping @Sendable (inout Response) -> Void
  ) -> Call {
    { connection in
      do {
        var answer: Response = try await connection.unary(path, request, timeout: .seconds(60), waitForReady: true)
        strip(&answer)
        return answer.textFormatString()
      } catch {
        return "\(error)"
      }
    }
  }

  private func put(_ name: String, _ value: String, _ change: (inout Etcdserverpb_PutRequest) -> Void = { _ in })
    -> Call
  {
    var request = Etcdserverpb_PutRequest()
    request.key = self.key(name)
    request.value = self.key(value)
    change(&request)
    return self.call(EtcdCall.KV.put, request, as: Etcdserverpb_PutResponse.self) { $0.header.strip() }
  }

  private func range(
    _ from: String, _ to: String = "", _ change: (inout Etcdserverpb_RangeRequest) -> Void = { _ in }
  ) -> Call {
    var request = Etcdserverpb_RangeRequest()
    request.key = self.key(from)
    request.rangeEnd = self.key(to)
    change(&request)
    return self.call(EtcdCall.KV.range, request, as: Etcdserverpb_RangeResponse.self) { $0.header.strip() }
  }

  private func delete(_ from: String, _ to: String = "", previous: Bool = false) -> Call {
    var request = Etcdserverpb_DeleteRangeRequest()
    request.key = self.key(from)
    request.rangeEnd = self.key(to)
    request.prevKv = previous
    return self.call(EtcdCall.KV.deleteRange, request, as: Etcdserverpb_DeleteRangeResponse.self) { $0.header.strip() }
  }

  private func txn(_ change: (inout Etcdserverpb_TxnRequest) -> Void) -> Call {
    var request = Etcdserverpb_TxnRequest()
    change(&request)
    return self.call(EtcdCall.KV.txn, request, as: Etcdserverpb_TxnResponse.self) { $0.header.strip() }
  }

  private func compact(_ revision: Int64) -> Call {
    var request = Etcdserverpb_CompactionRequest()
    request.revision = revision
    request.physical = true
    return self.call(EtcdCall.KV.compact, request, as: Etcdserverpb_CompactionResponse.self) { $0.header.strip() }
  }

  private func compare(_ name: String, _ change: (inout Etcdserverpb_Compare) -> Void) -> Etcdserverpb_Compare {
    var compare = Etcdserverpb_Compare()
    compare.key = self.key(name)
    change(&compare)
    return compare
  }

  private func putOperation(_ name: String, _ value: String) -> Etcdserverpb_RequestOp {
    var operation = Etcdserverpb_RequestOp()
    operation.requestPut.key = self.key(name)
    operation.requestPut.value = self.key(value)
    return operation
  }

  private func rangeOperation(_ from: String, _ to: String = "") -> Etcdserverpb_RequestOp {
    var operation = Etcdserverpb_RequestOp()
    operation.requestRange.key = self.key(from)
    operation.requestRange.rangeEnd = self.key(to)
    return operation
  }

  private func deleteOperation(_ from: String, _ to: String = "") -> Etcdserverpb_RequestOp {
    var operation = Etcdserverpb_RequestOp()
    operation.requestDeleteRange.key = self.key(from)
    operation.requestDeleteRange.rangeEnd = self.key(to)
    operation.requestDeleteRange.prevKv = true
    return operation
  }

  // MARK: Keys

  @Test("Keys, ranges, transactions, compaction: every answer is etcd's")
  func keys() async throws {
    let calls: [Call] = [
      self.range("none"), self.put("a", "1"), self.put("a", "2") { $0.prevKv = true }, self.put("b", "3"),
      self.put("", "x"), self.put("c", "v") { $0.ignoreValue = true }, self.put("c", "") { $0.ignoreValue = true },
      self.put("a", "") {
        $0.ignoreValue = true; $0.prevKv = true
      }, self.put("a", "l") { $0.lease = 77 },
      self.put("a", "z") {
        $0.ignoreLease = true; $0.lease = 3
      }, self.put("n", "z") { $0.ignoreLease = true },
      self.range("a"), self.range("a", "\0"), self.range("\0", "\0"), self.range("b", "a"), self.range(""),
      self.range("a", "z") { $0.limit = 1 }, self.range("a", "z") { $0.countOnly = true },
      self.range("a", "z") { $0.keysOnly = true }, self.range("a") { $0.revision = 2 },
      self.range("a") { $0.revision = 1_000 }, self.range("a") { $0.revision = 1 },
      self.range("a", "z") { $0.sortOrder = .descend }, self.range("a", "z") { $0.sortTarget = .mod },
      self.range("a", "z") {
        $0.sortTarget = .value; $0.sortOrder = .descend; $0.limit = 1
      },
      self.range("a", "z") { $0.minModRevision = 4 },
      self.range("a", "z") { $0.maxCreateRevision = 2 }, self.range("a") { $0.serializable = true },
      self.delete("none"), self.delete(""), self.delete("b", previous: true), self.range("b"),
      self.txn { _ in }, self.txn { $0.success = [self.rangeOperation("a", "z")] },
      self.txn { txn in
        txn.compare = [
          self.compare("a") {
            $0.target = .value; $0.value = self.key("2")
          }
        ]
        txn.success = [self.putOperation("t", "yes"), self.rangeOperation("t"), self.deleteOperation("a")]
        txn.failure = [self.putOperation("t", "no")]
      },
      self.txn { txn in
        txn.compare = [
          self.compare("nokey") {
            $0.target = .version; $0.version = 0
          }
        ]
        txn.success = [self.putOperation("t", "yes"), self.putOperation("t", "again")]
      },
      self.txn { txn in
        txn.compare = [
          self.compare("nokey") {
            $0.target = .value; $0.value = Data(); $0.result = .notEqual
          }
        ]
        txn.success = [self.putOperation("u", "yes")]
        txn.failure = [self.putOperation("u", "no"), self.rangeOperation("u")]
      },
      self.txn { txn in
        txn.compare = [
          self.compare("") { $0.target = .mod }
        ]
      },
      self.txn { txn in
        txn.compare = [
          self.compare("a") {
            $0.target = .mod; $0.modRevision = 1; $0.result = .greater; $0.rangeEnd = self.key("zz")
          }
        ]
        txn.success = [self.rangeOperation("a", "zz")]
      },
      self.txn { txn in txn.success = [self.putOperation("", "x")] },
      self.txn { txn in txn.success = (0..<129).map { self.putOperation("k\($0)", "x") } },
      self.txn { txn in txn.success = [self.putOperation("d1", "x"), self.deleteOperation("d", "e")] },
      self.txn { txn in
        var nested = Etcdserverpb_RequestOp()
        nested.requestTxn.compare = [
          self.compare("t") {
            $0.target = .create; $0.createRevision = 0; $0.result = .greater
          }
        ]
        nested.requestTxn.success = [self.putOperation("nested", "1"), self.rangeOperation("nested")]
        txn.success = [nested, self.rangeOperation("\0", "\0")]
      },
      self.put("big", String(repeating: "x", count: 1 << 20)), self.delete("big"),
      self.put("big", String(repeating: "x", count: 1_600_000)),
      self.compact(5), self.compact(5), self.compact(4), self.compact(100_000), self.range("a") { $0.revision = 4 },
      self.range("a") { $0.revision = 5 }, self.range("\0", "\0"), self.delete("\0", "\0"), self.range("\0", "\0"),
    ]
    try await self.compare(calls)
  }

  @Test("Leases, status, members, what is not served")
  func leases() async throws {
    func grant(_ id: Int64, _ ttl: Int64) -> Call {
      var request = Etcdserverpb_LeaseGrantRequest()
      request.id = id
      request.ttl = ttl
      return self.call(EtcdCall.Lease.grant, request, as: Etcdserverpb_LeaseGrantResponse.self) { $0.header.strip() }
    }
    func revoke(_ id: Int64) -> Call {
      var request = Etcdserverpb_LeaseRevokeRequest()
      request.id = id
      return self.call(EtcdCall.Lease.revoke, request, as: Etcdserverpb_LeaseRevokeResponse.self) { $0.header.strip() }
    }
    func timeToLive(_ id: Int64) -> Call {
      var request = Etcdserverpb_LeaseTimeToLiveRequest()
      request.id = id
      request.keys = true
      return self.call(EtcdCall.Lease.timeToLive, request, as: Etcdserverpb_LeaseTimeToLiveResponse.self) { answer in
        answer.header.strip()
        if answer.ttl > 0 { answer.ttl = 1 }
        // etcd gives them in any order.
        answer.keys.sort { $0.lexicographicallyPrecedes($1) }
      }
    }
    let list = self.call(
      EtcdCall.Lease.leases, Etcdserverpb_LeaseLeasesRequest(), as: Etcdserverpb_LeaseLeasesResponse.self
    ) { answer in
      answer.header.strip()
      answer.leases.sort { $0.id < $1.id }
    }
    try await self.compare([
      list, grant(7, 100), grant(7, 100), grant(8, 9_000_000_001), grant(9, 600), list,
      self.put("leased", "x") { $0.lease = 7 }, self.put("leased2", "x") { $0.lease = 7 }, timeToLive(7),
      self.put("leased2", "y"), timeToLive(7), self.put("leased", "z") { $0.ignoreLease = true }, self.range("leased"),
      self.txn { txn in
        txn.compare = [
          self.compare("leased") {
            $0.target = .lease; $0.lease = 7
          }
        ]
      },
      timeToLive(1234), revoke(1234), revoke(7), self.range("leased", "m"), timeToLive(7), list,
      self.call(EtcdCall.Maintenance.alarm, Etcdserverpb_AlarmRequest(), as: Etcdserverpb_AlarmResponse.self) {
        // etcd's says no revision.
        $0.header.revision = 0
        $0.header.strip()
      },
      self.call(
        EtcdCall.Maintenance.defragment, Etcdserverpb_DefragmentRequest(), as: Etcdserverpb_DefragmentResponse.self
      ) {
        // etcd sends none.
        $0.clearHeader()
      },
      { connection in
        let failure = await self.call(
          "/etcdserverpb.KV/None", Etcdserverpb_AlarmRequest(), as: Etcdserverpb_AlarmResponse.self
        ) { _ in }(connection)
        return String(failure.prefix(13))
      },
    ])
  }

  // MARK: Watches

  private func create(
    _ from: String, _ to: String = "", _ change: (inout Etcdserverpb_WatchCreateRequest) -> Void = { _ in }
  ) -> Etcdserverpb_WatchRequest {
    var request = Etcdserverpb_WatchRequest()
    request.createRequest.key = self.key(from)
    request.createRequest.rangeEnd = self.key(to)
    change(&request.createRequest)
    return request
  }

  private func cancel(_ id: Int64) -> Etcdserverpb_WatchRequest {
    var request = Etcdserverpb_WatchRequest()
    request.cancelRequest.watchID = id
    return request
  }

  /// Sends each request, waits for so many responses to it, and writes all of them down.
  private func watch(_ steps: [(send: [Etcdserverpb_WatchRequest], calls: [Call], responses: Int)]) -> Call {
    { connection in
      var lines: [String] = []
      do {
        let stream: GRPCClientStream<Etcdserverpb_WatchRequest, Etcdserverpb_WatchResponse> =
          try await connection.stream(EtcdCall.Watch.watch, timeout: .seconds(60), waitForReady: true)
        var responses = stream.makeAsyncIterator()
        for step in steps {
          for request in step.send { try await stream.send(request) }
          for call in step.calls { lines.append(await call(connection)) }
          for _ in 0..<step.responses {
            guard var response = try await responses.next() else { return lines.joined(separator: "\n") + "ended" }
            response.header.strip()
            // etcd leaves it out here.
            if response.compactRevision != 0 { response.header.revision = 0 }
            lines.append(response.textFormatString())
          }
        }
        stream.cancel()
      } catch {
        lines.append("\(error)")
      }
      return lines.joined(separator: "---\n")
    }
  }

  @Test("Watches: created, events, filters, history, cancellation, compaction, progress")
  func watches() async throws {
    var progress = Etcdserverpb_WatchRequest()
    progress.progressRequest = Etcdserverpb_WatchProgressRequest()
    try await self.compare([
      self.put("w/a", "1"), self.put("w/b", "2"), self.put("w/a", "3"), self.delete("w/b"),
      self.watch([
        ([self.create("w/", "w0") { $0.watchID = 5 }], [], 1),
        ([], [self.put("w/c", "4")], 1),
        ([], [self.txn { $0.success = [self.putOperation("w/d", "5"), self.deleteOperation("w/a")] }], 1),
        ([self.create("w/", "w0") { $0.watchID = 5 }], [], 1),
        (
          [
            self.create("w/", "w0") {
              $0.startRevision = 2; $0.watchID = 6; $0.prevKv = true
            }
          ], [], 2
        ),
        (
          [
            self.create("w/b") {
              $0.startRevision = 2; $0.watchID = 7; $0.filters = [.noput]
            }
          ], [], 2
        ),
        ([self.cancel(5)], [], 1),
        ([self.cancel(99), self.cancel(6), self.cancel(7)], [], 2),
      ]),
      self.compact(4),
      self.watch([
        (
          [
            self.create("w/", "w0") {
              $0.startRevision = 2; $0.watchID = 3
            }
          ], [], 2
        ),
        (
          [
            self.create("w/c") {
              $0.startRevision = 100; $0.watchID = 4
            }
          ], [], 1
        ),
        ([self.create("w/c", "w/a") { $0.watchID = 8 }], [], 1),
      ]),
    ])
    // etcd 3.4 answers progress requests only from 3.4.31 on in a way to rely on: ours alone.
    try await self.withReplica { connection in
      let stream: GRPCClientStream<Etcdserverpb_WatchRequest, Etcdserverpb_WatchResponse> =
        try await connection.stream(EtcdCall.Watch.watch, waitForReady: true)
      var responses = stream.makeAsyncIterator()
      try await stream.send(self.create("p"))
      #expect(try await responses.next()?.created == true)
      _ = await self.put("p", "1")(connection)
      _ = await self.put("elsewhere", "1")(connection)
      try await stream.send(progress)
      #expect(try await responses.next()?.events.count == 1)
      let answer = try await responses.next()
      #expect(answer?.watchID == -1)
      #expect(answer?.header.revision == 3)
      #expect(answer?.events.isEmpty == true)
      stream.cancel()
    }
  }

  @Test("Thousands of watches on one stream each get their events")
  func manyWatches() async throws {
    try await self.withReplica { connection in
      let stream: GRPCClientStream<Etcdserverpb_WatchRequest, Etcdserverpb_WatchResponse> =
        try await connection.stream(EtcdCall.Watch.watch, waitForReady: true)
      let count: Int64 = 2_000
      let sender = Task {
        for id in 1...count { try await stream.send(self.create("many/\(id)") { $0.watchID = id }) }
      }
      var responses = stream.makeAsyncIterator()
      for _ in 1...count { #expect(try await responses.next()?.created == true) }
      try await sender.value
      for id in stride(from: 1, through: count, by: 100) {
        _ = await self.put("many/\(id)", "x")(connection)
        let response = try await responses.next()
        #expect(response?.watchID == id)
        #expect(response?.events.first?.kv.key == self.key("many/\(id)"))
      }
      stream.cancel()
    }
  }

  // MARK: The two

  private func compare(_ calls: [Call]) async throws {
    let etcd = try EtcdServer()
    let theirs = etcd.connection()
    try await self.withReplica { ours in
      for (index, call) in calls.enumerated() {
        let (expected, answer) = (await call(theirs), await call(ours))
        guard answer != expected else { continue }
        Issue.record("call \(index): \(Self.difference(answer, expected))")
      }
    }
    await theirs.close()
    await etcd.remove()
  }

  /// The first lines that differ: whole answers are long.
  private static func difference(_ ours: String, _ theirs: String) -> String {
    let (left, right) = (ours.split(separator: "\n"), theirs.split(separator: "\n"))
    let start = zip(left, right).prefix { $0 == $1 }.count
    let (mine, other) = (left.dropFirst(max(start - 3, 0)).prefix(8), right.dropFirst(max(start - 3, 0)).prefix(8))
    return
      "ours from line \(start): \(mine.joined(separator: " ").prefix(300)) | etcd's: \(other.joined(separator: " ").prefix(300))"
  }

  private func withReplica(_ body: (GRPCConnection) async throws -> Void) async throws {
    let cluster = try TestCluster(1)
    cluster.start()
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .file(cluster.certificates.adminTrust(.storeClient))
    tls.certificateChain = try NIOSSLCertificate.fromPEMFile(cluster.certificates.adminStoreClient.certificate)
      .map { .certificate($0) }
    tls.privateKey = .privateKey(
      try NIOSSLPrivateKey(file: cluster.certificates.adminStoreClient.key, format: .pem))
    tls.applicationProtocols = ["h2"]
    let host = try #require(cluster.config.hosts.first)
    let connection = GRPCConnection(
      target: .tcp(host: host.address.description, port: Int(cluster.config.ports.storeClient)),
      tls: try NIOSSLContext(configuration: tls), group: MultiThreadedEventLoopGroup.singleton,
      logger: TestCluster.logger)
    // Its own first election counts as a start.
    do {
      try await eventually("it serves") { await self.range("none")(connection).contains("header") }
      try await body(connection)
    } catch {
      await connection.close()
      await cluster.remove()
      throw error
    }
    await connection.close()
    await cluster.remove()
  }
}

extension Etcdserverpb_ResponseHeader {
  /// Ids and terms are each cluster's own; the revision must agree.
  fileprivate mutating func strip() {
    self.clusterID = 0
    self.memberID = 0
    self.raftTerm = 0
  }
}

extension EtcdServer {
  fileprivate func connection() -> GRPCConnection {
    GRPCConnection(
      target: .tcp(host: "127.0.0.1", port: port), tls: nil, group: MultiThreadedEventLoopGroup.singleton,
      logger: TestCluster.logger)
  }
}
