/// Dates of the Gregorian calendar in UTC, and back, by Howard Hinnant's `days_from_civil` and `civil_from_days`.
enum CivilTime {
  /// Days since 1970-01-01.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let z = days + 719_468
    let era = (z >= 0 ? z : z - 146_096) / 146_097
    let dayOfEra = z - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let mp = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * mp + 2) / 5 + 1
    let month = mp < 10 ? mp + 3 : mp - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// `2006-01-02T15:04:05` plus the fraction (of `digits` digits, if any) plus `Z`.
  static func format(seconds: Int64, fraction: Int64 = 0, digits: Int = 0) -> String {
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = seconds - days * 86_400
    let (year, month, day) = date(days: days)
    if (0...9999).contains(year), digits == 0 || digits == 6 {
      // Every object holds several times: those of our era are put together in place.
      return String(unsafeUninitializedCapacity: 28) { text in
        var position = 0
        func put(_ number: Int64, _ width: Int, then separator: UInt8) {
          var left = number
          var digit = position + width
          while digit > position {
            digit -= 1
            text[digit] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: left % 10)
            left /= 10
          }
          text[position + width] = separator
          position += width + 1
        }
        put(year, 4, then: UInt8(ascii: "-"))
        put(month, 2, then: UInt8(ascii: "-"))
        put(day, 2, then: UInt8(ascii: "T"))
        put(rest / 3600, 2, then: UInt8(ascii: ":"))
        put(rest / 60 % 60, 2, then: UInt8(ascii: ":"))
        put(rest % 60, 2, then: digits > 0 ? UInt8(ascii: ".") : UInt8(ascii: "Z"))
        if digits > 0 { put(fraction, digits, then: UInt8(ascii: "Z")) }
        return position
      }
    }
    var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
    text += "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
    if digits > 0 { text += ".\(padded(fraction, digits))" }
    return text + "Z"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return text.count >= width ? text : String(repeating: "0", count: width - text.count) + text
  }

  /// RFC 3339 with any offset and fraction; nil if it is not that. The fraction is cut to nanoseconds.
  static func parse(_ text: String) -> (seconds: Int64, nanoseconds: Int64)? {
    let bytes = Array(text.utf8)
    var position = 0
    func number(_ digits: Int) -> Int64? {
      guard position + digits <= bytes.count else { return nil }
      var value: Int64 = 0
      for byte in bytes[position..<position + digits] {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      position += digits
      return value
    }
    func skip(_ characters: String) -> Bool {
      guard position < bytes.count, characters.utf8.contains(bytes[position]) else { return false }
      position += 1
      return true
    }
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2), skip("Tt"),
      let hour = number(2), skip(":"), let minute = number(2), skip(":"), let second = number(2)
    else { return nil }
    guard (1...12).contains(month), day >= 1, day <= daysIn(month: month, year: year), hour < 24, minute < 60,
      second < 60
    else { return nil }
    var nanoseconds: Int64 = 0
    if skip(".") {
      var scale: Int64 = 100_000_000
      let start = position
      while let digit = number(1) {
        nanoseconds += digit * scale
        scale /= 10
      }
      guard position > start else { return nil }
    }
    var seconds = days(year: year, month: month, day: day) * 86_400 + hour * 3600 + minute * 60 + second
    if !skip("Zz") {
      let sign: Int64 = position < bytes.count && bytes[position] == UInt8(ascii: "-") ? -1 : 1
      guard skip("+-"), let hours = number(2), skip(":"), let minutes = number(2), hours < 24, minutes < 60 else {
        return nil
      }
      seconds -= sign * (hours * 3600 + minutes * 60)
    }
    guard position == bytes.count else { return nil }
    return (seconds, nanoseconds)
  }

  private static func daysIn(month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
