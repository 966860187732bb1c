import Access
import JSONDocument
import KubernetesAPI
import Testing

@Suite("Tokens in secrets")
struct LegacyTokenTests {
  static let claims = LegacyTokenClaims(
    namespace: "shop", secretName: "robot-token", account: .init(name: "robot", uid: "sa-1"))

  private static func secret(_ change: (inout CoreV1.Secret) -> Void = { _ in }) -> CoreV1.Secret {
    var secret = CoreV1.Secret()
    secret.metadata.name = "robot-token"
    secret.metadata.namespace = "shop"
    secret.metadata.annotations = [LegacyTokenClaims.nameAnnotation: "robot"]
    secret.type = LegacyTokenClaims.secretType
    secret.data = ["token": Array("the token".utf8)]
    change(&secret)
    return secret
  }

  private static func account(uid: String = "sa-1", deleted: Bool = false) -> CoreV1.ServiceAccount {
    var account = CoreV1.ServiceAccount()
    account.metadata.name = "robot"
    account.metadata.namespace = "shop"
    account.metadata.uid = uid
    if deleted { account.metadata.deletionTimestamp = Time(secondsSinceEpoch: 1) }
    return account
  }

  private static func user(
    _ secret: CoreV1.Secret?, _ account: CoreV1.ServiceAccount?, token: String = "the token"
  ) -> UserInfo? {
    do { return try claims.user(of: token, secret: secret, account: account) } catch { return nil }
  }

  @Test("they say what Kubernetes' say")
  func claimsOfATokenInASecret() {
    let text = String(decoding: Self.claims.json.jsonBytes, as: UTF8.self)
    #expect(
      text
        == #"{"iss":"kubernetes/serviceaccount","kubernetes.io/serviceaccount/namespace":"shop","#
        + #""kubernetes.io/serviceaccount/secret.name":"robot-token","#
        + #""kubernetes.io/serviceaccount/service-account.name":"robot","#
        + #""kubernetes.io/serviceaccount/service-account.uid":"sa-1","sub":"system:serviceaccount:shop:robot"}"#)
    #expect(LegacyTokenClaims(json: Self.claims.json) == Self.claims)
    #expect(LegacyTokenClaims.isIssuer(of: Self.claims.json))
    // They are not of the newer kind, nor is that of theirs.
    #expect(ServiceAccountClaims(json: Self.claims.json) == nil)
    #expect(LegacyTokenClaims(json: ["iss": "https://issuer", "sub": "system:serviceaccount:shop:robot"]) == nil)
  }

  @Test(
    "claims that lack something, or say two things, are none",
    arguments: [
      ("iss", "https://issuer"), ("sub", "system:serviceaccount:shop:other"), ("sub", ""), ("sub", "system:admin"),
      ("kubernetes.io/serviceaccount/namespace", ""), ("kubernetes.io/serviceaccount/namespace", "other"),
      ("kubernetes.io/serviceaccount/secret.name", ""), ("kubernetes.io/serviceaccount/service-account.name", "other"),
      ("kubernetes.io/serviceaccount/service-account.uid", ""),
    ])
  func broken(field: String, value: String) {
    var changed = Self.claims.json
    changed[field] = .string(value)
    #expect(LegacyTokenClaims(json: changed) == nil)
    changed[field] = .int(1)
    #expect(LegacyTokenClaims(json: changed) == nil)
    changed[field] = nil
    #expect(LegacyTokenClaims(json: changed) == nil)
  }

  @Test("whoever comes with one is the account, while secret and account are what they were")
  func user() {
    let user = Self.user(Self.secret(), Self.account())
    #expect(user?.name == "system:serviceaccount:shop:robot")
    #expect(user?.uid == "sa-1" && user?.extra == [:])
    #expect(user?.groups == ["system:serviceaccounts", "system:serviceaccounts:shop", "system:authenticated"])

    #expect(Self.user(nil, Self.account()) == nil)
    #expect(Self.user(Self.secret(), nil) == nil)
    #expect(Self.user(Self.secret(), Self.account(uid: "sa-2")) == nil)
    #expect(Self.user(Self.secret(), Self.account(deleted: true)) == nil)
    // The signature alone is not enough: the secret has to hold this very token.
    #expect(Self.user(Self.secret(), Self.account(), token: "another token") == nil)
    #expect(Self.user(Self.secret { $0.data = [:] }, Self.account()) == nil)
    #expect(Self.user(Self.secret { $0.type = "Opaque" }, Self.account()) == nil)
    #expect(Self.user(Self.secret { $0.metadata.annotations = [:] }, Self.account()) == nil)
    #expect(
      Self.user(Self.secret { $0.metadata.deletionTimestamp = Time(secondsSinceEpoch: 1) }, Self.account()) == nil)
    #expect(
      Self.user(Self.secret { $0.metadata.labels = [LegacyTokenClaims.invalidLabel: "2026-01-01"] }, Self.account())
        == nil)
  }
}
