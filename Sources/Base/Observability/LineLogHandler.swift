import Glibc
package import Logging

/// Writes one line an event to the standard error: time in UTC, level, label, message, then the metadata as
/// `key=value`, sorted, values with spaces in quotes. Whoever logs does not wait for that: see ``LineQueue``.
package struct LineLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?
  private let label: String
  private let queue: LineQueue

  package init(label: String, level: Logger.Level = .info, queue: LineQueue = .standardError) {
    self.label = label
    self.queue = queue
    logLevel = level
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var all = metadata
    if let provided = metadataProvider?.get() { all.merge(provided) { $1 } }
    if let own = event.metadata { all.merge(own) { $1 } }
    if let error = event.error { all["error"] = .string("\(error)") }
    let text = Self.line(
      time: Self.now(), level: event.level, label: label, message: "\(event.message)", metadata: all)
    queue.append(Array(text.utf8))
  }

  static func line(
    time: String, level: Logger.Level, label: String, message: String, metadata: Logger.Metadata
  ) -> String {
    var text = "\(time) \(level.rawValue.uppercased()) \(label): \(message)"
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      let value = "\(value)"
      let quoted = value.isEmpty || value.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "=" })
      text += " \(key)=" + (quoted ? "\"\(value.replacing("\"", with: "\\\"").replacing("\n", with: "\\n"))\"" : value)
    }
    return text + "\n"
  }

  static func now() -> String {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    var parts = tm()
    gmtime_r(&time.tv_sec, &parts)
    func padded(_ value: some BinaryInteger, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))T"
      + "\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))."
      + "\(padded(time.tv_nsec / 1_000_000, 3))Z"
  }
}
