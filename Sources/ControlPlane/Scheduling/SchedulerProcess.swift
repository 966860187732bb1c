package import ClusterClient
package import ControllerKit
package import Logging
import ServiceLifecycle

/// What a scheduler is to do.
package struct SchedulerOptions: Sendable {
  /// Path of its kubeconfig.
  package var kubeconfig: String
  /// Differs between instances: the host's name. Each run adds a random part.
  package var identity: String
  /// Timing of the leader election. Default: lease 6 s, give up after 4 s, renew every 2 s.
  package var election: LeaderElectionTiming
  /// The pods that are its business. Default "default-scheduler".
  package var schedulerName: String

  package init(
    kubeconfig: String, identity: String, election: LeaderElectionTiming = .init(),
    schedulerName: String = "default-scheduler"
  ) {
    self.kubeconfig = kubeconfig
    self.identity = identity
    self.election = election
    self.schedulerName = schedulerName
  }
}

/// The scheduler: places pods while it holds the lease kube-system/kube-scheduler.
package struct SchedulerProcess: Service {
  static let component = "kube-scheduler"

  private let options: SchedulerOptions
  private let client: ClusterClient
  private let logger: Logger

  /// Throws when the kubeconfig cannot be used.
  package init(_ options: SchedulerOptions, logger: Logger) throws(ClientConfigurationError) {
    let client = try ElectedProcess.client(kubeconfig: options.kubeconfig, userAgent: "apus-scheduler")
    self.init(options, client: client, logger: logger)
  }

  /// As above, over a client that is there already.
  package init(_ options: SchedulerOptions, client: ClusterClient, logger: Logger) {
    self.options = options
    self.client = client
    self.logger = logger
  }

  /// Runs until cancelled or shut down gracefully; then the lease is given up.
  package func run() async throws {
    try await ElectedProcess(
      client, lease: Self.component, identity: options.identity, timing: options.election,
      component: options.schedulerName, logger: logger
    ) { context in
      [SchedulerLoop(context, schedulerName: options.schedulerName, seed: .random(in: .min ... .max))]
    }.run()
  }
}
