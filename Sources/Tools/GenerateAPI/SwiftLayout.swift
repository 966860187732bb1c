import APISchema

/// Which fields are boxed, so that a struct with dozens of optional parts stays small and cheap to copy.
///
/// Sizes are estimates; they only have to tell a large part from a small one.
struct SwiftLayout {
  let schema: Schema
  /// An optional part larger than this many bytes lives in a box.
  static let optionalLimit = 32
  /// A part that is always there lives in a box beyond this.
  static let plainLimit = 64

  /// Estimated inline size of each type, by index.
  private var sizes: [Int: Int] = [:]
  private var boxed: [Int: Set<String>] = [:]

  init(schema: Schema) {
    self.schema = schema
    for index in schema.types.indices {
      var path: [Int] = []
      _ = size(ofType: index, path: &path)
    }
  }

  /// Whether that field of that type is boxed.
  func isBoxed(_ field: String, of type: Int) -> Bool { boxed[type]?.contains(field) ?? false }

  private mutating func size(ofType index: Int, path: inout [Int]) -> Int {
    if let size = sizes[index] { return size }
    path.append(index)
    var total = 0
    for field in schema.types[index].fields {
      let isOptional = SwiftField.isOptional(field)
      var size: Int
      if case .type(let target) = field.type {
        // A type within itself needs a box, whatever its size.
        let recursive = path.contains(target)
        size = recursive ? Int.max / 2 : self.size(ofType: target, path: &path)
        if recursive || size > (isOptional ? Self.optionalLimit : Self.plainLimit) {
          boxed[index, default: []].insert(field.name)
          size = 8
        }
      } else {
        size = Self.size(of: field.type, isOptional: isOptional)
      }
      total += size
    }
    path.removeLast()
    sizes[index] = total
    return total
  }

  private static func size(of type: FieldType, isOptional: Bool) -> Int {
    switch type {
    case .bool: 1
    case .int32: isOptional ? 8 : 4
    case .int64, .double: isOptional ? 16 : 8
    case .array, .map, .bytes: 8
    case .any: 24
    default: 16
    }
  }
}
