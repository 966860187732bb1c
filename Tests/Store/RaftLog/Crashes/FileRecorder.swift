import RaftLog
import Synchronization

/// What happened in one life of a replica: what its files' code did to the disk, and what was promised meanwhile.
enum TraceStep {
  case change(FileChange)
  /// From here on a start must find this.
  case ledger(Ledger)
}

/// Takes down a trace. With a bug some of what was done is left out, as if the code had not done it.
final class FileRecorder: FileTap {
  private struct State {
    var steps: [TraceStep] = []
    /// Of the files that are open: their names of now.
    var paths: [Int32: String] = [:]
    /// Those whose opening was left out.
    var left: Set<Int32> = []
    var filter: CrashMutant.Filter
  }

  private let root: String
  private let state: Mutex<State>

  /// - Parameter root: the folder that paths are told from.
  init(root: String, mutant: CrashMutant?) {
    self.root = root
    state = Mutex(State(filter: CrashMutant.Filter(mutant)))
  }

  var steps: [TraceStep] { state.withLock { $0.steps } }

  func mark(_ ledger: Ledger) { state.withLock { $0.steps.append(.ledger(ledger)) } }

  func heard(_ change: FileChange) {
    let change = inside(change)
    state.withLock { state in
      switch change {
      case .opened(let file, let path, _): state.paths[file] = path
      case .renamed(let path, let target):
        for (file, name) in state.paths where name == path { state.paths[file] = target }
      default: break
      }
      let (paths, file) = (state.paths, change.file)
      let isKept = state.filter.keeps(change, name: { paths[$0] ?? "" }, after: &state.steps)
      if case .opened(let file, _, _) = change {
        if isKept { state.left.remove(file) } else { state.left.insert(file) }
      }
      guard isKept, file.map({ !state.left.contains($0) }) ?? true else { return }
      state.steps.append(.change(change))
    }
  }

  private func inside(_ path: String) -> String {
    precondition(path.hasPrefix(root), "\(path) is not in \(root)")
    return String(path.dropFirst(root.count).drop { $0 == "/" })
  }

  private func inside(_ change: FileChange) -> FileChange {
    switch change {
    case .opened(let file, let path, let isEmptied): .opened(file, inside(path), isEmptied: isEmptied)
    case .madeFolder(let path): .madeFolder(inside(path))
    case .syncedFolder(let path): .syncedFolder(inside(path))
    case .renamed(let path, let target): .renamed(inside(path), to: inside(target))
    case .removed(let path): .removed(inside(path))
    case .written, .resized, .reserved, .synced: change
    }
  }
}

extension FileChange {
  /// The open file that it is made to.
  var file: Int32? {
    switch self {
    case .opened(let file, _, _), .written(let file, _, _), .resized(let file, _), .reserved(let file, _),
      .synced(let file):
      file
    case .madeFolder, .syncedFolder, .renamed, .removed: nil
    }
  }

  /// In a line.
  var summary: String {
    switch self {
    case .written(let file, let offset, let bytes): "written(\(file), \(bytes.count) bytes at \(offset))"
    default: "\(self)"
    }
  }
}
