import ArgumentParser

/// How much of everything `apus-bench store` does.
struct StoreOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help:
      "Measure these only: \(StoreKind.allCases.map(\.rawValue).joined(separator: ", ")). Default: all but endurance.")
  var only: [StoreKind] = []

  @Option(parsing: .upToNextOption, help: "How many clients put at once, each its next when its last is answered.")
  var clients = [1, 16, 64, 256]

  @Option(parsing: .upToNextOption, help: "The sizes of the values that are put, in bytes.")
  var sizes = [256, 4096]

  @Option(help: "How many requests a round makes at most.")
  var limit = 100_000

  @Option(help: "How many clients get single keys at once.")
  var getClients = 64

  @Option(help: "How many clients read ranges at once.")
  var rangeClients = 16

  @Option(help: "How many keys a range has.")
  var rangeKeys = 1000

  @Option(help: "How many watches of one key there are.")
  var watchers = 10_000

  @Option(help: "Over how many streams, each on a connection of its own, the watches are spread.")
  var watchStreams = 6

  @Option(help: "How many times the leader is killed.")
  var failovers = 5

  @Option(help: "How many minutes endurance is put to the test.")
  var minutes = 60

  @Option(help: "How many keys of 256 bytes a large state has.")
  var keys = 1_000_000

  @Option(help: "How many seconds the members are left alone before their memory is looked at.")
  var settle = 10

  @Option(help: "How many rounds of maintenance there are.")
  var maintenanceRounds = 3

  @Option(help: "How many puts a second are due during maintenance.")
  var maintenanceRate = 500

  @Option(help: "How many of the keys are written again before each compaction.")
  var maintenanceHistory = 100_000

  @Option(help: "The state that a member is started from, in MiB of keys and values.")
  var startSize = 1024

  @Option(help: "How many times a member is started from it.")
  var startRounds = 3

  func validate() throws {
    let counts = [
      limit, getClients, rangeClients, rangeKeys, watchers, watchStreams, failovers, keys, maintenanceRounds,
      maintenanceRate, startSize, startRounds, minutes,
    ]
    guard (clients + sizes + counts).allSatisfy({ $0 > 0 }) else { throw ValidationError("counts are positive") }
    guard clients.allSatisfy({ $0 <= 4096 }), getClients <= 4096, rangeClients <= 4096 else {
      throw ValidationError("at most 4096 clients")
    }
    guard sizes.allSatisfy({ $0 <= 1 << 20 }) else { throw ValidationError("a value has at most 1 MiB") }
    guard rangeKeys <= GetMeasurement.keys else {
      throw ValidationError("--range-keys must be at most \(GetMeasurement.keys)")
    }
    guard watchStreams <= watchers else { throw ValidationError("--watch-streams must be at most --watchers") }
    guard (0...600).contains(settle), (0...keys).contains(maintenanceHistory) else {
      throw ValidationError("--settle must be 0 to 600, --maintenance-history 0 to --keys")
    }
  }
}
