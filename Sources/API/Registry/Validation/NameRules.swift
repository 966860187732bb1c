/// The forms that Kubernetes asks of names, labels and ports. Each function returns what is wrong with a text, in
/// Kubernetes' wording; nothing when it is fine.
enum NameRules {
  /// RFC 1123: lower-case letters, digits and '-', at most 63, beginning and ending with a letter or digit.
  static func dnsLabel(_ text: String) -> [String] {
    var problems: [String] = []
    if text.utf8.count > 63 { problems.append("must be no more than 63 bytes") }
    if !isDNSLabel(text.utf8) {
      problems.append(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
          + "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is "
          + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')")
    }
    return problems
  }

  /// RFC 1035: as `dnsLabel`, but beginning with a letter. Names of services.
  static func dns1035Label(_ text: String) -> [String] {
    var problems: [String] = []
    if text.utf8.count > 63 { problems.append("must be no more than 63 bytes") }
    if !isDNSLabel(text.utf8) || !(text.utf8.first.map(isLower) ?? false) {
      problems.append(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic "
          + "character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for "
          + "validation is '[a-z]([-a-z0-9]*[a-z0-9])?')")
    }
    return problems
  }

  /// DNS labels joined by dots, at most 253 bytes. Names of most objects.
  static func dnsSubdomain(_ text: String) -> [String] {
    var problems: [String] = []
    if text.utf8.count > 253 { problems.append("must be no more than 253 bytes") }
    if !isDNSSubdomain(text.utf8) {
      problems.append(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
          + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
          + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")
    }
    return problems
  }

  /// A name that goes into a URL's path as one segment.
  static func pathSegment(_ text: String) -> [String] {
    if text == "." || text == ".." { return ["may not be '\(text)'"] }
    // In one pass over the bytes: every request's names come through here.
    var (hasSlash, hasPercent) = (false, false)
    var text = text
    text.withUTF8 { bytes in
      for byte in bytes {
        if byte == UInt8(ascii: "/") { hasSlash = true }
        if byte == UInt8(ascii: "%") { hasPercent = true }
      }
    }
    guard hasSlash || hasPercent else { return [] }
    return (hasSlash ? ["may not contain '/'"] : []) + (hasPercent ? ["may not contain '%'"] : [])
  }

  /// A label's or annotation's key: an optional DNS subdomain and '/', then a name of at most 63 bytes.
  static func qualifiedName(_ text: String) -> [String] {
    if isQualifiedName(text.utf8) { return [] }
    var problems: [String] = []
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    let name: Substring
    switch parts.count {
    case 1: name = parts[0]
    case 2:
      name = parts[1]
      if parts[0].isEmpty {
        problems.append("prefix part must be non-empty")
      } else {
        problems += dnsSubdomain(String(parts[0])).map { "prefix part \($0)" }
      }
    default:
      return [
        "a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
          + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
          + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' "
          + "(e.g. 'example.com/MyName')"
      ]
    }
    if name.isEmpty {
      problems.append("name part must be non-empty")
    } else if name.utf8.count > 63 {
      problems.append("name part must be no more than 63 bytes")
    }
    if !isLabelText(name.utf8) {
      problems.append(
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
          + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is "
          + "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")
    }
    return problems
  }

  /// A label's value: empty, or at most 63 bytes of letters, digits, '-', '_' and '.'.
  static func labelValue(_ text: String) -> [String] {
    var problems: [String] = []
    if text.utf8.count > 63 { problems.append("must be no more than 63 bytes") }
    if !text.isEmpty, !isLabelText(text.utf8) {
      problems.append(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
          + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used "
          + "for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')")
    }
    return problems
  }

  /// A port's name in a container: at most 15 of lower-case letters, digits and '-', at least one letter.
  static func portName(_ text: String) -> [String] {
    var problems: [String] = []
    if text.utf8.count > 15 { problems.append("must be no more than 15 characters") }
    if !text.utf8.allSatisfy({ isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") }) {
      problems.append("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")
    }
    if !text.utf8.contains(where: isLower) { problems.append("must contain at least one letter (a-z)") }
    if text.contains("--") { problems.append("must not contain consecutive hyphens") }
    if text.hasPrefix("-") || text.hasSuffix("-") { problems.append("must not begin or end with a hyphen") }
    return problems
  }

  static func portNumber(_ port: Int) -> [String] {
    (1...65535).contains(port) ? [] : ["must be between 1 and 65535, inclusive"]
  }

  /// The key of a ConfigMap's or Secret's entry.
  static func configKey(_ text: String) -> [String] {
    var problems: [String] = []
    if text.utf8.count > 253 { problems.append("must be no more than 253 bytes") }
    if text.isEmpty || !text.utf8.allSatisfy({ isAlphanumeric($0) || "-_.".utf8.contains($0) }) {
      problems.append(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
          + "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")
    }
    if text == "." { problems.append("must not be '.'") }
    if text == ".." {
      problems.append("must not be '..'")
    } else if text.hasPrefix("..") {
      problems.append("must not start with '..'")
    }
    return problems
  }

  /// The name of an environment variable: any printable ASCII but '='.
  static func environmentName(_ text: String) -> [String] {
    if !text.isEmpty, text.utf8.allSatisfy({ (0x20...0x7e).contains($0) && $0 != UInt8(ascii: "=") }) { return [] }
    return [
      "a valid environment variable name must consist only of printable ASCII characters other than '='"
    ]
  }

  /// Whether `qualifiedName` has nothing to say: seen without making a string of any part, as most keys are fine.
  static func isQualifiedName(_ text: String.UTF8View) -> Bool {
    guard let slash = text.firstIndex(of: UInt8(ascii: "/")) else { return text.count <= 63 && isLabelText(text) }
    let prefix = text[..<slash]
    let name = text[text.index(after: slash)...]
    return prefix.count <= 253 && isDNSSubdomain(prefix) && name.count <= 63 && isLabelText(name)
  }

  /// DNS labels joined by dots.
  private static func isDNSSubdomain(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    // A label begins and ends with a letter or digit: what stands next to a dot, and at either end of the text.
    var previous = UInt8(ascii: ".")
    for byte in text {
      if byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") {
        if previous == UInt8(ascii: ".") || byte == UInt8(ascii: ".") && previous == UInt8(ascii: "-") { return false }
      } else if !isLowerAlphanumeric(byte) {
        return false
      }
      previous = byte
    }
    return isLowerAlphanumeric(previous)
  }

  private static func isDNSLabel(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return isLowerAlphanumeric(first) && isLowerAlphanumeric(last)
      && text.allSatisfy { isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isLabelText(_ text: some BidirectionalCollection<UInt8>) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && text.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
  }

  private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
  private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool { isLower(byte) || isDigit(byte) }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowerAlphanumeric(byte) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
