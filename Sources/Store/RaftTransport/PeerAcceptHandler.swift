import Logging
import NIOCore
import NIOTLS
import PKI
import RaftCore

/// The incoming side of a connection: checks the hello against the certificate, then passes frames on, those with pieces
/// of snapshots without a look at their checksums.
final class PeerAcceptHandler: ChannelInboundHandler {
  typealias InboundIn = [UInt8]
  typealias OutboundOut = ByteBuffer

  /// What a hello is held against. Answers why the sender is not welcome, or nil.
  typealias Admission = @Sendable (PeerHello, _ name: String, _ cluster: [String]) -> Refusal?

  /// Why a peer is not welcome.
  struct Refusal {
    var reason: String
    var standing = PeerStanding.unknown
    /// Whether that has just been logged: who is refused comes again twice a second.
    var isOld = false
  }

  private enum State {
    case handshaking
    case waiting(name: String, organizations: [String])
    case open(MemberID, PeerStream)
    /// One that does not know who it is, and asks.
    case guest
    case closed
  }

  private var state = State.handshaking
  private var deadline: Scheduled<Void>?
  private let timeout: TimeAmount
  private let logger: Logger
  private let admission: Admission
  private let decoding: PeerFrameDecoder.Mode
  private let deliver: @Sendable ([UInt8], MemberID, PeerStream) -> Void
  private let reply: @Sendable ([UInt8]) -> [UInt8]?

  init(
    timeout: TimeAmount, logger: Logger, decoding: PeerFrameDecoder.Mode, admission: @escaping Admission,
    deliver: @escaping @Sendable ([UInt8], MemberID, PeerStream) -> Void,
    reply: @escaping @Sendable ([UInt8]) -> [UInt8]?
  ) {
    self.timeout = timeout
    self.logger = logger
    self.decoding = decoding
    self.admission = admission
    self.deliver = deliver
    self.reply = reply
  }

  func channelActive(context: ChannelHandlerContext) {
    let channel = context.channel
    deadline = context.eventLoop.scheduleTask(in: timeout) { channel.close(promise: nil) }
    context.fireChannelActive()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case .handshakeCompleted = event as? TLSUserEvent {
      guard let identity = peerIdentity(context) else {
        refuse(context, Refusal(reason: "the certificate names nobody"))
        return
      }
      state = .waiting(name: identity.commonName, organizations: identity.organizations)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let frame = unwrapInboundIn(data)
    switch state {
    case .open(let member, let stream):
      deliver(frame, member, stream)
    case .guest:
      // One question, one answer; it is for the guest to close, and for the deadline.
      state = .closed
      guard let answer = reply(frame) else {
        context.close(promise: nil)
        return
      }
      var buffer = context.channel.allocator.buffer(capacity: answer.count + PeerFrame.headerSize)
      PeerFrame.write(answer, to: &buffer)
      context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    case .waiting(let name, let organizations):
      do {
        let hello = try PeerHello(decoding: frame)
        if let refusal = admission(hello, name, organizations) {
          refuse(context, refusal)
        } else if hello.isGuest {
          state = .guest
          answer(context, .accepted)
        } else {
          deadline?.cancel()
          state = .open(hello.from, hello.stream)
          // From the next frame on, of which nothing is decoded before this returns.
          decoding.leavesChecks = hello.stream == .snapshots
          answer(context, .accepted)
        }
      } catch {
        refuse(context, Refusal(reason: "not a hello: \(error)"))
      }
    case .handshaking, .closed:
      break
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    deadline?.cancel()
    state = .closed
    context.fireChannelInactive()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    logger.warning(
      "A peer connection is closed",
      metadata: ["from": "\(context.remoteAddress?.description ?? "?")", "error": "\(error)"])
    state = .closed
    context.close(promise: nil)
  }

  private func refuse(_ context: ChannelHandlerContext, _ refusal: Refusal) {
    logger.log(
      level: refusal.isOld ? .debug : .warning, "A peer is refused",
      metadata: ["from": "\(context.remoteAddress?.description ?? "?")", "reason": "\(refusal.reason)"])
    state = .closed
    answer(context, .refused(refusal.reason, refusal.standing))
    context.close(promise: nil)
  }

  private func answer(_ context: ChannelHandlerContext, _ welcome: PeerWelcome) {
    var buffer = context.channel.allocator.buffer(capacity: 64)
    PeerFrame.write(welcome.encoded(), to: &buffer)
    context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
  }
}
