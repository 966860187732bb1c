package import KubernetesAPI

extension ClusterClient {
  /// Asks for a token of a service account (`TokenRequest`). The answer's status has it, and until when it is good.
  package func requestToken(
    _ request: AuthenticationV1.TokenRequest, account: String, namespace: String
  ) async throws -> AuthenticationV1.TokenRequest {
    let path = CoreV1.ServiceAccount.resource.path(namespace: namespace, name: account, subresource: "token")
    let answer = try await send(.json(.post, path, request.jsonBytes))
    do { return try AuthenticationV1.TokenRequest(jsonBytes: answer) } catch {
      throw ClusterDecodingError(message: "TokenRequest: \(error)")
    }
  }
}
