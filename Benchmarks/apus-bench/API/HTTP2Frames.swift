/// The little of HTTP/2 (RFC 9113) and HPACK (RFC 7541) that a client needs to hold many streams open and to read what
/// comes on them: it decodes no headers and gives more room than is ever used up. Pure.
enum HTTP2Frames {
  enum Kind {
    static let data: UInt8 = 0
    static let headers: UInt8 = 1
    static let reset: UInt8 = 3
    static let settings: UInt8 = 4
    static let ping: UInt8 = 6
    static let goAway: UInt8 = 7
    static let windowUpdate: UInt8 = 8
  }

  enum Flag {
    /// Of data and headers.
    static let endStream: UInt8 = 1
    /// Of settings and pings.
    static let acknowledgement: UInt8 = 1
    static let endHeaders: UInt8 = 4
    /// Of data and headers.
    static let padded: UInt8 = 8
  }

  static let headLength = 9
  /// What the server may send on one stream, and on the connection before more is given.
  static let window: UInt32 = 1 << 30

  /// What a connection begins with: no pushes, and the windows.
  static var preface: [UInt8] {
    let settings: [UInt8] = [0, 2, 0, 0, 0, 0, 0, 4] + number(window)
    return Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8) + frame(Kind.settings, stream: 0, settings)
      + frame(Kind.windowUpdate, stream: 0, number(window - 65_535))
  }

  static func frame(_ kind: UInt8, flags: UInt8 = 0, stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
    let length = number(UInt32(payload.count))
    var frame: [UInt8] = [length[1], length[2], length[3], kind, flags]
    frame += number(stream)
    frame += payload
    return frame
  }

  /// Big-endian.
  static func number(_ value: UInt32) -> [UInt8] {
    [
      UInt8(truncatingIfNeeded: value >> 24), UInt8(truncatingIfNeeded: value >> 16),
      UInt8(truncatingIfNeeded: value >> 8), UInt8(truncatingIfNeeded: value),
    ]
  }

  /// A GET with nothing in its body, as the whole of a stream from the client's side.
  static func get(_ target: String, authority: String, stream: UInt32) -> [UInt8] {
    var block: [UInt8] = []
    for (name, value) in [
      (":method", "GET"), (":scheme", "https"), (":path", target), (":authority", authority),
      ("accept", "application/json"), ("user-agent", "apus-bench"),
    ] {
      // Literal, and not to be remembered (6.2.2).
      block.append(0)
      block += text(name)
      block += text(value)
    }
    return frame(Kind.headers, flags: Flag.endStream | Flag.endHeaders, stream: stream, block)
  }

  /// A string as it is, after its length with a prefix of seven bits (5.1 and 5.2).
  private static func text(_ text: String) -> [UInt8] {
    var length = text.utf8.count
    guard length >= 127 else { return [UInt8(length)] + Array(text.utf8) }
    var bytes: [UInt8] = [127]
    length -= 127
    while length >= 128 {
      bytes.append(UInt8(length & 127 | 128))
      length >>= 7
    }
    bytes.append(UInt8(length))
    return bytes + Array(text.utf8)
  }

  /// Whether a block of headers begins with `:status: 200`, which every encoder takes from the static table (6.1),
  /// maybe after a change of the dynamic table's size (6.3).
  static func saysOK(_ block: some Sequence<UInt8>) -> Bool {
    var isInNumber = false
    for byte in block {
      if isInNumber {
        isInNumber = byte & 0x80 != 0
      } else if byte & 0xe0 == 0x20 {
        isInNumber = byte & 0x1f == 0x1f
      } else {
        return byte == 0x88
      }
    }
    return false
  }
}
