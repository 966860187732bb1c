import Access
import AccessTokens
import Crypto
import JSONDocument
import Testing

@Suite("Tokens' signatures")
struct TokenSignatureTests {
  static let now: Int64 = 1_800_000_000
  static let rsa = Result { try TokenSigningKey.makeRSA() }
  static let p256 = TokenSigningKey.makeP256()
  static let issuer = "https://kubernetes.default.svc.cluster.local"

  static let claims = ServiceAccountClaims(
    issuer: issuer, audiences: ["api"], issuedAt: now, expires: now + 3600, id: "id-1", namespace: "shop",
    account: .init(name: "runner", uid: "u1"), pod: .init(name: "web", uid: "u2"))

  static func keys(_ kind: String) throws -> TokenSigningKey { kind == "RS256" ? try rsa.get() : p256 }

  static func refusal(_ keys: TokenKeys, _ token: String) -> String? {
    do {
      _ = try keys.claims(of: token)
      return nil
    } catch { return "\(error)" }
  }

  @Test("what was signed is read back", arguments: ["RS256", "ES256"])
  func roundTrip(_ kind: String) throws {
    let key = try Self.keys(kind)
    let keys = TokenKeys(issuer: Self.issuer, signing: key)
    let token = try keys.token(Self.claims)
    #expect(CompactToken(token)?.algorithm == kind)
    #expect(CompactToken(token)?.keyID == key.verification.id)
    #expect(try keys.claims(of: token) == Self.claims)
    #expect(TokenKeys.isServiceAccountToken(token))
    // The key survives its file, and its public half is enough to check.
    let read = try TokenSigningKey(pem: key.pem)
    #expect(read.verification.id == key.verification.id)
    #expect(
      try TokenKeys(issuer: Self.issuer, signing: nil, older: [read.verification]).claims(of: token) == Self.claims)
  }

  @Test("any byte that changes makes the token void", arguments: ["RS256", "ES256"])
  func tampering(_ kind: String) throws {
    let keys = TokenKeys(issuer: Self.issuer, signing: try Self.keys(kind))
    let token = Array(try keys.token(Self.claims).utf8)
    for position in stride(from: 0, to: token.count, by: 7) {
      var changed = token
      changed[position] = changed[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(Self.refusal(keys, String(decoding: changed, as: UTF8.self)) != nil, "byte \(position)")
    }
    for length in [0, 1, token.count / 2, token.count - 1] {
      #expect(Self.refusal(keys, String(decoding: token[..<length], as: UTF8.self)) != nil)
    }
  }

  @Test("other keys, and tokens that choose their algorithm, are refused")
  func algorithms() throws {
    let keys = TokenKeys(issuer: Self.issuer, signing: Self.p256)
    let others = TokenKeys(issuer: Self.issuer, signing: TokenSigningKey.makeP256())
    #expect(Self.refusal(keys, try others.token(Self.claims)) == "the token is not signed with a key of this cluster")

    func unsigned(_ algorithm: String, signature: [UInt8] = []) -> String {
      String(
        decoding: CompactToken.signingInput(
          algorithm: algorithm, keyID: Self.p256.verification.id, claims: Self.claims.json),
        as: UTF8.self) + "." + Base64URL.encode(signature)
    }
    for algorithm in ["none", "None", "NONE", "", "HS256", "RS256", "ES384", "ES256"] {
      #expect(Self.refusal(keys, unsigned(algorithm)) != nil, "\(algorithm)")
    }
    // The classic confusion: the public key as the secret of an HMAC.
    let rsaKeys = TokenKeys(issuer: Self.issuer, signing: try Self.rsa.get())
    let input = CompactToken.signingInput(
      algorithm: "HS256", keyID: try Self.rsa.get().verification.id, claims: Self.claims.json)
    let code = HMAC<SHA256>.authenticationCode(
      for: input, using: SymmetricKey(data: Array(rsaKeys.keySet.jsonBytes)))
    #expect(Self.refusal(rsaKeys, String(decoding: input, as: UTF8.self) + "." + Base64URL.encode(Array(code))) != nil)
  }

  @Test("after a change of keys both are taken, and only the new one signs")
  func rotation() throws {
    let old = TokenKeys(issuer: Self.issuer, signing: try Self.rsa.get())
    let new = TokenKeys(issuer: Self.issuer, signing: Self.p256, older: [try Self.rsa.get().verification])
    #expect(try new.claims(of: old.token(Self.claims)) == Self.claims)
    #expect(Self.refusal(old, try new.token(Self.claims)) != nil)
    #expect(new.keySet["keys"]?.arrayValue?.count == 2)
  }

  @Test("what is no token is refused, however odd")
  func garbage() throws {
    let keys = TokenKeys(issuer: Self.issuer, signing: Self.p256)
    let deep = Base64URL.encode(Array((String(repeating: "[", count: 5000)).utf8))
    let crit = Base64URL.encode(Array(#"{"alg":"ES256","crit":["x"]}"#.utf8))
    for text in [
      "", ".", "..", "...", "a.b.c", "e30.e30.", "\(deep).\(deep).AAAA", "\(crit).e30.AAAA", "🐦.🐦.🐦",
      String(repeating: "A", count: 100_000), "e30=.e30=.e30=", "abcdef.0123456789abcdef",
    ] {
      #expect(Self.refusal(keys, text) != nil)
      #expect(!TokenKeys.isServiceAccountToken(text))
    }
    #expect(throws: TokenVerificationKey.Unreadable.self) { try TokenSigningKey(pem: "nonsense") }
    #expect(throws: TokenVerificationKey.Unreadable.self) { try TokenVerificationKey(publicPEM: "nonsense") }
  }

  @Test("the documents for others who check tokens")
  func documents() throws {
    let keys = TokenKeys(issuer: Self.issuer, signing: Self.p256, older: [try Self.rsa.get().verification])
    let document = keys.configuration()
    #expect(document["issuer"]?.stringValue == Self.issuer)
    #expect(document["jwks_uri"]?.stringValue == "\(Self.issuer)/openid/v1/jwks")
    #expect(document["id_token_signing_alg_values_supported"] == ["ES256", "RS256"])
    let list = try #require(keys.keySet["keys"]?.arrayValue)
    #expect(list.map { $0["kty"]?.stringValue } == ["EC", "RSA"])
    #expect(list[0]["kid"]?.stringValue == Self.p256.verification.id)
    #expect(list[1]["e"]?.stringValue == "AQAB")
    // A P-256 key made from the document's numbers checks a token.
    let x = try #require(Base64URL.decode((list[0]["x"]?.stringValue ?? "").utf8))
    let y = try #require(Base64URL.decode((list[0]["y"]?.stringValue ?? "").utf8))
    let key = try P256.Signing.PublicKey(rawRepresentation: x + y)
    let token = try #require(CompactToken(try keys.token(Self.claims)))
    #expect(
      key.isValidSignature(try P256.Signing.ECDSASignature(rawRepresentation: token.signature), for: token.signed))
  }
}
