/// The changes by revision, for watches and history: chunks, of which copies share all but the last.
struct ChangeLog: Sendable {
  private static let chunkCapacity = 512

  private var chunks: [[Change]] = []

  mutating func append(_ change: Change) {
    if chunks.isEmpty || chunks[chunks.count - 1].count == Self.chunkCapacity {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(16)
    }
    chunks[chunks.count - 1].append(change)
  }

  /// Forgets whole chunks that lie below a revision; some changes below it may stay.
  mutating func removeChunks(below revision: Int64) {
    let kept = chunks.firstIndex { $0[$0.count - 1].revision.main >= revision } ?? chunks.count
    chunks.removeFirst(kept)
  }

  /// Visits the changes from a revision on in order, until `body` returns false.
  func forEach(from revision: Int64, _ body: (Change) -> Bool) { forEach(from: Revision(main: revision, sub: 0), body) }

  /// The same from a change within a revision on.
  func forEach(from revision: Revision, _ body: (Change) -> Bool) {
    var low = 0
    var high = chunks.count
    while low < high {
      let middle = (low + high) / 2
      if chunks[middle][chunks[middle].count - 1].revision < revision { low = middle + 1 } else { high = middle }
    }
    guard low < chunks.count else { return }
    var start = 0
    var end = chunks[low].count
    while start < end {
      let middle = (start + end) / 2
      if chunks[low][middle].revision < revision { start = middle + 1 } else { end = middle }
    }
    for chunk in chunks[low...] {
      for index in start..<chunk.count where !body(chunk[index]) { return }
      start = 0
    }
  }
}
