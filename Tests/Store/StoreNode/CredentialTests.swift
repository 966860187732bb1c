import StoreAuth
import StoreNode
import Testing

@Suite struct CredentialTests {
  private let secret = [UInt8](repeating: 7, count: 32)

  private var auth: AuthState {
    var auth = AuthState()
    for command: AuthCommand in [
      .userAdd(AuthState.root, password: [1]), .userGrantRole(AuthState.root, role: AuthState.root),
      .userAdd(Array("a".utf8), password: [1]), .enable(tokenSecret: secret),
    ] {
      do { try auth.apply(command) } catch { Issue.record("\(command): \(error)") }
    }
    return auth
  }

  private func token(_ user: String, revision: UInt64? = nil, now: UInt64 = 1000) -> String {
    AuthToken.make(user: Array(user.utf8), revision: revision ?? auth.revision, secret: secret, now: now)
  }

  @Test func aTokenNamesItsUserUntilItRunsOut() throws {
    let identity = try AuthToken.identity(of: token("a"), in: auth, now: 2000)
    #expect(identity == AuthIdentity(user: Array("a".utf8), revision: auth.revision))
    let end = 1000 + AuthToken.lifetimeMilliseconds
    #expect(try AuthToken.identity(of: token("a"), in: auth, now: end - 1) == identity)
    #expect(throws: AuthError.invalidToken) { try AuthToken.identity(of: token("a"), in: auth, now: end) }
  }

  @Test func aTokenOfOneWhoIsNotAnyMoreIsNone() {
    #expect(throws: AuthError.invalidToken) { try AuthToken.identity(of: token("b"), in: auth, now: 2000) }
    var later = auth
    let old = token("a")
    try? later.apply(.userChangePassword(Array("a".utf8), password: [2]))
    #expect(throws: AuthError.invalidToken) { try AuthToken.identity(of: old, in: later, now: 2000) }
    try? later.apply(.disable)
    #expect(throws: AuthError.invalidToken) { try AuthToken.identity(of: old, in: later, now: 2000) }
  }

  @Test func aReplicaThatIsBehindLeavesItToTheState() throws {
    // Made by one that knows a user more.
    let identity = try AuthToken.identity(of: token("b", revision: auth.revision + 1), in: auth, now: 2000)
    #expect(throws: AuthError.permissionDenied) { try auth.checkUser(identity) }
  }

  @Test func anythingElseIsNone() {
    let bytes = Array(token("a").utf8)
    for index in bytes.indices {
      for replacement in [UInt8(ascii: "A"), UInt8(ascii: "z"), 0x20, 0xff] where bytes[index] != replacement {
        var altered = bytes
        altered[index] = replacement
        let text = String(decoding: altered, as: UTF8.self)
        // The last character has bits that mean nothing.
        if index == bytes.count - 1, (try? AuthToken.identity(of: text, in: auth, now: 2000)) != nil { continue }
        #expect(throws: AuthError.invalidToken) { try AuthToken.identity(of: text, in: auth, now: 2000) }
      }
    }
    for length in 0..<(bytes.count - 1) {
      let text = String(decoding: bytes[..<length], as: UTF8.self)
      #expect(throws: AuthError.invalidToken) { try AuthToken.identity(of: text, in: auth, now: 2000) }
    }
  }

  @Test func aDigestKnowsItsPasswordOnly() async throws {
    let hasher = PasswordHasher(cost: .minimal)
    let digest = try await hasher.digest(of: "secret")
    #expect(try await hasher.matches("secret", digest))
    #expect(try await !hasher.matches("Secret", digest))
    #expect(try await !hasher.matches("", digest))
    #expect(try await !hasher.matches("secret", nil))
    #expect(try await digest != hasher.digest(of: "secret"))
    // Another cost is written in it.
    let dearer = PasswordHasher(cost: .init(logarithm: 5, blockSize: 8, parallelism: 2))
    #expect(try await dearer.matches("secret", digest))
    #expect(try await hasher.matches("x", dearer.digest(of: "x")))
    let brokenOnes: [[UInt8]] = [[], [1], digest.dropLast(), [2] + digest.dropFirst(), [1, 63] + digest.dropFirst(2)]
    for broken in brokenOnes {
      #expect(try await !hasher.matches("secret", broken))
    }
  }

  @Test func tooManyAtOnceAreRefused() async throws {
    let hasher = PasswordHasher(cost: .init(logarithm: 10, blockSize: 8, parallelism: 1))
    let outcomes = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<1000 {
        group.addTask {
          do {
            _ = try await hasher.digest(of: "x")
            return true
          } catch {
            #expect(error as? StoreError == .tooManyRequests)
            return false
          }
        }
      }
      return await group.reduce(into: [true: 0, false: 0]) { $0[$1, default: 0] += 1 }
    }
    #expect(outcomes[true] ?? 0 >= 65 && outcomes[false] ?? 0 > 0, "\(outcomes)")
    // And the turns come back.
    _ = try await hasher.digest(of: "x")
  }

  /// Whoever can write into the log or a snapshot does not get at a replica's memory by it.
  @Test(.timeLimit(.minutes(1))) func aDigestThatIsTooDearIsNone() async throws {
    let passwords = PasswordHasher(cost: .minimal)
    let digest = try await passwords.digest(of: "secret")
    #expect(try await passwords.matches("secret", digest))
    // Version, then the cost: 4 GiB, and 128 MiB sixteen times.
    for cost: [UInt8] in [[20, 32, 1], [17, 8, 16], [255, 255, 255], [0, 0, 0]] {
      #expect(try await !passwords.matches("secret", [1] + cost + digest.dropFirst(4)), "\(cost)")
    }
    for length in digest.indices { #expect(try await !passwords.matches("secret", Array(digest.prefix(length)))) }
  }
}
