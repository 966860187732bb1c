import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One GET whose status alone matters: the connection is closed as soon as the head is there.
struct HTTPProbe {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  var group: any EventLoopGroup
  var host: String
  var port: Int
  var usesTLS: Bool

  /// The status code. Throws when there is none in time.
  func get(path: String, headers: HTTPHeaders, timeout: TimeAmount) async throws -> Int {
    var tls: NIOSSLContext?
    if usesTLS {
      // As documented: certificates are not verified by probes.
      var configuration = TLSConfiguration.makeClientConfiguration()
      configuration.certificateVerification = .none
      tls = try NIOSSLContext(configuration: configuration)
    }
    let context = tls
    let loop = group.next()
    let answer = loop.makePromise(of: Int.self)
    let channel: any Channel
    do {
      channel = try await ClientBootstrap(group: loop).connectTimeout(timeout)
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            if let context {
              try channel.pipeline.syncOperations.addHandler(NIOSSLClientHandler(context: context, serverHostname: nil))
            }
            try channel.pipeline.syncOperations.addHTTPClientHandlers()
            try channel.pipeline.syncOperations.addHandler(StatusHandler(answer: answer))
          }
        }
        .connect(host: host, port: port).get()
    } catch {
      answer.fail(error)
      throw error
    }
    let limit = loop.scheduleTask(in: timeout) { answer.fail(Failure(description: "no answer within the timeout")) }
    defer {
      limit.cancel()
      channel.close(promise: nil)
    }
    let head = HTTPRequestHead(version: .http1_1, method: .GET, uri: path, headers: headers)
    channel.write(HTTPClientRequestPart.head(head), promise: nil)
    channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    return try await answer.futureResult.get()
  }
}

private final class StatusHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart

  private let answer: EventLoopPromise<Int>

  init(answer: EventLoopPromise<Int>) { self.answer = answer }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    if case .head(let head) = unwrapInboundIn(data), head.status.code >= 200 { answer.succeed(Int(head.status.code)) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    answer.fail(error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    answer.fail(HTTPProbe.Failure(description: "the connection was closed without an answer"))
    context.fireChannelInactive()
  }
}
