import Access
import AccessTokens
import Crypto
import Registry
import Synchronization

/// A token that was found good: what it says, and which objects vouched for it.
///
/// Its signature does not have to be checked again. Everything else does, each time: what the clock and the registry
/// say may have changed. But what was read out of an object holds for as long as that very object is there.
struct VerifiedToken: Sendable {
  enum Claims: Sendable {
    case issued(ServiceAccountClaims)
    /// Of the kind that lies in a secret.
    case legacy(LegacyTokenClaims)
  }

  /// An object that vouches for a token. An object never changes: a change makes another one.
  struct Voucher: Sendable {
    /// Weak, so that no old version is kept for the sake of a token that does not come any more.
    private weak var object: StoredObject?
    let existing: ServiceAccountClaims.Existing

    init(_ object: StoredObject, _ existing: ServiceAccountClaims.Existing) {
      self.object = object
      self.existing = existing
    }

    func isFrom(_ other: StoredObject) -> Bool { object === other }
  }

  let claims: Claims
  let user: UserInfo
  let vouchers: [ServiceAccountClaims.Dependency: Voucher]
}

/// The tokens that were good when they came last: pods and their client libraries come with the same one for an hour.
///
/// Only tokens that were found good are put in, so that nobody fills it without having that many; and it is bounded.
/// It belongs to one set of keys: a front-end with others starts with an empty one.
final class VerifiedTokens: Sendable {
  /// What a token is known by: tokens themselves are not kept.
  struct Mark: Hashable, Sendable {
    private let digest: SHA256Digest

    init(_ token: String) { digest = SHA256.hash(data: Array(token.utf8)) }
  }

  private struct State {
    var tokens: [Mark: VerifiedToken] = [:]
    /// In the order in which they came in, from `next` on once it is full; some of them may have been dropped since.
    var marks: [Mark] = []
    var next = 0
  }

  private let capacity: Int
  private let state = Mutex(State())

  /// - Parameter capacity: the most tokens that are kept; the one that came in first goes for another.
  init(capacity: Int) {
    precondition(capacity > 0, "no room for a token")
    self.capacity = capacity
  }

  var count: Int { state.withLock { $0.tokens.count } }

  func token(_ mark: Mark) -> VerifiedToken? { state.withLock { $0.tokens[mark] } }

  /// - Parameter token: has been found good just now.
  func keep(_ token: VerifiedToken, as mark: Mark) {
    state.withLock { state in
      if state.tokens.updateValue(token, forKey: mark) != nil { return }
      if state.marks.count < capacity { return state.marks.append(mark) }
      let oldest = state.marks[state.next]
      // The same may have been dropped and have come back.
      if oldest != mark { state.tokens[oldest] = nil }
      state.marks[state.next] = mark
      state.next = (state.next + 1) % capacity
    }
  }

  /// It has been found bad.
  func drop(_ mark: Mark) { state.withLock { $0.tokens[mark] = nil } }
}
