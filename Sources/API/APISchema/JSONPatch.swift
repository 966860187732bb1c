package import JSONDocument

/// A JSON patch (RFC 6902): operations that are applied in their order, all or none.
package struct JSONPatch: Sendable {
  private enum Operation: Sendable {
    case add(Pointer, JSONValue)
    case remove(Pointer)
    case replace(Pointer, JSONValue)
    case move(from: Pointer, to: Pointer)
    case copy(from: Pointer, to: Pointer)
    case test(Pointer, JSONValue)
  }

  /// How many operations a patch may have.
  package static let operationLimit = 10_000
  /// How many bytes of JSON its copies, and moves to deeper places, may add up to: copies of copies grow
  /// exponentially.
  package static let copyLimit = 3 << 20

  private let operations: [Operation]

  /// Reads the patch from its document, an array of operations.
  package init(_ document: JSONValue) throws(PatchError) {
    guard case .array(let elements) = document else {
      throw PatchError(.malformed, "a JSON patch is an array of operations, found \(document.typeName)")
    }
    guard elements.count <= Self.operationLimit else {
      throw PatchError(.malformed, "a JSON patch may have \(Self.operationLimit) operations, found \(elements.count)")
    }
    var operations: [Operation] = []
    for (index, element) in elements.enumerated() {
      do {
        operations.append(try Self.operation(element))
      } catch {
        throw PatchError(error.code, "operation \(index): \(error.message)")
      }
    }
    self.operations = operations
  }

  /// The document after the patch.
  package func applied(to document: JSONValue) throws(PatchError) -> JSONValue {
    var document = document
    var copied = 0
    for (index, operation) in operations.enumerated() {
      do {
        try Self.apply(operation, to: &document, copied: &copied)
      } catch {
        throw PatchError(error.code, "operation \(index): \(error.message)")
      }
    }
    return document
  }

  private static func operation(_ element: JSONValue) throws(PatchError) -> Operation {
    guard let name = element["op"]?.stringValue else { throw PatchError(.malformed, "no \"op\"") }
    guard let path = element["path"]?.stringValue else { throw PatchError(.malformed, "no \"path\"") }
    let pointer = try Pointer(path)
    switch name {
    case "remove": return .remove(pointer)
    case "add", "replace", "test":
      guard let value = element["value"] else { throw PatchError(.malformed, "no \"value\"") }
      return name == "add" ? .add(pointer, value) : name == "replace" ? .replace(pointer, value) : .test(pointer, value)
    case "move", "copy":
      guard let from = element["from"]?.stringValue else { throw PatchError(.malformed, "no \"from\"") }
      let source = try Pointer(from)
      if name == "copy" { return .copy(from: source, to: pointer) }
      guard !(pointer.tokens.count > source.tokens.count && pointer.tokens.starts(with: source.tokens)) else {
        throw PatchError(.malformed, "cannot move \(from) into itself")
      }
      return .move(from: source, to: pointer)
    default: throw PatchError(.malformed, "unknown operation \"\(name)\"")
    }
  }

  private static func apply(
    _ operation: Operation, to document: inout JSONValue, copied: inout Int
  ) throws(PatchError) {
    switch operation {
    case .add(let path, let value):
      try checkDepth(of: value, at: path)
      try path.edit(&document, .add(value))
    case .remove(let path): try path.edit(&document, .remove)
    case .replace(let path, let value):
      try checkDepth(of: value, at: path)
      try path.edit(&document, .replace(value))
    case .move(let from, let to):
      let value = try from.value(in: document)
      if to.tokens.count > from.tokens.count {
        try checkDepth(of: value, at: to)
        try charge(value, to: &copied)
      }
      try from.edit(&document, .remove)
      try to.edit(&document, .add(value))
    case .copy(let from, let to):
      let value = try from.value(in: document)
      try checkDepth(of: value, at: to)
      try charge(value, to: &copied)
      try to.edit(&document, .add(value))
    case .test(let path, let expected):
      guard try path.value(in: document).isEqual(to: expected) else {
        throw PatchError(.notApplicable, "testing value \(path) failed")
      }
    }
  }
}

extension JSONPatch {
  private static func charge(_ value: JSONValue, to copied: inout Int) throws(PatchError) {
    copied += value.jsonBytes.count
    guard copied <= copyLimit else {
      throw PatchError(.notApplicable, "the patch copies more than \(copyLimit) bytes")
    }
  }

