/// Objects that this front-end has just written, in the form that their writers were answered with.
///
/// The watch is about to bring the same values: what is here then need not be read from its bytes a second time. The
/// watch of a resource comes in order of revision, so what it has passed by will not be asked for.
struct WrittenObjects: Sendable {
  /// How many are kept at most: those whose events are on their way.
  private static let limit = 64

  private var objects: [StoredObject] = []

  mutating func keep(_ object: StoredObject) {
    if objects.count == Self.limit { objects.removeFirst() }
    objects.append(object)
  }

  /// Hands over what would be made of `keyValue`, if it is here, and drops what is older.
  mutating func take(_ keyValue: StorageKeyValue) -> StoredObject? {
    guard !objects.isEmpty else { return nil }
    var found: StoredObject?
    objects.removeAll { object in
      if found == nil, object.isServedForm(of: keyValue) { found = object }
      return object.revision <= keyValue.modRevision
    }
    return found
  }
}
