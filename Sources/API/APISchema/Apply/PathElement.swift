package import JSONDocument

/// One step of a path into a document, as server-side apply names places: a member of an object, an element of a list
/// by what tells it apart, or an element by its position.
///
/// In `FieldsV1` the steps are written `f:NAME`, `k:{"key":value,…}`, `v:VALUE` and `i:POSITION`.
package enum PathElement: Hashable, Sendable {
  /// A member of an object.
  case field(String)
  /// An element of a list with keys, by the values of those; in the order of their names.
  case key([Key])
  /// An element of a set.
  case value(Atom)
  /// An element of a list that has nothing else to tell it by.
  case index(Int)

  /// One of the keys of an element.
  package struct Key: Hashable, Sendable {
    package let name: String
    package let value: Atom
    package init(name: String, value: Atom) {
      self.name = name
      self.value = value
    }
  }

  /// A scalar; numbers are the same if their values are.
  package enum Atom: Hashable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)

    /// Nil for arrays and objects.
    package init?(_ value: JSONValue) {
      switch value {
      case .null: self = .null
      case .bool(let value): self = .bool(value)
      case .int(let value): self = .int(value)
      case .double(let value): self = Int64(exactly: value).map { .int($0) } ?? .double(value)
      case .string(let value): self = .string(value)
      case .array, .object: return nil
      }
    }

    package var json: JSONValue {
      switch self {
      case .null: .null
      case .bool(let value): .bool(value)
      case .int(let value): .int(value)
      case .double(let value): .double(value)
      case .string(let value): .string(value)
      }
    }

    private var rank: Int {
      switch self {
      case .int, .double: 0
      case .string: 1
      case .bool: 2
      case .null: 3
      }
    }

    static func < (left: Atom, right: Atom) -> Bool {
      switch (left, right) {
      case (.int(let left), .int(let right)): left < right
      case (.string(let left), .string(let right)): left < right
      case (.bool(let left), .bool(let right)): !left && right
      case (.int(let left), .double(let right)): Double(left) < right
      case (.double(let left), .int(let right)): left < Double(right)
      case (.double(let left), .double(let right)): left < right
      default: left.rank < right.rank
      }
    }
  }
}

extension PathElement: Comparable {
  private var rank: Int {
    switch self {
    case .field: 0
    case .key: 1
    case .value: 2
    case .index: 3
    }
  }

  /// Members first, then elements; each by name or value. It is the order in which `FieldsV1` lists them.
  package static func < (left: PathElement, right: PathElement) -> Bool {
    switch (left, right) {
    case (.field(let left), .field(let right)): return left < right
    case (.value(let left), .value(let right)): return left < right
    case (.index(let left), .index(let right)): return left < right
    case (.key(let left), .key(let right)):
      for (one, other) in zip(left, right) {
        if one.name != other.name { return one.name < other.name }
        if one.value != other.value { return one.value < other.value }
      }
      return left.count < right.count
    default: return left.rank < right.rank
    }
  }
}

extension PathElement: CustomStringConvertible {
  /// As conflicts print it: `.spec`, `[containerPort=80,protocol="TCP"]`, `[="x"]`, `[3]`.
  package var description: String {
    switch self {
    case .field(let name): ".\(name)"
    case .key(let keys): "[\(keys.map { "\($0.name)=\($0.value.json)" }.joined(separator: ","))]"
    case .value(let value): "[=\(value.json)]"
    case .index(let position): "[\(position)]"
    }
  }

  /// The member name in `FieldsV1`.
  package var encoded: String {
    switch self {
    case .field(let name): "f:\(name)"
    case .key(let keys): "k:\(JSONValue.object(JSONObject(keys.map { ($0.name, $0.value.json) })))"
    case .value(let value): "v:\(value.json)"
    case .index(let position): "i:\(position)"
    }
  }

  /// Reads a member name of `FieldsV1`.
  /// - Returns: nil for a sort of step that this version does not know; readers skip those.
  package init?(encoded text: String) throws(ManagedFieldsError) {
    guard let colon = text.utf8.dropFirst().first, colon == UInt8(ascii: ":") else {
      throw ManagedFieldsError("malformed path element \(JSONValue.string(text))")
    }
    // Bytes, not characters: a name may begin with a combining one.
    let rest = String(decoding: text.utf8.dropFirst(2), as: UTF8.self)
    switch text.utf8.first {
    case UInt8(ascii: "f"): self = .field(rest)
    case UInt8(ascii: "i"):
      guard let position = Int(rest) else { throw ManagedFieldsError("malformed index in \(JSONValue.string(text))") }
      self = .index(position)
    case UInt8(ascii: "v"):
      guard let value = try? JSONValue(jsonBytes: Array(rest.utf8)), let atom = Atom(value) else {
        throw ManagedFieldsError("malformed value in \(JSONValue.string(text))")
      }
      self = .value(atom)
    case UInt8(ascii: "k"):
      guard case .object(let object)? = try? JSONValue(jsonBytes: Array(rest.utf8)) else {
        throw ManagedFieldsError("malformed keys in \(JSONValue.string(text))")
      }
      var keys: [Key] = []
      for member in object.members {
        guard let atom = Atom(member.value) else {
          throw ManagedFieldsError("malformed keys in \(JSONValue.string(text))")
        }
        keys.append(Key(name: member.key, value: atom))
      }
      self = .key(keys.sorted { $0.name < $1.name })
    default: return nil
    }
  }
}

/// Why `metadata.managedFields` cannot be read.
package struct ManagedFieldsError: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String
  init(_ description: String) { self.description = description }
}