  /// Step by step a patch could nest a document more deeply than any reader would accept.
  private static func checkDepth(of value: JSONValue, at path: Pointer) throws(PatchError) {
    guard value.isNested(atMost: JSONReader.depthLimit - path.tokens.count) else {
      throw PatchError(.notApplicable, "the patch nests more than \(JSONReader.depthLimit) levels deep")
    }
  }
}

extension JSONValue {
  /// Equality as RFC 6902 tests it: numbers by their value.
  fileprivate func isEqual(to other: JSONValue) -> Bool {
    switch (self, other) {
    case (.int, .double), (.double, .int): return doubleValue == other.doubleValue
    case (.array(let left), .array(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { $0.isEqual(to: $1) }
    case (.object(let left), .object(let right)):
      return left.count == right.count
        && left.members.allSatisfy { member in right[member.key].map { member.value.isEqual(to: $0) } ?? false }
    default: return self == other
    }
  }
}

/// A JSON pointer (RFC 6901).
private struct Pointer: Sendable, CustomStringConvertible {
  enum Change { case add(JSONValue), remove, replace(JSONValue) }

  let tokens: [String]
  let description: String

  init(_ text: String) throws(PatchError) {
    description = text
    if text.isEmpty {
      tokens = []
      return
    }
    guard text.hasPrefix("/") else { throw PatchError(.malformed, "the path \"\(text)\" does not begin with /") }
    var tokens: [String] = []
    for part in text.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      var token = ""
      var characters = part.makeIterator()
      while let character = characters.next() {
        guard character == "~" else {
          token.append(character)
          continue
        }
        switch characters.next() {
        case "0": token.append("~")
        case "1": token.append("/")
        default: throw PatchError(.malformed, "the path \"\(text)\" has a ~ that is neither ~0 nor ~1")
        }
      }
      tokens.append(token)
    }
    self.tokens = tokens
  }

  func value(in document: JSONValue) throws(PatchError) -> JSONValue {
    var value = document
    for token in tokens {
      switch value {
      case .object(let object):
        guard let member = object[token] else { throw missing() }
        value = member
      case .array(let elements): value = elements[try index(token, count: elements.count)]
      default: throw missing()
      }
    }
    return value
  }

  func edit(_ document: inout JSONValue, _ change: Change) throws(PatchError) {
    try edit(&document, tokens[...], change)
  }

  private func edit(_ value: inout JSONValue, _ rest: ArraySlice<String>, _ change: Change) throws(PatchError) {
    guard let token = rest.first else {
      switch change {
      case .add(let new), .replace(let new): value = new
      case .remove: throw PatchError(.notApplicable, "cannot remove the whole document")
      }
      return
    }
    let isLast = rest.count == 1
    switch value {
    case .object(var object):
      value = .null  // unique while it changes; the patch fails as a whole, so nobody sees this
      if isLast {
        switch change {
        case .add(let new): object[token] = new
        case .replace(let new):
          guard object.contains(token) else { throw missing() }
          object[token] = new
        case .remove: guard object.removeValue(forKey: token) != nil else { throw missing() }
        }
      } else {
        guard var member = object[token] else { throw missing() }
        object[token] = .null
        try edit(&member, rest.dropFirst(), change)
        object[token] = member
      }
      value = .object(object)
    case .array(var elements):
      value = .null
      if isLast, case .add(let new) = change {
        let position = token == "-" ? elements.count : try index(token, count: elements.count + 1)
        elements.insert(new, at: position)
      } else {
        let position = try index(token, count: elements.count)
        switch change {
        case .replace(let new) where isLast: elements[position] = new
        case .remove where isLast: elements.remove(at: position)
        default: try edit(&elements[position], rest.dropFirst(), change)
        }
      }
      value = .array(elements)
    default: throw missing()
    }
  }

  private func index(_ token: String, count: Int) throws(PatchError) -> Int {
    guard token == "0" || token.first != "0", token.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }), let index = Int(token)
    else { throw PatchError(.notApplicable, "\"\(token)\" in the path \"\(self)\" is no array index") }
    guard index < count else { throw PatchError(.notApplicable, "the index in the path \"\(self)\" is out of bounds") }
    return index
  }

  private func missing() -> PatchError {
    PatchError(.notApplicable, "the path \"\(self)\" does not exist")
  }
}
