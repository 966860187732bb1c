/// Objects in the order of their keys: an array of short sorted chunks.
///
/// Copying it is cheap (a reader's snapshot shares all chunks); a change copies at most one chunk and the array of
/// chunks. Finding, inserting and removing cost a binary search and a move within one chunk.
struct SortedObjects: Sendable {
  /// A chunk that grows beyond this is cut in two.
  private static let chunkLimit = 256

  private var chunks: [[StoredObject]] = []
  private(set) var count = 0

  init() {}

  /// - Precondition: `objects` are in strict order of their keys.
  init(sorted objects: [StoredObject]) {
    count = objects.count
    let size = Self.chunkLimit * 3 / 4
    chunks.reserveCapacity(objects.count / size + 1)
    var start = 0
    while start < objects.count {
      let end = min(start + size, objects.count)
      chunks.append(Array(objects[start..<end]))
      start = end
    }
  }

  /// Puts the object in its key's place and returns the one that was there.
  @discardableResult
  mutating func insert(_ object: StoredObject) -> StoredObject? {
    guard let chunk = chunkIndex(for: object.key) else {
      chunks.append([object])
      count = 1
      return nil
    }
    let position = Self.position(of: object.key, in: chunks[chunk])
    if position < chunks[chunk].count, chunks[chunk][position].key == object.key {
      let old = chunks[chunk][position]
      chunks[chunk][position] = object
      return old
    }
    chunks[chunk].insert(object, at: position)
    count += 1
    if chunks[chunk].count > Self.chunkLimit {
      let half = chunks[chunk].count / 2
      let upper = Array(chunks[chunk][half...])
      chunks[chunk].removeSubrange(half...)
      chunks.insert(upper, at: chunk + 1)
    }
    return nil
  }

  @discardableResult
  mutating func remove(_ key: String) -> StoredObject? {
    guard let chunk = chunkIndex(for: key) else { return nil }
    let position = Self.position(of: key, in: chunks[chunk])
    guard position < chunks[chunk].count, chunks[chunk][position].key == key else { return nil }
    let old = chunks[chunk].remove(at: position)
    if chunks[chunk].isEmpty { chunks.remove(at: chunk) }
    count -= 1
    return old
  }

  /// The objects whose keys begin with `prefix`, from the key `start` on if that is given, in order.
  func objects(withPrefix prefix: String, from start: String? = nil) -> Cursor {
    let first = start.map { max($0, prefix) } ?? prefix
    let chunk = chunkIndex(for: first) ?? 0
    let position = chunk < chunks.count ? Self.position(of: first, in: chunks[chunk]) : 0
    return Cursor(chunks: chunks[...].dropFirst(chunk), position: position, prefix: prefix)
  }

  /// A walk over a snapshot.
  struct Cursor: Sequence, IteratorProtocol, Sendable {
    fileprivate var chunks: ArraySlice<[StoredObject]>
    fileprivate var position: Int
    fileprivate let prefix: String

    mutating func next() -> StoredObject? {
      while let chunk = chunks.first {
        if position < chunk.count {
          let object = chunk[position]
          guard object.key.hasPrefix(prefix) else {
            chunks = []
            return nil
          }
          position += 1
          return object
        }
        chunks.removeFirst()
        position = 0
      }
      return nil
    }
  }

  /// The chunk that has, or would take in, `key`; nil if there are no chunks.
  private func chunkIndex(for key: String) -> Int? {
    guard !chunks.isEmpty else { return nil }
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle][0].key <= key { low = middle + 1 } else { high = middle }
    }
    return Swift.max(low - 1, 0)
  }

  /// The first position in `chunk` whose key is not before `key`.
  private static func position(of key: String, in chunk: [StoredObject]) -> Int {
    var low = 0
    var high = chunk.count
    while low < high {
      let middle = (low + high) / 2
      if chunk[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
