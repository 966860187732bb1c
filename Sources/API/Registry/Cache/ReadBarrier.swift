import Synchronization

/// Makes reads from the cache linearisable: asks the store for its revision, once for all reads that wait.
///
/// A read joins a question only while that has not been sent: the answer to one that is under way may be older than
/// something the reader's client already saw.
///
/// One of the readers asks, in its own task, for all who wait; when it has the answer it tells them, and one of those
/// who came meanwhile asks next. So a question costs no task, no timer and no thread of its own. It costs each member
/// of the store the same whether one read waits for it or a hundred, and while it is under way those who wait have
/// nothing to do. Therefore at most two are under way, the second one only for half of all readers there seem to be:
/// while one half waits, the other takes its answers and comes again.
///
/// The tasks that ask must be able to run: those who wait for a loop that has ended wait for ever.
final class ReadBarrier: Sendable {
  private enum Turn {
    case asks
    case answered(Result<Int64, StorageError>)
  }
  private typealias Waiter = CheckedContinuation<Turn, Never>

  private struct State {
    var gathering: [Waiter] = []
    /// Questions that somebody asks or has been told to ask.
    var underWay = 0
    /// Whether somebody has been told to ask who has not begun: the one for whom all join.
    var isHandedOn = false
    /// How many readers the last two questions were for.
    var sizes = (last: 0, before: 0)

    /// Whether the next question may be sent for so many readers.
    func mayAsk(for readers: Int) -> Bool {
      switch underWay {
      case 0: readers > 0
      case 1: readers > 0 && 2 * readers >= sizes.last + sizes.before
      default: false
      }
    }

    /// Who asks next, if anybody does: others may still join its question until it runs.
    mutating func next() -> Waiter? {
      guard !isHandedOn, mayAsk(for: gathering.count) else { return nil }
      underWay += 1
      isHandedOn = true
      return gathering.removeFirst()
    }

    /// Those for whom a reader asks besides itself. Nobody joins them any more.
    mutating func depart() -> [Waiter] {
      defer { gathering = [] }
      isHandedOn = false
      sizes = (gathering.count + 1, sizes.last)
      return gathering
    }

    /// Somebody has been told to ask who has gone away. Returns who asks instead.
    mutating func declines() -> Waiter? {
      isHandedOn = false
      return ends()
    }

    /// Somebody has gone away while it asked for others. Returns who asks for them.
    mutating func leaves(_ others: [Waiter]) -> Waiter? {
      gathering.insert(contentsOf: others, at: 0)
      sizes.last = 1
      return ends()
    }

    /// A question is over. Returns who asks next, if anybody does.
    mutating func ends() -> Waiter? {
      underWay -= 1
      return next()
    }
  }

  private let state = Mutex(State())
  private let storage: any Storage

  init(storage: any Storage) { self.storage = storage }

  /// How many reads wait for the next question.
  var waiting: Int { state.withLock { $0.gathering.count } }

  /// A revision that the store had after this call began.
  func currentRevision() async throws(StorageError) -> Int64 {
    let turn = await withCheckedContinuation { (waiter: Waiter) in
      let next = state.withLock { state in
        state.gathering.append(waiter)
        return state.next()
      }
      next?.resume(returning: .asks)
    }
    switch turn {
    case .answered(let answer): return try answer.get()
    case .asks: return try await ask()
    }
  }

  private func ask() async throws(StorageError) -> Int64 {
    if Task.isCancelled {
      let next = state.withLock { $0.declines() }
      next?.resume(returning: .asks)
      throw StorageError(.cancelled, "the request was cancelled")
    }
    let others = state.withLock { $0.depart() }
    let answer: Result<Int64, StorageError>
    do { answer = .success(try await storage.currentRevision()) } catch { answer = .failure(error) }
    // The others have not gone away with this reader: another one asks for them.
    var wasCancelled = false
    if case .failure(let error) = answer { wasCancelled = error.code == .cancelled && Task.isCancelled }
    let next = state.withLock { state in wasCancelled ? state.leaves(others) : state.ends() }
    next?.resume(returning: .asks)
    if !wasCancelled { for other in others { other.resume(returning: .answered(answer)) } }
    return try answer.get()
  }
}
