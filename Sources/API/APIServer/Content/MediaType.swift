import Synchronization

/// A media type with its parameters, from `Accept` or `Content-Type` (RFC 9110, 8.3.1 and 12.5.1).
package struct MediaType: Sendable, Equatable {
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
    guard type.utf8.contains(UInt8(ascii: "/")) else { return nil }
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

  /// An `Accept` header's entries, the most wanted first. Of the same preference, those without wildcards come first
  /// and the rest keep their order, as Kubernetes sorts them.
  package static func list(_ headers: [String]) -> [MediaType] {
    // Clients send few texts, each of them again and again.
    guard headers.count == 1, headers[0].utf8.count <= longestKept else { return parsedList(headers) }
    let text = headers[0]
    if let known = lists.withLock({ $0[text] }) { return known }
    let list = parsedList(headers)
    lists.withLock { lists in
      if lists.count >= mostKept { lists.removeAll() }
      lists[text] = list
    }
    return list
  }

  /// The lists of texts that were sent lately: as many as a few kinds of clients have. Who sends ever new ones makes
  /// the server read them and keeps no more memory than this.
  private static let lists = Mutex<[String: [MediaType]]>([:])
  private static let mostKept = 64
  private static let longestKept = 512

  /// The same, read from the text whether it is known or not.
  package static func parsedList(_ headers: [String]) -> [MediaType] {
    let entries = headers.flatMap { $0.split(separator: ",") }.prefix(64).compactMap { MediaType($0) }
    return entries.enumerated().sorted {
      ($1.element.quality, $0.element.wildcards, $0.offset) < ($0.element.quality, $1.element.wildcards, $1.offset)
    }.map(\.element).filter { $0.quality > 0 }
  }

  private var wildcards: Int { type == "*/*" ? 2 : type.hasSuffix("/*") ? 1 : 0 }

  func accepts(_ other: String) -> Bool {
    if type == other || type == "*/*" { return true }
    return type.utf8.last == UInt8(ascii: "*") && type.hasSuffix("/*") && other.hasPrefix(type.dropLast())
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
