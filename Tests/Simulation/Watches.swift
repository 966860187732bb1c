import Histories
import MVCC
import RaftCore

/// A client that watches, now on this replica, now on that one.
///
/// It reads the store's history as the store's watch hub does for a watch that is behind, in slices.
struct Watcher {
  let number: Int
  var range = KeyRange.all
  var excluded: Set<Event.Kind> = []
  var wantsPrevious = false
  var scanLimit = Int.max
  var transcript = WatchTranscript<Bytes, Bytes>(from: 1)
  /// Where it watches, nil while it looks for a replica.
  var place: (replica: MemberID, epoch: Int)?

  func wants(_ change: Checker.Change) -> Bool {
    range.contains(change.key) && !excluded.contains(change.value == nil ? .delete : .put)
  }
}

extension World {
  func addWatchers() {
    for number in 0..<profile.watchers {
      var watcher = Watcher(number: number)
      switch number % 3 {
      case 0: watcher.wantsPrevious = true
      case 1: watcher.range = KeyRange(key: Bytes("k\(number % 6)".utf8))
      default: watcher.range = .prefix(Bytes("p".utf8))
      }
      if number > 2, chance(0.5) { watcher.excluded = [chance(0.5) ? .put : .delete] }
      watcher.scanLimit = [1, 3, 1000].randomElement(using: &random)!
      watchers.append(watcher)
      queue.add(.watch(number), at: between(100_000, 1_000_000))
    }
  }

  /// It leaves the replica where it is, if at one, and goes on at another.
  func watcherMoves(_ number: Int) throws {
    queue.add(.watch(number), at: now + between(20_000, 800_000))
    watchers[number].place = nil
    guard let id = ids.randomElement(using: &random), let replica = replicas[id], replica.isUp else { return }
    guard try mayWatch(watchers[number], at: replica) else { return }
    watchers[number].place = (id, replica.epoch)
    // A new one may begin at the present.
    if watchers[number].transcript.next == 1 {
      watchers[number].transcript = WatchTranscript(
        from: chance(0.5) ? replica.state.store.revision + 1 : Int64(between(2, 30)))
    }
    try watcherReads(number, replica.state.store)
  }

  /// The replica's store has changed.
  func watchersRead(_ replica: SimulatedReplica) throws {
    for watcher in watchers where watcher.place?.replica == replica.id && watcher.place?.epoch == replica.epoch {
      if chance(0.7) { try watcherReads(watcher.number, replica.state.store) }
    }
  }

  private func watcherReads(_ number: Int, _ store: MVCCStore) throws {
    let watcher = watchers[number]
    while watchers[number].transcript.next <= store.revision {
      let next = watchers[number].transcript.next
      let batch: EventBatch
      do throws(MVCCError) {
        batch = try store.events(
          from: next, in: watcher.range, excluding: watcher.excluded, withPrevious: watcher.wantsPrevious,
          scanLimit: watcher.scanLimit)
      } catch {
        guard error == .compacted, next < store.compactRevision else {
          throw Violation(description: "a watch from \(next) was refused (\(error)) at \(store.compactRevision)")
        }
        try checker.checkWatch(watcher.transcript, where: watcher.wants)
        // The first revision that is there still.
        watchers[number].transcript = WatchTranscript(from: store.compactRevision)
        continue
      }
      let changes = batch.events.map { event in
        Checker.Change(
          revision: event.keyValue.modRevision, key: event.keyValue.key,
          value: event.kind == .put ? event.keyValue.value : nil, previous: event.previous?.value)
      }
      if let wrong = watchers[number].transcript.receive(changes, next: batch.nextRevision) {
        throw Violation(description: wrong)
      }
      figures.watchedEvents += changes.count
      checker.shown(batch.nextRevision - 1)
    }
  }

  func checkWatches() throws {
    for watcher in watchers { try checker.checkWatch(watcher.transcript, where: watcher.wants) }
  }
}
