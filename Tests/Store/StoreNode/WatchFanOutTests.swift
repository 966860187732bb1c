import EtcdAPI
import Foundation
import GRPC
import HTTPServer
import MVCC
import NIOPosix
import StoreNode
import Testing

/// Thousands of watches of one key on one stream, over the wire: each gets everything, once, in order, and as it asked
/// for it.
@Suite(.timeLimit(.minutes(3))) struct WatchFanOutTests {
  private enum Kind: Int, CaseIterable { case plain, previous, noPuts, prefix, everything, later }

  /// Also where responses are made on an event loop, as a replica's process has it.
  @Test(arguments: [1, 3000], [false, true])
  func eachWatchGetsWhatItAskedFor(count: Int, onLoop: Bool) async throws {
    let executor = onLoop ? EventLoopTaskExecutor(MultiThreadedEventLoopGroup.singleton.next()) : nil
    try await LoneReplica.with({ $0.watchExecutor = executor }) { server in
      func put(_ key: String, _ value: String) async throws -> Int64 {
        try await server.node.propose(.put(PutRequest(key: Array(key.utf8), value: Array(value.utf8)))).revision
      }
      let first = try await put("hot", "0")
      try await server.connected { connection in
        let stream: GRPCClientStream<Etcdserverpb_WatchRequest, Etcdserverpb_WatchResponse> =
          try await connection.stream(EtcdCall.Watch.watch)
        // In turn plain ones and such as want something of their own. They ask while their answers come.
        func kind(_ id: Int64) -> Kind { id % 4 != 0 ? .plain : Kind(rawValue: Int(id / 4) % Kind.allCases.count)! }
        async let asked: Void = {
          for id in 1...Int64(count) { try await stream.send(Self.request(id, kind(id), first)) }
        }()
        var responses = stream.makeAsyncIterator()
        var created: Set<Int64> = []
        var events: [Int64: [Mvccpb_Event]] = [:]
        while created.count < count {
          let response = try #require(try await responses.next())
          #expect(response.created == response.events.isEmpty)
          if response.created { created.insert(response.watchID) }
          events[response.watchID, default: []] += response.events
        }
        try await asked
        // What follows goes to watches that are up to date.
        for round in 1...5 {
          _ = try await put("hot", "\(round)")
          _ = try await put("hotter", "\(round)")
          _ = try await put("cold", "\(round)")
        }
        _ = try await server.node.propose(
          .transaction(
            TransactionRequest(
              success: [
                .put(PutRequest(key: Array("hotter".utf8), value: [6])),
                .deleteRange(DeleteRangeRequest(KeyRange(key: Array("hot".utf8)))),
              ])))
        let last = try await put("hot", "end")
        func isComplete(_ id: Int64) -> Bool {
          guard let newest = events[id]?.last else { return false }
          return kind(id) == .noPuts ? newest.type == .delete : newest.kv.modRevision == last
        }
        var incomplete = Set((1...Int64(count)).filter { !isComplete($0) })
        while !incomplete.isEmpty {
          let response = try #require(try await responses.next())
          #expect(!response.canceled)
          #expect(response.header.revision >= response.events.last?.kv.modRevision ?? 0)
          events[response.watchID, default: []] += response.events
          if isComplete(response.watchID) { incomplete.remove(response.watchID) }
        }
        let history = try await server.node.events(from: first)
        for id in 1...Int64(count) {
          let expected = Self.expected(kind(id), history, first)
          try #require(events[id]?.map(Self.text) == expected, "watch \(id), \(kind(id))")
        }
        stream.cancel()
      }
    }
  }

  private static func request(_ id: Int64, _ kind: Kind, _ first: Int64) -> Etcdserverpb_WatchRequest {
    var create = Etcdserverpb_WatchCreateRequest()
    create.key = Data("hot".utf8)
    create.watchID = id
    create.startRevision = first
    switch kind {
    case .plain: break
    case .previous: create.prevKv = true
    case .noPuts: create.filters = [.noput]
    case .prefix: create.rangeEnd = Data("hou".utf8)
    case .everything: (create.key, create.rangeEnd) = (Data([0]), Data([0]))
    case .later: create.startRevision = first + 4
    }
    var request = Etcdserverpb_WatchRequest()
    request.createRequest = create
    return request
  }

  private static func expected(_ kind: Kind, _ history: [Event], _ first: Int64) -> [String] {
    history.filter { event in
      let isHot = event.keyValue.key == Array("hot".utf8)
      return switch kind {
      case .plain, .previous: isHot
      case .noPuts: isHot && event.kind == .delete
      case .prefix: event.keyValue.key.starts(with: Array("hot".utf8))
      case .everything: true
      case .later: isHot && event.keyValue.modRevision >= first + 4
      }
    }.map { event in
      var message = Mvccpb_Event()
      message.type = event.kind == .put ? .put : .delete
      message.kv.key = Data(event.keyValue.key)
      message.kv.value = Data(event.keyValue.value)
      message.kv.modRevision = event.keyValue.modRevision
      message.kv.version = event.keyValue.version
      if kind == .previous, let previous = event.previous { message.prevKv.value = Data(previous.value) }
      return text(message)
    }
  }

  private static func text(_ event: Mvccpb_Event) -> String {
    """
    \(event.type) \(String(decoding: event.kv.key, as: UTF8.self)) at \(event.kv.modRevision), \
    version \(event.kv.version): \([UInt8](event.kv.value)), before \([UInt8](event.prevKv.value))
    """
  }
}

extension StoreNode {
  /// The events that the state has, with what was before each.
  fileprivate func events(from first: Int64) async throws -> [Event] {
    let stream = openWatchStream()
    defer { stream.close() }
    await stream.create(WatchRequest(.all, startRevision: first, wantsPrevious: true))
    let newest = header().revision
    var events: [Event] = []
    while events.last?.keyValue.modRevision ?? 0 < newest {
      for response in await stream.nextBatch() {
        if case .events(_, _, let more) = response { events += more }
      }
    }
    return events
  }
}
