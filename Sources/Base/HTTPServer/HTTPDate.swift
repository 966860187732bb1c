import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The `Date` header's value, made once a second.
enum HTTPDate {
  private static let cache = Mutex<(second: Int, text: String)>((0, ""))

  static func now() -> String {
    let second = time(nil)
    return cache.withLock { cache in
      if cache.second != second { cache = (second, text(second)) }
      return cache.text
    }
  }

  /// IMF-fixdate (RFC 9110, 5.6.7).
  static func text(_ second: Int) -> String {
    let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    var instant = time_t(second)
    var parts = tm()
    gmtime_r(&instant, &parts)
    func two(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) GMT"
  }
}
