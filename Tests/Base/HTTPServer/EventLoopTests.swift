import HTTPServer
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing
import Waiting

/// Handlers that run on their connection's event loop.
@Suite struct EventLoopTests {
  /// The loop that this runs on, by its identity; `nil` on Swift's pool.
  private static func loop() -> ObjectIdentifier? {
    MultiThreadedEventLoopGroup.currentEventLoop.map { ObjectIdentifier($0) }
  }

  /// Which loop this is: on it, elsewhere, or another one.
  private static func place(_ first: ObjectIdentifier?) -> String {
    guard let now = loop() else { return "pool" }
    return now == first ? "loop" : "another loop"
  }

  private static func child(_ first: ObjectIdentifier?) async -> String { place(first) }

  /// As the functions of rooms are in which async functions stay where their caller is.
  nonisolated(nonsending) private static func stayingChild(_ first: ObjectIdentifier?) async -> String { place(first) }

  @Test func handlersStayOnTheirLoopUnlessTheyLeaveIt() async throws {
    try await withServer(
      onLoops: true,
      handler: { request, writer in
        let first = Self.loop()
        _ = try await request.body.collect(upTo: 100)
        var places = [Self.place(first)]
        async let ofChild = Self.child(first)
        places.append(await ofChild)
        places.append(await HTTPServer.offLoop { await Self.child(first) })
        places.append(await Self.stayingChild(first))
        places.append(await HTTPServer.offLoop { await Self.stayingChild(first) })
        places.append(await Self.stayingChild(first))
        // Woken by another thread.
        try await Task.sleep(for: .milliseconds(1))
        places.append(Self.place(first))
        try await writer.respond(.ok, body: ByteBuffer(string: places.joined(separator: ",") + ";"))
      }
    ) { _, port in
      let connection = try await RawConnection(port: port)
      for body in ["", "hello"] {
        try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(await connection.read(until: ";").hasSuffix("\r\n\r\nloop,loop,pool,loop,pool,loop,loop;"))
      }
    }
  }

  @Test func handlersAreOnThePoolUnlessAskedFor() async throws {
    try await withServer(handler: { _, writer in
      try await writer.respond(.ok, body: ByteBuffer(string: "\(Self.place(nil));"))
    }) { _, port in
      let connection = try await RawConnection(port: port)
      try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      #expect(await connection.read(until: ";").hasSuffix("\r\n\r\npool;"))
    }
  }

  @Test func whatIsWrittenOnAndOffTheLoopKeepsItsOrder() async throws {
    try await withServer(
      onLoops: true,
      handler: { _, writer in
        try await writer.writeHead(.ok, headers: ["content-length": "400"])
        for _ in 0..<100 {
          try await writer.write(ByteBuffer(string: "ab"))
          try await HTTPServer.offLoop { try await writer.write(ByteBuffer(string: "cd")) }
        }
        try await HTTPServer.offLoop { try await writer.finish() }
      }
    ) { _, port in
      let connection = try await RawConnection(port: port)
      let text = String(repeating: "abcd", count: 100)
      try await connection.send("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
      #expect(await connection.read().hasSuffix("\r\n\r\n" + text))
    }
  }

  /// A body much larger than what a handler may write, or have waiting, without a suspension.
  @Test func largeBodiesGoBothWays() async throws {
    let size = 4 * 1024 * 1024
    try await withServer(
      onLoops: true,
      handler: { request, writer in
        try await writer.writeHead(.ok, headers: ["content-length": String(size)])
        for try await piece in request.body { try await writer.write(piece) }
        try await writer.finish()
      }
    ) { _, port in
      let connection = try await RawConnection(port: port)
      try await connection.send("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: \(size)\r\n\r\n")
      async let answer = connection.read()
      try await connection.send(String(repeating: "x", count: size))
      let text = await answer
      #expect(text.utf8.count(where: { $0 == UInt8(ascii: "x") }) == size)
    }
  }

  @Test func aShutdownCancelsHandlersOnTheLoop() async throws {
    let began = Flag()
    let cancelled = Flag()
    try await withServer(
      onLoops: true,
      handler: { _, writer in
        try await writer.writeHead(.ok)
        began.set()
        do { try await Task.sleep(for: .seconds(600)) } catch { cancelled.set() }
        try await writer.write(ByteBuffer(string: "last"))
        try await writer.finish()
      }
    ) { server, port in
      let connection = try await RawConnection(port: port)
      try await connection.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      try await eventually("the handler waits") { began.isSet }
      await server.shutdown()
      #expect(cancelled.isSet)
      #expect(await connection.read().contains("last\r\n0\r\n\r\n"))
    }
  }
}
