package import Access
package import AccessTokens
import JSONDocument
import KubernetesAPI
package import Logging
package import Registry

/// Tells who comes with a token: a service account, or a machine that joins. It looks the objects up that vouch for the
/// token, in the registry's caches; where they speak against it, once more in the store, since a cache may lag behind
/// the front-end that issued the token a moment ago.
///
/// A token that was good before costs little: its signature is not checked again, and what was read out of the objects
/// is read again only when one of them has changed. What decides, decides at every request: the clock, the audience, and
/// the objects that are there now.
package struct TokenAuthenticator: Sendable {
  let registry: ResourceRegistry
  /// nil: there are no service account tokens.
  let keys: TokenKeys?
  /// The API's own audiences.
  let audiences: [String]
  /// Seconds since 1970.
  let now: @Sendable () -> Int64
  let logger: Logger
  /// Of `keys`.
  private let verified: VerifiedTokens
  private let usage: LegacyTokenUsage

  /// - Parameter capacity: of how many tokens it is remembered that they were good.
  package init(
    registry: ResourceRegistry, keys: TokenKeys?, audiences: [String], now: @escaping @Sendable () -> Int64,
    logger: Logger, capacity: Int = 4096
  ) {
    self.registry = registry
    self.keys = keys
    self.audiences = audiences
    self.now = now
    self.logger = logger
    verified = VerifiedTokens(capacity: capacity)
    usage = LegacyTokenUsage(registry: registry, logger: logger)
  }

  /// Of how many tokens it is remembered that they were good.
  package var remembered: Int { verified.count }

  /// Who comes with the token, and for which of the audiences (the API's own, if none are given) it is good; nil: it is
  /// not good.
  package func user(_ token: String, for wanted: [String]? = nil) async -> (user: UserInfo, audiences: [String])? {
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
      let object = await object(
        CoreV1.Secret.resource, BootstrapToken.namespace, bootstrap.secretName, fresh: false)
      let secret = object.flatMap { try? CoreV1.Secret(jsonBytes: $0.json) }
      guard !fitting.isEmpty, let user = bootstrap.user(stored: secret, now: now()) else {
        return .failure(.init("the bootstrap token is not valid"))
      }
      return .success((user, fitting))
    }
    guard let keys else { return .failure(.init("this front-end knows no keys of tokens")) }
    let mark = VerifiedTokens.Mark(token)
    let known = verified.token(mark)
    let claims: VerifiedToken.Claims
    if let known {
      claims = known.claims
    } else {
      do throws(ServiceAccountClaims.Refusal) { claims = try Self.claims(of: token, keys) } catch {
        return .failure(error)
      }
    }
    var judgement = await judge(claims, token, wanted, known, fresh: false)
    if case .failure = judgement { judgement = await judge(claims, token, wanted, known, fresh: true) }
    switch judgement {
    case .success(let good):
      if let new = good.new { verified.keep(new, as: mark) }
      return .success((good.user, good.audiences))
    case .failure(let refusal):
      if known != nil { verified.drop(mark) }
      return .failure(refusal)
    }
  }

  /// What a token says, once its signature has been found good.
  private static func claims(
    of token: String, _ keys: TokenKeys
  ) throws(ServiceAccountClaims.Refusal) -> VerifiedToken.Claims {
    let said = try keys.verified(token)
    if LegacyTokenClaims.isIssuer(of: said) {
      if let claims = LegacyTokenClaims(json: said) { return .legacy(claims) }
    } else if let claims = ServiceAccountClaims(json: said) {
      return .issued(claims)
    }
    throw .init("the token lacks claims of a service account")
  }

  // MARK: Judging

  /// Who comes with a good token.
  private struct Good: Sendable {
    var user: UserInfo
    var audiences: [String]
    /// What is to be remembered; nil: it is remembered already.
    var new: VerifiedToken?
  }

  /// - Parameters:
  ///   - known: what is remembered of the token; nil: nothing.
  ///   - fresh: whether to ask the store for what the caches do not have yet.
  private func judge(
    _ claims: VerifiedToken.Claims, _ token: String, _ wanted: [String], _ known: VerifiedToken?, fresh: Bool
  ) async -> Result<Good, ServiceAccountClaims.Refusal> {
    switch claims {
    case .issued(let claims): await judge(claims, wanted, known, fresh: fresh)
    case .legacy(let claims): await judge(claims, token, wanted, known, fresh: fresh)
    }
  }

  /// A token out of a secret. It names no audience: it is for this API. Nor does it end by the clock, so that the same
  /// secret and the same account say the same.
  private func judge(
    _ claims: LegacyTokenClaims, _ token: String, _ wanted: [String], _ known: VerifiedToken?, fresh: Bool
  ) async -> Result<Good, ServiceAccountClaims.Refusal> {
    let fitting = wanted.filter(audiences.contains)
    guard !fitting.isEmpty else { return .failure(.init("the token is for the API alone")) }
    let places: [ServiceAccountClaims.Dependency] = [
      .secret(ObjectPlace(namespace: claims.namespace, name: claims.secretName)),
      .serviceAccount(ObjectPlace(namespace: claims.namespace, name: claims.account.name)),
    ]
    let secret = await object(places[0], fresh: fresh)
    let account = await object(places[1], fresh: fresh)
    if let known, let secret, let account, known.vouchers[places[0]]?.isFrom(secret) == true,
      known.vouchers[places[1]]?.isFrom(account) == true
    {
      usage.note(secret, now: now())
      return .success(Good(user: known.user, audiences: fitting))
    }
    do throws(ServiceAccountClaims.Refusal) {
      let user = try claims.user(
        of: token, secret: secret.flatMap { try? CoreV1.Secret(jsonBytes: $0.json) },
        account: account.flatMap { try? CoreV1.ServiceAccount(jsonBytes: $0.json) })
      var vouchers: [ServiceAccountClaims.Dependency: VerifiedToken.Voucher] = [:]
      for (place, object) in zip(places, [secret, account]) {
        if let object { vouchers[place] = .init(object, .init(uid: object.uid)) }
      }
      if let secret { usage.note(secret, now: now()) }
      let new = VerifiedToken(claims: .legacy(claims), user: user, vouchers: vouchers)
      return .success(Good(user: user, audiences: fitting, new: new))
    } catch { return .failure(error) }
  }

  private func judge(
    _ claims: ServiceAccountClaims, _ wanted: [String], _ known: VerifiedToken?, fresh: Bool
  ) async -> Result<Good, ServiceAccountClaims.Refusal> {
    let issuers = keys.map { [$0.issuer] } ?? []
    do throws(ServiceAccountClaims.Refusal) {
      // Before anything is looked up: who comes with an expired token again and again must not cost the store reads.
      let fitting = try claims.fitting(issuers: issuers, audiences: wanted, now: now())
      if !fresh, let known, await isStillVouchedFor(known) {
        return .success(Good(user: known.user, audiences: fitting))
      }
    } catch { return .failure(error) }
    var vouchers: [ServiceAccountClaims.Dependency: VerifiedToken.Voucher] = [:]
    for (dependency, _) in claims.dependencies {
      if let object = await object(dependency, fresh: fresh),
        let metadata = try? MetaV1.ObjectMeta(jsonBytes: object.metadataJSON)
      {
        vouchers[dependency] = .init(
          object, .init(uid: metadata.uid, deletedAt: metadata.deletionTimestamp?.secondsSinceEpoch))
      }
    }
    do throws(ServiceAccountClaims.Refusal) {
      let fitting = try claims.fitting(
        issuers: issuers, audiences: wanted, now: now()
      ) { vouchers[$0]?.existing }
      let user = known?.user ?? claims.user
      let new = VerifiedToken(claims: .issued(claims), user: user, vouchers: vouchers)
      return .success(Good(user: user, audiences: fitting, new: new))
    } catch { return .failure(error) }
  }

  /// Whether all objects that vouched for a token are there as they were, and none has been being deleted for so long
  /// that it vouches for nothing any more.
  private func isStillVouchedFor(_ token: VerifiedToken) async -> Bool {
    for (dependency, voucher) in token.vouchers {
      guard voucher.existing.vouches(at: now()), let object = await object(dependency, fresh: false),
        voucher.isFrom(object)
      else { return false }
    }
    return true
  }

  // MARK: Looking up

  private func object(_ dependency: ServiceAccountClaims.Dependency, fresh: Bool) async -> StoredObject? {
    switch dependency {
    case .serviceAccount(let place):
      await object(CoreV1.ServiceAccount.resource, place.namespace, place.name, fresh: fresh)
    case .pod(let place): await object(CoreV1.Pod.resource, place.namespace, place.name, fresh: fresh)
    case .secret(let place): await object(CoreV1.Secret.resource, place.namespace, place.name, fresh: fresh)
    case .node(let name): await object(CoreV1.Node.resource, "", name, fresh: fresh)
    }
  }

  private func object(
    _ description: ResourceDescription, _ namespace: String, _ name: String, fresh: Bool
  ) async -> StoredObject? {
    guard
      let resource = registry.resource(
        group: description.group, version: description.version, plural: description.plural)
    else { return nil }
    return try? await registry.get(
      resource, namespace: namespace, name: name, options: GetOptions(resourceVersion: fresh ? "" : "0"))
  }
}
