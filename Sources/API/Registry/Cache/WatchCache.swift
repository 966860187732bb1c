import Synchronization

/// Everything under the registry's prefix, fed by one watch: a cache for each resource, and the set of allocated
/// addresses and ports.
final class WatchCache: Sendable {
  private let storage: any Storage
  private let prefix: String
  private let pageSize: Int
  private let bookmarkInterval: Duration
  private let environment: RegistryEnvironment
  private let caches: [ResourceCache]
  /// Each cache by the part of its keys that follows the prefix, up to the last slash: `pods`, `services/specs`.
  private let routes: [Substring: Int]
  /// The keys of allocation records.
  let allocations: KeySet
  private let holder: WatcherHolder
  /// Everything up to this revision is taken in.
  private let position = Mutex<Int64>(0)
  private let filled = Mutex(false)
  let gate: RevisionGate
  let barrier: ReadBarrier

  init(
    storage: any Storage, prefix: String, caches: [ResourceCache], allocationPrefix: String,
    bookmarkInterval: Duration, environment: RegistryEnvironment, pageSize: Int = 500
  ) {
    self.storage = storage
    self.prefix = prefix
    self.caches = caches
    self.pageSize = pageSize
    self.bookmarkInterval = bookmarkInterval
    self.environment = environment
    allocations = KeySet(prefix: allocationPrefix)
    var routes: [Substring: Int] = [:]
    for (index, cache) in caches.enumerated() {
      routes[cache.keyPrefix.dropFirst(prefix.count).dropLast()] = index
    }
    self.routes = routes
    let holder = WatcherHolder()
    self.holder = holder
    gate = RevisionGate { await holder.current?.requestProgress() }
    barrier = ReadBarrier(storage: storage)
  }

  var isReady: Bool { filled.withLock { $0 } }

  // MARK: Running

