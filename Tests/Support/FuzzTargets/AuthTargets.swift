import ByteCoding
import MVCC
package import StoreAuth

extension FuzzTarget {
  /// Users and roles as a snapshot has them (or none, where the first block is empty), then changes of them.
  static let auth = FuzzTarget("auth") { bytes in
    var input = FuzzInput(bytes)
    var state = AuthState()
    let start = input.block()
    if !start.isEmpty {
      var reader = ByteReader(start[...])
      do {
        state = try AuthState(from: &reader)
        try reader.expectEnd()
      } catch is ByteCodingError {
        return false
      }
      try checkAuth(state)
    }
    var isRead = !start.isEmpty
    while !input.isEmpty {
      var reader = ByteReader(input.block()[...])
      guard let command = try? AuthCommand(from: &reader) else { continue }
      isRead = true
      try checkAuth(command, on: &state)
    }
    return isRead
  }

  /// A change that was read from anywhere, made to users and roles.
  package static func checkAuth(_ command: AuthCommand, on state: inout AuthState) throws {
    var writer = ByteWriter()
    command.encode(into: &writer)
    var again = ByteReader(writer.bytes[...])
    try expect(try AuthCommand(from: &again) == command, "\(command) is another one when it is read again")
    let before = state
    var wentBack = false
    do throws(AuthError) {
      try state.apply(command)
      wentBack = state.revision < before.revision
    } catch {
      try expect(state == before, "\(command) was refused (\(error)) and has changed something")
    }
    try expect(!wentBack, "the revision goes back")
    try checkAuth(state)
  }

  /// Users and roles that are on, with a password, two roles and three permissions.
  package static var exampleAuth: AuthState {
    var state = AuthState()
    for command in exampleChanges.prefix(12) { try? state.apply(command) }
    return state
  }

  private static func checkAuth(_ state: AuthState) throws {
    var writer = ByteWriter()
    state.encode(into: &writer)
    var reader = ByteReader(writer.bytes[...])
    try expect(try AuthState(from: &reader) == state, "users and roles are others when they are read again")
    guard state.isEnabled else { return }
    for (name, user) in state.users.prefix(8) {
      try expect(user.credentialRevision <= state.revision, "a password of a time to come")
      let permissions = user.roles.flatMap { state.roles[$0] ?? [] }
      let identity = AuthIdentity(user: name, revision: state.revision)
      for key: [UInt8] in [[97], [98], [97, 0], [255]] + permissions.prefix(4).map(\.range.key) where !key.isEmpty {
        // Key by key, without the intervals that they are added up to.
        let mayRead = user.isRoot || permissions.contains { $0.kind != .write && $0.range.contains(key) }
        let mayWrite = user.isRoot || permissions.contains { $0.kind != .read && $0.range.contains(key) }
        let reads = (try? state.check(identity, reads: KeyRange(key: key))) != nil
        let writes = (try? state.check(identity, writes: KeyRange(key: key))) != nil
        try expect(reads == mayRead && writes == mayWrite, "\(name) and \(key): \(permissions)")
      }
    }
  }

  private static var exampleChanges: [AuthCommand] {
    func name(_ text: String) -> AuthName { Array(text.utf8) }
    return [
      .roleAdd(name("r")), .roleGrantPermission(name("r"), Permission(.readWrite, KeyRange(key: [97], end: [99]))),
      .roleGrantPermission(name("r"), Permission(.read, KeyRange(key: [98], end: [0]))),
      .roleAdd(name("s")), .roleGrantPermission(name("s"), Permission(.write, KeyRange(key: [97, 0]))),
      .userAdd(name("root"), password: [1]), .userAdd(name("u"), password: nil),
      .userGrantRole(name("u"), role: name("r")),
      .userGrantRole(name("u"), role: name("s")), .userGrantRole(name("root"), role: name("root")),
      .enable(tokenSecret: [7]), .userChangePassword(name("root"), password: [2]),
      .roleRevokePermission(name("r"), KeyRange(key: [97], end: [99])), .userRevokeRole(name("u"), role: name("s")),
      .roleDelete(name("r")), .userDelete(name("u")), .disable, .roleDelete(name("s")),
    ]
  }

  static var authSeeds: [[UInt8]] {
    let all = exampleChanges
    func block(_ command: AuthCommand) -> [UInt8] {
      var writer = ByteWriter()
      command.encode(into: &writer)
      return [UInt8(writer.bytes.count)] + writer.bytes
    }
    var writer = ByteWriter()
    exampleAuth.encode(into: &writer)
    return [
      [0] + all.flatMap(block), [UInt8(writer.bytes.count)] + writer.bytes + all.suffix(6).flatMap(block),
    ]
  }
}
