import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1
import StorageStandIn
import Testing
import Waiting

/// Bodies that are made to hurt: each is answered with the right status, and the front-end goes on. That none takes
/// gigabytes or minutes is what the client's patience and the machine's memory say.
@Suite("Hostile bodies") struct HostileBodyTests {
  static let configMaps = "/api/v1/namespaces/default/configmaps"
  static let deployments = "/apis/apps/v1/namespaces/default/deployments"

  static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

  /// As it is, or wrapped: a body may hold bytes that are no text.
  struct Body: Sendable, CustomTestStringConvertible {
    var name: String
    var path = HostileBodyTests.configMaps
    var method = HTTPMethod.POST
    var type = "application/json"
    var bytes: [UInt8]
    var code = 400
    var reason = "BadRequest"
    var message = ""

    init(
      _ name: String, _ text: String, method: HTTPMethod = .POST, path: String = HostileBodyTests.configMaps,
      type: String = "application/json", code: Int = 400, reason: String = "BadRequest", message: String = ""
    ) {
      (self.name, self.method, self.path, self.type) = (name, method, path, type)
      (self.code, self.reason, self.message) = (code, reason, message)
      bytes = Array(text.utf8)
    }

    init(
      _ name: String, bytes: [UInt8], method: HTTPMethod = .POST, path: String = HostileBodyTests.configMaps,
      type: String = "application/json", code: Int = 400, reason: String = "BadRequest", message: String = ""
    ) {
      self.init(name, "", method: method, path: path, type: type, code: code, reason: reason, message: message)
      self.bytes = bytes
    }

    var testDescription: String { name }
  }

  static let merge = "application/merge-patch+json"
  static let strategic = "application/strategic-merge-patch+json"
  static let apply = "application/apply-patch+yaml"
  static let json = "application/json-patch+json"
  static let protobuf = "application/vnd.kubernetes.protobuf"

