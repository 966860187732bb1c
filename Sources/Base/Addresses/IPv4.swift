/// An IPv4 address.
package struct IPv4Address: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The address as a number, most significant byte first in the text.
  package var value: UInt32

  package init(value: UInt32) { self.value = value }

  package init(_ a: UInt8, _ b: UInt8, _ c: UInt8, _ d: UInt8) {
    value = UInt32(a) << 24 | UInt32(b) << 16 | UInt32(c) << 8 | UInt32(d)
  }

  /// Reads the dotted form: four decimal numbers without leading zeroes (RFC 6943, §3.1.1, the strict form).
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
        part.count == 1 || part.first != "0", let byte = UInt8(part)
      else { return nil }
      value = value << 8 | UInt32(byte)
    }
    self.value = value
  }

  /// Whether it is one of 127.0.0.0/8, which means this host on every host.
  package var isLoopback: Bool { value >> 24 == 127 }

  package var description: String {
    "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)"
  }

  package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// A range of addresses in CIDR notation (RFC 4632). Host bits are zero.
package struct IPv4Network: Hashable, Sendable, CustomStringConvertible {
  package let address: IPv4Address
  /// 0 to 32.
  package let prefix: Int

  /// Host bits of `address` are cleared.
  package init(address: IPv4Address, prefix: Int) {
    precondition((0...32).contains(prefix), "a prefix length is 0 to 32")
    self.prefix = prefix
    self.address = IPv4Address(value: address.value & Self.mask(prefix))
  }

  /// Reads `address/prefix`; nil when malformed or when host bits are set.
  package init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPv4Address(parts[0]), let prefix = Self.length(parts[1]),
      address.value & ~Self.mask(prefix) == 0
    else { return nil }
    self.address = address
    self.prefix = prefix
  }

  /// The same, but host bits that are set are cleared.
  package init?(clearingHostBits text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPv4Address(parts[0]), let prefix = Self.length(parts[1])
    else { return nil }
    self.init(address: address, prefix: prefix)
  }

  /// A prefix length as it stands in the text: decimal digits without leading zeroes.
  private static func length(_ text: some StringProtocol) -> Int? {
    guard (1...2).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
      text.utf8.count == 1 || text.utf8.first != 48, let length = Int(text), length <= 32
    else { return nil }
    return length
  }

  private static func mask(_ prefix: Int) -> UInt32 { prefix == 0 ? 0 : ~UInt32(0) << UInt32(32 - prefix) }

  /// How many addresses it holds.
  package var size: Int { 1 << (32 - prefix) }

  package var description: String { "\(address)/\(prefix)" }

  package func contains(_ other: IPv4Address) -> Bool { other.value & Self.mask(prefix) == address.value }

  package func overlaps(_ other: IPv4Network) -> Bool {
    contains(other.address) || other.contains(address)
  }

  /// The address at an offset from the range's start; nil outside of it.
  package subscript(offset: Int) -> IPv4Address? {
    guard offset >= 0, offset < size else { return nil }
    return IPv4Address(value: address.value + UInt32(offset))
  }

  /// The `index`th range of a longer prefix inside this one; nil past the last.
  package func subnet(_ index: Int, prefix inner: Int) -> IPv4Network? {
    guard inner >= prefix, inner <= 32, index >= 0, index < 1 << (inner - prefix) else { return nil }
    return IPv4Network(address: IPv4Address(value: address.value + UInt32(index) << UInt32(32 - inner)), prefix: inner)
  }
}
