import HTTPServer
import NIOCore
import NIOHTTP1
import NIOSSL
import Synchronization
import Testing
import Waiting

/// A client, a server that hands the connection on, and one behind it: over TLS in front, in cleartext behind, as
/// between a front-end's clients and a runtime.
@Suite(.timeLimit(.minutes(2))) struct TunnelTests {
  private static let dialer = UpgradeDialer()

  private static func head(_ path: String, _ method: HTTPMethod = .GET) -> HTTPRequestHead {
    HTTPRequestHead(
      version: .http1_1, method: method, uri: path,
      headers: ["host": "x", "connection": "Upgrade", "upgrade": "test/1", "content-length": "0"])
  }

  /// How much the flood has written, and how the last joined tunnel ended.
  private final class Seen: Sendable {
    let flooded = Atomic(0)
    let closed = Flag()
    let end = Mutex<TunnelEnd?>(nil)
  }

  private static func backend(_ seen: Seen) -> HTTPRequestHandler {
    { request, writer in
      if request.path == "/refuses" {
        return try await writer.respond(
          .forbidden, headers: ["x-accepted": "test/2"], body: ByteBuffer(string: "not this one"))
      }
      if request.path == "/mute" { return try await Task.sleep(for: .seconds(60)) }
      let tunnel = try await writer.upgrade(headers: ["connection": "Upgrade", "upgrade": "test/1", "x-chosen": "one"])
      defer { seen.closed.set() }
      switch request.path {
      case "/echo": for try await bytes in tunnel.inbound { try await tunnel.write(bytes) }
      case "/counts":
        var count = 0
        for try await bytes in tunnel.inbound { count += bytes.readableBytes }
        try await tunnel.write(ByteBuffer(string: "\(count) bytes"))
      case "/ends":
        // Says all it has to say first; the client may go on.
        try await tunnel.write(ByteBuffer(string: "done"))
        try await tunnel.finishOutput()
        for try await bytes in tunnel.inbound { seen.flooded.add(bytes.readableBytes, ordering: .relaxed) }
        return
      case "/flood":
        let piece = ByteBuffer(repeating: 7, count: 64 * 1024)
        while true {
          try await tunnel.write(piece)
          seen.flooded.add(piece.readableBytes, ordering: .relaxed)
        }
      case "/greets":
        try await tunnel.write(ByteBuffer(string: "hello"))
        for try await _ in tunnel.inbound {}
      default: return  // breaks off
      }
      try await tunnel.finishOutput()
    }
  }

  private static func withTunnels(
    limits: TunnelLimits = TunnelLimits(), _ body: (HTTPServer, UpgradeTarget, Seen) async throws -> Void
  ) async throws {
    let seen = Seen()
    let authority = try TestAuthority()
    let leaf = try authority.issue("server")
    let tls = try HTTPServerTLS.context(certificates: [leaf.certificate], privateKey: leaf.key)
    var trust = TLSConfiguration.makeClientConfiguration()
    trust.trustRoots = .certificates([try authority.certificate.nio])
    let client = try NIOSSLContext(configuration: trust)
    try await withServer(handler: backend(seen)) { _, behind in
      try await withServer(
        tls: tls,
        handler: { request, writer in
          let answer: UpgradeAnswer
          do {
            answer = try await dialer.open(
              UpgradeTarget(host: "127.0.0.1", port: behind), head(request.path, request.method),
              patience: .milliseconds(500))
          } catch let error as UpgradeError {
            return try await writer.respond(.badGateway, body: ByteBuffer(string: "\(error.code)"))
          }
          let end = try await writer.relay(answer, limits: limits)
          seen.end.withLock { $0 = end }
        }
      ) { server, port in
        try await body(server, UpgradeTarget(host: "127.0.0.1", port: port, tls: client), seen)
      }
    }
  }

  private static func open(_ target: UpgradeTarget, _ path: String, _ method: HTTPMethod = .GET) async throws
    -> ByteTunnel
  {
    let answer = try await dialer.open(target, head(path, method), patience: .seconds(20))
    guard case .switched(let head, let tunnel) = answer else {
      throw HTTPServerError(.upgradeNotPossible)
    }
    #expect(head.headers.first(name: "x-chosen") == "one" && head.headers.first(name: "upgrade") == "test/1")
    return tunnel
  }

  private static func text(_ tunnel: ByteTunnel, until wanted: String? = nil) async throws -> String {
    var text = ""
    for try await bytes in tunnel.inbound {
      text += String(buffer: bytes)
      if let wanted, text.hasSuffix(wanted) { break }
    }
    return text
  }

  @Test(arguments: [HTTPMethod.GET, .POST]) func carriesBytesBothWays(method: HTTPMethod) async throws {
    try await Self.withTunnels { _, target, seen in
      let tunnel = try await Self.open(target, "/echo", method)
      try await tunnel.write(ByteBuffer(string: "one"))
      #expect(try await Self.text(tunnel, until: "one") == "one")
      try await tunnel.write(ByteBuffer(string: "two"))
      try await tunnel.finishOutput()
      #expect(try await Self.text(tunnel) == "two")
      await tunnel.finish()
      try await eventually("the tunnel has ended") { seen.end.withLock { $0 } == .finished }
    }
  }

  @Test func carriesAllOfALotInOrder() async throws {
    try await Self.withTunnels { _, target, _ in
      let tunnel = try await Self.open(target, "/echo")
      let total = 3 << 20
      async let sent: Void = {
        var next: UInt32 = 0
        while next < UInt32(total / 4) {
          var piece = ByteBuffer()
          for _ in 0..<8192 {
            piece.writeInteger(next)
            next += 1
          }
          try await tunnel.write(piece)
        }
        try await tunnel.finishOutput()
      }()
      var expected: UInt32 = 0
      var rest = ByteBuffer()
      for try await var bytes in tunnel.inbound {
        rest.writeBuffer(&bytes)
        while let number = rest.readInteger(as: UInt32.self) {
          if number != expected { break }
          expected += 1
        }
        rest.discardReadBytes()
        if rest.readableBytes >= 4 { break }
      }
      try await sent
      #expect(expected == UInt32(total / 4) && rest.readableBytes == 0)
      tunnel.close()
    }
  }

  @Test func anEndOfOneSideReachesTheOtherAndLeavesItsAnswer() async throws {
    try await Self.withTunnels { _, target, seen in
      let tunnel = try await Self.open(target, "/counts")
      for _ in 0..<100 { try await tunnel.write(ByteBuffer(repeating: 1, count: 10_000)) }
      try await tunnel.finishOutput()
      #expect(try await Self.text(tunnel) == "1000000 bytes")
      try await eventually("the tunnel has ended") { seen.end.withLock { $0 } == .finished }
      // The other way round: the server has said all, the client goes on.
      let second = try await Self.open(target, "/ends")
      #expect(try await Self.text(second) == "done")
      for _ in 0..<10 { try await second.write(ByteBuffer(repeating: 1, count: 1000)) }
      try await second.finishOutput()
      try await eventually("all has come") { seen.flooded.load(ordering: .relaxed) == 10_000 }
    }
  }

  @Test func refusalsPassThrough() async throws {
    try await Self.withTunnels { _, target, _ in
      let answer = try await Self.dialer.open(target, Self.head("/refuses"), patience: .seconds(20))
      guard case .refused(let refusal) = answer else {
        Issue.record("not refused")
        return
      }
      #expect(refusal.head.status == .forbidden && refusal.head.headers.first(name: "x-accepted") == "test/2")
      #expect(String(buffer: await refusal.text(patience: .seconds(20))) == "not this one")
    }
  }

  @Test func whoDoesNotAnswerIsGivenUp() async throws {
    try await Self.withTunnels { _, target, _ in
      for (path, reason) in [("/mute", "timeout")] {
        guard case .refused(let refusal) = try await Self.dialer.open(target, Self.head(path), patience: .seconds(20))
        else {
          Issue.record("not refused")
          continue
        }
        #expect(refusal.head.status == .badGateway)
        #expect(String(buffer: await refusal.text(patience: .seconds(20))) == reason)
      }
      await #expect(throws: UpgradeError.self) {
        try await Self.dialer.open(
          UpgradeTarget(host: "127.0.0.1", port: 1), Self.head("/"), patience: .seconds(1))
      }
    }
  }

  @Test func aClientThatDoesNotReadHoldsTheServer() async throws {
    try await Self.withTunnels { server, target, seen in
      // Nobody takes from this tunnel's queue.
      let tunnel = try await Self.open(target, "/flood")
      try await eventually("something is written") { seen.flooded.load(ordering: .relaxed) > 0 }
      var last = -1
      while last != seen.flooded.load(ordering: .relaxed) {
        last = seen.flooded.load(ordering: .relaxed)
        try await Task.sleep(for: .milliseconds(300))
      }
      // The kernel's buffers of three connections; without back-pressure it would go on for ever.
      #expect(last < 100 << 20)
      tunnel.close()
      try await eventually("both sides have ended") {
        seen.closed.isSet && server.statistics.openConnections == 0
      }
    }
  }

  @Test func aClientThatGoesAwayEndsTheOtherSide() async throws {
    try await Self.withTunnels { server, target, seen in
      let tunnel = try await Self.open(target, "/greets")
      #expect(try await Self.text(tunnel, until: "hello") == "hello")
      tunnel.close()
      try await eventually("both sides have ended") {
        seen.closed.isSet && server.statistics.openConnections == 0 && server.statistics.activeRequests == 0
      }
    }
  }

  @Test func aServerThatBreaksOffEndsTheClient() async throws {
    try await Self.withTunnels { server, target, _ in
      let tunnel = try await Self.open(target, "/breaks")
      #expect((try? await Self.text(tunnel)) ?? "" == "")
      tunnel.close()
      try await eventually("no connection is left") { server.statistics.openConnections == 0 }
    }
  }

  @Test func aTunnelInWhichNothingMovesEnds() async throws {
    var limits = TunnelLimits()
    limits.idle = .milliseconds(100)
    try await Self.withTunnels(limits: limits) { _, target, seen in
      let tunnel = try await Self.open(target, "/greets")
      _ = try? await Self.text(tunnel)
      try await eventually("the tunnel has ended") { seen.end.withLock { $0 } == .idle }
      tunnel.close()
    }
  }

  @Test func aHalfClosedTunnelIsNotKeptForever() async throws {
    var limits = TunnelLimits()
    limits.halfClosed = .milliseconds(100)
    try await Self.withTunnels(limits: limits) { _, target, seen in
      let tunnel = try await Self.open(target, "/ends")
      _ = try? await Self.text(tunnel)
      try await eventually("the tunnel has ended") { seen.end.withLock { $0 } == .idle }
      tunnel.close()
    }
  }

  @Test func aServerThatStopsCutsItsTunnels() async throws {
    try await Self.withTunnels { server, target, seen in
      let tunnel = try await Self.open(target, "/greets")
      #expect(try await Self.text(tunnel, until: "hello") == "hello")
      await server.shutdown()
      #expect(seen.end.withLock { $0 } == .cancelled && server.statistics.openConnections == 0)
      try await eventually("the other side has ended") { seen.closed.isSet }
      tunnel.close()
    }
  }

  @Test func whatIsForOneConnectionOnlyIsNotHandedOn() {
    let headers: HTTPHeaders = [
      "Connection": "close, X-Hop", "X-Hop": "1", "Keep-Alive": "5", "Transfer-Encoding": "chunked", "Upgrade": "a/1",
      "X-End": "2", "TE": "trailers", "Content-Length": "3",
    ]
    #expect(headers.endToEnd() == ["X-End": "2", "Content-Length": "3"])
    let kept = headers.endToEnd(keepsUpgrade: true)
    #expect(kept["upgrade"] == ["a/1"] && kept["connection"] == ["Upgrade"] && kept["x-hop"] == [])
  }

  @Test func aPathsPrefixLeavesTheRestAsItWas() async throws {
    try await withServer(handler: { request, writer in
      let found = request.pathPrefix(2).map { "\($0.segments.joined(separator: ",")) \($0.rest)" } ?? "none"
      try await writer.respond(.ok, body: ByteBuffer(string: "<\(found)>"))
    }) { _, port in
      let connection = try await RawConnection(port: port)
      for (path, found) in [
        ("/a/b/c%2Fd/../e//", "a,b /c%2Fd/../e//"), ("//a//b%20c", "a,b c "), ("/a/b/", "a,b /"), ("/a", "none"),
        ("/a/..", "none"), ("/a%2Fb/c", "none"), ("/%zz/b", "none"),
      ] {
        try await connection.send("GET \(path)?x HTTP/1.1\r\nHost: x\r\n\r\n")
        let answer = await connection.read(until: ">")
        #expect(answer.hasSuffix("<\(found)>"), "\(path): \(answer)")
      }
      try await connection.channel.close()
    }
  }

  @Test func aBodyThatIsHandedOnMayTakeLongAndMayNotStall() async throws {
    try await withServer(
      configure: { $0.bodyTimeout = .seconds(6) },
      handler: { request, writer in
        writer.streamBody()
        var count = 0
        for try await bytes in request.body { count += bytes.readableBytes }
        try await writer.respond(.ok, body: ByteBuffer(string: "\(count);"))
      }
    ) { _, port in
      let slow = try await RawConnection(port: port)
      let stalled = try await RawConnection(port: port)
      for connection in [slow, stalled] {
        try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 14\r\n\r\n")
      }
      // Longer than the limit in all, each piece well within it, whatever else the machine does.
      for _ in 0..<14 {
        try await Task.sleep(for: .milliseconds(500))
        try await slow.send("a")
      }
      #expect(await slow.read(until: ";").hasSuffix("14;"))
      #expect(await stalled.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 408"))
    }
  }
}
