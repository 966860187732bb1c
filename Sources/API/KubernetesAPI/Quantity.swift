package import JSONDocument

/// An exact amount with a suffix: `500m`, `128Mi`, `1.5Gi`, `2e3`.
///
/// Keeps the text it was read from. Comparison, addition and the canonical form are exact: an amount is an integer
/// number of nanos (10⁻⁹) in 128 bits; what is finer is rounded up, as Kubernetes does, and amounts beyond
/// ±(2⁶³ − 1) are refused.
package struct Quantity: JSONCodable, Comparable, Hashable, CustomStringConvertible {
  /// The text as it was written.
  package let text: String

  /// `0`.
  package init() { text = "0" }

  /// Nil if the text is no quantity.
  package init?(_ text: String) {
    guard Amount(text) != nil else { return nil }
    self.text = text
  }

  /// An amount of whole units, as a plain number.
  package init(_ value: Int64) { text = String(max(value, -.max)) }

  /// An amount of thousandths, in canonical form (`1500m`, `2`).
  package init(milliValue: Int64) {
    self.init(amount: Amount(nanos: Int128(milliValue) * 1_000_000, format: .decimalSI))
  }

  /// An amount of bytes, in canonical binary form (`128Mi`).
  package init(bytes: Int64) {
    self.init(amount: Amount(nanos: Int128(bytes) * Amount.nanosPerUnit, format: .binarySI).bounded)
  }

  private init(amount: Amount) { text = amount.canonical }

  package init(from reader: inout JSONReader) throws(JSONError) {
    let text: String
    if try reader.peekKind() == .number {
      // Clients may leave out the quotes. Only the digits matter, and a document has them.
      let number = try reader.readValue()
      text = number.intValue.map { String($0) } ?? number.description
    } else {
      text = try reader.readString()
    }
    guard let quantity = Quantity(text) else { throw reader.invalidValue("expected a quantity as 500m or 128Mi") }
    self = quantity
  }

  package func write(to writer: inout JSONWriter) { writer.write(text) }

  package var description: String { text }

  /// The text in the form that Kubernetes stores: the largest suffix that leaves no fraction.
  package var canonical: String { amount.canonical }

  /// Whole units, a fraction rounded up (away from zero); bounded by 64 bits.
  package var value: Int64 { amount.scaledUp(by: Amount.nanosPerUnit) }

  /// Thousandths, a finer fraction rounded up (away from zero); bounded by 64 bits.
  package var milliValue: Int64 { amount.scaledUp(by: 1_000_000) }

  package var isZero: Bool { amount.nanos == 0 }

  /// Amounts are equal whatever their notation: `1` and `1000m`.
  package static func == (left: Quantity, right: Quantity) -> Bool {
    left.text == right.text || left.amount.nanos == right.amount.nanos
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(amount.nanos) }

  package static func < (left: Quantity, right: Quantity) -> Bool { left.amount.nanos < right.amount.nanos }

  /// The sum in the left one's notation, or the right one's if the left is zero; bounded by what a quantity can hold.
  package static func + (left: Quantity, right: Quantity) -> Quantity {
    let (l, r) = (left.amount, right.amount)
    return Quantity(amount: Amount(nanos: l.nanos + r.nanos, format: l.nanos == 0 ? r.format : l.format).bounded)
  }

  /// The difference, in the same way; it may be negative.
  package static func - (left: Quantity, right: Quantity) -> Quantity {
    let (l, r) = (left.amount, right.amount)
    return Quantity(amount: Amount(nanos: l.nanos - r.nanos, format: l.nanos == 0 ? r.format : l.format).bounded)
  }

  package static func += (left: inout Quantity, right: Quantity) { left = left + right }

  // The initialisers checked the text.
  private var amount: Amount { Amount(text) ?? Amount(nanos: 0, format: .decimalSI) }
}

/// The exact value of a quantity and the family of its suffix.
private struct Amount {
  enum Format { case decimalSI, binarySI, decimalExponent }

  static let nanosPerUnit: Int128 = 1_000_000_000
  static let limit = Int128(Int64.max) * nanosPerUnit

  var nanos: Int128
  var format: Format

  init(nanos: Int128, format: Format) {
    self.nanos = nanos
    self.format = format
  }

