import BenchKit
import EtcdAPI
import FoundationEssentials
import GRPC
import Supervision
import Synchronization

/// The worst put while a compaction and then a snapshot run, under puts at even intervals.
///
/// A put's latency counts from when it was due, so that a pause is felt by all that fall into it.
struct MaintenanceMeasurement: StoreMeasurement {
  private static let mostTime = Duration.seconds(90)

  let common: CommonOptions
  let store: StoreOptions

  var title: String {
    "Maintenance with \(Figures.text(Double(store.keys))) keys of 256 bytes, under \(store.maintenanceRate) puts a "
      + "second, \(store.maintenanceRounds) rounds"
  }
  var headlines: [Headline] { [.init(Self.subject, "worst put, ms", aim: "0.2 or less")] }

  private static let subject = "compaction, then a snapshot"

  /// What was done to the members, and how long it took.
  private struct Work {
    var compaction = Duration.zero
    var snapshot = Duration.zero
    var snapshotBytes = 0
    /// The member takes none by request.
    var isUnimplemented = false
  }

  func measure(_ contenders: [StoreContender]) async throws -> Measured {
    var quiet = Series()
    var busy = Series()
    var measured = Measured()
    var unimplemented: [String: Int] = [:]
    for contender in contenders {
      try await contender.fill(MemoryMeasurement.prefix, keys: store.keys, size: MemoryMeasurement.size)
    }
    for (round, order) in Rounds.order(participants: contenders.count, rounds: store.maintenanceRounds).enumerated() {
      for contender in order.map({ contenders[$0] }) {
        let name = contender.name
        progress("maintenance, round \(round + 1) of \(store.maintenanceRounds): \(name)")
        _ = try await contender.write(
          MemoryMeasurement.prefix, 0..<store.maintenanceHistory, size: MemoryMeasurement.size)
        let leader = try await contender.leader()
        let before = try await puts(contender, time: common.time) { true }
        add(before, of: name, to: &quiet)
        let isOver = Atomic(false)
        async let during = puts(contender, time: Self.mostTime) { !isOver.load(ordering: .relaxed) }
        let work: Work
        do {
          work = try await maintain(contender, leader)
        } catch {
          isOver.store(true, ordering: .relaxed)
          _ = try? await during
          throw error
        }
        isOver.store(true, ordering: .relaxed)
        add(try await during, of: name, to: &busy)
        busy.add(name, "compaction, s", work.compaction.inSeconds)
        if work.isUnimplemented {
          unimplemented[name, default: 0] += work.snapshotBytes
        } else {
          busy.add(name, "snapshot, s", work.snapshot.inSeconds)
          busy.add(name, "snapshot, MiB", Double(work.snapshotBytes) / Double(1 << 20))
        }
      }
    }
    measured.rows = quiet.rows("without maintenance") + busy.rows(Self.subject)
    for (name, files) in unimplemented.sorted(by: { $0.key < $1.key }) {
      measured.notes.append(
        "\(name) takes no snapshot by request; its members wrote \(files) of their own during the rounds")
    }
    return measured
  }

  private func add(_ load: Load, of name: String, to figures: inout Series) {
    figures.add(name, "worst put, ms", load.latency(100))
    figures.add(name, "p99, ms", load.latency(99))
    figures.add(name, "p50, ms", load.latency(50))
    figures.add(name, "failed puts", Double(load.failures))
  }

  private func puts(
    _ contender: StoreContender, time: Duration, while goesOn: @escaping @Sendable () -> Bool
  ) async throws -> Load {
    let value = StoreContender.value(MemoryMeasurement.size)
    let keys = store.keys
    let load = try await Load.paced(
      rate: store.maintenanceRate, time: time, limit: store.maintenanceRate * 120, while: goesOn
    ) { number in
      let key = StoreContender.key(MemoryMeasurement.prefix, number * 7919 % keys)
      _ = try await contender.store.put(.init(key, value: value))
    }
    contender.note(load)
    return load
  }

  // MARK: The work

  private func maintain(_ contender: StoreContender, _ leader: Int) async throws -> Work {
    var work = Work()
    try await Task.sleep(for: .seconds(1))
    work.compaction = try await contender.compactNow()
    let files = Self.snapshotFiles(contender)
    let start = ContinuousClock.now
    if let bytes = try await takeSnapshot(contender.members[leader]) {
      work.snapshotBytes = bytes
      work.snapshot = ContinuousClock.now - start
    } else {
      work.isUnimplemented = true
      work.snapshotBytes = try await awaitOwnSnapshots(contender, files)
    }
    // What is left behind them belongs to them.
    try await Task.sleep(for: .seconds(1))
    return work
  }

  /// What `etcdctl snapshot save` asks for.
  ///
  /// - Returns: how many bytes came; nil where that is not implemented.
  private func takeSnapshot(_ member: GRPCConnection) async throws -> Int? {
    var bytes = 0
    do {
      let stream: GRPCClientStream<Etcdserverpb_SnapshotRequest, Etcdserverpb_SnapshotResponse> =
        try await member.stream(EtcdCall.Maintenance.snapshot, timeout: .seconds(80))
      try await stream.send(Etcdserverpb_SnapshotRequest())
      stream.finishSending()
      for try await part in stream { bytes += part.blob.count }
      return bytes
    } catch {
      guard error.code == .unimplemented else { throw error }
      return nil
    }
  }

  /// Of all members of ours, by name.
  private static func snapshotFiles(_ contender: StoreContender) -> Set<String> {
    var files: Set<String> = []
    for member in contender.trio.hosts.indices {
      let folder = contender.trio.data(of: member) + "/store/snapshots"
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      where name.hasSuffix(".snapshot") {
        files.insert("\(folder)/\(name)")
      }
    }
    return files
  }

  /// Waits until each member has written a snapshot of its own accord, or half a minute.
  ///
  /// - Returns: how many there were.
  private func awaitOwnSnapshots(_ contender: StoreContender, _ before: Set<String>) async throws -> Int {
    var found: Set<String> = []
    let deadline = ContinuousClock.now + .seconds(30)
    while found.count < contender.members.count, ContinuousClock.now < deadline {
      try await Task.sleep(for: .milliseconds(100))
      found.formUnion(Self.snapshotFiles(contender).subtracting(before))
    }
    return found.count
  }
}