  /// Fills the caches and follows the store until the task is cancelled.
  func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.follow() }
      group.addTask { await self.sendBookmarks() }
    }
  }

  private func follow() async {
    var failures = 0
    while !Task.isCancelled {
      do {
        if !isReady { try await list() }
        failures = 0
        try await followWatch()
      } catch {
        if Task.isCancelled { return }
        if error.code == .compacted || error.code == .futureRevision {
          // The store has moved on without us, or has been restored to an older state: start over.
          environment.log(.warning, "the watch cache lost its place and lists anew", ["error": "\(error)"])
          filled.withLock { $0 = false }
          continue
        }
        failures += 1
        environment.log(.warning, "the watch of the store broke", ["error": "\(error)"])
        let pause = min(Duration.milliseconds(50) * (1 << min(failures, 6)), .seconds(2))
        try? await Task.sleep(for: pause)
      }
    }
  }

  /// Takes in everything as it is at one revision: the parts at the same time, and of each the next page while those
  /// before it are decoded.
  private func list() async throws(StorageError) {
    let revision = try await storage.currentRevision()
    let parts = await withTaskGroup(of: Result<[ListedPage], StorageError>.self) { group in
      for range in listedRanges(at: revision) { group.addTask { await self.pages(of: range) } }
      var parts: [Result<[ListedPage], StorageError>] = []
      for await part in group { parts.append(part) }
      return parts
    }
    var listed = caches.map { _ in ListedObjects() }
    var allocated: Set<String> = []
    for part in parts {
      for page in try part.get() {
        allocated.formUnion(page.allocated)
        for (index, object) in page.objects {
          switch object {
          case .success(let object): listed[index].objects.append(object)
          case .failure(let error): listed[index].unreadable.append(error)
          }
        }
      }
    }
    for (cache, listed) in zip(caches, listed) { cache.replace(with: listed, revision: revision) }
    allocations.replace(with: allocated)
    position.withLock { $0 = revision }
    gate.restart(at: revision)
    filled.withLock { $0 = true }
    environment.log(.info, "the watch cache is filled", ["revision": "\(revision)"])
  }

  /// Everything in three parts, so that the store makes a page of one while another's is read: pods are as a rule the
  /// largest. No resource lies in two of them.
  private func listedRanges(at revision: Int64) -> [StorageRange] {
    let end = StorageRange.endOfPrefix(prefix)
    let pods = "\(prefix)pods/"
    let bounds = [prefix, pods, StorageRange.endOfPrefix(pods), end]
    return zip(bounds, bounds.dropFirst()).map {
      StorageRange(start: $0, end: $1, limit: pageSize, revision: revision)
    }
  }

  /// The pages of a range in order.
  private func pages(of range: StorageRange) async -> Result<[ListedPage], StorageError> {
    await withTaskGroup(of: ListedPage.self) { group in
      var request = range
      var pages: [ListedPage] = []
      var asked = 0
      while true {
        let page: StorageRangeResult
        do throws(StorageError) {
          page = try await storage.range(request)
        } catch {
          group.cancelAll()
          return .failure(error)
        }
        let (number, keyValues) = (asked, page.keyValues)
        asked += 1
        group.addTask { self.decode(keyValues, page: number) }
        // What waits to be decoded is in memory twice soon.
        while asked - pages.count > Self.pagesUnderWay, let decoded = await group.next() { pages.append(decoded) }
        guard page.more, let last = page.keyValues.last else { break }
        request.start = last.key + "\0"
      }
      for await decoded in group { pages.append(decoded) }
      return .success(pages.sorted { $0.number < $1.number })
    }
  }

  /// So many pages of a part may wait for being decoded before the next one is asked for.
  private static let pagesUnderWay = 8

  private func decode(_ keyValues: [StorageKeyValue], page number: Int) -> ListedPage {
    var page = ListedPage(number: number)
    page.objects.reserveCapacity(keyValues.count)
    for keyValue in keyValues {
      if keyValue.key.hasPrefix(allocations.prefix) {
        page.allocated.append(keyValue.key)
      } else if let index = route(keyValue.key) {
        page.objects.append((index, caches[index].decode(keyValue)))
      }
    }
    return page
  }

  private func followWatch() async throws(StorageError) {
    let next = position.withLock { $0 } + 1
    let watcher = try await storage.watch(prefix: prefix, from: next)
    holder.set(watcher)
    defer {
      holder.set(nil)
      watcher.cancel()
    }
    while true { take(try await watcher.next()) }
  }

  private func take(_ batch: StorageWatchBatch) {
    var grouped: [Int: [StorageEvent]] = [:]
    let position = position.withLock { $0 }
    for event in batch.events where event.revision > position {
      let key: String
      let exists: Bool
      switch event.change {
      case .put(let keyValue): (key, exists) = (keyValue.key, true)
      case .delete(let deleted, _): (key, exists) = (deleted, false)
      }
      if key.hasPrefix(allocations.prefix) {
        allocations.set(key, exists)
      } else if let index = route(key) {
        grouped[index, default: []].append(event)
      }
    }
    for (index, events) in grouped { caches[index].apply(events) }
    guard batch.revision > position else { return }
    for cache in caches { cache.advance(to: batch.revision) }
    self.position.withLock { $0 = batch.revision }
    gate.advance(to: batch.revision)
  }

  /// The cache that a key belongs to: the longest route that the key's middle begins with.
  private func route(_ key: String) -> Int? {
    // By bytes: every event comes through here.
    let rest = key.utf8.dropFirst(prefix.utf8.count)
    let slash = UInt8(ascii: "/")
    guard let first = rest.firstIndex(of: slash) else { return nil }
    let after = rest.index(after: first)
    if let second = rest[after...].firstIndex(of: slash), let index = routes[Substring(rest[..<second])] {
      return index
    }
    return routes[Substring(rest[..<first])]
  }

  private func sendBookmarks() async {
    while !Task.isCancelled {
      try? await Task.sleep(for: bookmarkInterval)
      if Task.isCancelled { return }
      await holder.current?.requestProgress()
      for cache in caches { cache.sendBookmarks() }
    }
  }
}

/// A page of the first list, decoded.
private struct ListedPage: Sendable {
  let number: Int
  /// Each with the position of its cache, in order of their keys.
  var objects: [(cache: Int, object: Result<StoredObject, UnreadableObject>)] = []
  var allocated: [String] = []
}

/// The watch that runs just now, for those who want to ask it for progress.
private final class WatcherHolder: Sendable {
  private let watcher = Mutex<(any StorageWatcher)?>(nil)
  var current: (any StorageWatcher)? { watcher.withLock { $0 } }
  func set(_ new: (any StorageWatcher)?) { watcher.withLock { $0 = new } }
}

/// The keys that exist under a prefix.
final class KeySet: Sendable {
  let prefix: String
  private let keys = Mutex<Set<String>>([])

  init(prefix: String) { self.prefix = prefix }

  func contains(_ key: String) -> Bool { keys.withLock { $0.contains(key) } }
  func replace(with new: Set<String>) { keys.withLock { $0 = new } }
  func set(_ key: String, _ exists: Bool) {
    keys.withLock { keys in
      if exists { keys.insert(key) } else { keys.remove(key) }
    }
  }
}
