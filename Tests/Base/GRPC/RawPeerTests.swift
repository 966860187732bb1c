import GRPC
import NIOCore
import NIOHPACK
import NIOHTTP2
import NIOPosix
import SwiftProtobuf
import Testing

/// What other implementations, and broken ones, may send: written frame by frame.
@Suite("Requests that our own client would never send", .serialized, .timeLimit(.minutes(3)))
struct RawPeerTests {
  /// The headers of the answer, its trailers merged in, to one request.
  private func answer(
    to headers: HPACKHeaders, body: [UInt8], pings: Int = 0, port: Int
  ) async throws -> HPACKHeaders {
    let answered = MultiThreadedEventLoopGroup.singleton.next().makePromise(of: HPACKHeaders.self)
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          // The answers to its pings are control frames, too.
          var limits = NIOHTTP2Handler.ConnectionConfiguration()
          limits.controlFrameRateLimit.maximumCount = 10_000
          let http2 = NIOHTTP2Handler(
            mode: .client, eventLoop: channel.eventLoop, connectionConfiguration: limits
          ) { $0.close() }
          try channel.pipeline.syncOperations.addHandler(http2)
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    for _ in 0..<pings {
      channel.write(HTTP2Frame(streamID: .rootStream, payload: .ping(.init(), ack: false)), promise: nil)
    }
    let multiplexer = try await channel.pipeline.handler(type: NIOHTTP2Handler.self).flatMap { $0.multiplexer }.get()
    let stream = try await multiplexer.createStreamChannel { stream in
      stream.eventLoop.makeCompletedFuture {
        try stream.pipeline.syncOperations.addHandler(Collector(answered))
      }
    }.get()
    stream.write(HTTP2Frame.FramePayload.headers(.init(headers: headers)), promise: nil)
    stream.writeAndFlush(
      HTTP2Frame.FramePayload.data(.init(data: .byteBuffer(ByteBuffer(bytes: body)), endStream: true)), promise: nil)
    let received = try await answered.futureResult.get()
    try await channel.close()
    return received
  }

  private func request(
    path: String = "/test.T/Echo", _ change: (inout HPACKHeaders) -> Void = { _ in }
  ) -> HPACKHeaders {
    var headers: HPACKHeaders = [
      ":method": "POST", ":scheme": "http", ":path": path, ":authority": "x",
      "content-type": "application/grpc+proto", "te": "trailers",
    ]
    change(&headers)
    return headers
  }

  private func echo(_ router: inout GRPCRouter) {
    router.unary("/test.T/Echo") { (request: Text, _) in request }
  }

  /// An empty message.
  private static let empty: [UInt8] = [0, 0, 0, 0, 0]

  @Test("A proper request works, also behind a thousand pings")
  func proper() async throws {
    try await withLoopback {
      self.echo(&$0)
    } _: { _, _, port in
      let answer = try await self.answer(to: self.request(), body: Self.empty, pings: 1_000, port: port)
      #expect(answer.first(name: ":status") == "200")
      #expect(answer.first(name: "grpc-status") == "0")
    }
  }

  @Test("Compressed requests are refused, with what is understood instead")
  func compression() async throws {
    try await withLoopback {
      self.echo(&$0)
    } _: { _, _, port in
      let gzip = try await self.answer(
        to: self.request { $0.add(name: "grpc-encoding", value: "gzip") }, body: Self.empty, port: port)
      #expect(gzip.first(name: "grpc-status") == "12")
      #expect(gzip.first(name: "grpc-accept-encoding") == "identity")
      let flagged = try await self.answer(to: self.request(), body: [1, 0, 0, 0, 0], port: port)
      #expect(flagged.first(name: "grpc-status") == "13")
    }
  }

