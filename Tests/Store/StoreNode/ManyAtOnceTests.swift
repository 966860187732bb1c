import EtcdAPI
import Foundation
import GRPC
import MVCC
import StoreNode
import Testing

/// What a client may have under way at once on one stream or connection.
@Suite(.timeLimit(.minutes(5))) struct ManyAtOnceTests {
  /// etcd's clients keep all their leases alive on one stream. The last is gone: an answer, not the stream's end.
  @Test func keepAlivesOfManyLeases() async throws {
    try await LoneReplica.with { server in
      let count: Int64 = 500
      for id in 1...count { _ = try await server.node.leaseGrant(id: id, timeToLive: 600) }
      try await server.connected { connection in
        let stream: GRPCClientStream<Etcdserverpb_LeaseKeepAliveRequest, Etcdserverpb_LeaseKeepAliveResponse> =
          try await connection.stream(EtcdCall.Lease.keepAlive)
        async let asked: Void = {
          for id in 1...(count + 1) {
            var request = Etcdserverpb_LeaseKeepAliveRequest()
            request.id = id
            try await stream.send(request)
          }
        }()
        var answers: [Int64: Int64] = [:]
        var responses = stream.makeAsyncIterator()
        while answers.count < count + 1, let response = try await responses.next() {
          answers[response.id] = response.ttl
        }
        try await asked
        stream.cancel()
        #expect(answers[count + 1] == 0)
        #expect((1...count).allSatisfy { answers[$0] == 600 })
      }
    }
  }

  /// The second is nobody's end: the first goes on.
  @Test func twoWatchesOfOneIDInARow() async throws {
    try await LoneReplica.with { server in
      try await server.connected { connection in
        let stream: GRPCClientStream<Etcdserverpb_WatchRequest, Etcdserverpb_WatchResponse> =
          try await connection.stream(EtcdCall.Watch.watch)
        for _ in 0..<2 {
          var request = Etcdserverpb_WatchRequest()
          request.createRequest.key = Data("a".utf8)
          request.createRequest.watchID = 7
          try await stream.send(request)
        }
        var responses = stream.makeAsyncIterator()
        var answers: [Etcdserverpb_WatchResponse] = []
        while answers.count < 2, let response = try await responses.next() { answers.append(response) }
        // The one that was refused at the door may overtake the other.
        let (created, refused) = (answers.first { !$0.canceled }, answers.first(where: \.canceled))
        #expect(created?.watchID == 7 && created?.created == true)
        #expect(refused?.watchID == -1 && refused?.created == true)
        #expect(refused?.cancelReason == "mvcc: duplicate watch ID provided on the WatchStream")
        _ = try await server.node.propose(.put(PutRequest(key: Array("a".utf8), value: [1])))
        let event = try await responses.next()
        #expect(event?.watchID == 7 && event?.events.count == 1)
        stream.cancel()
      }
    }
  }

  /// Watches that come back late share the replica with those who write: all see everything.
  @Test func manyWatchesFromTheFirstRevision() async throws {
    try await LoneReplica.with { server in
      for number in 0..<300 {
        _ = try await server.node.propose(.put(PutRequest(key: Array("k\(number % 3)".utf8), value: [1])))
      }
      try await server.connected { connection in
        let stream: GRPCClientStream<Etcdserverpb_WatchRequest, Etcdserverpb_WatchResponse> =
          try await connection.stream(EtcdCall.Watch.watch)
        let count: Int64 = 400
        async let asked: Void = {
          for id in 1...count {
            var request = Etcdserverpb_WatchRequest()
            request.createRequest.key = Data("k\(id % 3)".utf8)
            request.createRequest.startRevision = 1
            request.createRequest.watchID = id
            try await stream.send(request)
          }
        }()
        async let more: Void = {
          for number in 0..<30 {
            _ = try await server.node.propose(.put(PutRequest(key: Array("k\(number % 3)".utf8), value: [2])))
          }
        }()
        var seen: [Int64: [Int64]] = [:]
        var responses = stream.makeAsyncIterator()
        while seen.values.reduce(0, { $0 + $1.count }) < Int(count) * 110, let response = try await responses.next() {
          seen[response.watchID, default: []] += response.events.map(\.kv.modRevision)
        }
        try await asked
        try await more
        stream.cancel()
        for (id, revisions) in seen { #expect(revisions == revisions.sorted() && Set(revisions).count == 110, "\(id)") }
      }
    }
  }

  /// As in etcd, the answer comes when the history is gone.
  @Test func aPhysicalCompactionWaits() async throws {
    try await LoneReplica.with { server in
      var last: Int64 = 0
      for number in 0..<2000 {
        last = try await server.node.propose(
          .put(PutRequest(key: [UInt8(number % 7)], value: [UInt8](repeating: 1, count: 500)))
        ).revision
      }
      let before = await server.node.status().databaseSizeInUse
      try await server.connected { connection in
        var request = Etcdserverpb_CompactionRequest()
        request.revision = last
        request.physical = true
        let _: Etcdserverpb_CompactionResponse = try await connection.unary(
          EtcdCall.KV.compact, request, timeout: .seconds(60))
      }
      let after = await server.node.status().databaseSizeInUse
      #expect(after < before / 100, "\(before) to \(after) bytes")
    }
  }
}
