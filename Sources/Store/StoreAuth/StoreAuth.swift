// Users, roles and what they may do: etcd v3's access control as a value.
//
// - ``AuthState`` is part of the replicated state; ``AuthCommand`` is the only way to change it, and has a versioned
//   binary form for the log.
// - ``AuthState``'s `check…` methods decide whether an ``AuthIdentity`` may do something. They look at nothing but the
//   state, so that replicas that check at the same index decide alike.
// - ``KeyIntervals`` is the union of the keys that somebody's permissions cover.
//
// How a client proves who it is (passwords, tokens, certificates) is the process' concern: here a password is an opaque
// digest, and the secret that tokens are signed with opaque bytes.
//
// Pure: no clock, no randomness, no locks. The rules are etcd's (its documentation of role-based access control and its
// observed behaviour); where releases of etcd differ, those of its fixed releases (3.5.28 and later, 3.6) are kept.

package import MVCC

/// The name of a user or role: text in UTF-8, compared byte by byte as etcd does. (Swift's own comparison of text takes
/// different spellings of an accented letter for one name.)
package typealias AuthName = Bytes

/// Who asks, and since when that is known.
package struct AuthIdentity: Hashable, Sendable {
  package var user: AuthName
  /// The auth revision at which it was established that it is this user. A user that was made anew or got another
  /// password after it is not the one that was meant.
  package var revision: UInt64

  package init(user: AuthName, revision: UInt64) {
    self.user = user
    self.revision = revision
  }
}
