import APISchema
import AsyncHTTPClient
import Foundation
import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry
import StorageStandIn
import Testing

/// Watches in protobuf, as tables and over WebSockets, and the options that watches have.
@Suite struct WatchFormTests {
  static let configMaps = WireFormTests.configMaps
  static let streamingList = "watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan"

  /// The frames of a protobuf watch.
  struct Frames {
    private var iterator: HTTPClientResponse.Body.AsyncIterator
    private var pending: [UInt8] = []

    init(_ response: HTTPClientResponse.Body) { iterator = response.makeAsyncIterator() }

    mutating func next() async throws -> (type: String, object: JSONValue)? {
      while true {
        if let (frame, rest) = Schema.splitWatchFrame(pending[...]) {
          pending = Array(rest)
          return try Schema.builtIn.watchEvent(protobuf: frame)
        }
        guard let chunk = try await iterator.next() else { return nil }
        pending += chunk.readableBytesView
      }
    }
  }

  @Test(arguments: TestStore.all) func protobufWatchesAreFramed(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("one"))
      let response = try await client.start(
        .GET, "\(Self.configMaps)?\(Self.streamingList)", headers: ["accept": WireFormTests.protobuf])
      #expect(response.headers.first(name: "content-type") == "application/vnd.kubernetes.protobuf;stream=watch")
      var frames = Frames(response.body)
      let added = try #require(try await frames.next())
      #expect(added.type == "ADDED" && added.object["kind"] == "ConfigMap")
      #expect(added.object[path: "metadata", "name"] == "one" && added.object["data"] == ["key": "value"])
      let end = try #require(try await frames.next())
      let annotations = try #require(end.object[path: "metadata", "annotations"])
      #expect(end.type == "BOOKMARK" && annotations["k8s.io/initial-events-end"] == "true")
      // What newer clients make their list of: an empty one, in the encoding that they asked for.
      let text = try #require(annotations["kubernetes.io/initial-events-list-blueprint"]?.stringValue)
      let blueprint = try Schema.builtIn.document(
        protobuf: Array(try #require(Data(base64Encoded: text))), expecting: WireFormTests.any)
      #expect(blueprint["kind"] == "ConfigMapList" && blueprint["items"]?.arrayValue?.isEmpty ?? true)
      _ = try await client.send(.DELETE, "\(Self.configMaps)/one")
      let deleted = try #require(try await frames.next())
      #expect(deleted.type == "DELETED" && deleted.object[path: "metadata", "name"] == "one")

      let accept: HTTPHeaders = ["accept": "\(WireFormTests.protobuf);as=PartialObjectMetadata;g=meta.k8s.io;v=v1"]
      let metadata = try await client.start(.GET, "\(Self.configMaps)?watch=1", headers: accept)
      var partial = Frames(metadata.body)
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("two"))
      let event = try #require(try await partial.next())
      #expect(event.object["kind"] == "PartialObjectMetadata" && event.object[path: "metadata", "name"] == "two")
      let short = try await client.start(.GET, "\(Self.configMaps)?watch=1&timeoutSeconds=1", headers: accept)
      var rest = Frames(short.body)
      while try await rest.next() != nil {}
    }
  }

  @Test func expiredWatchesEndInTheirOwnEncoding() async throws {
    let storage = InMemoryStorage()
    try await withFrontEnd(storage: storage) { _, client in
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("one"))
    }
    storage.compact()
    try await withFrontEnd(storage: storage) { _, client in
      let response = try await client.start(
        .GET, "\(Self.configMaps)?watch=1&resourceVersion=1", headers: ["accept": WireFormTests.protobuf])
      #expect(response.status == .ok)
      var frames = Frames(response.body)
      let event = try #require(try await frames.next())
      #expect(event.type == "ERROR" && event.object["kind"] == "Status")
      #expect(event.object["code"] == 410 && event.object["reason"] == "Expired")
      #expect(event.object["message"]?.stringValue?.hasPrefix("too old resource version: 1 (") == true)
      #expect(try await frames.next() == nil)
    }
  }

  @Test func tablesTellTheirColumnsOnce() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for name in ["a", "b"] { _ = try await client.post(Self.configMaps, WireFormTests.configMap(name)) }
      var lines = WatchLines(
        try await client.start(
          .GET, "\(Self.configMaps)?watch=1",
          headers: ["accept": "application/json;as=Table;v=v1;g=meta.k8s.io"]))
      let first = try #require(try await lines.next())
      #expect(first[path: "object", "columnDefinitions"]?.arrayValue?.first?["name"] == "Name")
      let second = try #require(try await lines.next())
      #expect(second[path: "object", "columnDefinitions"] == .null)
      #expect(second[path: "object", "rows"]?.arrayValue?.count == 1)
    }
  }

  @Test(arguments: TestStore.all) func watchesThroughAnotherVersionShareTheirObjects(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let path = "/apis/events.k8s.io/v1/namespaces/default/events"
      var all: [WatchLines] = []
      for watched in [path, path, "/api/v1/namespaces/default/events"] {
        all.append(WatchLines(try await client.start(.GET, "\(watched)?watch=1")))
      }
      let event: JSONValue = [
        "kind": "Event", "apiVersion": "v1", "metadata": ["name": "e"], "reason": "Tried", "message": "it was tried",
        "involvedObject": ["kind": "Pod", "namespace": "default", "name": "p"], "type": "Normal",
        "source": ["component": "test"],
      ]
      let made = try await client.post("/api/v1/namespaces/default/events", event)
      #expect(made.code == 201, "\(made.text)")
      for index in all.indices {
        let seen = try #require(try await all[index].next())
        let isCore = index == 2
        #expect(seen[path: "object", "apiVersion"] == (isCore ? "v1" : "events.k8s.io/v1"))
        #expect(seen["object"]?[isCore ? "message" : "note"] == "it was tried")
      }
    }
  }

  @Test(arguments: [
    ("sendInitialEvents=true", "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"),
    (
      "sendInitialEvents=false&resourceVersionMatch=Exact",
      "[resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, "
        + #"resourceVersionMatch: Unsupported value: "Exact": supported values: "NotOlderThan"]"#
    ),
    (
      "resourceVersionMatch=NotOlderThan&resourceVersion=1",
      "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"
    ),
    (
      "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&continue=x",
      "resourceVersionMatch is forbidden when continue is provided"
    ),
  ]) func optionsThatDoNotGoTogetherAreRefused(query: String, message: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let answer = try await client.get("\(Self.configMaps)?watch=1&\(query)")
      #expect(answer.code == 422 && answer["reason"] == "Invalid", "\(answer.text)")
      #expect(answer["details", "kind"] == "ListOptions")
      let text = answer["message"]?.stringValue ?? ""
      #expect(text.hasPrefix(#"ListOptions.meta.k8s.io "" is invalid: "#) && text.hasSuffix(message), "\(text)")
    }
  }

  @Test(arguments: TestStore.all) func initialEventsComeAsAsked(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let made = try await client.post(Self.configMaps, WireFormTests.configMap("one"))
      let version = made["metadata", "resourceVersion"]?.stringValue ?? ""
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("two"))
      var watches = 0
      /// What a watch shows before something that was made after it had begun.
      func types(_ query: String) async throws -> [String] {
        var lines = WatchLines(try await client.start(.GET, "\(Self.configMaps)?watch=1&\(query)"))
        watches += 1
        let end = "end-\(watches)"
        #expect(try await client.post(Self.configMaps, WireFormTests.configMap(end)).code == 201)
        var types: [String] = []
        while let event = try await lines.next() {
          let name = event[path: "object", "metadata", "name"]?.stringValue ?? ""
          if name == end { return types }
          // Those of earlier watches are of no interest.
          if !name.hasPrefix("end-") { types.append("\(event["type"]?.stringValue ?? "") \(name)") }
        }
        Issue.record("the watch ended by itself: \(query)")
        return types
      }
      let state = ["ADDED one", "ADDED two"]
      let match = "resourceVersionMatch=NotOlderThan"
      #expect(try await types("") == state)
      #expect(try await types("resourceVersion=0") == state)
      #expect(try await types("resourceVersion=\(version)") == ["ADDED two"])
      #expect(try await types("sendInitialEvents=true&\(match)&resourceVersion=\(version)") == state)
      #expect(
        try await types("sendInitialEvents=true&\(match)&allowWatchBookmarks=true") == state + ["BOOKMARK "])
      #expect(try await types("sendInitialEvents=false&\(match)&allowWatchBookmarks=true") == [])
      #expect(try await types("sendInitialEvents=false&\(match)&resourceVersion=\(version)") == ["ADDED two"])
    }
  }

  @Test(arguments: TestStore.all) func aBookmarkPrecedesTheEnd(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let made = try await client.post(Self.configMaps, WireFormTests.configMap("one"))
      let version = made["metadata", "resourceVersion"]?.stringValue ?? ""
      let query = "watch=1&timeoutSeconds=3&resourceVersion=\(version)"
      // Something else moves on; the bookmark tells that nothing was missed up to there.
      let later = try await client.post("/api/v1/namespaces/default/secrets", ["metadata": ["name": "s"]])
      #expect(later.code == 201, "\(later.text)")
      let lines = try await client.get("\(Self.configMaps)?\(query)&allowWatchBookmarks=true").text.split(
        separator: "\n")
      let bookmark = try JSONValue(jsonBytes: Array(try #require(lines.first).utf8))
      #expect(lines.count == 1 && bookmark["type"] == "BOOKMARK")
      let reached = Int64(bookmark[path: "object", "metadata", "resourceVersion"]?.stringValue ?? "") ?? 0
      #expect(reached >= Int64(later["metadata", "resourceVersion"]?.stringValue ?? "") ?? .max)
      #expect(try await client.get("\(Self.configMaps)?\(query)").text.isEmpty)
    }
  }

  // MARK: WebSockets

  static let handshake: HTTPHeaders = [
    "upgrade": "websocket", "sec-websocket-version": "13", "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    "origin": "http://127.0.0.1",
  ]

  /// Takes a server's frames apart.
  struct ServerFrames {
    private var iterator: ByteTunnel.Inbound.AsyncIterator
    private var pending: [UInt8] = []

    init(_ tunnel: ByteTunnel) { iterator = tunnel.inbound.makeAsyncIterator() }

    mutating func next() async throws -> (opcode: UInt8, payload: [UInt8])? {
      guard let head = try await take(2) else { return nil }
      #expect(head[0] & 0x80 != 0 && head[1] & 0x80 == 0, "servers do not mask")
      let length: Int
      switch head[1] {
      case 126: length = try await take(2)?.reduce(0) { $0 << 8 | Int($1) } ?? 0
      case 127: length = try await take(8)?.reduce(0) { $0 << 8 | Int($1) } ?? 0
      default: length = Int(head[1])
      }
      guard let payload = try await take(length) else { return nil }
      return (head[0] & 0x0f, payload)
    }

    private mutating func take(_ count: Int) async throws -> [UInt8]? {
      while pending.count < count {
        guard let chunk = try await iterator.next() else { return nil }
        pending += chunk.readableBytesView
      }
      defer { pending.removeFirst(count) }
      return Array(pending.prefix(count))
    }
  }

  /// A client's frame, which has to be masked.
  static func frame(_ opcode: UInt8, _ payload: [UInt8], final: Bool = true, masked: Bool = true) -> ByteBuffer {
    let mask: [UInt8] = [1, 2, 3, 4]
    var bytes: [UInt8] = [(final ? 0x80 : 0) | opcode]
    if payload.count < 126 {
      bytes.append((masked ? 0x80 : 0) | UInt8(payload.count))
    } else {
      bytes.append((masked ? 0x80 : 0) | 126)
      bytes.append(UInt8(payload.count >> 8))
      bytes.append(UInt8(payload.count & 0xff))
    }
    if masked { bytes += mask }
    bytes += payload.enumerated().map { masked ? $1 ^ mask[$0 % 4] : $1 }
    return ByteBuffer(bytes: bytes)
  }

  @Test(arguments: TestStore.all) func webSocketsCarryEventsAsMessages(store: TestStore) async throws {
    try await withFrontEnd(over: store) { _, client in
      let text = String(repeating: "x", count: 70_000)
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("one"))
      let (head, tunnel) = try await client.tunnel(.GET, "\(Self.configMaps)?watch=1", headers: Self.handshake)
      // The example of RFC 6455, 1.3.
      #expect(head.headers.first(name: "sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
      #expect(head.headers.first(name: "sec-websocket-protocol") == nil)
      var frames = ServerFrames(tunnel)
      let first = try #require(try await frames.next())
      #expect(first.opcode == 1)
      #expect(try JSONValue(jsonBytes: first.payload)[path: "object", "metadata", "name"] == "one")

      // A ping in between, data that nobody wants, and an event of more than 64 KiB.
      try await tunnel.write(Self.frame(1, Array(repeating: 7, count: 1000)))
      try await tunnel.write(Self.frame(9, Array("still there?".utf8)))
      let pong = try #require(try await frames.next())
      #expect(pong.opcode == 10 && pong.payload == Array("still there?".utf8))
      _ = try await client.post(Self.configMaps, WireFormTests.configMap("two", ["text": .string(text)]))
      let second = try #require(try await frames.next())
      #expect(try JSONValue(jsonBytes: second.payload)[path: "object", "data", "text"] == .string(text))

      try await tunnel.write(Self.frame(8, [3, 232]))
      let close = try #require(try await frames.next())
      #expect(close.opcode == 8 && close.payload == [3, 232])
      #expect(try await frames.next() == nil)
      tunnel.close()
    }
  }

  @Test func webSocketsCarryProtobufInBinaryFrames() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      var headers = Self.handshake
      headers.add(name: "accept", value: WireFormTests.protobuf)
      headers.add(name: "sec-websocket-protocol", value: "binary.k8s.io, other")
      let (head, tunnel) = try await client.tunnel(
        .GET, "/api/v1/namespaces?watch=1&timeoutSeconds=6&fieldSelector=metadata.name%3Ddefault", headers: headers)
      #expect(head.headers.first(name: "sec-websocket-protocol") == "binary.k8s.io")
      var frames = ServerFrames(tunnel)
      let frame = try #require(try await frames.next())
      #expect(frame.opcode == 2)
      let event = try Schema.builtIn.watchEvent(protobuf: frame.payload[...])
      #expect(event.type == "ADDED" && event.object[path: "metadata", "name"] == "default")
      // When its time is over, the watch says so.
      let close = try #require(try await frames.next())
      #expect(close.opcode == 8 && close.payload == [3, 232])
      tunnel.close()
    }
  }

  @Test func webSocketsThatBreakTheRulesAreClosed() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for bytes in [
        Self.frame(9, [1], masked: false), Self.frame(9, [1], final: false),
        Self.frame(9, Array(repeating: 1, count: 126)), Self.frame(3, []), ByteBuffer(bytes: [0xf1, 0x80, 0, 0, 0, 0]),
      ] {
        let (_, tunnel) = try await client.tunnel(
          .GET, "/api/v1/namespaces/default/secrets?watch=1", headers: Self.handshake)
        var frames = ServerFrames(tunnel)
        try await tunnel.write(bytes)
        let close = try #require(try await frames.next())
        #expect(close.opcode == 8 && close.payload == [3, 234])
        tunnel.close()
      }
      for (name, value) in [("sec-websocket-key", "short"), ("sec-websocket-version", "8")] {
        var headers = Self.handshake
        headers.replaceOrAdd(name: name, value: value)
        let refused = try await client.refused(.GET, "\(Self.configMaps)?watch=1", headers: headers)
        #expect(refused.code == 400 && refused["reason"] == "BadRequest", "\(refused.text)")
      }
      // What is wrong with the watch itself is an ordinary answer.
      let refused = try await client.refused(
        .GET, "\(Self.configMaps)?watch=1&labelSelector=%3D", headers: Self.handshake)
      #expect(refused.code == 400, "\(refused.text)")
      #expect(try await client.get("/readyz").text == "ok")
    }
  }
}
