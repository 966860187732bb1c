package import ClusterConfig
import Crypto
import FoundationEssentials
import SwiftASN1
import X509

/// A request for a certificate (PKCS #10): who wants one, under which names, for which key. What is read here has come
/// from anybody; only that the one who asks holds the key is known.
package struct CertificateRequest: Sendable {
  /// Why bytes are no request that can be looked at.
  package struct Malformed: Error, Hashable, Sendable, CustomStringConvertible {
    package var description: String
  }

  /// The subject's last common name, and all its organisations. Empty where it names nobody.
  package let commonName: String
  package let organizations: [String]
  package let dnsNames: [String]
  /// IPv4 addresses with dots; IPv6 ones as eight groups.
  package let addresses: [String]
  package let emailAddresses: [String]
  package let uris: [String]

  let request: CertificateSigningRequest
  let subject: DistinguishedName
  /// The names that go over into a certificate.
  let alternatives: [GeneralName]

  /// Reads the first block of a PEM text, as it stands in a CertificateSigningRequest's `spec.request`.
  package init(pem text: [UInt8]) throws(Malformed) {
    guard let bytes = Self.firstBlock(of: text) else {
      throw Malformed(description: "PEM block type must be CERTIFICATE REQUEST")
    }
    try self.init(der: bytes)
  }

  /// Reads a request and checks its signature.
  package init(der bytes: [UInt8]) throws(Malformed) {
    let request: CertificateSigningRequest
    do {
      request = try CertificateSigningRequest(derEncoded: bytes)
    } catch {
      throw Malformed(description: "not a PKCS #10 request: \(error)")
    }
    guard request.publicKey.isValidSignature(request.signature, for: request) else {
      throw Malformed(description: "the request's signature is not by the key that it carries")
    }
    try self.init(request)
  }

  private init(_ request: CertificateSigningRequest) throws(Malformed) {
    self.request = request
    subject = request.subject
    var commonName = ""
    var organizations: [String] = []
    for relative in request.subject {
      for attribute in relative {
        let isName = attribute.type == .RDNAttributeType.commonName
        guard isName || attribute.type == .RDNAttributeType.organizationName else { continue }
        // What one reader passes over, another one may take for a name or a group.
        guard let value = String(attribute.value) else {
          throw Malformed(description: "the subject has a name that is no text")
        }
        if isName { commonName = value } else { organizations.append(value) }
      }
    }
    self.commonName = commonName
    self.organizations = organizations
    var dns: [String] = []
    var addresses: [String] = []
    var emails: [String] = []
    var uris: [String] = []
    var kept: [GeneralName] = []
    let names: SubjectAlternativeNames
    do {
      names = try request.attributes.extensionRequest?.extensions.subjectAlternativeNames ?? SubjectAlternativeNames()
    } catch {
      throw Malformed(description: "its alternative names cannot be read: \(error)")
    }
    for name in names {
      switch name {
      case .dnsName(let text): dns.append(text)
      case .rfc822Name(let text): emails.append(text)
      case .uniformResourceIdentifier(let text): uris.append(text)
      case .ipAddress(let octets):
        guard let text = Self.text(ofAddress: Array(octets.bytes)) else {
          throw Malformed(description: "it has an address of \(octets.bytes.count) bytes")
        }
        addresses.append(text)
      default: continue
      }
      kept.append(name)
    }
    dnsNames = dns
    self.addresses = addresses
    emailAddresses = emails
    self.uris = uris
    alternatives = kept
  }

  /// A new request.
  package init(
    for identity: CertificateIdentity, names: [String] = [], addresses: [IPv4Address] = [], key: CertificateKey
  ) throws {
    let names =
      names.map { GeneralName.dnsName($0) } + addresses.map { .ipAddress(.init(contentBytes: $0.bytes[...])) }
    var attributes = CertificateSigningRequest.Attributes()
    if !names.isEmpty {
      let extensions = try Certificate.Extensions { SubjectAlternativeNames(names) }
      attributes.insert(try .init(ExtensionRequest(extensions: extensions)))
    }
    try self.init(
      CertificateSigningRequest(
        version: .v1, subject: identity.distinguishedName, privateKey: key.key, attributes: attributes,
        signatureAlgorithm: .ecdsaWithSHA256))
  }

  package var pem: String { get throws { try request.serializeAsPEM().pemString + "\n" } }

  /// The SHA-256 of the subject and the public key, in hexadecimal digits: the same for the same wish with the same key.
  package var digest: String {
    var hash = SHA256()
    hash.update(data: Array(request.publicKey.subjectPublicKeyInfoBytes))
    hash.update(data: Array("\(organizations)\(commonName)\(dnsNames)\(addresses)".utf8))
    return Hexadecimal.text(Array(hash.finalize()))
  }

  // MARK: Bytes

  /// The first whole block, if it is a request.
  private static func firstBlock(of text: [UInt8]) -> [UInt8]? {
    var open: (label: String, base64: String)?
    for line in text.split(whereSeparator: { $0 == 0x0a || $0 == 0x0d }) {
      let words = String(decoding: line, as: UTF8.self).trimmingSpaces
      if words.hasPrefix("-----BEGIN "), words.hasSuffix("-----") {
        open = (String(words.dropFirst(11).dropLast(5)), "")
      } else if words.hasPrefix("-----END "), words.hasSuffix("-----") {
        if let block = open, block.label == words.dropFirst(9).dropLast(5),
          let bytes = Data(base64Encoded: block.base64)
        {
          return block.label == "CERTIFICATE REQUEST" ? Array(bytes) : nil
        }
        open = nil
      } else {
        open?.base64 += words
      }
    }
    return nil
  }

  private static func text(ofAddress bytes: [UInt8]) -> String? {
    switch bytes.count {
    case 4: return bytes.map { "\($0)" }.joined(separator: ".")
    case 16:
      return stride(from: 0, to: 16, by: 2)
        .map { String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    default: return nil
    }
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}

/// A private key over P-256, for a certificate that somebody else signs.
package struct CertificateKey: Sendable {
  let key: Certificate.PrivateKey

  /// A new one.
  package init() { key = Certificate.PrivateKey(P256.Signing.PrivateKey()) }

  package init(pem: String) throws { key = try Certificate.PrivateKey(pemEncoded: pem) }

  package var pem: String { get throws { try key.serializeAsPEM().pemString + "\n" } }

  /// Whether a certificate (PEM; the first of several) is for this key.
  package func fits(_ certificatePEM: String) -> Bool {
    (try? Certificate(pemEncoded: certificatePEM))?.publicKey == key.publicKey
  }
}

/// Digits of bytes, two each, in lower case.
enum Hexadecimal {
  static func text(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
