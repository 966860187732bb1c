import EtcdAPI
import FoundationEssentials
import GRPC
import StoreBackup
import SwiftProtobuf
import Synchronization

// `etcdserverpb.Maintenance.Snapshot`: a backup of the present state, of this replica. The last message is the SHA-256 of
// all before it, which `remaining_bytes` does not count, as in etcd.

extension EtcdServices {
  /// The bytes of one message.
  private static let pieceSize = 128 << 10

  func registerSnapshot(in router: inout GRPCRouter) {
    router.serverStream(EtcdCall.Maintenance.snapshot) {
      (_: Etcdserverpb_SnapshotRequest, writer: GRPCResponseWriter<Etcdserverpb_SnapshotResponse>, context) in
      do {
        try self.requireLeader(where: context)
        try await self.sendBackup(to: writer)
      } catch {
        throw GRPCStatus(etcdError: error)
      }
    }
  }

  /// A client that takes nothing for a minute is given up: what it is to get is kept in memory.
  private func sendBackup(to writer: GRPCResponseWriter<Etcdserverpb_SnapshotResponse>) async throws {
    try await self.store.withBackup { backup in
      let sent = Sent()
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          let header = self.header(revision: backup.header.revision)
          while let piece = await backup.next() {
            try await self.send(piece, header, to: writer, sent)
          }
        }
        group.addTask {
          var last = -1
          while sent.count != last {
            last = sent.count
            try await Task.sleep(for: self.snapshotPatience)
          }
          throw GRPCStatus(.deadlineExceeded, "apus: the client of this snapshot does not read it")
        }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  /// - Parameter header: with the revision of the backup.
  private func send(
    _ piece: BackupReader.Piece, _ header: Etcdserverpb_ResponseHeader,
    to writer: GRPCResponseWriter<Etcdserverpb_SnapshotResponse>, _ sent: Sent
  ) async throws {
    let version = StoreNode.version
    let bytes = piece.bytes
    for start in stride(from: 0, to: bytes.count, by: Self.pieceSize) {
      let end = min(start + Self.pieceSize, bytes.count)
      var message = Etcdserverpb_SnapshotResponse()
      message.header = header
      message.blob = Data(bytes[start..<end])
      message.remainingBytes = piece.remaining + UInt64(bytes.count - end)
      message.version = version
      try await writer.write(message)
      sent.increment()
    }
  }

  /// Counts what a client has taken.
  private final class Sent: Sendable {
    private let value = Atomic<Int>(0)
    var count: Int { value.load(ordering: .relaxed) }
    func increment() { value.add(1, ordering: .relaxed) }
  }
}
