import ArgumentParser

/// How much of everything `apus-bench api` does.
struct APIOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: "Measure these only: \(APIKind.allCases.map(\.rawValue).joined(separator: ", ")). Default: all.")
  var only: [APIKind] = []

  @Option(help: "How many connections create, update and get at once.")
  var connections = 16

  @Option(help: "How many config maps there are.")
  var configMaps = 15_000

  @Option(help: "The size of a config map's value, in bytes.")
  var valueSize = 600

  @Option(parsing: .upToNextOption, help: "How many pods are listed, in growing numbers.")
  var pods = [10_000, 50_000]

  @Option(help: "How many connections list at once.")
  var listConnections = 1

  @Option(help: "Objects on a page of a list.")
  var page = 500

  @Option(help: "How many watches there are.")
  var watchers = 1000

  @Option(help: "Over how many HTTP/2 connections they are spread.")
  var watchConnections = 8

  @Option(help: "How many writes a second they see.")
  var watchRate = 100

  @Option(help: "How many times the front-end is started, for each state.")
  var starts = 5

  @Option(help: "How many seconds a front-end is left alone before its memory is looked at.")
  var settle = 10

  @Option(help: "How many requests a round makes at most.")
  var limit = 500_000

  @Option(help: "How many members of a store stand behind a front-end: 1 or 3.")
  var members = 3

  @Flag(help: "Measure a second front-end of the same program, over as many members of etcd, beside it.")
  var besideEtcd = false

  func validate() throws {
    let counts = [
      connections, configMaps, valueSize, listConnections, page, watchers, watchConnections, watchRate, starts, limit,
    ]
    guard (pods + counts).allSatisfy({ $0 > 0 }) else { throw ValidationError("counts are positive") }
    guard connections <= 150, listConnections <= 150 else {
      throw ValidationError("at most 150 connections: a front-end serves 200 writes at once")
    }
    guard !pods.isEmpty, pods == pods.sorted(), (pods + [configMaps]).allSatisfy({ $0 < 1_000_000 }) else {
      throw ValidationError("--pods must grow; below a million objects of a kind")
    }
    guard valueSize <= 500_000, limit <= 1_000_000, watchRate <= 10_000 else {
      throw ValidationError("--value-size is at most 500000, --limit 1000000, --watch-rate 10000")
    }
    guard watchConnections <= watchers, watchers <= 1000 * watchConnections else {
      throw ValidationError("a connection has at most 1000 watches, and at least one")
    }
    guard members == 1 || members == 3 else { throw ValidationError("--members must be 1 or 3") }
    guard (0...600).contains(settle) else { throw ValidationError("--settle must be 0 to 600") }
  }

  var objects: APIObjects { APIObjects(valueSize: valueSize) }
  /// The pods that there are in the end.
  var mostPods: Int { pods.max() ?? 0 }
}
