import Access
import AccessTokens
import ClusterClient
import ClusterStandIn
import ControllerKit
import Controllers
import KubernetesAPI
import Logging
import Testing
import Waiting

/// The controller of tokens in secrets, over an API in memory.
@Suite struct ServiceAccountTokenTests {
  private static let authority = Array("the authority".utf8)

  private func withController(
    _ cluster: InMemoryCluster, key: TokenSigningKey, _ body: (ClusterClient) async throws -> Void
  ) async throws {
    let term = Task {
      let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
      try await runLeaderTerm(client: cluster.client, component: "test", logger: quiet) { context in
        [ServiceAccountTokenController(context, authority: Self.authority, key: key)]
      }
    }
    let result: Result<Void, any Error>
    do { result = .success(try await body(cluster.client)) } catch { result = .failure(error) }
    term.cancel()
    _ = await term.result
    try result.get()
  }

  private func makeAccount(_ client: ClusterClient, _ name: String = "robot") async throws -> CoreV1.ServiceAccount {
    var account = CoreV1.ServiceAccount()
    account.metadata.name = name
    account.metadata.namespace = "shop"
    return try await client.create(account)
  }

  private func makeSecret(
    _ client: ClusterClient, _ name: String, account: String = "robot", uid: String? = nil,
    type: String = LegacyTokenClaims.secretType, data: [String: [UInt8]] = [:]
  ) async throws {
    var secret = CoreV1.Secret()
    secret.metadata.name = name
    secret.metadata.namespace = "shop"
    secret.metadata.annotations[LegacyTokenClaims.nameAnnotation] = account
    if let uid { secret.metadata.annotations[LegacyTokenClaims.uidAnnotation] = uid }
    secret.type = type
    secret.data = data
    _ = try await client.create(secret)
  }

  private func find(_ client: ClusterClient, _ name: String) async throws -> CoreV1.Secret? {
    try await client.find(CoreV1.Secret.self, name: name, namespace: "shop")
  }

  /// A secret once the controller has filled it.
  private func filled(_ client: ClusterClient, _ name: String) async throws -> CoreV1.Secret {
    try await eventually("\(name) is filled") {
      try await find(client, name).flatMap { $0.data["token"] ?? [] == [] ? nil : $0 }
    }
  }

  @Test func secretsAreFilled() async throws {
    let key = TokenSigningKey.makeP256()
    try await withController(InMemoryCluster(), key: key) { client in
      let account = try await makeAccount(client)
      try await makeSecret(client, "plain")
      let secret = try await filled(client, "plain")
      #expect(secret.data["ca.crt"] == Self.authority)
      #expect(secret.data["namespace"] == Array("shop".utf8))
      #expect(secret.metadata.annotations[LegacyTokenClaims.uidAnnotation] == account.metadata.uid)
      let token = String(decoding: secret.data["token"] ?? [], as: UTF8.self)
      let said = try TokenKeys(issuer: "https://issuer", signing: nil, older: [key.verification]).verified(token)
      let claims = try #require(LegacyTokenClaims(json: said))
      #expect(
        claims
          == .init(
            namespace: "shop", secretName: "plain",
            account: .init(name: "robot", uid: account.metadata.uid)))
      // This is what a front-end takes.
      #expect(try claims.user(of: token, secret: secret, account: account).uid == account.metadata.uid)

      // What somebody brought along stays, but for an authority that is not the cluster's; other secrets are let be.
      try await makeSecret(client, "other", type: "Opaque", data: ["x": [1]])
      try await makeSecret(
        client, "brought", uid: account.metadata.uid,
        data: ["token": Array("mine".utf8), "ca.crt": [1], "namespace": Array("there".utf8)])
      let brought = try await eventually("the authority is put right") {
        try await find(client, "brought").flatMap { $0.data["ca.crt"] == Self.authority ? $0 : nil }
      }
      #expect(brought.data["token"] == Array("mine".utf8) && brought.data["namespace"] == Array("there".utf8))
      #expect(try await find(client, "other")?.data == ["x": [1]])
      // Nothing is written twice.
      let again = try await find(client, "plain")
      #expect(again?.metadata.resourceVersion == secret.metadata.resourceVersion)
    }
  }

  @Test func secretsGoWithTheirAccount() async throws {
    try await withController(InMemoryCluster(), key: .makeP256()) { client in
      _ = try await makeAccount(client)
      _ = try await makeAccount(client, "other")
      try await makeSecret(client, "one")
      try await makeSecret(client, "two")
      try await makeSecret(client, "others", account: "other")
      for name in ["one", "two", "others"] { _ = try await filled(client, name) }
      try await client.delete(CoreV1.ServiceAccount.self, name: "robot", namespace: "shop")
      for name in ["one", "two"] {
        try await eventually("\(name) is gone") { try await find(client, name) == nil }
      }
      #expect(try await find(client, "others") != nil)
      // One for nobody, and one for an earlier account of that name.
      try await makeSecret(client, "nobodys", account: "nobody")
      try await makeSecret(client, "earlier", account: "other", uid: "some-other-uid")
      for name in ["nobodys", "earlier"] {
        try await eventually("\(name) is gone") { try await find(client, name) == nil }
      }
    }
  }

  /// What happened while nobody led is made up for.
  @Test func aNewLeaderFindsWhatIsToDo() async throws {
    let cluster = InMemoryCluster()
    let client = cluster.client
    _ = try await makeAccount(client)
    try await makeSecret(client, "waiting")
    try await makeSecret(client, "nobodys", account: "nobody")
    try await withController(cluster, key: .makeP256()) { client in
      _ = try await filled(client, "waiting")
      try await eventually("nobodys is gone") { try await find(client, "nobodys") == nil }
    }
  }
}
