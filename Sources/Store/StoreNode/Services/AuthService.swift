import EtcdAPI
import FoundationEssentials
import GRPC
import MVCC
import StoreAuth

/// `etcdserverpb.Auth`: users, roles, and whether they count.
extension EtcdServices {
  func registerAuth(in router: inout GRPCRouter) {
    self.registerAccess(in: &router)
    self.registerUsers(in: &router)
    self.registerRoles(in: &router)
  }

  private func registerAccess(in router: inout GRPCRouter) {
    self.answer(EtcdCall.Auth.enable, in: &router) { (_: Etcdserverpb_AuthEnableRequest) in
      var generator = SystemRandomNumberGenerator()
      let secret = (0..<32).map { _ in UInt8.random(in: 0...(.max), using: &generator) }
      try await self.store.changeAuth(.enable(tokenSecret: secret))
      self.logger.notice("access control is on")
      var response = Etcdserverpb_AuthEnableResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.disable, in: &router) { (_: Etcdserverpb_AuthDisableRequest) in
      try await self.store.changeAuth(.disable)
      self.logger.notice("access control is off")
      var response = Etcdserverpb_AuthDisableResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.status, in: &router) { (_: Etcdserverpb_AuthStatusRequest) in
      let auth = try await self.store.currentAuth()
      var response = Etcdserverpb_AuthStatusResponse()
      response.header = self.header()
      response.enabled = auth.isEnabled
      response.authRevision = auth.revision
      return response
    }
    self.answer(EtcdCall.Auth.authenticate, in: &router) { (message: Etcdserverpb_AuthenticateRequest) in
      var response = Etcdserverpb_AuthenticateResponse()
      response.token = try await self.token(name: AuthName(message.name.utf8), password: message.password)
      response.header = self.header()
      return response
    }
  }

  /// Makes a change, unless it cannot even be said.
  private func change(_ read: () throws(AuthError) -> AuthCommand) async throws {
    let command: AuthCommand
    do throws(AuthError) {
      command = try read()
    } catch {
      throw StoreError.auth(error)
    }
    try await self.store.changeAuth(command)
  }

  /// A token for a user's password.
  private func token(name: AuthName, password: String) async throws -> String {
    // Through the quorum: a user that was just made on another replica is known, and one that was deleted is not.
    let auth = try await self.store.currentAuth()
    guard auth.isEnabled else { throw StoreError.auth(.notEnabled) }
    let user = auth.users[name]
    if let user, user.password == nil { throw StoreError.auth(.noPasswordUser) }
    guard try await self.passwords.matches(password, user?.password) else {
      self.logger.info("authentication failed", metadata: ["user": "\(String(decoding: name, as: UTF8.self))"])
      throw StoreError.auth(.authenticationFailed)
    }
    return AuthToken.make(
      user: name, revision: auth.revision, secret: auth.tokenSecret, now: wallClockMilliseconds())
  }

  // MARK: Users

