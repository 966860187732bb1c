/// How long something took, in the short form that tables show: at most two units, fewer the longer it is.
enum HumanDuration {
  static func text(seconds: Int64) -> String {
    if seconds < -1 { return "<invalid>" }
    let seconds = max(seconds, 0)
    if seconds < 120 { return "\(seconds)s" }
    let minutes = seconds / 60
    if minutes < 10 { return pair(minutes, "m", seconds % 60, "s") }
    if minutes < 180 { return "\(minutes)m" }
    let hours = minutes / 60
    if hours < 8 { return pair(hours, "h", minutes % 60, "m") }
    if hours < 48 { return "\(hours)h" }
    let days = hours / 24
    if hours < 192 { return pair(days, "d", hours % 24, "h") }
    if days < 730 { return "\(days)d" }
    let years = days / 365
    if days < 2920 { return pair(years, "y", days % 365, "d") }
    return "\(years)y"
  }

  private static func pair(_ large: Int64, _ unit: String, _ small: Int64, _ smallUnit: String) -> String {
    small == 0 ? "\(large)\(unit)" : "\(large)\(unit)\(small)\(smallUnit)"
  }
}
