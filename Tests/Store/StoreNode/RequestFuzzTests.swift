import EtcdAPI
import FoundationEssentials
import FuzzTargets
import MVCC
import StoreAuth
import StoreNode
import SwiftProtobuf
import Testing

/// Any bytes as one of etcd's requests end in a refusal or a result: see docs/design/fuzzing.md.
@Suite struct RequestFuzzTests {
  /// The first byte says which request the others are.
  private static let target = FuzzTarget("etcd-request") { bytes in
    let kinds = ReadRequest.Kind.allCases
    guard let kind = bytes.first.map({ kinds[Int($0) % kinds.count] }),
      let request = try? ReadRequest(kind, Array(bytes.dropFirst()))
    else { return false }
    var store = StoreChecks.example
    switch request {
    case .watch(let watch): _ = try? store.events(from: watch.startRevision, in: watch.range, withPrevious: true)
    case .range(let range):
      guard let result = try? store.range(range) else { break }
      try expect(
        try Etcdserverpb_RangeResponse(serializedBytes: ReadRequest.answer(result)).count == result.count, "count")
    case .command(let command):
      try expect(try Command(decoding: command.encoded()) == command, "\(command) is another one in the log")
      try StoreChecks.apply(command, to: &store)
      try StoreChecks.check(store)
      var again = StoreChecks.example
      if case .success(let result) = again.apply(command) { _ = try ReadRequest.answer(result) }
    case .auth(let command):
      // While it is on, and while it is off.
      for state in [FuzzTarget.exampleAuth, AuthState()] {
        var state = state
        try FuzzTarget.checkAuth(command, on: &state)
      }
    }
    return true
  }

  private static let seeds: [[UInt8]] = {
    var range = Etcdserverpb_RangeRequest()
    (range.key, range.rangeEnd, range.limit, range.revision) = (Data([97]), Data([0]), 3, 6)
    (range.sortOrder, range.sortTarget, range.maxModRevision) = (.descend, .value, 9)
    var put = Etcdserverpb_PutRequest()
    (put.key, put.value, put.lease, put.prevKv) = (Data([98]), Data([1, 2]), 7, true)
    var deletion = Etcdserverpb_DeleteRangeRequest()
    (deletion.key, deletion.rangeEnd, deletion.prevKv) = (Data([98]), Data([100]), true)
    var compare = Etcdserverpb_Compare()
    (compare.key, compare.target, compare.version, compare.result) = (Data([97]), .version, 2, .less)
    var operations = [Etcdserverpb_RequestOp(), .init(), .init(), .init()]
    operations[0].requestPut = put
    operations[1].requestRange = range
    operations[2].requestDeleteRange.key = Data([122])
    operations[3].requestTxn.success = [operations[2]]
    var txn = Etcdserverpb_TxnRequest()
    (txn.compare, txn.success, txn.failure) = ([compare], operations, [operations[0]])
    var compaction = Etcdserverpb_CompactionRequest()
    compaction.revision = 7
    var grant = Etcdserverpb_LeaseGrantRequest()
    (grant.id, grant.ttl) = (9, 10)
    var watch = Etcdserverpb_WatchCreateRequest()
    (watch.key, watch.rangeEnd, watch.startRevision, watch.filters) = (Data([97]), Data([0]), 6, [.noput])
    let messages: [any Message] = [range, put, deletion, txn, compaction, grant, watch] + changesOfUsers
    return messages.enumerated().map { kind, message in
      [UInt8(kind)] + ((try? message.serializedBytes()) ?? [UInt8]())
    }
  }()

