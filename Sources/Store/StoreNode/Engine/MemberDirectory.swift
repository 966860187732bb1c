import RaftCore
import RaftTransport
import Replica
import Synchronization

/// Who the members are as of what has been applied, and where they are reached: for the transport, for the list of
/// members, and for hosts that ask who they are.
final class MemberDirectory: Sendable {
  private struct State {
    var applied: MembersAsApplied?
    /// Where those are found of whom the log has not told: from the cluster's file, or from those who let this one in.
    var fallback: [MemberID: Peer] = [:]
    /// The members as somebody knows them who has applied more of the log, as of this index.
    var ahead: (index: LogIndex, peers: [Peer])?
    var isRemoved = false
    /// What was last written down of where the members are.
    var written: [Peer] = []
  }

  let own: MemberID
  private let state: Mutex<State>

  /// - Parameter ahead: what the one said who let this one in.
  init(own: MemberID, fallback: [Peer], ahead: MemberAnswer? = nil) {
    self.own = own
    let known = Dictionary(fallback.map { ($0.id, $0) }) { first, _ in first }
    state = Mutex(State(fallback: known, ahead: ahead.map { ($0.index, $0.peers) }))
  }

  /// Somebody who may have applied more tells who the members are.
  ///
  /// - Returns: whether it is more than was known.
  func learn(_ answer: MemberAnswer) -> Bool {
    state.withLock { state in
      guard answer.index > max(state.applied?.index ?? 0, state.ahead?.index ?? 0) else { return false }
      state.ahead = (answer.index, answer.peers)
      return true
    }
  }

  /// Nil before the state thread has begun.
  var applied: MembersAsApplied? { state.withLock { $0.applied } }

  /// This member was removed from the cluster.
  var isRemoved: Bool { state.withLock { $0.isRemoved } }

  /// - Returns: whether that is news.
  func noteRemoval() -> Bool {
    state.withLock { state in
      defer { state.isRemoved = true }
      return !state.isRemoved
    }
  }

  /// - Returns: what was known before.
  func take(_ members: MembersAsApplied) -> MembersAsApplied? {
    state.withLock { state in
      defer { state.applied = members }
      return state.applied
    }
  }

  /// Everyone who is to be reached: those of the configuration, and those who are to come into it.
  ///
  /// Whoever has applied less than others must let them in whom those know already: the leader may be one of them, and
  /// it brings the log that says so.
  var peers: [Peer] {
    state.withLock { state in
      guard let applied = state.applied else { return Array(state.fallback.values) }
      let ids = Set(applied.membership.members).union(applied.table.rows.keys)
      let known = ids.sorted().compactMap { id in Self.peer(id, applied.table, state.fallback) }
      guard let ahead = state.ahead, ahead.index > applied.index else { return known }
      return known + ahead.peers.filter { !ids.contains($0.id) && !applied.table.removed.contains($0.id) }
    }
  }

  /// Who has left, as of what has been applied.
  var removed: Set<MemberID> { state.withLock { $0.applied?.table.removed ?? [] } }

  /// Whether these are others than those that were last written down.
  func mustWrite(_ peers: [Peer]) -> Bool {
    state.withLock { state in
      defer { state.written = peers }
      return state.written != peers
    }
  }

  private static func peer(_ id: MemberID, _ table: MemberTable, _ fallback: [MemberID: Peer]) -> Peer? {
    let known = fallback[id]
    guard let attributes = table.rows[id]?.attributes,
      let place = attributes.peerURLs.lazy.compactMap({ url in try? PeerAddress(url) }).first
    else { return known }
    let name = attributes.name.isEmpty ? known?.name ?? "" : attributes.name
    return Peer(id: id, name: name, address: place.address, port: place.port)
  }

  /// The members that are to stay, by rising id.
  var list: [StoreMember] {
    state.withLock { state in
      guard let applied = state.applied else { return [] }
      return applied.table.members(in: applied.membership).map { id in
        let attributes = applied.table.rows[id]?.attributes
        let known = state.fallback[id]
        return StoreMember(
          id: id, name: attributes.flatMap { $0.name.isEmpty ? nil : $0.name } ?? known?.name ?? "",
          peerURLs: attributes.flatMap { $0.peerURLs.isEmpty ? nil : $0.peerURLs } ?? known.map { [$0.url] } ?? [],
          clientURLs: attributes?.clientURLs ?? [], isLearner: !applied.membership.incoming.contains(id))
      }
    }
  }

  /// What the log lacks, of what is known here of the members.
  var unseeded: [MemberID: MemberTable.Attributes] {
    state.withLock { state in
      guard let applied = state.applied else { return [:] }
      var missing: [MemberID: MemberTable.Attributes] = [:]
      for id in applied.membership.members where applied.table.rows[id] == nil {
        if let peer = state.fallback[id] { missing[id] = .init(name: peer.name, peerURLs: [peer.url]) }
      }
      return missing
    }
  }

  func answer(_ question: MemberQuestion, clusterID: UInt64, known: Set<MemberID>) -> MemberAnswer? {
    guard let applied else { return nil }
    let byName = applied.table.isKnown(question.derivedID, in: applied.membership) ? question.derivedID : nil
    let member = applied.table.member(at: question.peerURL) ?? byName
    return MemberAnswer(
      clusterID: clusterID, member: member,
      hasTakenPart: member.map {
        known.contains($0) || $0 == own || applied.table.rows[$0]?.attributes.clientURLs.isEmpty == false
      } ?? false,
      index: applied.index, membership: applied.membership, peers: peers)
  }
}