  private func registerUsers(in router: inout GRPCRouter) {
    self.answer(EtcdCall.Auth.userAdd, in: &router) { (message: Etcdserverpb_AuthUserAddRequest) in
      // Before the work that a digest is.
      guard !message.name.isEmpty else { throw StoreError.auth(.userEmpty) }
      let hasPassword = !message.options.noPassword
      let digest = hasPassword ? try await self.passwords.digest(of: message.password) : nil
      try await self.change { () throws(AuthError) in try AuthCommand(message, digest: digest) }
      var response = Etcdserverpb_AuthUserAddResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.userChangePassword, in: &router) {
      (message: Etcdserverpb_AuthUserChangePasswordRequest) in
      let digest = try await self.passwords.digest(of: message.password)
      try await self.store.changeAuth(AuthCommand(message, digest: digest))
      var response = Etcdserverpb_AuthUserChangePasswordResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.userDelete, in: &router) { (message: Etcdserverpb_AuthUserDeleteRequest) in
      try await self.store.changeAuth(AuthCommand(message))
      var response = Etcdserverpb_AuthUserDeleteResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.userGrantRole, in: &router) { (message: Etcdserverpb_AuthUserGrantRoleRequest) in
      try await self.store.changeAuth(AuthCommand(message))
      var response = Etcdserverpb_AuthUserGrantRoleResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.userRevokeRole, in: &router) { (message: Etcdserverpb_AuthUserRevokeRoleRequest) in
      try await self.store.changeAuth(AuthCommand(message))
      var response = Etcdserverpb_AuthUserRevokeRoleResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.userGet, in: &router) { (message: Etcdserverpb_AuthUserGetRequest) in
      let name = AuthName(message.name.utf8)
      let user = try await self.look { auth, identity throws(AuthError) in
        try auth.check(identity, looksAtUser: name)
        guard let user = auth.users[name] else { throw .userNotFound }
        return user
      }
      var response = Etcdserverpb_AuthUserGetResponse()
      response.roles = user.roles.map { String(decoding: $0, as: UTF8.self) }
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.userList, in: &router) { (_: Etcdserverpb_AuthUserListRequest) in
      let names = try await self.look { auth, identity throws(AuthError) in
        try auth.checkRoot(identity)
        return auth.userNames
      }
      var response = Etcdserverpb_AuthUserListResponse()
      response.users = names.map { String(decoding: $0, as: UTF8.self) }
      response.header = self.header()
      return response
    }
  }

  /// Runs `body` with everything that was acknowledged before, and with who asks.
  private func look<Value>(
    _ body: (AuthState, AuthIdentity?) throws(AuthError) -> Value
  ) async throws -> Value {
    let auth = try await self.store.currentAuth()
    do throws(AuthError) {
      return try body(auth, try Caller.current?.identity(in: auth))
    } catch {
      throw StoreError.auth(error)
    }
  }

  // MARK: Roles

  private func registerRoles(in router: inout GRPCRouter) {
    self.answer(EtcdCall.Auth.roleAdd, in: &router) { (message: Etcdserverpb_AuthRoleAddRequest) in
      try await self.store.changeAuth(AuthCommand(message))
      var response = Etcdserverpb_AuthRoleAddResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.roleDelete, in: &router) { (message: Etcdserverpb_AuthRoleDeleteRequest) in
      try await self.store.changeAuth(AuthCommand(message))
      var response = Etcdserverpb_AuthRoleDeleteResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.roleGrantPermission, in: &router) {
      (message: Etcdserverpb_AuthRoleGrantPermissionRequest) in
      try await self.change { () throws(AuthError) in try AuthCommand(message) }
      var response = Etcdserverpb_AuthRoleGrantPermissionResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.roleRevokePermission, in: &router) {
      (message: Etcdserverpb_AuthRoleRevokePermissionRequest) in
      try await self.store.changeAuth(AuthCommand(message))
      var response = Etcdserverpb_AuthRoleRevokePermissionResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.roleGet, in: &router) { (message: Etcdserverpb_AuthRoleGetRequest) in
      let name = AuthName(message.role.utf8)
      let permissions = try await self.look { auth, identity throws(AuthError) in
        try auth.check(identity, looksAtRole: name)
        guard let permissions = auth.roles[name] else { throw .roleNotFound }
        // What it may do does not depend on what was granted to it.
        return name == AuthState.root ? [Permission(.readWrite, KeyRange(key: [], end: [0]))] : permissions
      }
      var response = Etcdserverpb_AuthRoleGetResponse()
      response.perm = permissions.map(Authpb_Permission.init)
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Auth.roleList, in: &router) { (_: Etcdserverpb_AuthRoleListRequest) in
      let names = try await self.look { auth, identity throws(AuthError) in
        try auth.checkRoot(identity)
        return auth.roleNames
      }
      var response = Etcdserverpb_AuthRoleListResponse()
      response.roles = names.map { String(decoding: $0, as: UTF8.self) }
      response.header = self.header()
      return response
    }
  }
}

extension Authpb_Permission {
  fileprivate init(_ permission: Permission) {
    self.init()
    self.permType =
      switch permission.kind {
      case .read: .read
      case .write: .write
      case .readWrite: .readwrite
      }
    self.key = Data(permission.range.key)
    self.rangeEnd = Data(permission.range.end)
  }
}
