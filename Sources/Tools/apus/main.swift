import ArgumentParser
import Dispatch
import Glibc
import Supervision

// Parsed and, for `start`, run without Swift's concurrency: the supervisor must own the process' signals before there
// is a second thread that could take one.
Supervisor.endWithSupervisor()
do {
  var command = try Apus.parseAsRoot()
  if let asynchronous = command as? any AsyncParsableCommand {
    // Handed over: this thread does not touch it again.
    nonisolated(unsafe) var running = asynchronous
    Task {
      do {
        try await running.run()
        Glibc.exit(0)
      } catch {
        Apus.exit(withError: error)
      }
    }
    dispatchMain()
  }
  try command.run()
} catch {
  Apus.exit(withError: error)
}
