import BenchKit
import NIOCore

/// Operations that walk through a whole list by its pages.
struct PageWalk: RequestScript {
  let door: FrontEndDoor
  /// With the page's size.
  let target: String
  /// What the whole list has, as it was counted beforehand.
  let expected: APIContender.Listing
  let pages: Int

  private var seen = 0
  private var bytes = 0

  init(_ door: FrontEndDoor, path: String, page: Int, expected: APIContender.Listing) {
    self.door = door
    self.expected = expected
    target = "\(path)?limit=\(page)"
    pages = max(1, (expected.objects + page - 1) / page)
  }

  var needsEdges: Bool { true }

  mutating func begin(_ number: Int) -> ByteBuffer {
    seen = 0
    bytes = 0
    return door.get(target)
  }

  mutating func next(_ answer: AnswerReader.Answer) throws -> RequestStep {
    guard answer.status == 200 else { throw Program.Failure(answer.description) }
    seen += 1
    bytes += answer.bytes
    if let token = Self.token(answer.first) ?? Self.token(answer.last) {
      guard seen < pages else { throw Program.Failure("a list of more than \(pages) pages") }
      return .ask(door.get("\(target)&continue=\(token)"))
    }
    // Each page has a head of its own.
    guard seen == pages, bytes + 64 >= expected.bytes else {
      throw Program.Failure("\(seen) of \(pages) pages, \(bytes) of \(expected.bytes) bytes")
    }
    return .done(units: expected.objects)
  }

  /// The token of the list's metadata, which stands before its items or after them; as it has to stand in a query.
  private static func token(_ edge: [UInt8]) -> String? {
    let mark = Array(#""continue":""#.utf8)
    guard edge.count > mark.count else { return nil }
    for index in 0..<(edge.count - mark.count)
    where edge[index] == mark[0] && edge[index..<(index + mark.count)].elementsEqual(mark) {
      let token = edge[(index + mark.count)...].prefix { $0 != UInt8(ascii: "\"") }
      return token.isEmpty ? nil : encoded(token)
    }
    return nil
  }

  private static func encoded(_ token: ArraySlice<UInt8>) -> String {
    var text = ""
    for byte in token {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += (byte < 16 ? "%0" : "%") + String(byte, radix: 16)
      }
    }
    return text
  }
}
