import RaftLog

/// Bugs of the files' code that leave out or change the order of what reaches the disk, made by leaving it out of the
/// trace: an explorer that finds them all is worth something.
enum CrashMutant: String, CaseIterable, Sendable {
  /// A segment gets its name before its first record is on the disk.
  case namesSegmentsUnsynced
  /// A segment's name is not synced.
  case losesSegmentNames
  /// A batch is acknowledged without a sync.
  case acknowledgesUnsynced
  /// What a killed start had written is taken for synced.
  case trustsWhatItReads
  /// The names that a killed start has left are taken for synced: of segments, of snapshots, of the notes beside them,
  /// of the data folder.
  case trustsSegmentNames, trustsSnapshotNames, trustsNoteNames, trustsDataFolder
  /// A snapshot gets its name before it is on the disk.
  case namesSnapshotsUnsynced
  /// A snapshot counts before its name is on the disk.
  case losesSnapshotNames
  /// Identity, known members and addresses get their names before they are on the disk.
  case namesNotesUnsynced
  /// Or count before they have them.
  case losesNoteNames
  /// The data folder is not in its parent for certain.
  case losesDataFolder
  /// A torn tail is cut off without a note.
  case forgetsTornTails
  /// Several segments are removed with one sync at the end: in any order.
  case removesInAnyOrder
  /// A segment is cut into parts before its new name is on the disk.
  case cutsWhatIsStillNamed

  /// Decides of each change whether the trace keeps it.
  struct Filter {
    private let mutant: CrashMutant?
    private var synced: Set<String> = []
    private var written: Set<Int32> = []
    /// A sync that comes too late.
    private var late: String?

    init(_ mutant: CrashMutant?) { self.mutant = mutant }

    /// - Parameters:
    ///   - name: a file's name of now.
    ///   - steps: what was kept so far.
    mutating func keeps(_ change: FileChange, name: (Int32) -> String, after steps: inout [TraceStep]) -> Bool {
      guard let mutant else { return true }
      let isFirstSync: Bool
      switch change {
      case .syncedFolder(let path): isFirstSync = synced.insert(path).inserted
      default: isFirstSync = false
      }
      defer {
        switch change {
        case .opened(let file, _, _): written.remove(file)
        case .written(let file, _, _): written.insert(file)
        default: break
        }
      }
      switch (mutant, change) {
      case (.namesSegmentsUnsynced, .synced(let file)): return !name(file).hasSuffix(".log.new")
      case (.losesSegmentNames, .syncedFolder("data/log")), (.losesSnapshotNames, .syncedFolder("data/snapshots")),
        (.losesNoteNames, .syncedFolder("data")), (.losesDataFolder, .syncedFolder("")):
        return false
      case (.acknowledgesUnsynced, .synced(let file)): return !name(file).hasSuffix(".log") || !written.contains(file)
      case (.trustsWhatItReads, .synced(let file)): return !name(file).hasSuffix(".log") || written.contains(file)
      case (.trustsSegmentNames, .syncedFolder("data/log")), (.trustsSnapshotNames, .syncedFolder("data/snapshots")):
        return !isFirstSync
      case (.trustsNoteNames, .syncedFolder("data")), (.trustsDataFolder, .syncedFolder("")):
        return followsChange(steps)
      case (.namesSnapshotsUnsynced, .synced(let file)): return !name(file).contains("snapshots/")
      case (.namesNotesUnsynced, .synced(let file)): return name(file).split(separator: "/").count > 2
      case (.forgetsTornTails, .opened(_, let path, _)), (.forgetsTornTails, .removed(let path)):
        return !path.contains("torn-tail")
      case (.forgetsTornTails, .renamed(let path, _)): return !path.contains("torn-tail")
      case (.removesInAnyOrder, .renamed(_, let target)) where target.hasSuffix(".gone"):
        dropSyncBetweenRemovals(&steps)
        return true
      case (.removesInAnyOrder, .removed(let path)) where path.hasSuffix(".log"):
        dropSyncBetweenRemovals(&steps)
        return true
      case (.cutsWhatIsStillNamed, _): return keepsBeforeLateSync(change, &steps)
      default: return true
      }
    }

    /// What is cut goes before the sync of the folder in which it got another name.
    private mutating func keepsBeforeLateSync(_ change: FileChange, _ steps: inout [TraceStep]) -> Bool {
      if case .syncedFolder(let path) = change, case .change(.renamed(_, let target))? = steps.last,
        target.hasSuffix(".gone")
      {
        late = path
        return false
      }
      switch change {
      case .opened(_, let path, _) where path.hasSuffix(".gone"): break
      case .resized: break
      default:
        if let late { steps.append(.change(.syncedFolder(late))) }
        late = nil
      }
      return true
    }

    /// Whether names in some folder have just changed.
    private func followsChange(_ steps: [TraceStep]) -> Bool {
      switch steps.last {
      case .change(.madeFolder), .change(.renamed), .change(.removed): true
      default: false
      }
    }

    private func dropSyncBetweenRemovals(_ steps: inout [TraceStep]) {
      guard steps.count > 1, case .change(.syncedFolder) = steps[steps.count - 1] else { return }
      switch steps[steps.count - 2] {
      case .change(.renamed(_, let target)) where target.hasSuffix(".gone"): steps.removeLast()
      case .change(.removed(let path)) where path.hasSuffix(".log"): steps.removeLast()
      default: break
      }
    }
  }
}
