import Logging
import NIOCore
import NIOHTTP2
import NIOSSL
import NIOTLS

/// The root of one HTTP/2 connection on the server's side: who the client is, which calls are open, and the end of
/// connections that break the protocol. Graceful shutdown and keep-alive are NIOHTTP2's handler in front of it.
///
/// Confined to the channel's event loop.
final class ServerConnection: ChannelInboundHandler, @unchecked Sendable {
  typealias InboundIn = HTTP2Frame

  let router: GRPCRouter
  let configuration: GRPCServerConfiguration
  let remoteAddress: SocketAddress?
  let deadlines: CallDeadlines
  private(set) var peerCertificate: NIOSSLCertificate?
  private(set) var isShuttingDown = false

  private let usesTLS: Bool
  private let logger: Logger
  private var handshakeTimer: Scheduled<Void>?
  private var calls: [ObjectIdentifier: ServerCall] = [:]
  private var session: ObjectIdentifier?

  init(
    router: GRPCRouter, configuration: GRPCServerConfiguration, channel: any Channel, usesTLS: Bool, logger: Logger
  ) {
    self.router = router
    self.configuration = configuration
    self.remoteAddress = channel.remoteAddress
    self.deadlines = CallDeadlines(eventLoop: channel.eventLoop)
    self.usesTLS = usesTLS
    var logger = logger
    logger[metadataKey: "client"] = "\(channel.remoteAddress.map { "\($0)" } ?? "local")"
    self.logger = logger
  }

  func opened(_ call: ServerCall) {
    self.calls[ObjectIdentifier(call)] = call
  }

  /// A call wants to be a session's stream. Says whether it may: a connection has one at a time, because each may have
  /// as many calls under way as there may be streams.
  func beginsSession(_ call: ServerCall) -> Bool {
    guard self.session == nil else { return false }
    self.session = ObjectIdentifier(call)
    return true
  }

  func closed(_ call: ServerCall) {
    self.calls[ObjectIdentifier(call)] = nil
    if self.session == ObjectIdentifier(call) { self.session = nil }
  }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    self.handshakeTimer = context.eventLoop.scheduleTask(in: self.configuration.handshakeTimeout) {
      channel.close(promise: nil)
    }
    context.fireChannelActive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .settings(.settings) = self.unwrapInboundIn(data).payload else { return }
    self.handshakeTimer?.cancel()
    self.handshakeTimer = nil
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSUserEvent.handshakeCompleted(let negotiated):
      guard negotiated == nil || negotiated == "h2" else {
        self.logger.debug("client wants another protocol", metadata: ["protocol": "\(negotiated ?? "")"])
        context.close(promise: nil)
        return
      }
      self.peerCertificate = try? context.channel.pipeline.syncOperations.nioSSL_peerCertificate()
    case is ChannelShouldQuiesceEvent:
      self.isShuttingDown = true
      for call in self.calls.values { call.serverIsShuttingDown() }
      // A client that has not even shaken hands has nothing to lose.
      if self.handshakeTimer != nil { context.close(promise: nil) }
    default:
      break
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A stream's error has reset that stream; anything else leaves the connection in no known state.
    if error is NIOHTTP2Errors.StreamError { return }
    self.logger.debug("connection failed", metadata: ["reason": "\(error)"])
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    self.handshakeTimer?.cancel()
    context.fireChannelInactive()
  }
}
