package import MVCC

/// A right to keys.
package struct Permission: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable, CaseIterable {
    case read = 0
    case write = 1
    case readWrite = 2

    var allowsReading: Bool { self != .write }
    var allowsWriting: Bool { self != .read }
  }

  package var kind: Kind
  package var range: KeyRange

  package init(_ kind: Kind, _ range: KeyRange) {
    self.kind = kind
    self.range = range
  }
}

/// Somebody who may ask for something.
package struct AuthUser: Hashable, Sendable {
  /// In order. May name roles that do not exist (`root` needs none).
  package var roles: [AuthName] = []
  /// The digest of the password, as the process that made it writes it; nil for one who is known by a certificate only.
  package var password: Bytes?
  /// The auth revision of its creation or of its last password.
  package var credentialRevision: UInt64

  /// May do everything.
  package var isRoot: Bool { roles.contains(AuthState.root) }
}

/// Users, roles and whether anybody looks at them.
package struct AuthState: Hashable, Sendable {
  /// The name of the user who must exist, and of the role that may do everything.
  package static let root: AuthName = Array("root".utf8)

  package internal(set) var isEnabled = false
  /// Grows with every change of a user or role, and when it is switched off (as etcd counts).
  package internal(set) var revision: UInt64 = 1
  /// What tokens are signed with: new each time that it is switched on, empty while it is off.
  package internal(set) var tokenSecret: Bytes = []
  package internal(set) var users: [AuthName: AuthUser] = [:]
  /// The permissions of each role, in the order of their first keys.
  package internal(set) var roles: [AuthName: [Permission]] = [:]
  /// What each user's roles add up to: follows from the above.
  private(set) var grants: [AuthName: Grants] = [:]

  struct Grants: Hashable, Sendable {
    var readable = KeyIntervals()
    var writable = KeyIntervals()
  }

  package init() {}

  package var userNames: [AuthName] { users.keys.sorted { $0.precedes($1) } }

  package var roleNames: [AuthName] { roles.keys.sorted { $0.precedes($1) } }

  /// Adds up a user's permissions anew; to be called after its roles, or one of them, changed.
  mutating func refreshGrants(of name: AuthName) {
    guard let user = users[name] else {
      grants[name] = nil
      return
    }
    let permissions = user.roles.flatMap { roles[$0] ?? [] }
    grants[name] = Grants(
      readable: KeyIntervals(permissions.filter(\.kind.allowsReading).map(\.range)),
      writable: KeyIntervals(permissions.filter(\.kind.allowsWriting).map(\.range)))
  }
}
