import EtcdAPI
import GRPC

/// `etcdserverpb.Cluster`: who the members are, and changes of that.
extension EtcdServices {
  /// With it in a call's metadata, MemberAdd takes the new member in the place of this voter, in one step: a name, or
  /// an id in hexadecimal digits.
  package static let replacesKey = "apus-replaces"

  func registerCluster(in router: inout GRPCRouter) {
    self.answer(EtcdCall.Cluster.memberList, in: &router) { (message: Etcdserverpb_MemberListRequest) in
      if message.linearizable { try await self.store.linearizableBarrier() }
      var response = Etcdserverpb_MemberListResponse()
      response.members = await self.memberMessages()
      response.header = self.clusterHeader()
      return response
    }
    router.unary(EtcdCall.Cluster.memberAdd) {
      (message: Etcdserverpb_MemberAddRequest, context: GRPCCallContext) -> Etcdserverpb_MemberAddResponse in
      do {
        try self.requireLeader(where: context)
        let member = try await self.store.memberAdd(
          peerURLs: message.peerUrls, isLearner: message.isLearner, replacing: context.metadata[Self.replacesKey])
        var response = Etcdserverpb_MemberAddResponse()
        response.member = Self.message(member)
        response.members = await self.memberMessages()
        response.header = self.clusterHeader()
        return response
      } catch {
        throw GRPCStatus(etcdError: error)
      }
    }
    self.answer(EtcdCall.Cluster.memberRemove, in: &router) { (message: Etcdserverpb_MemberRemoveRequest) in
      try await self.store.memberRemove(message.id)
      var response = Etcdserverpb_MemberRemoveResponse()
      response.members = await self.memberMessages()
      response.header = self.clusterHeader()
      return response
    }
    self.answer(EtcdCall.Cluster.memberUpdate, in: &router) { (message: Etcdserverpb_MemberUpdateRequest) in
      try await self.store.memberUpdate(message.id, peerURLs: message.peerUrls)
      var response = Etcdserverpb_MemberUpdateResponse()
      response.members = await self.memberMessages()
      response.header = self.clusterHeader()
      return response
    }
    self.answer(EtcdCall.Cluster.memberPromote, in: &router) { (message: Etcdserverpb_MemberPromoteRequest) in
      try await self.store.memberPromote(message.id)
      var response = Etcdserverpb_MemberPromoteResponse()
      response.members = await self.memberMessages()
      response.header = self.clusterHeader()
      return response
    }
  }

  private func memberMessages() async -> [Etcdserverpb_Member] { await self.store.members().map(Self.message) }

  private static func message(_ member: StoreMember) -> Etcdserverpb_Member {
    var message = Etcdserverpb_Member()
    message.id = member.id
    message.name = member.name
    message.peerUrls = member.peerURLs
    message.clientUrls = member.clientURLs
    message.isLearner = member.isLearner
    return message
  }

  /// These answers tell no revision, as etcd's.
  private func clusterHeader() -> Etcdserverpb_ResponseHeader {
    var header = self.header()
    header.revision = 0
    return header
  }
}
