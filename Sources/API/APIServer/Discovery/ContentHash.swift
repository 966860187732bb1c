/// A hash of content for entity tags and `?hash=` parameters: FNV-1a in 128 bits as two independent 64-bit lanes. It
/// only tells versions of our own documents apart, nothing is protected by it.
enum ContentHash {
  static func hex(_ bytes: [UInt8]) -> String {
    let (first, second) = lanes(bytes)
    return padded(first) + padded(second)
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var value = lanes(bytes).0
    var text = ""
    for _ in 0..<10 {
      text.append(alphabet[Int(value & 63)])
      value >>= 6
    }
    return text + "="
  }

  private static func lanes(_ bytes: [UInt8]) -> (UInt64, UInt64) {
    var first: UInt64 = 0xcbf2_9ce4_8422_2325
    var second: UInt64 = 0x9e37_79b9_7f4a_7c15
    for byte in bytes {
      first = (first ^ UInt64(byte)) &* 0x100_0000_01b3
      second = ((second << 5 | second >> 59) ^ UInt64(byte)) &* 0x9fb2_1c65_1e98_df25
    }
    return (first, second)
  }

  private static func padded(_ value: UInt64) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
