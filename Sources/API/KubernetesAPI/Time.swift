package import JSONDocument

/// A point in time in whole seconds, RFC 3339 in JSON (`2006-01-02T15:04:05Z`).
package struct Time: JSONCodable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
  package var secondsSinceEpoch: Int64

  package init(secondsSinceEpoch: Int64) { self.secondsSinceEpoch = secondsSinceEpoch }

  /// The epoch.
  package init() { secondsSinceEpoch = 0 }

  /// From RFC 3339, any offset; a fraction is cut off. Nil if it is not that.
  package init?(_ text: String) {
    guard let parsed = CivilTime.parse(text) else { return nil }
    secondsSinceEpoch = parsed.seconds
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    let text = try reader.readString()
    guard let time = Time(text) else { throw reader.invalidValue("expected a time as 2006-01-02T15:04:05Z") }
    self = time
  }

  package func write(to writer: inout JSONWriter) { writer.write(description) }

  package var description: String { CivilTime.format(seconds: secondsSinceEpoch) }

  package static func < (left: Time, right: Time) -> Bool { left.secondsSinceEpoch < right.secondsSinceEpoch }
}

/// A point in time in microseconds, RFC 3339 with six digits of fraction in JSON (`2006-01-02T15:04:05.000000Z`).
package struct MicroTime: JSONCodable, Hashable, Comparable, CustomStringConvertible {
  /// Microseconds since 1970-01-01T00:00:00Z, without leap seconds.
  package var microsecondsSinceEpoch: Int64

  package init(microsecondsSinceEpoch: Int64) { self.microsecondsSinceEpoch = microsecondsSinceEpoch }

  /// The epoch.
  package init() { microsecondsSinceEpoch = 0 }

  /// From RFC 3339, any offset; what is finer than a microsecond is cut off. Nil if it is not that.
  package init?(_ text: String) {
    guard let parsed = CivilTime.parse(text) else { return nil }
    microsecondsSinceEpoch = parsed.seconds * 1_000_000 + parsed.nanoseconds / 1000
  }

  package init(from reader: inout JSONReader) throws(JSONError) {
    let text = try reader.readString()
    guard let time = MicroTime(text) else {
      throw reader.invalidValue("expected a time as 2006-01-02T15:04:05.000000Z")
    }
    self = time
  }

  package func write(to writer: inout JSONWriter) { writer.write(description) }

  package var description: String {
    let seconds =
      microsecondsSinceEpoch >= 0 ? microsecondsSinceEpoch / 1_000_000 : (microsecondsSinceEpoch - 999_999) / 1_000_000
    return CivilTime.format(seconds: seconds, fraction: microsecondsSinceEpoch - seconds * 1_000_000, digits: 6)
  }

  package static func < (left: MicroTime, right: MicroTime) -> Bool {
    left.microsecondsSinceEpoch < right.microsecondsSinceEpoch
  }
}
