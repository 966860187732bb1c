import ArgumentParser
import Dispatch
import Glibc
import Observability
import StoreNode
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
        end(with: error)
      }
    }
    dispatchMain()
  }
  try command.run()
} catch {
  end(with: error)
}

/// Says what went wrong; with the code that keeps a supervisor from trying again where that is of no use.
func end(with error: any Error) -> Never {
  // What was logged comes before it.
  Observability.flushLog()
  guard let failure = error as? StoreStartError, failure.isFinal else { Apus.exit(withError: error) }
  let text = Array("Error: \(failure)\n".utf8)
  _ = write(STDERR_FILENO, text, text.count)
  Glibc.exit(Supervisor.finalCode)
}
