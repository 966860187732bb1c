/// Forms of names that are built on DNS names.
extension NameRules {
  /// `*.` and a DNS subdomain: hosts of ingresses.
  static func wildcardSubdomain(_ text: String) -> [String] {
    var problems: [String] = []
    if text.utf8.count > 253 { problems.append("must be no more than 253 bytes") }
    if !text.hasPrefix("*.") || !dnsSubdomain(String(text.dropFirst(2).prefix(253))).isEmpty {
      problems.append(
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of "
          + "lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. "
          + "'*.example.com', regex used for validation is "
          + "'\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')")
    }
    return problems
  }

  /// A host's name where an address would be wrong.
  static func hostName(_ text: String) -> [String] {
    dnsSubdomain(text) + (IPValue(text) == nil ? [] : ["must be a DNS name, not an IP address"])
  }

  /// A DNS name of at least two labels.
  static func fullyQualifiedName(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    guard !text.isEmpty else {
      errors.append(.required(path))
      return
    }
    let bare = text.hasSuffix(".") ? String(text.dropLast()) : text
    let problems = dnsSubdomain(bare)
    for problem in problems { errors.append(.invalid(path, bare, problem)) }
    if problems.isEmpty, !bare.contains(".") {
      errors.append(.invalid(path, bare, "should be a domain with at least two segments separated by dots"))
    }
  }

  /// `acme.io/foo`: names of ingress controllers.
  static func domainPrefixedPath(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      errors.append(.invalid(path, text, "must be a domain-prefixed path (such as \"acme.io/foo\")"))
      return
    }
    for problem in dnsSubdomain(String(parts[0])) { errors.append(.invalid(path, String(parts[0]), problem)) }
    if !parts[1].utf8.allSatisfy(isPathByte) {
      errors.append(
        .invalid(
          path, String(parts[1]),
          "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')"))
    }
  }

  private static func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/-._~%!$&'()*+,;=:".utf8.contains(byte)
    }
  }

  /// The name of a CSI driver: a DNS subdomain in any case, at most 63 bytes.
  static func csiDriver(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if text.isEmpty { errors.append(.required(path)) }
    if text.utf8.count > 63 { errors.append(.tooLong(path, limit: 63)) }
    for problem in dnsSubdomain(text.lowercased()) { errors.append(.invalid(path, text, problem)) }
  }
}

/// A reference to an object by group, kind and name.
enum ReferenceRules {
  /// What must be there, and fit into a path.
  static func segment(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if text.isEmpty { errors.append(.required(path)) }
    for problem in NameRules.pathSegment(text) { errors.append(.invalid(path, text, problem)) }
  }

  static func group(_ group: String?, _ path: FieldPath, into errors: inout [FieldError]) {
    guard let group else { return }
    for problem in NameRules.dnsSubdomain(group) { errors.append(.invalid(path, group, problem)) }
  }

  static func validate(
    group: String?, kind: String, name: String, _ path: FieldPath, into errors: inout [FieldError]
  ) {
    self.group(group, path.child("apiGroup"), into: &errors)
    segment(kind, path.child("kind"), into: &errors)
    segment(name, path.child("name"), into: &errors)
  }
}
