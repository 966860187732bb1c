import BenchKit
import Glibc
import Supervision

/// Rounds of load on all front-ends in turn, with what each request cost.
struct APIRounds {
  /// What is counted: `get` makes `gets/s`.
  let unit: String
  let rounds: Int
  private var measured = Measured()

  init(of unit: String, rounds: Int) {
    self.unit = unit
    self.rounds = rounds
  }

  /// The rows and notes of all subjects so far.
  var result: Measured { measured }

  /// - Parameter round: one round, by its number from 0.
  mutating func add(
    _ subject: String, _ contenders: [APIContender],
    _ round: (_ contender: APIContender, _ number: Int) async throws -> APIContender.Round
  ) async throws {
    var figures = Series()
    var shares: [Double] = []
    var busy: [Double] = []
    for (number, order) in Rounds.order(participants: contenders.count, rounds: rounds).enumerated() {
      for contender in order.map({ contenders[$0] }) {
        progress("\(subject), round \(number + 1) of \(rounds): \(contender.name)")
        let found = try await round(contender, number)
        let load = found.load
        let counted = Double(load.count)
        figures.add(contender.name, load, ["\(unit)s/s": { $0.rate }])
        figures.add(contender.name, "front-end's CPU, µs a \(unit)", found.frontEndSeconds * 1e6 / counted)
        figures.add(contender.name, "members' CPU, µs a \(unit)", found.membersSeconds * 1e6 / counted)
        figures.add(contender.name, "this program's CPU, µs a \(unit)", load.ownSeconds * 1e6 / counted)
        let used = found.frontEndSeconds + found.membersSeconds + load.ownSeconds
        guard used > 0 else { continue }
        shares.append(load.ownSeconds / used)
        busy.append(used / load.seconds / Self.processors)
      }
    }
    measured.rows += figures.rows(subject)
    note(subject, share: Statistics.median(shares), busy: Statistics.median(busy))
  }

  /// Rounds of wrk, which says latencies as percentiles only; a note where it is not installed.
  mutating func add(
    _ subject: String, byWrk contenders: [APIContender],
    _ round: (_ contender: APIContender, _ wrk: Wrk, _ number: Int) async throws -> WrkRound
  ) async throws {
    let subject = "\(subject), by wrk"
    var figures = Series()
    for (number, order) in Rounds.order(participants: contenders.count, rounds: rounds).enumerated() {
      for contender in order.map({ contenders[$0] }) {
        guard let wrk = Wrk(folder: contender.trio.folder) else {
          if !measured.notes.contains(Wrk.missing) { measured.notes.append(Wrk.missing) }
          return
        }
        progress("\(subject), round \(number + 1) of \(rounds): \(contender.name)")
        let found = try await round(contender, wrk, number)
        let counted = Double(found.found.count)
        figures.add(contender.name, "\(unit)s/s", counted / found.found.seconds)
        figures.add(contender.name, "p50, ms", found.found.p50)
        figures.add(contender.name, "p99, ms", found.found.p99)
        figures.add(contender.name, "front-end's CPU, µs a \(unit)", found.frontEndSeconds * 1e6 / counted)
        figures.add(contender.name, "members' CPU, µs a \(unit)", found.membersSeconds * 1e6 / counted)
        figures.add(contender.name, "wrk's CPU, µs a \(unit)", found.found.wrkSeconds * 1e6 / counted)
      }
    }
    measured.rows += figures.rows(subject)
  }

  static let processors = Double(max(sysconf(CInt(_SC_NPROCESSORS_ONLN)), 1))

  /// Where the processors are used up and the generator takes a good part of them, rates tell less about the front-end
  /// than they seem to.
  private mutating func note(_ subject: String, share: Double, busy: Double) {
    guard busy > 0.8, share > 0.25 else { return }
    measured.notes.append(
      "\(subject): the processors were \(Int((busy * 100).rounded())) % busy, and this program took "
        + "\(Int((share * 100).rounded())) % of what was used: read the front-end's CPU, not the rate alone")
  }
}
