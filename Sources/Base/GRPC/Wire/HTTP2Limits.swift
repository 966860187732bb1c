package import NIOCore
import NIOHTTP2

/// The limits of one HTTP/2 connection, for both sides. The defaults suit a store: a few busy connections.
package struct HTTP2Limits: Sendable, Hashable {
  /// Bytes that a peer may send ahead on one stream and on the connection.
  package var streamWindow = 1 << 20
  package var connectionWindow = 8 << 20
  /// The largest frame that a peer may send, in bytes.
  package var maximumFrameSize = 128 << 10
  /// The largest header list that a peer may send, in bytes.
  package var maximumHeaderListSize = 16 << 10
  /// Streams that a client may have open at once on a server's connection.
  package var maximumConcurrentStreams = 4096
  /// PING, SETTINGS and the like in ``floodWindow`` before a peer counts as hostile. grpc-go sends a PING with
  /// about every call (it estimates the bandwidth-delay product), so this bounds calls a second, too:
  /// NIOHTTP2's own 200 in 30 s breaks connections that are merely busy.
  package var maximumControlFrames = 3_000_000
  /// RST_STREAM frames in ``floodWindow``: clients cancel calls at their deadlines, and watches when they go.
  package var maximumResets = 60_000
  package var floodWindow: TimeAmount = .seconds(30)
  /// Bytes of one stream that wait for the socket before its writers have to wait.
  package var outboundHighWatermark = 256 << 10
  package var outboundLowWatermark = 64 << 10

  package init() {}
}

extension HTTP2Limits {
  func handlerConfiguration(isServer: Bool) -> NIOHTTP2Handler.Configuration {
    var connection = NIOHTTP2Handler.ConnectionConfiguration()
    connection.initialSettings = [
      HTTP2Setting(parameter: .initialWindowSize, value: self.streamWindow),
      HTTP2Setting(parameter: .maxFrameSize, value: self.maximumFrameSize),
      HTTP2Setting(parameter: .maxHeaderListSize, value: self.maximumHeaderListSize),
      isServer
        ? HTTP2Setting(parameter: .maxConcurrentStreams, value: self.maximumConcurrentStreams)
        : HTTP2Setting(parameter: .enablePush, value: 0),
    ]
    connection.targetWindowSize = self.connectionWindow
    connection.controlFrameRateLimit.maximumCount = self.maximumControlFrames
    connection.controlFrameRateLimit.windowLength = self.floodWindow
    // Calls read the few headers that they know and pass none on to anybody: names and values are not gone through
    // byte by byte to find out whether others would take them for something else.
    connection.headerBlockValidation = .disabled
    connection.contentLengthValidation = .disabled
    // gRPC peers end a stream with an empty DATA frame now and then; a few in a row are not an attack.
    connection.maximumSequentialEmptyDataFrames = 16
    // Frames for streams that were just reset come in until the peer has seen the reset.
    connection.maximumRecentlyResetStreams = 1024
    connection.maximumConnectionGlitches = self.maximumResets
    var stream = NIOHTTP2Handler.StreamConfiguration()
    stream.targetWindowSize = self.streamWindow
    stream.outboundBufferSizeHighWatermark = self.outboundHighWatermark
    stream.outboundBufferSizeLowWatermark = self.outboundLowWatermark
    stream.streamResetFrameRateLimit.maximumCount = self.maximumResets
    stream.streamResetFrameRateLimit.windowLength = self.floodWindow
    stream.streamErrorRateLimit.maximumCount = self.maximumResets
    stream.streamErrorRateLimit.windowLength = self.floodWindow
    return .init(connection: connection, stream: stream)
  }
}
