package import RaftCore
import RaftLog

/// Which survivor of a cluster is best to go on from, and what that means. A value made from values: it decides nothing
/// by itself, it says.
///
/// "Best" is Raft's own order of logs: the higher term of the last entry, then the higher index. A log that won an
/// election in a term holds everything that was committed before; nothing else does for certain. Members that are not
/// there may have had more.
package struct RecoveryPlan: Hashable, Sendable {
  /// How a survivor's log stands to the best one's.
  package enum Comparison: Hashable, Sendable {
    case best
    /// The same entries to the same end.
    case same
    /// The best one has so many more.
    case behind(entries: UInt64)
    /// From this index on it has others, which nobody can have committed (or the best one's cannot be).
    case diverged(from: LogIndex, own: Term, best: Term, entries: UInt64)
    /// Same index and term, and not the same entry: that cannot be. A bug, or damage that no checksum found.
    case contradicts(at: LogIndex)
    /// The logs do not overlap.
    case unknown
    /// There is no state in it.
    case unusable
  }

  /// Why there is no plan.
  package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    case nothingGiven
    case severalClusters([String])
    case sameMemberTwice(String, [String])
    case nothingUsable

    package var description: String {
      switch self {
      case .nothingGiven: "no data folder was named"
      case .severalClusters(let list):
        "the folders belong to several clusters, whose logs have nothing to do with each other: \(list.joined(separator: "; "))"
      case .sameMemberTwice(let name, let paths):
        "\(paths.joined(separator: " and ")) are both \(name)'s: one of them is an old copy. Name the later one only"
      case .nothingUsable: "none of the folders holds a state that can be read"
      }
    }
  }

  package var survivors: [Survivor]
  /// The position of the best one in ``survivors``.
  package var best: Int
  /// One for each survivor.
  package var comparisons: [Comparison]
  /// Who votes, by the best one's log.
  package var voters: [MemberID]
  /// Voters of whom no folder was given, or none that holds a state.
  package var missing: [MemberID]
  /// The survivors are a majority by themselves: then nothing is lost, and the cluster can simply be started.
  package var hasMajority: Bool
  /// The highest index that any survivor knew to be committed.
  package var committed: LogIndex
  /// Whether the best one's log holds that. It does, unless a disk lied or is damaged.
  package var holdsCommitted: Bool
  /// The entries of the best one's log behind it: committed perhaps, or not. They become part of the new cluster.
  package var undecided: ClosedRange<LogIndex>?
  /// What an operator must weigh, in whole sentences.
  package var warnings: [String]

  package init(_ survivors: [Survivor]) throws(Refusal) {
    guard !survivors.isEmpty else { throw .nothingGiven }
    let clusters = Set(survivors.map(\.clusterID))
    guard clusters.count == 1 else {
      throw .severalClusters(
        survivors.map { "\($0.path) is \($0.memberName) of \($0.clusterName) (\(hexadecimal($0.clusterID)))" })
    }
    for survivor in survivors {
      let same = survivors.filter { $0.memberID == survivor.memberID }
      guard same.count == 1 else { throw .sameMemberTwice(survivor.memberName, same.map(\.path)) }
    }
    let usable = survivors.indices.filter { survivors[$0].last != nil }
    // Where two are equal, the one that votes and has less wrong with it.
    guard
      let best = usable.max(by: { left, right in
        let (a, b) = (survivors[left], survivors[right])
        if let first = a.last, let second = b.last, first != second { return first < second }
        if a.defects.count != b.defects.count { return a.defects.count > b.defects.count }
        if a.knownCommit != b.knownCommit { return a.knownCommit < b.knownCommit }
        return left > right
      }), let last = survivors[best].last
    else { throw .nothingUsable }
    self.survivors = survivors
    self.best = best
    let chosen = survivors[best]
    let present = Set(usable.map { survivors[$0].memberID })
    voters = chosen.membership.voters
    missing = voters.filter { !present.contains($0) }
    hasMajority = chosen.membership.hasQuorum { present.contains($0) }
    let committed = survivors.filter { $0.last != nil }.map(\.knownCommit).max() ?? 0
    self.committed = committed
    undecided = last.index > committed ? (committed + 1)...last.index : nil
    comparisons = survivors.indices.map { index in
      index == best ? .best : Self.compare(survivors[index], with: chosen)
    }
    // Who knows an entry to be committed has it, or had; the best one has it if their logs agree there.
    holdsCommitted =
      last.index >= committed
      && zip(survivors, comparisons).allSatisfy { survivor, comparison in
        switch comparison {
        case .diverged(let from, _, _, _): from > survivor.knownCommit
        case .contradicts(let at): at > survivor.knownCommit
        default: true
        }
      }
    warnings = []
    warnings = makeWarnings(last)
  }

  /// The best survivor.
  package var chosen: Survivor { survivors[best] }

  private static func compare(_ survivor: Survivor, with best: Survivor) -> Comparison {
    guard let last = survivor.last, let bestLast = best.last else { return .unusable }
    // A snapshot's end is committed. What both snapshots cover was committed by both.
    for (position, other) in [(best.snapshot, survivor), (survivor.snapshot, best)] {
      guard let position, let mark = other.mark(at: position.index), mark.term != position.term else { continue }
      let (own, their) = other.memberID == survivor.memberID ? (mark.term, position.term) : (position.term, mark.term)
      return .diverged(
        from: position.index, own: own, best: their, entries: last.index - min(last.index, position.index) + 1)
    }
    let first = max(survivor.firstIndex, best.firstIndex)
    let end = min(last.index, bestLast.index)
    if first <= end {
      for index in first...end {
        guard let own = survivor.mark(at: index), let other = best.mark(at: index) else { return .unknown }
        if own.term != other.term {
          return .diverged(from: index, own: own.term, best: other.term, entries: last.index - index + 1)
        }
        if own.checksum != other.checksum { return .contradicts(at: index) }
      }
    } else if survivor.firstIndex > bestLast.index + 1 || best.firstIndex > last.index + 1 {
      // One's snapshot lies behind the other's end: it covers that end if the log was one.
      return last.index < best.firstIndex ? .behind(entries: bestLast.index - last.index) : .unknown
    }
    if last.index == bestLast.index { return .same }
    return last.index < bestLast.index ? .behind(entries: bestLast.index - last.index) : .unknown
  }

  // MARK: - What to weigh

  private func makeWarnings(_ last: Survivor.Position) -> [String] {
    var warnings: [String] = []
    let used = survivors.filter(\.isInUse)
    if !used.isEmpty {
      warnings.append(
        """
        A process still uses \(used.map(\.path).joined(separator: " and ")): it may change what was read here. Stop it \
        first.
        """)
    }
    if hasMajority {
      warnings.append(
        """
        These members are a majority of the voters: what was acknowledged is among what they have. Start them instead; \
        they elect a leader by themselves, and those that are gone can be replaced.
        """)
    } else {
      warnings.append(
        """
        \(name(missing)) \(missing.count == 1 ? "is" : "are") missing, and without \
        \(missing.count == 1 ? "it" : "them") there is no majority. Writes that were acknowledged by \
        \(missing.count == 1 ? "it" : "them") and none of the members here cannot be known, and are lost: any revision \
        above \(chosen.revisionAtEnd) that a client has seen.
        """)
    }
    if !holdsCommitted {
      warnings.append(
        """
        The best log does NOT hold everything that was committed: a member knew entry \(committed) to be, and \
        \(chosen.memberName)'s ends with \(last.index) of term \(last.term) or has others there. What was acknowledged is \
        lost.
        """)
    }
    if let undecided {
      warnings.append(
        """
        \(undecided.count) \(undecided.count == 1 ? "entry" : "entries") behind the last one that is known to be committed \
        (\(undecided.lowerBound) to \(undecided.upperBound)) may have been acknowledged or not; they become part of the \
        new cluster. A client that was told that such a write had failed or was uncertain may find that it took place.
        """)
    }
    for survivor in survivors where survivor.term > last.term {
      let vote = survivor.votedFor.map { " and voted for \(name([$0])) in it" } ?? ""
      warnings.append(
        """
        \(survivor.memberName) has seen term \(survivor.term)\(vote), and the best log ends in term \(last.term): a member \
        that is missing may have led in a later term, and acknowledged writes that nobody here has.
        """)
    }
    for (survivor, comparison) in zip(survivors, comparisons) {
      if case .contradicts(let at) = comparison {
        warnings.append(
          """
          \(survivor.memberName) and \(chosen.memberName) have different entries at \(at) of the same term. That cannot be \
          in a log that was written by this program: keep both folders, and have it looked into before you go on.
          """)
      }
    }
    if chosen.defects.contains(where: { $0.kind == .damage }) {
      warnings.append(
        "\(chosen.memberName)'s files are damaged; what stands behind the damage is lost where it is said so.")
    }
    if chosen.hasLostAll || chosen.mustCatchUp {
      warnings.append(
        """
        \(chosen.memberName) had lost \(chosen.hasLostAll ? "its disk" : "the end of its log") before and had not caught up: \
        it may lack what it once had acknowledged.
        """)
    }
    return warnings
  }

  func name(_ members: [MemberID]) -> String {
    members.map { id in
      survivors.first { $0.memberID == id }?.memberName ?? chosen.names[id] ?? hexadecimal(id)
    }.joined(separator: ", ")
  }
}
