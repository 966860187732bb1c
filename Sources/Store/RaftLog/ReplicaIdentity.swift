import ByteCoding
import Glibc

/// Who the replica is whose files lie in a folder. Written before the replica first takes part in anything.
package struct ReplicaIdentity: Hashable, Sendable {
  package var clusterID: UInt64
  package var clusterName: String
  package var memberID: UInt64
  package var memberName: String
  /// Whether the log exists: from then on the replica may have promised something to its peers, and a folder without
  /// its log is one that was emptied.
  package var hasStarted: Bool

  package init(
    clusterID: UInt64, clusterName: String, memberID: UInt64, memberName: String, hasStarted: Bool = false
  ) {
    self.clusterID = clusterID
    self.clusterName = clusterName
    self.memberID = memberID
    self.memberName = memberName
    self.hasStarted = hasStarted
  }

  private static let title = "apus store identity, format 1"

  func encoded() -> [UInt8] {
    let text = """
      \(Self.title)
      cluster \(hexadecimal(clusterID)) \(clusterName)
      member \(hexadecimal(memberID)) \(memberName)
      started \(hasStarted)

      """
    return Array("\(text)checksum \(String(CRC32C.checksum(Array(text.utf8)), radix: 16))\n".utf8)
  }

  init?(decoding bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count >= 4, lines[0] == Self.title else { return nil }
    let cluster = lines[1].split(separator: " ", maxSplits: 2)
    let member = lines[2].split(separator: " ", maxSplits: 2)
    guard cluster.count == 3, member.count == 3, let clusterID = UInt64(cluster[1], radix: 16),
      let memberID = UInt64(member[1], radix: 16)
    else { return nil }
    self.init(
      clusterID: clusterID, clusterName: String(cluster[2]), memberID: memberID, memberName: String(member[2]),
      hasStarted: lines[3] == "started true")
    guard encoded() == bytes else { return nil }
  }
}

/// A replica's data folder, locked for this process for as long as the object lives.
package final class DataFolder {
  package let path: String
  private let lock: File

  package var logPath: String { "\(path)/log" }
  package var snapshotPath: String { "\(path)/snapshots" }
  private var identityPath: String { "\(path)/identity" }

  /// Makes the folder (owner-only) unless it exists, and locks it. The names that are found in it are on the disk.
  package init(_ path: String) throws(StorageError) {
    self.path = path
    try Folder.make(path)
    lock = try File("\(path)/lock", flags: O_RDWR | O_CREAT)
    guard lock.lock() else { throw StorageError(.inUse, file: path, "another process uses this folder") }
    // Of a start that was killed not all may be, and from now on they count.
    try Folder.sync(path)
  }

  deinit { release() }

  /// Lets another process have the folder, whoever still knows this object. Nothing may write to the folder any more.
  package func release() { lock.unlock() }

  /// Whose folder it is; nil when it is nobody's yet. A log without an identity, or an identity that has started
  /// without a log, is an error: then somebody removed files by hand.
  package func identity() throws(StorageError) -> ReplicaIdentity? {
    let hasLog = Folder.exists(logPath) ? try Folder.names(logPath).contains { $0.hasSuffix(".log") } : false
    guard Folder.exists(identityPath) else {
      guard !hasLog else {
        throw StorageError(.missing, file: identityPath, "the file is gone, but the log is still there")
      }
      return nil
    }
    let file = try File(identityPath, flags: O_RDONLY)
    guard let identity = ReplicaIdentity(decoding: try file.read(at: 0, count: 65536)) else {
      throw StorageError(.corrupt, file: identityPath, "this is not an identity, or its checksum is wrong")
    }
    guard hasLog || !identity.hasStarted else {
      throw StorageError(
        .missing, file: logPath,
        "member \(identity.memberName) has started in this folder before, but its log is gone")
    }
    return identity
  }

  /// Makes the folder this replica's.
  package func establish(_ identity: ReplicaIdentity) throws(StorageError) {
    try Folder.replace(identityPath, with: identity.encoded())
  }

  /// The bytes that snapshots take. (The log says itself what it holds: its files are larger.)
  package func snapshotBytes() -> UInt64 {
    var total: UInt64 = 0
    for name in (try? Folder.names(snapshotPath)) ?? [] {
      var status = stat()
      if stat("\(snapshotPath)/\(name)", &status) == 0 { total += UInt64(clamping: status.st_size) }
    }
    return total
  }
}