  var bounded: Amount { Amount(nanos: min(max(nanos, -Self.limit), Self.limit), format: format) }

  /// Nil if the text is no quantity or beyond the limit.
  init?(_ text: String) {
    var digits: Int128 = 0
    var fractionDigits = 0
    var seenPoint = false
    var count = 0
    var inexact = false
    let bytes = Array(text.utf8)
    var position = 0
    let negative = bytes.first == UInt8(ascii: "-")
    if negative || bytes.first == UInt8(ascii: "+") { position = 1 }
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "."), !seenPoint {
        seenPoint = true
      } else if byte >= 48, byte <= 57 {
        count += 1
        if seenPoint, fractionDigits >= 18 {
          inexact = inexact || byte != 48  // finer than any suffix can lift to a nano
        } else {
          digits = digits * 10 + Int128(byte - 48)
          if seenPoint { fractionDigits += 1 }
          // Leading zeros aside, so many digits are beyond the limit with every suffix.
          guard digits < Self.digitsLimit else { return nil }
        }
      } else {
        break
      }
      position += 1
    }
    guard count > 0, let scale = Scale(bytes[position...]) else { return nil }
    // nanos = digits × factor × 10^(exponent + 9 − fractionDigits)
    var exponent = scale.exponent + 9 - fractionDigits
    var (value, overflow) = digits.multipliedReportingOverflow(by: scale.factor)
    while exponent > 0, value != 0, !overflow {
      (value, overflow) = value.multipliedReportingOverflow(by: 10)
      exponent -= 1
    }
    guard !overflow else { return nil }
    while exponent < 0, value != 0 {
      inexact = inexact || value % 10 != 0
      value /= 10
      exponent += 1
    }
    if inexact { value += 1 }
    guard value <= Self.limit else { return nil }
    nanos = negative ? -value : value
    format = scale.format
  }

  private static let digitsLimit: Int128 = Int128(Int64.max) * nanosPerUnit

  func scaledUp(by divisor: Int128) -> Int64 {
    let magnitude = nanos < 0 ? -nanos : nanos
    let quotient = (magnitude + divisor - 1) / divisor
    let bounded = Int64(min(quotient, Int128(Int64.max)))
    return nanos < 0 ? -bounded : bounded
  }

  /// The largest suffix of the format that leaves an integer mantissa; a fraction falls back to decimal suffixes.
  var canonical: String {
    if nanos == 0 { return "0" }
    let magnitude = nanos < 0 ? -nanos : nanos
    let sign = nanos < 0 ? "-" : ""
    if format == .binarySI, magnitude % Self.nanosPerUnit == 0 {
      var units = magnitude / Self.nanosPerUnit
      // Below 1024 Kubernetes writes a binary quantity as a plain number.
      var suffix = 0
      while suffix < Scale.binary.count - 1, units % 1024 == 0 {
        units /= 1024
        suffix += 1
      }
      return "\(sign)\(units)\(Scale.binary[suffix])"
    }
    var mantissa = magnitude
    var exponent = -9
    while exponent < 18, mantissa % 1000 == 0 {
      mantissa /= 1000
      exponent += 3
    }
    if format == .decimalExponent {
      return exponent == 0 ? "\(sign)\(mantissa)" : "\(sign)\(mantissa)e\(exponent)"
    }
    return "\(sign)\(mantissa)\(Scale.decimal[(exponent + 9) / 3])"
  }
}

/// A suffix: a power of ten and a factor.
private struct Scale {
  var exponent = 0
  var factor: Int128 = 1
  var format = Amount.Format.decimalSI

  static let decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
  static let binary = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

  init?(_ suffix: ArraySlice<UInt8>) {
    let text = String(decoding: suffix, as: UTF8.self)
    if let index = Self.decimal.firstIndex(of: text) {
      exponent = (index - 3) * 3
    } else if let index = Self.binary.firstIndex(of: text) {
      factor = Int128(1) << Int128(10 * index)
      format = .binarySI
    } else if let first = text.first, first == "e" || first == "E", let power = Int(text.dropFirst()),
      abs(power) <= 40
    {
      exponent = power
      format = .decimalExponent
    } else {
      return nil
    }
  }
}
