/// Why access control refused something. Each case is one of etcd's errors; `message` is etcd's text for it, which
/// clients compare.
package enum AuthError: UInt8, Error, Hashable, Sendable, CaseIterable {
  case rootUserNotFound = 1
  case rootRoleNotGranted = 2
  case userExists = 3
  case userEmpty = 4
  case userNotFound = 5
  case roleExists = 6
  case roleNotFound = 7
  case roleEmpty = 8
  case authenticationFailed = 9
  case noPasswordUser = 10
  case permissionNotGiven = 11
  case permissionDenied = 12
  case roleNotGranted = 13
  case permissionNotGranted = 14
  case notEnabled = 15
  case oldRevision = 16
  case invalidToken = 17
  case invalidManagement = 18

  /// The text that etcd's clients know.
  package var message: String {
    switch self {
    case .rootUserNotFound: "etcdserver: root user does not exist"
    case .rootRoleNotGranted: "etcdserver: root user does not have root role"
    case .userExists: "etcdserver: user name already exists"
    case .userEmpty: "etcdserver: user name is empty"
    case .userNotFound: "etcdserver: user name not found"
    case .roleExists: "etcdserver: role name already exists"
    case .roleNotFound: "etcdserver: role name not found"
    case .roleEmpty: "etcdserver: role name is empty"
    case .authenticationFailed: "etcdserver: authentication failed, invalid user ID or password"
    // etcd has no text of its API for this one; what its clients see is the server's inner one.
    case .noPasswordUser: "auth: authentication failed, password was given for no password user"
    case .permissionNotGiven: "etcdserver: permission not given"
    case .permissionDenied: "etcdserver: permission denied"
    case .roleNotGranted: "etcdserver: role is not granted to the user"
    case .permissionNotGranted: "etcdserver: permission is not granted to the role"
    case .notEnabled: "etcdserver: authentication is not enabled"
    case .oldRevision: "etcdserver: revision of auth store is old"
    case .invalidToken: "etcdserver: invalid auth token"
    case .invalidManagement: "etcdserver: invalid auth management"
    }
  }
}
