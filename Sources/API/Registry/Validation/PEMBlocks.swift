import JSONDocument

/// A block of text that carries binary data between two lines that name it (RFC 7468).
struct PEMBlock: Sendable, Equatable {
  /// `CERTIFICATE REQUEST`
  var label: String
  /// Whether lines of the old kind, `Name: value`, stand before the data.
  var hasHeaders: Bool
  var bytes: [UInt8]

  /// The blocks of a text in their order; what stands between them is passed over, and so is a block that is broken.
  static func all(in text: [UInt8]) -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var open: (label: String, hasHeaders: Bool, base64: [UInt8])?
    for line in text.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
      let words = String(decoding: line, as: UTF8.self).trimmedOfBlanks
      if let label = words.between("-----BEGIN ", "-----") {
        open = (label, false, [])
      } else if let label = words.between("-----END ", "-----") {
        if let block = open, block.label == label, let bytes = Base64.decode(block.base64) {
          blocks.append(PEMBlock(label: label, hasHeaders: block.hasHeaders, bytes: bytes))
        }
        open = nil
      } else if words.contains(":") {
        open?.hasHeaders = true
      } else {
        open?.base64 += words.utf8
      }
    }
    return blocks
  }
}

extension String {
  fileprivate var trimmedOfBlanks: String {
    let bytes = utf8.drop { $0 == 0x20 || $0 == 0x09 }
    return String(decoding: bytes.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed(), as: UTF8.self)
  }

  fileprivate func between(_ start: String, _ end: String) -> String? {
    guard hasPrefix(start), hasSuffix(end), utf8.count >= start.utf8.count + end.utf8.count else { return nil }
    return String(dropFirst(start.count).dropLast(end.count))
  }
}

/// Looks at the outer structure of DER (X.690), enough to tell a certificate or a request for one from anything else.
struct DERReader {
  static let sequence: UInt8 = 0x30
  static let integer: UInt8 = 0x02
  static let bitString: UInt8 = 0x03
  /// The constructed element `[0]`.
  static let context0: UInt8 = 0xa0

  private var rest: ArraySlice<UInt8>

  init(_ bytes: some Sequence<UInt8>) { rest = Array(bytes)[...] }

  var isAtEnd: Bool { rest.isEmpty }
  var nextTag: UInt8? { rest.first }

  /// The content of the next element if it has that tag; nil if it has another one or is cut short.
  mutating func element(_ tag: UInt8) -> DERReader? {
    guard rest.first == tag, rest.count >= 2 else { return nil }
    var position = rest.startIndex + 1
    var length = Int(rest[position])
    position += 1
    if length >= 0x80 {
      let count = length & 0x7f
      guard (1...4).contains(count), rest.endIndex - position >= count else { return nil }
      length = rest[position..<position + count].reduce(0) { $0 << 8 | Int($1) }
      position += count
    }
    guard rest.endIndex - position >= length else { return nil }
    defer { rest = rest[(position + length)...] }
    return DERReader(rest[position..<position + length])
  }

  /// Skips the next element, whatever it is.
  mutating func skip() -> Bool { nextTag.map { element($0) != nil } ?? false }

  /// A `CertificationRequest` of PKCS #10 (RFC 2986): what is to be signed, the algorithm, the signature.
  static func isCertificateRequest(_ bytes: [UInt8]) -> Bool {
    guard var info = signed(bytes), info.element(integer) != nil, info.element(sequence) != nil,
      info.element(sequence) != nil
    else { return false }
    return info.isAtEnd || (info.element(context0) != nil && info.isAtEnd)
  }

  /// A `Certificate` of X.509 (RFC 5280): serial number, algorithm, issuer, validity, subject, key.
  static func isCertificate(_ bytes: [UInt8]) -> Bool {
    guard var info = signed(bytes) else { return false }
    if info.nextTag == context0, !info.skip() { return false }
    guard info.element(integer) != nil else { return false }
    return (0..<5).allSatisfy { _ in info.element(sequence) != nil }
  }

  /// The content of what is signed, if around it there is an algorithm and a signature and nothing else.
  private static func signed(_ bytes: [UInt8]) -> DERReader? {
    var reader = DERReader(bytes)
    guard var outer = reader.element(sequence), reader.isAtEnd, let info = outer.element(sequence),
      outer.element(sequence) != nil, outer.element(bitString) != nil, outer.isAtEnd
    else { return nil }
    return info
  }
}
