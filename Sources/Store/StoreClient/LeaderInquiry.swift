import EtcdAPI
import GRPC
import NIOCore
import Synchronization

/// Finds out which endpoint leads, beside the requests: none of them waits for it. It asks once in a while, as long as
/// there are requests, and soon after one has failed.
///
/// As a rule that is one question, to the endpoint in use, which says that it leads. If it does not, the others are
/// asked. A leader that was cut off goes on to think that it leads: a claim counts only if nobody that answers knows of
/// a later term.
final class LeaderInquiry: Sendable {
  private struct Standing: Sendable {
    var leads: Bool
    var term: UInt64
  }

  private struct State {
    var isClosed = false
    var runner: Task<Void, Never>?
  }

  private let endpoints: Endpoints
  /// Is told the endpoint that everybody uses from now on, or still.
  private let onLeader: @Sendable (Int) -> Void
  /// When to ask next, as the clock's nanoseconds; `never` while somebody asks.
  private let due = Atomic<UInt64>(0)
  private let state = Mutex(State())

  private static let never = UInt64.max
  private static let interval = TimeAmount.seconds(1)
  private static let haste = TimeAmount.milliseconds(100)
  private static let patience = TimeAmount.seconds(1)

  init(endpoints: Endpoints, onLeader: @escaping @Sendable (Int) -> Void) {
    self.endpoints = endpoints
    self.onLeader = onLeader
  }

  /// A request is made: asks if it is time to. Returns at once.
  func requestBegins(at now: NIODeadline) {
    let due = self.due.load(ordering: .relaxed)
    guard now.uptimeNanoseconds >= due, due != Self.never,
      self.due.compareExchange(expected: due, desired: Self.never, ordering: .relaxed).exchanged
    else { return }
    self.state.withLock { state in
      guard !state.isClosed else { return }
      state.runner = Task {
        await self.ask()
        self.due.store((NIODeadline.now() + Self.interval).uptimeNanoseconds, ordering: .relaxed)
      }
    }
  }

  /// A request has failed: somebody else may lead.
  func requestFailed() {
    let soon = (NIODeadline.now() + Self.haste).uptimeNanoseconds
    let due = self.due.load(ordering: .relaxed)
    guard due != Self.never, due > soon else { return }
    _ = self.due.compareExchange(expected: due, desired: soon, ordering: .relaxed)
  }

  /// Asks no more. Returns once nothing is under way.
  func close() async {
    let runner = self.state.withLock { state in
      state.isClosed = true
      return state.runner
    }
    runner?.cancel()
    await runner?.value
  }

  private func ask() async {
    let current = self.endpoints.first()
    let standing = await self.standing(of: current)
    if let standing, standing.leads {
      self.endpoints.confirm(current, term: standing.term)
      self.onLeader(current)
      return
    }
    var latest = standing?.term ?? 0
    var leader: (endpoint: Int, term: UInt64)?
    for (endpoint, standing) in await self.standings(except: current) {
      latest = max(latest, standing.term)
      if standing.leads, standing.term >= (leader?.term ?? 0) { leader = (endpoint, standing.term) }
    }
    guard let leader, leader.term >= latest, !Task.isCancelled else { return }
    if self.endpoints.prefer(leader.endpoint, term: leader.term) { self.onLeader(leader.endpoint) }
  }

  private func standings(except current: Int) async -> [(endpoint: Int, standing: Standing)] {
    await withTaskGroup(of: (endpoint: Int, standing: Standing?).self) { group in
      for endpoint in self.endpoints.connections.indices where endpoint != current {
        group.addTask { (endpoint: endpoint, standing: await self.standing(of: endpoint)) }
      }
      var standings: [(endpoint: Int, standing: Standing)] = []
      for await answer in group {
        if let standing = answer.standing { standings.append((endpoint: answer.endpoint, standing: standing)) }
      }
      return standings
    }
  }

  /// What an endpoint says of itself; nil when it does not answer.
  private func standing(of endpoint: Int) async -> Standing? {
    do {
      let status: Etcdserverpb_StatusResponse = try await self.endpoints.connections[endpoint].unary(
        EtcdCall.Maintenance.status, Etcdserverpb_StatusRequest(), timeout: Self.patience)
      return Standing(leads: status.leader != 0 && status.leader == status.header.memberID, term: status.raftTerm)
    } catch {
      return nil
    }
  }
}
