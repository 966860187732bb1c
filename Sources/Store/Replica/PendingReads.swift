/// The linearisable reads of this replica's clients that have no index yet: those that wait, and the batches that a
/// leader was asked for.
struct PendingReads: Sendable {
  struct Read: Sendable {
    var id: UInt64
    var deadline: UInt64
  }

  var waiting: [Read] = []
  var batches: [UInt64: (reads: [Read], tick: UInt64)] = [:]
  var lastRequest: UInt64
  var count = 0

  /// The start of the process is in the upper bits of a request's number: an answer to what an earlier start asked may
  /// still be on its way.
  init(start: UInt64) { lastRequest = start << 40 }

  mutating func add(_ id: UInt64, deadline: UInt64) {
    waiting.append(Read(id: id, deadline: deadline))
    count += 1
  }

  /// All that wait, as one request.
  mutating func takeRequest(tick: UInt64) -> UInt64? {
    guard !waiting.isEmpty else { return nil }
    lastRequest += 1
    batches[lastRequest] = (waiting, tick)
    waiting = []
    return lastRequest
  }

  /// The reads of a request that was answered.
  mutating func finish(_ request: UInt64) -> [UInt64] {
    guard let batch = batches.removeValue(forKey: request) else { return [] }
    count -= batch.reads.count
    return batch.reads.map(\.id)
  }

  /// The request came to nothing: its reads wait again.
  mutating func retry(_ request: UInt64) {
    if let batch = batches.removeValue(forKey: request) { waiting += batch.reads }
  }

  /// - Returns: how many requests there were.
  @discardableResult
  mutating func retry(askedBefore tick: UInt64) -> Int {
    let late = batches.filter { $0.value.tick < tick }.keys.sorted()
    for request in late { retry(request) }
    return late.count
  }

  /// Gives up what is overdue among those that wait.
  mutating func takeOverdue(at tick: UInt64) -> [UInt64] {
    let overdue = waiting.filter { $0.deadline <= tick }
    guard !overdue.isEmpty else { return [] }
    waiting.removeAll { $0.deadline <= tick }
    count -= overdue.count
    return overdue.map(\.id)
  }
}

/// How reads fared, for metrics.
package struct ReadFigures: Hashable, Sendable {
  /// Batches that no leader answered in time, asked for again.
  package var slow: UInt64 = 0
  /// Reads that were given up.
  package var failed: UInt64 = 0

  package init() {}
}
