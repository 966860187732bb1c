import Logging
import RaftCore
import RaftTransport

/// What a replica whose disk is empty must learn from its peers before it takes part.
struct Bootstrap {
  let configuration: StoreNodeConfiguration
  let inbox: PeerInbox
  let logger: Logger

  private typealias Answer = (knowsMe: Bool, term: Term, clusterID: UInt64)

  /// A new member asks whether it is one. Peers that cannot be reached within the patience are passed over, or a new
  /// cluster could never start; what remains open is a member whose disk was emptied while every peer that ever heard
  /// of it is down.
  ///
  /// - Parameter clusterID: the cluster's, where the disk says it: a backup was restored here and has not been started.
  /// - Returns: the cluster's id: what the disk says, or that of a cluster that was never restored from a backup.
  func beginAsNew(clusterID: UInt64?) async throws -> UInt64 {
    let answers = try await ask(isEveryoneNeeded: false)
    let knowing = others.filter { answers[$0.id]?.knowsMe == true }
    guard knowing.isEmpty else {
      throw StoreStartError.emptiedDisk(member: configuration.name, knownBy: knowing.map(\.name))
    }
    let own = clusterID ?? configuration.clusterID
    let strangers = others.filter { peer in answers[peer.id].map { $0.clusterID != 0 && $0.clusterID != own } ?? false }
    guard strangers.isEmpty else {
      throw StoreStartError.restoredElsewhere(member: configuration.name, on: strangers.map(\.name))
    }
    if answers.count < others.count {
      logger.info("not every peer could be asked whether it knows this member; starting as a new one")
    }
    return own
  }

  /// A member that lost its disk asks for everybody's term: see ``HardState/rejoining(_:after:)``.
  ///
  /// - Returns: what must be on the disk before anything else, and the cluster's id, which the others know.
  func rejoin() async throws -> (HardState, clusterID: UInt64) {
    guard !others.isEmpty else { throw refusal("it is the only member: there is nobody to catch up with") }
    let answers = try await ask(isEveryoneNeeded: true)
    let silent = others.filter { answers[$0.id] == nil }.map(\.name)
    guard silent.isEmpty else {
      throw refusal(
        """
        each of the other members must be asked once what it knows, and \(silent.joined(separator: " and ")) did not \
        answer. Start it first (if its disk is empty too, with --rejoin at the same time)
        """)
    }
    guard answers.values.contains(where: \.knowsMe) else {
      throw refusal("no other member knows it: it has never taken part. Start it without --rejoin")
    }
    let clusterIDs = Set(answers.values.map(\.clusterID)).subtracting([0])
    guard let clusterID = clusterIDs.first, clusterIDs.count == 1 else {
      throw refusal("the other members belong to several clusters: not all of them were restored from one backup")
    }
    let term = answers.values.map(\.term).max() ?? 0
    logger.notice("rejoining with an empty disk", metadata: ["term": "\(term + 1)"])
    return (.rejoining(configuration.memberID, after: term), clusterID)
  }

  private var others: [Peer] { configuration.presentPeers.filter { $0.id != configuration.memberID } }

  private func refusal(_ reason: String) -> StoreStartError { .cannotRejoin(member: configuration.name, reason) }

  /// Asks until all have answered, at least one knows this member and not everyone is needed, or time is up.
  private func ask(isEveryoneNeeded: Bool) async throws -> [MemberID: Answer] {
    let deadline = MonotonicTime.now + configuration.bootstrapPatienceMilliseconds
    let lastDeadline = deadline + 9 * configuration.bootstrapPatienceMilliseconds
    while true {
      if inbox.isStranger {
        throw StoreStartError.notAMember(member: configuration.name, peerURL: configuration.ownPeer?.url ?? "")
      }
      let (controls, connected) = inbox.askPeers()
      let answers = controls.compactMapValues { control -> Answer? in
        if case .answer(let knowsMe, let term, _, let clusterID) = control { (knowsMe, term, clusterID) } else { nil }
      }
      if others.allSatisfy({ answers[$0.id] != nil }) { return answers }
      if !isEveryoneNeeded, answers.values.contains(where: \.knowsMe) { return answers }
      // One that is there owes an answer; one that is not is waited for only a little.
      let isOwed = isEveryoneNeeded || others.contains { connected.contains($0.id) && answers[$0.id] == nil }
      if MonotonicTime.now >= (isOwed ? lastDeadline : deadline) { return answers }
      try await Task.sleep(for: .milliseconds(20))
    }
  }
}
