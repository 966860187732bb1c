import MVCC

extension AuthState {
  /// Makes one change. A refused one has changed nothing.
  ///
  /// - Parameter mutations: bugs, for tests.
  package mutating func apply(_ command: AuthCommand, mutations: AuthMutation = []) throws(AuthError) {
    switch command {
    case .enable(let secret): try enable(secret)
    case .disable: disable()
    case .userAdd(let name, let password): try addUser(name, password)
    case .userDelete(let name): try deleteUser(name)
    case .userChangePassword(let name, let password): try changePassword(of: name, to: password)
    case .userGrantRole(let name, let role): try grant(role, to: name)
    case .userRevokeRole(let name, let role): try revoke(role, from: name)
    case .roleAdd(let name): try addRole(name)
    case .roleDelete(let name):
      try deleteRole(name, isForgotten: !mutations.contains(.deletedRolesStayInForce))
    case .roleGrantPermission(let name, let permission): try grant(permission, to: name)
    case .roleRevokePermission(let name, let range): try revoke(range, from: name)
    }
  }

  // MARK: - Whether they count

  private mutating func enable(_ secret: Bytes) throws(AuthError) {
    guard !isEnabled else { return }
    guard let root = users[Self.root] else { throw .rootUserNotFound }
    guard root.isRoot else { throw .rootRoleNotGranted }
    isEnabled = true
    tokenSecret = secret
  }

  private mutating func disable() {
    guard isEnabled else { return }
    isEnabled = false
    tokenSecret = []
    revision += 1
  }

  // MARK: - Users

  private func user(_ name: AuthName) throws(AuthError) -> AuthUser {
    guard let user = users[name] else { throw .userNotFound }
    return user
  }

  private mutating func addUser(_ name: AuthName, _ password: Bytes?) throws(AuthError) {
    guard !name.isEmpty else { throw .userEmpty }
    guard users[name] == nil else { throw .userExists }
    revision += 1
    users[name] = AuthUser(password: password, credentialRevision: revision)
    refreshGrants(of: name)
  }

  private mutating func deleteUser(_ name: AuthName) throws(AuthError) {
    // Without it nobody could switch access control off again.
    guard !isEnabled || name != Self.root else { throw .invalidManagement }
    _ = try user(name)
    users[name] = nil
    revision += 1
    refreshGrants(of: name)
  }

  private mutating func changePassword(of name: AuthName, to password: Bytes) throws(AuthError) {
    var user = try user(name)
    revision += 1
    // One who was made without a password stays so, as in etcd.
    if user.password != nil { user.password = password }
    user.credentialRevision = revision
    users[name] = user
  }

  private mutating func grant(_ role: AuthName, to name: AuthName) throws(AuthError) {
    var user = try user(name)
    // The role that may do everything need not have been made.
    guard role == Self.root || roles[role] != nil else { throw .roleNotFound }
    guard !user.roles.contains(role) else { return }
    user.roles.append(role)
    user.roles.sort { $0.precedes($1) }
    users[name] = user
    revision += 1
    refreshGrants(of: name)
  }

  private mutating func revoke(_ role: AuthName, from name: AuthName) throws(AuthError) {
    guard !isEnabled || name != Self.root || role != Self.root else { throw .invalidManagement }
    var user = try user(name)
    guard user.roles.contains(role) else { throw .roleNotGranted }
    user.roles.removeAll { $0 == role }
    users[name] = user
    revision += 1
    refreshGrants(of: name)
  }

  // MARK: - Roles

  private mutating func addRole(_ name: AuthName) throws(AuthError) {
    guard !name.isEmpty else { throw .roleEmpty }
    guard roles[name] == nil else { throw .roleExists }
    roles[name] = []
    revision += 1
    refreshHolders(of: name)
  }

  private mutating func deleteRole(_ name: AuthName, isForgotten: Bool) throws(AuthError) {
    guard !isEnabled || name != Self.root else { throw .invalidManagement }
    guard roles[name] != nil else { throw .roleNotFound }
    roles[name] = nil
    for (holder, user) in users where user.roles.contains(name) {
      users[holder]?.roles.removeAll { $0 == name }
      if isForgotten { refreshGrants(of: holder) }
    }
    revision += 1
  }

  private mutating func grant(_ permission: Permission, to name: AuthName) throws(AuthError) {
    // A range without a key in it would never permit anything: most likely its ends were mixed up.
    let range = permission.range
    guard !range.key.isEmpty, range.isSingleKey || range.isUnbounded || range.key.precedes(range.end) else {
      throw .invalidManagement
    }
    guard var permissions = roles[name] else { throw .roleNotFound }
    if let index = permissions.firstIndex(where: { $0.range == range }) {
      permissions[index].kind = permission.kind
    } else {
      let index = permissions.firstIndex { range.key.precedes($0.range.key) } ?? permissions.endIndex
      permissions.insert(permission, at: index)
    }
    roles[name] = permissions
    revision += 1
    refreshHolders(of: name)
  }

  private mutating func revoke(_ range: KeyRange, from name: AuthName) throws(AuthError) {
    guard let permissions = roles[name] else { throw .roleNotFound }
    let left = permissions.filter { $0.range != range }
    guard left.count < permissions.count else { throw .permissionNotGranted }
    roles[name] = left
    revision += 1
    refreshHolders(of: name)
  }

  private mutating func refreshHolders(of role: AuthName) {
    for (name, user) in users where user.roles.contains(role) { refreshGrants(of: name) }
  }
}
