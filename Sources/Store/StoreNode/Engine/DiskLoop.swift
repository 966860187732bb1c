import RaftCore
import RaftLog
import Replica

/// The disk thread: everything that waits to be written goes to the log together, behind one sync (group commit).
struct DiskLoop: ~Copyable {
  private let log: LogStorage
  private let engine: Engine
  private let beforeWrite: (@Sendable () -> Void)?

  init(_ log: LogStorage, engine: Engine, beforeWrite: (@Sendable () -> Void)? = nil) {
    self.beforeWrite = beforeWrite
    self.log = log
    self.engine = engine
  }

  mutating func run() {
    engine.publish(logBytes: log.size)
    while let messages = engine.diskBox.take() {
      do throws(StorageError) {
        try handle(messages)
      } catch {
        // What the disk holds is not known any more; nothing may be acknowledged on its strength.
        engine.fail("the log cannot be written: \(error)")
        return
      }
    }
  }

  private func handle(_ messages: [DiskMessage]) throws(StorageError) {
    var writes: [LogWrite] = []
    var cut: LogIndex?
    for message in messages {
      switch message {
      case .write(let write): writes.append(write)
      case .compact(let index): cut = index
      }
    }
    if let last = writes.last {
      beforeWrite?()
      let start = MonotonicTime.now
      let before = log.size
      try log.append(writes)
      if log.size > before { engine.metrics.counters.logBytes.add(log.size - before, ordering: .relaxed) }
      engine.metrics.synced(nanoseconds: MonotonicTime.now.nanoseconds - start.nanoseconds)
      engine.consensusBox.post(.input(.persisted(last.token)))
    }
    if let cut { try log.compact(through: cut) }
    engine.publish(logBytes: log.size)
  }
}
