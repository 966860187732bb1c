import APISchema
import Crypto
import JSONDocument

/// Hashes that tell versions apart; nothing is protected by them.
enum ContentHash {
  /// For the entity tags of our own documents: FNV-1a in 128 bits as two independent 64-bit lanes.
  static func hex(_ bytes: [UInt8]) -> String {
    let (first, second) = lanes(bytes)
    return padded(first) + padded(second)
  }

  /// Discovery's `storageVersionHash`: base64 of the first eight bytes of SHA-256 of `GROUP/VERSION/KIND`, as
  /// Kubernetes makes it; the core group has no name, so that its kinds begin with the slash.
  static func storageVersion(_ kind: GroupVersionKind) -> String {
    let text = "\(kind.group)/\(kind.version)/\(kind.kind)"
    return Base64.encode(Array(SHA256.hash(data: Array(text.utf8)).prefix(8)))
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
