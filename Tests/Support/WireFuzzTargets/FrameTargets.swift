import FuzzTargets
import GRPC
import NIOCore
import RaftTransport

extension FuzzTarget {
  /// A peer's stream, cut anywhere; the first byte says into pieces of which size.
  static let peerFrame = FuzzTarget("peer-frame", seeds: { frameSeeds }) { bytes in
    var input = FuzzInput(bytes)
    let step = max(Int(input.byte()), 1)
    let stream = input.bytes(bytes.count)
    let whole = frames(stream, step: .max)
    let pieces = frames(stream, step: step)
    try expect(whole.frames == pieces.frames && whole.fails == pieces.fails, "frames depend on how bytes arrive")
    try expect(whole.frames.joined().count + 8 * whole.frames.count <= stream.count, "more came out than went in")
    for frame in whole.frames { try checkPayload(frame) }
    return !whole.frames.isEmpty
  }

  /// One frame whose checksum is right.
  static let peerPayload = FuzzTarget("peer-payload", seeds: { payloadSeeds }) { bytes in
    try peerFrame.run([1] + sealed(bytes))
  }

  private static func checkPayload(_ frame: [UInt8]) throws(FuzzFinding) {
    if let hello = try? PeerHello(decoding: frame) {
      let again = try? PeerHello(decoding: hello.encoded())
      try expect(again == hello, "\(hello) is another one when read again")
    }
    if let welcome = try? PeerWelcome(decoding: frame) {
      let again = try? PeerWelcome(decoding: welcome.encoded())
      try expect(again == welcome, "\(welcome) is another one when read again")
    }
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

  private static func sealed(_ payload: [UInt8]) -> [UInt8] {
    var buffer = ByteBuffer()
    PeerFrame.write(payload, to: &buffer)
    return Array(buffer.readableBytesView)
  }

  private static var payloadSeeds: [[UInt8]] {
    let hello = PeerHello(cluster: "c", clusterID: 1, from: 2, to: 3, stream: .messages)
    return [hello.encoded(), PeerWelcome.accepted.encoded(), PeerWelcome.refused("no", .unknown).encoded(), []]
  }

  private static var frameSeeds: [[UInt8]] {
    [[UInt8(3)] + payloadSeeds.flatMap { sealed($0) }] + payloadSeeds.map { [UInt8(9)] + sealed($0) }
  }

  // MARK: - gRPC

  private static let limit = 300

  /// A stream of DATA, cut anywhere.
  static let grpcFraming = FuzzTarget(
    "grpc-framing",
    seeds: {
      [
        [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4, 0, 0, 0, 0, 1, 9],
        [7, 0, 0, 0, 1, 4] + [UInt8](repeating: 7, count: 260) + [0, 0, 0, 0, 0],
      ]
    }
  ) { bytes in
    var input = FuzzInput(bytes)
    let step = max(Int(input.byte()), 1)
    let stream = input.bytes(bytes.count)
    let whole = messages(stream, step: .max)
    try expect(whole == messages(stream, step: step), "messages depend on how bytes arrive")
    // By hand.
    var rest = stream[...]
    for message in whole.messages {
      let length = rest.dropFirst().prefix(4).reduce(0) { $0 << 8 | Int($1) }
      try expect(rest.first == 0 && length == message.count && length <= limit, "a message of \(message.count) bytes")
      try expect(Array(rest.dropFirst(5).prefix(length)) == message, "another message")
      rest = rest.dropFirst(5 + length)
    }
    try expect(whole.isAtBoundary == rest.isEmpty || whole.fails, "a boundary where none is")
    return !whole.messages.isEmpty
  }

  /// A frame of a session, of either side.
  static let grpcSession = FuzzTarget(
    "grpc-session",
    seeds: {
      let payload = ByteBuffer(bytes: [1, 2, 3])
      let requests: [SessionRequestFrame] = [
        .method(number: 0, path: "/a.B/C"), .call(id: 1, method: 0, timeout: .seconds(3), payload: payload),
        .cancel(id: 1),
      ]
      let answers: [SessionAnswerFrame] = [
        .response(id: 1, payload: payload), .failure(id: 2, GRPCStatus(.outOfRange, "no", details: ["x-why": "so"])),
      ]
      return (requests.map { $0.encoded() } + answers.map { $0.encoded() }).map { Array($0.readableBytesView) }
    }
  ) { bytes in
    let message = ByteBuffer(bytes: bytes)
    let request = SessionRequestFrame(message)
    if let request {
      try expect(SessionRequestFrame(request.encoded()) == request, "\(request) is another one when read again")
    }
    let answer = SessionAnswerFrame(message)
    if let answer {
      try expect(SessionAnswerFrame(answer.encoded()) == answer, "\(answer) is another one when read again")
    }
    try expect(request == nil || answer == nil, "a frame of both sides")
    return request != nil || answer != nil
  }

  private struct Outcome: Hashable {
    var messages: [[UInt8]] = []
    var fails = false
    var isAtBoundary = false
  }

  private static func messages(_ stream: [UInt8], step: Int) -> Outcome {
    var decoder = MessageDecoder(limit: limit)
    var outcome = Outcome()
    var rest = stream[...]
    repeat {
      decoder.append(ByteBuffer(bytes: rest.prefix(step)))
      rest = rest.dropFirst(step)
      do throws(GRPCStatus) {
        while let message = try decoder.next() { outcome.messages.append(Array(message.readableBytesView)) }
      } catch {
        outcome.fails = true
        return outcome
      }
    } while !rest.isEmpty
    outcome.isAtBoundary = decoder.isAtBoundary
    return outcome
  }
}