  private static func map(_ rest: String) -> String { #"{"kind":"ConfigMap","metadata":{"name":"x"}"# + rest + "}" }

  private static func deployment(_ spec: String) -> String {
    #"{"metadata":{"name":"d"},"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":"#
      + #"{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i"}]}}"# + spec + "}}"
  }

  static let deep: [Body] = [
    Body("lists to the end", repeated("[", 1_000_000), message: "max depth"),
    Body("objects to the end", repeated(#"{"a":"#, 300_000), message: "max depth"),
    Body("lists that end", map(#","data":"# + repeated("[", 100_000) + repeated("]", 100_000)), message: "max depth"),
    Body("an unknown field", map(#","datum":"# + repeated("[", 5_000) + repeated("]", 5_000)), message: "max depth"),
    Body("text of brackets", map(#","data":{"a":""# + repeated("[", 100_000) + #""}"#), code: 201, reason: ""),
    Body("a merge patch", repeated(#"{"a":"#, 100_000), method: .PATCH, path: "\(configMaps)/there", type: merge),
    Body(
      "a strategic patch", repeated(#"{"a":"#, 100_000), method: .PATCH, path: "\(configMaps)/there", type: strategic),
    Body(
      "a JSON patch", #"[{"op":"add","path":"/data","value":"# + repeated("[", 100_000), method: .PATCH,
      path: "\(configMaps)/there", type: json),
    Body("an apply", repeated("{a: ", 100_000), method: .PATCH, path: "\(configMaps)/there", type: apply),
    Body("YAML in brackets", repeated("[", 500_000), type: "application/yaml", message: "YAML"),
    Body("YAML by dashes", repeated("- ", 500_000), type: "application/yaml", message: "YAML"),
    Body(
      "YAML by indentation", (0..<1_500).map { repeated(" ", $0) + "a:\n" }.joined(), type: "application/yaml",
      message: "YAML"),
  ]

  static let numbers: [Body] = [
    Body("an exponent beyond doubles", deployment(#","replicas":1e999"#), path: deployments),
    Body("beyond 64 bits", deployment(#","replicas":99999999999999999999"#), path: deployments),
    Body("beyond 32 bits", deployment(#","replicas":2147483648"#), path: deployments),
    Body("a fraction", deployment(#","replicas":1.5"#), path: deployments),
    Body("a megabyte of digits", deployment(#","replicas":"# + repeated("9", 1_000_000)), path: deployments),
    Body("a megabyte of a fraction", deployment(#","replicas":0."# + repeated("9", 1_000_000)), path: deployments),
    Body("a megabyte of an exponent", deployment(#","replicas":1e"# + repeated("9", 1_000_000)), path: deployments),
    Body("less than nothing", deployment(#","replicas":-1"#), path: deployments, code: 422, reason: "Invalid"),
    Body("minus infinity", deployment(#","replicas":-1e999"#), path: deployments),
    Body("not JSON's", deployment(#","replicas":NaN"#), path: deployments),
    Body("with a zero before", deployment(#","replicas":01"#), path: deployments),
    Body("hexadecimal", deployment(#","replicas":0x10"#), path: deployments),
    // Quantities have a largest one, and more than that is that.
    Body(
      "a quantity's exponent", #"{"metadata":{"name":"exponent"},"spec":{"hard":{"pods":"1e999999999"}}}"#,
      path: "/api/v1/namespaces/default/resourcequotas", code: 201, reason: ""),
    Body(
      "a quantity's digits",
      #"{"metadata":{"name":"digits"},"spec":{"hard":{"pods":""# + repeated("9", 1_000_000) + #""}}}"#,
      path: "/api/v1/namespaces/default/resourcequotas", code: 201, reason: ""),
    Body(
      "a JSON patch far beyond a list",
      #"[{"op":"add","path":"/metadata/finalizers/99999999999999999999","value":"a/b"}]"#,
      method: .PATCH, path: "\(configMaps)/there", type: json, code: 422, reason: "Invalid"),
    Body("YAML", "metadata: {name: x}\nimmutable: 1e999\n", type: "application/yaml"),
  ]

  /// Bytes that are no text between two pieces of it.
  private static func bytes(_ before: String, _ odd: [UInt8], _ after: String = "") -> [UInt8] {
    Array(before.utf8) + odd + Array(after.utf8)
  }

  static let invalidText: [Body] = [
    // JSON repairs text, as Kubernetes' readers do.
    Body(
      "in a value",
      bytes: bytes(#"{"metadata":{"name":"repaired"},"data":{"a":""#, [0xff, 0xfe], #""}}"#),
      code: 201, reason: ""),
    Body(
      "half of a pair", #"{"metadata":{"name":"half"},"data":{"a":"\ud800"}}"#, code: 201, reason: ""),
    Body(
      "in a name", bytes: bytes(#"{"metadata":{"name":"a"#, [0xc0, 0x80], #""}}"#), code: 422,
      reason: "Invalid"),
    Body(
      "in a key", bytes: bytes(#"{"metadata":{"name":"key"},"data":{""#, [0xf8], #"":"x"}}"#),
      code: 422, reason: "Invalid"),
    Body("outside of text", bytes: [0xff, 0xfe, 0x00]),
    Body("another encoding", bytes: [0xff, 0xfe, UInt8(ascii: "{"), 0, UInt8(ascii: "}"), 0]),
    Body(
      "in YAML", bytes: bytes("metadata: {name: ", [0xff], "}\n"), type: "application/yaml",
      message: "UTF-8"),
    Body(
      "in protobuf", bytes: bytes("k8s\0", [0x0a, 4, 0x0a, 2, 0xff, 0xfe]), type: protobuf),
    Body("zeros", bytes: [UInt8](repeating: 0, count: 1_000_000)),
  ]

  static let bombs: [Body] = [
    Body("nine to the ninth", aliases(levels: 9, width: 9) + "z: *i\n", type: "application/yaml", message: "YAML"),
    Body("two to the thousandth", chain(1_000) + "z: *a1000\n", type: "application/yaml", message: "YAML"),
    // Keys are compared by what is in them.
    Body("as a key", chain(60) + "? *a60\n: x\n", type: "application/yaml", message: "key"),
    Body("as a short key", chain(60) + "*a60 : x\n", type: "application/yaml", message: "key"),
    Body("in a key", chain(60) + "z: {[*a60]: x}\n", type: "application/yaml", message: "key"),
    Body("in a key of a key", chain(60) + "z: {? {? *a60} : x}\n", type: "application/yaml", message: "key"),
    Body("in a key, close", chain(60) + "z: {?*a60 : x}\n", type: "application/yaml", message: "key"),
    Body(
      "in an apply", chain(60) + "? *a60\n: x\n", method: .PATCH, path: "\(configMaps)/there", type: apply,
      message: "key"),
    Body("merged", chain(200) + "<<: *a200\n", type: "application/yaml"),
    Body("an alias to itself", "a: &a [*a]\n", type: "application/yaml", message: "YAML"),
    Body("many documents", repeated("---\na: b\n", 50_000), type: "application/yaml", message: "YAML"),
    Body("one key many times", repeated("a: b\n", 20_000), type: "application/yaml", message: "YAML"),
    // Tags name types; none is made of what the body says.
    Body("tags", "!!python/object/apply:os.system [id]\n", type: "application/yaml"),
  ]

  /// Lists of lists, each with the one before so many times.
  private static func aliases(levels: Int, width: Int) -> String {
    let names = Array("abcdefghijklmnop").map(String.init)
    var text = "a: &a [" + Array(repeating: "x", count: width).joined(separator: ",") + "]\n"
    for level in 1..<levels {
      let item = "*\(names[level - 1])"
      text +=
        "\(names[level]): &\(names[level]) [" + Array(repeating: item, count: width).joined(separator: ",") + "]\n"
    }
    return text
  }

  private static func chain(_ count: Int) -> String {
    (1...count).reduce("a0: &a0 [x,x]\n") { $0 + "a\($1): &a\($1) [*a\($1 - 1),*a\($1 - 1)]\n" }
  }

  private func tryAll(_ bodies: [Body], http1: Bool = false) async throws {
    try await withFrontEnd(storage: InMemoryStorage(), http1: http1) { _, client in
      #expect(try await client.post(Self.configMaps, ["metadata": ["name": "there"], "data": ["a": "b"]]).code == 201)
      for body in bodies {
        let answer = try await send(body, client)
        #expect(answer.code == body.code, "\(body.name): \(answer.text.prefix(500))")
        guard answer.code >= 300 else { continue }
        #expect(
          answer["kind"] == "Status" && answer["reason"] == .string(body.reason),
          "\(body.name): \(answer.text.prefix(500))")
        #expect(
          body.message.isEmpty || answer["message"]?.stringValue?.contains(body.message) == true,
          "\(body.name): \(answer.text.prefix(500))")
        // What is wrong is told, not all that was sent.
        #expect(answer.text.utf8.count < 3 << 20, "\(body.name)")
      }
      #expect(try await client.get("\(Self.configMaps)/there")["data"] == ["a": "b"])
    }
  }

  private func send(_ body: Body, _ client: TestClient) async throws -> Answer {
    let response = try await client.start(
      body.method, body.path + (body.type == Self.apply ? "?fieldManager=x" : ""), body: ByteBuffer(bytes: body.bytes),
      headers: ["content-type": body.type])
    return Answer(
      status: response.status, headers: response.headers, body: try await response.body.collect(upTo: 64 << 20))
  }

  @Test(arguments: [false, true]) func deepNesting(http1: Bool) async throws {
    try await tryAll(Self.deep, http1: http1)
  }
  @Test func hugeNumbers() async throws { try await tryAll(Self.numbers) }
  @Test func textThatIsNone() async throws { try await tryAll(Self.invalidText) }
  @Test func aliasBombs() async throws { try await tryAll(Self.bombs) }

  /// As much as a body may hold, of what costs the reader most.
  @Test(arguments: [
    ("application/yaml", "- 1\n"), ("application/yaml", "- 2020-02-02\n"), ("application/yaml", "- {}\n"),
    ("application/yaml", "[&a b,*a],"), ("application/json", "[{}],"), ("application/json", #""\u0041","#),
    ("application/json", "0.1,"),
  ]) func fullBodies(type: String, piece: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let count = (3 << 20) / piece.utf8.count - 100
      let isList = piece.hasSuffix(",")
      let text = (isList ? #"{"a":["# : "") + Self.repeated(piece, count) + (isList ? "0]}" : "")
      let answer = try await client.send(.POST, Self.configMaps, text: text, headers: ["content-type": type])
      // As JSON it is a config map without a name, with a field that those do not have.
      #expect([400, 422].contains(answer.code), "\(answer.text.prefix(500))")
      #expect(try await client.get("/readyz").text == "ok")
    }
  }

  @Test func bodiesThatEndTooSoon() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let whole = Self.deployment(#","replicas":2"#)
      for length in stride(from: 0, to: whole.utf8.count, by: 3) {
        let answer = try await client.send(.POST, Self.deployments, text: String(whole.prefix(length)))
        #expect(answer.code == 400 && answer["reason"] == "BadRequest", "\(length): \(answer.text)")
      }
      // The connection ends in the middle of the body: nothing is made of the half, though it is whole JSON.
      let half = #"{"metadata":{"name":"half"}}"#
      for application in ["http/1.1", "h2"] {
        let raw = try await RawConnection(.admin, port: client.port, application: application)
        if application == "h2" {
          let head = HTTP2Bytes.request(
            "POST", Self.configMaps, [("content-type", "application/json"), ("content-length", "1000")])
          try await raw.send(
            HTTP2Bytes.preface + HTTP2Bytes.frame(.headers, flags: 4, stream: 1, head)
              + HTTP2Bytes.frame(.data, stream: 1, Array(half.utf8)))
        } else {
          try await raw.send(
            "POST \(Self.configMaps) HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n"
              + half)
        }
        await raw.close()
      }
      #expect(try await client.post(Self.configMaps, ["metadata": ["name": "after"]]).code == 201)
      #expect(try await client.get("\(Self.configMaps)/half").code == 404)
    }
  }

  /// A zip bomb cannot go off: bodies are taken plain only.
  @Test(arguments: ["gzip", "deflate", "br", "zstd", "gzip, gzip"]) func compressedBodies(coding: String) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      // A gigabyte of zeros begins like this, whatever follows.
      let answer = try await client.start(
        .POST, Self.configMaps, body: ByteBuffer(bytes: [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xed, 0xc1]),
        headers: ["content-type": "application/json", "content-encoding": coding])
      let text = String(buffer: try await answer.body.collect(upTo: 1 << 20))
      #expect(answer.status == .unsupportedMediaType, "\(text)")
      #expect(text.contains("UnsupportedMediaType"), "\(text)")
      let plain = try await client.send(
        .POST, Self.configMaps, text: #"{"metadata":{"name":"plain"}}"#,
        headers: ["content-type": "application/json", "content-encoding": "identity"])
      #expect(plain.code == 201, "\(plain.text)")
    }
  }

  @Test func patchesThatTurnListsIntoMaps() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      let made = try await client.send(.POST, Self.deployments, text: Self.deployment(#","replicas":1"#))
      #expect(made.code == 201, "\(made.text)")
      let path = "\(Self.deployments)/d"
      let before = try await client.get(path).json
      let wrong: [(type: String, text: String)] = [
        (Self.merge, #"{"spec":{"template":{"spec":{"containers":{"name":"c"}}}}}"#),
        (Self.merge, #"{"spec":[]}"#),
        (Self.merge, #"{"metadata":{"labels":["a"]}}"#),
        (Self.merge, #"{"metadata":"d"}"#),
        (Self.merge, "[]"),
        (Self.strategic, #"{"spec":{"template":{"spec":{"containers":{"name":"c"}}}}}"#),
        (Self.strategic, #"{"spec":{"template":{"spec":{"containers":["c"]}}}}"#),
        (Self.strategic, #"{"spec":{"template":{"spec":{"containers":[["c"]]}}}}"#),
        (Self.strategic, #"{"spec":{"template":{"spec":{"containers":[{"image":"no name"}]}}}}"#),
        (Self.strategic, #"{"spec":{"template":{"spec":{"containers":[{"$patch":"explode","name":"c"}]}}}}"#),
        (Self.strategic, #"{"spec":{"$retainKeys":{"a":1}}}"#),
        (Self.strategic, #"{"spec":{"template":{"spec":{"$setElementOrder/containers":{"name":"c"}}}}}"#),
        (Self.strategic, #"{"spec":{"template":{"spec":{"$deleteFromPrimitiveList/containers":{}}}}}"#),
        (Self.strategic, #"{"metadata":{"labels":["a"]}}"#),
        (Self.json, #"[{"op":"replace","path":"/spec/template/spec/containers","value":{"name":"c"}}]"#),
        (Self.json, #"[{"op":"add","path":"/spec/template/spec/containers/name","value":"c"}]"#),
        (Self.json, #"[{"op":"replace","path":"","value":[]}]"#),
        (Self.json, #"{"op":"remove","path":"/spec"}"#),
        (Self.apply, #"{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":{}}}}}"#),
        (Self.apply, "[]"),
      ]
      for (type, text) in wrong {
        // `force` is for applies only: elsewhere it would be all that is said.
        let isApply = type == Self.apply
        let answer = try await client.patch(path + "?fieldManager=x" + (isApply ? "&force=true" : ""), type, text)
        // What does not fit the schema is 500 with an apply, as in Kubernetes.
        let codes = isApply ? [400, 500] : [400, 422]
        #expect(codes.contains(answer.code) && answer["kind"] == "Status", "\(type) \(text): \(answer.text)")
      }
      #expect(try await client.get(path).json == before)
    }
  }

  @Test func optionsOfNoUse() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for query in [
        "limit=99999999999999999999", "limit=-99999999999999999999", "resourceVersion=99999999999999999999",
        "resourceVersion=-1", "continue=AAAA", "continue=" + Self.repeated("A", 10_000), "labelSelector=%ff%fe",
        "labelSelector=%00", "labelSelector=" + Self.repeated("(", 10_000),
        "labelSelector=a%20in%20(" + Self.repeated("a,", 5_000),
        "fieldSelector=" + Self.repeated("=", 10_000), "watch=1&timeoutSeconds=soon",
        "watch=1&resourceVersion=x",
      ] {
        let answer = try await client.get("\(Self.configMaps)?\(query)")
        #expect(
          (400..<500).contains(answer.code) && answer["kind"] == "Status",
          "\(query.prefix(60)): \(answer.text.prefix(300))")
      }
      // The last is as long as what the client library sends over HTTP/2: a head of one frame (16 KiB, compressed).
      for path in [
        "\(Self.configMaps)/%2e%2e", "/api/v1/%00", "/" + Self.repeated("a/", 10_000),
      ] {
        let answer = try await client.get(path)
        #expect((400..<500).contains(answer.code), "\(path.prefix(60)): \(answer.text.prefix(300))")
      }
      // Every second of the universe, and none.
      for seconds in ["9223372036854775807", "0", "-9223372036854775808"] {
        let watch = try await client.start(.GET, "\(Self.configMaps)?watch=1&timeoutSeconds=\(seconds)")
        #expect(watch.status == .ok)
      }
      for seconds in ["9223372036854775807", "-5"] {
        #expect(try await client.post(Self.configMaps, ["metadata": ["name": "gone"]]).code == 201)
        let answer = try await client.send(.DELETE, "\(Self.configMaps)/gone?gracePeriodSeconds=\(seconds)")
        #expect([200, 422].contains(answer.code), "\(answer.text)")
        _ = try await client.send(.DELETE, "\(Self.configMaps)/gone")
      }
      #expect(try await client.get("/readyz").text == "ok")
    }
  }

  /// What fits a request's head is evaluated; a megabyte is more than one may have.
  @Test func selectorsOfManyTerms() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for index in 0..<50 {
        let made = try await client.post(
          Self.configMaps, ["metadata": ["name": .string("m\(index)"), "labels": ["n": .string("\(index)")]]])
        #expect(made.code == 201)
      }
      let megabyte = "\(Self.configMaps)?labelSelector=" + Self.repeated("a=b,", 262_144)
      // Not over HTTP/2: there the client library sends no head that takes more than one frame (16 KiB), and waits for
      // an answer to it nonetheless.
      try await withClient(.admin, port: client.port, http1: true) { http1 in
        let many = (0..<5_000).map { "x\($0)!=y" }.joined(separator: ",")
        let all = try await http1.get("\(Self.configMaps)?labelSelector=\(many)")
        #expect(all.code == 200 && (all["items"]?.arrayValue?.count ?? 0) >= 50, "\(all.text.prefix(300))")
        let values = (0..<5_000).map { "\($0)" }.joined(separator: ",")
        let some = try await http1.get("\(Self.configMaps)?labelSelector=n%20in%20(\(values))")
        #expect(some.code == 200 && some["items"]?.arrayValue?.count == 50, "\(some.text.prefix(300))")
        #expect(try await http1.get(megabyte).code == 431)
      }
      // Over HTTP/2 whoever ignores what the server said that it takes loses the connection.
      let raw = try await RawConnection(.admin, port: client.port, application: "h2")
      let head = HTTP2Bytes.request("GET", megabyte)
      var frames = HTTP2Bytes.preface + HTTP2Bytes.frame(.headers, flags: 1, stream: 1, Array(head.prefix(16_000)))
      for start in stride(from: 16_000, to: head.count, by: 16_000) {
        let end = min(start + 16_000, head.count)
        frames += HTTP2Bytes.frame(.continuation, flags: end == head.count ? 4 : 0, stream: 1, Array(head[start..<end]))
      }
      // The connection may end before everything has been sent.
      try? await raw.send(frames)
      try await eventually("the connection ends") { raw.isClosed }
      let policies = "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies"
      let terms = (0..<30_000).map { "\"k\($0)\":\"some-value-of-some-length\"" }.joined(separator: ",")
      let kept = try await client.send(
        .POST, policies, text: #"{"metadata":{"name":"p"},"spec":{"podSelector":{"matchLabels":{"# + terms + "}}}}")
      #expect([201, 413, 422].contains(kept.code), "\(kept.text.prefix(300))")
      #expect(try await client.get("/readyz").text == "ok")
    }
  }
}
