import HTTPServer
import JSONDocument
import NIOCore
import NIOHTTP1
import Registry

/// What the front-end does itself between a client's WebSocket and a kubelet that speaks SPDY.
///
/// kubectl since 1.30 opens WebSockets with protocols that end at the front-end: runtimes know only older ones, in which
/// the end of the standard input cannot be told. Other protocols (`v4.channel.k8s.io` and its like) are the runtime's own
/// and pass through.
enum StreamTranslation: Sendable, Equatable {
  /// Nothing: the client's bytes are the runtime's.
  case none
  /// `SPDY/3.1+portforward.k8s.io`: the bytes of a SPDY connection as the WebSocket's messages. With SPDY's own names of
  /// the protocols that the client offers.
  case tunnel([String])
  /// `v5.channel.k8s.io`: streams of a process as messages that begin with a channel's number.
  case channels(ProcessChannels)

  private static let tunnelPrefix = "SPDY/3.1+"
  private static let channelProtocol = "v5.channel.k8s.io"
  /// Of the protocols over SPDY the one whose error stream has the same form: a `Status` as JSON.
  private static let streamProtocol = "v4.channel.k8s.io"

  init(_ kind: ConnectKind, _ request: HTTPServerRequest, _ channels: ProcessChannels) {
    self = .none
    guard WebSocketHandshake.isAsked(request) else { return }
    let offered = WebSocketHandshake.protocols(request.headers)
    switch kind {
    case .portForward:
      let tunnelled = offered.filter { $0.hasPrefix(Self.tunnelPrefix) && $0.hasSuffix(".k8s.io") }
      if !tunnelled.isEmpty { self = .tunnel(tunnelled.map { String($0.dropFirst(Self.tunnelPrefix.count)) }) }
    case .exec, .attach: if offered.contains(Self.channelProtocol) { self = .channels(channels) }
    case .log, .proxy: break
    }
  }

  /// What the kubelet is asked for, in place of the client's own wish; `nil`: just that.
  var request: HTTPHeaders? {
    switch self {
    case .none: return nil
    case .tunnel(let protocols):
      return HTTPHeaders([("upgrade", "SPDY/3.1")] + protocols.map { ("x-stream-protocol-version", $0) })
    case .channels: return ["upgrade": "SPDY/3.1", "x-stream-protocol-version": Self.streamProtocol]
    }
  }

  /// Carries everything between the client and the kubelet once that one has switched.
  ///
  /// - Parameter handshake: the answer to the client, but for the protocol.
  func serve(
    _ writer: HTTPResponseWriter, handshake: HTTPHeaders, _ head: HTTPResponseHead, _ server: ByteTunnel
  ) async throws {
    var handshake = handshake
    handshake.remove(name: "sec-websocket-protocol")
    let chosen = head.headers.first(name: "x-stream-protocol-version")?.trimmed ?? ""
    if case .tunnel = self {
      if !chosen.isEmpty { handshake.add(name: "sec-websocket-protocol", value: Self.tunnelPrefix + chosen) }
    } else {
      handshake.add(name: "sec-websocket-protocol", value: Self.channelProtocol)
    }
    let client: ByteTunnel
    do { client = try await writer.upgrade(headers: handshake) } catch {
      server.close()
      throw error
    }
    switch self {
    case .none: await client.join(server)
    case .tunnel: await Self.tunnel(client, server)
    case .channels(let channels): await channels.carry(client, server)
    }
  }

  // MARK: SPDY in messages

  private static func tunnel(_ client: ByteTunnel, _ server: ByteTunnel) async {
    _ = await client.join(
      server,
      outward: { activity in
        try await WebSocketMessageReader.read(client) { event in
          if case .data(let bytes, _) = event, bytes.readableBytes > 0 {
            activity.note()
            try await server.write(bytes)
            activity.note()
          }
        }
        // Who closes a WebSocket wants nothing more of it.
        server.close()
      },
      inward: { activity in
        for try await bytes in server.inbound {
          activity.note()
          try await client.write(WebSocketFrame.message(bytes))
          activity.note()
        }
        try await client.write(WebSocketFrame.close(.normal).bytes)
        try await client.finishOutput()
      })
  }
}

extension WebSocketMessageReader {
  /// Reads a client's messages until it closes; its pings are answered. A client that does not keep to the protocol is
  /// told so, and breaks off.
  static func read(_ client: ByteTunnel, _ body: (Event) async throws -> Void) async throws {
    var reader = WebSocketMessageReader()
    do {
      for try await bytes in client.inbound {
        reader.append(bytes)
        while let event = try reader.next() {
          switch event {
          case .ping(let payload): try await client.write(WebSocketFrame(.pong, payload).bytes)
          case .close: return
          case .data: try await body(event)
          }
        }
      }
    } catch let violation as Violation {
      try? await client.write(WebSocketFrame.close(.protocolError).bytes)
      throw violation
    }
  }
}

