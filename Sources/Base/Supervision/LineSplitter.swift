/// Cuts a child's output into lines; a line longer than the limit is cut in pieces.
package struct LineSplitter: Sendable {
  private var pending: [UInt8] = []
  private let longest: Int

  package init(longest: Int = 64 << 10) { self.longest = longest }

  /// Takes bytes in, gives the lines that they complete, without their ends.
  package mutating func add(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for byte in bytes {
      if byte == UInt8(ascii: "\n") || pending.count >= longest {
        lines.append(pending)
        pending.removeAll(keepingCapacity: true)
        if byte == UInt8(ascii: "\n") { continue }
      }
      pending.append(byte)
    }
    return lines
  }

  /// What came after the last line's end.
  package mutating func finish() -> [UInt8]? {
    defer { pending = [] }
    return pending.isEmpty ? nil : pending
  }
}
