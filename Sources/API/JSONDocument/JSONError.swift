/// Why and where reading a JSON text failed.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What kind of failure it was; more may come.
  package struct Code: Equatable, Sendable {
    private enum Base: Equatable { case syntax, encoding, depth, number, type, value }
    private var base: Base
    /// The text is not JSON, or goes on behind its end.
    package static let syntax = Code(base: .syntax)
    /// The text is not valid UTF-8.
    package static let encoding = Code(base: .encoding)
    /// Arrays and objects are nested too deeply.
    package static let depth = Code(base: .depth)
    /// A number cannot be represented.
    package static let number = Code(base: .number)
    /// The text is JSON, but the value at `path` is of another type than the field.
    package static let type = Code(base: .type)
    /// The value is of the right JSON type but not in the form the field asks for (a time, a quantity, base64).
    package static let value = Code(base: .value)
  }

  package var code: Code
  /// One sentence without the place.
  package var message: String
  /// Byte offset into the text; 0-based.
  package var offset: Int
  /// 1-based line.
  package var line: Int
  /// 1-based column, counted in bytes.
  package var column: Int
  /// The member that was being read, as `spec.containers[0].image`; empty for the whole document.
  package var path: String

  package init(code: Code, message: String, offset: Int = 0, line: Int = 1, column: Int = 1, path: String = "") {
    self.code = code
    self.message = message
    self.offset = offset
    self.line = line
    self.column = column
    self.path = path
  }

  package var description: String {
    let field = path.isEmpty ? "" : "field \(path): "
    return "\(field)\(message) (line \(line), column \(column))"
  }
}

extension JSONError {
  /// Locates an error in the text it was found in. Costs a walk over the text up to `offset`, which only
  /// errors pay: the reader itself tracks neither lines nor paths.
  init(code: Code, message: String, offset: Int, in bytes: [UInt8]) {
    var line = 1
    var lineStart = 0
    for (position, byte) in bytes.prefix(offset).enumerated() where byte == UInt8(ascii: "\n") {
      line += 1
      lineStart = position + 1
    }
    self.init(
      code: code, message: message, offset: offset, line: line, column: offset - lineStart + 1,
      path: Self.path(in: bytes, upTo: offset))
  }

  /// The path of the value that begins at or encloses `offset`. Everything before `offset` was read already,
  /// so this walk only follows brackets, strings and commas.
  private static func path(in bytes: [UInt8], upTo offset: Int) -> String {
    enum Step {
      case member(String?)
      case element(Int)
    }
    var steps: [Step] = []
    var position = 0
    let end = min(offset, bytes.count)
    while position < end {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "{"): steps.append(.member(nil))
      case UInt8(ascii: "["): steps.append(.element(0))
      case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = steps.popLast()
      case UInt8(ascii: ","):
        switch steps.last {
        case .member: steps[steps.count - 1] = .member(nil)
        case .element(let index): steps[steps.count - 1] = .element(index + 1)
        case nil: break
        }
      case UInt8(ascii: "\""):
        let start = position
        while position < end, bytes[position] != UInt8(ascii: "\"") {
          position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        let stop = min(position, end)
        position += 1
        if case .member(nil) = steps.last {
          steps[steps.count - 1] = .member(String(decoding: bytes[start..<stop], as: UTF8.self))
        }
      default: break
      }
    }
    var path = ""
    for step in steps {
      switch step {
      case .member(let name?):
        if !path.isEmpty { path += "." }
        path += name
      case .member(nil): break
      case .element(let index): path += "[\(index)]"
      }
    }
    return path
  }
}
