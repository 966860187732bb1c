import MVCC
import StoreAuth
import Testing

/// Who may do what, by etcd's rules.
@Suite struct AuthChecksTests {
  /// `alice` reads [a, m), writes [f, z); `bob` has nothing; `root` has everything.
  private let state: AuthState = {
    var state = AuthState()
    for user in ["root", "alice", "bob"] { _ = state.change(.userAdd(name(user), password: [1])) }
    _ = state.change(.userGrantRole(AuthState.root, role: AuthState.root))
    for role in ["reader", "writer"] { _ = state.change(.roleAdd(name(role))) }
    _ = state.change(.roleGrantPermission(name("reader"), Permission(.read, keys("a", "f"))))
    _ = state.change(.roleGrantPermission(name("reader"), Permission(.read, keys("f", "m"))))
    _ = state.change(.roleGrantPermission(name("writer"), Permission(.write, keys("f", "z"))))
    for role in ["reader", "writer"] { _ = state.change(.userGrantRole(name("alice"), role: name(role))) }
    _ = state.change(.enable(tokenSecret: [1]))
    return state
  }()

  private func refusal(
    _ user: String?, _ check: (AuthState, AuthIdentity?) throws(AuthError) -> Void
  ) -> AuthError? {
    do throws(AuthError) {
      try check(state, user.map(state.identity))
      return nil
    } catch {
      return error
    }
  }

  private func refusal(_ user: String?, _ command: Command, leases: [LeaseID: [Bytes]] = [:]) -> AuthError? {
    refusal(user) { state, identity throws(AuthError) in
      try state.check(identity, command) { leases[$0] ?? [] }
    }
  }

  private func put(_ key: String, lease: LeaseID = 0, previous: Bool = false) -> PutRequest {
    PutRequest(key: name(key), value: [], lease: lease, wantsPrevious: previous)
  }

  @Test func rangesMustBeCoveredByTheUnionOfPermissions() {
    func reads(_ user: String?, _ range: KeyRange) -> AuthError? {
      refusal(user) { state, identity throws(AuthError) in try state.check(identity, reads: range) }
    }
    #expect(reads("alice", keys("a", "m")) == nil)
    #expect(reads("alice", keys("l")) == nil)
    #expect(reads("alice", keys("m")) == .permissionDenied)
    #expect(reads("alice", keys("a", "n")) == .permissionDenied)
    #expect(reads("alice", keys("a", "\0")) == .permissionDenied)
    #expect(reads("alice", .all) == .permissionDenied)
    #expect(reads("bob", keys("a")) == .permissionDenied)
    #expect(reads("root", .all) == nil)
    #expect(reads("nobody", keys("a")) == .permissionDenied)
    #expect(reads(nil, keys("a")) == .userEmpty)
    #expect(reads("", keys("a")) == .userEmpty)
  }

