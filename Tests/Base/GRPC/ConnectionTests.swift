import FreePorts
import GRPC
import NIOCore
import NIOPosix
import NIOSSL
import SwiftProtobuf
import Synchronization
import Testing

final class Counter: Sendable {
  private let count = Atomic(0)
  var value: Int { self.count.load(ordering: .relaxed) }
  func increment(by more: Int = 1) { self.count.add(more, ordering: .relaxed) }
}

@Suite("Connections: loss, shutdown, bad peers", .serialized, .timeLimit(.minutes(3)))
struct ConnectionTests {
  private func echo(_ router: inout GRPCRouter) {
    router.unary("/test.T/Echo") { (request: Text, _) in request }
  }

  @Test("Nobody listens: a call fails at once as not executed; one that waits for ready gets through later")
  func unreachable() async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    var router = GRPCRouter()
    self.echo(&router)
    let port = FreePorts.next()
    let connection = GRPCConnection(
      target: .tcp(host: "127.0.0.1", port: port), tls: nil, group: group, logger: quiet)
    let failure = await status { try await connection.unary("/test.T/Echo", Text("a"), timeout: .seconds(60)) as Text }
    #expect(failure.code == .unavailable)
    #expect(failure.delivery == .notExecuted)
    async let patient: Text = connection.unary("/test.T/Echo", Text("b"), timeout: .seconds(60), waitForReady: true)
    let first = GRPCServer(router: router, tls: nil, group: group, logger: quiet)
    try await first.bind(to: .tcp(host: "127.0.0.1", port: port))
    #expect(try await patient.value == "b")

