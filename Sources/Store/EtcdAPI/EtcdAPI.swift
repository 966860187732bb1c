/// The calls of the etcd v3 API by their HTTP/2 path, as client and server both need them.
///
/// The messages themselves are generated from `Protos/` into `Generated/` by `dev/generate-protos`.
package enum EtcdCall {
  package enum KV {
    package static let range = "/etcdserverpb.KV/Range"
    package static let put = "/etcdserverpb.KV/Put"
    package static let deleteRange = "/etcdserverpb.KV/DeleteRange"
    package static let txn = "/etcdserverpb.KV/Txn"
    package static let compact = "/etcdserverpb.KV/Compact"
  }

  package enum Watch {
    package static let watch = "/etcdserverpb.Watch/Watch"
  }

  package enum Lease {
    package static let grant = "/etcdserverpb.Lease/LeaseGrant"
    package static let revoke = "/etcdserverpb.Lease/LeaseRevoke"
    package static let keepAlive = "/etcdserverpb.Lease/LeaseKeepAlive"
    package static let timeToLive = "/etcdserverpb.Lease/LeaseTimeToLive"
    package static let leases = "/etcdserverpb.Lease/LeaseLeases"
  }

  package enum Cluster {
    package static let memberAdd = "/etcdserverpb.Cluster/MemberAdd"
    package static let memberRemove = "/etcdserverpb.Cluster/MemberRemove"
    package static let memberUpdate = "/etcdserverpb.Cluster/MemberUpdate"
    package static let memberList = "/etcdserverpb.Cluster/MemberList"
    package static let memberPromote = "/etcdserverpb.Cluster/MemberPromote"
  }

  package enum Maintenance {
    package static let alarm = "/etcdserverpb.Maintenance/Alarm"
    package static let status = "/etcdserverpb.Maintenance/Status"
    package static let defragment = "/etcdserverpb.Maintenance/Defragment"
    package static let hash = "/etcdserverpb.Maintenance/Hash"
    package static let hashKV = "/etcdserverpb.Maintenance/HashKV"
    package static let snapshot = "/etcdserverpb.Maintenance/Snapshot"
    package static let moveLeader = "/etcdserverpb.Maintenance/MoveLeader"
    package static let downgrade = "/etcdserverpb.Maintenance/Downgrade"
  }

  /// gRPC's own (`health.proto`).
  package enum Health {
    package static let check = "/grpc.health.v1.Health/Check"
    package static let watch = "/grpc.health.v1.Health/Watch"
  }

  package enum Auth {
    package static let enable = "/etcdserverpb.Auth/AuthEnable"
    package static let disable = "/etcdserverpb.Auth/AuthDisable"
    package static let status = "/etcdserverpb.Auth/AuthStatus"
    package static let authenticate = "/etcdserverpb.Auth/Authenticate"
    package static let userAdd = "/etcdserverpb.Auth/UserAdd"
    package static let userGet = "/etcdserverpb.Auth/UserGet"
    package static let userList = "/etcdserverpb.Auth/UserList"
    package static let userDelete = "/etcdserverpb.Auth/UserDelete"
    package static let userChangePassword = "/etcdserverpb.Auth/UserChangePassword"
    package static let userGrantRole = "/etcdserverpb.Auth/UserGrantRole"
    package static let userRevokeRole = "/etcdserverpb.Auth/UserRevokeRole"
    package static let roleAdd = "/etcdserverpb.Auth/RoleAdd"
    package static let roleGet = "/etcdserverpb.Auth/RoleGet"
    package static let roleList = "/etcdserverpb.Auth/RoleList"
    package static let roleDelete = "/etcdserverpb.Auth/RoleDelete"
    package static let roleGrantPermission = "/etcdserverpb.Auth/RoleGrantPermission"
    package static let roleRevokePermission = "/etcdserverpb.Auth/RoleRevokePermission"
  }
}
