import EtcdAPI
import GRPC

/// `etcdserverpb.Auth`: there are no users; who may connect is decided by certificates.
extension EtcdServices {
  func registerAuth(in router: inout GRPCRouter) {
    self.answer(EtcdCall.Auth.status, in: &router) { (_: Etcdserverpb_AuthStatusRequest) in
      var response = Etcdserverpb_AuthStatusResponse()
      response.header = self.header()
      response.enabled = false
      return response
    }
    self.refuse(
      EtcdCall.Auth.management, in: &router,
      with: GRPCStatus(.unimplemented, "apus: no users and roles; clients are known by their certificates"))
    self.refuse(
      ["/etcdserverpb.Auth/Authenticate"], in: &router,
      with: GRPCStatus(.failedPrecondition, "etcdserver: authentication is not enabled"))
  }
}
