package import NIOCore

/// Runs tasks on an event loop's thread: a handler that runs there answers without changing threads, as its connection's
/// bytes come and go on the same one.
///
/// A task is bound to it by its executor preference, which its child tasks and the default actors that it calls follow
/// too. What runs here must neither block nor take long: it holds every connection of the loop (`HTTPServer.offLoop`).
/// The loop has to outlive the tasks: what is enqueued on one that has been shut down never runs.
package final class EventLoopTaskExecutor: TaskExecutor {
  private let eventLoop: any EventLoop

  package init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  /// Never runs the job at once, not on the loop's own thread either: who resumes a task may be in the middle of
  /// changing what the task would look at.
  package func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    eventLoop.execute { [self] in unowned.runSynchronously(on: asUnownedTaskExecutor()) }
  }
}

extension HTTPServer {
  /// Runs work on Swift's global pool, also where the handler runs on its connection's event loop
  /// (``HTTPServerConfiguration/runsHandlersOnEventLoops``).
  ///
  /// For what computes for longer than about a millisecond, or for as long as the client's data is large: lists,
  /// patches, compression, documents that are made anew. It costs two changes of threads, and each write from in there
  /// two more. It makes nothing that blocks a thread acceptable: the pool has as many threads as the machine has cores.
  package static func offLoop<T, Failure: Error>(
    _ work: @concurrent () async throws(Failure) -> T
  ) async throws(Failure) -> T {
    try await withTaskExecutorPreference(globalConcurrentExecutor, operation: work)
  }
}
