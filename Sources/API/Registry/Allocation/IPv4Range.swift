/// An IPv4 address as a number.
struct IPv4Address: Hashable, Sendable, CustomStringConvertible {
  var value: UInt32

  init(value: UInt32) { self.value = value }

  /// Dotted decimal without leading zeros; nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
        let byte = UInt8(part), part.utf8.count == 1 || part.utf8.first != 48
      else { return nil }
      value = value << 8 | UInt32(byte)
    }
    self.value = value
  }

  var description: String {
    "\(value >> 24).\(value >> 16 & 255).\(value >> 8 & 255).\(value & 255)"
  }
}

/// A range of IPv4 addresses in CIDR notation.
struct CIDR: Sendable, Equatable, CustomStringConvertible {
  let network: IPv4Address
  let prefixLength: Int

  /// `10.96.0.0/12`; bits behind the prefix are cleared. nil for anything else.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPv4Address(String(parts[0])), let length = Int(parts[1]),
      (0...32).contains(length), String(length) == parts[1]
    else { return nil }
    prefixLength = length
    network = IPv4Address(value: length == 0 ? 0 : address.value & (UInt32.max << (32 - UInt32(length))))
  }

  /// How many addresses it has.
  var size: Int { 1 << (32 - prefixLength) }

  func contains(_ address: IPv4Address) -> Bool {
    address.value >= network.value && UInt64(address.value) < UInt64(network.value) + UInt64(size)
  }

  /// - Precondition: `0 <= offset < size`.
  func address(_ offset: Int) -> IPv4Address { IPv4Address(value: network.value + UInt32(offset)) }

  var description: String { "\(network)/\(prefixLength)" }
}
