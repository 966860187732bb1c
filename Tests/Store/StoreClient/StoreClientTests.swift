import EtcdAPI
import FoundationEssentials
import FreePorts
import GRPC
import NIOCore
import Programs
import StoreClient
import Testing

@Suite(
  "The client against a real etcd", .enabled(if: EtcdServer.program != nil), .serialized, .timeLimit(.minutes(3)))
struct StoreClientTests {
  private func put(_ client: StoreClient, _ key: String, _ value: String) async throws -> Int64 {
    var request = Etcdserverpb_PutRequest()
    request.key = Data(key.utf8)
    request.value = Data(value.utf8)
    return try await client.put(request, idempotent: true).header.revision
  }

  private func watchRequest(prefix: String, from revision: Int64 = 0) -> Etcdserverpb_WatchCreateRequest {
    var request = Etcdserverpb_WatchCreateRequest()
    request.key = Data(prefix.utf8)
    request.rangeEnd = Data(prefix.utf8.dropLast() + [prefix.utf8.last! + 1])
    request.startRevision = revision
    return request
  }

  private func code<Result>(of call: () async throws -> Result) async -> StoreClientError.Code? {
    do {
      _ = try await call()
      return nil
    } catch {
      return (error as? StoreClientError)?.code
    }
  }

  @Test("Keys, transactions, compaction, leases, members; an endpoint that nobody serves does not matter")
  func requests() async throws {
    let etcd = try EtcdServer()
    let client = etcd.client(also: [FreePorts.next(), FreePorts.next()])
    let revision = try await self.put(client, "/a", "1")

    var transaction = Etcdserverpb_TxnRequest()
    var compare = Etcdserverpb_Compare()
    compare.target = .mod
    compare.key = Data("/a".utf8)
    compare.modRevision = revision
    transaction.compare = [compare]
    var write = Etcdserverpb_RequestOp()
    write.requestPut.key = Data("/a".utf8)
    write.requestPut.value = Data("2".utf8)
    transaction.success = [write]
    #expect(try await client.txn(transaction).succeeded)
    #expect(try await client.txn(transaction).succeeded == false)

    var range = Etcdserverpb_RangeRequest()
    range.key = Data("/a".utf8)
    #expect(try await client.range(range).kvs.first?.value == Data("2".utf8))
    #expect(try await client.currentRevision() == revision + 1)

    var compaction = Etcdserverpb_CompactionRequest()
    compaction.revision = revision + 1
    _ = try await client.compact(compaction)
    range.revision = revision
    #expect(await self.code { try await client.range(range) } == .compacted)
    #expect(await self.code { try await client.put(Etcdserverpb_PutRequest()) } == .rejected)

    let lease = try await client.leaseGrant(timeToLive: 60)
    #expect(try await client.leaseRenew(id: lease.id) == 60)
    #expect(try await client.leaseTimeToLive(id: lease.id).grantedTtl == 60)
    try await client.leaseRevoke(id: lease.id)
    #expect(try await client.leaseRenew(id: lease.id) == 0)
    #expect(try await client.memberList().members.count == 1)
    #expect(try await client.status(endpoint: 0).leader != 0)

    var deletion = Etcdserverpb_DeleteRangeRequest()
    deletion.key = Data("/a".utf8)
    #expect(try await client.deleteRange(deletion).deleted == 1)
    await client.close()
    #expect(await self.code { try await client.currentRevision() } == .cancelled)
  }

  @Test("A watch goes on without gaps or repetitions when its endpoint dies and comes back")
  func watchResumption() async throws {
    let etcd = try EtcdServer()
    let client = etcd.client()
    let watch = client.watch(self.watchRequest(prefix: "/w/"))
    let responses = watch.makeAsyncIterator()
    #expect(try await responses.next()?.created == true)
    var seen: [String] = []
    for round in 0..<3 {
      for index in 0..<20 { _ = try await self.put(client, "/w/\(round)-\(index)", "x") }
      if round == 1 {
        // Before the reader has taken anything of this round.
        await etcd.kill()
        try etcd.start()
      }
      while seen.count < (round + 1) * 20 {
        let response = try #require(try await responses.next())
        seen += response.events.map { String(decoding: $0.kv.key, as: UTF8.self) }
      }
    }
    #expect(seen == (0..<3).flatMap { round in (0..<20).map { "/w/\(round)-\($0)" } })
    await client.close()
    await #expect(throws: StoreClientError.self) { while try await responses.next() != nil {} }
  }

  @Test("Many watches share a stream; a slow one is taken off and goes on later; progress reaches all")
  func manyWatches() async throws {
    let etcd = try EtcdServer()
    var configuration = StoreClientConfiguration()
    configuration.watchBuffer = 4
    let client = etcd.client(configuration: configuration)
    let start = try await self.put(client, "/m/start", "")
    let slow = client.watch(self.watchRequest(prefix: "/m/", from: start))
    var others: [StoreWatch.AsyncIterator] = []
    for index in 0..<50 {
      let watch = client.watch(self.watchRequest(prefix: "/m/\(index)/"))
      let iterator = watch.makeAsyncIterator()
      #expect(try await iterator.next()?.created == true)
      others.append(iterator)
    }
    var last: Int64 = 0
    for index in 0..<50 { last = try await self.put(client, "/m/\(index)/k", "x") }
    for index in 0..<50 {
      #expect(try await others[index].next()?.events.count == 1)
    }
    var keys = 0
    for try await response in slow {
      keys += response.events.count
      if keys == 51 { break }
    }
    #expect(keys == 51)
    client.requestProgress()
    var progress: Int64 = 0
    while progress < last {
      let response = try #require(try await others[0].next())
      if response.events.isEmpty { progress = response.header.revision }
    }
    await client.close()
  }

  @Test("A watch from before the compaction fails and says from where on there is history")
  func compactedWatch() async throws {
    let etcd = try EtcdServer()
    let client = etcd.client()
    for index in 0..<5 { _ = try await self.put(client, "/c/\(index)", "x") }
    var compaction = Etcdserverpb_CompactionRequest()
    compaction.revision = 4
    _ = try await client.compact(compaction)
    let responses = client.watch(self.watchRequest(prefix: "/c/", from: 2)).makeAsyncIterator()
    do {
      while try await responses.next() != nil {}
      Issue.record("the watch of compacted history ended without an error")
    } catch {
      #expect(error.code == .compacted)
      #expect(error.compactRevision == 4)
    }
    await client.close()
  }

  @Test("Without any endpoint a request fails as not done")
  func nobody() async throws {
    var configuration = StoreClientConfiguration()
    configuration.requestTimeout = .milliseconds(300)
    let client = StoreClient(
      endpoints: [.tcp(host: "127.0.0.1", port: FreePorts.next())], tls: nil,
      group: EtcdServer.group, configuration: configuration, logger: quiet)
    #expect(await self.code { try await self.put(client, "/a", "1") } == .unavailable)
    await client.close()
  }
}
