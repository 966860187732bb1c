import ArgumentParser
import Dispatch
import FoundationEssentials
import Glibc
import StoreTrials

/// `dev/store-trials`: see docs/design/trials.md.
struct Trials: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apus-trials",
    abstract: "Real processes of the store under faults, and the simulation's checkers on what their clients saw.",
    discussion: """
      Runs in namespaces of its own, which take all processes, mounts and devices with them when they end. Ends with \
      code 1 when something is wrong; then the folder with logs, data and history stays, and its name is printed.
      """)

  @Option(help: "Chooses the faults. Each further round takes the next one.")
  var seed: UInt64 = 1
  @Option(help: "How many members: 3 or 5.")
  var replicas = 3
  @Option(help: "Rounds are added until so many minutes of faults have passed.")
  var minutes: Int?
  @Option(help: "For how long there are faults in one round, in seconds.")
  var seconds = 20
  @Option(help: "Which faults: any of \(FaultFamily.allCases.map(\.rawValue).joined(separator: ",")), or none.")
  var faults = FaultFamily.allCases.filter(FaultFamily.usual.contains).map(\.rawValue).joined(separator: ",")
  @Option(help: "How many clients, beside one that writes a lot.")
  var clients = 6
  @Option(
    help:
      "Breaks a promise on purpose, to see it found: \(TrialOptions.Proof.allCases.map(\.rawValue).joined(separator: ", "))."
  )
  var proof: String?
  @Flag(help: "Keep the folder, and the clients' last history in it, also when all is well.")
  var keep = false
  @Option(help: "The apus program; that beside this one unless given.")
  var program: String?
  @Option(help: "Where logs and data are kept; a new folder in /tmp unless given. Removed when all is well.")
  var folder: String?

  func options() throws -> TrialOptions {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let beside = own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/apus"
    let folder = folder ?? "/tmp/apus-trial-\(seed)-\(UInt32.random(in: 0 ... .max))"
    var options = TrialOptions(program: program ?? beside, folder: folder)
    guard replicas % 2 == 1, (1...9).contains(replicas) else { throw ValidationError("an odd number of members") }
    options.seed = seed
    options.replicas = replicas
    options.chaos = .seconds(seconds)
    options.rounds = minutes.map { max(1, $0 * 60 / seconds) } ?? 1
    options.clients = clients
    options.keeps = keep
    options.faults = []
    for name in faults.split(separator: ",") where name != "none" {
      guard let family = FaultFamily(rawValue: String(name)) else { throw ValidationError("no such fault: \(name)") }
      options.faults.insert(family)
    }
    if let proof {
      guard let known = TrialOptions.Proof(rawValue: proof) else { throw ValidationError("no such proof: \(proof)") }
      options.proof = known
    }
    guard access(options.program, X_OK) == 0 else { throw ValidationError("\(options.program) is not there") }
    return options
  }

  func run() async throws {
    let options = try options()
    let violations: [String]
    do {
      violations = try await Trial(options) { line in
        print(line)
        fflush(nil)
      }.run()
    } catch {
      print("the trial itself failed (\(options.folder)): \(error)")
      Glibc.exit(2)
    }
    guard violations.isEmpty else {
      print("WRONG, with seed \(options.seed), in \(options.folder):")
      for violation in violations.prefix(20) { print("  \(violation)") }
      if violations.count > 20 { print("  and \(violations.count - 20) more, in violations.txt") }
      Glibc.exit(1)
    }
    print("nothing was wrong")
    if keep { print(options.folder) } else { try? FileManager.default.removeItem(atPath: options.folder) }
  }
}

do {
  var command = try Trials.parseAsRoot()
  if !Enclosure.isInside, let trials = command as? Trials {
    _ = try trials.options()
    if let obstacle = Enclosure.obstacle { throw TrialTrouble(obstacle) }
    try Enclosure.enter()
  }
  Enclosure.endOnSignals()
  guard let asynchronous = command as? any AsyncParsableCommand else {
    try command.run()
    Glibc.exit(0)
  }
  nonisolated(unsafe) var running = asynchronous
  Task {
    do {
      try await running.run()
      Glibc.exit(0)
    } catch {
      Trials.exit(withError: error)
    }
  }
  dispatchMain()
} catch {
  Trials.exit(withError: error)
}
