package import ClusterClient
package import Logging
import ServiceLifecycle

/// A process of which several may run and one works: it takes part in the election by a Lease in `kube-system`, and
/// while it leads runs its tasks over caches of their own.
package struct ElectedProcess: Service {
  private let client: ClusterClient
  private let lease: String
  private let identity: String
  private let timing: LeaderElectionTiming
  private let component: String
  private let logger: Logger
  private let tasks: @Sendable (ControllerContext) throws -> [any LeaderTask]

  /// - Parameters:
  ///   - client: shut down at the end.
  ///   - lease: the Lease's name.
  ///   - identity: differs between instances: the host's name. Each run adds a random part.
  ///   - component: in whose name events are recorded; `nil`: the Lease's.
  ///   - tasks: makes a term's tasks; see `runLeaderTerm`.
  package init(
    _ client: ClusterClient, lease: String, identity: String, timing: LeaderElectionTiming, component: String? = nil,
    logger: Logger, tasks: @escaping @Sendable (ControllerContext) throws -> [any LeaderTask]
  ) {
    self.client = client
    self.lease = lease
    self.identity = identity
    self.timing = timing
    self.component = component ?? lease
    self.logger = logger
    self.tasks = tasks
  }

  /// The client that a kubeconfig describes.
  /// - Throws: when the kubeconfig cannot be used.
  package static func client(
    kubeconfig: String, userAgent: String
  ) throws(ClientConfigurationError) -> ClusterClient {
    try ClusterClient(kubeconfigFile: kubeconfig, userAgent: userAgent)
  }

  /// Runs until cancelled or shut down gracefully; then the lease is given up.
  package func run() async throws {
    let run = UInt32.random(in: .min ... .max)
    let elector = LeaderElector(
      client, lease: ObjectKey(namespace: "kube-system", name: lease),
      identity: "\(identity)_\(String(run, radix: 16))", timing: timing, logger: logger)
    do {
      try await cancelWhenGracefulShutdown {
        try await elector.run {
          try await runLeaderTerm(client: client, component: component, logger: logger, make: tasks)
        }
      }
    } catch is CancellationError {}
    await client.shutdown()
  }
}
