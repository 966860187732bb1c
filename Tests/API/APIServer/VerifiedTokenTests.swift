import APIServer
import Access
import AccessTokens
import Foundation
import JSONDocument
import NIOHTTP1
import Registry
import Synchronization
import Testing

/// A token that comes again and again is good by what holds now, not by what held when it came first.
@Suite("Tokens that come again") struct VerifiedTokenTests {
  /// A clock that the test moves, in seconds since 1970.
  private final class Clock: Sendable {
    private let seconds = Mutex(Int64(Date().timeIntervalSince1970))
    var now: Int64 { seconds.withLock { $0 } }
    func advance(_ more: Int64) { seconds.withLock { $0 += more } }
  }

  private static let accounts = "/api/v1/namespaces/default/serviceaccounts"

  /// Makes an account and a token of it.
  private static func token(
    of name: String, by admin: TestClient, for spec: JSONValue = ["expirationSeconds": 600]
  ) async throws -> String {
    let made = try await admin.post(accounts, ["metadata": ["name": .string(name)]])
    #expect(made.code == 201 || made.code == 409, "\(made.text)")
    let issued = try await admin.post("\(accounts)/\(name)/token", ["spec": spec])
    #expect(issued.code == 201, "\(issued.text)")
    return try #require(issued["status", "token"]?.stringValue)
  }

  private static func authenticator(
    _ registry: ResourceRegistry, _ keys: TokenKeys, _ clock: Clock, capacity: Int = 16
  ) -> TokenAuthenticator {
    TokenAuthenticator(
      registry: registry, keys: keys, audiences: [keys.issuer], now: { clock.now }, logger: quiet, capacity: capacity)
  }

  @Test func theClockAndTheAudienceCountEachTime() async throws {
    try await withAuthority { admin, registry, keys in
      let clock = Clock()
      let authenticator = Self.authenticator(registry, keys, clock)
      let token = try await Self.token(of: "robot", by: admin)
      for _ in 0..<3 {
        let found = await authenticator.user(token)
        #expect(found?.user.name == "system:serviceaccount:default:robot")
        #expect(found?.audiences == [keys.issuer])
        #expect(authenticator.remembered == 1)
      }
      #expect(await authenticator.user(token, for: ["vault"]) == nil)
      #expect(await authenticator.user(token, for: ["vault", keys.issuer])?.audiences == [keys.issuer])
      #expect(await authenticator.user(token) != nil)
      // Before its time, and after it; the leeway is a minute.
      clock.advance(-3600)
      #expect(await authenticator.user(token) == nil)
      clock.advance(3600)
      #expect(await authenticator.user(token) != nil)
      clock.advance(3600)
      #expect(await authenticator.user(token) == nil)
      #expect(authenticator.remembered == 0)
    }
  }

