import Logging
import RaftLog

/// The removal thread: takes large files away a part at a time, and rests for three times as long as each part took.
struct RemovalLoop: ~Copyable {
  private let engine: Engine

  init(engine: Engine) { self.engine = engine }

  func run() {
    var pace = Pace(rest: 3)
    while let paths = engine.removalBox.take() {
      for path in paths {
        do {
          var start = MonotonicTime.now
          try FileRemoval.removeInParts(path) { start = pace.rest(after: start) }
        } catch {
          // The next start tries again.
          engine.logger.warning("a file that is not needed any more stays", metadata: ["error": "\(error)"])
        }
      }
    }
  }
}
