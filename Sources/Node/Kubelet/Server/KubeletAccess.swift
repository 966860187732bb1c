import Access
import Crypto
package import HTTPServer
package import Logging
package import NIOHTTP1
import Synchronization

/// Who may ask a kubelet for what: as in Kubernetes with `authentication.webhook` and `authorization.mode: Webhook`.
///
/// 1. The front-ends' own certificate, and one of `system:masters`, may do everything. Nobody is asked, so that logs
///    and streams work whether or not a front-end can answer reviews.
/// 2. Who somebody else is, the certificate says, which TLS has verified; without one a bearer token, by TokenReview.
///    Who shows neither is refused (401).
/// 3. What they may, the API says by SubjectAccessReview: one of the subresources is enough (``KubeletAttributes``).
///
/// Answers hold for a while (``ReviewLimits``).
package struct KubeletAccess: Sendable {
  /// The common name under which front-ends call kubelets.
  package static let frontEndName = "kube-apiserver-kubelet-client"

  package struct Refusal: Error, Hashable {
    package var status: HTTPResponseStatus
    package var message: String
  }

  /// What a token is known by: tokens themselves are not kept.
  private struct TokenMark: Hashable, Sendable {
    let digest: SHA256Digest

    init(_ token: String) { digest = SHA256.hash(data: Array(token.utf8)) }
  }

  private struct Permission: Hashable, Sendable {
    var user: UserInfo
    var verb: String
    var subresource: String
  }

  private let node: String
  private let reviewer: AccessReviewer
  private let tokens: Reviews<TokenMark, UserInfo?>
  private let permissions: Reviews<Permission, Bool>
  private let logger: Logger

  /// - Parameter node: the name of the kubelet's Node.
  package init(
    node: String, reviewer: AccessReviewer,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }, logger: Logger
  ) {
    self.node = node
    self.reviewer = reviewer
    tokens = Reviews(ReviewCache(.tokens) { $0 != nil }, now: now)
    permissions = Reviews(ReviewCache(.permissions) { $0 }, now: now)
    self.logger = logger
  }

  /// Whether whoever has this certificate may do everything.
  package static func isTrusted(_ peer: ClientIdentity?) -> Bool {
    guard let peer else { return false }
    return peer.commonName == frontEndName || peer.organizations.contains(UserInfo.mastersGroup)
  }

  /// Returns if the request is allowed.
  /// - Parameters:
  ///   - peer: by the client's certificate.
  ///   - token: the bearer token that the request carries.
  ///   - path: the segments by which the request is served.
  package func check(
    _ peer: ClientIdentity?, token: String?, method: HTTPMethod, path: [String]
  ) async throws(Refusal) {
    if Self.isTrusted(peer) { return }
    let user = try await user(peer, token)
    let attributes = KubeletAttributes(method: method, path: path)
    for subresource in attributes.subresources {
      if try await isAllowed(user, attributes, subresource) { return }
    }
    throw Refusal(status: .forbidden, message: attributes.forbidden(user))
  }

  private func user(_ peer: ClientIdentity?, _ token: String?) async throws(Refusal) -> UserInfo {
    if let peer { return .authenticated(name: peer.commonName, groups: peer.organizations) }
    guard let token else { throw Refusal(status: .unauthorized, message: "Unauthorized") }
    let found: UserInfo?
    do {
      let reviewer = reviewer
      found = try await tokens.answer(to: TokenMark(token)) { try await reviewer.user(token) }
    } catch is TooManyReviews {
      throw Self.busy
    } catch {
      logger.warning("a caller's token could not be reviewed", metadata: ["error": "\(error)"])
      throw Refusal(status: .unauthorized, message: "Unauthorized (the API could not be asked about the token)")
    }
    guard let found else { throw Refusal(status: .unauthorized, message: "Unauthorized") }
    return found
  }

  private func isAllowed(
    _ user: UserInfo, _ attributes: KubeletAttributes, _ subresource: String
  ) async throws(Refusal) -> Bool {
    let permission = Permission(user: user, verb: attributes.verb, subresource: subresource)
    let question = attributes.review(of: user, subresource, node: node)
    do {
      let reviewer = reviewer
      return try await permissions.answer(to: permission) { try await reviewer.isAllowed(question) }
    } catch is TooManyReviews {
      throw Self.busy
    } catch {
      logger.warning(
        "what a caller may do could not be reviewed", metadata: ["user": "\(user.name)", "error": "\(error)"])
      throw Refusal(status: .internalServerError, message: attributes.undecided(user, subresource))
    }
  }

  private static let busy = Refusal(
    status: .tooManyRequests, message: "too many callers are being reviewed: try again later")
}

private struct TooManyReviews: Error {}

/// Asks what the cache does not know.
private final class Reviews<Question: Hashable & Sendable, Answer: Sendable>: Sendable {
  private let cache: Mutex<ReviewCache<Question, Answer>>
  private let now: @Sendable () -> ContinuousClock.Instant

  init(_ cache: ReviewCache<Question, Answer>, now: @escaping @Sendable () -> ContinuousClock.Instant) {
    self.cache = Mutex(cache)
    self.now = now
  }

  /// - Throws: `TooManyReviews`, or what kept `ask` from an answer.
  func answer(to question: Question, _ ask: @Sendable () async throws -> Answer) async throws -> Answer {
    let start = now()
    switch cache.withLock({ $0.step(question, now: start) }) {
    case .known(let answer): return answer
    case .busy: throw TooManyReviews()
    case .ask: break
    }
    do {
      let answer = try await ask()
      let end = now()
      cache.withLock { $0.answered(answer, to: question, now: end) }
      return answer
    } catch {
      cache.withLock { $0.unanswered() }
      throw error
    }
  }
}
