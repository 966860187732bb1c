import NIOHPACK

/// Names and values that travel with a call, in order. Names are lower case. A name may come more than once.
///
/// Values of names that end in `-bin` are base64, as they are on the wire: this layer does not decode them.
package struct GRPCMetadata: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  package struct Entry: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  package private(set) var entries: [Entry] = []

  package init() {}

  package init(dictionaryLiteral elements: (String, String)...) {
    for (name, value) in elements { self.add(name, value) }
  }

  package var isEmpty: Bool { self.entries.isEmpty }

  package mutating func add(_ name: String, _ value: String) {
    self.entries.append(Entry(name: name.lowercased(), value: value))
  }

  /// The first value of a name, given in lower case.
  package subscript(name: String) -> String? {
    self.entries.first { $0.name == name }?.value
  }
}

extension GRPCMetadata {
  /// What belongs to gRPC and HTTP themselves is not metadata.
  init(_ headers: HPACKHeaders) {
    for (name, value, _) in headers where !Self.isReserved(name) {
      self.entries.append(Entry(name: name, value: value))
    }
  }

  func append(to headers: inout HPACKHeaders) {
    for entry in self.entries where !Self.isReserved(entry.name) {
      headers.add(name: entry.name, value: entry.value)
    }
  }

  private static func isReserved(_ name: String) -> Bool {
    if name.hasPrefix(":") { return true }
    switch name {
    case "content-type", "te", "grpc-status", "grpc-message", "grpc-timeout", "grpc-encoding", "grpc-accept-encoding",
      "grpc-message-type", "connection", "transfer-encoding", "keep-alive", "upgrade", "content-length":
      return true
    default:
      return false
    }
  }
}
