import FoundationEssentials
import Glibc
import Synchronization

/// Carries a plan out, and puts everything right at its end.
final class FaultInjector: Sendable {
  private struct Active: Hashable {
    var fault: Fault
    /// Who was struck.
    var victim: Int?
  }

  private let hosts: TrialHosts
  private let round: TrialRound
  /// The leader's number, as far as somebody says it.
  private let leader: @Sendable () async -> Int?
  private let report: @Sendable (String) -> Void
  private let active = Mutex<[Active]>([])
  private let renewal: MachineRenewal
  /// One at a time: of a majority's disks nothing may be lost.
  private let renewed = Mutex<Int?>(nil)

  init(
    hosts: TrialHosts, renewal: MachineRenewal, round: TrialRound, leader: @escaping @Sendable () async -> Int?,
    report: @escaping @Sendable (String) -> Void
  ) {
    self.hosts = hosts
    self.renewal = renewal
    self.round = round
    self.leader = leader
    self.report = report
  }

  /// Until all faults of the plan have ended, and everything is well again (or on its way to be).
  func run(_ plan: FaultPlan, length: Int) async {
    let start = ContinuousClock.now
    await withTaskGroup(of: Void.self) { group in
      for fault in plan.faults {
        group.addTask {
          try? await Task.sleep(until: start + .milliseconds(fault.start), clock: .continuous)
          let victim = await self.number(of: fault.victim)
          await self.begin(fault, victim)
          try? await Task.sleep(until: start + .milliseconds(fault.start + fault.duration), clock: .continuous)
          await self.end(fault, victim)
        }
      }
    }
    try? await Task.sleep(until: start + .milliseconds(length), clock: .continuous)
    await healAll()
  }

  private func number(of victim: Fault.Victim?) async -> Int? {
    switch victim {
    case .member(let number): number
    case .leader: await leader() ?? 1
    case nil: nil
    }
  }

  private func begin(_ fault: Fault, _ victim: Int?) async {
    let whom = fault.victim == .leader ? " (store-\(victim ?? 0))" : ""
    report("fault: \(fault)\(whom), for \(seconds(fault.duration * 1000)) s")
    active.withLock { $0.append(Active(fault: fault, victim: victim)) }
    applyNetwork()
    let victim = victim ?? 1
    switch fault.kind {
    case .kill: await hosts.kill(victim)
    case .away:
      await hosts.kill(victim)
      hosts.wantMuch(true)
    case .killAll: for number in hosts.numbers { await hosts.kill(number) }
    case .restart: await hosts.stop(victim)
    case .stop: hosts.freeze(victim)
    case .fillDisk:
      do { try hosts.fillDisk(victim) } catch { report("the disk of store-\(victim) could not be filled: \(error)") }
    case .renew:
      let isFirst = renewed.withLock { renewed in
        defer { renewed = renewed ?? victim }
        return renewed == nil
      }
      if isFirst { await hosts.vacate(victim) }
    case .isolate, .cutFromPeers, .oneWay, .pair, .split, .delay, .loss: break
    }
  }

  private func end(_ fault: Fault, _ victim: Int?) async {
    active.withLock { active in
      if let index = active.firstIndex(of: Active(fault: fault, victim: victim)) { active.remove(at: index) }
    }
    applyNetwork()
    let victim = victim ?? 1
    switch fault.kind {
    case .kill, .restart: hosts.start(victim)
    case .away:
      hosts.wantMuch(false)
      hosts.start(victim)
    case .killAll: for number in hosts.numbers { hosts.start(number) }
    case .stop: hosts.thaw(victim)
    case .fillDisk: hosts.freeDisk(victim)
    case .renew(_, let isReplacement):
      guard hosts.isVacant(victim), renewed.withLock({ $0 == victim }) else { break }
      await renewal.renew(victim, isReplacement: isReplacement)
      await hosts.hasJoined(victim)
      renewed.withLock { $0 = nil }
    case .isolate, .cutFromPeers, .oneWay, .pair, .split, .delay, .loss: break
    }
  }

  private func applyNetwork() {
    let active = active.withLock(\.self)
    var conditions: [NetworkLink: LinkCondition] = [:]
    for from in 0...hosts.numbers.upperBound {
      for to in 0...hosts.numbers.upperBound where to != from {
        let link = NetworkLink(from: from, to: to)
        for one in active {
          if let condition = one.fault.condition(on: link, victim: one.victim) {
            conditions[link, default: LinkCondition()].add(condition)
          }
        }
      }
    }
    hosts.network.set(conditions)
  }

  private func healAll() async {
    active.withLock { $0 = [] }
    applyNetwork()
    for number in hosts.numbers {
      hosts.freeDisk(number)
      hosts.thaw(number)
      hosts.start(number)
    }
  }
}