    // The server restarts: the connection comes back by itself.
    await first.shutdown(grace: .zero)
    let second = GRPCServer(router: router, tls: nil, group: group, logger: quiet)
    try await FreePorts.whenFree { _ = try await second.bind(to: .tcp(host: "127.0.0.1", port: port)) }
    // The loss itself may hit a call or two.
    var again: Text?
    while again == nil {
      again = try? await connection.unary("/test.T/Echo", Text("c"), timeout: .seconds(60), waitForReady: true)
    }
    #expect(again?.value == "c")
    await connection.close()
    await second.shutdown(grace: .seconds(5))
    let closed = await status { try await connection.unary("/test.T/Echo", Text("d"), timeout: nil) as Text }
    #expect(closed.code == .unavailable)
  }

  @Test("Shutdown lets unary calls finish and ends streams as unavailable")
  func gracefulShutdown() async throws {
    let started = Signal()
    let release = Signal()
    try await withLoopback { router in
      router.unary("/test.T/Slow") { (request: Text, _) in
        started.set()
        await release.wait()
        return request
      }
      router.bidirectional("/test.T/Chat") { (requests: GRPCRequestStream<Text>, writer: GRPCResponseWriter<Text>, _) in
        for try await request in requests { try await writer.write(request) }
      }
    } _: { connection, server, _ in
      let stream: GRPCClientStream<Text, Text> = try await connection.stream("/test.T/Chat")
      var iterator = stream.makeAsyncIterator()
      try await stream.send(Text("a"))
      #expect(try await iterator.next()?.value == "a")
      async let slow: Text = connection.unary("/test.T/Slow", Text("slow"), timeout: .seconds(60))
      await started.wait()
      async let shutdown: Void = server.shutdown(grace: .seconds(60))
      await #expect(throws: GRPCStatus.self) { try await iterator.next() }
      release.set()
      #expect(try await slow.value == "slow")
      await shutdown
    }
  }

  @Test("A connection that is lost in the middle of a call leaves it open whether it was executed")
  func lostConnection() async throws {
    let started = Signal()
    try await withLoopback { router in
      router.unary("/test.T/Hang") { (_: Text, _) -> Text in
        started.set()
        try await Task.sleep(for: .seconds(3600))
        return Text("late")
      }
    } _: { connection, server, _ in
      async let call = status { try await connection.unary("/test.T/Hang", Text(""), timeout: nil) as Text }
      await started.wait()
      await server.shutdown(grace: .zero)
      let failure = await call
      #expect(failure.code == .unavailable)
      #expect(failure.delivery == .mayHaveExecuted)
    }
  }

  @Test(
    "Garbage on the port closes that connection and nothing else",
    arguments: [
      "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "\u{0}\u{1}\u{2}garbage garbage garbage garbage",
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}\u{7f}",
    ])
  func garbage(bytes: String) async throws {
    try await withLoopback {
      self.echo(&$0)
    } _: { connection, _, port in
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: port).get()
      try await channel.writeAndFlush(ByteBuffer(string: bytes)).get()
      try await channel.closeFuture.get()
      let answer: Text = try await connection.unary("/test.T/Echo", Text("a"), timeout: .seconds(60))
      #expect(answer.value == "a")
    }
  }

  @Test("A server that is silent is given up by keep-alive")
  func keepAlive() async throws {
    // It answers the handshake, but never a PING.
    try await self.expectMayHaveExecuted(.unavailable, size: 20_000, startingAt: 50) { time in
      var configuration = GRPCConnectionConfiguration()
      configuration.keepAlive = GRPCKeepAlive(interval: time, timeout: time)
      return (configuration, .seconds(60))
    }
  }

  /// A trial with real processes showed a write that was called undone and took effect: its bytes had left, but stood in
  /// one TLS buffer with those of a large request, of which the rest had not.
  @Test("A request of which something may have left is never called undone")
  func halfWritten() async throws {
    // It never gives more room than HTTP/2 does at first: the end of a large request does not get out.
    try await self.expectMayHaveExecuted(.deadlineExceeded, size: 1 << 20, startingAt: 250) { time in
      (GRPCConnectionConfiguration(), time)
    }
  }

  @Test("A unix socket works in cleartext")
  func unixSocket() async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let path = "/tmp/apus-grpc-test-\(UInt32.random(in: 0 ... .max)).sock"
    var router = GRPCRouter()
    self.echo(&router)
    let server = GRPCServer(router: router, tls: nil, group: group, logger: quiet)
    try await server.bind(to: .unix(path: path))
    let connection = GRPCConnection(target: .unix(path: path), tls: nil, group: group, logger: quiet)
    let answer: Text = try await connection.unary("/test.T/Echo", Text("a"), timeout: .seconds(60))
    #expect(answer.value == "a")
    await connection.close()
    await server.shutdown(grace: .seconds(5))
  }

  /// A call to a server that sends empty SETTINGS and nothing else ends with the code, and nobody claims that it was
  /// not executed.
  ///
  /// On a busy machine the time may be over before anything of the request has arrived, and then it may be called
  /// undone: another server is asked, with twice the time.
  ///
  /// - Parameters:
  ///   - size: how large the request is: more than what a connection says before it.
  ///   - milliseconds: the time that is tried first.
  ///   - configure: how to connect, and the call's timeout, from the time that is tried.
  private func expectMayHaveExecuted(
    _ code: GRPCStatusCode, size: Int, startingAt milliseconds: Int64,
    _ configure: (TimeAmount) -> (configuration: GRPCConnectionConfiguration, timeout: TimeAmount)
  ) async throws {
    for doublings in 0..<8 {
      let (configuration, timeout) = configure(.milliseconds(milliseconds << doublings))
      let received = Counter()
      var failure = GRPCStatus(.ok)
      try await self.withSilentServer(configuration, counting: received) { connection in
        let request = Text(String(repeating: "x", count: size))
        failure = await status {
          try await connection.unary("/test.T/Echo", request, timeout: timeout, waitForReady: true) as Text
        }
      }
      #expect(failure.code == code)
      // The preface, the SETTINGS and the call's head are some hundred bytes.
      guard received.value >= 10_000 else { continue }
      #expect(failure.delivery == .mayHaveExecuted)
      return
    }
    Issue.record("nothing of the request arrived, whatever time it had")
  }

  /// Runs `body` with a connection to a server that sends empty SETTINGS and nothing else, and counts what it gets.
  private func withSilentServer(
    _ configuration: GRPCConnectionConfiguration, counting received: Counter,
    _ body: (GRPCConnection) async throws -> Void
  ) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let listener = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(SilentHTTP2(received))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    var configuration = configuration
    configuration.connectTimeout = .seconds(60)
    let connection = GRPCConnection(
      target: .tcp(host: "127.0.0.1", port: try #require(listener.localAddress?.port)), tls: nil, group: group,
      configuration: configuration, logger: quiet)
    try await body(connection)
    await connection.close()
    try await listener.close()
  }

  /// Sends SETTINGS and nothing else.
  private final class SilentHTTP2: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let received: Counter

    init(_ received: Counter) {
      self.received = received
    }

    func channelActive(context: ChannelHandlerContext) {
      context.writeAndFlush(self.wrapOutboundOut(ByteBuffer(bytes: [0, 0, 0, 4, 0, 0, 0, 0, 0])), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      self.received.increment(by: self.unwrapInboundIn(data).readableBytes)
    }
  }
}
