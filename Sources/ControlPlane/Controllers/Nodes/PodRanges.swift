/// Cuts an IPv4 range into one range of pod addresses a node. Pure.
package struct PodRanges: Sendable, Equatable {
  /// The whole range, and the size of a node's.
  package let base: UInt32
  package let prefix: Int
  package let nodePrefix: Int

  /// `nil` when `cidr` is no IPv4 range, or the node's prefix does not fit into it.
  package init?(cidr: String, nodePrefix: Int) {
    guard let (address, prefix) = Self.parse(cidr), nodePrefix >= prefix, nodePrefix <= 30, nodePrefix - prefix <= 20
    else { return nil }
    base = prefix == 0 ? 0 : address & ~(UInt32.max >> UInt32(prefix))
    self.prefix = prefix
    self.nodePrefix = nodePrefix
  }

  /// How many nodes fit.
  package var count: Int { 1 << (nodePrefix - prefix) }

  package subscript(index: Int) -> String {
    precondition(index >= 0 && index < count)
    let address = base + UInt32(index) << UInt32(32 - nodePrefix)
    return "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)/\(nodePrefix)"
  }

  /// The first range that overlaps none of `used`, or `preferred` if that is free. `nil`: all are taken.
  package func free(used: [String], preferred: String? = nil) -> String? {
    let taken = used.compactMap(Self.span)
    func isFree(_ range: ClosedRange<UInt32>) -> Bool { !taken.contains { $0.overlaps(range) } }
    if let preferred, let span = Self.span(preferred), isFree(span) { return preferred }
    for index in 0..<count {
      if let span = Self.span(self[index]), isFree(span) { return self[index] }
    }
    return nil
  }

  private static func span(_ cidr: String) -> ClosedRange<UInt32>? {
    guard let (address, prefix) = parse(cidr) else { return nil }
    let size = prefix == 0 ? UInt32.max : UInt32.max >> UInt32(prefix)
    let first = address & ~size
    return first...(first | size)
  }

  private static func parse(_ cidr: String) -> (UInt32, Int)? {
    let halves = cidr.split(separator: "/", omittingEmptySubsequences: false)
    guard halves.count == 2, let prefix = Int(halves[1]), (0...32).contains(prefix) else { return nil }
    let octets = halves[0].split(separator: ".", omittingEmptySubsequences: false)
    guard octets.count == 4 else { return nil }
    var address: UInt32 = 0
    for octet in octets {
      guard let value = UInt8(octet) else { return nil }
      address = address << 8 | UInt32(value)
    }
    return (address, prefix == 32 ? 32 : prefix)
  }
}
