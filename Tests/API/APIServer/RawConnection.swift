import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A TLS connection to a front-end whose bytes a test writes itself: what no client library would send.
final class RawConnection: Sendable {
  private let channel: any Channel
  private let inbox: Inbox

  /// What has come, and whether the other end is gone.
  private final class Inbox: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer
    let state = Mutex((bytes: [UInt8](), isClosed: false))

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      let bytes = Array(unwrapInboundIn(data).readableBytesView)
      state.withLock { $0.bytes += bytes }
    }

    func channelInactive(context: ChannelHandlerContext) { state.withLock { $0.isClosed = true } }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }

  /// - Parameters:
  ///   - application: the protocol to agree on, `http/1.1` or `h2`.
  ///   - receiveBuffer: of the system, so that little is enough to fill it; nil: the system's own choice.
  init(_ who: Who, port: Int, application: String, receiveBuffer: Int? = nil) async throws {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .file(try TestCertificates.shared.get().host("one").trust(.cluster))
    tls.applicationProtocols = [application]
    if let pair = try who.pair() {
      tls.certificateChain = try NIOSSLCertificate.fromPEMFile(pair.certificate).map { .certificate($0) }
      tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: pair.key, format: .pem))
    }
    let context = try NIOSSLContext(configuration: tls)
    let inbox = Inbox()
    var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
    if let receiveBuffer {
      bootstrap = bootstrap.channelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
    }
    channel =
      try await bootstrap
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
          try channel.pipeline.syncOperations.addHandler(inbox)
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    self.inbox = inbox
  }

  /// Whether the other end has closed the connection.
  var isClosed: Bool { inbox.state.withLock { $0.isClosed } }
  var bytes: [UInt8] { inbox.state.withLock { $0.bytes } }
  var text: String { String(decoding: bytes, as: UTF8.self) }

  func send(_ text: String) async throws { try await send(Array(text.utf8)) }

  /// Returns when the system has taken it.
  func send(_ bytes: [UInt8]) async throws { try await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get() }

  /// From now on nothing is read; what the system has buffered stays there.
  func stopReading() async throws { try await channel.setOption(.autoRead, value: false).get() }

  func close() async { try? await channel.close().get() }
}

/// Bytes of HTTP/2 (RFC 9113), to be put together as no library would.
enum HTTP2Bytes {
  enum Kind: UInt8 {
    case data, headers, priority, reset, settings, pushPromise, ping, goAway, windowUpdate, continuation
  }

  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(.settings)

  static func frame(_ kind: Kind, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = []) -> [UInt8] {
    var bytes = Array(number(UInt32(payload.count)).dropFirst())
    bytes += [kind.rawValue, flags]
    bytes += number(stream)
    bytes += payload
    return bytes
  }

  static func number(_ value: UInt32) -> [UInt8] {
    let shifts: [UInt32] = [24, 16, 8, 0]
    return shifts.map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// A block of header fields, each spelled out (RFC 7541 §6.2.2).
  static func fields(_ fields: [(String, String)]) -> [UInt8] {
    fields.flatMap { [0] + string($0.0) + string($0.1) }
  }

  private static func string(_ text: String) -> [UInt8] {
    var length = text.utf8.count
    guard length >= 127 else { return [UInt8(length)] + text.utf8 }
    var bytes: [UInt8] = [127]
    length -= 127
    while length >= 128 {
      bytes.append(UInt8(length & 127 | 128))
      length >>= 7
    }
    return bytes + [UInt8(length)] + text.utf8
  }

  static func request(_ method: String, _ path: String, _ more: [(String, String)] = []) -> [UInt8] {
    fields([(":method", method), (":scheme", "https"), (":authority", "127.0.0.1"), (":path", path)] + more)
  }

  /// A client's wish that nothing be sent on its streams: windows of no bytes (RFC 9113 §6.5.2).
  static let noWindows = frame(.settings, [0, 4] + number(0))

  /// How many frames of a kind are among what has come.
  static func count(_ kind: Kind, in bytes: [UInt8]) -> Int {
    var position = 0
    var found = 0
    while position + 9 <= bytes.count {
      let length = bytes[position..<position + 3].reduce(0) { $0 << 8 | Int($1) }
      guard position + 9 + length <= bytes.count else { break }
      if bytes[position + 3] == kind.rawValue { found += 1 }
      position += 9 + length
    }
    return found
  }

  /// The codes of the GOAWAY frames among what has come.
  static func farewells(in bytes: [UInt8]) -> [UInt32] {
    var codes: [UInt32] = []
    var rest = bytes[...]
    while rest.count >= 9 {
      let head = Array(rest.prefix(9))
      let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
      guard rest.count >= 9 + length else { break }
      let payload = Array(rest.dropFirst(9).prefix(length))
      if head[3] == Kind.goAway.rawValue, length >= 8 {
        codes.append(payload[4..<8].reduce(0) { $0 << 8 | UInt32($1) })
      }
      rest = rest.dropFirst(9 + length)
    }
    return codes
  }
}
