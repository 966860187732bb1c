/// Points in time and durations as text, read as Go reads them: with its messages, since users know those.
enum TimeText {
  /// What a text stands for, since 1970-01-01T00:00:00Z.
  struct Instant: Equatable {
    var seconds: Int64
    var nanoseconds: Int64
    /// The first instant of the year 1: Go's zero value, which stands for no time at all.
    var isZero: Bool { seconds == -62_135_596_800 && nanoseconds == 0 }
  }

  struct Problem: Error {
    let message: String
  }

  /// The layouts of `Time` and `MicroTime`, as Go names them.
  static let layout = "2006-01-02T15:04:05Z07:00"
  static let microLayout = "2006-01-02T15:04:05.000000Z07:00"

  /// Reads RFC 3339. `MicroTime` asks for exactly six digits of fraction, `Time` for any number of them.
  static func parse(_ text: String, microseconds: Bool) throws(Problem) -> Instant {
    var parser = TimeParser(text: text, layout: microseconds ? microLayout : layout)
    return try parser.parse(microseconds: microseconds)
  }

  /// The canonical form: UTC, whole seconds or six digits; nil for Go's zero time, which JSON shows as `null`.
  static func canonical(_ text: String, microseconds: Bool) throws(Problem) -> String? {
    let instant = try parse(text, microseconds: microseconds)
    if instant.isZero { return nil }
    guard
      let text = ProtobufTime.text(
        seconds: instant.seconds, nanoseconds: instant.nanoseconds, microseconds: microseconds)
    else { throw Problem(message: "Time.MarshalJSON: year outside of range [0,9999]") }
    return text
  }

  private static let units: [String: Int64] = [
    "ns": 1, "us": 1000, "µs": 1000, "μs": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000,
    "h": 3_600_000_000_000,
  ]

  /// Nanoseconds of Go's notation (`1h30m`, `-1.5s`, `0`).
  static func duration(_ text: String) throws(Problem) -> Int64 {
    let invalid = Problem(message: "time: invalid duration \(text.debugDescription)")
    var rest = Substring(text)
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
    if rest == "0" { return 0 }
    guard !rest.isEmpty else { throw invalid }
    func isNumeral(_ character: Character) -> Bool {
      character.isASCII && character.isWholeNumber || character == "."
    }
    var total: Int64 = 0
    while !rest.isEmpty {
      let digits = rest.prefix(while: isNumeral)
      rest = rest.dropFirst(digits.count)
      let name = rest.prefix { !isNumeral($0) }
      rest = rest.dropFirst(name.count)
      let halves = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      guard digits.contains(where: \.isWholeNumber), !(halves.count > 1 && halves[1].contains(".")) else {
        throw invalid
      }
      guard let unit = units[String(name)] else {
        throw Problem(
          message: name.isEmpty
            ? "time: missing unit in duration \(text.debugDescription)"
            : "time: unknown unit \(String(name).debugDescription) in duration \(text.debugDescription)")
      }
      var part: Int64 = 0
      if !halves[0].isEmpty {
        guard let whole = Int64(halves[0]) else { throw invalid }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
        guard !overflow else { throw invalid }
        part = product
      }
      var scale = unit
      for digit in halves.count > 1 ? halves[1] : "" {
        scale /= 10
        part += scale * Int64(digit.wholeNumberValue ?? 0)
      }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { throw invalid }
      total = sum
    }
    return isNegative ? -total : total
  }
}

/// Follows a text along Go's layout, element by element.
private struct TimeParser {
  let text: String
  let layout: String
  let bytes: [UInt8]
  var position = 0

  init(text: String, layout: String) {
    self.text = text
    self.layout = layout
    self.bytes = Array(text.utf8)
  }

