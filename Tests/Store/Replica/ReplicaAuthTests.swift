import ByteCoding
import MVCC
import RaftCore
import Replica
import StoreAuth
import Testing

/// Access control where entries are applied.
@Suite struct ReplicaAuthTests {
  private static let base = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1, 2, 3]))

  private static var configuration: ReplicaConfiguration {
    var configuration = ReplicaConfiguration(member: 1, seed: 1)
    configuration.tickMilliseconds = 100
    configuration.checkpointTicks = .max
    return configuration
  }

  private func name(_ text: String) -> Bytes { Array(text.utf8) }

  private func put(_ key: String, lease: LeaseID = 0) -> ReplicaCommand {
    .store(.put(PutRequest(key: name(key), value: [1], lease: lease)))
  }

  /// Feeds a state with entries and remembers what came of each.
  private struct Feed {
    var state = ReplicaState(configuration: configuration, start: 1, base: base)
    var sequence: UInt64 = 0
    var entries: [Entry] = []

    mutating func apply(_ command: ReplicaCommand, sequence again: UInt64? = nil) -> ReplicaResult? {
      if again == nil { sequence += 1 }
      let id = ProposalID(origin: 1, start: 1, sequence: again ?? sequence)
      let payload = Envelope(id: id, time: 5, command: command).encoded()
      let entry = Entry(term: 1, index: state.appliedIndex + 1, kind: .command, payload: payload)
      entries.append(entry)
      _ = state.apply([entry])
      for case .result(id.sequence, let result) in state.takeEffects() { return result }
      return nil
    }

    func identity(_ user: String) -> AuthIdentity {
      AuthIdentity(user: Array(user.utf8), revision: state.records.auth.revision)
    }
  }

  /// `alice` may write [a, m); root may everything.
  private func prepared() -> Feed {
    var feed = Feed()
    let commands: [AuthCommand] = [
      .userAdd(AuthState.root, password: [1]), .userGrantRole(AuthState.root, role: AuthState.root),
      .userAdd(name("alice"), password: [2]), .roleAdd(name("r")),
      .roleGrantPermission(name("r"), Permission(.write, KeyRange(key: name("a"), end: name("m")))),
      .userGrantRole(name("alice"), role: name("r")), .enable(tokenSecret: [7]),
    ]
    for command in commands { #expect(feed.apply(.auth(command)) == .authChanged) }
    return feed
  }

  @Test func aRequestIsDecidedAtItsIndex() {
    var feed = prepared()
    let alice = feed.identity("alice")
    #expect(feed.apply(.byUser(alice, put("a"))) == .store(.success(.put(PutResult(revision: 2)))))
    #expect(feed.apply(.byUser(alice, put("z"))) == .denied(.permissionDenied))
    #expect(feed.state.store.revision == 2)
    let revoke = AuthCommand.userRevokeRole(name("alice"), role: name("r"))
    #expect(feed.apply(.byUser(alice, .auth(revoke))) == .denied(.permissionDenied))
    #expect(feed.apply(.byUser(feed.identity("root"), .auth(revoke))) == .authChanged)
    // It was on its way before the right was taken; where it arrives the right is gone.
    #expect(feed.apply(.byUser(alice, put("a"))) == .denied(.permissionDenied))
    #expect(feed.apply(.byUser(feed.identity("root"), put("a"))) == .store(.success(.put(PutResult(revision: 3)))))
  }

  @Test func whoSaysNothingIsNobodyAndTheReplicasGoOn() {
    var feed = prepared()
    #expect(feed.apply(put("a")) == .denied(.userEmpty))
    #expect(feed.apply(.leaseKeepAlive(1)) == .denied(.userEmpty))
    #expect(feed.apply(.auth(.disable)) == .denied(.userEmpty))
    #expect(feed.apply(.byUser(AuthIdentity(user: [], revision: 9), .auth(.disable))) == .denied(.userEmpty))
    let root = feed.identity("root")
    #expect(feed.apply(.byUser(root, .store(.leaseGrant(id: 4, timeToLive: 5)))) != nil)
    #expect(feed.apply(.byUser(root, put("z", lease: 4))) != nil)
    let alice = feed.identity("alice")
    #expect(feed.apply(.byUser(alice, .leaseKeepAlive(4))) == .denied(.permissionDenied))
    #expect(feed.apply(.byUser(alice, .store(.leaseRevoke(id: 4)))) == .denied(.permissionDenied))
    #expect(feed.apply(.byUser(alice, put("a", lease: 4))) == .denied(.permissionDenied))
    #expect(feed.apply(.byUser(root, .leaseKeepAlive(4))) == .leaseKeptAlive(Lease(id: 4, timeToLive: 5)))
    // What the replicas do among themselves has no user.
    let renewal = feed.state.records.renewals[4] ?? 0
    #expect(feed.apply(.leaseExpire(4, renewal: renewal)) == .store(.success(.leaseRevoke(revision: 3))))
    #expect(feed.apply(.store(.compact(revision: 2))) == .store(.success(.compact(revision: 3))))
    // But no user has it done.
    #expect(feed.apply(.byUser(alice, .leaseExpire(4, renewal: renewal))) == .denied(.permissionDenied))
    #expect(feed.apply(.byUser(root, .auth(.disable))) == .authChanged)
    #expect(feed.apply(put("z")) == .store(.success(.put(PutResult(revision: 4)))))
  }

  @Test func aChangeTakesEffectOnce() {
    var feed = Feed()
    #expect(feed.apply(.auth(.userAdd(name("a"), password: [1]))) == .authChanged)
    #expect(feed.apply(.auth(.userDelete(name("a")))) == .authChanged)
    // The first comes again, by another way.
    #expect(feed.apply(.auth(.userAdd(name("a"), password: [1])), sequence: 1) == nil)
    #expect(feed.state.records.auth.users.isEmpty && feed.state.records.auth.revision == 3)
    #expect(feed.apply(.auth(.userDelete(name("a")))) == .denied(.userNotFound))
  }

  @Test func aUsersCompactionWaitsForWatchesToo() {
    var feed = prepared()
    let root = feed.identity("root")
    func entry(_ command: ReplicaCommand, _ offset: UInt64) -> Entry {
      let id = ProposalID(origin: 1, start: 1, sequence: 100 + offset)
      return Entry(
        term: 1, index: feed.state.appliedIndex + offset, kind: .command,
        payload: Envelope(id: id, time: 5, command: command).encoded())
    }
    let entries = [entry(.byUser(root, put("a")), 1), entry(.byUser(root, .store(.compact(revision: 2))), 2)]
    #expect(feed.state.apply(entries[...]).map(\.index) == [entries[1].index])
  }

  @Test func requestsAreReadBackAndNotNested() throws {
    let identity = AuthIdentity(user: name("alice"), revision: 300)
    let id = ProposalID(origin: 1, start: 2, sequence: 3)
    let commands: [ReplicaCommand] = [
      .auth(.userAdd(name("a"), password: nil)), .byUser(identity, put("a")), .byUser(identity, .leaseKeepAlive(-4)),
      .byUser(identity, .auth(.enable(tokenSecret: [1, 2]))),
    ]
    for command in commands {
      let envelope = Envelope(id: id, time: 9, command: command)
      let bytes = envelope.encoded()
      #expect(try Envelope(decoding: bytes[...]) == envelope)
      for length in 0..<bytes.count {
        #expect(throws: ByteCodingError.self) { try Envelope(decoding: bytes[..<length]) }
      }
    }
    let nested = Envelope(id: id, time: 9, command: .byUser(identity, .byUser(identity, put("a")))).encoded()
    #expect(throws: ByteCodingError.self) { try Envelope(decoding: nested[...]) }
  }

  @Test func aCommandWithoutAUserHasNoByteMore() {
    let id = ProposalID(origin: 1, start: 2, sequence: 3)
    let command = Command.put(PutRequest(key: name("a"), value: [1]))
    let bytes = Envelope(id: id, time: 9, command: .store(command)).encoded()
    #expect(bytes.suffix(command.encoded().count + 1) == [1] + command.encoded())
  }

  // MARK: - Snapshots

  private func throughASnapshot(_ state: ReplicaState) throws -> ReplicaState {
    var frozen = state.freeze()
    var decoder = StateDecoder()
    while let chunk = frozen.nextChunk() { try decoder.feed(chunk) }
    return ReplicaState(configuration: Self.configuration, start: 1, snapshot: try decoder.finish())
  }

  @Test func aSnapshotHasUsersAndRoles() throws {
    let feed = prepared()
    let restored = try throughASnapshot(feed.state)
    #expect(restored.records.auth == feed.state.records.auth)
    #expect(restored.records.auth.isEnabled && restored.records.auth.tokenSecret == [7])
    #expect(restored.stateHash() == feed.state.stateHash())
  }

  @Test(arguments: 0..<8)
  func replicasStayEqualWhateverIsAsked(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var feed = prepared()
    for _ in 0..<300 {
      let users = ["root", "alice", "bob", ""].map(name)
      let user = users[Int.random(in: 0..<4, using: &generator)]
      let other = users[Int.random(in: 1..<4, using: &generator)]
      let revision = feed.state.records.auth.revision - UInt64.random(in: 0..<4, using: &generator)
      let key = ["a", "g", "m", "z"][Int.random(in: 0..<4, using: &generator)]
      let inner: ReplicaCommand =
        switch Int.random(in: 0..<10, using: &generator) {
        case 0: .auth(.userAdd(other, password: [1]))
        case 1: .auth(.userDelete(other))
        case 2: .auth(.userGrantRole(other, role: name("r")))
        case 3: .auth(.userRevokeRole(other, role: name("r")))
        case 4: .auth(.userChangePassword(other, password: [3]))
        case 5: .auth(Bool.random(using: &generator) ? .disable : .enable(tokenSecret: [5]))
        case 6: .store(.deleteRange(DeleteRangeRequest(KeyRange(key: name(key), end: [0]))))
        case 7: .leaseKeepAlive(1)
        default: put(key)
        }
      let isPlain = Int.random(in: 0..<4, using: &generator) == 0
      _ = feed.apply(isPlain ? inner : .byUser(AuthIdentity(user: user, revision: revision), inner))
    }
    // Another replica: half of the log, a snapshot, the rest in portions.
    var other = ReplicaState(configuration: Self.configuration, start: 1, base: Self.base)
    var (first, second) = (feed.entries[..<150], feed.entries[150...])
    while !first.isEmpty { first = other.apply(first) }
    other = try throughASnapshot(other)
    while !second.isEmpty { second = other.apply(second) }
    #expect(other.stateHash() == feed.state.stateHash())
    #expect(other.records == feed.state.records)
  }
}
