package import Access
package import ClusterClient
package import KubernetesAPI

/// How a kubelet asks the API about those who call it. Both throw when nobody answers.
package struct AccessReviewer: Sendable {
  /// Who comes with a token; nil: it is not good.
  package var user: @Sendable (_ token: String) async throws -> UserInfo?
  package var isAllowed: @Sendable (_ question: AuthorizationV1.SubjectAccessReviewSpec) async throws -> Bool

  package init(
    user: @escaping @Sendable (_ token: String) async throws -> UserInfo?,
    isAllowed: @escaping @Sendable (_ question: AuthorizationV1.SubjectAccessReviewSpec) async throws -> Bool
  ) {
    self.user = user
    self.isAllowed = isAllowed
  }
}

extension AccessReviewer {
  /// By TokenReview and SubjectAccessReview.
  package init(client: ClusterClient) {
    self.init(
      user: { token in
        let review = AuthenticationV1.TokenReview(spec: AuthenticationV1.TokenReviewSpec(token: token))
        let status = try await Self.answer(to: review, by: client).status
        guard status.authenticated else { return nil }
        let user = status.user
        return UserInfo(name: user.username, uid: user.uid, groups: user.groups, extra: user.extra)
      },
      isAllowed: { question in
        let review = AuthorizationV1.SubjectAccessReview(spec: question)
        let status = try await Self.answer(to: review, by: client).status
        return status.allowed && !status.denied
      })
  }

  /// Asks once more where a front-end was silent or not ready: the next connection may lead to another one, and asking
  /// twice does no harm.
  private static func answer<Review: KubernetesObject>(
    to review: Review, by client: ClusterClient
  ) async throws -> Review {
    let patience = Duration.seconds(4)
    do {
      return try await withDeadline(patience) { try await client.create(review) }
    } catch {
      try Task.checkCancellation()
      if let status = error.apiStatus, !status.isRetryable { throw error }
      return try await withDeadline(patience) { try await client.create(review) }
    }
  }
}
