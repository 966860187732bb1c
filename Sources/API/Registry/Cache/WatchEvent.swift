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
  /// The object after the change; for `deleted` its last state (at the revision of the deletion). For `bookmark` an
  /// object of the kind that carries nothing but a `resourceVersion`.
  package let object: StoredObject
  private let encodings: SharedEncodings

  init(_ kind: Kind, _ object: StoredObject, _ encodings: SharedEncodings = SharedEncodings()) {
    self.kind = kind
    self.object = object
    self.encodings = encodings
  }

  /// What `make` makes of this event, made once for all watchers that see the same change in the same way.
  ///
  /// `format` names the encoding, for example the content type; the same format must always stand for the same `T`.
  package func encoded<T: Sendable>(as format: String, _ make: () throws -> T) rethrows -> T {
    if let known = encodings.find(kind, format) as? T { return known }
    let made = try make()
    encodings.keep(made, kind, format)
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

/// The encodings of one change, shared by all the events that are made of it.
final class SharedEncodings: Sendable {
  private let made = Mutex<[(kind: WatchEvent.Kind, format: String, value: any Sendable)]>([])

  func find(_ kind: WatchEvent.Kind, _ format: String) -> (any Sendable)? {
    made.withLock { $0.first { $0.kind == kind && $0.format == format }?.value }
  }

  func keep(_ value: any Sendable, _ kind: WatchEvent.Kind, _ format: String) {
    made.withLock { made in
      if !made.contains(where: { $0.kind == kind && $0.format == format }) { made.append((kind, format, value)) }
    }
  }
}
