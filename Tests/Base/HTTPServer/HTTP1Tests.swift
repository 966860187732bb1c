import Foundation
import HTTPServer
import NIOCore
import NIOHTTP1
import Synchronization
import Testing
import Waiting

@Suite struct HTTP1Tests {
  static let echo: HTTPRequestHandler = { request, writer in
    let body = try await request.body.collect(upTo: 1000)
    let text = "\(request.method) \(request.path) \(String(buffer: body));"
    try await writer.respond(.ok, headers: ["content-type": "text/plain"], body: ByteBuffer(string: text))
  }

  @Test(arguments: [false, true]) func keepsAliveAndAnswersPipelinedRequestsInOrder(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, handler: Self.echo) { _, port in
      let connection = try await RawConnection(port: port)
      try await connection.send(
        "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nPOST /2 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"
          + "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      let answer = await connection.read()
      #expect(answer.components(separatedBy: "HTTP/1.1 200 OK").count == 4)
      let one = try #require(answer.range(of: "GET /1 ;"))
      let two = try #require(answer.range(of: "POST /2 hi;"))
      let three = try #require(answer.range(of: "GET /3 ;"))
      #expect(one.lowerBound < two.lowerBound && two.lowerBound < three.lowerBound)
    }
  }

  /// More than are begun before the loop looks at its sockets again.
  @Test(arguments: [false, true]) func answersManyPipelinedRequestsInOrder(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, handler: Self.echo) { _, port in
      let connection = try await RawConnection(port: port)
      let count = 100
      let requests = (1...count).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }
      try await connection.send(requests.joined())
      let answer = await connection.read(until: "GET /\(count) ;")
      let found = answer.components(separatedBy: "GET /").dropFirst().map { String($0.prefix { $0 != " " }) }
      #expect(found == (1...count).map(String.init))
    }
  }

  @Test(arguments: [false, true]) func answersHalfClosedClient(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, configure: { $0.halfClosedTimeout = .seconds(60) }, handler: Self.echo) {
      _, port in
      let connection = try await RawConnection(port: port)
      try await connection.channel.setOption(.allowRemoteHalfClosure, value: true).get()
      try await connection.send("GET /half HTTP/1.1\r\nHost: x\r\n\r\n")
      try await connection.closeOutput()
      #expect(await connection.read(until: "/half ;").contains("GET /half ;"))
    }
  }

  @Test(arguments: [false, true]) func refusesOversizeBodies(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, handler: Self.echo) { server, port in
      let announced = try await RawConnection(port: port)
      try await announced.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n")
      #expect(await announced.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 413"))
      let chunked = try await RawConnection(port: port)
      let body = String(repeating: "a", count: 2000)
      try await chunked.send(
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n\(body)\r\n0\r\n\r\n")
      #expect(await chunked.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 413"))
    }
  }

  @Test(arguments: [false, true]) func continuesOnlyWhenTheBodyIsWanted(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, handler: Self.echo) { _, port in
      let connection = try await RawConnection(port: port)
      try await connection.send("POST /c HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
      #expect(await connection.read(until: "100 Continue\r\n\r\n").hasPrefix("HTTP/1.1 100"))
      try await connection.send("ok")
      #expect(await connection.read(until: "/c ok;").contains("HTTP/1.1 200"))
    }
  }

  @Test(arguments: [false, true]) func answersGarbageWith400AndHugeHeadersWith431(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, handler: Self.echo) { _, port in
      let garbage = try await RawConnection(port: port)
      try await garbage.send("\u{1}\u{2}\u{3} nonsense\r\n\r\n")
      #expect(await garbage.read().hasPrefix("HTTP/1.1 400"))
      let huge = try await RawConnection(port: port)
      try await huge.send("GET / HTTP/1.1\r\nX-Big: \(String(repeating: "x", count: 70_000))\r\n\r\n")
      #expect(await huge.read().hasPrefix("HTTP/1.1 431"))
    }
  }

  @Test(arguments: [false, true]) func closesConnectionsThatNeverFinishTheirHead(onLoops: Bool) async throws {
    try await withServer(
      onLoops: onLoops, configure: { $0.firstRequestTimeout = .milliseconds(100) }, handler: Self.echo
    ) { _, port in
      let connection = try await RawConnection(port: port)
      // The server may hang up while this is on its way.
      try? await connection.send("GET / HTTP/1.1\r\nHo")
      #expect(await connection.read() == "")
    }
  }

  @Test(arguments: [false, true]) func timesOutSlowBodies(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, configure: { $0.bodyTimeout = .milliseconds(100) }, handler: Self.echo) {
      _, port in
      let connection = try await RawConnection(port: port)
      try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
      #expect(await connection.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 408"))
    }
  }

  @Test(arguments: [false, true]) func refusesConnectionsBeyondTheLimit(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, configure: { $0.maximumConnections = 1 }, handler: Self.echo) {
      server, port in
      let first = try await RawConnection(port: port)
      try await first.send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n")
      _ = await first.read(until: "/1 ;")
      let second = try await RawConnection(port: port)
      #expect(await second.read() == "")
      #expect(server.statistics.refusedConnections == 1)
      try await first.channel.close()
      try await eventually("no connection is left") { server.statistics.openConnections == 0 }
    }
  }

  @Test(arguments: [false, true]) func streamsAndCancelsWhenTheClientGoesAway(onLoops: Bool) async throws {
    let cancelled = Flag()
    // Without TLS, a client that closes looks like one that only stopped sending, for a while.
    try await withServer(
      onLoops: onLoops, configure: { $0.halfClosedTimeout = .milliseconds(50) },
      handler: { _, writer in
        try await writer.writeHead(.ok)
        try await writer.write(ByteBuffer(string: "first"))
        do { try await Task.sleep(for: .seconds(60)) } catch { cancelled.set() }
      }
    ) { server, port in
      let connection = try await RawConnection(port: port)
      try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(await connection.read(until: "first").contains("transfer-encoding: chunked"))
      try await connection.channel.close()
      try await eventually("the handler is cancelled and gone") {
        cancelled.isSet && server.statistics.activeRequests == 0
      }
    }
  }

  @Test(arguments: [false, true]) func suspendsTheHandlerOfAClientThatDoesNotRead(onLoops: Bool) async throws {
    let written = Mutex(0)
    try await withServer(
      onLoops: onLoops,
      handler: { _, writer in
        try await writer.writeHead(.ok)
        let piece = ByteBuffer(repeating: 7, count: 256 * 1024)
        for _ in 0..<4000 {
          try await writer.write(piece)
          written.withLock { $0 += piece.readableBytes }
        }
      }
    ) { server, port in
      let connection = try await RawConnection(port: port, autoRead: false)
      try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      try await eventually("something is written") { written.withLock { $0 } > 0 }
      // The kernel's buffers take some megabytes; a gigabyte would be written if nothing held the handler.
      var last = -1
      while last != written.withLock({ $0 }) {
        last = written.withLock { $0 }
        try await Task.sleep(for: .milliseconds(200))
      }
      #expect(last < 100 * 1024 * 1024)
      try await connection.channel.close()
      try await eventually("no request is left") { server.statistics.activeRequests == 0 }
    }
  }

  @Test(arguments: [false, true]) func givesUpClientsThatStall(onLoops: Bool) async throws {
    let began = Flag()
    try await withServer(
      onLoops: onLoops, configure: { $0.writeTimeout = .milliseconds(100) },
      handler: { _, writer in
        began.set()
        try await writer.writeHead(.ok)
        while true { try await writer.write(ByteBuffer(repeating: 7, count: 256 * 1024)) }
      }
    ) { server, port in
      let connection = try await RawConnection(port: port, autoRead: false)
      try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      try await eventually("the request is there") { began.isSet }
      try await eventually("nothing is left") {
        server.statistics.activeRequests == 0 && server.statistics.openConnections == 0
      }
    }
  }

  @Test(arguments: [false, true]) func failingHandlersAnswer500OrBreakTheStreamOff(onLoops: Bool) async throws {
    struct Failure: Error {}
    try await withServer(
      onLoops: onLoops,
      handler: { request, writer in
        if request.path == "/late" {
          try await writer.writeHead(.ok)
          try await writer.write(ByteBuffer(string: "part"))
        }
        throw Failure()
      }
    ) { _, port in
      let early = try await RawConnection(port: port)
      try await early.send("GET /early HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(await early.read(until: "\r\n\r\n").hasPrefix("HTTP/1.1 500"))
      let late = try await RawConnection(port: port)
      try await late.send("GET /late HTTP/1.1\r\nHost: x\r\n\r\n")
      let text = await late.read()
      #expect(text.contains("part") && !text.hasSuffix("0\r\n\r\n"))
    }
  }

  @Test(arguments: [false, true]) func upgradesToAByteTunnel(onLoops: Bool) async throws {
    try await withServer(
      onLoops: onLoops,
      handler: { request, writer in
        #expect(request.asksForUpgrade)
        let tunnel = try await writer.upgrade(headers: ["connection": "Upgrade", "upgrade": "echo"])
        for try await bytes in tunnel.inbound { try await tunnel.write(bytes) }
        tunnel.closeOutput()
      }
    ) { server, port in
      let connection = try await RawConnection(port: port)
      try await connection.channel.setOption(.allowRemoteHalfClosure, value: true).get()
      // The first bytes of the tunnel come with the request.
      try await connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nearly,")
      #expect(await connection.read(until: "early,").hasPrefix("HTTP/1.1 101"))
      try await connection.send("later")
      #expect(await connection.read(until: "later") == "later")
      try await connection.closeOutput()
      try await eventually("no connection is left") { server.statistics.openConnections == 0 }
    }
  }

  @Test(arguments: [false, true]) func headRequestsGetNoBody(onLoops: Bool) async throws {
    try await withServer(onLoops: onLoops, handler: Self.echo) { _, port in
      let connection = try await RawConnection(port: port)
      try await connection.send(
        "HEAD /h HTTP/1.1\r\nHost: x\r\n\r\nGET /g HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      let text = await connection.read()
      #expect(!text.contains("/h ;") && text.contains("/g ;"))
    }
  }
}
