import ByteCoding
import MVCC
import StoreAuth
import Testing

func name(_ text: String) -> AuthName { Array(text.utf8) }

func keys(_ key: String, _ end: String = "") -> KeyRange { KeyRange(key: name(key), end: name(end)) }

extension AuthState {
  /// What came of a change; nil when it was made.
  mutating func change(_ command: AuthCommand) -> AuthError? {
    do {
      try apply(command)
      return nil
    } catch {
      return error
    }
  }

  func identity(_ user: String) -> AuthIdentity { AuthIdentity(user: name(user), revision: revision) }
}

/// Changes of users and roles, as etcd answers them.
@Suite struct AuthStateTests {
  @Test func enablingNeedsARootUserWithTheRootRole() {
    var state = AuthState()
    #expect(state.change(.enable(tokenSecret: [1])) == .rootUserNotFound)
    #expect(state.change(.userAdd(AuthState.root, password: [9])) == nil)
    #expect(state.change(.enable(tokenSecret: [1])) == .rootRoleNotGranted)
    #expect(!state.isEnabled)
    // The role itself need not have been made.
    #expect(state.change(.userGrantRole(AuthState.root, role: AuthState.root)) == nil)
    let revision = state.revision
    #expect(state.change(.enable(tokenSecret: [1])) == nil)
    #expect(state.isEnabled && state.tokenSecret == [1] && state.revision == revision)
    // Again: nothing happens, least of all to the tokens.
    #expect(state.change(.enable(tokenSecret: [2])) == nil)
    #expect(state.tokenSecret == [1])
    #expect(state.change(.disable) == nil)
    #expect(!state.isEnabled && state.tokenSecret.isEmpty && state.revision == revision + 1)
    #expect(state.change(.disable) == nil)
    #expect(state.revision == revision + 1)
  }

  @Test func usersAreMadeOnceAndRefusedByTheirNames() {
    var state = AuthState()
    #expect(state.revision == 1)
    #expect(state.change(.userAdd([], password: nil)) == .userEmpty)
    #expect(state.change(.userAdd(name("a"), password: [1])) == nil)
    #expect(state.change(.userAdd(name("a"), password: [2])) == .userExists)
    #expect(state.users[name("a")]?.password == [1])
    #expect(state.revision == 2)
    #expect(state.change(.userDelete(name("b"))) == .userNotFound)
    #expect(state.change(.userChangePassword(name("b"), password: [1])) == .userNotFound)
    #expect(state.change(.userChangePassword(name("a"), password: [3])) == nil)
    #expect(state.users[name("a")]?.password == [3])
    #expect(state.change(.userDelete(name("a"))) == nil)
    #expect(state.users.isEmpty && state.revision == 4)
  }

  @Test func aUserWithoutAPasswordStaysSo() {
    var state = AuthState()
    #expect(state.change(.userAdd(name("a"), password: nil)) == nil)
    #expect(state.change(.userChangePassword(name("a"), password: [3])) == nil)
    #expect(state.users[name("a")]?.password == nil)
  }

  @Test func namesAreBytes() {
    var state = AuthState()
    // The same letter, composed and decomposed: Swift's text takes them for equal, etcd does not.
    #expect(state.change(.userAdd(name("\u{e9}"), password: [1])) == nil)
    #expect(state.change(.userAdd(name("e\u{301}"), password: [2])) == nil)
    #expect(state.users.count == 2)
  }

  @Test func rolesAreGrantedAndRevoked() {
    var state = AuthState()
    _ = state.change(.userAdd(name("a"), password: [1]))
    #expect(state.change(.roleAdd([])) == .roleEmpty)
    #expect(state.change(.roleAdd(name("r"))) == nil)
    #expect(state.change(.roleAdd(name("r"))) == .roleExists)
    #expect(state.change(.userGrantRole(name("b"), role: name("r"))) == .userNotFound)
    #expect(state.change(.userGrantRole(name("a"), role: name("s"))) == .roleNotFound)
    #expect(state.change(.userGrantRole(name("a"), role: name("r"))) == nil)
    let revision = state.revision
    #expect(state.change(.userGrantRole(name("a"), role: name("r"))) == nil)
    #expect(state.revision == revision)
    #expect(state.change(.userRevokeRole(name("a"), role: name("s"))) == .roleNotGranted)
    #expect(state.change(.userRevokeRole(name("b"), role: name("r"))) == .userNotFound)
    #expect(state.change(.userRevokeRole(name("a"), role: name("r"))) == nil)
    #expect(state.users[name("a")]?.roles == [])
    _ = state.change(.userGrantRole(name("a"), role: name("r")))
    #expect(state.change(.roleDelete(name("s"))) == .roleNotFound)
    #expect(state.change(.roleDelete(name("r"))) == nil)
    #expect(state.users[name("a")]?.roles == [])
  }

