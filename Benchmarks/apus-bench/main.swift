import ArgumentParser
import BenchKit
import Glibc

// Before there is a second thread: an interrupt must end what a benchmark has started.
Cleanup.blockSignals()
do {
  var command = try Benchmarks.parseAsRoot()
  guard let asynchronous = command as? any AsyncParsableCommand else {
    try command.run()
    Glibc.exit(0)
  }
  // Handed over: this thread does not touch it again.
  nonisolated(unsafe) var running = asynchronous
  Task.detached {
    do {
      try await running.run()
      Glibc.exit(0)
    } catch {
      Benchmarks.exit(withError: error)
    }
  }
  // Not `dispatchMain`, which lets this thread take every signal as it comes.
  Cleanup.shared.waitForSignal()
} catch {
  Benchmarks.exit(withError: error)
}
