import EtcdAPI
import FoundationEssentials
import GRPC
import NIOCore
import NIOPosix
import StoreClient
import Synchronization
import Testing

/// A member of a store that holds nothing: it says who leads, and which member has answered. It refuses while nobody
/// leads.
private final class Member: Sendable {
  struct Standing: Sendable {
    var leader: UInt64
    var term: UInt64
  }

  let id: UInt64
  let port: Int
  private let server: GRPCServer
  private let view: View

  private final class View: Sendable {
    let standing: Mutex<Standing>
    let inquiries = Atomic(0)
    let refusals = Atomic(0)

    init(_ standing: Standing) { self.standing = Mutex(standing) }
  }

  init(_ id: UInt64, leader: UInt64 = 0, term: UInt64 = 1) async throws {
    let view = View(Standing(leader: leader, term: term))
    var router = GRPCRouter()
    router.unary(EtcdCall.KV.range) { (_: Etcdserverpb_RangeRequest, _) -> Etcdserverpb_RangeResponse in
      guard view.standing.withLock({ $0.leader != 0 }) else {
        view.refusals.add(1, ordering: .relaxed)
        throw GRPCStatus(.unavailable, "etcdserver: no leader")
      }
      var response = Etcdserverpb_RangeResponse()
      response.header.memberID = id
      return response
    }
    router.unary(EtcdCall.Maintenance.status) { (_: Etcdserverpb_StatusRequest, _) -> Etcdserverpb_StatusResponse in
      let standing = view.standing.withLock { $0 }
      view.inquiries.add(1, ordering: .relaxed)
      var response = Etcdserverpb_StatusResponse()
      response.header.memberID = id
      response.leader = standing.leader
      response.raftTerm = standing.term
      return response
    }
    // Each watch sees one event, of its first revision, that says who has sent it.
    router.bidirectional(EtcdCall.Watch.watch) {
      (
        requests: GRPCRequestStream<Etcdserverpb_WatchRequest>, writer: GRPCResponseWriter<Etcdserverpb_WatchResponse>,
        _: GRPCCallContext
      ) -> Void in
      for try await request in requests {
        guard case .createRequest(let create)? = request.requestUnion else { continue }
        let revision = create.startRevision == 0 ? 11 : create.startRevision
        var created = Etcdserverpb_WatchResponse()
        created.watchID = create.watchID
        created.created = true
        created.header.revision = revision - 1
        try await writer.write(created)
        var event = Mvccpb_Event()
        event.kv.key = Data("k".utf8)
        event.kv.value = Data("\(id)".utf8)
        event.kv.modRevision = revision
        var seen = Etcdserverpb_WatchResponse()
        seen.watchID = create.watchID
        seen.header.revision = revision
        seen.events = [event]
        try await writer.write(seen)
      }
    }
    let server = GRPCServer(router: router, tls: nil, group: MultiThreadedEventLoopGroup.singleton, logger: quiet)
    self.port = try await server.bind(to: .tcp(host: "127.0.0.1", port: 0)).port ?? 0
    self.server = server
    self.view = view
    self.id = id
  }

  /// How often it was asked who leads.
  var inquiries: Int { self.view.inquiries.load(ordering: .relaxed) }

  /// How many requests it has refused.
  var refusals: Int { self.view.refusals.load(ordering: .relaxed) }

  func believe(leader: UInt64, term: UInt64) {
    self.view.standing.withLock { $0 = Standing(leader: leader, term: term) }
  }

  func stop() async { await self.server.shutdown(grace: .zero) }
}

@Suite("A client that prefers the leader", .serialized, .timeLimit(.minutes(3)))
struct LeaderTests {
  private func withMembers(_ members: [Member], _ body: (StoreClient) async throws -> Void) async throws {
    var configuration = StoreClientConfiguration()
    configuration.balancing = .leader
    configuration.requestTimeout = .seconds(60)
    configuration.attemptTimeout = .seconds(60)
    let client = StoreClient(
      endpoints: members.map { .tcp(host: "127.0.0.1", port: $0.port) }, tls: nil,
      group: MultiThreadedEventLoopGroup.singleton, configuration: configuration, logger: quiet)
    do {
      try await body(client)
    } catch {
      await client.close()
      throw error
    }
    await client.close()
  }

  private func answering(_ client: StoreClient) async throws -> UInt64 {
    try await client.range(Etcdserverpb_RangeRequest()).header.memberID
  }

  @Test("Requests go to the leader, and to the next one when it changes")
  func requests() async throws {
    let members = [try await Member(1), try await Member(2), try await Member(3)]
    try await self.withMembers(members) { client in
      for (leader, term) in [(UInt64(2), UInt64(2)), (3, 3), (1, 4)] {
        for member in members { member.believe(leader: leader, term: term) }
        while try await self.answering(client) != leader { try await Task.sleep(for: .milliseconds(5)) }
      }
    }
    for member in members { await member.stop() }
  }

  @Test("Who refused while nobody led is asked as soon as it leads")
  func elected() async throws {
    let members = [try await Member(1), try await Member(2), try await Member(3)]
    try await self.withMembers(members) { client in
      async let first = self.answering(client)
      while !members.allSatisfy({ $0.refusals > 0 }) { try await Task.sleep(for: .milliseconds(5)) }
      let asked = members[1].inquiries
      for member in members { member.believe(leader: 2, term: 2) }
      _ = try await first
      while try await self.answering(client) != 2 { try await Task.sleep(for: .milliseconds(5)) }
      // The first answer would do. A leader that has failed is not believed for ten seconds, with a question in each.
      #expect(members[1].inquiries < asked + 6)
    }
    for member in members { await member.stop() }
  }

  @Test("Who thinks that it leads in an earlier term than others know of is not believed")
  func deposed() async throws {
    let follower = try await Member(1, leader: 9, term: 5)
    let deposed = try await Member(2, leader: 2, term: 4)
    var hasBegunWithFollower = false
    // A client begins where chance will have it.
    for _ in 0..<100 where !hasBegunWithFollower {
      try await self.withMembers([follower, deposed]) { client in
        let asked = deposed.inquiries
        guard try await self.answering(client) == 1 else { return }
        hasBegunWithFollower = true
        // Asked twice, it has drawn its conclusions from the first time.
        while deposed.inquiries < asked + 2 {
          #expect(try await self.answering(client) == 1)
          try await Task.sleep(for: .milliseconds(20))
        }
      }
    }
    #expect(hasBegunWithFollower)
    await follower.stop()
    await deposed.stop()
  }

  @Test("Watches move to the leader, without a gap")
  func watches() async throws {
    let members = [try await Member(1), try await Member(2), try await Member(3)]
    try await self.withMembers(members) { client in
      var request = Etcdserverpb_WatchCreateRequest()
      request.key = Data("k".utf8)
      let responses = client.watch(request).makeAsyncIterator()
      let created = try #require(try await responses.next())
      #expect(created.created)
      let first = try #require(try await responses.next()?.events.first)
      #expect(first.kv.modRevision == 11)
      let leader: UInt64 = first.kv.value == Data("1".utf8) ? 2 : 1
      for member in members { member.believe(leader: leader, term: 2) }
      while try await self.answering(client) != leader { try await Task.sleep(for: .milliseconds(5)) }
      // It moves once: the answers of the others would be events, too.
      let second = try #require(try await responses.next()?.events.first)
      #expect(second.kv.modRevision == 12)
      #expect(second.kv.value == Data("\(leader)".utf8))
    }
    for member in members { await member.stop() }
  }
}
