import EtcdAPI
import FoundationEssentials
import GRPC
import MVCC

/// `etcdserverpb.Lease`.
extension EtcdServices {
  func registerLease(in router: inout GRPCRouter) {
    self.answer(EtcdCall.Lease.grant, in: &router) { (message: Etcdserverpb_LeaseGrantRequest) in
      let (lease, revision) = try await self.store.leaseGrant(id: message.id, timeToLive: message.ttl)
      var response = Etcdserverpb_LeaseGrantResponse()
      response.header = self.header(revision: revision)
      response.id = lease.id
      response.ttl = lease.timeToLive
      return response
    }
    self.answer(EtcdCall.Lease.revoke, in: &router) { (message: Etcdserverpb_LeaseRevokeRequest) in
      let revision = try await self.store.leaseRevoke(id: message.id)
      var response = Etcdserverpb_LeaseRevokeResponse()
      response.header = self.header(revision: revision)
      return response
    }
    self.answer(EtcdCall.Lease.timeToLive, in: &router) { (message: Etcdserverpb_LeaseTimeToLiveRequest) in
      var response = Etcdserverpb_LeaseTimeToLiveResponse()
      response.id = message.id
      do {
        let status = try await self.store.leaseTimeToLive(id: message.id, wantsKeys: message.keys)
        response.ttl = status.remaining
        response.grantedTtl = status.lease.timeToLive
        response.keys = status.keys.map { Data($0) }
      } catch StoreError.mvcc(.leaseNotFound) {
        response.ttl = -1
      }
      response.header = self.header()
      return response
    }
    self.answer(EtcdCall.Lease.leases, in: &router) { (_: Etcdserverpb_LeaseLeasesRequest) in
      var response = Etcdserverpb_LeaseLeasesResponse()
      response.leases = try await self.store.leases().map { id in
        var status = Etcdserverpb_LeaseStatus()
        status.id = id
        return status
      }
      response.header = self.header()
      return response
    }
    router.bidirectional(EtcdCall.Lease.keepAlive) {
      (
        requests: GRPCRequestStream<Etcdserverpb_LeaseKeepAliveRequest>,
        writer: GRPCResponseWriter<Etcdserverpb_LeaseKeepAliveResponse>, context
      ) in
      do {
        try self.requireLeader(where: context)
        try await self.keepAlive(requests, writer)
      } catch {
        throw GRPCStatus(etcdError: error)
      }
    }
  }

  /// etcd's clients keep all of their leases alive on one stream, and each takes a round through the log: many are under
  /// way at once. They are answered as they are done; an answer says which lease it is about.
  private func keepAlive(
    _ requests: GRPCRequestStream<Etcdserverpb_LeaseKeepAliveRequest>,
    _ writer: GRPCResponseWriter<Etcdserverpb_LeaseKeepAliveResponse>
  ) async throws {
    let window = TaskWindow(Self.mostKeepAlives)
    let (admitted, admission) = AsyncThrowingStream.makeStream(of: Etcdserverpb_LeaseKeepAliveRequest.self)
    try await withThrowingDiscardingTaskGroup { group in
      group.addTask {
        do {
          for try await request in requests {
            await window.enter()
            admission.yield(request)
          }
          admission.finish()
        } catch {
          admission.finish(throwing: error)
        }
      }
      for try await request in admitted {
        group.addTask {
          defer { window.leave() }
          do {
            try await writer.write(await self.keepAlive(request))
          } catch {
            // The first refusal ends the stream, as in etcd.
            admission.finish(throwing: error)
          }
        }
      }
    }
  }

  /// Of one stream.
  private static let mostKeepAlives = 128

  /// A lease that is gone is answered with a time to live of 0: the stream goes on for the others.
  private func keepAlive(_ request: Etcdserverpb_LeaseKeepAliveRequest) async throws
    -> Etcdserverpb_LeaseKeepAliveResponse
  {
    var response = Etcdserverpb_LeaseKeepAliveResponse()
    response.id = request.id
    do {
      response.ttl = try await self.store.leaseKeepAlive(id: request.id)
    } catch StoreError.mvcc(.leaseNotFound) {
      response.ttl = 0
    }
    response.header = self.header()
    return response
  }
}
