import Access
package import AccessTokens
package import ClusterClient
package import ControllerKit
import KubernetesAPI
import Logging

/// Fills the secrets that ask for a service account's token (type `kubernetes.io/service-account-token`, with the
/// account's name as annotation): the token, the cluster's authority and the namespace. Such a secret goes with its
/// account, and the token with its secret.
package final class ServiceAccountTokenController: LeaderTask, Reconciler {
  package let name = "serviceaccount-token"

  private static let byAccount = "account"

  private let client: ClusterClient
  private let accounts: Informer<CoreV1.ServiceAccount>
  private let secrets: Informer<CoreV1.Secret>
  private let queue = WorkQueue<ObjectKey>()
  /// PEM.
  private let authority: [UInt8]
  private let key: TokenSigningKey
  private let logger: Logger

  /// - Parameters:
  ///   - authority: PEM.
  ///   - key: the one that front-ends check tokens with.
  package init(_ context: ControllerContext, authority: [UInt8], key: TokenSigningKey) {
    client = context.client
    logger = context.logger
    self.authority = authority
    self.key = key
    accounts = context.informers.informer()
    // Of all secrets only these are kept.
    secrets = Informer(
      context.client, codec: .followed(), fieldSelector: "type=\(LegacyTokenClaims.secretType)",
      logger: context.logger)
    secrets.addIndex(Self.byAccount) { secret in
      ["\(secret.metadata.namespace)/\(Self.account(of: secret))"]
    }
    let queue = queue
    let cache = secrets
    cache.addHandler { change in
      if case .deleted = change { return }
      queue.add(change.object.key)
    }
    accounts.addHandler { change in
      for secret in cache.list(index: Self.byAccount, value: change.object.key.description) { queue.add(secret.key) }
    }
  }

  private static func account(of secret: CoreV1.Secret) -> String {
    secret.metadata.annotations[LegacyTokenClaims.nameAnnotation] ?? ""
  }

  package func run() async throws {
    defer { queue.shutDown() }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { [secrets] in try await secrets.run() }
      try await secrets.waitForSync()
      group.addTask { [self] in try await Controller(self, queue: queue, workers: 2, logger: logger).run() }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  package func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard let secret = secrets.get(key), secret.type == LegacyTokenClaims.secretType, !secret.metadata.isTerminating,
      !Self.account(of: secret).isEmpty
    else { return .done }
    guard let account = try await self.account(secret) else { return try await remove(secret) }
    guard let filled = try completed(secret, for: account), secret.immutable != true else { return .done }
    do { _ = try await client.update(filled) } catch  where error.isNotFound || error.isConflict {
      return .again(after: .seconds(1))
    }
    return .done
  }

  /// The account that a secret is for; nil when it is gone, or another one of its name. What the cache does not show
  /// the front-ends are asked for: a secret is soon deleted and not so soon made again.
  private func account(_ secret: CoreV1.Secret) async throws -> CoreV1.ServiceAccount? {
    let wanted = secret.metadata.annotations[LegacyTokenClaims.uidAnnotation] ?? ""
    func fits(_ account: CoreV1.ServiceAccount) -> Bool { wanted.isEmpty || account.metadata.uid == wanted }
    let (name, namespace) = (Self.account(of: secret), secret.metadata.namespace)
    if let cached = accounts.get(name: name, namespace: namespace), fits(cached) { return cached }
    let found = try await client.find(CoreV1.ServiceAccount.self, name: name, namespace: namespace)
    return found.flatMap { fits($0) ? $0 : nil }
  }

  private func remove(_ secret: CoreV1.Secret) async throws -> ReconcileResult {
    let metadata = secret.metadata
    var options = MetaV1.DeleteOptions()
    options.preconditions = MetaV1.Preconditions(uid: metadata.uid, resourceVersion: metadata.resourceVersion)
    do {
      try await client.delete(
        CoreV1.Secret.self, name: metadata.name, namespace: metadata.namespace, options: options)
      logger.info(
        "secret of a service account's token deleted: the account is gone",
        metadata: ["secret": "\(secret.key)", "account": "\(Self.account(of: secret))"])
    } catch  where error.isNotFound {} catch  where error.isConflict { return .again(after: .seconds(1)) }
    return .done
  }

  /// The secret with what it lacks; nil: it lacks nothing.
  private func completed(_ secret: CoreV1.Secret, for account: CoreV1.ServiceAccount) throws -> CoreV1.Secret? {
    var filled = secret
    filled.metadata.annotations[LegacyTokenClaims.uidAnnotation] = account.metadata.uid
    // An authority that was replaced is replaced here too; a token stays as long as its secret.
    filled.data[LegacyTokenClaims.authorityKey] = authority
    if filled.data[LegacyTokenClaims.namespaceKey] ?? [] == [] {
      filled.data[LegacyTokenClaims.namespaceKey] = Array(secret.metadata.namespace.utf8)
    }
    if filled.data[LegacyTokenClaims.tokenKey] ?? [] == [] {
      let claims = LegacyTokenClaims(
        namespace: secret.metadata.namespace, secretName: secret.metadata.name,
        account: .init(name: account.metadata.name, uid: account.metadata.uid))
      filled.data[LegacyTokenClaims.tokenKey] = Array(try key.token(claims.json).utf8)
    }
    return filled == secret ? nil : filled
  }
}
