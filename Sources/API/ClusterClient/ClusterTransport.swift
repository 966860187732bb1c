/// One request to a front-end, before any transport.
package struct ClusterRequest: Sendable, Equatable {
  package enum Method: String, Sendable {
    case get = "GET", post = "POST", put = "PUT", patch = "PATCH", delete = "DELETE"
  }

  package struct QueryItem: Sendable, Equatable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package var method: Method
  /// The path, its segments already percent-encoded ("/api/v1/namespaces/default/pods").
  package var path: String
  package var query: [QueryItem]
  package var accept: String
  package var contentType: String?
  package var body: [UInt8]?

  package init(
    _ method: Method, _ path: String, query: [QueryItem] = [], accept: String = "application/json",
    contentType: String? = nil, body: [UInt8]? = nil
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.accept = accept
    self.contentType = contentType
    self.body = body
  }

  /// Path and percent-encoded query, as they stand in the request line.
  package var target: String {
    guard !query.isEmpty else { return path }
    let items = query.map { "\(percentEncoded($0.name))=\(percentEncoded($0.value))" }
    return "\(path)?\(items.joined(separator: "&"))"
  }
}

/// The whole answer to a request, whatever its code.
package struct ClusterResponse: Sendable {
  package var status: Int
  package var body: [UInt8]
  /// The `Retry-After` header in seconds, where there is one.
  package var retryAfter: Int?

  package init(status: Int, body: [UInt8], retryAfter: Int? = nil) {
    self.status = status
    self.body = body
    self.retryAfter = retryAfter
  }
}

/// An answer whose body arrives bit by bit. Dropping the iterator of `body` ends the request.
package struct ClusterByteStream: Sendable {
  package var status: Int
  package var body: any AsyncSequence<[UInt8], any Error> & Sendable

  package init(status: Int, body: any AsyncSequence<[UInt8], any Error> & Sendable) {
    self.status = status
    self.body = body
  }
}

/// What carries requests to a front-end: HTTP in production, `InMemoryCluster` in tests.
package protocol ClusterTransport: Sendable {
  /// One request, its whole answer. Throws `ClusterConnectionError` when there was no answer.
  func perform(_ request: ClusterRequest) async throws -> ClusterResponse
  /// One request whose answer streams. Throws `ClusterConnectionError` when there was no answer.
  func open(_ request: ClusterRequest) async throws -> ClusterByteStream
  /// Closes what is open. No request may follow.
  func shutdown() async
}

/// Percent-encodes everything but RFC 3986's unreserved characters: right in a path segment and in a query.
func percentEncoded(_ text: String) -> String {
  var result = ""
  result.reserveCapacity(text.utf8.count)
  let digits = Array("0123456789ABCDEF")
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
      result.unicodeScalars.append(Unicode.Scalar(byte))
    default:
      result.append("%")
      result.append(digits[Int(byte >> 4)])
      result.append(digits[Int(byte & 15)])
    }
  }
  return result
}
