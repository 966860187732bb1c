import Synchronization

/// One message of a watch.
package struct WatchEvent: Sendable {
  package enum Kind: String, Sendable {
    case added = "ADDED"
    case modified = "MODIFIED"
    case deleted = "DELETED"
    case bookmark = "BOOKMARK"
  }
  package let kind: Kind
  /// The object after the change; for `deleted` its last state (at the revision of the deletion); for `bookmark` an
  /// object of the kind that carries nothing but a `resourceVersion`.
  package let object: StoredObject
  private let encodings: SharedEncodings

  init(_ kind: Kind, _ object: StoredObject) {
    self.kind = kind
    self.object = object
    self.encodings = SharedEncodings()
  }

  /// What `make` makes of this event, made once for all watchers that are handed the same event.
  ///
  /// `format` names the encoding, for example the content type; the same format must always stand for the same `T`.
  package func encoded<T: Sendable>(as format: String, _ make: () throws -> T) rethrows -> T {
    if let known = encodings.find(format) as? T { return known }
    let made = try make()
    encodings.keep(made, for: format)
    return made
  }

  /// The event as one line of JSON: `{"type":"ADDED","object":{…}}` and a line feed. Not cached; see `encoded(as:_:)`.
  package var jsonLine: [UInt8] {
    var line: [UInt8] = []
    line.reserveCapacity(object.json.count + 40)
    line += #"{"type":""#.utf8
    line += kind.rawValue.utf8
    line += #"","object":"#.utf8
    line += object.json
    line += "}\n".utf8
    return line
  }
}

/// The encodings of one event, shared by its copies.
private final class SharedEncodings: Sendable {
  private let made = Mutex<[(format: String, value: any Sendable)]>([])

  func find(_ format: String) -> (any Sendable)? {
    made.withLock { $0.first { $0.format == format }?.value }
  }

  func keep(_ value: any Sendable, for format: String) {
    made.withLock { made in
      if !made.contains(where: { $0.format == format }) { made.append((format, value)) }
    }
  }
}
