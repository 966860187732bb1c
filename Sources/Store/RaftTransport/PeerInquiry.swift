package import ClusterConfig
package import NIOCore
import NIOPosix
import NIOSSL
import RaftCore

/// One question to whoever listens at a peer's address, from a host that does not know yet which member it is: TLS as
/// between members, a hello from nobody, a question, an answer. What the bytes say is the caller's matter.
package struct PeerInquiry: Sendable {
  package var cluster: String
  package var credentials: PeerCredentials
  package var loop: any EventLoop
  /// For all of it. Default 2 s.
  package var timeout: TimeAmount = .seconds(2)

  package init(cluster: String, credentials: PeerCredentials, loop: any EventLoop) {
    self.cluster = cluster
    self.credentials = credentials
    self.loop = loop
  }

  /// - Returns: nil when nobody answers.
  package func ask(_ question: [UInt8], address: IPv4Address, port: UInt16) async -> [UInt8]? {
    let promise = loop.makePromise(of: [UInt8]?.self)
    let (cluster, credentials) = (cluster, credentials)
    let connected = ClientBootstrap(group: loop)
      .connectTimeout(timeout)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let operations = channel.pipeline.syncOperations
          try operations.addHandler(NIOSSLClientHandler(context: credentials.client, serverHostname: nil))
          try operations.addHandler(ByteToMessageHandler(PeerFrameDecoder()))
          let hello = PeerHello(cluster: cluster, clusterID: 0, from: 0, to: 0, stream: .messages)
          try operations.addHandler(
            PeerDialHandler(
              hello: { hello },
              objection: { _, clusters in clusters.contains(cluster) ? nil : "not of the cluster \(cluster)" },
              outcome: { outcome in
                guard case .welcome = outcome else { return channel.close(promise: nil) }
                var buffer = channel.allocator.buffer(capacity: question.count + PeerFrame.headerSize)
                PeerFrame.write(question, to: &buffer)
                channel.writeAndFlush(buffer, promise: nil)
              }))
          try operations.addHandler(InquiryHandler(promise))
        }
      }
      .connect(host: address.description, port: Int(port))
    let deadline = loop.scheduleTask(in: timeout) {
      promise.succeed(nil)
      connected.whenSuccess { $0.close(promise: nil) }
    }
    connected.whenFailure { _ in promise.succeed(nil) }
    connected.whenSuccess { $0.closeFuture.whenComplete { _ in promise.succeed(nil) } }
    let answer = try? await promise.futureResult.get()
    deadline.cancel()
    connected.whenSuccess { $0.close(promise: nil) }
    return answer ?? nil
  }
}

/// Takes the frame behind the welcome.
private final class InquiryHandler: ChannelInboundHandler {
  typealias InboundIn = [UInt8]

  private let promise: EventLoopPromise<[UInt8]?>

  init(_ promise: EventLoopPromise<[UInt8]?>) { self.promise = promise }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) { promise.succeed(unwrapInboundIn(data)) }
}
