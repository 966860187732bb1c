import Synchronization

/// What all who take part in a round share: its record, its time, whether it is over.
final class TrialRound: Sendable {
  private struct State {
    var record: TrialRecord
    /// Successes of each client once the faults had ended.
    var succeeded: [Int: Int] = [:]
    var isHealing = false
    var isOver = false
  }

  let number: Int
  let seed: UInt64
  let options: TrialOptions
  /// The store's revision before it.
  let start: Int64
  let clock: TrialClock
  private let hosts: TrialHosts
  private let began: Int
  private let state: Mutex<State>

  init(number: Int, options: TrialOptions, start: Int64, clock: TrialClock, hosts: TrialHosts) {
    self.number = number
    self.seed = options.seed &+ UInt64(number - 1)
    self.options = options
    self.start = start
    self.clock = clock
    self.hosts = hosts
    began = clock.now
    state = Mutex(State(record: TrialRecord(revision: start)))
  }

  @discardableResult
  func record<Result: Sendable>(_ body: (inout TrialRecord) -> sending Result) -> Result {
    state.withLock { body(&$0.record) }
  }

  /// Other keys every few seconds: the search for an order takes longer the longer a key's history is.
  func key(_ number: Int) -> String { "\(prefix)k\((clock.now - began) / 6_000_000)/\(number)" }
  func bulkKey(_ number: Int) -> String { "\(prefix)bulk\((clock.now - began) / 12_000_000)/\(number)" }
  var prefix: String { "r\(number)/" }
  /// That of the keys without the bulk.
  var keyPrefix: String { "\(prefix)k" }

  var wantsMuch: Bool { hosts.wantsMuch }

  var isHealing: Bool { state.withLock { $0.isHealing } }
  var isOver: Bool { state.withLock { $0.isOver } }
  func heal() { state.withLock { $0.isHealing = true } }
  func finish() { state.withLock { $0.isOver = true } }

  func succeeded(_ client: Int) {
    state.withLock { if $0.isHealing { $0.succeeded[client, default: 0] += 1 } }
  }

  /// Whether each of so many clients was answered since the faults ended.
  func haveAllSucceeded(_ clients: Int) -> Bool { state.withLock { $0.succeeded.count >= clients } }
}
