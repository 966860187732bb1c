import EtcdAPI
import GRPC

/// `etcdserverpb.Cluster`: who the members are. Changing them is not served yet.
extension EtcdServices {
  func registerCluster(in router: inout GRPCRouter) {
    self.answer(EtcdCall.Cluster.memberList, in: &router) { (message: Etcdserverpb_MemberListRequest) in
      if message.linearizable { try await self.store.linearizableBarrier() }
      var response = Etcdserverpb_MemberListResponse()
      response.members = await self.store.members().map { member in
        var message = Etcdserverpb_Member()
        message.id = member.id
        message.name = member.name
        message.peerUrls = member.peerURLs
        message.clientUrls = member.clientURLs
        message.isLearner = member.isLearner
        return message
      }
      response.header = self.header()
      return response
    }
    self.refuse(
      [
        EtcdCall.Cluster.memberAdd, EtcdCall.Cluster.memberRemove, EtcdCall.Cluster.memberUpdate,
        EtcdCall.Cluster.memberPromote,
      ], in: &router,
      with: GRPCStatus(.unimplemented, "apus: the members of a store cannot be changed while it runs, in this version"))
  }
}
