package import JSONDocument

/// A JSON Web Token in its compact form, taken apart: `HEADER.CLAIMS.SIGNATURE`, each in base64url (RFC 7515, 7519).
/// Nothing of it is to be believed before the signature has been checked.
package struct CompactToken: Sendable {
  /// Longer ones are not looked at, in bytes.
  package static let longest = 16 * 1024

  /// `RS256`, `ES256`, or whatever the token says.
  package var algorithm: String
  /// Which key signed it; nil: it does not say.
  package var keyID: String?
  package var claims: JSONValue
  /// What the signature is over.
  package var signed: [UInt8]
  package var signature: [UInt8]

  /// Nil if the text is no such token. A header with members that must be understood (`crit`) is refused as well.
  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count <= Self.longest else { return nil }
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Self.object(parts[0]), let claims = Self.object(parts[1]),
      let signature = Base64URL.decode(parts[2]), let algorithm = header["alg"]?.stringValue, header["crit"] == nil
    else { return nil }
    self.algorithm = algorithm
    if let id = header["kid"] {
      guard let text = id.stringValue else { return nil }
      keyID = text
    }
    self.claims = claims
    signed = Array(bytes[..<(parts[1].endIndex)])
    self.signature = signature
  }

  private static func object(_ part: ArraySlice<UInt8>) -> JSONValue? {
    guard let bytes = Base64URL.decode(part), let value = try? JSONValue(jsonBytes: bytes), case .object = value,
      value.isNested(atMost: 8)
    else { return nil }
    return value
  }

  /// What a signature is to be made over.
  package static func signingInput(algorithm: String, keyID: String, claims: JSONValue) -> [UInt8] {
    let header: JSONValue = ["alg": .string(algorithm), "kid": .string(keyID)]
    return Array(Base64URL.encode(header.jsonBytes).utf8) + [UInt8(ascii: ".")]
      + Array(Base64URL.encode(claims.jsonBytes).utf8)
  }
}

/// Base64 with the alphabet of URLs and without padding (RFC 4648 §5).
package enum Base64URL {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 4 + 2) / 3)
    var position = 0
    while position < bytes.count {
      let left = min(3, bytes.count - position)
      var group = UInt32(bytes[position]) << 16
      if left > 1 { group |= UInt32(bytes[position + 1]) << 8 }
      if left > 2 { group |= UInt32(bytes[position + 2]) }
      for index in 0...left { text.append(alphabet[Int(group >> (18 - 6 * index)) & 0x3f]) }
      position += 3
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Nil for anything that `encode` would not have made: padding, other characters, bits that stand over.
  package static func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var group: UInt32 = 0
    var bits: UInt32 = 0
    for character in text {
      guard let value = value(character) else { return nil }
      group = group << 6 | value
      bits += 6
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: group >> bits))
        group &= (1 << bits) - 1
      }
    }
    return group == 0 ? bytes : nil
  }

  private static func value(_ character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 71
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) + 4
    case UInt8(ascii: "-"): 62
    case UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