  @Test func permissionsAreSetByRange() {
    var state = AuthState()
    _ = state.change(.roleAdd(name("r")))
    #expect(state.change(.roleGrantPermission(name("s"), Permission(.read, keys("a")))) == .roleNotFound)
    for range in [keys(""), keys("b", "a"), keys("b", "b")] {
      #expect(state.change(.roleGrantPermission(name("r"), Permission(.read, range))) == .invalidManagement)
    }
    _ = state.change(.roleGrantPermission(name("r"), Permission(.read, keys("b"))))
    _ = state.change(.roleGrantPermission(name("r"), Permission(.read, keys("b", "c"))))
    _ = state.change(.roleGrantPermission(name("r"), Permission(.write, keys("a"))))
    // The same range again is changed, whatever else starts with its key.
    #expect(state.change(.roleGrantPermission(name("r"), Permission(.readWrite, keys("b", "c")))) == nil)
    #expect(
      state.roles[name("r")] == [
        Permission(.write, keys("a")), Permission(.read, keys("b")), Permission(.readWrite, keys("b", "c")),
      ])
    #expect(state.change(.roleRevokePermission(name("s"), keys("b"))) == .roleNotFound)
    #expect(state.change(.roleRevokePermission(name("r"), keys("b", "d"))) == .permissionNotGranted)
    #expect(state.change(.roleRevokePermission(name("r"), keys("b"))) == nil)
    #expect(state.roles[name("r")]?.map(\.range) == [keys("a"), keys("b", "c")])
  }

  @Test func rootCannotBeLostWhileItCounts() {
    var state = AuthState()
    _ = state.change(.userAdd(AuthState.root, password: [1]))
    _ = state.change(.roleAdd(AuthState.root))
    _ = state.change(.userGrantRole(AuthState.root, role: AuthState.root))
    _ = state.change(.enable(tokenSecret: [1]))
    #expect(state.change(.userDelete(AuthState.root)) == .invalidManagement)
    #expect(state.change(.roleDelete(AuthState.root)) == .invalidManagement)
    #expect(state.change(.userRevokeRole(AuthState.root, role: AuthState.root)) == .invalidManagement)
    _ = state.change(.disable)
    #expect(state.change(.userRevokeRole(AuthState.root, role: AuthState.root)) == nil)
    #expect(state.change(.roleDelete(AuthState.root)) == nil)
    #expect(state.change(.userDelete(AuthState.root)) == nil)
  }

  // MARK: - Bytes

  static let commands: [AuthCommand] = [
    .enable(tokenSecret: [1, 2, 3]), .disable, .userAdd(name("a"), password: [4]), .userAdd(name("b"), password: nil),
    .userDelete(name("a")), .userChangePassword(name("a"), password: []), .userGrantRole(name("a"), role: name("r")),
    .userRevokeRole(name("a"), role: name("r")), .roleAdd(name("r")), .roleDelete(name("r")),
    .roleGrantPermission(name("r"), Permission(.readWrite, keys("a", "\0"))),
    .roleRevokePermission(name("r"), keys("a", "b")),
  ]

  @Test(arguments: commands)
  func commandsAreReadBackAndNothingElseIs(command: AuthCommand) throws {
    var writer = ByteWriter()
    command.encode(into: &writer)
    var reader = ByteReader(writer.bytes)
    #expect(try AuthCommand(from: &reader) == command)
    try reader.expectEnd()
    for length in 0..<writer.count {
      var short = ByteReader(writer.bytes[..<length])
      #expect(throws: ByteCodingError.self) { try AuthCommand(from: &short) }
    }
    var newer = ByteReader([2] + writer.bytes.dropFirst())
    #expect(throws: ByteCodingError.self) { try AuthCommand(from: &newer) }
  }

  @Test func anyBytesAreReadOrRefused() {
    var generator = SplitMix(state: 99)
    for _ in 0..<20_000 {
      // Mostly the beginning of something that could be right.
      var bytes = [UInt8](repeating: 0, count: Int(generator.next() % 40)).map { _ in UInt8(generator.next() % 256) }
      if !bytes.isEmpty, generator.next() % 4 != 0 { bytes[0] = 1 }
      if bytes.count > 1, generator.next() % 4 != 0 { bytes[1] = UInt8(generator.next() % 12) }
      var first = ByteReader(bytes)
      _ = try? AuthCommand(from: &first)
      var second = ByteReader(bytes)
      if var state = try? AuthState(from: &second) { _ = state.change(Self.random(&generator)) }
    }
  }

  @Test(arguments: 0..<10)
  func aStateThatIsReadBackIsTheSameAndDecidesAlike(seed: UInt64) throws {
    var generator = SplitMix(state: seed)
    var state = AuthState()
    _ = state.change(.userAdd(AuthState.root, password: [1]))
    _ = state.change(.userGrantRole(AuthState.root, role: AuthState.root))
    for _ in 0..<300 {
      _ = state.change(Self.random(&generator))
      guard generator.next() % 20 == 0 else { continue }
      var writer = ByteWriter()
      state.encode(into: &writer)
      var reader = ByteReader(writer.bytes)
      let restored = try AuthState(from: &reader)
      try reader.expectEnd()
      // Also what is not written down, the sums of permissions.
      #expect(restored == state)
      for length in stride(from: 0, to: writer.count, by: 7) {
        var short = ByteReader(writer.bytes[..<length])
        #expect(throws: ByteCodingError.self) { try AuthState(from: &short) }
      }
    }
  }

  private static func random(_ generator: inout SplitMix) -> AuthCommand {
    let names = ["root", "a", "b", "c"].map(name)
    func pick() -> AuthName { names[Int(generator.next() % 4)] }
    func range() -> KeyRange {
      KeyRange(key: pick(), end: generator.next() % 3 == 0 ? [] : generator.next() % 3 == 0 ? [0] : pick())
    }
    switch generator.next() % 12 {
    case 0: return .enable(tokenSecret: [UInt8(generator.next() % 200)])
    case 1: return generator.next() % 4 == 0 ? .disable : .roleAdd(pick())
    case 2...3: return .userAdd(pick(), password: generator.next() % 3 == 0 ? nil : [1])
    case 4: return .userDelete(pick())
    case 5: return .userChangePassword(pick(), password: [2])
    case 6...7: return .userGrantRole(pick(), role: pick())
    case 8: return .userRevokeRole(pick(), role: pick())
    case 9: return .roleDelete(pick())
    case 10:
      let kind = Permission.Kind.allCases[Int(generator.next() % 3)]
      return .roleGrantPermission(pick(), Permission(kind, range()))
    default: return .roleRevokePermission(pick(), range())
    }
  }
}
