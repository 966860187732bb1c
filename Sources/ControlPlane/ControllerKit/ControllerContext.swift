package import ClusterClient
package import Logging

/// What a controller is given while its process leads. Made anew for each term, so that caches begin with a list
/// that holds whatever the leader before wrote.
package struct ControllerContext: Sendable {
  package let client: ClusterClient
  package let informers: SharedInformers
  package let recorder: EventRecorder
  package let logger: Logger

  package init(client: ClusterClient, informers: SharedInformers, recorder: EventRecorder, logger: Logger) {
    self.client = client
    self.informers = informers
    self.recorder = recorder
    self.logger = logger
  }
}

/// Something that runs while its process leads.
package protocol LeaderTask: Sendable {
  /// Runs until cancelled. Called when all informers asked for at construction have synced.
  func run() async throws
}

/// A reconciler with its queue, as a `LeaderTask`.
package struct ReconcileLoop: LeaderTask {
  private let controller: Controller

  package init(_ reconciler: any Reconciler, queue: WorkQueue<ObjectKey>, workers: Int = 4, logger: Logger) {
    controller = Controller(reconciler, queue: queue, workers: workers, logger: logger)
  }

  package func run() async throws { try await controller.run() }
}

/// Runs one term: makes the tasks, fills their caches, runs them until cancelled.
///
/// `make` constructs the tasks, which ask the context for informers and add their handlers and indexes.
package func runLeaderTerm(
  client: ClusterClient, component: String, logger: Logger,
  make: @Sendable (ControllerContext) throws -> [any LeaderTask]
) async throws {
  let informers = SharedInformers(client, logger: logger)
  let recorder = EventRecorder(client, component: component, logger: logger)
  let context = ControllerContext(client: client, informers: informers, recorder: recorder, logger: logger)
  let tasks = try make(context)
  try await withThrowingTaskGroup(of: Void.self) { group in
    group.addTask { try await informers.run() }
    group.addTask { try await recorder.run() }
    try await informers.waitForSync()
    logger.info("caches are filled", metadata: ["tasks": "\(tasks.count)"])
    for task in tasks { group.addTask { try await task.run() } }
    // None of them ends by itself; if one does, the term is over.
    defer { group.cancelAll() }
    try await group.next()
  }
}