  @Test func writingIsNotReading() {
    #expect(refusal("alice", .put(put("n"))) == nil)
    #expect(refusal("alice", .put(put("n", previous: true))) == .permissionDenied)
    #expect(refusal("alice", .put(put("g", previous: true))) == nil)
    #expect(refusal("alice", .put(put("b"))) == .permissionDenied)
    #expect(refusal("alice", .deleteRange(DeleteRangeRequest(keys("f", "z")))) == nil)
    #expect(
      refusal("alice", .deleteRange(DeleteRangeRequest(keys("f", "z"), wantsPrevious: true))) == .permissionDenied)
    #expect(refusal("alice", .deleteRange(DeleteRangeRequest(keys("f", "m"), wantsPrevious: true))) == nil)
    #expect(refusal("alice", .deleteRange(DeleteRangeRequest(keys("a", "z")))) == .permissionDenied)
    #expect(refusal(nil, .put(put("n"))) == .userEmpty)
    #expect(refusal("root", .deleteRange(DeleteRangeRequest(.all, wantsPrevious: true))) == nil)
  }

  @Test func transactionsAreCheckedInAllTheyMightDo() {
    func txn(
      compare: KeyRange? = nil, success: [MVCC.Operation] = [], failure: [MVCC.Operation] = []
    ) -> TransactionRequest {
      TransactionRequest(
        compares: compare.map { [Compare($0, .equal, .version(0))] } ?? [], success: success, failure: failure)
    }
    #expect(refusal("alice", .transaction(txn(compare: keys("b"), success: [.put(put("g"))]))) == nil)
    // A comparison reads.
    #expect(refusal("alice", .transaction(txn(compare: keys("n"), success: [.put(put("n"))]))) == .permissionDenied)
    #expect(refusal("alice", .transaction(txn(compare: keys("b", "n")))) == .permissionDenied)
    // Both branches count, whichever is taken.
    #expect(refusal("alice", .transaction(txn(failure: [.put(put("b"))]))) == .permissionDenied)
    #expect(refusal("alice", .transaction(txn(success: [.range(RangeRequest(keys("n")))]))) == .permissionDenied)
    #expect(refusal("alice", .transaction(txn(success: [.range(RangeRequest(keys("b")))]))) == nil)
    #expect(refusal("alice", .transaction(txn(success: [.put(put("n", previous: true))]))) == .permissionDenied)
    #expect(
      refusal("alice", .transaction(txn(success: [.deleteRange(DeleteRangeRequest(keys("a", "g")))])))
        == .permissionDenied)
    let nested = txn(success: [.transaction(txn(failure: [.transaction(txn(success: [.put(put("b"))]))]))])
    #expect(refusal("alice", .transaction(nested)) == .permissionDenied)
    #expect(refusal("root", .transaction(nested)) == nil)
    #expect(
      refusal("alice", .transaction(txn(success: [.put(put("g", lease: 5))])), leases: [5: [name("b")]])
        == .permissionDenied)
    // Empty ones too are only for those who are somebody.
    #expect(refusal(nil, .transaction(txn())) == .userEmpty)
    #expect(refusal("nobody", .transaction(txn())) == .permissionDenied)
    #expect(refusal("bob", .transaction(txn())) == nil)
  }

  @Test func aLeaseBelongsToThoseWhoMayWriteItsKeys() {
    let leases: [LeaseID: [Bytes]] = [1: [name("g"), name("y")], 2: [name("g"), name("b")], 3: []]
    #expect(refusal("alice", .leaseRevoke(id: 1), leases: leases) == nil)
    #expect(refusal("alice", .leaseRevoke(id: 2), leases: leases) == .permissionDenied)
    #expect(refusal("bob", .leaseRevoke(id: 1), leases: leases) == .permissionDenied)
    #expect(refusal("bob", .leaseRevoke(id: 3), leases: leases) == nil)
    #expect(refusal(nil, .leaseRevoke(id: 3), leases: leases) == .userEmpty)
    #expect(refusal("root", .leaseRevoke(id: 2), leases: leases) == nil)
    #expect(refusal("alice", .put(put("g", lease: 1)), leases: leases) == nil)
    #expect(refusal("alice", .put(put("g", lease: 2)), leases: leases) == .permissionDenied)
    #expect(refusal("bob", .leaseGrant(id: 4, timeToLive: 1)) == nil)
    #expect(refusal(nil, .leaseGrant(id: 4, timeToLive: 1)) == .userEmpty)
    #expect(refusal("nobody", .leaseGrant(id: 4, timeToLive: 1)) == .permissionDenied)
    func reads(_ user: String?, _ keys: [Bytes]) -> AuthError? {
      refusal(user) { state, identity throws(AuthError) in try state.check(identity, readsKeys: { keys }) }
    }
    #expect(reads("alice", [name("b"), name("g")]) == nil)
    #expect(reads("alice", [name("b"), name("y")]) == .permissionDenied)
    #expect(reads(nil, []) == .userEmpty)
  }

  @Test func whatNamesNoKeysIsForUsersOrForRoot() {
    #expect(refusal("bob", .compact(revision: 1)) == nil)
    #expect(refusal(nil, .compact(revision: 1)) == .userEmpty)
    func root(_ user: String?) -> AuthError? {
      refusal(user) { state, identity throws(AuthError) in try state.checkRoot(identity) }
    }
    #expect(root("root") == nil && root("alice") == .permissionDenied)
    #expect(root("nobody") == .userNotFound && root(nil) == .userEmpty && root("") == .userEmpty)
  }

  @Test func oneMayLookAtOneself() {
    func looks(_ user: String?, at other: String) -> AuthError? {
      refusal(user) { state, identity throws(AuthError) in try state.check(identity, looksAtUser: name(other)) }
    }
    func looks(_ user: String?, atRole role: String) -> AuthError? {
      refusal(user) { state, identity throws(AuthError) in try state.check(identity, looksAtRole: name(role)) }
    }
    #expect(looks("alice", at: "alice") == nil && looks("alice", at: "bob") == .permissionDenied)
    #expect(looks("root", at: "alice") == nil && looks(nil, at: "alice") == .userEmpty)
    #expect(looks("nobody", at: "nobody") == .userNotFound)
    #expect(looks("alice", atRole: "reader") == nil && looks("bob", atRole: "reader") == .permissionDenied)
    #expect(looks("root", atRole: "reader") == nil && looks(nil, atRole: "reader") == .userEmpty)
  }

  @Test func whoIsMadeAnewIsSomebodyElse() throws {
    var state = state
    let before = state.identity("alice")
    // What concerns others, or only her roles, leaves her who she is.
    #expect(state.change(.userChangePassword(name("bob"), password: [2])) == nil)
    #expect(state.change(.userRevokeRole(name("alice"), role: name("writer"))) == nil)
    try state.check(before, reads: keys("b"))
    #expect(state.change(.userChangePassword(name("alice"), password: [2])) == nil)
    #expect(throws: AuthError.oldRevision) { try state.check(before, reads: keys("b")) }
    #expect(throws: AuthError.oldRevision) { try state.checkUser(before) }
    let after = state.identity("alice")
    try state.check(after, reads: keys("b"))
    #expect(state.change(.userDelete(name("alice"))) == nil)
    #expect(throws: AuthError.permissionDenied) { try state.check(after, reads: keys("b")) }
    #expect(state.change(.userAdd(name("alice"), password: [2])) == nil)
    #expect(state.change(.userGrantRole(name("alice"), role: AuthState.root)) == nil)
    #expect(throws: AuthError.oldRevision) { try state.check(after, reads: keys("b")) }
    #expect(throws: AuthError.oldRevision) { try state.checkRoot(after) }
  }

  @Test func permissionsThatAreTakenAreGone() throws {
    var state = state
    let alice = state.identity("alice")
    try state.check(alice, reads: keys("a", "m"))
    #expect(state.change(.roleRevokePermission(name("reader"), keys("f", "m"))) == nil)
    try state.check(alice, reads: keys("a", "f"))
    #expect(throws: AuthError.permissionDenied) { try state.check(alice, reads: keys("a", "m")) }
    #expect(state.change(.roleGrantPermission(name("reader"), Permission(.write, keys("a", "f")))) == nil)
    #expect(throws: AuthError.permissionDenied) { try state.check(alice, reads: keys("a")) }
    try state.check(alice, writes: keys("a", "z"))
    #expect(state.change(.roleDelete(name("writer"))) == nil)
    #expect(throws: AuthError.permissionDenied) { try state.check(alice, writes: keys("a", "z")) }
  }

  @Test func switchedOffEverybodyMayDoEverything() throws {
    var state = state
    #expect(state.change(.disable) == nil)
    try state.check(nil, .put(put("b", lease: 3, previous: true))) { _ in [[1]] }
    try state.check(nil, reads: .all)
    try state.checkRoot(nil)
    try state.checkUser(nil)
    try state.check(nil, looksAtUser: name("x"))
  }
}
