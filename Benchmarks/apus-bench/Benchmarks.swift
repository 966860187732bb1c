import ArgumentParser
import BenchKit
import FoundationEssentials
import Glibc
import Supervision
import Synchronization

/// `apus-bench`: measures, prints, and judges nothing.
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus-bench",
    abstract: "Measure a cluster's parts, beside their peers where they are installed.",
    discussion: """
      Every benchmark starts its own processes on loopback addresses (the one of memory: in network namespaces), and \
      ends and removes them in any case. Peers are found on the PATH, or by the variables ETCD, HAPROXY and WRK. \
      Rounds alternate between those who take part; the figures are medians with the least and the greatest round.
      """,
    subcommands: [StoreBenchmark.self, APIBenchmark.self, ProxyBenchmark.self, MemoryBenchmark.self, All.self])
}

/// What every benchmark takes.
struct CommonOptions: ParsableArguments {
  @Option(help: "How many rounds each participant runs.")
  var rounds = 5

  @Option(help: "How many seconds a round takes at most.")
  var seconds = 4

  @Option(help: "The apus program. Default: the one beside this program.")
  var apus: String?

  @Option(help: "Where the data lies while it runs; not in memory, for syncs to count.")
  var folder = ".apus"

  @Option(help: "A file for all figures of all rounds, as JSON.")
  var json: String?

  func validate() throws {
    guard (1...100).contains(rounds) else { throw ValidationError("--rounds must be 1 to 100") }
    guard (1...60).contains(seconds) else { throw ValidationError("--seconds must be 1 to 60") }
  }

  var time: Duration { .seconds(seconds) }

  /// The program to measure.
  func program() throws -> String {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
    let path = apus ?? own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/apus"
    guard access(path, X_OK) == 0, let real = realpath(path, nil) else {
      throw ValidationError("\(path) is missing: build it, or say --apus FILE")
    }
    defer { free(real) }
    return String(cString: real)
  }

  /// A folder for one benchmark's data, absolute.
  func scratch() throws -> String {
    let here = FileManager.default.currentDirectoryPath
    return try Scratch.make(in: folder.hasPrefix("/") ? folder : "\(here)/\(folder)")
  }
}

/// A benchmark as a subcommand.
protocol Benchmark: AsyncParsableCommand {
  var options: CommonOptions { get set }
  /// Runs it and publishes each part's figures once they are there; what it started is ended by the caller.
  func measure(_ findings: Findings) async throws
}

extension Benchmark {
  mutating func run() async throws { try await runBenchmarks([self], options) }
}

/// Runs benchmarks one after the other and prints each one's figures when it has them.
func runBenchmarks(_ benchmarks: [any Benchmark], _ options: CommonOptions) async throws {
  defer { Cleanup.shared.runAll() }
  let findings = Findings(machine: Machine.describe(folder: try options.scratch()), file: options.json)
  for benchmark in benchmarks {
    // Nothing of one may run beside the next.
    defer { Cleanup.shared.runAll() }
    try await benchmark.measure(findings)
  }
  if let json = options.json { say("\nall rounds: \(json)") }
}

/// What was measured so far: printed at once, and in the file for all rounds, so that a long run which is interrupted
/// has not been for nothing.
final class Findings: Sendable {
  private let machine: [String]
  private let file: String?
  private let reports = Mutex<[Report]>([])
  private let before = Mutex(Machine.processorTime)

  /// Prints what machine it is.
  init(machine: [String], file: String?) {
    self.machine = machine
    self.file = file
    for line in machine { say(line) }
  }

  /// What was measured since the last one.
  func publish(_ report: Report) throws {
    var report = report
    let now = Machine.processorTime
    let earlier = before.withLock { before in
      defer { before = now }
      return before
    }
    if let stolen = now.stolenPercent(since: earlier), now.stolen > 0 {
      report.notes.append(
        "of the time in which the processors were wanted, the hypervisor gave \(Figures.text(stolen)) % to other machines"
      )
    }
    try add(report)
  }

  /// Rows that have been published, once more.
  func publish(summary: Report) throws { try add(summary) }

  private func add(_ report: Report) throws {
    say(report.table)
    let all = reports.withLock { reports in
      reports.append(report)
      return reports
    }
    guard let file else { return }
    try ReportFile(machine: machine, reports: all).json().write(to: URL(filePath: file))
  }
}

/// `apus-bench all`.
struct All: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Run every benchmark, one after the other.")

  @OptionGroup var options: CommonOptions

  mutating func run() async throws {
    var benchmarks: [any Benchmark] = []
    for type in [StoreBenchmark.self, APIBenchmark.self, ProxyBenchmark.self, MemoryBenchmark.self]
      as [any Benchmark.Type]
    {
      // With its own defaults, and these options.
      guard var benchmark = try type.parseAsRoot([]) as? any Benchmark else { continue }
      benchmark.options = options
      benchmarks.append(benchmark)
    }
    try await runBenchmarks(benchmarks, options)
  }
}
