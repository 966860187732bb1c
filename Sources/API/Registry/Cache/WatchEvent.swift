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
  /// Whether it is the bookmark that says that all of the initial state has been sent.
  package let endsInitialEvents: Bool
  private let encodings: SharedEncodings

  init(
    _ kind: Kind, _ object: StoredObject, _ encodings: SharedEncodings = SharedEncodings(),
    endsInitialEvents: Bool = false
  ) {
    self.kind = kind
    self.object = object
    self.encodings = encodings
    self.endsInitialEvents = endsInitialEvents
  }

  /// What `make` makes of this event: made once, for all watchers that see the same change in the same way. Others
  /// that want it meanwhile wait.
  ///
  /// `format` names the encoding, for example the content type; the same format must always stand for the same `T`.
  /// `make` must not ask for another encoding of the event.
  package func encoded<T: Sendable, E: Error>(as format: String, _ make: () throws(E) -> T) throws(E) -> T {
    try encodings.value(kind, format, make)
  }

  /// The event as it is seen through another group-version; the object is turned once for all watchers.
  func seen(through view: WatchView) -> WatchEvent {
    let shown = encoded(as: "object \(view.name)") { view.convert(object) }
    return WatchEvent(kind, shown, encodings, endsInitialEvents: endsInitialEvents)
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

/// How a kind's objects look through another group-version.
struct WatchView: Sendable {
  /// Names it among the views of a kind.
  let name: String
  let convert: @Sendable (StoredObject) -> StoredObject
}

/// The encodings of one change, shared by all the events that are made of it.
final class SharedEncodings: Sendable {
  private let made = Mutex<[(kind: WatchEvent.Kind, format: String, value: any Sendable)]>([])

  func value<T: Sendable, E: Error>(
    _ kind: WatchEvent.Kind, _ format: String, _ make: () throws(E) -> T
  ) throws(E) -> T {
    try made.withLock { made throws(E) -> T in
      if let known = made.first(where: { $0.kind == kind && $0.format == format })?.value as? T { return known }
      let new = try make()
      made.append((kind, format, new))
      return new
    }
  }
}
