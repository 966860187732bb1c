import RaftLog

/// What a disk and the memory before it hold while a replica's files are written, and what a crash could leave of that.
///
/// The contract of the system's calls is taken at its weakest, but for three things: a sync that has returned was done,
/// a rename happens or does not, and a sector of 512 bytes that was on the disk has its old content or its new one. What
/// was not synced may be there or not, each change by itself: of a write any of its sectors, of a folder's changes any.
/// (So file systems are covered that keep less order than the journaling ones do.)
///
/// After Pillai et al., "All File Systems Are Not Created Equal" (OSDI 2014), whose ALICE does this to traces of
/// applications, and Mohan et al., "Finding Crash-Consistency Bugs with Bounded Black-Box Crash Testing" (OSDI 2018).
struct DiskModel {
  /// A file or a folder, whatever its name.
  typealias Node = Int

  enum DataChange {
    case write(offset: Int, bytes: [UInt8])
    case resize(Int)
    case reserve(Int)

    func apply(to content: inout [UInt8]) {
      switch self {
      case .write(let offset, let bytes):
        if content.count < offset + bytes.count { content += DiskModel.zeros(offset + bytes.count - content.count) }
        content.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
      case .resize(let size):
        if size <= content.count {
          content.removeLast(content.count - size)
        } else {
          content += DiskModel.zeros(size - content.count)
        }
      case .reserve(let size): if size > content.count { content += DiskModel.zeros(size - content.count) }
      }
    }
  }

  enum NameChange {
    case link(String, Node)
    case rename(String, to: String, Node)
    case unlink(String, Node)

    func apply(to names: inout [String: Node]) {
      switch self {
      case .link(let name, let node): names[name] = node
      case .rename(let name, let target, let node):
        if names[name] == node { names[name] = nil }
        names[target] = node
      case .unlink(let name, let node): if names[name] == node { names[name] = nil }
      }
    }
  }

  struct FileState {
    var synced: [UInt8] = []
    var pending: [DataChange] = []
  }

  struct FolderState {
    var synced: [String: Node] = [:]
    var current: [String: Node] = [:]
    var pending: [NameChange] = []

    mutating func change(_ change: NameChange) {
      change.apply(to: &current)
      pending.append(change)
    }
  }

  static let root: Node = 0
  private(set) var files: [Node: FileState] = [:]
  private(set) var folders: [Node: FolderState] = [root: FolderState()]
  private var open: [Int32: Node] = [:]
  private var next: Node = 1

  /// An empty disk.
  init() {}

  /// One that holds just this, all of it synced.
  init(_ image: DiskImage) {
    for path in image.folders.sorted() {
      let (folder, name) = place(path)
      folders[next] = FolderState()
      folders[folder]!.synced[name] = next
      folders[folder]!.current[name] = next
      next += 1
    }
    for (path, content) in image.files {
      let (folder, name) = place(path)
      files[next] = FileState(synced: content)
      folders[folder]!.synced[name] = next
      folders[folder]!.current[name] = next
      next += 1
    }
  }

  static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

  /// Whether a crash now can leave one thing only.
  var isSynced: Bool { files.values.allSatisfy(\.pending.isEmpty) && folders.values.allSatisfy(\.pending.isEmpty) }

  /// Files that were open are so no more.
  mutating func closeAll() { open = [:] }

  // MARK: - Changes

  /// The folder and the name in it. Paths begin at the root, without a slash.
  private func place(_ path: String) -> (folder: Node, name: String) {
    var parts = path.split(separator: "/").map(String.init)
    let name = parts.removeLast()
    return (parts.reduce(Self.root) { folders[$0]!.current[$1]! }, name)
  }

  private func folder(_ path: String) -> Node {
    path.split(separator: "/").reduce(Self.root) { folders[$0]!.current[String($1)]! }
  }

  /// One change, with paths that begin at the root.
  mutating func apply(_ change: FileChange) {
    switch change {
    case .opened(let file, let path, let isEmptied):
      let (folder, name) = place(path)
      if let node = folders[folder]!.current[name] {
        open[file] = node
        if isEmptied { files[node]!.pending.append(.resize(0)) }
      } else {
        open[file] = next
        files[next] = FileState()
        folders[folder]!.change(.link(name, next))
        next += 1
      }
    case .written(let file, let offset, let bytes):
      if let node = open[file] { files[node]!.pending.append(.write(offset: Int(offset), bytes: bytes)) }
    case .resized(let file, let size): if let node = open[file] { files[node]!.pending.append(.resize(Int(size))) }
    case .reserved(let file, let size): if let node = open[file] { files[node]!.pending.append(.reserve(Int(size))) }
    case .synced(let file):
      guard let node = open[file] else { return }
      for change in files[node]!.pending { change.apply(to: &files[node]!.synced) }
      files[node]!.pending = []
    case .madeFolder(let path):
      let (folder, name) = place(path)
      folders[next] = FolderState()
      folders[folder]!.change(.link(name, next))
      next += 1
    case .syncedFolder(let path):
      let node = folder(path)
      folders[node]!.synced = folders[node]!.current
      folders[node]!.pending = []
    case .renamed(let path, let target):
      let (folder, name) = place(path)
      let (second, newName) = place(target)
      precondition(folder == second, "nothing here moves a file to another folder")
      if let node = folders[folder]!.current[name] { folders[folder]!.change(.rename(name, to: newName, node)) }
    case .removed(let path):
      let (folder, name) = place(path)
      if let node = folders[folder]!.current[name] { folders[folder]!.change(.unlink(name, node)) }
    }
  }
}

/// What a start finds: paths from the root, without a slash before them.
struct DiskImage {
  var folders: Set<String> = []
  var files: [String: [UInt8]] = [:]

  /// The same for the same content.
  var digest: Int {
    var hasher = Hasher()
    hasher.combine(folders)
    for (name, content) in files.sorted(by: { $0.key < $1.key }) {
      hasher.combine(name)
      hasher.combine(content.count)
      content.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
    return hasher.finalize()
  }
}
