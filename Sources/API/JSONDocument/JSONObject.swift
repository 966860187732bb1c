/// The members of a JSON object in their order, found by name.
///
/// Small objects are searched linearly, which is faster than hashing; from `indexThreshold` members on a
/// dictionary of positions helps.
package struct JSONObject: Sendable {
  /// One member.
  package struct Member: Sendable {
    package let key: String
    package var value: JSONValue
  }

  private static let indexThreshold = 16

  /// The members in their order.
  package private(set) var members: [Member] = []
  /// Positions by name; empty below the threshold.
  private var positions: [String: Int] = [:]

  package init() {}

  /// Of elements with the same name the last value counts, at the first one's place.
  package init<S: Sequence>(_ elements: S) where S.Element == (String, JSONValue) {
    for (key, value) in elements { self[key] = value }
  }

  package var count: Int { members.count }
  package var isEmpty: Bool { members.isEmpty }
  /// The names in their order.
  package var keys: [String] { members.map(\.key) }

  package mutating func reserveCapacity(_ capacity: Int) { members.reserveCapacity(capacity) }

  /// Setting a new name appends it; setting nil removes the member.
  package subscript(key: String) -> JSONValue? {
    get { position(of: key).map { members[$0].value } }
    set {
      if let position = position(of: key) {
        if let newValue {
          members[position].value = newValue
        } else {
          remove(at: position)
        }
      } else if let newValue {
        append(key, newValue)
      }
    }
    _modify {
      if let position = position(of: key) {
        var slot: JSONValue? = .null
        swap(&members[position].value, &slot!)
        defer {
          if let slot {
            members[position].value = slot
          } else {
            remove(at: position)
          }
        }
        yield &slot
      } else {
        var slot: JSONValue?
        defer { if let slot { append(key, slot) } }
        yield &slot
      }
    }
  }

  /// Removes the member and returns its value.
  @discardableResult
  package mutating func removeValue(forKey key: String) -> JSONValue? {
    guard let position = position(of: key) else { return nil }
    let value = members[position].value
    remove(at: position)
    return value
  }

  /// Puts a member in front of all others (`apiVersion` and `kind` read best there), replacing one of that name.
  package mutating func prepend(_ key: String, _ value: JSONValue) {
    if let position = position(of: key) { remove(at: position) }
    members.insert(Member(key: key, value: value), at: 0)
    rebuildIndex()
  }

  /// Whether there is a member of that name, also if it is `null`.
  package func contains(_ key: String) -> Bool { position(of: key) != nil }

  /// Applies the closure to every member's value in place.
  package mutating func updateValues<E: Error>(_ body: (String, inout JSONValue) throws(E) -> Void) throws(E) {
    for position in members.indices {
      try body(members[position].key, &members[position].value)
    }
  }

  /// Removes members that the closure refuses.
  package mutating func filterMembers(_ isIncluded: (Member) -> Bool) {
    let count = members.count
    members.removeAll { !isIncluded($0) }
    if members.count != count { rebuildIndex() }
  }

  private func position(of key: String) -> Int? {
    if !positions.isEmpty { return positions[key] }
    for position in members.indices where members[position].key == key { return position }
    return nil
  }

  private mutating func append(_ key: String, _ value: JSONValue) {
    members.append(Member(key: key, value: value))
    if !positions.isEmpty {
      positions[key] = members.count - 1
    } else if members.count >= Self.indexThreshold {
      rebuildIndex()
    }
  }

  private mutating func remove(at position: Int) {
    members.remove(at: position)
    if !positions.isEmpty { rebuildIndex() }
  }

  private mutating func rebuildIndex() {
    positions.removeAll(keepingCapacity: true)
    guard members.count >= Self.indexThreshold else { return }
    for (position, member) in members.enumerated() { positions[member.key] = position }
  }
}

extension JSONObject: Equatable {
  /// Equal members, in whatever order.
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    guard left.count == right.count else { return false }
    for member in left.members where right[member.key] != member.value { return false }
    return true
  }
}

extension JSONObject: Sequence, ExpressibleByDictionaryLiteral {
  package func makeIterator() -> AnyIterator<(key: String, value: JSONValue)> {
    var base = members.makeIterator()
    return AnyIterator { base.next().map { ($0.key, $0.value) } }
  }

  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self.init(elements)
  }
}
