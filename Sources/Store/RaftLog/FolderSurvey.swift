import Glibc
package import RaftCore

/// What lies in a replica's data folder, found out without changing anything in it: for tools that look at the folders
/// of a cluster that is down. Whatever can be read is given, whatever cannot is named.
///
/// The replica's own way to open its folder (``DataFolder``, ``LogStorage``, ``SnapshotFiles``) mends and refuses; this
/// does neither.
package final class FolderSurvey {
  /// A stretch of the log without a defect in it.
  package struct Stretch: Sendable {
    /// The last hard state in it.
    package var hardState: HardState
    /// What stands before its first entry.
    package var base: SnapshotMetadata
    package var entries: [Entry]
  }

  package let path: String
  /// Nil when there is none that can be read; then ``defects`` says why.
  package private(set) var identity: ReplicaIdentity?
  /// A process has the folder locked: what it holds changes while it is looked at.
  package private(set) var isInUse = false
  /// A torn tail was being cut off when the member's last start ended: its end may be lost (see ``LogStorage``).
  package private(set) var hasTornTailNote = false
  /// In the order of the log. More than one only where something between them is damaged or missing.
  package private(set) var stretches: [Stretch] = []
  /// The end of the log is torn: the last write was cut off.
  package private(set) var tornTail: StorageError?
  /// What is damaged, missing or another's.
  package private(set) var defects: [StorageError] = []
  /// Those whose header and end are whole, newest first.
  package private(set) var snapshots: [SnapshotMetadata] = []

  private var files: [LogIndex: SnapshotFiles.SnapshotFile] = [:]
  /// Holds the lock, so that no process starts meanwhile.
  private var lock: File?

  /// Looks at a folder. Throws only when there is none, or nothing of a replica's in it.
  package init(_ path: String) throws(StorageError) {
    self.path = path
    let names = try Folder.names(path)
    guard names.contains("identity") || names.contains("log") else {
      throw StorageError(.missing, file: path, "this is not a store's data folder: it has no identity and no log")
    }
    if names.contains("lock") {
      let file = try File("\(path)/lock", flags: O_RDONLY)
      if file.lock() { lock = file } else { isInUse = true }
    }
    readIdentity()
    if names.contains("log") {
      readLog()
    } else {
      defects.append(StorageError(.missing, file: "\(path)/log", "there is no log"))
    }
    if names.contains("snapshots") { readSnapshots() }
  }

  deinit { lock?.unlock() }

  /// Reads the body of a snapshot in pieces, and checks the whole.
  package func load(_ snapshot: SnapshotMetadata, _ body: ([UInt8]) throws -> Void) throws {
    guard let file = files[snapshot.index] else {
      throw StorageError(.missing, file: path, "there is no snapshot at index \(snapshot.index)")
    }
    try file.load(body)
  }

  private func readIdentity() {
    let file = "\(path)/identity"
    do throws(StorageError) {
      identity = ReplicaIdentity(decoding: try File(file, flags: O_RDONLY).read(at: 0, count: 65536))
      if identity == nil {
        defects.append(StorageError(.corrupt, file: file, "this is not an identity, or its checksum is wrong"))
      }
    } catch {
      defects.append(error)
    }
  }

  // MARK: - Log

  private func readLog() {
    let folder = "\(path)/log"
    let names: [String]
    do throws(StorageError) {
      names = try Folder.names(folder)
    } catch {
      defects.append(error)
      return
    }
    hasTornTailNote = names.contains("torn-tail")
    let files = names.filter { $0.hasSuffix(".log") }.map { "\(folder)/\($0)" }
    if files.isEmpty { defects.append(StorageError(.missing, file: folder, "the log has no segments")) }
    guard let owner = identity.map({ ($0.clusterID, $0.memberID) }) ?? self.owner(of: files) else { return }
    var next = 0
    while next < files.count {
      var recovery = LogRecovery(clusterID: owner.0, memberID: owner.1)
      var position = next
      do throws(StorageError) {
        while position < files.count {
          try recovery.read(files[position], isLast: position == files.count - 1)
          position += 1
        }
      } catch {
        if !defects.contains(error) { defects.append(error) }
      }
      if let tail = recovery.tail {
        stretches.append(Stretch(hardState: tail.hardState, base: recovery.base, entries: recovery.entries))
      }
      tornTail = recovery.tornTail
      // A segment may be whole by itself and only not follow the one before.
      next = position > next ? position : next + 1
    }
  }

  /// Whose log it is, by its first segment that says it.
  private func owner(of files: [String]) -> (cluster: UInt64, member: UInt64)? {
    for path in files {
      guard let file = try? File(path, flags: O_RDONLY), let bytes = try? file.read(at: 0, count: SegmentHeader.size),
        let header = try? SegmentHeader(decoding: bytes)
      else { continue }
      return (header.clusterID, header.memberID)
    }
    return nil
  }

  /// The ids that the log's segments name; nil when none can be read.
  package var logOwner: (cluster: UInt64, member: UInt64)? {
    guard let names = try? Folder.names("\(path)/log") else { return nil }
    return owner(of: names.filter { $0.hasSuffix(".log") }.map { "\(path)/log/\($0)" })
  }

  // MARK: - Snapshots

  private func readSnapshots() {
    let folder = "\(path)/snapshots"
    guard let cluster = identity?.clusterID ?? logOwner?.cluster else { return }
    do throws(StorageError) {
      for name in try Folder.names(folder) where name.hasSuffix(".snapshot") {
        do throws(StorageError) {
          let file = try SnapshotFiles.SnapshotFile(reading: "\(folder)/\(name)", clusterID: cluster)
          files[file.metadata.index] = file
        } catch {
          defects.append(error)
        }
      }
    } catch {
      defects.append(error)
    }
    snapshots = files.values.map(\.metadata).sorted { $0.index > $1.index }
  }
}
