package import AccessTokens
package import ClusterClient
package import ControllerKit
import KubernetesAPI
package import Logging
import ServiceLifecycle

/// What a controller manager is to do.
package struct ControllerManagerOptions: Sendable {
  /// Path of its kubeconfig.
  package var kubeconfig: String
  /// Differs between instances: the host's name. Each run adds a random part.
  package var identity: String
  /// Timing of the leader election. Default: lease 6 s, give up after 4 s, renew every 2 s.
  package var election: LeaderElectionTiming
  package var nodes: NodeLifecycleOptions
  /// The range that nodes' pod addresses come from ("198.19.0.0/16"); `nil`: ranges are not assigned.
  package var clusterCIDR: String?
  /// The prefix length of a node's range. Default 24.
  package var nodePrefix: Int
  /// Ranges that nodes get by name if they are free.
  package var nodeRanges: [String: String]
  /// Certificates on request, and what machines need to join; nil: neither.
  package var certificates: CertificateOptions?
  /// The key of service accounts' tokens, for those that lie in secrets; nil: nobody fills such secrets here.
  package var tokenKey: TokenSigningKey?
  /// Names that each controller works on at once. Default 8.
  package var workers: Int

  package init(
    kubeconfig: String, identity: String, election: LeaderElectionTiming = .init(),
    nodes: NodeLifecycleOptions = .init(), clusterCIDR: String? = nil, nodePrefix: Int = 24,
    nodeRanges: [String: String] = [:], workers: Int = 8
  ) {
    self.kubeconfig = kubeconfig
    self.identity = identity
    self.election = election
    self.nodes = nodes
    self.clusterCIDR = clusterCIDR
    self.nodePrefix = nodePrefix
    self.nodeRanges = nodeRanges
    self.workers = workers
  }
}

/// The controller manager: runs all controllers while it holds the lease kube-system/kube-controller-manager.
package struct ControllerManagerProcess: Service {
  static let component = "kube-controller-manager"

  private let options: ControllerManagerOptions
  private let client: ClusterClient
  private let ranges: PodRanges?
  /// PEM of the authority of the API's certificates, as this process itself trusts it.
  private let rootAuthority: [UInt8]?
  private let logger: Logger

  /// Throws when the kubeconfig or the range of pod addresses cannot be used.
  package init(_ options: ControllerManagerOptions, logger: Logger) throws(ClientConfigurationError) {
    let client = try ElectedProcess.client(kubeconfig: options.kubeconfig, userAgent: "apus-controller-manager")
    try self.init(options, client: client, logger: logger)
  }

  /// As above, over a client that is there already.
  package init(
    _ options: ControllerManagerOptions, client: ClusterClient, logger: Logger
  ) throws(ClientConfigurationError) {
    self.options = options
    self.client = client
    rootAuthority =
      options.kubeconfig.isEmpty
      ? nil : try ClientConfiguration(kubeconfigFile: options.kubeconfig).certificateAuthority
    self.logger = logger
    ranges = options.clusterCIDR.flatMap { PodRanges(cidr: $0, nodePrefix: options.nodePrefix) }
    if let cidr = options.clusterCIDR, ranges == nil {
      throw ClientConfigurationError(message: "\(cidr) cannot be cut into ranges of /\(options.nodePrefix) for nodes")
    }
  }

  /// Runs until cancelled or shut down gracefully; then the lease is given up.
  package func run() async throws {
    try await ElectedProcess(
      client, lease: Self.component, identity: options.identity, timing: options.election, logger: logger
    ) { context in tasks(context) }.run()
  }

  private func tasks(_ context: ControllerContext) -> [any LeaderTask] {
    func loop(_ make: (WorkQueue<ObjectKey>) -> any Reconciler, workers: Int? = nil) -> any LeaderTask {
      let queue = WorkQueue<ObjectKey>()
      return ReconcileLoop(make(queue), queue: queue, workers: workers ?? options.workers, logger: logger)
    }
    var tasks: [any LeaderTask] = [
      loop { DeploymentController(context, queue: $0) },
      loop { ReplicaSetController(context, queue: $0) },
      loop { EndpointsController(context, queue: $0) },
      loop { EndpointSliceController(context, queue: $0) },
      loop { NamespaceController(context, queue: $0) },
      loop { ServiceAccountController(context, queue: $0) },
      NodeLifecycleController(context, options: options.nodes),
      PodGarbageCollector(context),
      loop { ClaimProtectionController(context, queue: $0) },
      loop { VolumeProtectionController(context, queue: $0) },
      loop { DisruptionController(context, queue: $0) },
      QuotaController(context),
      GarbageCollector(context),
    ]
    if let authority = rootAuthority {
      tasks.append(RootAuthorityPublisher(context, authority: authority))
      if let key = options.tokenKey {
        tasks.append(ServiceAccountTokenController(context, authority: authority, key: key))
      } else {
        logger.warning("no key of service accounts' tokens here: nobody fills secrets of tokens while this host leads")
      }
    }
    if let certificates = options.certificates {
      tasks.append(CertificateRequestCleaner(context))
      tasks.append(JoiningControllers(context, options: certificates))
      if let authority = certificates.authority {
        tasks.append(loop { CertificateApprover(context, options: certificates, queue: $0) })
        tasks.append(
          loop {
            CertificateSigningController(
              context, authority: authority, longestLifetime: certificates.longestLifetime, queue: $0)
          })
      } else {
        logger.warning("no key of the cluster's authority here: nobody signs certificates while this host leads")
      }
    }
    if let ranges {
      // One worker: two assignments at once could choose the same range.
      tasks.append(
        loop({ NodeRangeController(context, ranges: ranges, preferred: options.nodeRanges, queue: $0) }, workers: 1))
    }
    return tasks
  }
}
