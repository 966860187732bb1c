import JSONDocument

/// A type together with what its field says of how server-side apply treats it.
struct MergeType: Sendable {
  var type: FieldType
  var listType: ListType?
  var keys: [String]

  init(_ type: FieldType, listType: ListType? = nil, keys: [String] = []) {
    self.type = type
    self.listType = listType
    self.keys = keys
  }

  init(_ field: FieldSchema) { self.init(field.type, listType: field.listType, keys: field.listMapKeys) }

  /// JSON that no schema describes.
  static let free = MergeType(.any(""))
}

/// How values of a type are merged, compared and owned.
enum ValueShape: Sendable {
  /// One value; also lists, maps and structs that are taken as a whole.
  case leaf
  /// Elements told apart by their value.
  case set(MergeType)
  /// Elements told apart by some of their members.
  case keyed(MergeType, keys: [String])
  case map(MergeType)
  /// The type by its index in the schema.
  case structure(Int)
}

extension Schema {
  /// - Parameter sample: what decides where the schema says nothing: objects are maps, all else is taken as a whole.
  func shape(of type: MergeType, sample: JSONValue?) -> ValueShape {
    switch type.type {
    case .array(let element):
      switch type.listType {
      case .map? where !type.keys.isEmpty: return .keyed(MergeType(element), keys: type.keys)
      case .set?: return .set(MergeType(element))
      default: return .leaf
      }
    case .map(let element): return type.listType == .atomic ? .leaf : .map(MergeType(element))
    case .type(let index):
      let isAtomic = type.listType == .atomic || (type.listType != .granular && types[index].isAtomic)
      return isAtomic ? .leaf : .structure(index)
    case .any:
      if case .object? = sample { return .map(.free) }
      return .leaf
    default: return .leaf
    }
  }

  /// The type of a member; nil if the type has no such field.
  func memberType(_ name: String, of structure: Int) -> MergeType? {
    if let type = types[structure].members.mergeType(name) { return type }
    return types[structure].isTypeMember(name) ? MergeType(.string) : nil
  }

  /// What tells an element of a list apart; nil if it has nothing that could.
  func element(for item: JSONValue, _ shape: ValueShape) -> PathElement? {
    switch shape {
    case .set: return PathElement.Atom(item).map { .value($0) }
    case .keyed(let elementType, let names):
      guard case .object(let object) = item else { return nil }
      var keys: [PathElement.Key] = []
      for name in names {
        guard let value = object[name] ?? defaultValue(of: name, in: elementType) else { continue }
        guard let atom = PathElement.Atom(value) else { return nil }
        keys.append(PathElement.Key(name: name, value: atom))
      }
      return keys.isEmpty ? nil : .key(keys.sorted { $0.name < $1.name })
    default: return nil
    }
  }

  private func defaultValue(of name: String, in type: MergeType) -> JSONValue? {
    guard case .type(let index) = type.type else { return nil }
    return types[index].field(name)?.defaultValue
  }

  /// The elements of a list with what tells them apart; those that nothing tells apart go by their position.
  func elements(of list: [JSONValue], _ shape: ValueShape) -> [(element: PathElement, value: JSONValue)] {
    list.enumerated().map { (element(for: $1, shape) ?? .index($0), $1) }
  }

  /// The type of what lies at one step below a type. A guess is good enough: it is asked where there is no document.
  func type(at element: PathElement, below type: MergeType) -> MergeType {
    switch (type.type, element) {
    case (.type(let index), .field(let name)): memberType(name, of: index) ?? .free
    case (.map(let value), .field): MergeType(value)
    case (.array(let value), _): MergeType(value)
    default: .free
    }
  }
}

extension JSONValue {
  /// Equality by the values of numbers: `1` and `1.0` are the same.
  func isSame(as other: JSONValue) -> Bool {
    switch (self, other) {
    case (.int, .double), (.double, .int): return doubleValue == other.doubleValue
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && left.members.allSatisfy { member in right[member.key].map { member.value.isSame(as: $0) } ?? false }
    default: return self == other
    }
  }
}
