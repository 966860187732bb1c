import Synchronization

/// Makes reads from the cache linearisable: asks the store for its revision, once for all reads that wait.
///
/// A read joins a request only while that has not been sent: the answer to one that is under way may be older than
/// something the reader's client already saw.
final class ReadBarrier: Sendable {
  private typealias Waiter = CheckedContinuation<Result<Int64, StorageError>, Never>
  private struct State {
    var gathering: [Waiter] = []
    var inFlight = false
  }
  private let state = Mutex(State())
  private let storage: any Storage

  init(storage: any Storage) { self.storage = storage }

  /// How many reads wait for the next question.
  var waiting: Int { state.withLock { $0.gathering.count } }

  /// A revision that the store had after this call began.
  func currentRevision() async throws(StorageError) -> Int64 {
    let result = await withCheckedContinuation { (waiter: Waiter) in
      let starts = state.withLock { state in
        state.gathering.append(waiter)
        defer { state.inFlight = true }
        return !state.inFlight
      }
      if starts { Task { await self.ask() } }
    }
    return try result.get()
  }

  private func ask() async {
    while true {
      let waiters = state.withLock { state in
        defer { state.gathering = [] }
        if state.gathering.isEmpty { state.inFlight = false }
        return state.gathering
      }
      guard !waiters.isEmpty else { return }
      let answer: Result<Int64, StorageError>
      do { answer = .success(try await storage.currentRevision()) } catch { answer = .failure(error) }
      for waiter in waiters { waiter.resume(returning: answer) }
    }
  }
}