  private static let changesOfUsers: [any Message] = {
    var (add, delete) = (Etcdserverpb_AuthUserAddRequest(), Etcdserverpb_AuthUserDeleteRequest())
    (add.name, add.password, add.options.noPassword, delete.name) = ("v", "secret", false, "u")
    var password = Etcdserverpb_AuthUserChangePasswordRequest()
    (password.name, password.password) = ("root", "secret")
    var (grant, revoke) = (Etcdserverpb_AuthUserGrantRoleRequest(), Etcdserverpb_AuthUserRevokeRoleRequest())
    (grant.user, grant.role, revoke.name, revoke.role) = ("root", "r", "u", "s")
    var (roleAdd, roleDelete) = (Etcdserverpb_AuthRoleAddRequest(), Etcdserverpb_AuthRoleDeleteRequest())
    (roleAdd.name, roleDelete.role) = ("t", "r")
    var permit = Etcdserverpb_AuthRoleGrantPermissionRequest()
    (permit.name, permit.perm.permType) = ("s", .readwrite)
    (permit.perm.key, permit.perm.rangeEnd) = (Data([97]), Data([0]))
    var forbid = Etcdserverpb_AuthRoleRevokePermissionRequest()
    (forbid.role, forbid.key, forbid.rangeEnd) = ("r", Data([97]), Data([99]))
    return [add, delete, password, grant, revoke, roleAdd, roleDelete, permit, forbid]
  }()

  /// Any text as a token names nobody, unless it is one that was made, for whom it was made.
  @Test func arbitraryTokens() throws {
    let auth = FuzzTarget.exampleAuth
    let known: [AuthIdentity] = [("root", 20), ("u", auth.revision), ("nobody", 3)].map {
      AuthIdentity(user: AuthName($0.0.utf8), revision: $0.1)
    }
    let tokens = known.map {
      AuthToken.make(user: $0.user, revision: $0.revision, secret: auth.tokenSecret, now: 1000)
    }
    let target = FuzzTarget("auth-token") { bytes in
      let token = String(decoding: bytes, as: UTF8.self)
      guard let identity = try? AuthToken.identity(of: token, in: auth, now: 2000) else { return false }
      try expect(known.contains(identity), "\(identity) was never named by a token")
      return true
    }
    #expect(try target.run(Array(tokens[0].utf8)))
    #expect(try !target.run(Array(tokens[2].utf8)))
    try target.runMutations(of: tokens.map { Array($0.utf8) } + [Array("Bearer ".utf8), []], rounds: 10_000)
  }

  @Test func arbitraryRequests() throws {
    #expect(Self.seeds.count == ReadRequest.Kind.allCases.count)
    for seed in Self.seeds { #expect(try Self.target.run(seed), "\(seed)") }
    try Self.target.runMutations(of: Self.seeds, rounds: 20_000)
  }

  @Test func arbitraryControlMessages() throws {
    let seeds: [[UInt8]] = [
      [0xc0, 1], [0xc0, 2], [0xc0, 3, 1, 5, 6] + [UInt8](repeating: 1, count: 8),
      [0xc0, 4, 1, 9] + [UInt8](repeating: 2, count: 8),
    ]
    for seed in seeds { #expect(rewrittenPeerControl(seed) == seed) }
    let target = FuzzTarget("peer-control") { bytes in
      guard let again = rewrittenPeerControl(bytes) else { return false }
      try expect(rewrittenPeerControl(again) == again, "a control message is another one when it is read again")
      return true
    }
    try target.runMutations(of: seeds, rounds: 5000)
  }

  /// More than 100,000 operations fit into a request of the largest size; pair by pair this takes minutes.
  @Test(.timeLimit(.minutes(1))) func aTransactionOfManySmallOperationsIsReadInBoundedTime() throws {
    func key(_ number: Int) -> [UInt8] { [UInt8(number >> 16), UInt8(number >> 8 & 255), UInt8(number & 255)] }
    var number = 0
    func level(_ width: Int) -> [MVCC.Operation] {
      (0..<width).map { position in
        number += 1
        if width > 2, position < width - 1 {
          return .transaction(TransactionRequest(success: level(width / 2)))
        }
        return number % 2 == 0
          ? .put(PutRequest(key: [1] + key(number), value: []))
          : .deleteRange(DeleteRangeRequest(KeyRange(key: [2] + key(number), end: [2] + key(number + 1))))
      }
    }
    let command = Command.transaction(TransactionRequest(success: level(40)))
    try command.validate(maximumOperations: 128)
    #expect(number > 50_000)
  }
}
