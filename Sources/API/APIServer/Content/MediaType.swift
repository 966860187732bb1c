/// A media type with its parameters, from `Accept` or `Content-Type` (RFC 9110, 8.3.1 and 12.5.1).
struct MediaType: Sendable, Equatable {
  /// In lower case, like `application/json`.
  var type: String
  var parameters: [String: String]
  /// Preference, 0 to 1; 0 means "not this".
  var quality = 1.0

  /// One media type; `nil` if there is no slash in it.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ";", omittingEmptySubsequences: true)
    guard let first = parts.first else { return nil }
    type = first.trimmed.lowercased()
    guard type.contains("/") else { return nil }
    parameters = [:]
    for part in parts.dropFirst() {
      let pair = part.split(separator: "=", maxSplits: 1)
      guard pair.count == 2 else { continue }
      let name = pair[0].trimmed.lowercased()
      var value = pair[1].trimmed
      if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") { value = String(value.dropFirst().dropLast()) }
      if name == "q" { quality = Double(value) ?? 0 } else { parameters[name] = value }
    }
  }

  /// An `Accept` header's entries, the most wanted first; entries of the same preference keep their order.
  static func list(_ headers: [String]) -> [MediaType] {
    let entries = headers.flatMap { $0.split(separator: ",") }.prefix(64).compactMap { MediaType($0) }
    return entries.enumerated().sorted {
      ($1.element.quality, $0.offset) < ($0.element.quality, $1.offset)
    }.map(\.element).filter { $0.quality > 0 }
  }

  func accepts(_ other: String) -> Bool {
    type == other || type == "*/*" || (type.hasSuffix("/*") && other.hasPrefix(type.dropLast()))
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    let blanks: [Character] = [" ", "\t"]
    guard let start = firstIndex(where: { !blanks.contains($0) }),
      let end = lastIndex(where: { !blanks.contains($0) })
    else { return "" }
    return String(self[start...end])
  }
}
