import FuzzTargets
import NIOCore
import RaftTransport
import Testing

/// What comes from whoever has connected: see docs/design/fuzzing.md.
@Suite struct FrameFuzzTests {
  private static let target = FuzzTarget("peer-frame") { bytes in
    var input = FuzzInput(bytes)
    let step = max(Int(input.byte()), 1)
    let stream = input.bytes(bytes.count)
    let whole = frames(stream, step: .max)
    let pieces = frames(stream, step: step)
    try expect(whole.frames == pieces.frames && whole.fails == pieces.fails, "frames depend on how bytes arrive")
    try expect(whole.frames.joined().count + 8 * whole.frames.count <= stream.count, "more came out than went in")
    for frame in whole.frames {
      if let hello = try? PeerHello(decoding: frame) {
        try expect(try PeerHello(decoding: hello.encoded()) == hello, "\(hello) is another one when read again")
      }
      if let welcome = try? PeerWelcome(decoding: frame) {
        try expect(try PeerWelcome(decoding: welcome.encoded()) == welcome, "\(welcome) is another one when read again")
      }
    }
    return !whole.frames.isEmpty
  }

  private static func frames(_ stream: [UInt8], step: Int) -> (frames: [[UInt8]], fails: Bool) {
    var decoder = PeerFrameDecoder()
    var buffer = ByteBuffer()
    var frames: [[UInt8]] = []
    var rest = stream[...]
    repeat {
      buffer.writeBytes(rest.prefix(step))
      rest = rest.dropFirst(step)
      do {
        while let frame = try decoder.decode(buffer: &buffer) { frames.append(frame) }
      } catch {
        return (frames, true)
      }
    } while !rest.isEmpty
    return (frames, false)
  }

  private static func frame(_ payload: [UInt8]) -> [UInt8] {
    var buffer = ByteBuffer()
    PeerFrame.write(payload, to: &buffer)
    return Array(buffer.readableBytesView)
  }

  private static let hello = PeerHello(cluster: "c", clusterID: 1, from: 2, to: 3, stream: .messages)

  @Test func arbitraryStreams() throws {
    let payloads = [
      Self.hello.encoded(), PeerWelcome.accepted.encoded(), PeerWelcome.refused("no", .unknown).encoded(), [],
    ]
    let seeds = [[UInt8(3)] + payloads.flatMap { Self.frame($0) }] + payloads.map { [UInt8(9)] + Self.frame($0) }
    for seed in seeds { #expect(try Self.target.run(seed)) }
    try Self.target.runMutations(of: seeds, rounds: 5000)
    // Payloads whose checksums are right.
    let sealed = FuzzTarget("peer-payload") { try Self.target.run([1] + Self.frame($0)) }
    try sealed.runMutations(of: payloads, rounds: 5000)
  }

  @Test func aLengthAloneTakesNoMemory() throws {
    var decoder = PeerFrameDecoder()
    var buffer = ByteBuffer(bytes: [0, 0, 0, 1, 1, 1, 1, 1])
    #expect(try decoder.decode(buffer: &buffer) == nil)
    #expect(buffer.capacity < 1024)
    var large = ByteBuffer(bytes: [1, 0, 0, 1, 1, 1, 1, 1])
    #expect(throws: (any Error).self) { try decoder.decode(buffer: &large) }
  }
}
