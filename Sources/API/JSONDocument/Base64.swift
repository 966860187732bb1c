/// Base64 of RFC 4648, section 4: the standard alphabet with padding.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Values by character; 255 marks what is no base64 character.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 255, count: 256)
    for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
    return values
  }()

  /// Appends the encoding of `bytes`.
  package static func encode(_ bytes: [UInt8], into output: inout [UInt8]) {
    output.reserveCapacity(output.count + (bytes.count + 2) / 3 * 4)
    var position = 0
    while position + 2 < bytes.count {
      let group = UInt32(bytes[position]) << 16 | UInt32(bytes[position + 1]) << 8 | UInt32(bytes[position + 2])
      for shift in [18, 12, 6, 0] as [UInt32] { output.append(alphabet[Int(group >> shift & 63)]) }
      position += 3
    }
    let pad = UInt8(ascii: "=")
    switch bytes.count - position {
    case 1:
      let group = UInt32(bytes[position]) << 16
      output.append(contentsOf: [alphabet[Int(group >> 18)], alphabet[Int(group >> 12 & 63)], pad, pad])
    case 2:
      let group = UInt32(bytes[position]) << 16 | UInt32(bytes[position + 1]) << 8
      output.append(contentsOf: [
        alphabet[Int(group >> 18)], alphabet[Int(group >> 12 & 63)], alphabet[Int(group >> 6 & 63)], pad,
      ])
    default: break
    }
  }

  /// The text of the encoding.
  package static func encode(_ bytes: [UInt8]) -> String {
    var output: [UInt8] = []
    encode(bytes, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Where Go's decoder would complain: the offset of the first character that is out of place, or of the group of
  /// four that is not whole; nil if the text is padded base64.
  package static func firstProblem(_ text: some Collection<UInt8>) -> Int? {
    guard decode(text) == nil else { return nil }
    var inGroup = 0
    for (offset, character) in text.enumerated() where character != 10 && character != 13 {
      let isPadding = character == UInt8(ascii: "=")
      if values[Int(character)] == 255, !isPadding || inGroup < 2 { return offset }
      if isPadding {
        // Behind the padding nothing may come but what completes it.
        let rest = text.dropFirst(offset + 1).filter { $0 != 10 && $0 != 13 }
        if inGroup == 2, rest.first != UInt8(ascii: "=") { return rest.isEmpty ? text.count : offset + 1 }
        return offset + (inGroup == 2 ? 2 : 1)
      }
      inGroup = (inGroup + 1) & 3
    }
    return text.count - inGroup
  }

  /// Nil if the text is not padded base64. Line breaks are skipped, as Go's decoder skips them.
  package static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var output: [UInt8] = []
    var group: UInt32 = 0
    var filled = 0
    var padding = 0
    for character in text {
      if character == 10 || character == 13 { continue }
      if character == UInt8(ascii: "=") {
        padding += 1
        guard padding <= 2, filled + padding <= 4, filled >= 2 else { return nil }
        continue
      }
      let value = values[Int(character)]
      guard value != 255, padding == 0 else { return nil }
      group = group << 6 | UInt32(value)
      filled += 1
      if filled == 4 {
        output.append(contentsOf: [
          UInt8(truncatingIfNeeded: group >> 16), UInt8(truncatingIfNeeded: group >> 8),
          UInt8(truncatingIfNeeded: group),
        ])
        group = 0
        filled = 0
      }
    }
    switch (filled, padding) {
    case (0, 0): break
    case (2, 2): output.append(UInt8(truncatingIfNeeded: group >> 4))
    case (3, 1):
      output.append(UInt8(truncatingIfNeeded: group >> 10))
      output.append(UInt8(truncatingIfNeeded: group >> 2))
    default: return nil
    }
    return output
  }
}
