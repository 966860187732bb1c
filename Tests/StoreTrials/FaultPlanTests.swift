import StoreTrials
import Testing

/// The faults follow from the seed, and do to the links what they say.
@Suite struct FaultPlanTests {
  private func plan(seed: UInt64, _ families: Set<FaultFamily> = Set(FaultFamily.allCases)) -> FaultPlan {
    FaultPlan(seed: seed, replicas: 5, families: families, smallDisks: [1, 2], length: 60_000)
  }

  @Test func theSameSeedTheSameFaults() {
    #expect(plan(seed: 7).faults == plan(seed: 7).faults)
    #expect(plan(seed: 7).faults != plan(seed: 8).faults)
    #expect(plan(seed: 7, []).faults.isEmpty)
    for seed in 1...50 as ClosedRange<UInt64> {
      let faults = plan(seed: seed).faults
      #expect(faults.count > 15)
      #expect(faults.allSatisfy { $0.start >= 0 && $0.start + $0.duration < 60_000 })
      #expect(faults.map(\.start) == faults.map(\.start).sorted())
    }
  }

  @Test func everyFamilyOccursAndNoOther() {
    for family in FaultFamily.allCases {
      for fault in (1...5).flatMap({ plan(seed: $0, [family]).faults }) {
        let itsOwn: FaultFamily =
          switch fault.kind {
          case .kill, .killAll, .restart, .away: .kill
          case .stop: .stop
          case .isolate, .cutFromPeers, .oneWay, .pair, .split: .partition
          case .delay: .delay
          case .loss: .loss
          case .fillDisk(let member): (1...2).contains(member) ? .disk : .kill
          case .renew: .members
          }
        #expect(itsOwn == family, "\(fault)")
      }
    }
  }

  private func cut(_ kind: Fault.Kind, victim: Int? = nil) -> Set<[Int]> {
    let fault = Fault(kind: kind, start: 0, duration: 1)
    var cut: Set<[Int]> = []
    for from in 0...3 {
      for to in 0...3 where from != to {
        if fault.condition(on: NetworkLink(from: from, to: to), victim: victim)?.isCut == true {
          cut.insert([from, to])
        }
      }
    }
    return cut
  }

  @Test func partitions() {
    #expect(cut(.isolate(.leader), victim: 2) == [[2, 0], [0, 2], [2, 1], [1, 2], [2, 3], [3, 2]])
    #expect(cut(.cutFromPeers(.leader), victim: 2) == [[2, 1], [1, 2], [2, 3], [3, 2]])
    #expect(cut(.oneWay(.leader, outgoing: true), victim: 2) == [[2, 1], [2, 3]])
    #expect(cut(.oneWay(.leader, outgoing: false), victim: 2) == [[1, 2], [3, 2]])
    #expect(cut(.pair(1, 3)) == [[1, 3], [3, 1]])
    #expect(cut(.split([1])) == [[1, 2], [2, 1], [1, 3], [3, 1]])
    #expect(cut(.kill(.leader), victim: 2).isEmpty)
  }
}
