/// Writes the points in time and durations of protobuf messages as Kubernetes' JSON does.
enum ProtobufTime {
  /// The years 1 to 9999: what RFC 3339 can say.
  private static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// `2006-01-02T15:04:05Z`, with six digits of fraction if asked for; nil outside of the years 1 to 9999.
  static func text(seconds: Int64, nanoseconds: Int64, microseconds: Bool) -> String? {
    guard Self.seconds.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
    // From here on nothing can overflow.
    let secondOfDay = ((seconds % 86_400) + 86_400) % 86_400
    let (year, month, day) = date(daysSinceEpoch: (seconds - secondOfDay) / 86_400)
    var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(padded(secondOfDay / 3600, 2))"
    text += ":\(padded(secondOfDay / 60 % 60, 2)):\(padded(secondOfDay % 60, 2))"
    if microseconds { text += ".\(padded(nanoseconds / 1000, 6))" }
    return text + "Z"
  }

  /// Go's notation: `1h0m0s`, `1m30s`, `1.5s`, `300ms`, `0s`.
  static func duration(nanoseconds: Int64) -> String {
    let magnitude = nanoseconds.magnitude
    let sign = nanoseconds < 0 ? "-" : ""
    switch magnitude {
    case 0: return "0s"
    case ..<1000: return "\(sign)\(magnitude)ns"
    case ..<1_000_000: return sign + decimal(magnitude, 1000, 3) + "µs"
    case ..<1_000_000_000: return sign + decimal(magnitude, 1_000_000, 6) + "ms"
    default: break
    }
    let minutes = magnitude / 60_000_000_000
    var text = sign
    if minutes >= 60 { text += "\(minutes / 60)h" }
    if minutes > 0 { text += "\(minutes % 60)m" }
    return text + decimal(magnitude % 60_000_000_000, 1_000_000_000, 9) + "s"
  }

  /// `amount / unit` without zeros at the fraction's end.
  private static func decimal(_ amount: UInt64, _ unit: UInt64, _ digits: Int) -> String {
    var fraction = padded(Int64(amount % unit), digits)
    while fraction.last == "0" { fraction.removeLast() }
    return fraction.isEmpty ? "\(amount / unit)" : "\(amount / unit).\(fraction)"
  }

  /// Howard Hinnant's `civil_from_days`: the Gregorian date of a day.
  private static func date(daysSinceEpoch: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return text.count >= width ? text : String(repeating: "0", count: width - text.count) + text
  }
}
