import RaftCore
import Replica
import StoreBackup
import Synchronization

/// The backups that are being sent, of which there are only so many at once: each keeps a state of some moment in memory,
/// with whatever has been compacted since.
final class BackupsUnderWay: Sendable {
  static let maximum = 2

  private let count = Atomic<Int>(0)

  var value: Int { count.load(ordering: .relaxed) }

  func begin() -> Bool {
    guard count.add(1, ordering: .relaxed).newValue <= Self.maximum else {
      end()
      return false
    }
    return true
  }

  func end() { count.subtract(1, ordering: .relaxed) }
}

extension StoreNode {
  package func withBackup(_ body: (BackupReader) async throws -> Void) async throws {
    if let refusal { throw refusal }
    guard backups.begin() else { throw StoreError.tooManyRequests }
    defer { backups.end() }
    let (frozen, revision, compactRevision) = try await freeze()
    let members = await members().map { BackupHeader.Member(id: $0.id, name: $0.name, isVoter: !$0.isLearner) }
    let header = BackupHeader(
      clusterID: identity.clusterID, clusterName: configuration.clusterName, memberID: identity.memberID,
      memberName: identity.name, members: members, time: wallClockMilliseconds(), position: frozen.metadata,
      revision: revision, compactRevision: compactRevision)
    let reader = try await BackupReader.open(header, frozen)
    defer { reader.end() }
    try await body(reader)
  }

  /// How many backups are being sent.
  package var backupsUnderWay: Int { backups.value }

  /// The state of this moment, here: like etcd's, a backup is not linearisable. Writes go on meanwhile.
  private func freeze() async throws -> (FrozenState, revision: Int64, compactRevision: Int64) {
    guard let engine else { throw StoreError.stopped }
    return try await withCheckedThrowingContinuation { continuation in
      let finish: Waiters.ReadCompletion = { outcome in
        continuation.resume(
          with: outcome.map { ($0.freeze(), $0.store.revision, $0.store.compactRevision) }.mapError { $0 })
      }
      guard let id = engine.waiters.read(finish) else { return }
      engine.stateBox.post(.query { state in engine.waiters.finishReads([id], .success(state)) })
    }
  }
}
