import Glibc
import RaftLog
import RaftTransport

extension StoreNode {
  /// Opens the data folder; with ``StoreNodeConfiguration/rebuilds`` a new one, and the old one moved aside.
  ///
  /// Nothing is moved before it is certain that the replica can come back: every other member must answer. A start that
  /// is repeated with the flag (by a supervisor, after a crash) goes on with what the first one began.
  func openFolder(
    _ credentials: PeerCredentials?, _ loops: PeerLoops, _ whenHeld: @Sendable () async throws -> Void
  ) async throws -> DataFolder {
    let folder = try DataFolder(configuration.dataPath)
    adopt(folder)
    try await whenHeld()
    guard configuration.rebuilds else {
      try folder.setRebuilt(false)
      return folder
    }
    guard try !folder.isUntouched() else { return folder }
    if folder.wasJustRebuilt, !Self.hasDiverged(folder) {
      logger.notice("the data folder was begun by an earlier start with --rebuild: going on with it")
      return folder
    }
    let inbox = PeerInbox(logger: logger, known: [], isEmpty: false, clusterID: nil)
    let transport = try await openTransport(credentials, loops, inbox, clusterID: nil)
    do {
      _ = try await Bootstrap(configuration: configuration, inbox: inbox, joining: nil, logger: logger).rejoin()
    } catch {
      await transport?.close()
      throw error
    }
    await transport?.close()
    let target = "\(configuration.dataPath).aside-\(Self.timeStamp())"
    try folder.moveAside(to: target)
    logger.notice("the old data folder was moved aside; this replica begins anew", metadata: ["aside": "\(target)"])
    let new = try DataFolder(configuration.dataPath)
    try new.setRebuilt(true)
    return new
  }

  /// One whose note cannot be read has.
  private static func hasDiverged(_ folder: DataFolder) -> Bool {
    do throws(StorageError) {
      return try DivergenceNote.load(from: folder.path) != nil
    } catch {
      return true
    }
  }

  /// The time in UTC, fit for a name: `20260131T235959Z`.
  private static func timeStamp() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func padded(_ value: Int32, _ width: Int = 2) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return padded(parts.tm_year + 1900, 4) + padded(parts.tm_mon + 1) + padded(parts.tm_mday) + "T"
      + padded(parts.tm_hour) + padded(parts.tm_min) + padded(parts.tm_sec) + "Z"
  }
}
