import BenchKit
import Supervision

/// What a member has in memory with many keys, and on the disk.
struct MemoryMeasurement: StoreMeasurement {
  static let prefix = "large/"
  static let size = 256

  let store: StoreOptions

  var title: String {
    "A member with \(Figures.text(Double(store.keys))) keys of \(Self.size) bytes, \(store.settle) s after the last"
  }
  var headlines: [Headline] { [.init("a member", "RssAnon, MiB", aim: "1 or less")] }

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    var measured = Measured()
    var figures = Series()
    for contender in contenders {
      guard let load = try await contender.fill(Self.prefix, keys: store.keys, size: Self.size) else { continue }
      figures.add(contender.name, "keys/s while they are written", load.unitRate)
      figures.add(contender.name, "p99 of 100 puts in one, ms", load.latency(99))
      figures.add(contender.name, "worst of 100 puts in one, ms", load.latency(100))
    }
    progress("leaving them alone for \(store.settle) s")
    try await Task.sleep(for: .seconds(store.settle))
    for contender in contenders {
      for value in contender.memory(\.anonymous) { figures.add(contender.name, "RssAnon, MiB", value) }
      for value in contender.memory(\.resident) { figures.add(contender.name, "RSS, MiB", value) }
      for member in contender.trio.hosts.indices {
        figures.add(contender.name, "on the disk, MiB", try Self.disk(contender.trio.data(of: member)))
      }
    }
    measured.rows = figures.rows("a member")
    measured.notes = [
      "RssAnon is what a member has for itself; RSS also holds the pages of files that it maps: of etcd the whole state"
    ]
    return measured
  }

  /// What a folder takes, in MiB.
  private static func disk(_ folder: String) throws -> Double {
    let text = try Command.run(["du", "-sk", folder])
    return text.split(whereSeparator: { $0 == "\t" || $0 == " " }).first.flatMap { Double($0) }.map { $0 / 1024 }
      ?? .nan
  }
}
