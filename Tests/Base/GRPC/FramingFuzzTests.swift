import FuzzTargets
import GRPC
import NIOCore
import Testing

/// A stream of DATA, cut anywhere: see docs/design/fuzzing.md.
@Suite struct FramingFuzzTests {
  private static let limit = 300

  private static let target = FuzzTarget("grpc-framing") { bytes in
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

  @Test func arbitraryStreams() throws {
    let seeds: [[UInt8]] = [
      [3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 1, 2, 3, 4, 0, 0, 0, 0, 1, 9],
      [7, 0, 0, 0, 1, 4] + [UInt8](repeating: 7, count: 260) + [0, 0, 0, 0, 0],
    ]
    for seed in seeds { #expect(try Self.target.run(seed)) }
    try Self.target.runMutations(of: seeds, rounds: 20_000)
  }
}
