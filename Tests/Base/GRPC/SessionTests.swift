import FoundationEssentials
import GRPC
import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import SwiftProtobuf
import Synchronization
import Testing

/// Makes calls until the connection's session is open, on their own streams.
func openSession(_ connection: GRPCConnection) async throws {
  while await !connection.hasSession {
    let _: Text = try await connection.unary("/test.T/Echo", Text("a"), timeout: .seconds(60), sharesStream: true)
  }
}

@Suite("Calls that share one stream", .serialized, .timeLimit(.minutes(3)))
struct SessionTests {
  /// Holds answers back until so many calls are there, and gives them in the reverse order then.
  private final class Hall: Sendable {
    private let size: Int
    private let waiting = Mutex<[Guest]>([])

    private struct Guest: Sendable {
      var value: Int64
      var reply: GRPCReply<Number>
    }

    init(size: Int) {
      self.size = size
    }

    func enter(_ value: Int64, _ reply: GRPCReply<Number>) {
      let all = self.waiting.withLock { waiting -> [Guest] in
        waiting.append(Guest(value: value, reply: reply))
        return waiting.count == self.size ? waiting : []
      }
      for guest in all.reversed() { guest.reply(.success(Number(guest.value + 1))) }
    }
  }

  private func serve(_ router: inout GRPCRouter) {
    router.unary("/test.T/Echo") { (request: Text, _) in request }
    router.servesSessions = true
  }

  private func echo(_ connection: GRPCConnection, _ text: String) async throws -> String {
    let answer: Text = try await connection.unary(
      "/test.T/Echo", Text(text), timeout: .seconds(60), sharesStream: true)
    return answer.value
  }

