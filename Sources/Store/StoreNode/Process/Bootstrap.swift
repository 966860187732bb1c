import Logging
import RaftCore
import RaftTransport

/// What a replica whose disk is empty must learn from its peers before it takes part.
struct Bootstrap {
  let configuration: StoreNodeConfiguration
  let inbox: PeerInbox
  /// Nil where it must not be another member than it takes itself for.
  var joining: Joining?
  let logger: Logger

  enum Beginning {
    /// As a member that has never taken part, in the cluster of this id.
    case asNew(clusterID: UInt64)
    /// With the disk lost, after this term.
    case rejoining(HardState, clusterID: UInt64)
    /// As the member that was added for this host, while the host's name stands for another one.
    case asAdded(MemberAnswer)
  }

  /// How often a replica that waits says for whom.
  private static let reminderMilliseconds = 10_000

  /// A new member asks whether it is one, and waits until ``BootstrapVerdict`` lets it begin: as long as it takes, or
  /// until the task is cancelled.
  ///
  /// - Parameter clusterID: the cluster's, where the disk says it: a backup was restored here and has not been started.
  func begin(clusterID: UInt64?) async throws -> Beginning {
    let own = clusterID ?? configuration.clusterID
    let patienceEnds = MonotonicTime.now + configuration.bootstrapPatienceMilliseconds
    var nextLook = patienceEnds
    var nextReminder = patienceEnds
    while true {
      if let added = try await addedForStranger() { return .asAdded(added) }
      let answers = askOnce()
      let verdict = BootstrapVerdict(
        answers: answers, others: others.map(\.id), clusterID: own,
        passesOverSilent: configuration.beginsAnew && MonotonicTime.now >= patienceEnds)
      switch verdict {
      case .begin:
        // A cluster that runs may have another member in this one's place.
        if answers.values.contains(where: { $0.term > 0 }), let added = await added() { return .asAdded(added) }
        let silent = others.filter { answers[$0.id] == nil }.map(\.name)
        if !silent.isEmpty {
          logger.notice(
            "beginning a new cluster without the word of all members, as it was told to",
            metadata: ["silent": "\(silent.joined(separator: " "))"])
        }
        return .asNew(clusterID: own)
      case .known(let peers):
        if let added = await added() { return .asAdded(added) }
        throw StoreStartError.emptiedDisk(member: configuration.name, knownBy: names(of: peers))
      case .foreign(let peers):
        throw StoreStartError.foreignCluster(member: configuration.name, on: names(of: peers))
      case .wait(let silent):
        configuration.assignment.waits(
          for: "the data folder is empty; waiting for the word of \(names(of: silent).joined(separator: " "))")
        if MonotonicTime.now >= nextReminder {
          nextReminder = MonotonicTime.now + Self.reminderMilliseconds
          logger.notice(
            """
            the data folder is empty, and not every member has said yet whether this one has ever taken part: it does \
            not begin before they have, unless told to by --new-cluster (docs/design/store.md#an-empty-disk)
            """, metadata: ["waiting for": "\(names(of: silent).joined(separator: " "))"])
        }
        if MonotonicTime.now >= nextLook {
          if let added = await added() { return .asAdded(added) }
          nextLook = MonotonicTime.now + configuration.bootstrapPatienceMilliseconds
        }
        try await Task.sleep(for: .milliseconds(20))
      }
    }
  }

  private func added() async -> MemberAnswer? {
    guard let answer = await joining?.look(), answer.member != configuration.memberID else { return nil }
    return answer
  }

  /// Some member does not know this one: as which does it, or another one that has read more of the log, know this host?
  ///
  /// - Returns: nil while nobody has called this one a stranger.
  /// - Throws: `notAMember` when it is none.
  private func addedForStranger() async throws -> MemberAnswer? {
    guard inbox.isStranger else { return nil }
    // Whatever id they say: of one that they have let in meanwhile, its own.
    if let answer = try await joining?.find(waits: false) { return answer }
    throw StoreStartError.notAMember(member: configuration.name, peerURL: configuration.ownPeer?.url ?? "")
  }

  private func names(of members: [MemberID]) -> [String] {
    members.map { id in others.first { $0.id == id }?.name ?? "" }
  }

  /// A member that lost its disk asks for everybody's term: see ``HardState/rejoining(_:after:)``.
  ///
  /// - Returns: what must be on the disk before anything else, and the cluster's id, which the others know; or that it has
  ///   to do so as another member.
  func rejoin() async throws -> Beginning {
    guard !others.isEmpty else { throw refusal("it is the only member: there is nobody to catch up with") }
    let answers: [MemberID: BootstrapVerdict.Answer]
    switch try await ask() {
    case .added(let added): return .asAdded(added)
    case .answers(let given): answers = given
    }
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
    return .rejoining(.rejoining(configuration.memberID, after: term), clusterID: clusterID)
  }

  private var others: [Peer] { configuration.presentPeers.filter { $0.id != configuration.memberID } }

  private func refusal(_ reason: String) -> StoreStartError { .cannotRejoin(member: configuration.name, reason) }

  private enum Outcome {
    case answers([MemberID: BootstrapVerdict.Answer])
    case added(MemberAnswer)
  }

  /// Asks until all have answered, or for ten times the patience: on a busy host an answer takes a while.
  private func ask() async throws -> Outcome {
    let deadline = MonotonicTime.now + 10 * configuration.bootstrapPatienceMilliseconds
    while true {
      if let added = try await addedForStranger() { return .added(added) }
      let answers = askOnce()
      let silent = others.filter { answers[$0.id] == nil }.map(\.name)
      configuration.assignment.waits(
        for: "it comes back with an empty disk; waiting for the answer of \(silent.joined(separator: " "))")
      if silent.isEmpty || MonotonicTime.now >= deadline { return .answers(answers) }
      try await Task.sleep(for: .milliseconds(20))
    }
  }

  /// What has been answered so far.
  private func askOnce() -> [MemberID: BootstrapVerdict.Answer] {
    inbox.askPeers().compactMapValues { control in
      guard case .answer(let knowsMe, let term, _, let clusterID) = control else { return nil }
      return BootstrapVerdict.Answer(knowsMe: knowsMe, term: term, clusterID: clusterID)
    }
  }
}
