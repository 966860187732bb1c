import JSONDocument

/// Amounts as text: `500m`, `128Mi`, `1.5Gi`, `2e3`.
///
/// `KubernetesAPI.Quantity` calculates with them; the schema only has to know whether a text is one, and its canonical
/// form: the largest suffix that leaves no fraction. Exact to a nano (10⁻⁹), what is finer is rounded up; amounts beyond
/// ±(2⁶³ − 1) are capped, as Kubernetes caps them.
enum QuantityText {
  enum Problem: Error {
    /// Not of the form of a quantity at all.
    case format
    /// The form is right, but there is no such suffix.
    case suffix

    /// The message that users know.
    var message: String {
      switch self {
      case .format:
        "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
      case .suffix: "unable to parse quantity's suffix"
      }
    }
  }

  private enum Format { case decimal, binary, exponent }

  private static let decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
  private static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]
  private static let nanosPerUnit: Int128 = 1_000_000_000
  private static let limit = Int128(Int64.max) * nanosPerUnit

  /// Whether a value may have parts below a thousandth: a quick look, which asks for a closer one.
  static func isFinerThanMilli(_ value: JSONValue) -> Bool {
    guard case .string(let text) = value else { return false }
    return text.utf8.contains { ".nu-".utf8.contains($0) }
  }

  /// The canonical form of a text.
  ///
  /// - Parameter inMilli: whether to round up to thousandths.
  static func canonical(_ text: String, inMilli: Bool = false) throws(Problem) -> String {
    // Most quantities are small whole numbers of something.
    if text == "0" { return text }
    let bytes = Array(text.utf8)
    var position = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative || bytes.first == UInt8(ascii: "+") { position = 1 }
    var digits: Int128 = 0
    var fractionDigits = 0
    var count = 0
    var seenPoint = false
    var isInexact = false
    var isCapped = false
    loop: while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: ".") where !seenPoint: seenPoint = true
      case let byte where byte >= 48 && byte <= 57:
        count += 1
        if seenPoint, fractionDigits >= 18 {
          isInexact = isInexact || byte != 48  // finer than any suffix could lift to a nano
        } else if digits > limit {
          // However small its suffix: with so many digits before the point nothing but the cap is left.
          isCapped = isCapped || !seenPoint
          if seenPoint { isInexact = isInexact || byte != 48 }
        } else {
          digits = digits * 10 + Int128(byte - 48)
          if seenPoint { fractionDigits += 1 }
        }
      default: break loop
      }
      position += 1
    }
    guard count > 0 else { throw .format }
    let (exponent, factor, format) = try scale(bytes[position...])
    // nanos = digits × factor × 10^(exponent + 9 − fractionDigits)
    var power = exponent + 9 - fractionDigits
    var (nanos, overflow) = digits.multipliedReportingOverflow(by: factor)
    while power > 0, nanos != 0, !overflow {
      (nanos, overflow) = nanos.multipliedReportingOverflow(by: 10)
      power -= 1
    }
    while power < 0, nanos != 0, !overflow {
      isInexact = isInexact || nanos % 10 != 0
      nanos /= 10
      power += 1
    }
    if overflow || isCapped || nanos > limit {
      nanos = limit
    } else if isInexact {
      nanos += 1
    }
    if inMilli {
      let milli: Int128 = 1_000_000
      nanos = (nanos + milli - 1) / milli * milli
    }
    return written(nanos, isNegative: isNegative, format)
  }

  private static func written(_ magnitude: Int128, isNegative: Bool, _ format: Format) -> String {
    if magnitude == 0 { return "0" }
    let sign = isNegative ? "-" : ""
    // Below 1024, and with a fraction, a binary amount is written as a decimal one.
    if format == .binary, magnitude % nanosPerUnit == 0, magnitude >= 1024 * nanosPerUnit {
      var units = magnitude / nanosPerUnit
      var suffix = 0
      while suffix < binarySuffixes.count - 1, units % 1024 == 0 {
        units /= 1024
        suffix += 1
      }
      return "\(sign)\(units)\(binarySuffixes[suffix])"
    }
    var mantissa = magnitude
    var exponent = -9
    while exponent < 18, mantissa % 1000 == 0 {
      mantissa /= 1000
      exponent += 3
    }
    if format == .exponent { return exponent == 0 ? "\(sign)\(mantissa)" : "\(sign)\(mantissa)e\(exponent)" }
    return "\(sign)\(mantissa)\(decimalSuffixes[(exponent + 9) / 3])"
  }

  private static func scale(
    _ suffix: ArraySlice<UInt8>
  ) throws(Problem) -> (exponent: Int, factor: Int128, format: Format) {
    let text = String(decoding: suffix, as: UTF8.self)
    if let index = decimalSuffixes.firstIndex(of: text) { return ((index - 3) * 3, 1, .decimal) }
    if let index = binarySuffixes.firstIndex(of: text) { return (0, Int128(1) << Int128(10 * index), .binary) }
    if let first = text.first, first == "e" || first == "E", let power = Int(text.dropFirst()) {
      // Beyond these bounds every amount is the cap or the smallest.
      return (min(max(power, -60), 60), 1, .exponent)
    }
    // Letters, then perhaps a sign, then digits: the right form, but no suffix.
    var rest = suffix.drop { "eEinumkKMGTP".utf8.contains($0) }
    if let first = rest.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    rest = rest.drop { $0 >= 48 && $0 <= 57 }
    throw rest.isEmpty ? .suffix : .format
  }
}
