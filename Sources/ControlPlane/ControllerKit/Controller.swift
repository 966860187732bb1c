package import ClusterClient
package import Logging
import ServiceLifecycle

/// What became of reconciling a name.
package enum ReconcileResult: Sendable, Equatable {
  /// Nothing to do until something changes.
  case done
  /// Look again after this time even if nothing changes.
  case again(after: Duration)
}

/// Brings one object's world in line with what it asks for.
///
/// Level-triggered: `reconcile` is told a name, not what happened; it reads the caches, compares, and acts. It
/// must be safe to call at any time, any number of times, also for a name that no longer exists. Never is it
/// called for one name twice at once. An error brings the name back after a back-off.
package protocol Reconciler: Sendable {
  /// For logs: "deployment".
  var name: String { get }
  func reconcile(_ key: ObjectKey) async throws -> ReconcileResult
}

/// The loop round a reconciler: some workers that take names from a queue.
package struct Controller: Service {
  private let reconciler: any Reconciler
  private let queue: WorkQueue<ObjectKey>
  private let workers: Int
  private let logger: Logger

  package init(_ reconciler: any Reconciler, queue: WorkQueue<ObjectKey>, workers: Int = 4, logger: Logger) {
    precondition(workers > 0)
    self.reconciler = reconciler
    self.queue = queue
    self.workers = workers
    var logger = logger
    logger[metadataKey: "controller"] = "\(reconciler.name)"
    self.logger = logger
  }

  /// Works until the task is cancelled or the queue is shut down.
  package func run() async throws {
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<workers {
        group.addTask { await work() }
      }
    }
  }

  private func work() async {
    while let key = await queue.next() {
      do {
        switch try await reconciler.reconcile(key) {
        case .done: queue.forget(key)
        case .again(let delay):
          queue.forget(key)
          queue.add(key, after: delay)
        }
      } catch {
        if Task.isCancelled {
          queue.done(key)
          return
        }
        if error.apiStatus?.isNamespaceTerminating ?? false {
          // There is nothing left to bring about there; the end of its objects comes as changes of their own.
          queue.forget(key)
        } else {
          report(error, key)
          queue.addFailed(key)
        }
      }
      queue.done(key)
    }
  }

  /// Conflicts and lost connections are part of the trade; what lasts is worth a warning.
  private func report(_ error: any Error, _ key: ObjectKey) {
    let failures = queue.failureCount(key) + 1
    let expected = error.isConflict || error.isNotFound || error.isAlreadyExists || error is ClusterConnectionError
    let level: Logger.Level = expected && failures < 8 ? .debug : .warning
    logger.log(
      level: level, "reconcile failed",
      metadata: ["key": "\(key)", "error": "\(error)", "failures": "\(failures)"])
  }
}
