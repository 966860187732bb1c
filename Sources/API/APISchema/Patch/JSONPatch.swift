package import JSONDocument

/// A JSON patch (RFC 6902): operations that are applied in their order, all or none.
///
/// As for Kubernetes, a text that is no array of objects is malformed, one with too many operations is too large, and
/// all else that can be wrong, be it an unknown operation or a test that fails, is a patch that cannot be applied.
/// Beyond the RFC, and as there, a negative position in an array counts from its end, and a test for `null` passes where
/// there is nothing.
package struct JSONPatch: Sendable {
  private enum Operation: Sendable {
    case add(JSONPointer, JSONValue)
    case remove(JSONPointer)
    case replace(JSONPointer, JSONValue)
    case move(from: JSONPointer, to: JSONPointer)
    case copy(from: JSONPointer, to: JSONPointer)
    case test(JSONPointer, JSONValue)
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
      throw PatchError(
        .tooLarge,
        "The allowed maximum operations in a JSON patch is \(Self.operationLimit), got \(elements.count)")
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
    guard case .object = element else {
      throw PatchError(.malformed, "an operation is an object, found \(element.typeName)")
    }
    guard let name = element["op"]?.stringValue else { throw PatchError(.notApplicable, "no \"op\"") }
    guard let path = element["path"]?.stringValue else { throw PatchError(.notApplicable, "no \"path\"") }
    let pointer = try JSONPointer(path)
    switch name {
    case "remove": return .remove(pointer)
    case "add", "replace", "test":
      guard let value = element["value"] else { throw PatchError(.notApplicable, "no \"value\"") }
      return name == "add" ? .add(pointer, value) : name == "replace" ? .replace(pointer, value) : .test(pointer, value)
    case "move", "copy":
      guard let from = element["from"]?.stringValue else { throw PatchError(.notApplicable, "no \"from\"") }
      let source = try JSONPointer(from)
      if name == "copy" { return .copy(from: source, to: pointer) }
      guard !(pointer.tokens.count > source.tokens.count && pointer.tokens.starts(with: source.tokens)) else {
        throw PatchError(.notApplicable, "cannot move \(from) into itself")
      }
      return .move(from: source, to: pointer)
    default: throw PatchError(.notApplicable, "unknown operation \"\(name)\"")
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
      let found: JSONValue
      do { found = try path.value(in: document) } catch {
        if expected == .null, path.isMissingMember(in: document) { return }
        throw error
      }
      guard found.isSame(as: expected) else {
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
  private static func checkDepth(of value: JSONValue, at path: JSONPointer) throws(PatchError) {
    guard value.isNested(atMost: JSONReader.depthLimit - path.tokens.count) else {
      throw PatchError(.notApplicable, "the patch nests more than \(JSONReader.depthLimit) levels deep")
    }
  }
}
