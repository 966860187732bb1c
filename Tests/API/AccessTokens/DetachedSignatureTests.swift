import Access
import AccessTokens
import Testing

@Suite("Signatures of cluster-info")
struct DetachedSignatureTests {
  /// Computed by another program (Python's hmac).
  @Test("a signature is the one that others make")
  func known() throws {
    let token = try #require(BootstrapToken("abcdef.0123456789abcdef"))
    let signature = DetachedSignature.make("apiVersion: v1\n", by: token)
    #expect(
      signature
        == "eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..K1chermAQEq0rdqy-ehj0VDfmA_ytv8Wzh9g26FldrE")
    #expect(DetachedSignature.isValid(signature, of: "apiVersion: v1\n", by: token))
  }

  @Test("another document, secret, token or algorithm is not this one's")
  func others() throws {
    let token = try #require(BootstrapToken("abcdef.0123456789abcdef"))
    let signature = DetachedSignature.make("a", by: token)
    #expect(!DetachedSignature.isValid(signature, of: "b", by: token))
    for text in ["abcdef.0123456789abcdee", "abcdeg.0123456789abcdef"] {
      let other = try #require(BootstrapToken(text))
      #expect(!DetachedSignature.isValid(signature, of: "a", by: other))
    }
    let none = "\(Base64URL.encode(Array(#"{"alg":"none","kid":"abcdef"}"#.utf8))).."
    for wrong in ["", "..", none, signature + "A", String(signature.dropLast())] {
      #expect(!DetachedSignature.isValid(wrong, of: "a", by: token), "\(wrong)")
    }
  }
}
