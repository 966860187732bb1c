import Addresses

/// An IP address of either family, as the API's fields have it in text.
struct IPValue: Sendable, Hashable {
  enum Family: String, Sendable { case ipv4 = "IPv4", ipv6 = "IPv6" }
  /// Of an IPv6 address that only embeds an IPv4 one (`::ffff:0:0/96`) it is IPv4, as Go's net package has it.
  let family: Family
  /// The address as a number; an IPv4 one fills the lower 32 bits.
  let number: UInt128
  /// Whether the text was an IPv6 one that embeds an IPv4 address.
  let isMapped: Bool

  init?(_ text: String) {
    if let address = IPv4Address(text) {
      self.init(family: .ipv4, number: UInt128(address.value), isMapped: false)
      return
    }
    guard let address = IPv6Address(Self.withoutDots(text)) else { return nil }
    if let embedded = address.embedded {
      self.init(family: .ipv4, number: UInt128(embedded.value), isMapped: true)
    } else {
      self.init(
        family: .ipv6, number: address.groups.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }, isMapped: false)
    }
  }

  init(family: Family, number: UInt128, isMapped: Bool = false) {
    self.family = family
    self.number = number
    self.isMapped = isMapped
  }

  /// The last two groups of an IPv6 address may be written as an IPv4 address (RFC 4291, §2.2, form 3).
  private static func withoutDots(_ text: String) -> String {
    guard let colon = text.lastIndex(of: ":"), let tail = IPv4Address(text[text.index(after: colon)...]) else {
      return text
    }
    return text[...colon] + String(tail.value >> 16, radix: 16) + ":" + String(tail.value & 0xffff, radix: 16)
  }

  /// The one form of RFC 5952: lower case, no leading zeroes, the first longest run of zero groups left out.
  var canonical: String {
    if family == .ipv4 { return IPv4Address(value: UInt32(truncatingIfNeeded: number)).description }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: number >> UInt128(16 * (7 - $0))) }
    var best = 0..<0
    var start = 0
    while start < 8 {
      var end = start
      while end < 8, groups[end] == 0 { end += 1 }
      if end - start > max(best.count, 1) { best = start..<end }
      start = max(end, start + 1)
    }
    func text(_ part: ArraySlice<UInt16>) -> String { part.map { String($0, radix: 16) }.joined(separator: ":") }
    return best.isEmpty ? text(groups[...]) : text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }
}

/// A range of addresses of either family in CIDR notation.
struct IPRange: Sendable, Hashable {
  let first: IPValue
  let prefix: Int
  /// Whether the text had bits set behind the prefix.
  let hasHostBits: Bool

  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPValue(String(parts[0])), !address.isMapped,
      (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
      parts[1].utf8.count == 1 || parts[1].utf8.first != 48, let prefix = Int(parts[1])
    else { return nil }
    let bits = address.family == .ipv4 ? 32 : 128
    guard prefix <= bits else { return nil }
    let host = Self.mask(low: bits - prefix)
    self.first = IPValue(family: address.family, number: address.number & ~host)
    self.prefix = prefix
    hasHostBits = address.number & host != 0
  }

  private static func mask(low bits: Int) -> UInt128 { bits >= 128 ? .max : (UInt128(1) << UInt128(bits)) - 1 }

  var family: IPValue.Family { first.family }
  var canonical: String { "\(first.canonical)/\(prefix)" }

  func contains(_ address: IPValue) -> Bool {
    guard address.family == family else { return false }
    return address.number & ~Self.mask(low: (family == .ipv4 ? 32 : 128) - prefix) == first.number
  }
}

/// What holds for fields that are addresses or ranges.
enum IPRules {
  static let notAnAddress = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
  static let notARange = "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"

  static func address(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if IPValue(text) == nil { errors.append(.invalid(path, text, notAnAddress)) }
  }

  static func range(_ text: String, _ path: FieldPath, into errors: inout [FieldError]) {
    if IPRange(text) == nil { errors.append(.invalid(path, text, notARange)) }
  }

  /// What keeps a text from being an address in its one canonical form, which names of objects need.
  static func problems(inCanonicalAddress text: String) -> [String] {
    guard let address = IPValue(text) else { return [notAnAddress] }
    if address.isMapped { return ["must not be an IPv4-mapped IPv6 address"] }
    return address.canonical == text ? [] : ["must be in canonical form (\(FieldError.quoted(address.canonical)))"]
  }

  /// The same for a range.
  static func problems(inCanonicalRange text: String) -> [String] {
    guard let range = IPRange(text) else { return [notARange] }
    if range.hasHostBits { return ["must not have bits set beyond the prefix length"] }
    return range.canonical == text ? [] : ["must be in canonical form (\(FieldError.quoted(range.canonical)))"]
  }
}
