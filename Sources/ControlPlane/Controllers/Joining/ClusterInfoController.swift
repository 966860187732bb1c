import Access
import AccessTokens
import ClusterClient
package import ControllerKit
import JSONDocument
import KubernetesAPI
import Logging

/// Keeps what a machine needs to join: `cluster-info` in `kube-public`, with the cluster's authority, signed by every
/// bootstrap token that may sign; and `apus-config` in `kube-system`, with the cluster's file. Kubernetes' kubeadm makes
/// the first once and its controller signs it; ours does both, so that what it says stays true.
final class ClusterInfoController: Reconciler {
  let name = "cluster-info"

  static let information = ObjectKey(namespace: ClusterInfo.namespace, name: ClusterInfo.name)
  static let configuration = ObjectKey(namespace: BootstrapToken.namespace, name: ClusterInfo.configName)

  private let client: ClusterClient
  private let tokens: Informer<CoreV1.Secret>
  private let options: CertificateOptions
  private let now: @Sendable () -> Int64

  init(
    _ context: ControllerContext, options: CertificateOptions, tokens: Informer<CoreV1.Secret>,
    now: @escaping @Sendable () -> Int64
  ) {
    client = context.client
    self.options = options
    self.tokens = tokens
    self.now = now
  }

  func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    var wanted: [String: String] = [:]
    var isOurs: (String) -> Bool = { _ in false }
    switch key {
    case Self.information:
      let document = Self.kubeconfig(server: options.server, authorityPEM: options.authorityPEM)
      wanted = Self.data(document, signedBy: tokens.list(), now: now())
      // Signatures by tokens that are gone go as well; what others have added stays.
      isOurs = { $0.hasPrefix(ClusterInfo.signaturePrefix) }
    case Self.configuration: wanted[ClusterInfo.configDocument] = options.configuration
    default: return .done
    }
    guard let found = try await client.find(CoreV1.ConfigMap.self, name: key.name, namespace: key.namespace) else {
      var map = CoreV1.ConfigMap()
      map.metadata.name = key.name
      map.metadata.namespace = key.namespace
      map.data = wanted
      // The namespace may not be there yet: it is tried again.
      _ = try await client.create(map)
      return .done
    }
    var map = found
    map.data = found.data.filter { !isOurs($0.key) }.merging(wanted) { $1 }
    if map.data != found.data { _ = try await client.update(map) }
    return .done
  }

  /// What `cluster-info` holds of ours.
  static func data(_ document: String, signedBy secrets: [CoreV1.Secret], now: Int64) -> [String: String] {
    var data = [ClusterInfo.document: document]
    for secret in secrets {
      guard let token = BootstrapToken(stored: secret), secret.metadata.deletionTimestamp == nil,
        BootstrapToken.serves("signing", secret), !BootstrapToken.hasEnded(secret, now: now)
      else { continue }
      data[ClusterInfo.signaturePrefix + token.id] = DetachedSignature.make(document, by: token)
    }
    return data
  }

  /// A kubeconfig with a server and its authority, and no user.
  static func kubeconfig(server: String, authorityPEM: String) -> String {
    """
    apiVersion: v1
    kind: Config
    preferences: {}
    clusters:
    - name: ""
      cluster:
        certificate-authority-data: \(Base64.encode(Array(authorityPEM.utf8)))
        server: \(server)
    contexts: null
    current-context: ""
    users: null

    """
  }
}

/// Deletes bootstrap tokens whose time is over, once it is.
final class TokenCleaner: Reconciler {
  let name = "token-cleaner"

  private let client: ClusterClient
  private let tokens: Informer<CoreV1.Secret>
  private let now: @Sendable () -> Int64
  private let logger: Logger

  init(_ context: ControllerContext, tokens: Informer<CoreV1.Secret>, now: @escaping @Sendable () -> Int64) {
    client = context.client
    self.tokens = tokens
    self.now = now
    logger = context.logger
  }

  func reconcile(_ key: ObjectKey) async throws -> ReconcileResult {
    guard let secret = tokens.get(key) else { return .done }
    if case .at(let end) = BootstrapToken.end(of: secret), end > now() {
      // Not in one go for a token that holds for long: clocks are set.
      return .again(after: .seconds(min(3600, end - now())))
    }
    guard BootstrapToken.hasEnded(secret, now: now()) else { return .done }
    var options = MetaV1.DeleteOptions()
    options.preconditions = MetaV1.Preconditions(uid: secret.metadata.uid)
    do {
      try await client.delete(CoreV1.Secret.self, name: key.name, namespace: key.namespace, options: options)
      logger.info("a bootstrap token has ended and was deleted", metadata: ["name": "\(key.name)"])
    } catch  where error.isNotFound {}
    return .done
  }
}

/// Both of them, over one cache of the bootstrap tokens: other secrets are not looked at.
package struct JoiningControllers: LeaderTask {
  private let tokens: Informer<CoreV1.Secret>
  private let maps: [Informer<CoreV1.ConfigMap>]
  private let controllers: [Controller]

  /// - Parameter now: seconds since 1970.
  package init(
    _ context: ControllerContext, options: CertificateOptions,
    now: @escaping @Sendable () -> Int64 = { Time.now().secondsSinceEpoch }
  ) {
    let infos = WorkQueue<ObjectKey>()
    let ends = WorkQueue<ObjectKey>()
    let tokens = Informer(
      context.client, codec: .followed(CoreV1.Secret.self), namespace: BootstrapToken.namespace,
      fieldSelector: "type=\(BootstrapToken.secretType)", logger: context.logger)
    tokens.addHandler { change in
      infos.add(ClusterInfoController.information)
      if case .deleted = change { return }
      ends.add(change.object.key)
    }
    maps = [ClusterInfoController.information, ClusterInfoController.configuration].map { key in
      let map = Informer(
        context.client, codec: .followed(CoreV1.ConfigMap.self), namespace: key.namespace,
        fieldSelector: "metadata.name=\(key.name)", logger: context.logger)
      map.addHandler { _ in infos.add(key) }
      infos.add(key)
      return map
    }
    self.tokens = tokens
    controllers = [
      // One worker: a document is written by one at a time.
      Controller(
        ClusterInfoController(context, options: options, tokens: tokens, now: now), queue: infos, workers: 1,
        logger: context.logger),
      Controller(TokenCleaner(context, tokens: tokens, now: now), queue: ends, workers: 1, logger: context.logger),
    ]
  }

  package func run() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await tokens.run() }
      for map in maps { group.addTask { try await map.run() } }
      // Before that, signatures of tokens that have not been seen would be taken away.
      try await tokens.waitForSync()
      for controller in controllers { group.addTask { try await controller.run() } }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}
