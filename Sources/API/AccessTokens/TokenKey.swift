import Access
import Crypto
import CryptoExtras
import FoundationEssentials
package import JSONDocument

/// A public key that tokens' signatures are checked with: RSA (RS256) or ECDSA over P-256 (ES256).
package struct TokenVerificationKey: Sendable {
  enum Kind: Sendable {
    case rsa(_RSA.Signing.PublicKey)
    case p256(P256.Signing.PublicKey)
  }

  let kind: Kind
  /// The key's name in tokens (`kid`): base64url of the SHA-256 of its SubjectPublicKeyInfo, as Kubernetes makes it.
  package let id: String

  package struct Unreadable: Error, CustomStringConvertible {
    package var description: String
  }

  init(_ kind: Kind) {
    self.kind = kind
    let der: [UInt8] =
      switch kind {
      case .rsa(let key): Array(key.derRepresentation)
      case .p256(let key): Array(key.derRepresentation)
      }
    id = Base64URL.encode(Array(SHA256.hash(data: der)))
  }

  /// From a public key in PEM.
  package init(publicPEM: String) throws(Unreadable) {
    if let key = try? P256.Signing.PublicKey(pemRepresentation: publicPEM) {
      self.init(.p256(key))
    } else if let key = try? _RSA.Signing.PublicKey(pemRepresentation: publicPEM) {
      self.init(.rsa(key))
    } else {
      throw Unreadable(description: "the public key for tokens is neither RSA of 2048 bits or more nor P-256, in PEM")
    }
  }

  /// `RS256` or `ES256`: the one algorithm that this key is for. What the token says does not choose.
  package var algorithm: String {
    switch kind {
    case .rsa: "RS256"
    case .p256: "ES256"
    }
  }

  package func isSignature(_ signature: [UInt8], of bytes: [UInt8]) -> Bool {
    switch kind {
    case .rsa(let key):
      return key.isValidSignature(
        _RSA.Signing.RSASignature(rawRepresentation: signature), for: SHA256.hash(data: bytes),
        padding: .insecurePKCS1v1_5)
    case .p256(let key):
      // The two numbers side by side (RFC 7518 §3.4), not their DER.
      guard signature.count == 64, let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else {
        return false
      }
      return key.isValidSignature(signature, for: bytes)
    }
  }

  /// As one key of a JWKS document (RFC 7517).
  package var json: JSONValue {
    switch kind {
    case .rsa(let key):
      guard let numbers = try? key.getKeyPrimitives() else { return .null }
      return [
        "use": "sig", "kty": "RSA", "kid": .string(id), "alg": "RS256",
        "n": .string(Base64URL.encode(Self.unsigned(numbers.modulus))),
        "e": .string(Base64URL.encode(Self.unsigned(numbers.publicExponent))),
      ]
    case .p256(let key):
      let point = Array(key.rawRepresentation)
      return [
        "use": "sig", "kty": "EC", "kid": .string(id), "crv": "P-256", "alg": "ES256",
        "x": .string(Base64URL.encode(Array(point[..<32]))), "y": .string(Base64URL.encode(Array(point[32...]))),
      ]
    }
  }

  /// Without leading zeros.
  private static func unsigned(_ number: some Sequence<UInt8>) -> [UInt8] { Array(number.drop { $0 == 0 }) }
}

/// A private key that tokens are signed with.
package struct TokenSigningKey: Sendable {
  private enum Kind: Sendable {
    case rsa(_RSA.Signing.PrivateKey)
    case p256(P256.Signing.PrivateKey)
  }

  private let kind: Kind
  package let verification: TokenVerificationKey

  private init(_ kind: Kind) {
    self.kind = kind
    switch kind {
    case .rsa(let key): verification = TokenVerificationKey(.rsa(key.publicKey))
    case .p256(let key): verification = TokenVerificationKey(.p256(key.publicKey))
    }
  }

  /// From a private key in PEM: RSA of 2048 bits or more, or P-256.
  package init(pem: String) throws(TokenVerificationKey.Unreadable) {
    if let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) {
      self.init(.p256(key))
    } else if let key = try? _RSA.Signing.PrivateKey(pemRepresentation: pem) {
      self.init(.rsa(key))
    } else {
      throw .init(description: "the private key for tokens is neither RSA of 2048 bits or more nor P-256, in PEM")
    }
  }

  /// A new key over P-256.
  package static func makeP256() -> TokenSigningKey { TokenSigningKey(.p256(P256.Signing.PrivateKey())) }

  /// A new RSA key; takes a while.
  package static func makeRSA() throws -> TokenSigningKey {
    TokenSigningKey(.rsa(try _RSA.Signing.PrivateKey(keySize: .bits2048)))
  }

  package var pem: String {
    switch kind {
    case .rsa(let key): key.pemRepresentation
    case .p256(let key): key.pemRepresentation
    }
  }

  /// The claims as a signed token.
  package func token(_ claims: JSONValue) throws -> String {
    let signed = CompactToken.signingInput(
      algorithm: verification.algorithm, keyID: verification.id, claims: claims)
    let signature: [UInt8] =
      switch kind {
      case .rsa(let key):
        Array(try key.signature(for: SHA256.hash(data: signed), padding: .insecurePKCS1v1_5).rawRepresentation)
      case .p256(let key): Array(try key.signature(for: signed).rawRepresentation)
      }
    return String(decoding: signed, as: UTF8.self) + "." + Base64URL.encode(signature)
  }
}
