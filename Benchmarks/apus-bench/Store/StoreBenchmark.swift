import ArgumentParser
import BenchKit
import Supervision

/// `apus-bench store`: three members of ours beside three of etcd's. Each kind of measurement stands in a file of its
/// own in this folder and is a ``StoreMeasurement``; ``StoreContender`` is one side of the comparison.
struct StoreBenchmark: Benchmark {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "The store beside etcd: three members each, over TLS.",
    discussion: """
      The same load generator for both. It measures, in this order: \
      \(StoreKind.allCases.map(\.rawValue).joined(separator: ", ")). The last three share a large state. See \
      docs/benchmarks.md.
      """)

  @OptionGroup var options: CommonOptions
  @OptionGroup var store: StoreOptions

  func measure(_ findings: Findings) async throws {
    let parent = try options.scratch()
    var summary: Report?
    let wanted = StoreKind.allCases.filter { store.only.isEmpty ? !$0.isOnRequest : store.only.contains($0) }
    for (number, isLarge) in [false, true].enumerated() {
      let kinds = wanted.filter { $0.needsLargeState == isLarge }
      guard !kinds.isEmpty else { continue }
      // Members of their own: what the first half has left in memory is not the second's.
      let trios = try Trio.pair(program: try options.program(), parent: parent, first: 2 * number)
      var contenders: [StoreContender] = []
      for trio in trios {
        try await trio.start()
        contenders.append(try StoreContender(trio))
      }
      for contender in contenders { try await contender.warmUp() }
      for kind in kinds {
        let measurement = kind.measurement(options, store)
        let found = try await report(measurement, contenders)
        try findings.publish(found)
        var short = summary ?? Report(title: "The store in short", participants: contenders.map(\.name))
        short.rows += measurement.headlines.compactMap { $0.row(of: found, in: kind.rawValue) }
        summary = short
      }
      for contender in contenders { await contender.close() }
      for trio in trios { trio.stop() }
    }
    if let summary, wanted.count > 1 { try findings.publish(summary: summary) }
  }

  private func report(
    _ measurement: any StoreMeasurement, _ contenders: [StoreContender]
  ) async throws -> Report {
    for contender in contenders { await contender.begin() }
    var report = Report(title: measurement.title, participants: contenders.map(\.name))
    let found = try await measurement.measure(contenders)
    report.rows = found.rows
    report.notes = found.notes
    for contender in contenders {
      report.notes += await contender.notes(expectsElections: measurement.causesElections)
    }
    if contenders.count < 2 { report.notes.append(Trio.missingPeer) }
    return report
  }
}

/// What can be measured, in the order in which it is.
enum StoreKind: String, CaseIterable, ExpressibleByArgument {
  case puts, gets, ranges, watchers, failover, endurance, memory, maintenance, start

  /// It takes so long that it must be asked for.
  var isOnRequest: Bool { self == .endurance }

  /// It is measured with a million keys or more in the store.
  var needsLargeState: Bool { [.memory, .maintenance, .start].contains(self) }

  func measurement(_ common: CommonOptions, _ store: StoreOptions) -> any StoreMeasurement {
    switch self {
    case .puts: PutMeasurement(common: common, store: store)
    case .gets: GetMeasurement(common: common, store: store)
    case .ranges: RangeMeasurement(common: common, store: store)
    case .watchers: WatchMeasurement(common: common, store: store)
    case .failover: FailoverMeasurement(store: store)
    case .endurance: EnduranceMeasurement(store: store)
    case .memory: MemoryMeasurement(store: store)
    case .maintenance: MaintenanceMeasurement(common: common, store: store)
    case .start: StartMeasurement(store: store)
    }
  }
}

/// One kind of measurement: all of its rounds, on all who take part in turn.
protocol StoreMeasurement: Sendable {
  var title: String { get }
  /// The rows that tell most.
  var headlines: [Headline] { get }
  /// It kills leaders: that the term goes up is no news.
  var causesElections: Bool { get }
  func measure(_ contenders: [StoreContender]) async throws -> Measured
}

extension StoreMeasurement {
  var causesElections: Bool { false }
}

/// A row that stands in the summary as well.
struct Headline {
  var subject: String
  var metric: String
  /// What Apus wants the quotient to be, or the figure where nothing is compared, for the reader: nothing is judged by
  /// it.
  var aim: String?

  init(_ subject: String, _ metric: String, aim: String? = nil) {
    self.subject = subject
    self.metric = metric
    self.aim = aim
  }

  /// Nil where that was not measured.
  func row(of report: Report, in kind: String) -> Report.Row? {
    guard let row = report.rows.first(where: { $0.subject == subject && $0.metric == metric }) else { return nil }
    return Report.Row("\(kind): \(subject)", metric + (aim.map { " (aim: \($0))" } ?? ""), row.values)
  }
}

/// What came of one measurement.
struct Measured {
  var rows: [Report.Row] = []
  var notes: [String] = []
  /// What must not be, and was seen: the benchmark goes on and fails at its end.
  var errors: [String] = []

  mutating func demand(_ holds: Bool, _ error: @autoclosure () -> String) { if !holds { errors.append(error()) } }
}
