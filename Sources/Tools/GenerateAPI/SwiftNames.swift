import APISchema

/// How the API's names become Swift's.
enum SwiftNames {
  /// `core/v1` → `CoreV1`, `rbac.authorization.k8s.io/v1` → `RbacV1`.
  static func group(package: String, version: String) -> String {
    let label = package.split(separator: ".")[0]
    return capitalized(label) + capitalized(version[...])
  }

  /// A field's property: its JSON name, back-ticked if it is a keyword, `x-kubernetes-list-type` in camel case.
  static func property(_ json: String) -> String {
    let name = identifier(json)
    return keywords.contains(name) ? "`\(name)`" : name
  }

  /// The same without back-ticks.
  static func identifier(_ json: String) -> String {
    let parts = json.split { $0 == "-" || $0 == "$" }
    return String(parts[0]) + parts.dropFirst().map { capitalized($0) }.joined()
  }

  static func capitalized(_ word: Substring) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }

  private static let keywords: Set<String> = [
    "as", "break", "case", "catch", "class", "continue", "default", "defer", "do", "else", "enum", "extension",
    "false", "for", "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil",
    "operator", "private", "protocol", "public", "repeat", "return", "self", "static", "struct", "subscript",
    "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]
}
