package import ClusterClient
package import KubernetesAPI
package import Logging
import Synchronization

/// A token as a pod's volume asks for it.
package struct TokenWish: Hashable, Sendable {
  /// "": the API's own.
  package var audience: String
  /// How long it is to be good.
  package var seconds: Int64

  package init(audience: String = "", seconds: Int64 = 3600) {
    self.audience = audience
    self.seconds = seconds
  }

  package init(_ source: CoreV1.ServiceAccountTokenProjection) {
    self.init(audience: source.audience, seconds: source.expirationSeconds ?? 3600)
  }

  /// The tokens that a pod's volumes ask for.
  package static func all(in pod: CoreV1.Pod) -> Set<TokenWish> {
    Set(pod.spec.volumes.flatMap { $0.projected?.sources ?? [] }.compactMap(\.serviceAccountToken).map(TokenWish.init))
  }
}

/// A token that was issued. Times in seconds since 1970.
package struct IssuedToken: Hashable, Sendable {
  package var text: String
  package var issued: Int64
  package var expires: Int64

  package init(text: String, issued: Int64, expires: Int64) {
    self.text = text
    self.issued = issued
    self.expires = expires
  }

  /// When the next one is to be fetched: after four fifths of its life, or a day.
  package var due: Int64 { issued + min((expires - issued) * 4 / 5, 86_400) }
}

/// The service accounts' tokens of the node's pods: each is fetched when it is first needed, kept, and renewed in time.
/// As long as an old one is good a failing renewal is no failure.
package final class TokenStore: Sendable {
  package typealias Fetch = @Sendable (_ wish: TokenWish, _ pod: CoreV1.Pod) async throws -> IssuedToken

  private struct Key: Hashable {
    var uid: String
    var wish: TokenWish
  }
  private let tokens = Mutex<[Key: IssuedToken]>([:])
  private let now: @Sendable () -> Int64
  private let fetch: Fetch
  private let logger: Logger

  /// - Parameter now: seconds since 1970.
  package init(now: @escaping @Sendable () -> Int64, logger: Logger, fetch: @escaping Fetch) {
    self.now = now
    self.fetch = fetch
    self.logger = logger
  }

  /// Tokens from the API, bound to the pod: they end with it.
  package convenience init(client: ClusterClient, now: @escaping @Sendable () -> Int64, logger: Logger) {
    self.init(now: now, logger: logger) { wish, pod in
      let issued = now()
      let request = AuthenticationV1.TokenRequest(
        spec: AuthenticationV1.TokenRequestSpec(
          audiences: wish.audience.isEmpty ? [] : [wish.audience], expirationSeconds: wish.seconds,
          boundObjectRef: AuthenticationV1.BoundObjectReference(
            kind: "Pod", apiVersion: "v1", name: pod.metadata.name, uid: pod.metadata.uid)))
      let answer = try await client.requestToken(
        request, account: pod.spec.serviceAccountName.isEmpty ? "default" : pod.spec.serviceAccountName,
        namespace: pod.metadata.namespace)
      return IssuedToken(
        text: answer.status.token, issued: issued,
        expires: answer.status.expirationTimestamp?.secondsSinceEpoch ?? issued + wish.seconds)
    }
  }

  package func token(_ wish: TokenWish, of pod: CoreV1.Pod) async throws -> String {
    let key = Key(uid: pod.metadata.uid, wish: wish)
    let known = tokens.withLock { $0[key] }
    let time = now()
    if let known, time < known.due { return known.text }
    do {
      let fresh = try await fetch(wish, pod)
      tokens.withLock { $0[key] = fresh }
      return fresh.text
    } catch {
      guard let known, time < known.expires else { throw error }
      logger.warning(
        "a pod's token is not renewed yet",
        metadata: ["pod": "\(pod.metadata.namespace)/\(pod.metadata.name)", "error": "\(error)"])
      return known.text
    }
  }

  /// Forgets the tokens of all pods but these.
  package func keep(_ uids: Set<String>) {
    tokens.withLock { tokens in tokens = tokens.filter { uids.contains($0.key.uid) } }
  }
}
