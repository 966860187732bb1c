import Synchronization

/// Makes reads from the cache linearisable: asks the store for its revision, once for all reads that wait.
///
/// A read joins a question only while that has not been sent: the answer to one that is under way may be older than
/// something the reader's client already saw.
///
/// A question costs each member of the store the same whether one read waits for it or a hundred. So after an answer the
/// next one waits for company: for as many readers as there seem to be, those just answered among them, who are busy
/// taking their answer and often ask next. Asked at once, it would be for the few who came meanwhile, and all others
/// would wait for its end. It never waits longer than the last one took; a reader who is alone is its own company.
final class ReadBarrier: Sendable {
  private typealias Waiter = CheckedContinuation<Result<Int64, StorageError>, Never>
  private struct State {
    var gathering: [Waiter] = []
    var inFlight = false
    /// Set while the next question waits for company.
    var pause: Pause?
    var pauses: UInt64 = 0
  }
  private struct Pause {
    let number: UInt64
    let readers: Int
    let continuation: CheckedContinuation<Void, Never>
  }
  private let state = Mutex(State())
  private let storage: any Storage
  private static let longestPause: Duration = .milliseconds(2)

  init(storage: any Storage) { self.storage = storage }

  /// How many reads wait for the next question.
  var waiting: Int { state.withLock { $0.gathering.count } }

  /// A revision that the store had after this call began.
  func currentRevision() async throws(StorageError) -> Int64 {
    let result = await withCheckedContinuation { (waiter: Waiter) in
      let (starts, pause) = state.withLock { state -> (Bool, Pause?) in
        state.gathering.append(waiter)
        guard state.inFlight else {
          state.inFlight = true
          return (true, nil)
        }
        guard let pause = state.pause, state.gathering.count >= pause.readers else { return (false, nil) }
        state.pause = nil
        return (false, pause)
      }
      pause?.continuation.resume()
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
      let began = ContinuousClock.now
      let answer: Result<Int64, StorageError>
      do { answer = .success(try await storage.currentRevision()) } catch { answer = .failure(error) }
      let took = ContinuousClock.now - began
      for waiter in waiters { waiter.resume(returning: answer) }
      await waitForCompany(besides: waiters.count, within: min(took, Self.longestPause))
    }
  }

  /// Returns once as many readers wait as there were, or after a while.
  /// - Parameter answered: how many have just been answered.
  private func waitForCompany(besides answered: Int, within patience: Duration) async {
    let number = state.withLock { state in
      state.pauses += 1
      return state.pauses
    }
    var timer: Task<Void, Never>?
    await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
      state.withLock { state in
        state.pause = Pause(
          number: number, readers: state.gathering.count + answered, continuation: continuation)
      }
      // Not before there is something to end.
      timer = Task {
        if (try? await Task.sleep(for: patience)) != nil { end(number) }
      }
    }
    timer?.cancel()
  }

  /// Ends a pause that has lasted long enough, if it still does.
  private func end(_ number: UInt64) {
    let pause = state.withLock { state -> Pause? in
      guard state.pause?.number == number else { return nil }
      defer { state.pause = nil }
      return state.pause
    }
    pause?.continuation.resume()
  }
}
