import EtcdAPI
import GRPC

// `grpc.health.v1.Health`, which load balancers and gRPC's own probes ask; as in etcd, for the server as a whole only.
extension EtcdServices {
  private typealias HealthRequest = Grpc_Health_V1_HealthCheckRequest
  private typealias HealthResponse = Grpc_Health_V1_HealthCheckResponse

  func registerHealth(in router: inout GRPCRouter) {
    router.unary(EtcdCall.Health.check) { (message: HealthRequest, _) -> HealthResponse in
      let response = self.health(of: message)
      guard response.status != .serviceUnknown else { throw GRPCStatus(.notFound, "unknown service") }
      return response
    }
    // The present status at once, then each change, until the client goes.
    router.serverStream(EtcdCall.Health.watch) {
      (message: HealthRequest, writer: GRPCResponseWriter<HealthResponse>, _) -> Void in
      var last: HealthResponse?
      while true {
        let response = self.health(of: message)
        if response != last { try await writer.write(response) }
        last = response
        try await Task.sleep(for: .seconds(1))
      }
    }
  }

  private func health(of message: HealthRequest) -> HealthResponse {
    var response = HealthResponse()
    if message.service.isEmpty {
      response.status = self.store.refusal == nil ? .serving : .notServing
    } else {
      response.status = .serviceUnknown
    }
    return response
  }
}
