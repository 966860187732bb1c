import EtcdAPI
import Foundation
import GRPC
import MVCC
import StoreAuth
import StoreNode
import Testing

/// Access control over the etcd API, with passwords and tokens.
@Suite(.timeLimit(.minutes(5))) struct AuthTests {
  private func withCalls(_ body: (LoneReplica, AuthCalls) async throws -> Void) async throws {
    try await LoneReplica.with { server in
      try await server.connected { connection in
        let nobody = AuthCalls(connection: connection)
        try await nobody.prepare()
        try await body(server, nobody)
      }
    }
  }

  @Test func whoSaysNothingMayNothing() async throws {
    try await withCalls { _, nobody in
      #expect(await nobody.put("a") == .userEmpty)
      #expect(await nobody.get("a") == .userEmpty)
      #expect(await nobody.get("a", isSerializable: true) == .userEmpty)
      #expect(await nobody.enable() == .userEmpty)
      #expect(await nobody.disable() == .userEmpty)
      #expect(await nobody.addUser("x", "y") == .userEmpty)
    }
  }

  @Test func callsThatShareAStreamAreEachAskedForTheirName() async throws {
    try await LoneReplica.with { server in
      try await server.connected { connection in
        let nobody = AuthCalls(connection: connection, sharesStream: true)
        while await !connection.hasSession { #expect(await nobody.put("a") == nil) }
        #expect(await nobody.put("a") == nil)
        // Access control comes into force while the session is open.
        try await nobody.prepare()
        #expect(await nobody.put("a") == .userEmpty)
        #expect(await nobody.get("a") == .userEmpty)
        #expect(await nobody.addUser("x", "y") == .userEmpty)
        let alice = try await nobody.authenticate("alice", "alice")
        #expect(await alice.put("a") == nil)
        #expect(await nobody.put("a") == .userEmpty)
        let isOpen = await connection.hasSession
        #expect(isOpen)
      }
    }
  }

  @Test func permissionsDecideWhatATokenIsGoodFor() async throws {
    try await withCalls { _, nobody in
      let alice = try await nobody.authenticate("alice", "alice")
      let root = try await nobody.authenticate("root", "root")
      #expect(await alice.put("a") == nil)
      #expect(await alice.get("a") == nil)
      #expect(await alice.get("a", isSerializable: true) == nil)
      #expect(await alice.get("a", "m") == nil)
      for refusal in [
        await alice.put("z"), await alice.get("z"), await alice.get("z", isSerializable: true),
        await alice.get("a", "n"),
        await alice.get("a", "\0"), await alice.disable(), await alice.addUser("x", "y"),
      ] {
        #expect(refusal == .permissionDenied)
      }
      #expect(await root.put("z") == nil)
      #expect(await root.get("\0", "\0") == nil)
      // A permission that is taken is gone at once, with the same token.
      var revoke = Etcdserverpb_AuthUserRevokeRoleRequest()
      revoke.name = "alice"
      revoke.role = "early"
      #expect(
        await root.refusal(EtcdCall.Auth.userRevokeRole, revoke, as: Etcdserverpb_AuthUserRevokeRoleResponse.self)
          == nil)
      #expect(await alice.put("a") == .permissionDenied)
      #expect(await alice.get("a") == .permissionDenied)
    }
  }

  @Test func readOnlyTransactionsAreCheckedToo() async throws {
    try await withCalls { _, nobody in
      let alice = try await nobody.authenticate("alice", "alice")
      var request = Etcdserverpb_TxnRequest()
      var operation = Etcdserverpb_RequestOp()
      operation.requestRange.key = Data("a".utf8)
      request.success = [operation]
      #expect(await alice.refusal(EtcdCall.KV.txn, request, as: Etcdserverpb_TxnResponse.self) == nil)
      var compare = Etcdserverpb_Compare()
      compare.key = Data("z".utf8)
      request.compare = [compare]
      for isWriting in [false, true] {
        if isWriting {
          var put = Etcdserverpb_RequestOp()
          put.requestPut.key = Data("b".utf8)
          request.success.append(put)
        }
        #expect(
          await alice.refusal(EtcdCall.KV.txn, request, as: Etcdserverpb_TxnResponse.self) == .permissionDenied)
        #expect(await nobody.refusal(EtcdCall.KV.txn, request, as: Etcdserverpb_TxnResponse.self) == .userEmpty)
      }
    }
  }

  @Test func passwordsAreTriedAndNeverTold() async throws {
    try await withCalls { server, nobody in
      for (name, password) in [("alice", "Alice"), ("alice", ""), ("none", "alice"), ("", "")] {
        await #expect(throws: GRPCStatus.authenticationFailed.reason) {
          _ = try await nobody.reason { calls throws(GRPCStatus) in try await calls.authenticate(name, password) }
        }
      }
      let root = try await nobody.authenticate("root", "root")
      #expect(await root.addUser("carol", nil) == nil)
      await #expect(
        throws: Reason(.unknown, "auth: authentication failed, password was given for no password user")
      ) {
        _ = try await nobody.reason { calls throws(GRPCStatus) in try await calls.authenticate("carol", "") }
      }
      // What is kept is not the password.
      let digests = server.node.auth.users.values.compactMap(\.password)
      #expect(digests.count == 2)
      for digest in digests {
        let text = String(decoding: digest, as: UTF8.self)
        #expect(!text.contains("alice") && !text.contains("root") && digest.count > 48)
      }
      #expect(Set(digests).count == 2)
    }
  }

  @Test func anotherPasswordAndADeletionEndTokens() async throws {
    try await withCalls { _, nobody in
      let root = try await nobody.authenticate("root", "root")
      var alice = try await nobody.authenticate("alice", "alice")
      #expect(await root.addUser("bob", "bob") == nil)
      // What happens to others does not matter.
      #expect(await alice.put("a") == nil)
      #expect(await root.changePassword("alice", "other") == nil)
      #expect(await alice.put("a") == .invalidToken)
      #expect(await alice.get("a", isSerializable: true) == .invalidToken)
      alice = try await nobody.authenticate("alice", "other")
      #expect(await alice.put("a") == nil)
      #expect(await root.deleteUser("alice") == nil)
      #expect(await alice.put("a") == .invalidToken)
      #expect(await root.addUser("alice", "other") == nil)
      #expect(await root.grant("root", to: "alice") == nil)
      // She is not the one who got the token.
      #expect(await alice.put("a") == .invalidToken)
      #expect(await root.disable() == nil)
      #expect(await alice.put("a") == nil)
      #expect(await nobody.enable() == nil)
      // Nor are tokens from before it was switched off.
      #expect(await root.put("a") == .invalidToken)
    }
  }

  @Test func forgedAndAlteredTokensAreRefused() async throws {
    try await withCalls { server, nobody in
      let alice = try await nobody.authenticate("alice", "alice")
      let token = try #require(alice.token)
      var tokens = ["", "x", "alice", String(repeating: "A", count: 400), String(token.dropLast()), token + "A"]
      tokens.append(
        AuthToken.make(
          user: AuthState.root, revision: server.node.auth.revision, secret: [UInt8](repeating: 0, count: 32),
          now: UInt64(Date().timeIntervalSince1970 * 1000)))
      for position in stride(from: 0, to: token.count, by: 5) {
        var altered = Array(token)
        altered[position] = altered[position] == "A" ? "B" : "A"
        tokens.append(String(altered))
      }
      for token in tokens where token != alice.token {
        let forger = AuthCalls(connection: nobody.connection, token: token)
        #expect(await forger.put("a") == .invalidToken, "\(token)")
        #expect(await forger.disable() == .invalidToken)
      }
    }
  }

  @Test func theSameOverTheOtherHeader() async throws {
    try await withCalls { _, nobody in
      let token = try #require(try await nobody.authenticate("alice", "alice").token)
      for value in [token, "Bearer \(token)"] {
        var request = Etcdserverpb_PutRequest()
        request.key = Data("a".utf8)
        let _: Etcdserverpb_PutResponse = try await nobody.connection.unary(
          EtcdCall.KV.put, request, metadata: ["authorization": value], timeout: .seconds(60))
      }
    }
  }

  // MARK: - Calls that name no keys

  @Test func maintenanceAndMembersAreForRoot() async throws {
    try await withCalls { _, nobody in
      let alice = try await nobody.authenticate("alice", "alice")
      let root = try await nobody.authenticate("root", "root")
      func refusals(_ calls: AuthCalls) async -> [GRPCStatus?] {
        [
          await calls.refusal(
            EtcdCall.Maintenance.defragment, Etcdserverpb_DefragmentRequest(),
            as: Etcdserverpb_DefragmentResponse.self),
          await calls.refusal(
            EtcdCall.Maintenance.hash, Etcdserverpb_HashRequest(), as: Etcdserverpb_HashResponse.self),
          await calls.refusal(
            EtcdCall.Maintenance.hashKV, Etcdserverpb_HashKVRequest(), as: Etcdserverpb_HashKVResponse.self),
          await calls.refusal(
            EtcdCall.Auth.status, Etcdserverpb_AuthStatusRequest(), as: Etcdserverpb_AuthStatusResponse.self),
          await calls.refusal(
            EtcdCall.Auth.userList, Etcdserverpb_AuthUserListRequest(), as: Etcdserverpb_AuthUserListResponse.self),
        ]
      }
      #expect(await refusals(root) == [nil, nil, nil, nil, nil])
      #expect(await refusals(alice) == Array(repeating: GRPCStatus.permissionDenied, count: 5))
      #expect(await refusals(nobody) == Array(repeating: GRPCStatus.userEmpty, count: 5))
      for path in [
        EtcdCall.Cluster.memberAdd, EtcdCall.Cluster.memberRemove, EtcdCall.Cluster.memberUpdate,
        EtcdCall.Cluster.memberPromote, EtcdCall.Maintenance.moveLeader, EtcdCall.Maintenance.snapshot,
      ] {
        let request = Etcdserverpb_StatusRequest()
        #expect(
          await alice.refusal(path, request, as: Etcdserverpb_StatusResponse.self) == .permissionDenied, "\(path)")
        #expect(await nobody.refusal(path, request, as: Etcdserverpb_StatusResponse.self) == .userEmpty, "\(path)")
      }
      // What tells how the store is, is for every user.
      func harmless(_ calls: AuthCalls) async -> [GRPCStatus?] {
        [
          await calls.refusal(
            EtcdCall.Maintenance.status, Etcdserverpb_StatusRequest(), as: Etcdserverpb_StatusResponse.self),
          await calls.refusal(
            EtcdCall.Cluster.memberList, Etcdserverpb_MemberListRequest(), as: Etcdserverpb_MemberListResponse.self),
          await calls.refusal(
            EtcdCall.Maintenance.alarm, Etcdserverpb_AlarmRequest(), as: Etcdserverpb_AlarmResponse.self),
        ]
      }
      #expect(await harmless(alice) == [nil, nil, nil])
      #expect(await harmless(nobody) == Array(repeating: GRPCStatus.userEmpty, count: 3))
    }
  }

  @Test func aCallThatNobodyThoughtOfIsForRoot() {
    #expect(CallGuard.isForRoot("/etcdserverpb.Maintenance/SomethingNew"))
    #expect(!CallGuard.isForRoot(EtcdCall.KV.put))
  }

  @Test func leasesBelongToThoseWhoMayWriteTheirKeys() async throws {
    try await withCalls { _, nobody in
      let alice = try await nobody.authenticate("alice", "alice")
      let root = try await nobody.authenticate("root", "root")
      for (id, calls) in [(7, root), (8, alice)] as [(Int64, AuthCalls)] {
        var grant = Etcdserverpb_LeaseGrantRequest()
        grant.id = id
        grant.ttl = 600
        #expect(await calls.refusal(EtcdCall.Lease.grant, grant, as: Etcdserverpb_LeaseGrantResponse.self) == nil)
        #expect(
          await nobody.refusal(EtcdCall.Lease.grant, grant, as: Etcdserverpb_LeaseGrantResponse.self) == .userEmpty)
      }
      #expect(await root.put("z") { $0.lease = 7 } == nil)
      #expect(await alice.put("a") { $0.lease = 8 } == nil)
      #expect(await alice.put("b") { $0.lease = 7 } == .permissionDenied)
      func timeToLive(_ calls: AuthCalls, _ id: Int64, keys: Bool) async -> GRPCStatus? {
        var request = Etcdserverpb_LeaseTimeToLiveRequest()
        request.id = id
        request.keys = keys
        return await calls.refusal(EtcdCall.Lease.timeToLive, request, as: Etcdserverpb_LeaseTimeToLiveResponse.self)
      }
      #expect(await timeToLive(alice, 7, keys: false) == nil)
      #expect(await timeToLive(alice, 7, keys: true) == .permissionDenied)
      #expect(await timeToLive(alice, 8, keys: true) == nil)
      #expect(await timeToLive(nobody, 8, keys: false) == .userEmpty)
      func list(_ calls: AuthCalls) async -> GRPCStatus? {
        await calls.refusal(
          EtcdCall.Lease.leases, Etcdserverpb_LeaseLeasesRequest(), as: Etcdserverpb_LeaseLeasesResponse.self)
      }
      #expect(await list(alice) == .permissionDenied)
      #expect(await list(root) == nil)
      func keepAlive(_ calls: AuthCalls, _ id: Int64) async throws -> GRPCStatus? {
        let stream: GRPCClientStream<Etcdserverpb_LeaseKeepAliveRequest, Etcdserverpb_LeaseKeepAliveResponse> =
          try await calls.connection.stream(
            EtcdCall.Lease.keepAlive, metadata: calls.token.map { ["token": $0] } ?? [:])
        var request = Etcdserverpb_LeaseKeepAliveRequest()
        request.id = id
        do throws(GRPCStatus) {
          try await stream.send(request)
          var responses = stream.makeAsyncIterator()
          let response = try await responses.next()
          stream.cancel()
          #expect(response?.ttl == 600)
          return nil
        } catch {
          return GRPCStatus(error.code, error.message)
        }
      }
      #expect(try await keepAlive(alice, 8) == nil)
      #expect(try await keepAlive(alice, 7) == .permissionDenied)
      #expect(try await keepAlive(nobody, 8) == .userEmpty)
      func revoke(_ calls: AuthCalls, _ id: Int64) async -> GRPCStatus? {
        var request = Etcdserverpb_LeaseRevokeRequest()
        request.id = id
        return await calls.refusal(EtcdCall.Lease.revoke, request, as: Etcdserverpb_LeaseRevokeResponse.self)
      }
      #expect(await revoke(alice, 7) == .permissionDenied)
      #expect(await revoke(nobody, 8) == .userEmpty)
      #expect(await revoke(alice, 8) == nil)
      #expect(await revoke(root, 7) == nil)
    }
  }

  @Test func watchesAreCheckedWhenTheyBegin() async throws {
    try await withCalls { _, nobody in
      let alice = try await nobody.authenticate("alice", "alice")
      func create(_ key: String, _ end: String = "", id: Int64 = 0) -> Etcdserverpb_WatchRequest {
        var request = Etcdserverpb_WatchRequest()
        request.createRequest.key = Data(key.utf8)
        request.createRequest.rangeEnd = Data(end.utf8)
        request.createRequest.watchID = id
        return request
      }
      func open(_ calls: AuthCalls) async throws -> GRPCClientStream<
        Etcdserverpb_WatchRequest, Etcdserverpb_WatchResponse
      > {
        try await calls.connection.stream(EtcdCall.Watch.watch, metadata: calls.token.map { ["token": $0] } ?? [:])
      }
      let stream = try await open(alice)
      var responses = stream.makeAsyncIterator()
      try await stream.send(create("a", "m"))
      var response = try #require(try await responses.next())
      #expect(response.created && !response.canceled && response.watchID == 0)
      // A watch that is refused is not the end of another.
      for key in ["z", "a"] {
        try await stream.send(create(key, key == "a" ? "n" : ""))
        response = try #require(try await responses.next())
        #expect(response.created && response.canceled && response.watchID == -1)
        #expect(response.cancelReason == "rpc error: code = PermissionDenied desc = etcdserver: permission denied")
      }
      #expect(await alice.put("b") == nil)
      response = try #require(try await responses.next())
      #expect(response.watchID == 0 && response.events.count == 1)
      // As in etcd it goes on without the permission.
      let root = try await nobody.authenticate("root", "root")
      #expect(await root.deleteUser("alice") == nil)
      #expect(await root.put("c") == nil)
      response = try #require(try await responses.next())
      #expect(response.watchID == 0 && response.events.count == 1)
      // But she begins none any more.
      try await stream.send(create("a"))
      response = try #require(try await responses.next())
      #expect(response.canceled)
      stream.cancel()
      let unknown = try await open(nobody)
      var refusals = unknown.makeAsyncIterator()
      await #expect(throws: GRPCStatus.userEmpty.reason) {
        do throws(GRPCStatus) {
          try await unknown.send(create("a"))
          _ = try await refusals.next()
        } catch {
          throw error.reason
        }
      }
    }
  }

  @Test func whoLooksAtWhom() async throws {
    try await withCalls { _, nobody in
      let alice = try await nobody.authenticate("alice", "alice")
      func user(_ calls: AuthCalls, _ name: String) async -> GRPCStatus? {
        var request = Etcdserverpb_AuthUserGetRequest()
        request.name = name
        return await calls.refusal(EtcdCall.Auth.userGet, request, as: Etcdserverpb_AuthUserGetResponse.self)
      }
      func role(_ calls: AuthCalls, _ name: String) async -> GRPCStatus? {
        var request = Etcdserverpb_AuthRoleGetRequest()
        request.role = name
        return await calls.refusal(EtcdCall.Auth.roleGet, request, as: Etcdserverpb_AuthRoleGetResponse.self)
      }
      #expect(await user(alice, "alice") == nil)
      #expect(await user(alice, "root") == .permissionDenied)
      #expect(await user(nobody, "alice") == .userEmpty)
      #expect(await role(alice, "early") == nil)
      #expect(await role(alice, "root") == .permissionDenied)
      #expect(await role(nobody, "early") == .userEmpty)
    }
  }

  @Test func badRequests() async throws {
    try await LoneReplica.with { server in
      try await server.connected { connection in
        let calls = AuthCalls(connection: connection)
        await #expect(throws: Reason(.failedPrecondition, "etcdserver: authentication is not enabled")) {
          _ = try await calls.reason { calls throws(GRPCStatus) in try await calls.authenticate("root", "root") }
        }
        #expect(await calls.enable() == GRPCStatus(.failedPrecondition, "etcdserver: root user does not exist"))
        #expect(await calls.addUser("root", "root") == nil)
        #expect(
          await calls.enable() == GRPCStatus(.failedPrecondition, "etcdserver: root user does not have root role"))
        #expect(
          await calls.addUser("root", "x") == GRPCStatus(.failedPrecondition, "etcdserver: user name already exists"))
        #expect(await calls.addUser("", "x") == .userEmpty)
        #expect(
          await calls.changePassword("x", "y") == GRPCStatus(.failedPrecondition, "etcdserver: user name not found"))
        #expect(await calls.deleteUser("x") == GRPCStatus(.failedPrecondition, "etcdserver: user name not found"))
        #expect(
          await calls.grant("x", to: "root") == GRPCStatus(.failedPrecondition, "etcdserver: role name not found"))
        #expect(
          await calls.addRole("", .read, "a", "") == GRPCStatus(.invalidArgument, "etcdserver: role name is empty"))
        #expect(
          await calls.addRole("r", .read, "b", "a")
            == GRPCStatus(.invalidArgument, "etcdserver: invalid auth management"))
        #expect(
          await calls.addRole("s", .UNRECOGNIZED(9), "b", "")
            == GRPCStatus(.invalidArgument, "etcdserver: invalid auth management"))
        var grant = Etcdserverpb_AuthRoleGrantPermissionRequest()
        grant.name = "r"
        #expect(
          await calls.refusal(
            EtcdCall.Auth.roleGrantPermission, grant, as: Etcdserverpb_AuthRoleGrantPermissionResponse.self)
            == GRPCStatus(.invalidArgument, "etcdserver: permission not given"))
        // A token means nothing while nobody looks at it.
        #expect(await AuthCalls(connection: connection, token: "nonsense").put("a") == nil)
      }
    }
  }
}

/// What an error says.
struct Reason: Error, Equatable {
  var code: GRPCStatusCode
  var message: String

  init(_ code: GRPCStatusCode, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension GRPCStatus {
  var reason: Reason { Reason(code, message) }
}

extension AuthCalls {
  func reason<Value>(_ body: (AuthCalls) async throws(GRPCStatus) -> Value) async throws(Reason) -> Value {
    do throws(GRPCStatus) {
      return try await body(self)
    } catch {
      throw error.reason
    }
  }
}
