/// A selector that does not parse.
package struct SelectorError: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String
}

extension LabelMatcher {
  /// Reads the notation of the `labelSelector` parameter: `a=b,c!=d,e in (x,y),f notin (z),g,!h,i>1`.
  /// The empty text matches everything.
  package init(parsing text: String) throws(SelectorError) {
    var parser = LabelSelectorParser(text)
    requirements = try parser.requirements()
  }
}

/// A conjunction of conditions on fields, as the `fieldSelector` parameter has it: `metadata.name=a,status.phase!=Failed`.
package struct FieldMatcher: Equatable, Sendable {
  package struct Requirement: Equatable, Sendable {
    package var field: String
    package var value: String
    /// `=` or `!=`.
    package var isEqual: Bool

    package init(field: String, value: String, isEqual: Bool = true) {
      self.field = field
      self.value = value
      self.isEqual = isEqual
    }
  }

  package var requirements: [Requirement]

  package init(_ requirements: [Requirement] = []) { self.requirements = requirements }

  /// Reads `a.b=c,d!=e`; a backslash keeps the meaning of a following comma, equals sign or backslash.
  package init(parsing text: String) throws(SelectorError) {
    requirements = []
    for term in Self.split(text) where !term.isEmpty {
      requirements.append(try Self.requirement(term))
    }
  }

  package var matchesEverything: Bool { requirements.isEmpty }

  /// The value that a field must have, if there is such a condition.
  package func required(_ field: String) -> String? {
    requirements.first { $0.field == field && $0.isEqual }?.value
  }

  /// `value` gives a field's text, empty where it is absent.
  package func matches(_ value: (String) -> String) -> Bool {
    requirements.allSatisfy { (value($0.field) == $0.value) == $0.isEqual }
  }

  private static func requirement(_ term: String) throws(SelectorError) -> Requirement {
    for (sign, isEqual) in [("!=", false), ("==", true), ("=", true)] {
      guard let position = firstIndex(of: sign, in: term) else { continue }
      let field = String(term[..<position])
      guard !field.isEmpty else { break }
      let rest = term[term.index(position, offsetBy: sign.count)...]
      return Requirement(field: field, value: try unescaped(rest), isEqual: isEqual)
    }
    throw SelectorError(description: "invalid field selector \"\(term)\": expected field=value or field!=value")
  }

  private static func firstIndex(of sign: String, in term: String) -> String.Index? {
    var index = term.startIndex
    while index < term.endIndex {
      if term[index] == "\\" {
        index = term.index(index, offsetBy: 2, limitedBy: term.endIndex) ?? term.endIndex
        continue
      }
      if term[index...].hasPrefix(sign) { return index }
      index = term.index(after: index)
    }
    return nil
  }

  private static func split(_ text: String) -> [String] {
    var terms = [""]
    var escaped = false
    for character in text {
      if character == ",", !escaped {
        terms.append("")
      } else {
        terms[terms.count - 1].append(character)
      }
      escaped = character == "\\" && !escaped
    }
    return terms
  }

  private static func unescaped(_ text: Substring) throws(SelectorError) -> String {
    var value = ""
    var escaped = false
    for character in text {
      if escaped {
        guard "\\,=".contains(character) else {
          throw SelectorError(description: "invalid field selector value \"\(text)\": \\\(character) is no escape")
        }
        value.append(character)
        escaped = false
      } else if character == "\\" {
        escaped = true
      } else {
        value.append(character)
      }
    }
    guard !escaped else { throw SelectorError(description: "invalid field selector value \"\(text)\"") }
    return value
  }
}

/// A recursive descent over tokens: words and the signs `, ( ) = == != ! < >`.
private struct LabelSelectorParser {
  private let text: String
  private var tokens: [String] = []
  private var position = 0

  init(_ text: String) {
    self.text = text
    var word = ""
    var characters = Array(text)[...]
    func isSign(_ character: Character) -> Bool { ",()=!<>".contains(character) }
    while let character = characters.popFirst() {
      if character.isWhitespace || isSign(character) {
        if !word.isEmpty { tokens.append(word) }
        word = ""
      }
      if isSign(character) {
        if "=!".contains(character), characters.first == "=" {
          characters.removeFirst()
          tokens.append("\(character)=")
        } else {
          tokens.append(String(character))
        }
      } else if !character.isWhitespace {
        word.append(character)
      }
    }
    if !word.isEmpty { tokens.append(word) }
  }

  mutating func requirements() throws(SelectorError) -> [LabelRequirement] {
    var requirements: [LabelRequirement] = []
    if tokens.isEmpty { return requirements }
    while true {
      requirements.append(try requirement())
      guard let next = next() else { return requirements }
      guard next == "," else { throw error("found '\(next)', expected ','") }
    }
  }

  private mutating func requirement() throws(SelectorError) -> LabelRequirement {
    if peek() == "!" {
      position += 1
      return LabelRequirement(key: try key(), operator: .doesNotExist)
    }
    let key = try key()
    guard let sign = peek(), sign != "," else { return LabelRequirement(key: key, operator: .exists) }
    position += 1
    switch sign {
    case "=", "==": return LabelRequirement(key: key, operator: .in, values: [try value()])
    case "!=": return LabelRequirement(key: key, operator: .notIn, values: [try value()])
    case "in": return LabelRequirement(key: key, operator: .in, values: try values())
    case "notin": return LabelRequirement(key: key, operator: .notIn, values: try values())
    case ">", "<":
      let value = try value()
      guard Int64(value) != nil else { throw error("'\(value)' is no integer") }
      return LabelRequirement(key: key, operator: sign == ">" ? .greaterThan : .lessThan, values: [value])
    default: throw error("found '\(sign)', expected an operator")
    }
  }

  private mutating func key() throws(SelectorError) -> String {
    guard let word = next(), !Self.isSign(word) else { throw error("expected a label key") }
    if let reason = Names.labelKeyProblem(word) { throw error("the key '\(word)' \(reason)") }
    return word
  }

  /// A value, which may be empty: `a=`.
  private mutating func value() throws(SelectorError) -> String {
    guard let word = peek(), !Self.isSign(word) else { return "" }
    position += 1
    if let reason = Names.labelValueProblem(word) { throw error("the value '\(word)' \(reason)") }
    return word
  }

  private mutating func values() throws(SelectorError) -> [String] {
    guard next() == "(" else { throw error("expected '(' after in or notin") }
    var values = [try value()]
    while true {
      switch next() {
      case ",": values.append(try value())
      case ")": return values
      default: throw error("expected ',' or ')' in a list of values")
      }
    }
  }

  private func peek() -> String? { position < tokens.count ? tokens[position] : nil }

  private mutating func next() -> String? {
    defer { position += 1 }
    return peek()
  }

  private static func isSign(_ token: String) -> Bool { token.first.map { ",()=!<>".contains($0) } ?? false }

  private func error(_ reason: String) -> SelectorError {
    SelectorError(description: "unable to parse the selector \"\(text)\": \(reason)")
  }
}
