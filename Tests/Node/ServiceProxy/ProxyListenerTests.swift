import ClusterConfig
import Glibc
import Logging
import NIOCore
import NIOPosix
import ServiceProxy
import Synchronization
import Testing
import Waiting

/// A server that answers with its name at once, then sends back what it gets; at the end of its input it says
/// goodbye and closes.
final class EchoServer: Sendable {
  let channel: any Channel
  let endpoint: Endpoint

  init(greeting: String) async throws {
    channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Handler(greeting: greeting))
        }
      }.bind(host: "127.0.0.1", port: 0).get()
    endpoint = Endpoint(address: .init(127, 0, 0, 1), port: UInt16(channel.localAddress!.port!))
  }

  private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer
    let greeting: String
    init(greeting: String) { self.greeting = greeting }
    func channelActive(context: ChannelHandlerContext) {
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: greeting)), promise: nil)
    }
    func channelRead(context: ChannelHandlerContext, data: NIOAny) { context.writeAndFlush(data, promise: nil) }
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
      guard event as? ChannelEvent == .inputClosed else { return }
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: "goodbye")), promise: nil)
      context.close(mode: .output, promise: nil)
    }
  }
}

/// Collects what a connection receives until it ends.
final class Collector: ChannelInboundHandler, Sendable {
  typealias InboundIn = ByteBuffer
  let bytes = Mutex([UInt8]())
  let inputEnded = Mutex(false)
  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let buffer = unwrapInboundIn(data)
    bytes.withLock { $0.append(contentsOf: buffer.readableBytesView) }
  }
  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if event as? ChannelEvent == .inputClosed { inputEnded.withLock { $0 = true } }
  }
  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  static func connect(_ port: UInt16) async throws -> (any Channel, Collector) {
    let collector = Collector()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { $0.pipeline.addHandler(collector) }
      .connect(host: "127.0.0.1", port: Int(port)).get()
    return (channel, collector)
  }

  func wait(_ what: String, until condition: ([UInt8]) -> Bool) async throws {
    try await eventually(what) { bytes.withLock { condition($0) } }
  }
}

@Suite struct ProxyListenerTests {
  static func listener(_ endpoints: [Endpoint]) async throws -> (ProxyListener, BalancerRouter, UInt16) {
    let router = BalancerRouter(endpoints)
    var configuration = ProxyListener.Configuration(address: .init(127, 0, 0, 1), port: 0, isTransparent: false)
    // An endpoint that is slow because the machine is must not count as dead.
    configuration.connectTimeout = .seconds(60)
    let listener = ProxyListener(
      configuration: configuration,
      group: MultiThreadedEventLoopGroup.singleton, router: router, logger: Logger(label: "test"))
    return (listener, router, try await listener.start())
  }

  /// An endpoint of 127.0.0.1 on which nobody listens.
  ///
  /// A port that was just given back may be the next server's of another test; port 1 is nobody's (tcpmux, RFC 1078).
  static let deadEndpoint = Endpoint(address: .init(127, 0, 0, 1), port: 1)

  @Test func bytesPassBothWaysAndHalfCloseIsKept() async throws {
    let server = try await EchoServer(greeting: "hello")
    let (listener, _, port) = try await Self.listener([server.endpoint])
    let (channel, collector) = try await Collector.connect(port)
    try await collector.wait("the greeting") { $0 == Array("hello".utf8) }
    // More than all the buffers on the way hold, so that back-pressure works.
    let payload = (0..<(8 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    try await channel.writeAndFlush(ByteBuffer(bytes: payload)).get()
    try await channel.close(mode: .output).get()
    let whole = Array("hello".utf8) + payload + Array("goodbye".utf8)
    try await collector.wait("all comes back, then the goodbye") { $0.count >= whole.count }
    #expect(collector.bytes.withLock { $0 } == whole)
    try await channel.closeFuture.get()
    await listener.close()
    try await server.channel.close()
  }

  @Test func connectionsAreSpread() async throws {
    let servers = [
      try await EchoServer(greeting: "a"), try await EchoServer(greeting: "b"), try await EchoServer(greeting: "c"),
    ]
    let (listener, _, port) = try await Self.listener(servers.map(\.endpoint))
    var seen: [String: Int] = [:]
    for _ in 0..<9 {
      let (channel, collector) = try await Collector.connect(port)
      try await collector.wait("a greeting") { !$0.isEmpty }
      seen[String(decoding: collector.bytes.withLock { $0 }, as: UTF8.self), default: 0] += 1
      try await channel.close()
    }
    #expect(seen == ["a": 3, "b": 3, "c": 3])
    await listener.close()
    for server in servers { try await server.channel.close() }
  }

  @Test func aDeadEndpointCostsTheClientNothing() async throws {
    let server = try await EchoServer(greeting: "alive")
    let (listener, _, port) = try await Self.listener([Self.deadEndpoint, server.endpoint])
    for _ in 0..<4 {
      let (channel, collector) = try await Collector.connect(port)
      try await collector.wait("the living one answers") { $0 == Array("alive".utf8) }
      try await channel.close()
    }
    await listener.close()
    try await server.channel.close()
  }

  @Test func withoutAnEndpointTheConnectionIsRefused() async throws {
    let (listener, _, port) = try await Self.listener([])
    do {
      let (channel, collector) = try await Collector.connect(port)
      try await channel.closeFuture.get()
      #expect(collector.bytes.withLock { $0.isEmpty })
    } catch let error as NIOConnectionError {
      // The reset was there before the client had looked at its connection.
      let code = (error.connectionErrors.first?.error as? IOError)?.errnoCode
      #expect(code == ECONNRESET, "\(error)")
    }
    await listener.close()
  }

  @Test func aResetEndsOnlyThatEndpointsConnections() async throws {
    let servers = [try await EchoServer(greeting: "a"), try await EchoServer(greeting: "b")]
    let (listener, _, port) = try await Self.listener(servers.map(\.endpoint))
    let (first, firstSaid) = try await Collector.connect(port)
    try await firstSaid.wait("a") { $0 == Array("a".utf8) }
    let (second, secondSaid) = try await Collector.connect(port)
    try await secondSaid.wait("b") { $0 == Array("b".utf8) }
    listener.reset(servers[0].endpoint)
    try await first.closeFuture.get()
    try await second.writeAndFlush(ByteBuffer(string: "!")).get()
    try await secondSaid.wait("the other lives on") { $0 == Array("b!".utf8) }
    await listener.close()
    for server in servers { try await server.channel.close() }
  }

  /// Neither side outlives the other, however it ends.
  @Test func nothingLeaks() async throws {
    let server = try await EchoServer(greeting: "x")
    let (listener, _, port) = try await Self.listener([server.endpoint])
    for round in 0..<20 {
      let (channel, collector) = try await Collector.connect(port)
      try await collector.wait("x") { !$0.isEmpty }
      if round % 2 == 0 {
        try await channel.close()
      } else {
        try await channel.close(mode: .output)
        try await channel.closeFuture.get()
      }
    }
    try await eventually("no connection is left") { listener.count == 0 }
    await listener.close()
    try await server.channel.close()
  }
}