/// The streams of a process, as channels of a WebSocket on one side and as streams of a SPDY connection on the other.
struct ProcessChannels: Sendable, Equatable {
  var stdin = false
  var stdout = false
  var stderr = false
  var tty = false

  /// The numbers of the channels, by the protocol.
  private enum Channel {
    static let stdin: UInt8 = 0
    static let stdout: UInt8 = 1
    static let stderr: UInt8 = 2
    static let error: UInt8 = 3
    static let resize: UInt8 = 4
    /// A message on it names a channel on which the client sends no more.
    static let close: UInt8 = 255
  }

  /// The streams that are opened, in order, with the channels that they are.
  private var streams: [(number: UInt32, type: String, channel: UInt8)] {
    let wanted: [(Bool, String, UInt8)] = [
      (true, "error", Channel.error), (stdin, "stdin", Channel.stdin), (stdout, "stdout", Channel.stdout),
      (stderr && !tty, "stderr", Channel.stderr), (tty, "resize", Channel.resize),
    ]
    return wanted.filter { $0.0 }.enumerated().map { index, stream in (UInt32(index * 2 + 1), stream.1, stream.2) }
  }

  func carry(_ client: ByteTunnel, _ server: ByteTunnel) async {
    let streams = streams
    let numbers = Dictionary(streams.map { ($0.channel, $0.number) }, uniquingKeysWith: { first, _ in first })
    let channels = Dictionary(streams.map { ($0.number, $0.channel) }, uniquingKeysWith: { first, _ in first })
    let first: UInt8 = stdout ? Channel.stdout : stderr && !tty ? Channel.stderr : Channel.error
    _ = await client.join(
      server,
      outward: { activity in
        var writer = SPDYFrameWriter()
        for stream in streams {
          try await server.write(writer.open(stream.number, header: "streamtype", stream.type))
        }
        // Nothing is ever sent on it.
        try await server.write(SPDYFrameWriter.data(numbers[Channel.error] ?? 1, ByteBuffer(), isLast: true))
        var message = ClientMessage()
        try await WebSocketMessageReader.read(client) { event in
          guard case .data(let bytes, let startsMessage) = event,
            let frame = message.frame(bytes, startsMessage: startsMessage, numbers)
          else { return }
          activity.note()
          // Once the process has ended there is nobody to take this; the client still has to be heard out.
          try? await server.write(frame)
          activity.note()
        }
        server.close()
      },
      inward: { activity in
        // Tells the client that all is set up.
        try await client.write(WebSocketFrame.message(channel: first, ByteBuffer()))
        var reader = SPDYFrameReader()
        var hasStatus = false
        do {
          reading: for try await bytes in server.inbound {
            activity.note()
            reader.append(bytes)
            while let event = try reader.next() {
              switch event {
              case .data(let stream, let bytes):
                guard let channel = channels[stream], channel != Channel.stdin, channel != Channel.resize else {
                  continue
                }
                if channel == Channel.error { hasStatus = true }
                try await client.write(WebSocketFrame.message(channel: channel, bytes))
              case .ping(let number): try await server.write(SPDYFrameWriter.ping(number))
              case .goAway: break reading
              }
            }
            activity.note()
          }
        } catch is CancellationError {
          throw CancellationError()
        } catch {
          // Told below, if the client is still there to hear it.
        }
        if !hasStatus {
          let error = APIError.internalError("the connection to the container was lost")
          try await client.write(
            WebSocketFrame.message(channel: Channel.error, ByteBuffer(bytes: error.status.jsonBytes)))
        }
        try await client.write(WebSocketFrame.close(.normal).bytes)
        // The client has all of it when it closes, and not before.
        try await client.finishOutput()
        server.close()
      })
  }

  /// A message of the client's, of which pieces come.
  private struct ClientMessage {
    private var channel: UInt8?

    /// What goes to the server for a piece; nil: nothing.
    mutating func frame(
      _ bytes: ByteBuffer, startsMessage: Bool, _ numbers: [UInt8: UInt32]
    ) -> ByteBuffer? {
      var bytes = bytes
      if startsMessage { channel = nil }
      if channel == nil { channel = bytes.readInteger() }
      guard let channel, bytes.readableBytes > 0 else { return nil }
      if channel == Channel.close {
        guard let closed: UInt8 = bytes.readInteger(), let number = numbers[closed], Self.isClients(closed) else {
          return nil
        }
        return SPDYFrameWriter.data(number, ByteBuffer(), isLast: true)
      }
      guard let number = numbers[channel], Self.isClients(channel) else { return nil }
      return SPDYFrameWriter.data(number, bytes)
    }

    /// Whether a client sends on that channel at all.
    private static func isClients(_ channel: UInt8) -> Bool { channel == Channel.stdin || channel == Channel.resize }
  }
}
