import JSONDocument
import NIOCore
import NIOHTTP1
import StorageStandIn
import Testing
import Waiting

/// Encodings that promise more, or something else, than what comes: of heads, of bodies in pieces, of protobuf and of
/// patches.
@Suite("Hostile encodings") struct HostileEncodingTests {
  static let configMaps = HostileBodyTests.configMaps
  static let protobuf = HostileBodyTests.protobuf

  // MARK: Heads

  /// Four kilobytes that one byte names again (RFC 7541 §6.1): 40 MB out of 15 KB, in one frame.
  @Test func headsThatUnpackToMuch() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { frontEnd, client in
      // A literal that goes into the table, as entry 62, and then that entry 10,000 times.
      let length = 4000 - 127
      let name = Array("x-a".utf8)
      var kept: [UInt8] = [0x40, UInt8(name.count)]
      kept += name
      kept += [127, UInt8(length % 128 + 128), UInt8(length / 128)]
      kept += [UInt8](repeating: 98, count: 4000)
      let block = HTTP2Bytes.request("GET", "/healthz") + kept + [UInt8](repeating: 0x80 | 62, count: 10_000)
      #expect(block.count < 16_384)
      let raw = try await RawConnection(.admin, port: client.port, application: "h2")
      try await raw.send(HTTP2Bytes.preface + HTTP2Bytes.frame(.headers, flags: 5, stream: 1, block))
      try await eventually("a head that unpacks to 40 MB is refused") {
        raw.isClosed || !Self.answers(to: 1, in: raw.bytes).isEmpty
      }
      // Refused as a stream or with the connection; never answered well, which is what its first byte would say.
      #expect(Self.answers(to: 1, in: raw.bytes).allSatisfy { $0 != [0x88] })
      await raw.close()
      try await eventually("nothing of it runs any more") { frontEnd.statistics.activeRequests == 0 }
      #expect(try await client.get("/readyz").text == "ok")
    }
  }

  /// The first byte of each frame that ends or begins the answer to a stream: of its head, 0x88 says 200 (RFC 7541,
  /// appendix A); of a reset, 0.
  private static func answers(to stream: UInt32, in bytes: [UInt8]) -> [[UInt8]] {
    var found: [[UInt8]] = []
    var rest = bytes[...]
    while rest.count >= 9 {
      let head = Array(rest.prefix(9))
      let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
      let number: UInt32 = head[5...].reduce(0) { $0 << 8 | UInt32($1) }
      guard rest.count >= 9 + length else { break }
      let isAnswer = head[3] == HTTP2Bytes.Kind.headers.rawValue || head[3] == HTTP2Bytes.Kind.reset.rawValue
      if isAnswer, number == stream { found.append(Array(rest.dropFirst(9).prefix(1))) }
      rest = rest.dropFirst(9 + length)
    }
    return found
  }

  // MARK: Bodies in pieces

  /// What does not add up is refused, and nothing is made of it.
  @Test(arguments: [
    "content-length: -5", "content-length: 5x", "content-length: 99999999999999999999",
    "content-length: 27\r\ncontent-length: 5", "transfer-encoding: chunked, chunked", "transfer-encoding: gzip",
  ])
  func lengthsThatAreNone(header: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage(), limits: { $0.bodyTimeout = .seconds(2) }) { _, client in
      let raw = try await RawConnection(.admin, port: client.port, application: "http/1.1")
      try? await raw.send(
        "POST \(Self.configMaps) HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\(header)\r\n\r\n"
          + #"{"metadata":{"name":"odd"}}"#)
      try await eventually("a request with \(header) is refused") { raw.isClosed || raw.text.contains("\r\n\r\n") }
      #expect(!raw.text.hasPrefix("HTTP/1.1 2"), "\(raw.text)")
      await raw.close()
      #expect(try await client.get("\(Self.configMaps)/odd").code == 404)
      #expect(try await client.get("/readyz").text == "ok")
    }
  }

  /// Pieces that lie about their size, and a body whose last piece never comes.
  @Test(arguments: [
    "fffffffffffffffff\r\n", "-1\r\n", "zz\r\n", "1d\r\n\(whole)", "1d\r\n\(whole)\r\n", "1d\r\n\(whole)\r\n0\r\n",
    "2\r\n\(whole)\r\n0\r\n\r\n",
  ])
  func piecesThatAreNone(pieces: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage(), limits: { $0.bodyTimeout = .seconds(2) }) { _, client in
      let raw = try await RawConnection(.admin, port: client.port, application: "http/1.1")
      try? await raw.send(
        "POST \(Self.configMaps) HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
          + "transfer-encoding: chunked\r\n\r\n" + pieces)
      try await eventually("it is refused") { raw.isClosed || raw.text.contains("\r\n\r\n") }
      #expect(!raw.text.hasPrefix("HTTP/1.1 2"), "\(raw.text)")
      await raw.close()
      #expect(try await client.get("\(Self.configMaps)/piece").code == 404)
      #expect(try await client.get("/readyz").text == "ok")
    }
  }

  /// 29 bytes: 1d in the notation of pieces.
  static let whole = #"{"metadata":{"name":"piece"}}"#

  // MARK: Protobuf

  private static func number(_ value: Int) -> [UInt8] {
    var (bytes, rest): ([UInt8], Int) = ([], value)
    while rest >= 128 {
      bytes.append(UInt8(rest & 127 | 128))
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  /// A field with the wire type of text, bytes and messages, of any length.
  private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    [number << 3 | 2] + Self.number(bytes.count) + bytes
  }

  private static func body(_ apiVersion: String, _ kind: String, _ object: [UInt8]) -> [UInt8] {
    Array("k8s\0".utf8) + field(1, field(1, Array(apiVersion.utf8)) + field(2, Array(kind.utf8))) + field(2, object)
  }

  private static func send(_ client: TestClient, _ path: String, _ bytes: [UInt8]) async throws -> Answer {
    try await ProtobufBodyTests.send(client, .POST, path, ByteBuffer(bytes: bytes))
  }

  @Test func messagesThatEndTooSoon() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let entry = Self.field(2, Self.field(1, Array("key".utf8)) + Self.field(2, Array("value".utf8)))
      let whole = Self.body("v1", "ConfigMap", Self.field(1, Self.field(1, Array("cut".utf8))) + entry)
      for length in 0..<whole.count {
        let answer = try await Self.send(client, Self.configMaps, Array(whole.prefix(length)))
        #expect((400..<500).contains(answer.code) && answer["kind"] == "Status", "\(length): \(answer.text)")
      }
      #expect(try await client.get("\(Self.configMaps)/cut").code == 404)
      #expect(try await Self.send(client, Self.configMaps, whole).code == 201)
    }
  }

  @Test func messagesThatLie() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let head = Array("k8s\0".utf8)
      let longest: [UInt8] = [UInt8](repeating: 0xff, count: 9) + [1]
      let metadata = Self.field(1, Self.field(1, Array("lie".utf8)))
      var bodies: [(String, [UInt8])] = []
      func add(_ what: String, _ bytes: [UInt8]) { bodies.append((what, bytes)) }
      func object(_ bytes: [UInt8]) -> [UInt8] { Self.body("v1", "ConfigMap", bytes) }
      add("a length of 2^64 - 1", head + [0x12] + longest)
      add("a length of 2^31", head + [0x12, 128, 128, 128, 128, 8])
      add("a length that never ends", head + [0x12] + [UInt8](repeating: 0x80, count: 100_000))
      add("a field of number 0", head + [0x02, 0])
      add("a field of no type", head + [0x17, 0])
      add("groups in groups", head + [UInt8](repeating: 0x1b, count: 1_000_000))
      add("the envelope in the envelope", head + Self.field(2, head + Self.field(2, head)))
      add("a length beyond its message", object([0x0a, 3, 0x0a, 100, 97]))
      add("text where a message is", object(metadata + Self.field(2, Array("abc".utf8))))
      add("a number where text is", object([0x0a, 2, 0x08, 1]))
      for (what, bytes) in bodies {
        let answer = try await Self.send(client, Self.configMaps, bytes)
        #expect((400..<500).contains(answer.code) && answer["kind"] == "Status", "\(what): \(answer.text.prefix(500))")
      }
      #expect(try await client.get("/readyz").text == "ok")
    }
  }

  /// Free-form fields carry JSON inside of protobuf: no way round the limits of JSON.
  @Test func jsonInsideOfMessages() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "/apis/apps/v1/namespaces/default/controllerrevisions"
      let metadata = Self.field(1, Self.field(1, Array("deep".utf8)))
      func revision(_ json: String) -> [UInt8] {
        Self.body(
          "apps/v1", "ControllerRevision", metadata + Self.field(2, Self.field(1, Array(json.utf8))) + [0x18, 1])
      }
      func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
      for json in [
        repeated("[", 100_000), #"{"a":"# + repeated("[", 100_000) + repeated("]", 100_000) + "}",
        repeated(#"{"a":"#, 100_000), "{", #"{"a":1e999"#, "\u{0}", #"{"a":"b"} {"#,
      ] {
        let answer = try await Self.send(client, path, revision(json))
        #expect(
          (400..<500).contains(answer.code) && answer["kind"] == "Status",
          "\(json.prefix(20)): \(answer.text.prefix(500))")
      }
      let fine = try await Self.send(client, path, revision(#"{"a":[1]}"#))
      #expect(fine.code == 201 && fine["data"] == ["a": [1]], "\(fine.text)")
    }
  }

  // MARK: Patches

  /// Patches that are small, and whose outcome would not be.
  @Test func patchesThatGrow() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let path = "\(Self.configMaps)/grown"
      let made = try await client.post(Self.configMaps, ["metadata": ["name": "grown"], "data": ["a": "b"]])
      #expect(made.code == 201, "\(made.text)")
      func patch(_ operations: [String]) async throws -> Answer {
        try await client.patch(path, HostileBodyTests.json, "[" + operations.joined(separator: ",") + "]")
      }
      // Copies of copies: 2^60 of them.
      let start = #"{"op":"add","path":"/metadata/annotations","value":{}}"#
      let doubling = (0..<60).map {
        #"{"op":"copy","from":"/metadata","path":"/metadata/annotations/a\#($0)"}"#
      }
      let copies = try await patch([start] + doubling)
      #expect(copies.code == 422 && copies["reason"] == "Invalid", "\(copies.text.prefix(500))")
      let many = try await patch(Array(repeating: #"{"op":"test","path":"/data/a","value":"b"}"#, count: 10_001))
      #expect(many.code == 413, "\(many.text.prefix(500))")
      // One step deeper with each operation.
      let steps = (1...200).map {
        #"{"op":"add","path":"/data\#(String(repeating: "/a", count: $0))","value":{}}"#
      }
      let deeper = try await patch(steps)
      #expect((400..<500).contains(deeper.code), "\(deeper.text.prefix(500))")
      #expect(try await client.get(path).json == made.json)
    }
  }
}
