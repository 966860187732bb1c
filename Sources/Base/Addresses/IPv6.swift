/// An IPv6 address as eight groups of 16 bits.
package struct IPv6Address: Hashable, Sendable {
  package let groups: [UInt16]

  /// Eight groups of up to four hexadecimal digits; one run of zero groups may be left out (RFC 4291, without the
  /// forms that embed an IPv4 address in dotted decimal). nil for anything else.
  package init?(_ text: String) {
    guard (2...39).contains(text.utf8.count) else { return nil }
    let halves = text.split(separator: "::", omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    var parts: [[UInt16]] = []
    for half in halves {
      var groups: [UInt16] = []
      for group in half.isEmpty ? [] : half.split(separator: ":", omittingEmptySubsequences: false) {
        guard (1...4).contains(group.utf8.count), group.utf8.first != UInt8(ascii: "+"),
          let value = UInt16(group, radix: 16)
        else { return nil }
        groups.append(value)
      }
      parts.append(groups)
    }
    let count = parts.map(\.count).reduce(0, +)
    guard parts.count == 2 ? count < 8 : count == 8 else { return nil }
    groups = parts[0] + Array(repeating: 0, count: 8 - count) + (parts.count == 2 ? parts[1] : [])
  }

  /// The IPv4 address that stands for this one (`::ffff:0:0/96`); nil if it is no such address.
  package var embedded: IPv4Address? {
    guard groups[..<5].allSatisfy({ $0 == 0 }), groups[5] == 0xffff else { return nil }
    return IPv4Address(value: UInt32(groups[6]) << 16 | UInt32(groups[7]))
  }
}