  @Test(
    "Broken framing and broken messages are answered as internal errors",
    arguments: [
      [], [0, 0, 0, 0], [0, 0, 0, 0, 9, 1], [0, 0, 0, 0, 2, 0xff, 0xff], [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ] as [[UInt8]])
  func framing(body: [UInt8]) async throws {
    try await withLoopback {
      self.echo(&$0)
    } _: { _, _, port in
      let answer = try await self.answer(to: self.request(), body: body, port: port)
      #expect(answer.first(name: "grpc-status") == "13")
    }
  }

  @Test("A claimed length beyond the limit is refused before it is read")
  func claimedLength() async throws {
    try await withLoopback {
      self.echo(&$0)
    } _: { _, _, port in
      let answer = try await self.answer(to: self.request(), body: [0, 0xff, 0xff, 0xff, 0xff, 1], port: port)
      #expect(answer.first(name: "grpc-status") == "8")
    }
  }

  @Test("What is not gRPC gets an HTTP status; a timeout that is none gets a status")
  func notGRPC() async throws {
    try await withLoopback {
      self.echo(&$0)
    } _: { _, _, port in
      let json = try await self.answer(
        to: self.request { $0.replaceOrAdd(name: "content-type", value: "application/json") }, body: [], port: port)
      #expect(json.first(name: ":status") == "415")
      let timeout = try await self.answer(
        to: self.request { $0.add(name: "grpc-timeout", value: "soon") }, body: Self.empty, port: port)
      #expect(timeout.first(name: "grpc-status") == "13")
      let past = try await self.answer(
        to: self.request { $0.add(name: "grpc-timeout", value: "99999999H") }, body: Self.empty, port: port)
      #expect(past.first(name: "grpc-status") == "0")
    }
  }

  /// Frames of a session as messages.
  private static func messages(_ frames: [SessionRequestFrame]) -> [UInt8] {
    frames.flatMap { frame -> [UInt8] in
      let bytes = Array(frame.encoded().readableBytesView)
      return [0, 0, 0, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes
    }
  }

  private static let named = SessionRequestFrame.method(number: 0, path: "/test.T/Echo")
  private static func call(_ id: UInt64) -> SessionRequestFrame {
    .call(id: id, method: 0, timeout: .seconds(60), payload: ByteBuffer())
  }

  @Test("A session that its client finishes ends as OK, once everything is answered")
  func finishedSession() async throws {
    try await withLoopback {
      self.echo(&$0)
      $0.servesSessions = true
    } _: { _, _, port in
      let bodies: [[UInt8]] = [
        [], Self.messages([Self.named]), Self.messages([Self.named, Self.call(1), Self.call(7), .cancel(id: 3)]),
      ]
      for body in bodies {
        let answer = try await self.answer(to: self.request(path: GRPCSession.path), body: body, port: port)
        #expect(answer.first(name: GRPCSession.header) == "4096")
        #expect(answer.first(name: "grpc-status") == "0")
      }
    }
  }

  @Test("What no client may say on a session ends it", arguments: RawPeerTests.malformedSessions)
  func malformedSession(body: [UInt8]) async throws {
    try await withLoopback {
      self.echo(&$0)
      $0.servesSessions = true
    } _: { _, _, port in
      let answer = try await self.answer(to: self.request(path: GRPCSession.path), body: body, port: port)
      #expect(answer.first(name: "grpc-status") == "3")
    }
  }

  static let malformedSessions: [[UInt8]] = [
    // No frame; a kind that there is not, or that only servers send; a head that is cut short; bytes behind the end.
    empty, [0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 9, 4, 0, 0, 0, 0, 0, 0, 0, 1], [0, 0, 0, 0, 3, 2, 0, 0],
    [0, 0, 0, 0, 10, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    // Methods without a name, or out of turn; a name that is too long.
    messages([call(1)]), messages([.method(number: 1, path: "/a")]), messages([named, named]),
    messages([.method(number: 0, path: String(repeating: "x", count: 2_000))]),
    // Ids that do not grow; a call that has not begun.
    messages([named, call(0)]), messages([named, call(2), call(2)]), messages([named, call(2), call(1)]),
    messages([named, call(1), .cancel(id: 2)]),
  ]

  @Test("A request of a session that is cut short is an internal error, as of any call")
  func cutSession() async throws {
    try await withLoopback {
      self.echo(&$0)
      $0.servesSessions = true
    } _: { _, _, port in
      let answer = try await self.answer(
        to: self.request(path: GRPCSession.path),
        body: Array(Self.messages([Self.named, Self.call(1)]).dropLast()), port: port)
      #expect(answer.first(name: "grpc-status") == "13")
    }
  }

  /// Merges all headers of a stream and hands them out at its end.
  private final class Collector: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame.FramePayload

    private let promise: EventLoopPromise<HPACKHeaders>
    private var headers = HPACKHeaders()

    init(_ promise: EventLoopPromise<HPACKHeaders>) {
      self.promise = promise
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      guard case .headers(let frame) = self.unwrapInboundIn(data) else { return }
      self.headers.add(contentsOf: frame.headers)
      if frame.endStream { self.promise.succeed(self.headers) }
    }

    func channelInactive(context: ChannelHandlerContext) {
      self.promise.fail(ChannelError.eof)
    }
  }
}
