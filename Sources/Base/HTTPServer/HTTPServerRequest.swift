package import NIOCore
package import NIOHTTP1

/// One request. Its head does not change; the body arrives while the handler reads it. A reference: a request is handed
/// from step to step, and has much to copy.
package final class HTTPServerRequest: Sendable {
  package let method: HTTPMethod
  /// The request target as sent, path and query.
  package let target: String
  /// The target's path as sent, still percent-encoded; always starts with "/".
  package let path: String
  /// The target's query, decoded.
  package let query: HTTPQuery
  package let headers: HTTPHeaders
  /// `.http2` or HTTP/1.x.
  package let version: HTTPVersion
  /// The client by its verified certificate; `nil` without one.
  package let peer: ClientIdentity?
  package let remoteAddress: SocketAddress?
  package let body: HTTPRequestBody

  init(
    head: HTTPRequestHead, version: HTTPVersion, peer: ClientIdentity?, remoteAddress: SocketAddress?,
    body: HTTPRequestBody
  ) {
    self.method = head.method
    self.target = head.uri
    var target = head.uri
    (path, query) = target.withUTF8 { bytes in
      let end = bytes.firstIndex(of: UInt8(ascii: "?")) ?? bytes.count
      let path = String(decoding: UnsafeBufferPointer(rebasing: bytes[..<end]), as: UTF8.self)
      let query = HTTPQuery(encoded: UnsafeBufferPointer(rebasing: bytes[min(end + 1, bytes.count)...]))
      return (bytes.first == UInt8(ascii: "/") ? path : "/" + path, query)
    }
    self.headers = head.headers
    self.version = version
    self.peer = peer
    self.remoteAddress = remoteAddress
    self.body = body
  }

  /// The path's segments, percent-decoded, empty ones left out. `nil` if one is not valid: bad escapes, bytes that
  /// are not UTF-8, an escaped slash, or "." and ".." (which would let a path name something else than it seems to).
  package var pathSegments: [String]? {
    if let plain = Self.plainSegments(path) { return plain }
    var segments: [String] = []
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
      guard let segment = Self.segment(part) else { return nil }
      segments.append(segment)
    }
    return segments
  }

  /// The segments of a path in which nothing is escaped and nothing has to be refused; nil if something may be.
  private static func plainSegments(_ path: String) -> [String]? {
    var path = path
    return path.withUTF8 { bytes -> [String]? in
      var segments: [String] = []
      segments.reserveCapacity(8)
      var start = 0
      for end in 0...bytes.count {
        let byte = end < bytes.count ? bytes[end] : UInt8(ascii: "/")
        if byte == UInt8(ascii: "%") || byte == 0 { return nil }
        guard byte == UInt8(ascii: "/") else { continue }
        if end > start {
          if bytes[start] == UInt8(ascii: "."), end - start <= 2 { return nil }
          segments.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self))
        }
        start = end + 1
      }
      return segments
    }
  }

  /// The path's first segments, by the same rules, and what follows them as it was sent: from its "/" on, "" if nothing
  /// does. For paths whose rest is somebody else's to read. `nil` if there are fewer segments, or one is not valid.
  package func pathPrefix(_ count: Int) -> (segments: [String], rest: String)? {
    var segments: [String] = []
    var position = path.utf8.startIndex
    let bytes = path.utf8
    while segments.count < count {
      while position < bytes.endIndex, bytes[position] == UInt8(ascii: "/") { position = bytes.index(after: position) }
      guard position < bytes.endIndex else { return nil }
      let end = bytes[position...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.endIndex
      guard let segment = Self.segment(bytes[position..<end]) else { return nil }
      segments.append(segment)
      position = end
    }
    return (segments, String(path[position...]))
  }

  private static func segment(_ part: Substring.UTF8View) -> String? {
    var sent = String(Substring(part))
    guard let segment = sent.withUTF8({ PercentEncoding.decode($0, plusIsSpace: false) }),
      segment != ".", segment != "..", !segment.utf8.contains(UInt8(ascii: "/")), !segment.utf8.contains(0)
    else { return nil }
    return segment
  }

  /// The token of the first `Authorization: Bearer TOKEN`; nil if there is none.
  package var bearerToken: String? {
    guard var value = headers.first(name: "authorization") else { return nil }
    return value.withUTF8 { bytes in
      let blank = UInt8(ascii: " ")
      let said = bytes.drop { $0 == blank }
      let end = said.firstIndex(of: blank) ?? said.endIndex
      // The scheme's name in any case (RFC 9110, 11.1).
      guard said[..<end].elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 }) else { return nil }
      let token = said[end...].drop { $0 == blank }
      return token.isEmpty ? nil : String(decoding: UnsafeBufferPointer(rebasing: token), as: UTF8.self)
    }
  }

  /// Whether the client asks to switch protocols (`Connection: Upgrade`).
  package var asksForUpgrade: Bool {
    version.major == 1 && headers.contains(name: "upgrade")
      && headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
  }
}

/// A request's query: decoded pairs in the order in which they were sent.
package struct HTTPQuery: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package var name: String
    package var value: String
  }
  package let items: [Item]

  /// Parses `a=1&b=2`; items that are not valid escapes are kept as sent.
  package init(encoded: some StringProtocol) {
    var text = String(encoded)
    self = text.withUTF8 { HTTPQuery(encoded: $0) }
  }

  /// The same of bytes. Every request's query comes through here.
  init(encoded bytes: UnsafeBufferPointer<UInt8>) {
    func decoded(_ range: Range<Int>) -> String {
      let part = UnsafeBufferPointer(rebasing: bytes[range])
      return PercentEncoding.decode(part, plusIsSpace: true) ?? String(decoding: part, as: UTF8.self)
    }
    var items: [Item] = []
    var start = 0
    var mark: Int?
    for end in 0...bytes.count {
      let byte = end < bytes.count ? bytes[end] : UInt8(ascii: "&")
      if byte == UInt8(ascii: "="), mark == nil { mark = end }
      guard byte == UInt8(ascii: "&") else { continue }
      if end > start {
        items.append(
          Item(name: decoded(start..<(mark ?? end)), value: mark.map { decoded(($0 + 1)..<end) } ?? ""))
      }
      start = end + 1
      mark = nil
    }
    self.items = items
  }

  /// The first value of a name; `nil` if the name is not there.
  package subscript(name: String) -> String? { items.first { $0.name == name }?.value }

  /// All values of a name.
  package func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }
}

/// Percent-decoding of paths and queries (RFC 3986, and "+" in form-encoded queries).
enum PercentEncoding {
  /// - Returns: nil for bad escapes, and for what is not UTF-8.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, plusIsSpace: Bool) -> String? {
    var isPlain = true
    for byte in bytes where byte >= 0x80 || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "+") { isPlain = false }
    if isPlain { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var iterator = bytes.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(hexDigit), let low = iterator.next().flatMap(hexDigit) else {
          return nil
        }
        result.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: result.append(UInt8(ascii: " "))
      default: result.append(byte)
      }
    }
    return String(validating: result, as: UTF8.self)
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
