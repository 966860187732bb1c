package import JSONDocument

/// A number or a name or a percentage, as ports and budgets take it.
package enum IntOrString: JSONCodable, Hashable, CustomStringConvertible {
  case int(Int32)
  case string(String)

  /// 0.
  package init() { self = .int(0) }

  package init(from reader: inout JSONReader) throws(JSONError) {
    if try reader.peekKind() == .string {
      self = .string(try reader.readString())
    } else {
      self = .int(try reader.readInt32())
    }
  }

  package func write(to writer: inout JSONWriter) {
    switch self {
    case .int(let value): writer.write(value)
    case .string(let value): writer.write(value)
    }
  }

  package var description: String {
    switch self {
    case .int(let value): String(value)
    case .string(let value): value
    }
  }

  /// The number, or the percentage (`25%`) of `total`; nil for any other text. A part is rounded up or down.
  package func scaled(total: Int, roundingUp: Bool) -> Int? {
    switch self {
    case .int(let value): return Int(value)
    case .string(let text):
      guard text.hasSuffix("%"), let percent = Int(text.dropLast()), percent >= 0 else { return nil }
      let (product, overflow) = percent.multipliedReportingOverflow(by: total)
      guard !overflow else { return nil }
      return product / 100 + (roundingUp && product % 100 > 0 ? 1 : 0)
    }
  }
}
