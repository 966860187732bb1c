import EtcdAPI
import FoundationEssentials
import FuzzTargets
import MVCC
import StoreAuth
import StoreNode
import SwiftProtobuf

extension FuzzTarget {
  /// One of etcd's requests: the first byte says which, the others are its protobuf.
  static let etcdRequest = FuzzTarget("etcd-request", seeds: { requestSeeds }) { bytes in
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

  /// Any of the messages that clients send, also those that never become a command.
  static let etcdMessage = FuzzTarget(
    "etcd-message", seeds: { requests.indices.map { [UInt8($0)] + (messageSeeds[$0] ?? []) } }
  ) { bytes in
    guard let first = bytes.first else { return false }
    return try requests[Int(first) % requests.count](Array(bytes.dropFirst()))
  }

  private static func rewritten<Request: Message & Equatable>(
    _ type: Request.Type
  ) -> @Sendable ([UInt8]) throws -> Bool {
    { bytes in
      guard let message = try? Request(serializedBytes: bytes) else { return false }
      let again: [UInt8] = try message.serializedBytes()
      let second = try? Request(serializedBytes: again)
      try expect(second == message, "\(Request.self) is another one when read again")
      return true
    }
  }

  private static let requests: [@Sendable ([UInt8]) throws -> Bool] = [
    rewritten(Etcdserverpb_WatchRequest.self),
    rewritten(Etcdserverpb_LeaseRevokeRequest.self),
    rewritten(Etcdserverpb_LeaseKeepAliveRequest.self),
    rewritten(Etcdserverpb_LeaseTimeToLiveRequest.self),
    rewritten(Etcdserverpb_LeaseLeasesRequest.self),
    rewritten(Etcdserverpb_MemberAddRequest.self),
    rewritten(Etcdserverpb_MemberRemoveRequest.self),
    rewritten(Etcdserverpb_MemberUpdateRequest.self),
    rewritten(Etcdserverpb_MemberListRequest.self),
    rewritten(Etcdserverpb_MemberPromoteRequest.self),
    rewritten(Etcdserverpb_AlarmRequest.self),
    rewritten(Etcdserverpb_HashKVRequest.self),
    rewritten(Etcdserverpb_MoveLeaderRequest.self),
    rewritten(Etcdserverpb_AuthenticateRequest.self),
    rewritten(Etcdserverpb_TxnRequest.self),
  ]

  private static let messageSeeds: [Int: [UInt8]] = {
    var watch = Etcdserverpb_WatchRequest()
    (watch.createRequest.key, watch.createRequest.startRevision) = (Data([97]), 6)
    var member = Etcdserverpb_MemberAddRequest()
    member.peerUrls = ["https://198.18.0.11:2380"]
    var authenticate = Etcdserverpb_AuthenticateRequest()
    (authenticate.name, authenticate.password) = ("u", "secret")
    var messages: [Int: [UInt8]] = [:]
    for (place, message) in [(0, watch), (5, member), (13, authenticate)] as [(Int, any Message)] {
      messages[place] = try? message.serializedBytes()
    }
    return messages
  }()

  private static let requestSeeds: [[UInt8]] = {
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

  // MARK: - Besides protobuf

  /// What members say to each other besides Raft's messages.
  static let peerControl = FuzzTarget(
    "peer-control",
    seeds: {
      [
        [0xc0, 1], [0xc0, 2], [0xc0, 3, 1, 5, 6] + [UInt8](repeating: 1, count: 8),
        [0xc0, 4, 1, 9] + [UInt8](repeating: 2, count: 8),
      ]
    }
  ) { bytes in
    guard let again = rewrittenPeerControl(bytes) else { return false }
    try expect(rewrittenPeerControl(again) == again, "a control message is another one when it is read again")
    return true
  }
}
