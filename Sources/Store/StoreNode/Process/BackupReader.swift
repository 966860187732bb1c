package import Replica
package import StoreBackup
import Synchronization

/// A backup that is made as it is read, on a thread of its own that gives way to the replica's and rests as long as it
/// works: of a large state it takes a while.
package final class BackupReader: Sendable {
  package struct Piece: Sendable {
    package var bytes: [UInt8]
    /// What remains of the content behind it.
    package var remaining: UInt64
  }

  /// With the size of the body.
  package let header: BackupHeader
  private let wishes: Mailbox<CheckedContinuation<Piece?, Never>>

  private init(_ header: BackupHeader, _ wishes: Mailbox<CheckedContinuation<Piece?, Never>>) {
    self.header = header
    self.wishes = wishes
  }

  /// Counts the bytes of the backup first. Whoever opens it must also ``end()`` it.
  package static func open(_ header: BackupHeader, _ state: FrozenState) async throws -> BackupReader {
    let flag = Flag()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        _ = WorkerThread("apus-backup", .background) {
          var pace = Pace(rest: 1)
          var start = MonotonicTime.now
          do {
            var encoder = try BackupEncoder(header, state) {
              if flag.isSet { throw CancellationError() }
              start = pace.rest(after: start)
            }
            let wishes = Mailbox<CheckedContinuation<Piece?, Never>>()
            continuation.resume(returning: BackupReader(encoder.header, wishes))
            while let asked = wishes.take() {
              for wish in asked {
                start = .now
                let bytes = encoder.nextPiece()
                wish.resume(returning: bytes.map { Piece(bytes: $0, remaining: encoder.remaining) })
                start = pace.rest(after: start)
              }
            }
          } catch {
            continuation.resume(throwing: error)
          }
        }
      }
    } onCancel: {
      flag.set()
    }
  }

  /// The next piece of the file; nil after the last. Not after ``end()``.
  package func next() async -> Piece? {
    await withCheckedContinuation { wishes.post($0) }
  }

  package func end() { wishes.close() }

  private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isSet: Bool { value.load(ordering: .relaxed) }
    func set() { value.store(true, ordering: .relaxed) }
  }
}
