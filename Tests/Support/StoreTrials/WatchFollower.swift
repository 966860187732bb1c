import EtcdAPI
import FoundationEssentials
import Histories
import StoreClient
import Synchronization

/// Follows a round's keys by one watch, which goes on where replicas die, and records what it was told.
final class WatchFollower: Sendable {
  private struct State {
    var transcript: WatchTranscript<String, String>
    /// What was told before a compaction overtook the watch.
    var earlier: [WatchTranscript<String, String>] = []
    var changes: [Change] = []
    var ranges: [Range<Int64>] = []
    var violations: [String] = []
  }

  let name: String
  private let round: TrialRound
  private let client: StoreClient
  private let prefix: String
  private let withoutDeletions: Bool
  private let state: Mutex<State>

  /// - Parameter withoutDeletions: asks the store to leave them out.
  init(name: String, round: TrialRound, client: StoreClient, prefix: String, withoutDeletions: Bool = false) {
    self.name = name
    self.round = round
    self.client = client
    self.prefix = prefix
    self.withoutDeletions = withoutDeletions
    state = Mutex(State(transcript: WatchTranscript(from: round.start + 1)))
  }

  /// Everything below has been told.
  var next: Int64 { state.withLock { $0.transcript.next } }

  func requestProgress() { client.requestProgress() }

  /// Until the task is cancelled.
  func run() async {
    while !Task.isCancelled {
      var request = Etcdserverpb_WatchCreateRequest()
      request.key = Data(prefix.utf8)
      request.rangeEnd = TrialText.end(ofPrefix: prefix)
      request.startRevision = next
      request.prevKv = true
      if withoutDeletions { request.filters = [.nodelete] }
      do throws(StoreClientError) {
        let responses = client.watch(request).makeAsyncIterator()
        while let response = try await responses.next() { take(response) }
      } catch {
        switch error.code {
        case .compacted: compacted(at: error.compactRevision, asked: request.startRevision)
        case .cancelled: return
        default:
          state.withLock { $0.violations.append("\(name) was ended: \(error)") }
          try? await Task.sleep(for: .milliseconds(200))
        }
      }
    }
  }

  private func take(_ response: Etcdserverpb_WatchResponse) {
    guard !response.created else { return }
    let changes = response.events.map(Self.change)
    let next = (changes.last?.revision ?? response.header.revision) + 1
    state.withLock { state in
      let before = state.transcript.next
      // Progress that was asked for may be of a moment that is past.
      guard !changes.isEmpty || next > before else { return }
      if let wrong = state.transcript.receive(changes.map(\.event), next: next) {
        state.violations.append("\(name): \(wrong)")
        return
      }
      state.changes += changes
      if let last = state.ranges.last, last.upperBound == before {
        state.ranges[state.ranges.count - 1] = last.lowerBound..<next
      } else {
        state.ranges.append(before..<next)
      }
    }
    round.record { $0.shown(next - 1) }
  }

  private func compacted(at revision: Int64, asked: Int64) {
    state.withLock { state in
      guard revision > asked else {
        state.violations.append("\(name) asked from revision \(asked) and was refused, compacted at \(revision)")
        return
      }
      state.earlier.append(state.transcript)
      state.transcript = WatchTranscript(from: revision)
    }
  }

  private static func change(_ event: Mvccpb_Event) -> Change {
    let isDeletion = event.type == .delete
    return Change(
      revision: event.kv.modRevision, key: TrialText.key(event.kv.key),
      value: isDeletion ? nil : TrialText.value(event.kv.value), version: event.kv.version,
      createRevision: event.kv.createRevision, lease: event.kv.lease,
      previous: event.hasPrevKv ? TrialText.value(event.prevKv.value) : nil)
  }

  // MARK: Afterwards

  /// Adds what it was told to what has happened.
  func testify(_ log: inout ChangeLog) -> [String] {
    let state = state.withLock(\.self)
    guard !withoutDeletions else { return state.violations }
    var wrong = state.violations
    for range in state.ranges {
      let told = state.changes.filter { range.contains($0.revision) }
      if let contradiction = log.add(told, of: range, by: name) { wrong.append(contradiction) }
    }
    return wrong
  }

  /// Holds it against what has happened, once that is known from a revision on.
  func check(against log: ChangeLog, coveredFrom: Int64) -> [String] {
    let transcripts = state.withLock { $0.earlier + [$0.transcript] }
    return transcripts.compactMap { transcript in
      guard transcript.start >= coveredFrom else { return nil }
      let wrong = transcript.violation { revision in
        log.changes(at: revision).filter { $0.key.hasPrefix(self.prefix) }.map(\.event)
      } where: {
        !self.withoutDeletions || $0.value != nil
      }
      return wrong.map { "\(name): \($0)" }
    }
  }

  var eventCount: Int { state.withLock { $0.changes.count } }
}
