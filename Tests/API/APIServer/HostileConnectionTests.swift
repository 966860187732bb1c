import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1
import StorageStandIn
import Testing
import Waiting

/// Connections that are slow on purpose, or that send what costs them little and a server much: each ends, and the
/// others are served.
@Suite("Hostile connections") struct HostileConnectionTests {
  static let configMaps = "/api/v1/namespaces/default/configmaps"

  /// Lets go of slow clients soon; sooner than a busy machine sends what it has to, so that honest ones try again.
  private func withImpatientFrontEnd(
    firstRequest: TimeAmount = .milliseconds(300), _ body: (TestClient) async throws -> Void
  ) async throws {
    try await withFrontEnd(
      storage: InMemoryStorage(),
      limits: {
        $0.firstRequestTimeout = firstRequest
        $0.bodyTimeout = .milliseconds(300)
        $0.writeTimeout = .milliseconds(300)
        // Over HTTP/2 the time to the first request is this one.
        $0.idleTimeout = max(.milliseconds(600), firstRequest)
      }
    ) { _, client in
      try await body(client)
      try await eventually("others are served") { (try? await client.get("/readyz"))?.text == "ok" }
      try await eventually("others may write") {
        // The answer to the first may have been lost.
        let made = try? await client.post(Self.configMaps, ["metadata": ["name": "after"]])
        return made?.code == 201 || made?["reason"] == "AlreadyExists"
      }
    }
  }

  private func untilClosed(_ raw: RawConnection, _ what: String) async throws {
    try await eventually("\(what) ends") { raw.isClosed }
  }

  // MARK: Slowness

  @Test(arguments: ["", "GET /api HTTP/1.1\r\n", "GET /api HTTP/1.1\r\nhost: x\r\na: b\r\n", "G"])
  func headsThatNeverEnd(beginning: String) async throws {
    try await withImpatientFrontEnd { client in
      let raw = try await RawConnection(.admin, port: client.port, application: "http/1.1")
      // The connection may have ended before.
      if !beginning.isEmpty { try? await raw.send(beginning) }
      try await untilClosed(raw, "a connection whose head never ends")
    }
  }

  /// A byte now and then does not keep a connection open.
  @Test func headsThatTrickle() async throws {
    try await withImpatientFrontEnd { client in
      let raw = try await RawConnection(.admin, port: client.port, application: "http/1.1")
      try? await raw.send("GET /api HTTP/1.1\r\nhost: x\r\n")
      try await eventually("a connection whose head trickles ends", every: .milliseconds(20)) {
        try? await raw.send("a")
        return raw.isClosed
      }
    }
  }

