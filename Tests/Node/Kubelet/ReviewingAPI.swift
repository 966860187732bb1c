import Access
import HTTPServer
import Kubelet
import KubernetesAPI
import NIOHTTP1
import Synchronization

/// An API that only answers reviews, and notes what it is asked. Its clock moves when told.
final class ReviewingAPI: Sendable {
  struct State: Sendable {
    /// Who comes with which token.
    var users: [String: UserInfo] = [:]
    /// `USER VERB SUBRESOURCE`, of this node.
    var permissions: Set<String> = []
    var isAway = false
    var asked: [String] = []
    var now = ContinuousClock.now
  }

  struct Away: Error {}

  let state = Mutex(State())

  /// Who may ask the kubelet of the Node `node1`, by this API's word.
  func access() -> KubeletAccess {
    let reviewer = AccessReviewer(
      user: { token in
        try self.answer("token \(token)") { state in state.users[token] }
      },
      isAllowed: { question in
        let wanted = question.resourceAttributes ?? AuthorizationV1.ResourceAttributes()
        let text = "\(question.user) \(wanted.verb) \(wanted.subresource)"
        return try self.answer(text) { state in wanted.name == "node1" && state.permissions.contains(text) }
      })
    return KubeletAccess(node: "node1", reviewer: reviewer, now: { self.state.withLock { $0.now } }, logger: silent)
  }

  private func answer<Answer: Sendable>(_ question: String, _ find: (State) -> Answer) throws -> Answer {
    let known: State? = state.withLock { state in
      guard !state.isAway else { return nil }
      state.asked.append(question)
      return state
    }
    guard let known else { throw Away() }
    return find(known)
  }

  func pass(_ seconds: Int) { state.withLock { $0.now = $0.now.advanced(by: .seconds(seconds)) } }

  /// What was asked since the last look.
  func asked() -> [String] {
    state.withLock { state in
      defer { state.asked = [] }
      return state.asked
    }
  }
}

extension KubeletAccess {
  /// "allowed", or status and message of the refusal.
  func verdict(
    _ method: HTTPMethod, _ path: String, peer: ClientIdentity? = nil, token: String? = nil
  ) async -> String {
    let segments = path.split(separator: "/").map(String.init)
    do throws(KubeletAccess.Refusal) {
      try await check(peer, token: token, method: method, path: segments)
      return "allowed"
    } catch {
      return "\(error.status.code) \(error.message)"
    }
  }
}
