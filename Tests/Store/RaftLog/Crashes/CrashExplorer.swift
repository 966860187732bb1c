import Glibc
import RaftCore
import RaftLog

/// Lets a replica's files live some lives, and holds what a crash between any two changes of the disk leaves against
/// what was promised by then.
///
/// After each change in the trace of a life it makes the folders that a power cut there could leave, and starts from
/// them; of some it takes down the start as well, and cuts the power in it, too. And it kills the process there: then
/// everything is in the system's memory, a start goes on with it, and the power fails afterwards. The next life begins
/// behind one of those crashes.
struct CrashExplorer {
  /// How much is looked at. The numbers are per boundary, or one of so many.
  struct Effort: Sendable {
    var lives = 3
    var steps = 24
    /// How many choices by chance of what was not synced, besides the plain ones.
    var choices = 3
    /// Of so many starts behind a power cut one is cut short, too, everywhere.
    var secondCuts = 40
    /// Of so many boundaries one sees a killed process.
    var kills = 2
  }

  /// Where a life begins.
  private struct Beginning {
    var disk: DiskModel
    var ledger: Ledger
    /// What was not synced is gone for good: nothing else can come of it.
    var isSettled: Bool
  }

  private struct Trace {
    var steps: [TraceStep]
    /// What a start must find that comes before the first step.
    var ledger: Ledger
    /// The number of the step before which the start returned.
    var started = 0
  }

  let seed: UInt64
  let effort: Effort
  let mutant: CrashMutant?
  private let root: String
  private let segmentSize: UInt64
  private var random: SeededGenerator
  /// How many different folders were started from.
  private(set) var starts = 0

  init(seed: UInt64, root: String, effort: Effort = Effort(), mutant: CrashMutant? = nil) {
    self.seed = seed
    self.root = root
    self.effort = effort
    self.mutant = mutant
    random = SeededGenerator(seed: seed)
    segmentSize = [2048, 4096, 16384][Int(seed % 3)]
  }

  mutating func run() throws {
    var beginning = Beginning(disk: DiskModel(), ledger: Ledger(), isSettled: true)
    for life in 1...effort.lives {
      do {
        let trace = try record(beginning, steps: effort.steps, seed: random.next())
        guard let next = try explore(trace, from: beginning) else { return }
        beginning = next
      } catch let finding as CrashFinding {
        throw CrashFinding("seed \(seed), life \(life): \(finding)")
      }
    }
  }

  // MARK: - Lives

  /// Starts from a folder and goes on for some steps.
  private func record(_ beginning: Beginning, steps: Int, seed: UInt64) throws -> Trace {
    let folder = "\(root)/life"
    try put(beginning.disk.image(.kept), at: folder)
    let recorder = FileRecorder(root: folder, mutant: mutant)
    return try FileTaps.$current.withValue(recorder) {
      let replica = try start(folder)
      let found = try beginning.ledger.check(replica)
      var trace = Trace(steps: [], ledger: beginning.ledger, started: recorder.steps.count)
      trace.ledger.stage.next = .started
      let isTorn = replica.recovered.tornTail != nil
      if beginning.isSettled {
        // Whatever this start is cut short by, the next finds the same; and if the end was lost, it knows.
        trace.ledger.log = [isTorn ? found.before : found.now]
        trace.ledger.notes = isTorn ? 1...4 : 0...0
      } else {
        trace.ledger.notes = beginning.ledger.notes.lowerBound...(beginning.ledger.notes.upperBound + 3)
      }
      var ledger = beginning.ledger
      ledger.log = [found.now]
      ledger.notes = 0...0
      ledger.stage = (.started, .started)
      ledger.snapshot = (replica.snapshots.newest, nil)
      ledger.peers = (replica.known.members, nil)
      ledger.addresses = (replica.addresses, nil)
      ledger.isRemoved = (replica.isRemoved, replica.isRemoved)
      recorder.mark(ledger)
      if steps > 0 {
        var life = try Life(replica, ledger, recorder, seed: seed)
        for _ in 0..<steps { try life.step() }
      }
      trace.steps = recorder.steps
      return trace
    }
  }

  private func start(_ folder: String) throws -> OpenReplica {
    do {
      return try OpenReplica("\(folder)/data", segmentSize: segmentSize)
    } catch let error as CrashFinding {
      throw error
    } catch {
      throw CrashFinding("it does not start: \(error)")
    }
  }

  // MARK: - Crashes

