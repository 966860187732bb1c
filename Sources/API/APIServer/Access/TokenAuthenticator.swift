import Access
package import AccessTokens
import JSONDocument
import KubernetesAPI
package import Logging
package import Registry

/// Tells who comes with a token: a service account, or a machine that joins. It looks the objects up that vouch for the
/// token, in the registry's caches; where they speak against it, once more in the store, since a cache may lag behind
/// the front-end that issued the token a moment ago.
package struct TokenAuthenticator: Sendable {
  let registry: ResourceRegistry
  /// nil: there are no service account tokens.
  let keys: TokenKeys?
  /// The API's own audiences.
  let audiences: [String]
  /// Seconds since 1970.
  let now: @Sendable () -> Int64
  let logger: Logger

  package init(
    registry: ResourceRegistry, keys: TokenKeys?, audiences: [String], now: @escaping @Sendable () -> Int64,
    logger: Logger
  ) {
    self.registry = registry
    self.keys = keys
    self.audiences = audiences
    self.now = now
    self.logger = logger
  }

  /// Who comes with the token, and for which of the audiences (the API's own, if none are given) it is good; nil: it is
  /// not good.
  func user(_ token: String, for wanted: [String]? = nil) async -> (user: UserInfo, audiences: [String])? {
    switch await review(token, for: wanted ?? audiences) {
    case .success(let found): return found
    case .failure(let refusal):
      logger.debug("A token was refused", metadata: ["reason": "\(refusal)"])
      return nil
    }
  }

  /// The same with the reason, for TokenReviews.
  func review(
    _ token: String, for wanted: [String]
  ) async -> Result<(user: UserInfo, audiences: [String]), ServiceAccountClaims.Refusal> {
    if let bootstrap = BootstrapToken(token) {
      // Such tokens are for this API alone.
      let fitting = wanted.filter(audiences.contains)
      let secret: CoreV1.Secret? = await find(BootstrapToken.namespace, bootstrap.secretName, fresh: false)
      guard !fitting.isEmpty, let user = bootstrap.user(stored: secret, now: now()) else {
        return .failure(.init("the bootstrap token is not valid"))
      }
      return .success((user, fitting))
    }
    guard let keys else { return .failure(.init("this front-end knows no keys of tokens")) }
    let claims: ServiceAccountClaims
    do { claims = try keys.claims(of: token) } catch { return .failure(error) }
    let cached = await judge(claims, wanted, fresh: false)
    if case .success = cached { return cached }
    return await judge(claims, wanted, fresh: true)
  }

  private func judge(
    _ claims: ServiceAccountClaims, _ wanted: [String], fresh: Bool
  ) async -> Result<(user: UserInfo, audiences: [String]), ServiceAccountClaims.Refusal> {
    var found: [ServiceAccountClaims.Dependency: ServiceAccountClaims.Existing] = [:]
    for (dependency, _) in claims.dependencies {
      let metadata: MetaV1.ObjectMeta? =
        switch dependency {
        case .serviceAccount(let place):
          await (find(place.namespace, place.name, fresh: fresh) as CoreV1.ServiceAccount?)?.metadata
        case .pod(let place): await (find(place.namespace, place.name, fresh: fresh) as CoreV1.Pod?)?.metadata
        case .secret(let place): await (find(place.namespace, place.name, fresh: fresh) as CoreV1.Secret?)?.metadata
        case .node(let name): await (find("", name, fresh: fresh) as CoreV1.Node?)?.metadata
        }
      if let metadata {
        found[dependency] = .init(uid: metadata.uid, deletedAt: metadata.deletionTimestamp?.secondsSinceEpoch)
      }
    }
    do {
      return .success(
        try claims.user(issuers: keys.map { [$0.issuer] } ?? [], audiences: wanted, now: now()) { found[$0] })
    } catch { return .failure(error) }
  }

  private func find<T: KubernetesObject>(_ namespace: String, _ name: String, fresh: Bool) async -> T? {
    guard
      let resource = registry.resource(
        group: T.resource.group, version: T.resource.version, plural: T.resource.plural),
      let object = try? await registry.get(
        resource, namespace: namespace, name: name, options: GetOptions(resourceVersion: fresh ? "" : "0"))
    else { return nil }
    return try? T(jsonBytes: object.json)
  }
}
