import Access
import AccessTokens
import Crypto
import Foundation
import JSONDocument
import NIOHTTP1
import Testing

/// Tokens that look right and are not: 401 for each, which does not say why.
@Suite("Hostile tokens") struct HostileTokenTests {
  @Test func noneIsTaken() async throws {
    try await withAuthority { admin, _, keys in
      let accounts = "/api/v1/namespaces/default/serviceaccounts"
      for name in ["robot", "other"] {
        #expect(try await admin.post(accounts, ["metadata": ["name": .string(name)]]).code == 201)
      }
      let issued = try await admin.post("\(accounts)/robot/token", ["spec": ["expirationSeconds": 600]])
      let good = try #require(issued["status", "token"]?.stringValue)
      let claims = try keys.claims(of: good)
      func changed(_ change: (inout ServiceAccountClaims) -> Void) throws -> String {
        var copy = claims
        change(&copy)
        return try keys.token(copy)
      }
      let parts = good.split(separator: ".").map(String.init)
      let header = try #require(Base64URL.decode(parts[0].utf8).flatMap { try? JSONValue(jsonBytes: $0) })
      let keyID = try #require(header["kid"]?.stringValue)
      func unsigned(_ algorithm: String, signature: [UInt8] = []) -> String {
        String(
          decoding: CompactToken.signingInput(algorithm: algorithm, keyID: keyID, claims: claims.json), as: UTF8.self)
          + "." + Base64URL.encode(signature)
      }
      // What others could know of the key, as the secret of a signature by a secret.
      let input = CompactToken.signingInput(algorithm: "HS256", keyID: keyID, claims: claims.json)
      let code = HMAC<SHA256>.authenticationCode(for: input, using: SymmetricKey(data: keys.keySet.jsonBytes))
      let admins = try #require(
        try? JSONValue(
          jsonBytes: Array(#"{"iss":"\#(keys.issuer)","sub":"system:admin","groups":["system:masters"]}"#.utf8)))
      // Of the kind that lies in secrets: without one, whoever signed it.
      let legacy = LegacyTokenClaims(namespace: "default", secretName: "none", account: claims.account)
      let legacyInput = CompactToken.signingInput(algorithm: "none", keyID: keyID, claims: legacy.json)
      let now = Int64(Date().timeIntervalSince1970)
      let bad: [(String, String)] = [
        ("expired", try changed { $0.expires = now - 3600 }),
        ("not yet good", try changed { $0.notBefore = now + 3600 }),
        ("for another audience", try changed { $0.audiences = ["vault"] }),
        ("for nobody", try changed { $0.audiences = [] }),
        ("of another issuer", try changed { $0.issuer = "https://example.com" }),
        ("of an account that is gone", try changed { $0.account.uid = UUID().uuidString.lowercased() }),
        ("of an account that never was", try changed { $0.account.name = "nobody" }),
        ("of another namespace", try changed { $0.namespace = "kube-system" }),
        ("of another account by its uid", try changed { $0.account.name = "other" }),
        ("signed with another key", try TokenKeys(issuer: keys.issuer, signing: .makeP256()).token(claims)),
        ("signed with none", unsigned("none")), ("signed with None", unsigned("None")),
        ("signed with nothing", unsigned("")), ("signed with no signature", unsigned("ES256")),
        ("signed with zeros", unsigned("ES256", signature: [UInt8](repeating: 0, count: 64))),
        (
          "signed with the public key as a secret",
          String(decoding: input, as: UTF8.self) + "." + Base64URL.encode(Array(code))
        ),
        ("with another's claims", [parts[0], Base64URL.encode(admins.jsonBytes), parts[2]].joined(separator: ".")),
        (
          "with another's head",
          [Base64URL.encode(Array(#"{"alg":"none"}"#.utf8)), parts[1], ""].joined(separator: ".")
        ),
        ("of a secret that never was", try keys.token(legacy)),
        ("of a secret, signed with none", String(decoding: legacyInput, as: UTF8.self) + "."),
        ("without its signature", parts[0] + "." + parts[1] + "."), ("cut short", String(good.dropLast())),
        ("with more", good + "A"), ("three dots", "..."), ("nothing but dots", ".."), ("text", "password"),
        ("deep", Base64URL.encode(Array(String(repeating: "[", count: 10_000).utf8)) + "." + parts[1] + "." + parts[2]),
        // Over HTTP/2 the client library sends no head that takes more than one frame (16 KiB, three quarters of a byte
        // for each of these), and waits for an answer to it nonetheless.
        ("long", String(repeating: "A", count: 20_000)),
        ("of bytes", "\u{1F426}.\u{1F426}.\u{1F426}"),
        ("a bootstrap token of nobody", "abcdef.0123456789abcdef"),
      ]
      try await withClient(.nobody, port: admin.port) { robot in
        for (what, token) in bad {
          for path in ["/api/v1/namespaces/default/pods", "/version"] {
            let answer = try await robot.bearing(token, .GET, path)
            #expect(answer.code == 401 && answer["reason"] == "Unauthorized", "\(what): \(answer.text)")
            #expect(answer["message"] == "Unauthorized", "\(what): \(answer.text)")
          }
        }
        // The good one still is, and somebody without any is nobody, not refused.
        #expect(try await robot.bearing(good, .GET, "/api").code == 200)
        #expect(try await robot.get("/version").code == 200)
      }
      // Whoever may ask about tokens learns no more than that they are not good.
      for (what, token) in bad {
        let review = try await admin.post(
          "/apis/authentication.k8s.io/v1/tokenreviews", ["spec": ["token": .string(token)]])
        #expect(review.code == 201 && review["status", "authenticated"] != true, "\(what): \(review.text)")
      }
    }
  }
}