  private func expectAnswers(_ count: Int, of path: String, on connection: GRPCConnection) async throws {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for index in 0..<count {
        group.addTask {
          let answer: Number = try await connection.unary(
            path, Number(Int64(index)), timeout: .seconds(60), sharesStream: true)
          return answer.value == Int64(index) + 1
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test("Each of many calls gets its own answer, in whatever order they come, on one stream")
  func concurrent() async throws {
    var limits = GRPCServerConfiguration()
    // One is the session's, one for the call that opens it: two hundred at once have no other way.
    limits.limits.maximumConcurrentStreams = 2
    let hall = Hall(size: 200)
    try await withLoopback(server: limits) { router in
      self.serve(&router)
      router.direct("/test.T/Meet") { (request: Number, _, reply: GRPCReply<Number>) in
        hall.enter(request.value, reply)
      }
      router.unary("/test.T/Next") { (request: Number, _) in Number(request.value + 1) }
    } _: { connection, _, _ in
      try await openSession(connection)
      try await self.expectAnswers(200, of: "/test.T/Meet", on: connection)
      try await self.expectAnswers(300, of: "/test.T/Next", on: connection)
      let isOpen = await connection.hasSession
      #expect(isOpen)
    }
  }

  @Test("What the session has no room for goes on streams of its own")
  func overflow() async throws {
    var limits = GRPCServerConfiguration()
    limits.maximumSessionCalls = 1
    let hall = Hall(size: 20)
    try await withLoopback(server: limits) { router in
      self.serve(&router)
      router.direct("/test.T/Meet") { (request: Number, _, reply: GRPCReply<Number>) in
        hall.enter(request.value, reply)
      }
    } _: { connection, _, _ in
      try await openSession(connection)
      try await self.expectAnswers(20, of: "/test.T/Meet", on: connection)
    }
  }

  @Test("Failures are those of the same call on its own stream, and end nothing else")
  func failures() async throws {
    var limits = GRPCServerConfiguration()
    limits.maximumRequestSize = 1000
    limits.maximumResponseSize = 1000
    try await withLoopback(server: limits) { router in
      self.serve(&router)
      router.unary("/test.T/Fail") { (request: Text, _) -> Text in
        throw GRPCStatus(.outOfRange, "100 % ü\n" + request.value, details: ["x-why": "because", "x-more": ""])
      }
      router.direct("/test.T/FailDirectly") { (_: Text, _, reply: GRPCReply<Text>) in
        reply(.failure(GRPCStatus(.aborted, "no")))
        reply(.success(Text("again")))
      }
      router.unary("/test.T/Throw") { (_: Text, _) -> Text in throw ChannelError.alreadyClosed }
      router.unary("/test.T/Nothing") { (_: Text, _) -> Text in throw GRPCStatus.ok }
      router.unary("/test.T/Big") { (_: Text, _) in Text(String(repeating: "x", count: 2_000)) }
    } _: { connection, _, _ in
      try await openSession(connection)
      let calls = ["Fail", "FailDirectly", "Throw", "Nothing", "Big", "Missing"].map { ($0, "text") }
      for (method, text) in calls + [("Echo", String(repeating: "y", count: 2_000))] {
        func outcome(sharesStream: Bool) async -> GRPCStatus {
          await status {
            try await connection.unary(
              "/test.T/" + method, Text(text), timeout: .seconds(60), sharesStream: sharesStream) as Text
          }
        }
        let alone = await outcome(sharesStream: false)
        let shared = await outcome(sharesStream: true)
        #expect(alone.code != .ok)
        #expect(shared.details == alone.details)
        // What the client itself made up about the missing response, the server says on a session.
        #expect(shared.code == alone.code && shared.message == alone.message, "\(method)")
        #expect(shared.delivery == .answered)
      }
      let isOpen = await connection.hasSession
      #expect(isOpen)
      let answer = try await self.echo(connection, "after")
      #expect(answer == "after")
    }
  }

  @Test("A method that is a stream is not served on a session")
  func streams() async throws {
    try await withLoopback { router in
      self.serve(&router)
      router.bidirectional("/test.T/Chat") { (requests: GRPCRequestStream<Text>, writer: GRPCResponseWriter<Text>, _) in
        for try await request in requests { try await writer.write(request) }
      }
    } _: { connection, _, _ in
      try await openSession(connection)
      let refused = await status {
        try await connection.unary("/test.T/Chat", Text("a"), timeout: .seconds(60), sharesStream: true) as Text
      }
      #expect(refused.code == .unimplemented)
      let stream: GRPCClientStream<Text, Text> = try await connection.stream("/test.T/Chat")
      var iterator = stream.makeAsyncIterator()
      try await stream.send(Text("b"))
      let answer = try await iterator.next()
      #expect(answer?.value == "b")
      stream.finishSending()
    }
  }

  @Test("A connection has one session at a time")
  func oneSession() async throws {
    try await withLoopback {
      self.serve(&$0)
    } _: { connection, _, _ in
      try await openSession(connection)
      let second: GRPCClientStream<Text, Text> = try await connection.stream(GRPCSession.path)
      var answers = second.makeAsyncIterator()
      let refused = await status { try await answers.next() }
      #expect(refused.code == .resourceExhausted)
      let answer = try await self.echo(connection, "after")
      #expect(answer == "after")
      let isOpen = await connection.hasSession
      #expect(isOpen)
    }
  }

  @Test("Metadata of the stream are each call's; a call with its own metadata arrives with them")
  func metadata() async throws {
    try await withLoopback { router in
      self.serve(&router)
      router.unary("/test.T/Who") { (_: Text, context) in
        Text((context.metadata["user-agent"] ?? "") + (context.metadata["x-tail"] ?? "") + context.path)
      }
    } _: { connection, _, _ in
      try await openSession(connection)
      let shared: Text = try await connection.unary("/test.T/Who", Text(""), timeout: .seconds(60), sharesStream: true)
      let alone: Text = try await connection.unary("/test.T/Who", Text(""), timeout: .seconds(60))
      #expect(shared.value == alone.value)
      #expect(shared.value.hasSuffix("/test.T/Who"))
      let tailed: Text = try await connection.unary(
        "/test.T/Who", Text(""), metadata: ["x-tail": "tail"], timeout: .seconds(60), sharesStream: true)
      #expect(tailed.value.contains("tail"))
    }
  }

  @Test("Cancelling the caller's task cancels the handler's, and no other call")
  func cancellation() async throws {
    let started = Signal()
    let cancelled = Signal()
    try await withLoopback { router in
      self.serve(&router)
      router.unary("/test.T/Hang") { (_: Text, _) -> Text in
        started.set()
        defer { cancelled.set() }
        try await Task.sleep(for: .seconds(3_600))
        return Text("late")
      }
    } _: { connection, _, _ in
      try await openSession(connection)
      let task = Task {
        await status {
          try await connection.unary("/test.T/Hang", Text(""), timeout: nil, sharesStream: true) as Text
        }
      }
      await started.wait()
      task.cancel()
      let outcome = await task.value
      #expect(outcome.code == .cancelled && outcome.delivery == .mayHaveExecuted)
      await cancelled.wait()
      let answer = try await self.echo(connection, "after")
      #expect(answer == "after")
      let isOpen = await connection.hasSession
      #expect(isOpen)
    }
  }

  @Test("A deadline ends the call on both sides; an answer that comes later disturbs nobody")
  func deadline() async throws {
    let late = Mutex<[GRPCReply<Text>]>([])
    let started = Counter()
    let cancelled = Signal()
    try await withLoopback { router in
      self.serve(&router)
      router.unary("/test.T/Hang") { (_: Text, context) -> Text in
        started.increment()
        defer { cancelled.set() }
        #expect(context.deadline != nil)
        try await Task.sleep(for: .seconds(3_600))
        return Text("late")
      }
      router.direct("/test.T/Late") { (_: Text, _, reply: GRPCReply<Text>) in late.withLock { $0.append(reply) } }
    } _: { connection, _, _ in
      try await openSession(connection)
      // On a slow machine the first deadlines may pass before the server has seen the call.
      var milliseconds: Int64 = 50
      var haveArrived = false
      while !haveArrived {
        let timeout = TimeAmount.milliseconds(milliseconds)
        for method in ["Hang", "Late"] {
          let failure = await status {
            try await connection.unary("/test.T/" + method, Text(""), timeout: timeout, sharesStream: true) as Text
          }
          #expect(failure.code == .deadlineExceeded)
        }
        milliseconds *= 2
        let count = late.withLock { $0.count }
        haveArrived = count > 0 && started.value > 0
      }
      await cancelled.wait()
      for reply in late.withLock({ $0 }) { reply(.success(Text("late"))) }
      let answer = try await self.echo(connection, "after")
      #expect(answer == "after")
      let isOpen = await connection.hasSession
      #expect(isOpen)
    }
  }

  @Test("Large messages arrive whole, between small ones")
  func large() async throws {
    try await withLoopback { router in
      self.serve(&router)
      router.unary("/test.T/Fill") { (request: Number, _) -> Blob in
        var blob = Blob()
        blob.value = Data(repeating: UInt8(truncatingIfNeeded: request.value), count: Int(request.value))
        return blob
      }
      router.unary("/test.T/Blob") { (request: Blob, _) in request }
    } _: { connection, _, _ in
      try await openSession(connection)
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for size in [0, 1, 65_000, 65_536, 65_537, 1_000_003, 20 << 20] {
          group.addTask {
            let answer: Blob = try await connection.unary(
              "/test.T/Fill", Number(Int64(size)), timeout: .seconds(60), sharesStream: true)
            return answer.value == Data(repeating: UInt8(truncatingIfNeeded: size), count: size)
          }
          group.addTask {
            var blob = Blob()
            blob.value = Data(repeating: 31, count: min(size, 2 << 20))
            let answer: Blob = try await connection.unary(
              "/test.T/Blob", blob, timeout: .seconds(60), sharesStream: true)
            return answer == blob
          }
          group.addTask { try await self.echo(connection, "\(size)") == "\(size)" }
        }
        for try await isRight in group { #expect(isRight) }
      }
      let isOpen = await connection.hasSession
      #expect(isOpen)
    }
  }

  @Test("A connection that is lost in the middle of calls leaves it open whether they were executed")
  func lostConnection() async throws {
    let started = Counter()
    let all = Signal()
    try await withLoopback { router in
      self.serve(&router)
      router.direct("/test.T/Hang") { (_: Text, _, _: GRPCReply<Text>) in
        started.increment()
        if started.value == 10 { all.set() }
      }
    } _: { connection, server, _ in
      try await openSession(connection)
      let calls = (0..<10).map { _ in
        Task {
          await status {
            try await connection.unary("/test.T/Hang", Text(""), timeout: nil, sharesStream: true) as Text
          }
        }
      }
      await all.wait()
      await server.shutdown(grace: .zero)
      for call in calls {
        let failure = await call.value
        #expect(failure.code == .unavailable)
        #expect(failure.delivery == .mayHaveExecuted)
      }
      let isOpen = await connection.hasSession
      #expect(!isOpen)
    }
  }

  @Test("Shutdown does not wait for an idle session, and lets calls on a busy one finish", arguments: [false, true])
  func gracefulShutdown(isBusy: Bool) async throws {
    let started = Signal()
    let release = Signal()
    try await withLoopback { router in
      self.serve(&router)
      router.unary("/test.T/Slow") { (request: Text, _) in
        started.set()
        await release.wait()
        return request
      }
    } _: { connection, server, _ in
      try await openSession(connection)
      if isBusy {
        async let slow: Text = connection.unary(
          "/test.T/Slow", Text("slow"), timeout: .seconds(600), sharesStream: true)
        await started.wait()
        async let shutdown: Void = server.shutdown(grace: .hours(1))
        while await connection.hasSession { try await Task.sleep(for: .milliseconds(5)) }
        release.set()
        let answer = try await slow
        #expect(answer.value == "slow")
        await shutdown
      } else {
        await server.shutdown(grace: .hours(1))
      }
    }
  }

  @Test("A client that closes ends the calls on its session")
  func clientCloses() async throws {
    let started = Signal()
    let cancelled = Signal()
    try await withLoopback { router in
      self.serve(&router)
      router.unary("/test.T/Hang") { (_: Text, _) -> Text in
        started.set()
        defer { cancelled.set() }
        try await Task.sleep(for: .seconds(3_600))
        return Text("late")
      }
    } _: { connection, _, _ in
      try await openSession(connection)
      async let call = status {
        try await connection.unary("/test.T/Hang", Text(""), timeout: nil, sharesStream: true) as Text
      }
      await started.wait()
      await connection.close()
      let failure = await call
      #expect(failure.code == .unavailable)
      #expect(failure.delivery == .mayHaveExecuted)
      await cancelled.wait()
    }
  }

  @Test("A server without sessions gets a stream for each call")
  func fallback() async throws {
    try await withLoopback { router in
      router.unary("/test.T/Next") { (request: Number, _) in Number(request.value + 1) }
    } _: { connection, _, _ in
      for _ in 0..<3 { try await self.expectAnswers(20, of: "/test.T/Next", on: connection) }
      let isOpen = await connection.hasSession
      #expect(!isOpen)
    }
  }

  @Test(
    "An answer that cannot be read ends the session and its calls; the connection goes on",
    arguments: SessionTests.badAnswers)
  func badAnswer(bytes: [UInt8]) async throws {
    let group = MultiThreadedEventLoopGroup.singleton
    let listener = try await ServerBootstrap(group: group)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let http2 = NIOHTTP2Handler(
            mode: .server, eventLoop: channel.eventLoop, connectionConfiguration: .init(), streamConfiguration: .init()
          ) { stream in
            stream.eventLoop.makeCompletedFuture {
              try stream.pipeline.syncOperations.addHandler(BadServer(answer: bytes))
            }
          }
          try channel.pipeline.syncOperations.addHandler(http2)
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let connection = GRPCConnection(
      target: .tcp(host: "127.0.0.1", port: try #require(listener.localAddress?.port)), tls: nil, group: group,
      logger: quiet)
    try await openSession(connection)
    let failure = await status { try await self.echo(connection, "a") }
    #expect(failure.code != .ok)
    #expect(failure.delivery == .mayHaveExecuted)
    let isOpen = await connection.hasSession
    #expect(!isOpen)
    let answer = try await self.echo(connection, "a")
    #expect(answer == "")
    await connection.close()
    try await listener.close()
  }

  static let badAnswers: [[UInt8]] = [
    // An empty message; kinds that there are not, or that only clients send; a head that is cut short.
    [0, 0, 0, 0, 0], [0, 0, 0, 0, 9, 9, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 9, 3, 0, 0, 0, 0, 0, 0, 0, 1],
    [0, 0, 0, 0, 8, 4, 0, 0, 0, 0, 0, 0, 0],
    // A call that was never made.
    [0, 0, 0, 0, 9, 4, 0, 0, 0, 0, 0, 0, 0, 99],
    // A failure that is none; one with a code that there is not; one without the rest.
    [0, 0, 0, 0, 18, 5, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 18, 5, 0, 0, 0, 0, 0, 0, 0, 1, 77, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0, 0, 10, 5, 0, 0, 0, 0, 0, 0, 0, 1, 13],
    // Compressed; longer than anything may be.
    [1, 0, 0, 0, 9, 4, 0, 0, 0, 0, 0, 0, 0, 1], [0, 255, 255, 255, 255, 4],
  ]

  /// Answers calls with an empty message each, and what comes on a session with the given bytes.
  private final class BadServer: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload
    typealias OutboundOut = HTTP2Frame.FramePayload

    private let answer: [UInt8]
    private var isSession = false

    init(answer: [UInt8]) {
      self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      switch self.unwrapInboundIn(data) {
      case .headers(let headers):
        self.isSession = headers.headers.first(name: ":path") == GRPCSession.path
        var head: HPACKHeaders = [":status": "200", "content-type": "application/grpc"]
        if self.isSession { head.add(name: GRPCSession.header, value: "10") }
        context.writeAndFlush(self.wrapOutboundOut(.headers(.init(headers: head))), promise: nil)
      case .data(let data):
        self.send(self.isSession ? self.answer : [0, 0, 0, 0, 0], context)
        guard data.endStream else { return }
        let trailers: HPACKHeaders = ["grpc-status": "0"]
        context.writeAndFlush(
          self.wrapOutboundOut(.headers(.init(headers: trailers, endStream: true))), promise: nil)
      default:
        break
      }
    }

    private func send(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
      let data = HTTP2Frame.FramePayload.Data(data: .byteBuffer(ByteBuffer(bytes: bytes)))
      context.writeAndFlush(self.wrapOutboundOut(.data(data)), promise: nil)
    }
  }
}
