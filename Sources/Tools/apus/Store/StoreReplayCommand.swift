import ArgumentParser
import FoundationEssentials
import Replay
import StoreNode

/// `apus store replay`: what a replica's consensus did, once more.
struct StoreReplay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Run a replica's recorded steps again, and check each of them.",
    discussion: """
      Every replica keeps the last inputs of its consensus in DATA/store/record, up to store.recordSize of the cluster's \
      file (64MiB). This runs them again, in the code that the replica runs, and prints who led when, who voted for whom, \
      what was refused, and where a check fails: the input, the check, the state before and after. Of several members at \
      once it also says where they contradict each other. Keys and values are not in a recording. See docs/replay.md.

      Exit code: 0 nothing was found; 1 a check failed, or the replay did not do what the replica did; 2 something \
      cannot be read.
      """)

  @Argument(
    help: "A file of a recording, its folder, or a member's data folder; several for several members.")
  var recordings: [String]

  @Option(help: "Tell of the inputs from this number on. (Those before are run all the same.)")
  var from: UInt64 = 0

  @Option(help: "Tell of the inputs up to this number.")
  var until: UInt64 = .max

  @Flag(name: .shortAndLong, help: "Tell of every input and every effect.")
  var verbose = false

  @Flag(help: "Print only what was found, and the sums.")
  var quiet = false

  func validate() throws {
    if recordings.isEmpty { throw ValidationError("name a recording: a file, or a folder") }
    if from > until { throw ValidationError("--from is after --until") }
    if quiet, verbose { throw ValidationError("--quiet and --verbose contradict each other") }
  }

  func run() throws {
    var options = Replayer.Options()
    options.range = from...until
    options.isVerbose = verbose
    var comparison = ReplayComparison()
    var (failed, unreadable) = (false, false)
    for path in recordings {
      let files: RecordingFiles
      do {
        files = try RecordingFiles(path)
      } catch {
        print(error)
        throw ExitCode(2)
      }
      if recordings.count > 1 { print("\(path)") }
      let quiet = quiet
      let replayer = files.replay(options) { if !quiet || Self.isFound($0) { print(Self.line($0)) } }
      print(Self.sum(replayer.report))
      comparison.add(replayer.report, leaders: replayer.leaders)
      failed = failed || !replayer.report.findings.isEmpty || !replayer.report.differences.isEmpty
      unreadable = unreadable || !replayer.report.damages.isEmpty
    }
    if recordings.count > 1 {
      for contradiction in comparison.contradictions { print("CONTRADICTION: \(contradiction)") }
      print("compared \(comparison.comparedEntries) entries that more than one has committed")
      failed = failed || !comparison.contradictions.isEmpty
    }
    if failed || unreadable { throw ExitCode(unreadable ? 2 : 1) }
  }

  private static func isFound(_ line: ReplayLine) -> Bool {
    switch line.kind {
    case .gap, .damage, .difference, .violation: true
    default: false
    }
  }

  /// The time (UTC) at the tick before, the number of the input, and what there is to say.
  private static func line(_ line: ReplayLine) -> String {
    "\(time(line.time))  \(padded("#\(line.input)", 9))  \(line.text)"
  }

  private static func time(_ milliseconds: UInt64) -> String {
    let date = Date(timeIntervalSince1970: Double(milliseconds / 1000))
    let fraction = String(milliseconds % 1000 + 1000).dropFirst()
    return "\(date.formatted(.iso8601).dropLast()).\(fraction)"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(width - text.count, 0))
  }

  private static func sum(_ report: ReplayReport) -> String {
    var parts = ["\(report.inputs) inputs in \(report.rounds) rounds, \(report.segments) segments"]
    if report.gaps > 0 { parts.append("\(report.gaps) gaps") }
    if report.tornEnds > 0 { parts.append("\(report.tornEnds) torn ends") }
    if !report.damages.isEmpty { parts.append("\(report.damages.count) places that cannot be read") }
    if !report.differences.isEmpty { parts.append("the replay departs \(report.differences.count) times") }
    let findings = report.findings.count + report.furtherFindings
    if let first = report.findings.first {
      parts.append("\(findings) checks failed, the first after input \(first.input): \(first.finding.check.rawValue)")
    } else {
      parts.append("every check holds")
    }
    return parts.joined(separator: "; ")
  }
}
