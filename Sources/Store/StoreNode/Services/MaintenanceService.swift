import EtcdAPI
import GRPC

/// `etcdserverpb.Maintenance`.
extension EtcdServices {
  func registerMaintenance(in router: inout GRPCRouter) {
    self.answer(EtcdCall.Maintenance.status, in: &router) { (_: Etcdserverpb_StatusRequest) in
      let status = await self.store.status()
      var response = Etcdserverpb_StatusResponse()
      response.header = self.header(revision: status.revision)
      response.version = status.version
      response.dbSize = status.databaseSize
      response.dbSizeInUse = status.databaseSizeInUse
      response.leader = status.leader
      response.raftIndex = status.raftIndex
      response.raftTerm = status.raftTerm
      response.raftAppliedIndex = status.raftAppliedIndex
      response.errors = status.errors
      response.isLearner = status.isLearner
      return response
    }
    self.answer(EtcdCall.Maintenance.alarm, in: &router) { (message: Etcdserverpb_AlarmRequest) in
      try await self.alarms(message)
    }
    self.answer(EtcdCall.Maintenance.defragment, in: &router) { (_: Etcdserverpb_DefragmentRequest) in
      // The state is in memory and the log is cut behind snapshots: nothing ever fragments.
      var response = Etcdserverpb_DefragmentResponse()
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Maintenance.hash, in: &router) { (_: Etcdserverpb_HashRequest) in
      let hash = try await self.store.hash(at: 0)
      var response = Etcdserverpb_HashResponse()
      response.header = self.header(revision: hash.revision)
      response.hash = hash.hash
      return response
    }
    self.answer(EtcdCall.Maintenance.hashKV, in: &router) { (message: Etcdserverpb_HashKVRequest) in
      let hash = try await self.store.hash(at: message.revision)
      var response = Etcdserverpb_HashKVResponse()
      response.header = self.header(revision: hash.revision)
      response.hash = hash.hash
      // Etcd's word for a history that was never compacted.
      response.compactRevision = hash.compactRevision == 0 ? -1 : hash.compactRevision
      response.hashRevision = hash.hashRevision
      return response
    }
    self.answer(EtcdCall.Maintenance.moveLeader, in: &router) { (message: Etcdserverpb_MoveLeaderRequest) in
      try await self.store.moveLeader(to: message.targetID)
      var response = Etcdserverpb_MoveLeaderResponse()
      response.header = self.header()
      return response
    }
    self.registerSnapshot(in: &router)
    self.refuse(
      [EtcdCall.Maintenance.downgrade], in: &router, with: GRPCStatus(.unimplemented, "apus: no downgrades"))
  }
}
