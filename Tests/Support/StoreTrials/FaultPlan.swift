import RaftCore

/// What can be switched on and off: `--faults`.
package enum FaultFamily: String, Sendable, CaseIterable {
  /// SIGKILL, of one or of all, and orderly restarts.
  case kill
  /// SIGSTOP, and SIGCONT later.
  case stop
  /// Members, pairs and halves cut off from each other, both ways or one way, with or without the clients.
  case partition
  /// Packets that take longer, each another time, so that they overtake each other.
  case delay
  /// Packets that are lost or come twice.
  case loss
  /// A disk without a free byte.
  case disk
  /// A machine that is lost with its disk, and a new member in its place.
  case members

  /// Those of a trial that is not told otherwise.
  package static let usual = Set(allCases).subtracting([.members])
}

/// One thing that goes wrong, and for how long.
package struct Fault: Hashable, Sendable {
  package enum Victim: Hashable, Sendable {
    /// Whoever leads when it begins.
    case leader
    /// By its number, from 1.
    case member(Int)
  }

  package enum Kind: Hashable, Sendable {
    case kill(Victim)
    case killAll
    case restart(Victim)
    /// Killed for so long, with so much written meanwhile, that it needs a snapshot when it comes back.
    case away(Victim)
    case stop(Victim)
    /// From everybody, clients included.
    case isolate(Victim)
    /// From the other members; clients still reach it.
    case cutFromPeers(Victim)
    /// It is heard but does not hear the other members, or the other way round.
    case oneWay(Victim, outgoing: Bool)
    case pair(Int, Int)
    case split([Int])
    /// Of all packets from and to one member, or of all; in microseconds.
    case delay(Victim?, ClosedRange<Int>)
    /// Shares of all packets from and to one member, or of all, in percent.
    case loss(Victim?, lost: Int, twice: Int)
    case fillDisk(Int)
    /// Lost with its disk: a new member takes its place, in one change, or after the old one was removed.
    case renew(Victim, isReplacement: Bool)
  }

  package var kind: Kind
  /// After the beginning of the round, in milliseconds.
  package var start: Int
  /// In milliseconds.
  package var duration: Int

  package init(kind: Kind, start: Int, duration: Int) {
    self.kind = kind
    self.start = start
    self.duration = duration
  }
}

/// The faults of one round, which follow from a seed.
package struct FaultPlan: Sendable {
  /// In the order of their beginnings; all end before the round does.
  package private(set) var faults: [Fault] = []

  /// - Parameters:
  ///   - replicas: how many there are.
  ///   - smallDisks: the members whose disks can be filled.
  ///   - length: of the round, in milliseconds.
  package init(
    seed: UInt64, replicas: Int, families: Set<FaultFamily>, smallDisks: [Int], length: Int
  ) {
    var random = SeededGenerator(seed: seed)
    let choices = FaultFamily.allCases.filter { families.contains($0) && ($0 != .disk || !smallDisks.isEmpty) }
    guard !choices.isEmpty else { return }
    var time = 500
    while true {
      let family = choices.randomElement(using: &random) ?? .kill
      let kind = Self.kind(of: family, replicas: replicas, smallDisks: smallDisks, &random)
      let durations = Self.durations(of: kind)
      let fault = Fault(kind: kind, start: time, duration: Int.random(in: durations, using: &random))
      guard fault.start + fault.duration < length else { break }
      faults.append(fault)
      time += Int.random(in: 300...2000, using: &random)
    }
  }

  /// It takes a while until a log wants more of a disk, or does without its beginning.
  private static func durations(of kind: Fault.Kind) -> ClosedRange<Int> {
    switch kind {
    case .fillDisk: 4000...8000
    case .renew: 200...2000
    case .away: 8000...12000
    default: 200...3500
    }
  }

  private static func kind(
    of family: FaultFamily, replicas: Int, smallDisks: [Int], _ random: inout SeededGenerator
  ) -> Fault.Kind {
    let anybody = Fault.Victim.member(Int.random(in: 1...replicas, using: &random))
    let victim: Fault.Victim = Bool.random(using: &random) ? .leader : anybody
    switch family {
    case .kill:
      switch Int.random(in: 0..<6, using: &random) {
      case 0: return .killAll
      case 1: return .restart(victim)
      case 2: return .away(victim)
      default: return .kill(victim)
      }
    case .stop: return .stop(victim)
    case .partition:
      let members = Array(1...replicas).shuffled(using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: return .isolate(victim)
      case 1: return .pair(members[0], members[1])
      case 2: return .split(Array(members.prefix(Int.random(in: 1..<replicas, using: &random))).sorted())
      case 3: return .oneWay(victim, outgoing: Bool.random(using: &random))
      default: return .cutFromPeers(victim)
      }
    case .delay:
      // All at once only by so much that work goes on.
      let isOne = Int.random(in: 0..<3, using: &random) > 0
      let least = (isOne ? [0, 5_000, 100_000] : [0, 2_000, 10_000]).randomElement(using: &random) ?? 0
      let more = (isOne ? [1_000, 40_000, 200_000] : [1_000, 5_000, 30_000]).randomElement(using: &random) ?? 0
      return .delay(isOne ? victim : nil, least...(least + more))
    case .loss:
      return .loss(
        Bool.random(using: &random) ? victim : nil, lost: Int.random(in: 1...25, using: &random),
        twice: Int.random(in: 0...10, using: &random))
    case .disk: return .fillDisk(smallDisks.randomElement(using: &random) ?? 1)
    case .members: return .renew(victim, isReplacement: Int.random(in: 0..<3, using: &random) > 0)
    }
  }
}

