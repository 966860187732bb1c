import BenchKit
import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// What stands behind the proxies: one port that streams, answers, or passes a health check.
///
/// The client's first byte says what it wants: `S` bytes until it closes; `A` an answer of 64 bytes, after which the
/// backend closes first, so that no port of the client's waits for the end of its connection. A TLS handshake is a
/// health check of `apus balancer` and gets its 200; nothing at all is one of HAProxy's.
final class ProxyBackend: Sendable {
  static let stream = UInt8(ascii: "S")
  static let answer = UInt8(ascii: "A")
  static let answerSize = 64

  private let descriptor: CInt
  private let pool: NIOThreadPool
  private let tls: NIOSSLContext
  private let isEnding = Atomic(false)

  /// - Parameter workers: how many connections are served at once.
  init(_ address: Sockets.Address, certificate: String, key: String, workers: Int) throws {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
      privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
    configuration.minimumTLSVersion = .tlsv12
    tls = try NIOSSLContext(configuration: configuration)
    descriptor = try Sockets.listen(address)
    pool = NIOThreadPool(numberOfThreads: workers)
    pool.start()
    for _ in 0..<workers {
      pool.submit { [self] _ in work() }
    }
  }

  func stop() async {
    isEnding.store(true, ordering: .relaxed)
    shutdown(descriptor, CInt(SHUT_RDWR))
    try? await pool.shutdownGracefully()
    close(descriptor)
  }

  private func work() {
    let block = [UInt8](repeating: 0x61, count: 256 << 10)
    while !isEnding.load(ordering: .relaxed) {
      let connection = accept(descriptor, nil, nil)
      guard connection >= 0 else {
        if errno == EINTR || errno == ECONNABORTED { continue }
        return
      }
      serve(connection, block)
    }
  }

  private func serve(_ connection: CInt, _ block: [UInt8]) {
    var limit = timeval(tv_sec: 5, tv_usec: 0)
    setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var first: UInt8 = 0
    let count = recv(connection, &first, 1, CInt(MSG_PEEK))
    // The type of a record that carries a handshake (RFC 8446, 5.1).
    if count == 1 && first == 22 {
      checkHealth(connection)
      return
    }
    defer { close(connection) }
    guard count == 1, recv(connection, &first, 1, 0) == 1 else { return }
    block.withUnsafeBytes { bytes in
      switch first {
      case Self.stream:
        while !isEnding.load(ordering: .relaxed), Sockets.sendAll(connection, bytes) {}
      case Self.answer:
        _ = Sockets.sendAll(connection, .init(rebasing: bytes[..<Self.answerSize]))
      default: break
      }
    }
  }

  private func checkHealth(_ connection: CInt) {
    // The event loop takes the socket over, and closes it.
    ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelInitializer { [tls] channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
          try channel.pipeline.syncOperations.addHandler(ReadyAnswer())
        }
      }
      .withConnectedSocket(connection).whenFailure { _ in }
  }
}

/// Answers whatever ends a request's head with 200.
private final class ReadyAnswer: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard unwrapInboundIn(data).readableBytesView.suffix(4).elementsEqual("\r\n\r\n".utf8) else { return }
    let answer = context.channel.allocator.buffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
