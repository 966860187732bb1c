import KubernetesAPI

#if canImport(Glibc)
  import Glibc
#endif

/// A schedule in cron's notation, as far as it has to be known to be one: five fields, or a word such as `@hourly`.
///
/// Fields hold `*`, numbers, names of months and weekdays, ranges, steps and lists of these; `?` means `*`. What is
/// wrong is said in the words of the library that Kubernetes uses.
struct CronSchedule {
  struct Problem: Error { var reason: String }

  private struct Field {
    var range: ClosedRange<Int>
    var names: [String] = []
    /// The number of the first name.
    var first = 0
  }

  private static let fields = [
    Field(range: 0...59), Field(range: 0...23), Field(range: 1...31),
    Field(
      range: 1...12,
      names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], first: 1),
    Field(range: 0...6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
  ]
  private static let words = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]

  init(_ text: String) throws(Problem) {
    var text = Substring(text)
    if text.isEmpty { throw Problem(reason: "empty spec string") }
    if text.hasPrefix("TZ=") || text.hasPrefix("CRON_TZ=") {
      let end = text.firstIndex(of: " ") ?? text.endIndex
      let zone = text[..<end].drop { $0 != "=" }.dropFirst()
      if !TimeZones.isKnown(String(zone)) {
        throw Problem(reason: "provided bad location \(zone): unknown time zone \(zone)")
      }
      text = text[end...].drop { $0 == " " }
    }
    if text.hasPrefix("@") {
      try Self.word(String(text))
      return
    }
    let parts = text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    guard parts.count == Self.fields.count else {
      throw Problem(
        reason: "expected exactly \(Self.fields.count) fields, found \(parts.count): "
          + "[" + parts.joined(separator: " ") + "]")
    }
    for (part, field) in zip(parts, Self.fields) {
      for term in part.split(separator: ",") { try Self.term(term, field) }
    }
  }

  private static func word(_ text: String) throws(Problem) {
    if words.contains(text) { return }
    let every = "@every "
    if text.hasPrefix(every) {
      let duration = String(text.dropFirst(every.count))
      if GoDuration(duration) == nil {
        throw Problem(
          reason: "failed to parse duration \(text): time: invalid duration \(FieldError.quoted(duration))")
      }
      return
    }
    throw Problem(reason: "unrecognized descriptor: \(text)")
  }

  /// `*`, `3`, `mon-fri`, `*/15`, `10-20/2`
  private static func term(_ text: Substring, _ field: Field) throws(Problem) {
    let halves = text.split(separator: "/", omittingEmptySubsequences: false)
    let limits = halves[0].split(separator: "-", omittingEmptySubsequences: false)
    var low: Int
    var high: Int
    if limits[0] == "*" || limits[0] == "?" {
      low = field.range.lowerBound
      high = field.range.upperBound
    } else {
      low = try number(limits[0], field)
      switch limits.count {
      case 1: high = low
      case 2: high = try number(limits[1], field)
      default: throw Problem(reason: "too many hyphens: \(text)")
      }
    }
    switch halves.count {
    case 1: break
    case 2:
      let step = try number(halves[1], Field(range: 0...0))
      if step == 0 { throw Problem(reason: "step of range should be a positive number: \(text)") }
      // A single number with a step goes on to the end.
      if limits.count == 1 { high = field.range.upperBound }
    default: throw Problem(reason: "too many slashes: \(text)")
    }
    if low < field.range.lowerBound {
      throw Problem(
        reason: "beginning of range (\(low)) below minimum (\(field.range.lowerBound)): \(text)")
    }
    if high > field.range.upperBound {
      throw Problem(reason: "end of range (\(high)) above maximum (\(field.range.upperBound)): \(text)")
    }
    if low > high { throw Problem(reason: "beginning of range (\(low)) beyond end of range (\(high)): \(text)") }
  }

  private static func number(_ text: Substring, _ field: Field) throws(Problem) -> Int {
    if let index = field.names.firstIndex(of: text.lowercased()) { return index + field.first }
    guard let number = Int(text) else {
      throw Problem(
        reason: "failed to parse int from \(text): strconv.Atoi: parsing \(FieldError.quoted(String(text))): "
          + "invalid syntax")
    }
    if number < 0 { throw Problem(reason: "negative number (\(number)) not allowed: \(text)") }
    return number
  }
}

/// Names of time zones, as IANA gives them.
enum TimeZones {
  private static let folders = ["/usr/share/zoneinfo/", "/usr/lib/zoneinfo/", "/usr/share/lib/zoneinfo/"]

  /// Whether the machine's data base has the zone. Without a data base a name of the right form is believed.
  static func isKnown(_ name: String) -> Bool {
    if name.isEmpty || name == "UTC" { return true }
    guard !name.hasPrefix("/"), !name.contains("\\"), !name.split(separator: "/").contains("..") else { return false }
    guard let folder = folders.first(where: { access($0, F_OK) == 0 }) else {
      return name.utf8.allSatisfy {
        (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0) || "/_+-".utf8.contains($0)
      }
    }
    var information = stat()
    return stat(folder + name, &information) == 0 && information.st_mode & S_IFMT == S_IFREG
  }
}
