import Foundation
import RaftCore
import RaftLog

/// A folder for one test, gone afterwards.
func withScratch(_ body: (String) throws -> Void) throws {
  let path = "/tmp/apus-log-\(getpid())-\(UInt64.random(in: 0...(.max)))"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(path)
}

let bootstrap = SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: [1, 2, 3]))

func openLog(
  _ path: String, initial: HardState = HardState(), segmentSize: UInt64 = 4096
) throws -> (log: LogStorage, recovered: RecoveredSegments) {
  var configuration = LogStorage.Configuration()
  configuration.segmentSize = segmentSize
  return try LogStorage.open(
    path, clusterID: 7, memberID: 1, bootstrap: bootstrap, initial: initial, configuration: configuration)
}

func entries(_ range: ClosedRange<UInt64>, term: UInt64 = 1, size: Int = 40) -> [Entry] {
  range.map { Entry(term: term, index: $0, payload: [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: size)) }
}

func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }

func write(_ bytes: [UInt8], _ path: String) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

func segments(_ path: String) throws -> [String] {
  let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".log") }
  return names.sorted().map { "\(path)/\($0)" }
}

func permissions(_ path: String) throws -> Int {
  try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? -1
}
