import Access
import AccessTokens
import Foundation
import JSONDocument
import NIOHTTP1
import Testing
import Waiting

/// Tokens that lie in secrets, over HTTP. The controller that makes them is played by the test.
@Suite("Tokens in secrets, served") struct LegacyTokenTests {
  static let accounts = "/api/v1/namespaces/default/serviceaccounts"
  static let secrets = "/api/v1/namespaces/default/secrets"
  static let reviews = "/apis/authentication.k8s.io/v1/tokenreviews"

  private static func secret(_ name: String, account: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Secret", "type": "kubernetes.io/service-account-token",
      "metadata": ["name": .string(name), "annotations": ["kubernetes.io/service-account.name": .string(account)]],
    ]
  }

  @Test func theyAreGoodWhileTheirSecretIs() async throws {
    try await withAuthority { admin, _, keys in
      let account = try await admin.post(Self.accounts, ["metadata": ["name": "robot"]])
      #expect(account.code == 201, "\(account.text)")
      let uid = try #require(account["metadata", "uid"]?.stringValue)
      // One that does not say whose it is, is none.
      let nobodys = try await admin.post(
        Self.secrets, ["type": "kubernetes.io/service-account-token", "metadata": ["name": "nobodys"]])
      #expect(nobodys.code == 422, "\(nobodys.text)")
      #expect(try await admin.post(Self.secrets, Self.secret("kept", account: "robot")).code == 201)

      let claims = LegacyTokenClaims(
        namespace: "default", secretName: "kept", account: .init(name: "robot", uid: uid))
      let token = try keys.token(claims)
      try await withClient(.nobody, port: admin.port) { robot in
        // Signed, and not in the secret yet.
        #expect(try await robot.bearing(token, .GET, "/api").code == 401)
        let filled = try await admin.patch(
          "\(Self.secrets)/kept", "application/merge-patch+json", #"{"stringData":{"token":"\#(token)"}}"#)
        #expect(filled.code == 200, "\(filled.text)")
        try await eventually("the token is good") { try await robot.bearing(token, .GET, "/api").code == 200 }

        let today = String(Date().ISO8601Format().prefix(10))
        let used = "kubernetes.io/legacy-token-last-used"
        try await eventually("the day of its use is noted down") {
          let day = try await admin.get("\(Self.secrets)/kept")["metadata", "labels", used]?.stringValue
          // It may be past midnight meanwhile.
          return day.map { $0 >= today } ?? false
        }

        let me = try await robot.bearing(
          token, .POST, "/apis/authentication.k8s.io/v1/selfsubjectreviews",
          #"{"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1"}"#)
        #expect(
          me["status", "userInfo", "username"] == "system:serviceaccount:default:robot", "\(me.text)")
        #expect(me["status", "userInfo", "uid"] == .string(uid))
        // Known, and without rights: the account's own are what counts.
        #expect(try await robot.bearing(token, .GET, Self.secrets).code == 403)

        let review = try await admin.post(Self.reviews, ["spec": ["token": .string(token)]])
        #expect(review["status", "authenticated"] == true, "\(review.text)")
        #expect(review["status", "audiences"] == [.string(keys.issuer)])
        let elsewhere = try await admin.post(
          Self.reviews, ["spec": ["token": .string(token), "audiences": ["vault"]]])
        #expect(elsewhere["status", "authenticated"] != true, "\(elsewhere.text)")

        for (what, bad) in [
          ("another key's", try TokenKeys(issuer: keys.issuer, signing: .makeP256()).token(claims)),
          ("another secret's", try keys.token(Self.changed(claims) { $0.secretName = "other" })),
          ("another account's", try keys.token(Self.changed(claims) { $0.account.name = "default" })),
          ("another uid's", try keys.token(Self.changed(claims) { $0.account.uid = "1234" })),
          ("another namespace's", try keys.token(Self.changed(claims) { $0.namespace = "kube-system" })),
          ("one made for the same secret before or after", token + "A"),
        ] {
          #expect(try await robot.bearing(bad, .GET, "/api").code == 401, "\(what)")
        }

        // Marked as good no more, and good again; then its secret goes.
        let label = "kubernetes.io/legacy-token-invalid-since"
        for (value, code) in [(#""2026-01-01""#, 401), ("null", 200)] {
          let marked = try await admin.patch(
            "\(Self.secrets)/kept", "application/merge-patch+json",
            #"{"metadata":{"labels":{"\#(label)":\#(value)}}}"#)
          #expect(marked.code == 200, "\(marked.text)")
          try await eventually("the mark \(value) is seen") {
            try await robot.bearing(token, .GET, "/api").code == code
          }
        }
        #expect(try await admin.send(.DELETE, "\(Self.secrets)/kept").code == 200)
        try await eventually("the token has gone with its secret") {
          try await robot.bearing(token, .GET, "/api").code == 401
        }
      }
    }
  }

  private static func changed(
    _ claims: LegacyTokenClaims, _ change: (inout LegacyTokenClaims) -> Void
  ) -> LegacyTokenClaims {
    var copy = claims
    change(&copy)
    return copy
  }
}
