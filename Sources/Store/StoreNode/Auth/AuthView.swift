import StoreAuth
import Synchronization

/// Users and roles as the state thread last left them, for who has a call at the door and no need to ask the state.
///
/// What is decided by it is decided again where the request is carried out (``AccessNeed``, and in the log), but for
/// calls that have no place there, like member changes.
final class AuthView: Sendable {
  /// The revision, doubled, and one while access control is on: nothing changes without it.
  private let stamp = Atomic<UInt64>(AuthView.stamp(of: AuthState()))
  private let state = Mutex(AuthState())
  private let isCurrent = Atomic<Bool>(false)

  private static func stamp(of state: borrowing AuthState) -> UInt64 { state.revision << 1 | (state.isEnabled ? 1 : 0) }

  var isEnabled: Bool { stamp.load(ordering: .acquiring) & 1 == 1 }

  var current: AuthState { state.withLock { $0 } }

  /// Whether this replica has, since its start, ever known everything that was acknowledged before. Until then access
  /// control may be on without its knowledge.
  var hasCaughtUp: Bool { isCurrent.load(ordering: .acquiring) }

  /// A read through the quorum has come back.
  func caughtUp() {
    if !isCurrent.load(ordering: .relaxed) { isCurrent.store(true, ordering: .releasing) }
  }

  /// For the state thread, after each change.
  func publish(_ auth: borrowing AuthState) {
    let now = Self.stamp(of: auth)
    guard now != stamp.load(ordering: .relaxed) else { return }
    let auth = copy auth
    state.withLock { $0 = auth }
    stamp.store(now, ordering: .releasing)
  }
}
