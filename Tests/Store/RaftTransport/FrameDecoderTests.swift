import NIOCore
import RaftTransport
import Testing

/// What comes from whoever has connected. Arbitrary bytes: WireFuzzing.
@Suite struct FrameDecoderTests {
  @Test func aLengthAloneTakesNoMemory() throws {
    var decoder = PeerFrameDecoder()
    var buffer = ByteBuffer(bytes: [0, 0, 0, 1, 1, 1, 1, 1])
    #expect(try decoder.decode(buffer: &buffer) == nil)
    #expect(buffer.capacity < 1024)
    var large = ByteBuffer(bytes: [1, 0, 0, 1, 1, 1, 1, 1])
    #expect(throws: (any Error).self) { try decoder.decode(buffer: &large) }
  }
}
