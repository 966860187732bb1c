import BenchKit
import Glibc
import Supervision

/// Rounds of load on all contenders in turn, with what each request cost.
struct StoreRounds {
  /// What is counted: `put` makes `puts/s`.
  let unit: String
  let rounds: Int
  private var measured = Measured()

  init(of unit: String, rounds: Int) {
    self.unit = unit
    self.rounds = rounds
  }

  /// The rows and notes of all subjects so far.
  var result: Measured { measured }

  /// - Parameters:
  ///   - count: what is counted of a round for rates and CPU; by default requests.
  ///   - tidy: what follows a round outside of what is measured.
  mutating func add(
    _ subject: String, _ contenders: [StoreContender], per count: @escaping (Load) -> Int = \.count,
    tidy: (StoreContender) async throws -> Void = { _ in },
    _ round: (StoreContender) async throws -> Load
  ) async throws {
    var figures = Series()
    var shares: [String: [Double]] = [:]
    var busy: [Double] = []
    for (number, order) in Rounds.order(participants: contenders.count, rounds: rounds).enumerated() {
      for contender in order.map({ contenders[$0] }) {
        progress("\(subject), round \(number + 1) of \(rounds): \(contender.name)")
        let before = ProcessFigures.processorSeconds(contender.trio.processIDs)
        let load = try await round(contender)
        let used = ProcessFigures.processorSeconds(contender.trio.processIDs) - before
        let counted = Double(count(load))
        figures.add(contender.name, load, ["\(unit)s/s": { Double(count($0)) / $0.seconds }])
        figures.add(contender.name, "members' CPU, µs a \(unit)", used * 1e6 / counted)
        figures.add(contender.name, "this program's CPU, µs a \(unit)", load.ownSeconds * 1e6 / counted)
        if used + load.ownSeconds > 0 {
          shares[contender.name, default: []].append(load.ownSeconds / (used + load.ownSeconds))
          busy.append((used + load.ownSeconds) / load.seconds / Self.processors)
        }
        try await tidy(contender)
      }
    }
    measured.rows += figures.rows(subject)
    note(subject, contenders.map(\.name), shares.mapValues(Statistics.median), busy: Statistics.median(busy))
  }

  private static let processors = Double(max(sysconf(CInt(_SC_NPROCESSORS_ONLN)), 1))

  /// Where the processors are used up and the generator takes a good part of them, rates tell less about the members
  /// than they seem to.
  private mutating func note(_ subject: String, _ names: [String], _ shares: [String: Double], busy: Double) {
    guard busy > 0.8, let most = shares.values.max(), most > 0.25 else { return }
    let parts = names.compactMap { name in shares[name].map { "\(Int(($0 * 100).rounded())) % beside \(name)" } }
    measured.notes.append(
      "\(subject): the processors were \(Int((busy * 100).rounded())) % busy, and this program took "
        + parts.joined(separator: ", ") + " of what was used: read the members' CPU, not the rate alone")
  }
}
