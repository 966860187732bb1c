import MVCC
import RaftCore
import Replica
import StoreAuth

// Access control in the simulation: clients make users and roles, switch it on and off, and act as users. Who asks is
// established as the process does it (`Caller`, `AuthToken`, `Engine+Auth` in StoreNode): by a certificate's name, by a
// token that was had for a password, or not at all.

extension Client {
  enum Caller {
    case nobody
    case certificate(AuthName)
    case token(Token)
  }

  /// What a client has for a password.
  struct Token {
    var identity: AuthIdentity
    var secret: Bytes
  }

  func identity(in auth: AuthState) throws(AuthError) -> AuthIdentity {
    switch caller {
    case .nobody: throw .userEmpty
    case .certificate(let name): return AuthIdentity(user: name, revision: auth.revision)
    case .token(let token):
      let identity = token.identity
      guard !auth.tokenSecret.isEmpty, token.secret == auth.tokenSecret else { throw .invalidToken }
      if identity.revision <= auth.revision {
        guard let user = auth.users[identity.user], user.credentialRevision <= identity.revision else {
          throw .invalidToken
        }
      }
      return identity
    }
  }
}

extension World {
  private static let userNames = (1...3).map { AuthName("u\($0)".utf8) }
  private static let roleNames = (1...3).map { AuthName("r\($0)".utf8) }
  private static let ranges: [KeyRange] = [
    KeyRange(key: Bytes("k1".utf8)), KeyRange(key: Bytes("p4".utf8)), .prefix(Bytes("k".utf8)),
    .prefix(Bytes("p".utf8)), KeyRange(key: Bytes("k0".utf8), end: Bytes("k3".utf8)),
    KeyRange(key: Bytes("k3".utf8), end: Bytes("p3".utf8)), KeyRange(key: Bytes("p".utf8), end: [0]), .all,
  ]

  // MARK: - What clients do

  /// Chooses who the client is this time, and a change of users and roles, if it is to be one.
  func chooseUsersAction(for number: Int) -> Client.Action? {
    guard let model = users?.model else { return nil }
    clients[number].caller = chooseCaller(for: number)
    let root = AuthState.root
    if !model.isEnabled, number == 0, chance(0.6) {
      guard let user = model.users[root] else { return .changeUsers(.userAdd(root, password: password())) }
      guard user.roles.contains(root) else { return .changeUsers(.userGrantRole(root, role: root)) }
      if chance(0.3) { return .changeUsers(.enable(tokenSecret: (0..<4).map { _ in UInt8(between(0, 255)) })) }
      return .changeUsers(chooseChange(model))
    }
    guard model.isEnabled, chance(0.2) else { return nil }
    if chance(0.25) { return .authenticate(Self.userNames.randomElement(using: &random)!, password: password()) }
    // Sometimes it is somebody who may not.
    if chance(0.85) { clients[number].caller = .certificate(root) }
    return .changeUsers(chooseChange(model))
  }

  private func password() -> Bytes { [UInt8(between(1, 2))] }

  private func chooseCaller(for number: Int) -> Client.Caller {
    let name = Self.userNames.randomElement(using: &random)!
    switch between(0, 19) {
    case 0: return .nobody
    case 1..<7: return .certificate(AuthState.root)
    case 7..<13: return clients[number].token.map { .token($0) } ?? .certificate(name)
    default: return .certificate(name)
    }
  }

  private func chooseChange(_ model: AuthModel) -> AuthCommand {
    let user = Self.userNames.randomElement(using: &random)!
    let role = Self.roleNames.randomElement(using: &random)!
    let range = Self.ranges.randomElement(using: &random)!
    if model.users[user] == nil, chance(0.7) { return .userAdd(user, password: chance(0.3) ? nil : password()) }
    if model.roles[role] == nil, chance(0.7) { return .roleAdd(role) }
    switch between(0, 15) {
    case 0..<5:
      let kind = Permission.Kind.allCases.randomElement(using: &random)!
      return .roleGrantPermission(role, Permission(kind, range))
    case 5, 6: return .roleRevokePermission(role, range)
    case 7..<10: return .userGrantRole(user, role: role)
    case 10: return .userRevokeRole(user, role: role)
    case 11: return .userDelete(chance(0.2) ? AuthState.root : user)
    case 12: return .roleDelete(role)
    case 13: return .userChangePassword(user, password: password())
    case 14: return chance(0.4) ? .disable : .userRevokeRole(AuthState.root, role: AuthState.root)
    default: return .userGrantRole(user, role: role)
    }
  }

  // MARK: - How it is asked for

  /// A client's command: with whose it is, where the replica knows that this matters.
  func ask(_ command: ReplicaCommand, of replica: SimulatedReplica, for number: Int) throws {
    clients[number].isNamed = replica.state.isAccessControlled
    guard clients[number].isNamed else { return try propose(command, at: replica, for: number) }
    guard let identity = try? clients[number].identity(in: replica.state.records.auth) else {
      return try clientIsDenied(number)
    }
    try propose(.byUser(identity, command), at: replica, for: number)
  }

  /// An operator's command.
  func askAsRoot(_ command: ReplicaCommand, of replica: SimulatedReplica) throws {
    guard replica.state.isAccessControlled else { return try propose(command, at: replica, for: nil) }
    let root = AuthIdentity(user: AuthState.root, revision: replica.state.records.auth.revision)
    try propose(.byUser(root, command), at: replica, for: nil)
  }

  /// Whether a result is that of a command that went without a name, and goes once more with it: access control was
  /// switched on behind it.
  func asksAgain(_ number: Int?, _ result: ReplicaResult, at replica: SimulatedReplica) throws -> Bool {
    guard let number, case .denied(.userEmpty) = result, !clients[number].isNamed, replica.state.isAccessControlled,
      clients[number].action != nil, let command = clients[number].command
    else { return false }
    try ask(command, of: replica, for: number)
    return true
  }

  // MARK: - Outcomes

  /// Nothing was done, and nothing will be.
  func clientIsDenied(_ number: Int) throws {
    // It gets another token, or tries the one that it has again.
    if case .token = clients[number].caller, chance(0.5) { clients[number].token = nil }
    try clientHasDoneNothing(number)
    finish(number)
  }

  /// Whether a client's read may run at a replica.
  func mayRead(_ number: Int, _ range: KeyRange, at replica: SimulatedReplica) throws -> Bool {
    guard let users else { return true }
    let identity = try? clients[number].identity(in: replica.state.records.auth)
    return try users.mayRead(identity, range, replica.state, floor: clients[number].usersFloor)
  }

  /// What a client is told that shows its password.
  func clientAuthenticates(_ number: Int, _ name: AuthName, _ password: Bytes, at replica: SimulatedReplica) {
    let auth = replica.state.records.auth
    if auth.isEnabled, auth.users[name]?.password == password {
      clients[number].token = Client.Token(
        identity: AuthIdentity(user: name, revision: auth.revision), secret: auth.tokenSecret)
    }
    finish(number)
  }

  /// Whether a watcher may begin at a replica.
  func mayWatch(_ watcher: Watcher, at replica: SimulatedReplica) throws -> Bool {
    guard let users, watcher.number % 3 == 1 else { return true }
    let identity = AuthIdentity(user: Self.userNames[0], revision: replica.state.records.auth.revision)
    return try users.mayRead(identity, watcher.range, replica.state, floor: 0)
  }
}
