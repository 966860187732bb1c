package import JSONDocument

/// A length of time in Go's notation (`1h30m`, `250ms`), which `meta/v1.Duration` uses in JSON.
package struct GoDuration: JSONCodable, Hashable, Comparable, CustomStringConvertible {
  package var nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package init() { nanoseconds = 0 }

  /// Nil if it is not a sequence of decimals with units (`ns us µs ms s m h`), or `0`, or does not fit 64 bits.
  package init?(_ text: String) {
    var rest = Substring(text)
    let negative = rest.hasPrefix("-")
    if negative || rest.hasPrefix("+") { rest.removeFirst() }
    if rest == "0" {
      self.init()
      return
    }
    guard !rest.isEmpty else { return nil }
    var total: Int64 = 0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
      rest = rest.dropFirst(digits.count)
      let unitName = rest.prefix { !($0.isASCII && $0.isNumber || $0 == ".") }
      rest = rest.dropFirst(unitName.count)
      guard let unit = Self.units[String(unitName)], let part = Self.scaled(digits, by: unit) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    self.init(nanoseconds: negative ? -total : total)
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    let text = try reader.readString()
    guard let duration = GoDuration(text) else { throw reader.invalidValue("expected a duration as 1h30m") }
    self = duration
  }

  package func write(to writer: inout JSONWriter) { writer.write(description) }

  /// As Go prints it: `1h30m0s`, `1.5s`, `250ms`, `0s`.
  package var description: String {
    if nanoseconds == 0 { return "0s" }
    let magnitude = nanoseconds.magnitude
    var text = nanoseconds < 0 ? "-" : ""
    if magnitude < 1_000_000_000 {
      let (unit, name): (UInt64, String) =
        magnitude < 1000 ? (1, "ns") : magnitude < 1_000_000 ? (1000, "µs") : (1_000_000, "ms")
      return text + Self.decimal(magnitude, unit: unit) + name
    }
    let hours = magnitude / 3_600_000_000_000
    let minutes = magnitude / 60_000_000_000 % 60
    if hours > 0 { text += "\(hours)h" }
    if hours > 0 || minutes > 0 { text += "\(minutes)m" }
    return text + Self.decimal(magnitude % 60_000_000_000, unit: 1_000_000_000) + "s"
  }

  package static func < (left: GoDuration, right: GoDuration) -> Bool { left.nanoseconds < right.nanoseconds }

  private static let units: [String: Int64] = [
    "ns": 1, "us": 1000, "µs": 1000, "μs": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
    "h": 3_600_000_000_000,
  ]

  private static func scaled(_ digits: Substring, by unit: Int64) -> Int64? {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, digits != ".", !digits.isEmpty else { return nil }
    guard let whole = parts[0].isEmpty ? 0 : Int64(parts[0]) else { return nil }
    var (value, overflow) = whole.multipliedReportingOverflow(by: unit)
    if parts.count == 2 {
      var scale = unit
      for digit in parts[1].utf8 {
        scale /= 10
        if scale == 0 { break }
        let (sum, carry) = value.addingReportingOverflow(Int64(digit - UInt8(ascii: "0")) * scale)
        value = sum
        overflow = overflow || carry
      }
    }
    return overflow ? nil : value
  }

  private static func decimal(_ value: UInt64, unit: UInt64) -> String {
    let fraction = value % unit
    guard fraction > 0 else { return "\(value / unit)" }
    var digits = String(fraction)
    digits = String(repeating: "0", count: String(unit).count - 1 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(value / unit).\(digits)"
  }
}
