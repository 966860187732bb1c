import ClusterConfig
import EtcdAPI
import Foundation
import GRPC
import NIOCore
import NIOPosix
import NIOSSL
import SwiftProtobuf

/// A request, or an answer, that is any bytes at all.
struct RawMessage: Message {
  static let protoMessageName = "raw"
  var unknownFields = UnknownStorage()
  var bytes: [UInt8] = []

  init() {}
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func traverse<V: Visitor>(visitor: inout V) throws { try visitor.visitUnknown(bytes: Data(bytes)) }

  /// Answers are not looked into.
  mutating func decodeMessage<D: Decoder>(decoder: inout D) throws { while try decoder.nextFieldNumber() != nil {} }

  func isEqualTo(message: any Message) -> Bool { (message as? RawMessage)?.bytes == bytes }
}

extension TestCluster {
  /// What a client comes with.
  enum Credentials {
    case client, none, peer(String)
  }

  func tls(_ credentials: Credentials = .client) throws -> NIOSSLContext {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.trustRoots = .file(certificates.adminTrust(.storeClient))
    tls.applicationProtocols = ["h2"]
    let files: (certificate: String, key: String)? =
      switch credentials {
      case .client: (certificates.adminStoreClient.certificate, certificates.adminStoreClient.key)
      case .none: nil
      case .peer(let host):
        ("\(path)/certs/hosts/\(host)/store/peer.crt", "\(path)/certs/hosts/\(host)/store/peer.key")
      }
    if let files {
      tls.certificateChain = try NIOSSLCertificate.fromPEMFile(files.certificate).map { .certificate($0) }
      tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: files.key, format: .pem))
    }
    return try NIOSSLContext(configuration: tls)
  }

  func connection(_ name: String, _ credentials: Credentials = .client) throws -> GRPCConnection {
    GRPCConnection(
      target: .tcp(host: config.host(named: name)!.address.description, port: Int(config.ports.storeClient)),
      tls: try tls(credentials), group: MultiThreadedEventLoopGroup.singleton, logger: Self.logger)
  }

  /// A TLS connection (or a bare one) that is written byte by byte.
  func channel(_ name: String, isBare: Bool = false) async throws -> any Channel {
    let context = isBare ? nil : try tls()
    return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          guard let context else { return }
          try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
        }
      }
      .connect(host: config.host(named: name)!.address.description, port: Int(config.ports.storeClient)).get()
  }
}

/// HTTP/2 (RFC 9113) by hand: what a client that is cut off has sent so far.
enum RawHTTP2 {
  static let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(type: 4, flags: 0, stream: 0, [])

  static func frame(type: UInt8, flags: UInt8, stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
    let count = payload.count
    return [UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255), type, flags]
      + (0..<4).map { UInt8(stream >> (24 - 8 * $0) & 255) } + payload
  }

  /// The head of a call; literal fields only (RFC 7541, §6.2.2).
  static func call(_ path: String, stream: UInt32) -> [UInt8] {
    var block: [UInt8] = []
    for (name, value) in [
      (":method", "POST"), (":scheme", "https"), (":path", path), (":authority", "x"),
      ("content-type", "application/grpc"), ("te", "trailers"),
    ] {
      block += [0, UInt8(name.utf8.count)] + name.utf8 + [UInt8(value.utf8.count)] + value.utf8
    }
    return frame(type: 1, flags: 4, stream: stream, block)
  }

  /// A message, or its first bytes only, with the length of the whole.
  static func message(_ bytes: [UInt8], upTo count: Int = .max, stream: UInt32, isLast: Bool = false) -> [UInt8] {
    let length = UInt32(bytes.count)
    let framed = [0] + (0..<4).map { UInt8(length >> (24 - 8 * $0) & 255) } + bytes
    return frame(type: 0, flags: isLast ? 1 : 0, stream: stream, Array(framed.prefix(count)))
  }
}

extension Channel {
  func send(_ bytes: [UInt8]) async throws { try await writeAndFlush(ByteBuffer(bytes: bytes)).get() }

  /// Ends the connection with a reset instead of an orderly end, TLS's included.
  func reset() async throws {
    try? await (self as? any SocketOptionProvider)?.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
    try? await eventLoop.flatSubmit {
      (try? self.pipeline.syncOperations.context(handlerType: NIOSSLClientHandler.self))?.close() ?? self.close()
    }.get()
  }
}