  @Test func aChangedByteIsAnotherToken() async throws {
    try await withAuthority { admin, registry, keys in
      let authenticator = Self.authenticator(registry, keys, Clock())
      let good = try await Self.token(of: "robot", by: admin)
      #expect(await authenticator.user(good) != nil)
      let bytes = Array(good.utf8)
      for position in stride(from: 0, to: bytes.count, by: 7) {
        var changed = bytes
        changed[position] = changed[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        #expect(await authenticator.user(String(decoding: changed, as: UTF8.self)) == nil, "byte \(position)")
      }
      // Neither these nor others' are remembered; and who has other keys knows nothing of what was good by these.
      let claims = try keys.claims(of: good)
      let others = TokenKeys(issuer: keys.issuer, signing: .makeP256())
      let foreign = try others.token(claims)
      #expect(await authenticator.user(foreign) == nil)
      #expect(authenticator.remembered == 1)
      #expect(await Self.authenticator(registry, others, Clock()).user(good) == nil)
    }
  }

  @Test func whatVouchesForItMustBeThere() async throws {
    try await withAuthority { admin, registry, keys in
      let clock = Clock()
      let authenticator = Self.authenticator(registry, keys, clock)
      let accounts = try #require(registry.resource(group: "", version: "v1", plural: "serviceaccounts"))
      let token = try await Self.token(of: "robot", by: admin)
      #expect(await authenticator.user(token) != nil)

      // Another version of the account vouches for it as well; being deleted, it does for a minute.
      let kept = try await admin.patch(
        "\(Self.accounts)/robot", "application/merge-patch+json", #"{"metadata":{"finalizers":["example.com/keep"]}}"#)
      #expect(kept.code == 200, "\(kept.text)")
      #expect(await authenticator.user(token) != nil)
      let asked = try await admin.send(.DELETE, "\(Self.accounts)/robot")
      #expect((200...202).contains(asked.code), "\(asked.text)")
      // Linearisable: the cache, from which tokens are judged, is as far as the answer.
      let going = try await registry.get(accounts, namespace: "default", name: "robot")
      #expect(try JSONValue(jsonBytes: going.json)["metadata"]?["deletionTimestamp"] != nil)
      #expect(await authenticator.user(token) != nil)
      #expect(authenticator.remembered == 1)
      clock.advance(300)
      #expect(await authenticator.user(token) == nil)
      clock.advance(-300)
      #expect(await authenticator.user(token) != nil)

      let gone = try await admin.patch(
        "\(Self.accounts)/robot", "application/merge-patch+json", #"{"metadata":{"finalizers":null}}"#)
      #expect(gone.code == 200, "\(gone.text)")
      await #expect(throws: APIError.self) {
        _ = try await registry.get(accounts, namespace: "default", name: "robot")
      }
      #expect(await authenticator.user(token) == nil)
      #expect(authenticator.remembered == 0)

      // Another one of the name is not the one that it was issued for.
      let second = try await Self.token(of: "robot", by: admin)
      #expect(await authenticator.user(token) == nil)
      #expect(await authenticator.user(second) != nil)
    }
  }

  @Test func aSecretMayGo() async throws {
    try await withAuthority { admin, registry, keys in
      let authenticator = Self.authenticator(registry, keys, Clock())
      let secretsPath = "/api/v1/namespaces/default/secrets"
      #expect(try await admin.post(secretsPath, ["metadata": ["name": "bond"]]).code == 201)
      let token = try await Self.token(
        of: "robot", by: admin,
        for: [
          "expirationSeconds": 600, "boundObjectRef": ["kind": "Secret", "apiVersion": "v1", "name": "bond"],
        ])
      for _ in 0..<2 { #expect(await authenticator.user(token) != nil) }
      #expect(try await admin.send(.DELETE, "\(secretsPath)/bond").code == 200)
      let secrets = try #require(registry.resource(group: "", version: "v1", plural: "secrets"))
      await #expect(throws: APIError.self) {
        _ = try await registry.get(secrets, namespace: "default", name: "bond")
      }
      #expect(await authenticator.user(token) == nil)
    }
  }

  /// What vouched for a token goes, and another one of its name comes, between two requests with it.
  @Test(arguments: ["serviceaccounts/robot", "secrets/bond"])
  func anotherOneOfTheNameDoesNotVouch(_ voucher: String) async throws {
    try await withAuthority { admin, registry, keys in
      let authenticator = Self.authenticator(registry, keys, Clock())
      let parts = voucher.split(separator: "/").map(String.init)
      let collection = "/api/v1/namespaces/default/\(parts[0])"
      #expect(try await admin.post("/api/v1/namespaces/default/secrets", ["metadata": ["name": "bond"]]).code == 201)
      let token = try await Self.token(
        of: "robot", by: admin,
        for: [
          "expirationSeconds": 600, "boundObjectRef": ["kind": "Secret", "apiVersion": "v1", "name": "bond"],
        ])
      #expect(await authenticator.user(token) != nil)
      #expect(authenticator.remembered == 1)
      #expect(try await admin.send(.DELETE, "\(collection)/\(parts[1])").code == 200)
      #expect(try await admin.post(collection, ["metadata": ["name": .string(parts[1])]]).code == 201)
      // Linearisable: the cache, from which tokens are judged, has the new one.
      let resource = try #require(registry.resource(group: "", version: "v1", plural: parts[0]))
      _ = try await registry.get(resource, namespace: "default", name: parts[1])
      #expect(await authenticator.user(token) == nil)
      #expect(authenticator.remembered == 0)
    }
  }

  @Test func onlySoManyAreRemembered() async throws {
    try await withAuthority { admin, registry, keys in
      let authenticator = Self.authenticator(registry, keys, Clock(), capacity: 4)
      let first = try await Self.token(of: "robot", by: admin)
      let claims = try keys.claims(of: first)
      var tokens: [String] = []
      for number in 0..<10 {
        var one = claims
        one.id = "\(number)"
        tokens.append(try keys.token(one))
      }
      for round in 0..<3 {
        for token in tokens {
          #expect(await authenticator.user(token) != nil)
          #expect(authenticator.remembered <= 4)
        }
        #expect(authenticator.remembered == 4, "round \(round)")
      }
      // Each says its own, remembered or not.
      let extra = await authenticator.user(tokens[9])?.user.extra["authentication.kubernetes.io/credential-id"]
      #expect(extra == ["JTI=9"])
    }
  }
}
