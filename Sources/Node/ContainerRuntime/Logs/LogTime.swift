/// RFC 3339 times with nanoseconds, as they stand in container logs.
package enum LogTime {
  /// Nanoseconds since 1970 of a text like `2026-01-31T12:00:00.123456789Z` or `…+02:00`. Nil when it is none, or
  /// outside of what 64 bits hold (1678 to 2262).
  package static func parse(_ text: some Collection<UInt8>) -> Int64? {
    var rest = text[...]
    func number(_ digits: Int) -> Int64? {
      guard rest.count >= digits else { return nil }
      var value: Int64 = 0
      for byte in rest.prefix(digits) {
        guard (48...57).contains(byte) else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      rest = rest.dropFirst(digits)
      return value
    }
    func skip(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest = rest.dropFirst()
      return true
    }
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), skip("T"),
      let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2),
      (1679...2261).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
      second < 61
    else { return nil }
    var fraction: Int64 = 0
    if skip(".") {
      var scale: Int64 = 100_000_000
      var digits = 0
      while let byte = rest.first, (48...57).contains(byte) {
        fraction += Int64(byte - 48) * scale
        scale /= 10
        digits += 1
        rest = rest.dropFirst()
      }
      guard digits > 0 else { return nil }
    }
    var offset: Int64 = 0
    if !skip("Z") {
      let isNegative = rest.first == UInt8(ascii: "-")
      guard skip("+") || skip("-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * 60 * (isNegative ? -1 : 1)
    }
    guard rest.isEmpty else { return nil }
    let days = daysSince1970(year: year, month: month, day: day)
    return (((days * 24 + hour) * 60 + minute) * 60 + second - offset) * 1_000_000_000 + fraction
  }

  /// The time in UTC with nine digits of fraction.
  package static func text(_ nanoseconds: Int64) -> String {
    let second = nanoseconds.quotientAndFloor(by: 1_000_000_000)
    let day = second.quotient.quotientAndFloor(by: 86_400)
    let date = civil(daysSince1970: day.quotient)
    func pad(_ value: Int64, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(pad(date.year, 4))-\(pad(date.month, 2))-\(pad(date.day, 2))T\(pad(day.rest / 3600, 2))"
      + ":\(pad(day.rest / 60 % 60, 2)):\(pad(day.rest % 60, 2)).\(pad(second.rest, 9))Z"
  }

  // The proleptic Gregorian calendar counted in eras of 400 years from March, so that the leap day comes last
  // (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").

  private static func daysSince1970(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted.quotientAndFloor(by: 400)
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = era.rest * 365 + era.rest / 4 - era.rest / 100 + dayOfYear
    return era.quotient * 146_097 + dayOfEra - 719_468
  }

  private static func civil(daysSince1970 days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let era = (days + 719_468).quotientAndFloor(by: 146_097)
    let yearOfEra = (era.rest - era.rest / 1460 + era.rest / 36_524 - era.rest / 146_096) / 365
    let dayOfYear = era.rest - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era.quotient * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}

extension Int64 {
  fileprivate func quotientAndFloor(by divisor: Int64) -> (quotient: Int64, rest: Int64) {
    let (quotient, rest) = quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }
}