  mutating func parse(microseconds: Bool) throws(TimeText.Problem) -> TimeText.Instant {
    let year = try number(4, "2006")
    try literal("-")
    let month = try number(2, "01")
    guard (1...12).contains(month) else { throw outOfRange("month") }
    try literal("-")
    let day = try number(2, "02")
    try literal("T")
    let hour = try number(2, "15")
    guard hour < 24 else { throw outOfRange("hour") }
    try literal(":")
    let minute = try number(2, "04")
    guard minute < 60 else { throw outOfRange("minute") }
    try literal(":")
    let second = try number(2, "05")
    guard second < 60 else { throw outOfRange("second") }
    let nanoseconds = try fraction(microseconds: microseconds)
    let offset = try zone()
    guard position == bytes.count else { throw problem(": extra text: \(rest.debugDescription)") }
    guard day >= 1, day <= Self.days(month: month, year: year) else { throw outOfRange("day") }
    let days = Self.daysSinceEpoch(year: year, month: month, day: day)
    return TimeText.Instant(
      seconds: days * 86_400 + hour * 3600 + minute * 60 + second - offset, nanoseconds: nanoseconds)
  }

  private var rest: String { String(decoding: bytes[position...], as: UTF8.self) }

  private func problem(_ detail: String) -> TimeText.Problem {
    TimeText.Problem(message: "parsing time \(text.debugDescription)\(detail)")
  }

  private func cannot(_ element: String) -> TimeText.Problem {
    problem(" as \"\(layout)\": cannot parse \(rest.debugDescription) as \"\(element)\"")
  }

  private func outOfRange(_ part: String) -> TimeText.Problem { problem(": \(part) out of range") }

  private mutating func number(_ count: Int, _ element: String) throws(TimeText.Problem) -> Int64 {
    guard position + count <= bytes.count else { throw cannot(element) }
    var value: Int64 = 0
    for byte in bytes[position..<position + count] {
      guard byte >= 48, byte <= 57 else { throw cannot(element) }
      value = value * 10 + Int64(byte - 48)
    }
    position += count
    return value
  }

  private mutating func literal(_ character: Unicode.Scalar) throws(TimeText.Problem) {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else {
      throw cannot(String(character))
    }
    position += 1
  }

  private mutating func fraction(microseconds: Bool) throws(TimeText.Problem) -> Int64 {
    let isThere =
      position + 1 < bytes.count && (bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ","))
      && bytes[position + 1] >= 48 && bytes[position + 1] <= 57
    guard isThere else {
      if microseconds { throw cannot(".000000") }
      return 0
    }
    let start = position
    position += 1
    var scale: Int64 = 100_000_000
    var nanoseconds: Int64 = 0
    var count = 0
    while position < bytes.count, bytes[position] >= 48, bytes[position] <= 57 {
      nanoseconds += Int64(bytes[position] - 48) * scale
      scale /= 10
      count += 1
      position += 1
    }
    if microseconds, count != 6 {
      position = start
      throw cannot(".000000")
    }
    return nanoseconds
  }

  /// Seconds east of Greenwich.
  private mutating func zone() throws(TimeText.Problem) -> Int64 {
    guard position < bytes.count else { throw cannot("Z07:00") }
    if bytes[position] == UInt8(ascii: "Z") {
      position += 1
      return 0
    }
    let sign: Int64 = bytes[position] == UInt8(ascii: "-") ? -1 : 1
    guard bytes.count - position >= 6, sign < 0 || bytes[position] == UInt8(ascii: "+"),
      bytes[position + 3] == UInt8(ascii: ":")
    else { throw cannot("Z07:00") }
    let digits = [1, 2, 4, 5].map { bytes[position + $0] }
    guard digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { throw cannot("Z07:00") }
    let (hours, minutes) = (
      Int64(digits[0] - 48) * 10 + Int64(digits[1] - 48), Int64(digits[2] - 48) * 10 + Int64(digits[3] - 48)
    )
    guard hours <= 24, minutes < 60 else { throw outOfRange("time zone offset \(hours > 24 ? "hour" : "minute")") }
    position += 6
    return sign * (hours * 3600 + minutes * 60)
  }

  /// Howard Hinnant's `days_from_civil`.
  private static func daysSinceEpoch(year: Int64, month: Int64, day: Int64) -> Int64 {
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func days(month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
