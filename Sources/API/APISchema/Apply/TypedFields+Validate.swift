import JSONDocument

extension TypedFields {
  /// How many problems of an applied document are listed.
  private static let problemLimit = 100

  /// What keeps a document from being applied: unknown fields, values of the wrong type, elements of a list that
  /// nothing tells apart or that occur twice. In document order, each with its path.
  func problems(in document: JSONValue) -> [String] {
    var problems: [String] = []
    check(document, root, path: "", into: &problems)
    return problems
  }

  private func check(_ value: JSONValue, _ type: MergeType, path: String, into problems: inout [String]) {
    guard problems.count < Self.problemLimit else { return }
    func expected(_ what: String) {
      problems.append("\(path): expected \(what), got \(Self.excerpt(value))")
    }
    switch (type.type, value) {
    case (_, .null), (.any, _), (.quantity, _), (.intOrString, _): break
    case (.type(let index), .object(let object)):
      for member in object.members {
        let memberPath = "\(path).\(member.key)"
        if let memberType = schema.memberType(member.key, of: index) {
          check(member.value, memberType, path: memberPath, into: &problems)
        } else if problems.count < Self.problemLimit {
          problems.append("\(memberPath): field not declared in schema")
        }
      }
    case (.map(let element), .object(let object)):
      for member in object.members {
        check(member.value, MergeType(element), path: "\(path).\(member.key)", into: &problems)
      }
    case (.array(let element), .array(let list)):
      checkElements(list, type, MergeType(element), path: path, into: &problems)
    case (.type, _), (.map, _): expected("map")
    case (.array, _): expected("list")
    case (.string, .string), (.bytes, .string), (.time, .string), (.microTime, .string), (.duration, .string),
      (.bool, .bool), (.int32, .int), (.int64, .int), (.double, .int), (.int32, .double), (.int64, .double),
      (.double, .double):
      break
    case (.bool, _): expected("boolean")
    case (.int32, _), (.int64, _), (.double, _): expected("numeric (int or float)")
    default: expected("string")
    }
  }

  private func checkElements(
    _ list: [JSONValue], _ type: MergeType, _ elementType: MergeType, path: String, into problems: inout [String]
  ) {
    let shape = schema.shape(of: type, sample: nil)
    var isAtomic = false
    if case .leaf = shape { isAtomic = true }
    var seen: Set<PathElement> = []
    for (position, item) in list.enumerated() {
      guard !isAtomic else {
        check(item, elementType, path: "\(path)[\(position)]", into: &problems)
        continue
      }
      guard let element = schema.element(for: item, shape) else {
        problems.append("\(path): element \(position): \(Self.problem(of: item, shape))")
        continue
      }
      if !seen.insert(element).inserted { problems.append("\(path): duplicate entries for key \(element)") }
      check(item, elementType, path: path + element.description, into: &problems)
    }
  }

  /// Why nothing tells an element apart.
  private static func problem(of item: JSONValue, _ shape: ValueShape) -> String {
    guard case .keyed(_, let keys) = shape else { return "a set holds scalars, found \(item.typeName)" }
    guard case .object(let object) = item else { return "associative list with keys may not have non-map elements" }
    if let name = keys.first(where: { object[$0].map { PathElement.Atom($0) == nil } ?? false }) {
      return "the key field \"\(name)\" is no scalar"
    }
    let names = keys.map { "\"\($0)\"" }.joined(separator: " ")
    return "associative list with keys has an element that omits all key fields [\(names)] "
      + "(and doesn't have default values for any key fields)"
  }

  private static func excerpt(_ value: JSONValue) -> String {
    let text = value.description
    return text.utf8.count <= 100 ? text : "\(text.prefix(100))…"
  }
}
