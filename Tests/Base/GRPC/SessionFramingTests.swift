import GRPC
import NIOCore
import Testing

@Suite("The frames of a session")
struct SessionFramingTests {
  private static let payload = ByteBuffer(string: "payload")

  private static let requests: [SessionRequestFrame] = [
    .method(number: 0, path: ""), .method(number: .max, path: "/a.B/Ü"), .cancel(id: .max),
    .call(id: 1, method: 2, timeout: nil, payload: ByteBuffer()),
    .call(id: .max, method: .max, timeout: .nanoseconds(1), payload: payload),
    .call(id: 3, method: 0, timeout: .hours(24 * 365), payload: payload),
  ]

  private static let answers: [SessionAnswerFrame] = [
    .response(id: 1, payload: ByteBuffer()), .response(id: .max, payload: payload),
    .failure(id: 2, GRPCStatus(.unavailable)),
    .failure(id: 2, GRPCStatus(.outOfRange, "100 % ü\n", details: ["x-why": "because", "x-more": "", "": "x"])),
  ]

  @Test("What is written is read as the same")
  func roundTrips() {
    for frame in Self.requests { #expect(SessionRequestFrame(frame.encoded()) == frame) }
    for frame in Self.answers { #expect(SessionAnswerFrame(frame.encoded()) == frame) }
  }

  @Test("Neither side takes the other's frames, nor what is cut short or goes on behind its end")
  func refusals() {
    for frame in Self.requests {
      let bytes = frame.encoded()
      #expect(SessionAnswerFrame(bytes) == nil)
      if case .call = frame { continue }
      for length in 0..<bytes.readableBytes { #expect(SessionRequestFrame(bytes.prefix(length)) == nil) }
      #expect(SessionRequestFrame(bytes.longer()) == nil)
    }
    for frame in Self.answers {
      let bytes = frame.encoded()
      #expect(SessionRequestFrame(bytes) == nil)
      if case .response = frame { continue }
      for length in 0..<bytes.readableBytes { #expect(SessionAnswerFrame(bytes.prefix(length)) == nil) }
      #expect(SessionAnswerFrame(bytes.longer()) == nil)
    }
  }

  @Test("A timeout that no clock can hold is cut, one that has passed is the smallest")
  func timeouts() throws {
    func timeout(_ given: TimeAmount) throws -> TimeAmount {
      let frame = SessionRequestFrame.call(id: 1, method: 0, timeout: given, payload: ByteBuffer())
      guard case .call(_, _, let read, _) = try #require(SessionRequestFrame(frame.encoded())) else { return .zero }
      return try #require(read)
    }
    let longest = try timeout(.nanoseconds(.max))
    #expect(longest == .hours(24 * 365 * 100))
    let passed = try timeout(.nanoseconds(-5))
    #expect(passed == .nanoseconds(1))
  }
}

@Suite("Messages cut from DATA")
struct MessageDecoderTests {
  /// HTTP/2's parser writes on into the bytes that it handed out, and copies all that it has if somebody shares them.
  @Test("Bytes that have been read are let go")
  func letsGo() throws {
    var data = ByteBuffer()
    for text in ["abc", ""] {
      data.writeMultipleIntegers(UInt8(0), UInt32(text.utf8.count))
      data.writeString(text)
    }
    var decoder = MessageDecoder(limit: 100)
    decoder.append(data)
    var texts: [String] = []
    while let message = try decoder.next() { texts.append(String(buffer: message)) }
    #expect(texts == ["abc", ""] && decoder.isAtBoundary)
    let place = data.withUnsafeReadableBytes { $0.baseAddress }
    data.setInteger(UInt8(1), at: 0)
    #expect(data.withUnsafeReadableBytes { $0.baseAddress } == place)
    #expect(try decoder.next() == nil)
  }
}

extension ByteBuffer {
  fileprivate func prefix(_ length: Int) -> ByteBuffer {
    ByteBuffer(bytes: self.readableBytesView.prefix(length))
  }

  fileprivate func longer() -> ByteBuffer {
    var longer = self
    longer.writeInteger(UInt8(0))
    return longer
  }
}