  @Test(arguments: [true, false]) func bodiesThatTrickle(http1: Bool) async throws {
    try await withImpatientFrontEnd(firstRequest: .seconds(60)) { client in
      let raw = try await RawConnection(.admin, port: client.port, application: http1 ? "http/1.1" : "h2")
      if http1 {
        try await raw.send(
          "POST \(Self.configMaps) HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            + "content-length: 100000\r\n\r\n")
      } else {
        let head = HTTP2Bytes.request("POST", Self.configMaps, [("content-type", "application/json")])
        try await raw.send(HTTP2Bytes.preface + HTTP2Bytes.frame(.headers, flags: 4, stream: 1, head))
      }
      let drop = http1 ? Array(" ".utf8) : HTTP2Bytes.frame(.data, stream: 1, Array(" ".utf8))
      try await eventually("the client is told that it took too long", every: .milliseconds(20)) {
        try? await raw.send(drop)
        return ["did not arrive in time", #""code":408"#, #""reason":"Timeout""#].allSatisfy { raw.text.contains($0) }
      }
      await raw.close()
    }
  }

  /// HTTP/2 has more ways to say nothing.
  @Test(arguments: ["no preface", "half a preface", "no request", "half a head"])
  func silenceOverHTTP2(how: String) async throws {
    try await withImpatientFrontEnd { client in
      let raw = try await RawConnection(.admin, port: client.port, application: "h2")
      let head = HTTP2Bytes.request("GET", Self.configMaps)
      switch how {
      case "no preface": break
      case "half a preface": try? await raw.send("PRI * HT")
      case "no request": try? await raw.send(HTTP2Bytes.preface)
      default: try? await raw.send(HTTP2Bytes.preface + HTTP2Bytes.frame(.headers, stream: 1, head))
      }
      try await untilClosed(raw, how)
    }
  }

  // MARK: Floods

  @Test func headerFloods() async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { _, client in
      for (what, flood) in [
        ("many fields", String(repeating: "x-a: b\r\n", count: 100_000)),
        ("one large field", "x-a: " + String(repeating: "b", count: 1_000_000) + "\r\n"),
        ("a large name", String(repeating: "b", count: 1_000_000) + ": x\r\n"),
        ("a large token", "authorization: Bearer " + String(repeating: "b", count: 1_000_000) + "\r\n"),
      ] {
        let raw = try await RawConnection(.nobody, port: client.port, application: "http/1.1")
        // The connection may end before everything has been sent.
        try? await raw.send("GET /api HTTP/1.1\r\nhost: x\r\n" + flood + "\r\n")
        try await eventually("\(what) are refused") { raw.isClosed || raw.text.contains("\r\n\r\n") }
        #expect(raw.text.hasPrefix("HTTP/1.1 431 "), "\(what): \(raw.text)")
        await raw.close()
      }
      #expect(try await client.get("/readyz").text == "ok")
    }
  }

  private static func repeated(_ bytes: [UInt8], _ count: Int) -> [UInt8] {
    Array(repeatElement(bytes, count: count).joined())
  }

  struct Flood: Sendable, CustomTestStringConvertible {
    var name: String
    /// What opens it, and what is sent again and again.
    var opening: [UInt8]
    var wave: @Sendable (Int) -> [UInt8]

    var testDescription: String { name }
  }

  static let floods: [Flood] = {
    let get = HTTP2Bytes.request("GET", "/healthz")
    let post = HTTP2Bytes.request("POST", configMaps, [("content-type", "application/json")])
    @Sendable func stream(_ number: Int) -> UInt32 { UInt32(2 * number + 1) }
    return [
      Flood(name: "pings", opening: []) { _ in HTTP2Bytes.frame(.ping, [UInt8](repeating: 7, count: 8)) },
      Flood(name: "settings", opening: []) { _ in HTTP2Bytes.frame(.settings) },
      Flood(name: "priorities", opening: []) { HTTP2Bytes.frame(.priority, stream: stream($0), [0, 0, 0, 0, 7]) },
      Flood(name: "requests that are reset", opening: []) {
        HTTP2Bytes.frame(.headers, flags: 5, stream: stream($0), get)
          + HTTP2Bytes.frame(.reset, stream: stream($0), HTTP2Bytes.number(8))
      },
      // Half-open ones: the handler waits for a body when the reset comes.
      Flood(name: "writes that are reset", opening: []) {
        HTTP2Bytes.frame(.headers, flags: 4, stream: stream($0), post)
          + HTTP2Bytes.frame(.reset, stream: stream($0), HTTP2Bytes.number(8))
      },
      // The server is made to reset them (a window of zero is an error of the stream).
      Flood(name: "requests that have to be reset", opening: []) {
        HTTP2Bytes.frame(.headers, flags: 4, stream: stream($0), post)
          + HTTP2Bytes.frame(.windowUpdate, stream: stream($0), HTTP2Bytes.number(0))
      },
      Flood(
        name: "continuations", opening: HTTP2Bytes.frame(.headers, stream: 1, HTTP2Bytes.request("GET", "/healthz"))
      ) { HTTP2Bytes.frame(.continuation, stream: 1, HTTP2Bytes.fields([("x-\($0)", "y")])) },
      Flood(name: "empty continuations", opening: HTTP2Bytes.frame(.headers, stream: 1, get)) { _ in
        HTTP2Bytes.frame(.continuation, stream: 1)
      },
      Flood(name: "empty data", opening: HTTP2Bytes.frame(.headers, flags: 4, stream: 1, post)) { _ in
        HTTP2Bytes.frame(.data, stream: 1)
      },
      Flood(name: "streams at once", opening: []) { HTTP2Bytes.frame(.headers, flags: 4, stream: stream($0), post) },
      Flood(name: "frames of no kind", opening: []) { _ in
        [0, 0, 0, 77, 0, 0, 0, 0, 0] + HTTP2Bytes.frame(.ping, [UInt8](repeating: 7, count: 8))
      },
    ]
  }()

  @Test(arguments: floods) func floodsOfFrames(flood: Flood) async throws {
    try await withFrontEnd(storage: InMemoryStorage()) { frontEnd, client in
      let raw = try await RawConnection(.admin, port: client.port, application: "h2")
      try await raw.send(HTTP2Bytes.preface + flood.opening)
      var number = flood.opening.isEmpty ? 0 : 1
      while !raw.isClosed, number < 200_000 {
        let wave = (number..<number + 200).flatMap { flood.wave($0) }
        number += 200
        do { try await raw.send(wave) } catch { break }
        await Task.yield()
      }
      try await untilClosed(raw, "a flood of \(flood.name)")
      let farewells = HTTP2Bytes.farewells(in: raw.bytes)
      // ENHANCE_YOUR_CALM, or what else was wrong; never "no error".
      #expect(farewells.allSatisfy { $0 != 0 }, "\(farewells)")
      try await eventually("its requests have ended") { frontEnd.statistics.activeRequests == 0 }
      #expect(try await client.get("/readyz").text == "ok")
    }
  }

  // MARK: Clients that do not read

  @Test(arguments: [true, false]) func watchersThatNeverRead(http1: Bool) async throws {
    try await watchThatIsNeverRead { client in
      let raw = try await RawConnection(
        .admin, port: client.port, application: http1 ? "http/1.1" : "h2", receiveBuffer: 4096)
      let path = "\(Self.configMaps)?watch=1"
      if http1 {
        try await raw.send("GET \(path) HTTP/1.1\r\nhost: x\r\n\r\n")
      } else {
        let request = HTTP2Bytes.request("GET", path)
        try await raw.send(HTTP2Bytes.preface + HTTP2Bytes.frame(.headers, flags: 5, stream: 1, request))
      }
      return raw
    }
  }

  private static func gets(_ path: String, _ streams: Range<UInt32>) -> [UInt8] {
    let request = HTTP2Bytes.request("GET", path)
    return streams.flatMap { HTTP2Bytes.frame(.headers, flags: 5, stream: $0 * 2 + 1, request) }
  }

  /// Answers of a few bytes wait for windows as large ones do.
  @Test func smallAnswersThatNobodyTakes() async throws {
    try await withFrontEnd(storage: InMemoryStorage(), limits: { $0.writeTimeout = .seconds(1) }) { frontEnd, client in
      let raw = try await RawConnection(.admin, port: client.port, application: "h2")
      try await raw.send(HTTP2Bytes.preface + HTTP2Bytes.noWindows + Self.gets("/readyz", 0..<50))
      try await eventually("the answers are given up") { HTTP2Bytes.count(.reset, in: raw.bytes) == 50 }
      #expect(HTTP2Bytes.count(.headers, in: raw.bytes) == 50 && HTTP2Bytes.count(.data, in: raw.bytes) == 0)
      // The connection itself is good.
      try await raw.send(
        HTTP2Bytes.frame(.settings, [0, 4] + HTTP2Bytes.number(65_535)) + Self.gets("/readyz", 50..<51))
      try await eventually("who takes answers gets them") { HTTP2Bytes.count(.data, in: raw.bytes) > 0 }
      await raw.close()
    }
  }

  @Test func largeAnswersThatNobodyTakes() async throws {
    try await withFrontEnd(
      storage: InMemoryStorage(), limits: { $0.maximumUntakenBytes = 100_000 }
    ) { frontEnd, client in
      let text = String(repeating: "x", count: 60_000)
      let made = try await client.post(
        Self.configMaps, ["metadata": ["name": "large"], "data": ["a": .string(text)]])
      #expect(made.code == 201)
      let raw = try await RawConnection(.admin, port: client.port, application: "h2")
      let path = "\(Self.configMaps)/large"
      try await raw.send(HTTP2Bytes.preface + HTTP2Bytes.noWindows + Self.gets(path, 0..<10))
      // One waits; two would be too much.
      try await eventually("the others are given up") { HTTP2Bytes.count(.reset, in: raw.bytes) == 9 }
      for _ in 0..<10 { #expect(try await client.get(path).code == 200) }
      // It takes the one, and another may wait.
      try await raw.send(HTTP2Bytes.frame(.settings, [0, 4] + HTTP2Bytes.number(65_535)))
      try await eventually("it has come") { raw.bytes.count > 60_000 }
      try await raw.send(Self.gets(path, 10..<11))
      try await eventually("another one waits") { HTTP2Bytes.count(.headers, in: raw.bytes) == 2 }
      #expect(HTTP2Bytes.count(.reset, in: raw.bytes) == 9)
      await raw.close()
    }
  }

  /// Requests in a row whose answers nobody takes.
  @Test func pipelinesThatNeverRead() async throws {
    try await withFrontEnd(
      storage: InMemoryStorage(),
      limits: {
        $0.writeTimeout = .seconds(1); $0.idleTimeout = .seconds(5)
      }
    ) { frontEnd, client in
      let raw = try await RawConnection(.admin, port: client.port, application: "http/1.1", receiveBuffer: 4096)
      try await raw.send("GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n")
      try await eventually("the first one is answered") { raw.text.hasSuffix("ok") }
      try? await raw.stopReading()
      let request = "GET /openapi/v2 HTTP/1.1\r\nhost: x\r\n\r\n"
      // Not awaited: the server stops reading, as it should.
      let sending = Task { for _ in 0..<1000 { try await raw.send(String(repeating: request, count: 100)) } }
      try await eventually("nothing of it runs any more") {
        frontEnd.statistics.openConnections == 0 && frontEnd.statistics.activeRequests == 0
      }
      await raw.close()
      _ = await sending.result
      #expect(try await client.get("/readyz").text == "ok")
    }
  }
}