extension Fault: CustomStringConvertible {
  package var description: String {
    switch kind {
    case .kill(let victim): "kill \(victim)"
    case .killAll: "kill all"
    case .away(let victim): "kill \(victim), and write much"
    case .restart(let victim): "restart \(victim)"
    case .stop(let victim): "stop \(victim)"
    case .isolate(let victim): "isolate \(victim)"
    case .cutFromPeers(let victim): "cut \(victim) off from its peers"
    case .oneWay(let victim, let outgoing): "\(victim) \(outgoing ? "is not heard by" : "does not hear") its peers"
    case .pair(let one, let other): "store-\(one) and store-\(other) do not hear each other"
    case .split(let side): "split \(side.map { "store-\($0)" }.joined(separator: ", ")) from the rest"
    case .delay(let victim, let time):
      "delay \(victim?.description ?? "all") by \(time.lowerBound / 1000) to \(time.upperBound / 1000) ms"
    case .loss(let victim, let lost, let twice):
      "\(victim?.description ?? "all") lose \(lost) % of the packets, and \(twice) % come twice"
    case .fillDisk(let member): "fill the disk of store-\(member)"
    case .renew(let victim, let isReplacement):
      "lose \(victim) with its disk, \(isReplacement ? "replace it" : "remove it, and add another one")"
    }
  }
}

extension Fault.Victim: CustomStringConvertible {
  package var description: String {
    switch self {
    case .leader: "the leader"
    case .member(let number): "store-\(number)"
    }
  }
}

/// The way from one port of the network to another. Port 0 is the clients', the others are the members'.
package struct NetworkLink: Hashable, Sendable {
  package var from: Int
  package var to: Int

  package init(from: Int, to: Int) {
    self.from = from
    self.to = to
  }
}

/// What happens to the packets of a link.
package struct LinkCondition: Hashable, Sendable {
  package var isCut = false
  /// In microseconds; each packet's own.
  package var delay = 0...0
  /// In percent.
  package var lost = 0
  package var twice = 0

  package init() {}

  /// Both at once.
  mutating func add(_ other: LinkCondition) {
    isCut = isCut || other.isCut
    delay = (delay.lowerBound + other.delay.lowerBound)...(delay.upperBound + other.delay.upperBound)
    lost = min(lost + other.lost, 60)
    twice = min(twice + other.twice, 30)
  }
}

extension Fault {
  /// What it does to a link; nil when nothing.
  ///
  /// - Parameter victim: who it strikes, if it strikes one.
  package func condition(on link: NetworkLink, victim: Int?) -> LinkCondition? {
    var condition = LinkCondition()
    let isBetweenMembers = link.from != 0 && link.to != 0
    let touchesVictim = link.from == victim || link.to == victim
    switch kind {
    case .kill, .killAll, .restart, .away, .stop, .fillDisk, .renew: return nil
    case .isolate: condition.isCut = touchesVictim
    case .cutFromPeers: condition.isCut = isBetweenMembers && touchesVictim
    case .oneWay(_, let outgoing): condition.isCut = isBetweenMembers && (outgoing ? link.from : link.to) == victim
    case .pair(let one, let other): condition.isCut = Set([link.from, link.to]) == [one, other]
    case .split(let side): condition.isCut = isBetweenMembers && side.contains(link.from) != side.contains(link.to)
    case .delay(let whom, let time):
      guard isBetweenMembers, whom == nil || touchesVictim else { return nil }
      condition.delay = time
    case .loss(let whom, let lost, let twice):
      guard whom == nil || touchesVictim else { return nil }
      condition.lost = lost
      condition.twice = twice
    }
    return condition == LinkCondition() ? nil : condition
  }

  /// Whom it strikes, if one; nil otherwise.
  package var victim: Victim? {
    switch kind {
    case .kill(let victim), .restart(let victim), .away(let victim), .stop(let victim), .isolate(let victim),
      .cutFromPeers(let victim),
      .oneWay(let victim, _):
      victim
    case .renew(let victim, _): victim
    case .delay(let victim, _), .loss(let victim, _, _): victim
    case .fillDisk(let member): .member(member)
    case .killAll, .pair, .split: nil
    }
  }
}
