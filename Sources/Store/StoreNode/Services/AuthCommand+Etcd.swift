import EtcdAPI
import FoundationEssentials
import MVCC
import StoreAuth

// etcd's messages as changes of users and roles. Whether those make sense is decided where they are applied.

extension AuthCommand {
  /// - Parameter digest: of the password; nil for a user without one.
  init(_ message: Etcdserverpb_AuthUserAddRequest, digest: [UInt8]?) throws(AuthError) {
    guard !message.name.isEmpty else { throw .userEmpty }
    self = .userAdd(AuthName(message.name.utf8), password: digest)
  }

  init(_ message: Etcdserverpb_AuthUserDeleteRequest) { self = .userDelete(AuthName(message.name.utf8)) }

  init(_ message: Etcdserverpb_AuthUserChangePasswordRequest, digest: [UInt8]) {
    self = .userChangePassword(AuthName(message.name.utf8), password: digest)
  }

  init(_ message: Etcdserverpb_AuthUserGrantRoleRequest) {
    self = .userGrantRole(AuthName(message.user.utf8), role: AuthName(message.role.utf8))
  }

  init(_ message: Etcdserverpb_AuthUserRevokeRoleRequest) {
    self = .userRevokeRole(AuthName(message.name.utf8), role: AuthName(message.role.utf8))
  }

  init(_ message: Etcdserverpb_AuthRoleAddRequest) { self = .roleAdd(AuthName(message.name.utf8)) }

  init(_ message: Etcdserverpb_AuthRoleDeleteRequest) { self = .roleDelete(AuthName(message.role.utf8)) }

  init(_ message: Etcdserverpb_AuthRoleGrantPermissionRequest) throws(AuthError) {
    guard message.hasPerm else { throw .permissionNotGiven }
    self = .roleGrantPermission(AuthName(message.name.utf8), try Permission(message.perm))
  }

  init(_ message: Etcdserverpb_AuthRoleRevokePermissionRequest) {
    self = .roleRevokePermission(AuthName(message.role.utf8), KeyRange(message.key, message.rangeEnd))
  }
}

extension Permission {
  fileprivate init(_ message: Authpb_Permission) throws(AuthError) {
    let kind: Kind
    switch message.permType {
    case .read: kind = .read
    case .write: kind = .write
    case .readwrite: kind = .readWrite
    case .UNRECOGNIZED: throw .invalidManagement
    }
    self.init(kind, KeyRange(message.key, message.rangeEnd))
  }
}
