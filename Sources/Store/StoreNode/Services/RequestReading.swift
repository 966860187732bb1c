import ByteCoding
import EtcdAPI
package import MVCC
import RaftCore
package import StoreAuth
import SwiftProtobuf

/// What the services make of a message's bytes, without a replica: for tests that send any bytes at all.
package enum ReadRequest: Sendable {
  case range(RangeRequest)
  case command(Command)
  case watch(WatchRequest)
  case auth(AuthCommand)

  /// The kinds of messages that become something of the state machine's.
  package enum Kind: Int, CaseIterable, Sendable {
    case range, put, deleteRange, transaction, compact, grant, watch
    case userAdd, userDelete, userChangePassword, userGrantRole, userRevokeRole
    case roleAdd, roleDelete, roleGrantPermission, roleRevokePermission
  }

  /// - Throws: what the client is told.
  package init(_ kind: Kind, _ bytes: [UInt8]) throws {
    switch kind {
    case .range: self = .range(try RangeRequest(Etcdserverpb_RangeRequest(serializedBytes: bytes)))
    case .put: self = .command(.put(PutRequest(try Etcdserverpb_PutRequest(serializedBytes: bytes))))
    case .deleteRange:
      self = .command(.deleteRange(DeleteRangeRequest(try Etcdserverpb_DeleteRangeRequest(serializedBytes: bytes))))
    case .transaction:
      self = .command(.transaction(try TransactionRequest(Etcdserverpb_TxnRequest(serializedBytes: bytes))))
    case .compact:
      self = .command(.compact(revision: try Etcdserverpb_CompactionRequest(serializedBytes: bytes).revision))
    case .grant:
      let message = try Etcdserverpb_LeaseGrantRequest(serializedBytes: bytes)
      self = .command(.leaseGrant(id: message.id, timeToLive: message.ttl))
    case .watch: self = .watch(WatchRequest(try Etcdserverpb_WatchCreateRequest(serializedBytes: bytes)))
    case .userAdd:
      // (A digest takes long, and is of the same form whatever the password is.)
      let message = try Etcdserverpb_AuthUserAddRequest(serializedBytes: bytes)
      self = .auth(try AuthCommand(message, digest: message.options.noPassword ? nil : Array(message.password.utf8)))
    case .userDelete: self = .auth(AuthCommand(try Etcdserverpb_AuthUserDeleteRequest(serializedBytes: bytes)))
    case .userChangePassword:
      let message = try Etcdserverpb_AuthUserChangePasswordRequest(serializedBytes: bytes)
      self = .auth(AuthCommand(message, digest: Array(message.password.utf8)))
    case .userGrantRole: self = .auth(AuthCommand(try Etcdserverpb_AuthUserGrantRoleRequest(serializedBytes: bytes)))
    case .userRevokeRole: self = .auth(AuthCommand(try Etcdserverpb_AuthUserRevokeRoleRequest(serializedBytes: bytes)))
    case .roleAdd: self = .auth(AuthCommand(try Etcdserverpb_AuthRoleAddRequest(serializedBytes: bytes)))
    case .roleDelete: self = .auth(AuthCommand(try Etcdserverpb_AuthRoleDeleteRequest(serializedBytes: bytes)))
    case .roleGrantPermission:
      self = .auth(try AuthCommand(try Etcdserverpb_AuthRoleGrantPermissionRequest(serializedBytes: bytes)))
    case .roleRevokePermission:
      self = .auth(AuthCommand(try Etcdserverpb_AuthRoleRevokePermissionRequest(serializedBytes: bytes)))
    }
  }

  /// The bytes of the answer to a result.
  package static func answer(_ result: CommandResult) throws -> [UInt8] {
    switch result {
    case .put(let result): try Etcdserverpb_PutResponse(result).serializedBytes()
    case .deleteRange(let result): try Etcdserverpb_DeleteRangeResponse(result).serializedBytes()
    case .transaction(let result): try Etcdserverpb_TxnResponse(result).serializedBytes()
    case .compact, .leaseGrant, .leaseRevoke: []
    }
  }

  package static func answer(_ result: RangeResult) throws -> [UInt8] {
    try Etcdserverpb_RangeResponse(result).serializedBytes()
  }
}

/// Reads what a peer sends besides Raft's messages, and writes it again.
///
/// - Returns: nil when it is none of those.
package func rewrittenPeerControl(_ bytes: [UInt8]) -> [UInt8]? {
  guard bytes.first == PeerControl.mark else { return nil }
  return (try? PeerControl(decoding: bytes))?.encoded()
}
