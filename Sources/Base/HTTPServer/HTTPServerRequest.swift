package import NIOCore
package import NIOHTTP1

/// One request. Head fields are plain values; the body arrives while the handler reads it.
package struct HTTPServerRequest: Sendable {
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
    let uri = head.uri
    let path: String
    if let mark = uri.utf8.firstIndex(of: UInt8(ascii: "?")) {
      path = String(uri[..<mark])
      self.query = HTTPQuery(encoded: uri[uri.utf8.index(after: mark)...])
    } else {
      path = uri
      self.query = HTTPQuery(encoded: "")
    }
    self.path = path.utf8.first == UInt8(ascii: "/") ? path : "/" + path
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
    let segments = path.utf8.withContiguousStorageIfAvailable { bytes -> [String]? in
      guard !bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == 0 }) else { return nil }
      var segments: [String] = []
      segments.reserveCapacity(8)
      var start = 0
      while start < bytes.count {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
        if end > start {
          if bytes[start] == UInt8(ascii: "."), end - start <= 2 { return nil }
          segments.append(String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self))
        }
        start = end + 1
      }
      return segments
    }
    return segments ?? nil
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
    guard let segment = PercentEncoding.decode(part, plusIsSpace: false), segment != ".", segment != "..",
      !segment.utf8.contains(UInt8(ascii: "/")), !segment.utf8.contains(0)
    else { return nil }
    return segment
  }

  /// The token of the first `Authorization: Bearer TOKEN`; nil if there is none.
  package var bearerToken: String? {
    guard let value = headers.first(name: "authorization") else { return nil }
    let parts = value.utf8.split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: true)
    guard parts.count == 2, Substring(parts[0]).lowercased() == "bearer" else { return nil }
    let token = parts[1].drop { $0 == UInt8(ascii: " ") }
    return token.isEmpty ? nil : String(Substring(token))
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
    guard !encoded.isEmpty else {
      items = []
      return
    }
    items = encoded.utf8.split(separator: UInt8(ascii: "&")).map { pair in
      let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      func decoded(_ index: Int) -> String {
        guard index < parts.count else { return "" }
        return PercentEncoding.decode(parts[index], plusIsSpace: true) ?? String(decoding: parts[index], as: UTF8.self)
      }
      return Item(name: decoded(0), value: decoded(1))
    }
  }

  /// The first value of a name; `nil` if the name is not there.
  package subscript(name: String) -> String? { items.first { $0.name == name }?.value }

  /// All values of a name.
  package func all(_ name: String) -> [String] { items.filter { $0.name == name }.map(\.value) }
}

/// Percent-decoding of paths and queries (RFC 3986, and "+" in form-encoded queries).
enum PercentEncoding {
  static func decode(_ bytes: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
    let hasEscapes = bytes.contains { $0 == UInt8(ascii: "%") || (plusIsSpace && $0 == UInt8(ascii: "+")) }
    guard hasEscapes else { return String(validating: bytes, as: UTF8.self) }
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
