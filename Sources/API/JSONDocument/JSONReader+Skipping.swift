// Passing over values, checked as strictly as if they were read.

extension JSONReader {
  /// Passes over any value, checking that it is valid.
  package mutating func skipValue() throws(JSONError) {
    if let end = endOfUsualValue() {
      // What a reader of the value would have left behind.
      _ = try peek()
      position = end
      atStart = false
      return
    }
    switch try peekKind() {
    case .null: try literal("null")
    case .bool: _ = try readBool()
    case .number: _ = try number()
    case .string: _ = try string()
    case .array:
      try beginArray()
      while try nextElement() { try skipValue() }
    case .object:
      try beginObject()
      while try advance(to: UInt8(ascii: "}")) {
        guard try peek() == UInt8(ascii: "\"") else { throw unexpected(bytes[position], expected: "a member's name") }
        _ = try string()
        try colon()
        try skipValue()
      }
    }
  }

  /// Passes over an object, whose members do not matter.
  package mutating func skipObject() throws(JSONError) {
    guard try peekKind() == .object else { throw try mismatch("an object") }
    try skipValue()
  }

  /// The text of the next value, which is checked, but of which nothing is made.
  package mutating func readRawValue() throws(JSONError) -> [UInt8] {
    // What is to be repaired has to be read.
    if repairsText { return try readValue().jsonBytes }
    skipWhiteSpace()
    let start = position
    try skipValue()
    return Array(bytes[start..<position])
  }

  /// The offset behind the value that comes next, if a scan in one go finds it valid; nil where somebody has to look
  /// closer: at what is invalid, at text beyond ASCII, at long numbers and at deep nesting.
  private func endOfUsualValue() -> Int? {
    let levels = min(UsualValueScan.levels, deepest - depth)
    return bytes.withUnsafeBufferPointer { bytes in
      var scan = UsualValueScan(bytes: bytes, position: position)
      return scan.value(within: levels) ? scan.position : nil
    }
  }
}

/// A scan over one value in a single loop.
private struct UsualValueScan {
  /// As many as there are bits in `containers`.
  static let levels = 64

  let bytes: UnsafeBufferPointer<UInt8>
  var position: Int
  /// The open containers, the innermost in the lowest bit: 1 for an object.
  private var containers: UInt64 = 0

  init(bytes: UnsafeBufferPointer<UInt8>, position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// Whether there is a usual value, behind which the position is then.
  mutating func value(within levels: Int) -> Bool {
    var depth = 0
    while true {
      // Before a value.
      guard let byte = token() else { return false }
      switch byte {
      case UInt8(ascii: "\""):
        guard string() else { return false }
      case UInt8(ascii: "{"):
        guard depth < levels else { return false }
        position += 1
        guard let next = token() else { return false }
        if next == UInt8(ascii: "}") {
          position += 1
        } else {
          depth += 1
          containers = containers << 1 | 1
          guard name() else { return false }
          continue
        }
      case UInt8(ascii: "["):
        guard depth < levels else { return false }
        position += 1
        guard let next = token() else { return false }
        if next == UInt8(ascii: "]") {
          position += 1
        } else {
          depth += 1
          containers <<= 1
          continue
        }
      case UInt8(ascii: "t"):
        guard literal("true") else { return false }
      case UInt8(ascii: "f"):
        guard literal("false") else { return false }
      case UInt8(ascii: "n"):
        guard literal("null") else { return false }
      default:
        guard number() else { return false }
      }
      // Behind a value: what it stands in goes on or ends, and with that perhaps what that stands in.
      while true {
        guard depth > 0 else { return true }
        guard let byte = token() else { return false }
        position += 1
        let isObject = containers & 1 == 1
        if byte == UInt8(ascii: ",") {
          guard !isObject || name() else { return false }
          break
        }
        guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
        containers >>= 1
        depth -= 1
      }
    }
  }

  /// The first byte of the next token, where the position is then.
  private mutating func token() -> UInt8? {
    while position < bytes.count {
      let byte = bytes[position]
      if byte > 0x20 { return byte }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return nil }
      position += 1
    }
    return nil
  }

  /// A member's name and the colon.
  private mutating func name() -> Bool {
    guard token() == UInt8(ascii: "\""), string(), token() == UInt8(ascii: ":") else { return false }
    position += 1
    return true
  }

  /// A string of ASCII, with escapes other than those of code points.
  private mutating func string() -> Bool {
    position += 1
    while true {
      position = UnescapedText.end(in: bytes, from: position)
      guard position < bytes.count else { return false }
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\"") { return true }
      guard byte == UInt8(ascii: "\\"), position < bytes.count else { return false }
      switch bytes[position] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
        UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
        position += 1
      default: return false
      }
    }
  }

  private mutating func literal(_ text: StaticString) -> Bool {
    guard bytes.count - position >= text.utf8CodeUnitCount else { return false }
    for index in 0..<text.utf8CodeUnitCount {
      guard bytes[position + index] == text.utf8Start[index] else { return false }
    }
    position += text.utf8CodeUnitCount
    return true
  }

  /// A whole number of at most 18 digits, so that it is in range.
  private mutating func number() -> Bool {
    if bytes[position] == UInt8(ascii: "-") { position += 1 }
    let start = position
    while position < bytes.count, bytes[position] &- UInt8(ascii: "0") < 10 { position += 1 }
    let digits = position - start
    guard digits > 0, digits <= 18, digits == 1 || bytes[start] != UInt8(ascii: "0") else { return false }
    guard position < bytes.count else { return true }
    let next = bytes[position]
    return next != UInt8(ascii: ".") && next | 0x20 != UInt8(ascii: "e")
  }
}
