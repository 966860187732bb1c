/// The rules of names, after RFC 1123 and RFC 1035, as Kubernetes documents them. Each check gives what is wrong as the
/// end of a sentence (`must be no more than 63 characters`), or nil.
package enum Names {
  /// The name of most objects: dot-separated labels, 253 characters at most.
  package static func subdomainProblem(_ name: String) -> String? {
    if name.utf8.count > 253 { return "must be no more than 253 characters" }
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.allSatisfy({ isLabel($0) }) else {
      return "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', "
        + "and must start and end with an alphanumeric character"
    }
    return nil
  }

  /// The name of namespaces and of what becomes a DNS label: 63 characters at most.
  package static func labelProblem(_ name: String) -> String? {
    if name.utf8.count > 63 { return "must be no more than 63 characters" }
    guard isLabel(name[...]) else {
      return "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', "
        + "and must start and end with an alphanumeric character"
    }
    return nil
  }

  /// The name of services: as a label, and begins with a letter.
  package static func serviceNameProblem(_ name: String) -> String? {
    if let problem = labelProblem(name) { return problem }
    guard let first = name.utf8.first, isLetter(first) else {
      return "a DNS-1035 label must start with an alphabetic character"
    }
    return nil
  }

  /// The name of a port: letters, digits and single dashes within, at least one letter, 15 characters at most.
  package static func portNameProblem(_ name: String) -> String? {
    if name.utf8.count > 15 { return "must be no more than 15 characters" }
    guard isLabel(name[...]) else { return "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)" }
    if name.contains("--") { return "must not contain consecutive hyphens" }
    guard name.utf8.contains(where: isLetter) else { return "must contain at least one letter (a-z)" }
    return nil
  }

  /// A label's key, or an annotation's: an optional subdomain and a slash, then a name of 63 characters at most.
  package static func labelKeyProblem(_ key: String) -> String? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return "must be a name with an optional DNS subdomain prefix and '/'" }
    if parts.count == 2 {
      if parts[0].isEmpty { return "prefix part must be non-empty" }
      if let problem = subdomainProblem(String(parts[0])) { return "prefix part \(problem)" }
    }
    let name = parts[parts.count - 1]
    if name.isEmpty { return "name part must be non-empty" }
    if name.utf8.count > 63 { return "name part must be no more than 63 characters" }
    guard isQualifiedName(name) else {
      return "name part must consist of alphanumeric characters, '-', '_' or '.', "
        + "and must start and end with an alphanumeric character"
    }
    return nil
  }

  /// A label's value: may be empty.
  package static func labelValueProblem(_ value: String) -> String? {
    if value.utf8.count > 63 { return "must be no more than 63 characters" }
    guard value.isEmpty || isQualifiedName(value[...]) else {
      return "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', "
        + "and must start and end with an alphanumeric character"
    }
    return nil
  }

  /// The key of a ConfigMap's or Secret's data.
  package static func configKeyProblem(_ key: String) -> String? {
    if key.utf8.count > 253 { return "must be no more than 253 characters" }
    guard !key.isEmpty, key.utf8.allSatisfy({ isAlphanumeric($0) || "-_.".utf8.contains($0) }) else {
      return "a valid config key must consist of alphanumeric characters, '-', '_' or '.'"
    }
    if key == "." || key == ".." || key.hasPrefix("..") { return "must not be '.' and must not begin with '..'" }
    return nil
  }

  /// How long the part may be that `generateName` leaves of its prefix: a suffix of five characters is appended.
  package static let generatedSuffixLength = 5

  /// The characters of generated suffixes: no vowels, so that they spell nothing.
  package static let generatedAlphabet = Array("bcdfghjklmnpqrstvwxz2456789")

  /// A name from its prefix and a random suffix; the prefix is cut so that the name keeps to 63 characters.
  package static func generated<G: RandomNumberGenerator>(prefix: String, using generator: inout G) -> String {
    var name = String(prefix.prefix(63 - generatedSuffixLength))
    for _ in 0..<generatedSuffixLength {
      name.append(generatedAlphabet[Int.random(in: 0..<generatedAlphabet.count, using: &generator)])
    }
    return name
  }

  private static func isLabel(_ label: Substring) -> Bool {
    guard let first = label.utf8.first, let last = label.utf8.last else { return false }
    return isLowerAlphanumeric(first) && isLowerAlphanumeric(last)
      && label.utf8.allSatisfy { isLowerAlphanumeric($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isQualifiedName(_ name: Substring) -> Bool {
    guard let first = name.utf8.first, let last = name.utf8.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && name.utf8.allSatisfy { isAlphanumeric($0) || "-_.".utf8.contains($0) }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
  private static func isLowerAlphanumeric(_ byte: UInt8) -> Bool { isLetter(byte) || byte >= 48 && byte <= 57 }
  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    isLowerAlphanumeric(byte) || byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
  }
}
