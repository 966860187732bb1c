import JSONDocument

/// A JSON pointer (RFC 6901).
struct JSONPointer: Sendable, CustomStringConvertible {
  enum Change { case add(JSONValue), remove, replace(JSONValue) }

  let tokens: [String]
  let description: String

  init(_ text: String) throws(PatchError) {
    description = text
    if text.isEmpty {
      tokens = []
      return
    }
    guard text.hasPrefix("/") else { throw PatchError(.notApplicable, "the path \"\(text)\" does not begin with /") }
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
        default: throw PatchError(.notApplicable, "the path \"\(text)\" has a ~ that is neither ~0 nor ~1")
        }
      }
      tokens.append(token)
    }
    self.tokens = tokens
  }

  func value(in document: JSONValue) throws(PatchError) -> JSONValue { try value(tokens[...], in: document) }

  private func value(_ tokens: ArraySlice<String>, in document: JSONValue) throws(PatchError) -> JSONValue {
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

  /// Whether it names a member that an object of the document does not have.
  func isMissingMember(in document: JSONValue) -> Bool {
    guard let last = tokens.last, case .object(let parent)? = try? value(tokens.dropLast(), in: document) else {
      return false
    }
    return !parent.contains(last)
  }

  /// - Parameter count: of the positions that there are; -1 is the last of them.
  private func index(_ token: String, count: Int) throws(PatchError) -> Int {
    let isNegative = token.hasPrefix("-")
    let digits = token.dropFirst(isNegative ? 1 : 0)
    guard digits == "0" && !isNegative || digits.first != "0", digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }),
      let magnitude = Int(digits)
    else { throw PatchError(.notApplicable, "\"\(token)\" in the path \"\(self)\" is no array index") }
    let index = isNegative ? count - magnitude : magnitude
    guard (0..<count).contains(index) else {
      throw PatchError(.notApplicable, "the index in the path \"\(self)\" is out of bounds")
    }
    return index
  }

  private func missing() -> PatchError {
    PatchError(.notApplicable, "the path \"\(self)\" does not exist")
  }
}