  /// - Returns: one of the crashes, for the next life to begin behind.
  private mutating func explore(_ trace: Trace, from beginning: Beginning) throws -> Beginning? {
    var (disk, ledger) = (beginning.disk, trace.ledger)
    disk.closeAll()
    var seen: Set<Int> = []
    var next: Beginning?
    var passed = 0
    for (position, step) in trace.steps.enumerated() {
      switch step {
      case .change(let change): disk.apply(change)
      case .ledger(let now):
        ledger = now
        seen = []
      }
      do {
        let choices: [CrashChoice] =
          disk.isSynced ? [.kept] : CrashChoice.all(random: effort.choices, seed: random.next() >> 1)
        for choice in choices {
          let image = disk.image(choice)
          guard seen.insert(image.digest).inserted else { continue }
          do {
            if random.number(below: effort.secondCuts) == 0 {
              try cutAgain(Beginning(disk: DiskModel(image), ledger: ledger, isSettled: true))
            } else {
              try test(image, ledger)
            }
            passed += 1
            // Late ones as often as early ones.
            if random.number(below: passed) == 0 {
              next = Beginning(disk: DiskModel(image), ledger: ledger, isSettled: true)
            }
          } catch let finding as CrashFinding {
            throw CrashFinding("power cut (\(choice)): \(finding)")
          }
        }
        if !disk.isSynced, random.number(below: effort.kills) == 0 {
          do {
            let killed = Beginning(disk: disk, ledger: ledger, isSettled: false)
            try kill(killed)
            passed += 1
            if random.number(below: passed) < 3 { next = killed }
          } catch let finding as CrashFinding {
            throw CrashFinding("killed: \(finding)")
          }
        }
      } catch let finding as CrashFinding {
        throw CrashFinding("\(finding)\nbehind step \(position):\n\(Self.summary(of: trace.steps[...position]))")
      }
    }
    return next
  }

  /// The power fails again, anywhere in the start.
  private mutating func cutAgain(_ beginning: Beginning) throws {
    let trace = try record(beginning, steps: 0, seed: 0)
    starts += 1
    var (disk, ledger) = (beginning.disk, trace.ledger)
    for (position, step) in trace.steps.enumerated() {
      switch step {
      case .change(let change): disk.apply(change)
      case .ledger(let now): ledger = now
      }
      try test(disk, ledger, "the power fails again in the start", trace, position)
    }
  }

  /// The process is killed and started again; the power fails some time in the start, or behind it.
  private mutating func kill(_ beginning: Beginning) throws {
    let trace = try record(beginning, steps: 0, seed: 0)
    starts += 1
    var (disk, ledger) = (beginning.disk, trace.ledger)
    disk.closeAll()
    for (position, step) in trace.steps.enumerated() {
      switch step {
      case .change(let change): disk.apply(change)
      case .ledger(let now): ledger = now
      }
      guard position >= trace.started || random.chance(20) else { continue }
      try test(disk, ledger, "the power fails behind its new start", trace, position)
    }
  }

  private mutating func test(
    _ disk: DiskModel, _ ledger: Ledger, _ what: String, _ trace: Trace, _ position: Int
  ) throws {
    let some = CrashChoice(names: .some, data: .some, seed: random.next() >> 1)
    let choices: [CrashChoice] = disk.isSynced ? [.kept] : [CrashChoice(names: .nothing, data: .nothing), some]
    for choice in choices {
      do {
        try test(disk.image(choice), ledger)
      } catch let finding as CrashFinding {
        let steps = Self.summary(of: trace.steps[...position])
        throw CrashFinding("\(what) (\(choice)): \(finding)\nits start:\n\(steps)\nand before:")
      }
    }
  }

  private mutating func test(_ image: DiskImage, _ ledger: Ledger) throws {
    starts += 1
    let folder = "\(root)/crashed"
    try put(image, at: folder)
    _ = try ledger.check(try start(folder))
  }

  private static func summary(of steps: ArraySlice<TraceStep>) -> String {
    steps.suffix(16).map { step in
      switch step {
      case .change(let change): "  \(change.summary)"
      case .ledger: "  (promises)"
      }
    }.joined(separator: "\n")
  }

  // MARK: - Folders

  private func put(_ image: DiskImage, at folder: String) throws {
    Self.clear(folder)
    mkdir(folder, 0o700)
    for path in image.folders.sorted() { mkdir("\(folder)/\(path)", 0o700) }
    for (path, content) in image.files {
      let file = try File("\(folder)/\(path)", flags: O_WRONLY | O_CREAT)
      if !content.isEmpty { try file.write(content, at: 0) }
    }
  }

  static func clear(_ folder: String) {
    for name in (try? Folder.names(folder)) ?? [] {
      let path = "\(folder)/\(name)"
      if unlink(path) != 0 { clear(path) }
    }
    rmdir(folder)
  }
}
