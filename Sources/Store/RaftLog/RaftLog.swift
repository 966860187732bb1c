// What a replica keeps on its disk, and in which form.
//
//     DATA/            0700, locked by the process that uses it
//       identity       who this replica is, and whether it has ever started (``ReplicaIdentity``)
//       log/           the write-ahead log: segments SEQUENCE-FIRSTINDEX.log (``LogStorage``)
//       snapshots/     TERM-INDEX.snapshot, the newest two (``SnapshotFiles``)
//
// The formats (``LogRecord``, ``SegmentHeader``, ``SegmentScanner``) are pure functions over bytes; the files are
// POSIX, used by one thread. Everything is checked by CRC-32C. Nothing here retries a failed sync: after one, what the disk
// holds is not known any more (Rebello et al., "Can Applications Recover from fsync Failures?", USENIX ATC 2020).

/// What went wrong with the replica's files: which file, where in it, what.
package struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: Hashable, Sendable {
    /// The system refused an operation.
    case system
    /// Bytes that were synced are not what was written.
    case corrupt
    /// The files belong to another cluster or member, or to a newer format.
    case foreign
    /// Another process uses the folder.
    case inUse
    /// The folder is missing or has been emptied.
    case missing
  }

  package var code: Code
  package var file: String
  /// The byte that it is about, where there is one.
  package var offset: UInt64?
  package var message: String

  package init(_ code: Code, file: String, offset: UInt64? = nil, _ message: String) {
    self.code = code
    self.file = file
    self.offset = offset
    self.message = message
  }

  package var description: String {
    offset.map { "\(file), byte \($0): \(message)" } ?? "\(file): \(message)"
  }
}
