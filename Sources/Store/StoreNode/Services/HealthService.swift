import EtcdAPI
import GRPC

// `grpc.health.v1.Health`, which load balancers and gRPC's own probes ask; as in etcd, for the server as a whole only.
extension EtcdServices {
  func registerHealth(in router: inout GRPCRouter) {
    router.unary(EtcdCall.Health.check) { (message: Grpc_Health_V1_HealthCheckRequest, _) in
      guard message.service.isEmpty else { throw GRPCStatus(.notFound, "unknown service") }
      var response = Grpc_Health_V1_HealthCheckResponse()
      response.status = self.store.refusal == nil ? .serving : .notServing
      return response
    }
  }
}
