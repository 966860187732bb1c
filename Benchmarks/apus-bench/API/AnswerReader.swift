import BenchKit

/// HTTP/1.1 answers (RFC 9112) from the bytes of one connection, one after the other: what a body says is not kept but
/// for its edges, so that the load generator takes little of the processors that it shares with what it measures. Pure.
///
/// A client that sends its next request when the last answer is whole is all that this is made for.
struct AnswerReader {
  struct Answer {
    var status = 0
    /// Of the body, without its framing.
    var bytes = 0
    /// Where the body begins and ends: of a failure, and where ``AnswerReader/keepsEdges`` asks for it.
    var first: [UInt8] = []
    var last: [UInt8] = []

    /// For an error message.
    var description: String { "\(status): \(String(decoding: first.prefix(300), as: UTF8.self))" }
  }

  private enum State {
    case head
    case sized(left: Int)
    case chunkSize
    case chunk(left: Int)
    case chunkEnd
    case trailer
  }

  /// How long the edges are that are kept.
  private static let edge = 2048

  var keepsEdges = false
  private var state = State.head
  private var answer = Answer()
  private var length: Int?
  private var isChunked = false
  /// The beginning of a line whose end has not come.
  private var partial: [UInt8] = []

  /// Takes what has come.
  ///
  /// - Returns: whether the answer is whole: ``take()`` has it then.
  mutating func read(_ bytes: UnsafeRawBufferPointer) throws -> Bool {
    var position = 0
    while position < bytes.count {
      guard try step(bytes, &position) else { continue }
      guard position == bytes.count else { throw Program.Failure("there are bytes after an answer") }
      return true
    }
    return false
  }

  /// The answer that has become whole; the next one may come.
  mutating func take() -> Answer {
    defer {
      answer = Answer()
      state = .head
      length = nil
      isChunked = false
    }
    return answer
  }

  private mutating func step(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) throws -> Bool {
    switch state {
    case .head:
      guard let line = nextLine(bytes, &position) else { return false }
      return try takeHead(line)
    case .sized(let left):
      let rest = left - takeBody(bytes, &position, upTo: left)
      state = .sized(left: rest)
      return rest == 0
    case .chunkSize:
      guard let line = nextLine(bytes, &position) else { return false }
      let digits = String(decoding: line.prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
      guard let size = Int(digits, radix: 16), size >= 0 else { throw Program.Failure("a chunk of size \(digits)") }
      state = size == 0 ? .trailer : .chunk(left: size)
      return false
    case .chunk(let left):
      let rest = left - takeBody(bytes, &position, upTo: left)
      state = rest == 0 ? .chunkEnd : .chunk(left: rest)
      return false
    case .chunkEnd:
      guard let line = nextLine(bytes, &position) else { return false }
      guard line.isEmpty else { throw Program.Failure("a chunk is longer than it says") }
      state = .chunkSize
      return false
    case .trailer:
      guard let line = nextLine(bytes, &position) else { return false }
      return line.isEmpty
    }
  }

  /// A whole line without its end; nil where more must come.
  private mutating func nextLine(_ bytes: UnsafeRawBufferPointer, _ position: inout Int) -> [UInt8]? {
    let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
      partial.append(contentsOf: rest)
      position = bytes.count
      return nil
    }
    var line = partial
    line.append(contentsOf: rest[..<end])
    partial.removeAll(keepingCapacity: true)
    position += end + 1
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    return line
  }

  private mutating func takeHead(_ line: [UInt8]) throws -> Bool {
    guard answer.status != 0 else {
      guard line.count >= 12, line.starts(with: "HTTP/1.1 ".utf8),
        let status = Int(String(decoding: line[9..<12], as: UTF8.self))
      else { throw Program.Failure("no HTTP/1.1 answer: \(String(decoding: line.prefix(80), as: UTF8.self))") }
      answer.status = status
      return false
    }
    guard line.isEmpty else {
      if let value = Self.value(of: "content-length:", in: line) { length = Int(value) }
      if let value = Self.value(of: "transfer-encoding:", in: line) { isChunked = value.hasSuffix("chunked") }
      return false
    }
    if isChunked {
      state = .chunkSize
      return false
    }
    guard let length else { throw Program.Failure("an answer without a length") }
    state = .sized(left: length)
    return length == 0
  }

  private static func value(of name: String, in line: [UInt8]) -> String? {
    guard line.count > name.utf8.count, zip(line, name.utf8).allSatisfy({ ($0 | 0x20) == $1 }) else { return nil }
    let value = line.dropFirst(name.utf8.count).drop { $0 == UInt8(ascii: " ") }
    return String(decoding: value, as: UTF8.self)
  }

  private mutating func takeBody(_ bytes: UnsafeRawBufferPointer, _ position: inout Int, upTo most: Int) -> Int {
    let count = min(most, bytes.count - position)
    let piece = UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
    position += count
    answer.bytes += count
    guard keepsEdges || answer.status >= 300 else { return count }
    if answer.first.count < Self.edge { answer.first.append(contentsOf: piece.prefix(Self.edge - answer.first.count)) }
    answer.last.append(contentsOf: piece.suffix(Self.edge))
    if answer.last.count > Self.edge { answer.last.removeFirst(answer.last.count - Self.edge) }
    return count
  }
}
