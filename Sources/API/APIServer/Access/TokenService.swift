import Access
package import AccessTokens
import FoundationEssentials
package import Logging
package import Registry

/// Tokens, as a front-end serves them: who comes with one, and the issuing of new ones.
package struct TokenService: Sendable {
  /// nil: there are no service account tokens; bootstrap tokens work all the same.
  package let keys: TokenKeys?
  let authenticator: TokenAuthenticator
  let issuer: TokenIssuer?

  /// What tokens name as their issuer where nothing else is configured, as in Kubernetes.
  package static func defaultIssuer(domain: String) -> String { "https://kubernetes.default.svc.\(domain)" }

  /// - Parameters:
  ///   - audiences: the API's own; nil: the issuer.
  ///   - now: seconds since 1970.
  package init(
    registry: ResourceRegistry, keys: TokenKeys?, audiences: [String]? = nil, logger: Logger,
    now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) },
    makeID: @escaping @Sendable () -> String = { UUID().uuidString.lowercased() }
  ) {
    let own = audiences ?? (keys.map { [$0.issuer] } ?? ["https://kubernetes.default.svc"])
    self.keys = keys
    authenticator = TokenAuthenticator(registry: registry, keys: keys, audiences: own, now: now, logger: logger)
    issuer = keys.map { keys in
      TokenIssuer(
        registry: registry, keys: keys, rules: TokenIssuance(issuer: keys.issuer, audiences: own), now: now,
        makeID: makeID)
    }
  }
}
