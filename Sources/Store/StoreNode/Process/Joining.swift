import Logging
import NIOCore
import RaftCore
import RaftLog
import RaftTransport

/// How a host with an empty disk finds out which member it is: it asks whoever the cluster's file says has a store.
struct Joining {
  let configuration: StoreNodeConfiguration
  let inquiry: PeerInquiry
  let logger: Logger

  /// Asks until somebody knows a member at this host's address.
  ///
  /// - Parameter waits: also while those who answer know of none, and while nobody answers.
  /// - Returns: the answer of the one that had read most of the log; nil when nobody answers for a while.
  func find(waits: Bool) async throws -> MemberAnswer? {
    let deadline = MonotonicTime.now + configuration.bootstrapPatienceMilliseconds
    var nextReminder = MonotonicTime.now
    while true {
      let answers = await ask()
      if let best = Self.best(of: answers) { return best }
      let url = configuration.ownPeer?.url ?? "https://ADDRESS:PORT"
      configuration.assignment.waits(
        for: answers.isEmpty
          ? "the data folder is empty; waiting for a member that answers"
          : "waiting to be added as the member at \(url)")
      if !waits {
        guard answers.isEmpty else { throw StoreStartError.notAMember(member: configuration.name, peerURL: url) }
        if MonotonicTime.now >= deadline { return nil }
      } else if MonotonicTime.now >= nextReminder {
        nextReminder = MonotonicTime.now + 10_000
        logger.notice(
          answers.isEmpty
            ? "no member answers: this host waits to join"
            : "this host is no member yet: add it with etcdctl member add \(configuration.name) --peer-urls=\(url)")
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  /// Asks everybody once.
  ///
  /// - Returns: as ``find(waits:)``; nil when nobody answers, or knows a member at this host's address.
  func look() async -> MemberAnswer? { Self.best(of: await ask()) }

  /// Asks everybody once who the members are, whether this host is one or not.
  ///
  /// - Returns: the answer of the one that has applied most of the log; nil when nobody answers.
  func latest() async -> MemberAnswer? { await ask().max { $0.index < $1.index } }

  private static func best(of answers: [MemberAnswer]) -> MemberAnswer? {
    guard var best = answers.filter({ $0.member != nil }).max(by: { $0.index < $1.index }) else { return nil }
    best.hasTakenPart = answers.contains { $0.member == best.member && $0.hasTakenPart }
    return best
  }

  private func ask() async -> [MemberAnswer] {
    guard let own = configuration.ownPeer else { return [] }
    let question = MemberQuestion(peerURL: own.url, derivedID: configuration.derivedMemberID).encoded()
    let others = configuration.presentPeers.filter { $0.name != own.name && $0.url != own.url }
    return await withTaskGroup(of: MemberAnswer?.self) { group in
      for peer in others {
        group.addTask { [inquiry] in
          guard let bytes = await inquiry.ask(question, address: peer.address, port: peer.port) else { return nil }
          return try? MemberAnswer(decoding: bytes)
        }
      }
      var answers: [MemberAnswer] = []
      for await answer in group { if let answer { answers.append(answer) } }
      return answers
    }
  }
}

extension StoreNode {
  /// What a replica takes part with.
  struct Entrance {
    var inbox: PeerInbox
    var transport: PeerTransport?
    var clusterID: UInt64
    /// For one that lost its disk: what to begin with.
    var rejoining: HardState?
    /// For one that came to a cluster that runs: its present configuration. The log tells the one that it began with.
    var membership: Membership?
    /// What the one said who told this host who it is.
    var answer: MemberAnswer?
  }

  /// Takes over what a data folder says of this member, before anything is decided by it.
  func adopt(_ folder: DataFolder) {
    if let identity = try? folder.identity(), identity.memberName == configuration.name,
      identity.clusterName == configuration.clusterName
    {
      configuration.assignment.assign(identity.memberID)
    }
    guard let book = AddressBook.load(from: folder.path) else { return }
    let peers = book.lines.compactMap { line -> Peer? in
      guard let place = try? PeerAddress("https://\(line.address)") else { return nil }
      return Peer(id: line.member, name: line.name, address: place.address, port: place.port)
    }
    if !peers.isEmpty { configuration.assignment.assign(peers: peers) }
  }

  /// Finds out who this replica is and what it begins with, and opens its streams.
  func enter(
    _ identity: ReplicaIdentity?, known: KnownPeers, _ credentials: PeerCredentials?, _ loops: PeerLoops
  ) async throws -> Entrance {
    let isNew = identity?.hasStarted != true
    let comesBack = configuration.rejoins || configuration.rebuilds
    let wasAdded = identity.map { $0.memberID != configuration.derivedMemberID } ?? false
    var answer: MemberAnswer?
    if isNew, let credentials, configuration.joins || comesBack || wasAdded {
      answer = try await joining(credentials, loops.streams).find(waits: configuration.joins && !comesBack)
    }
    return try await enter(identity, known, answer, credentials, loops)
  }

  func joining(_ credentials: PeerCredentials, _ loop: any EventLoop) -> Joining {
    let inquiry = PeerInquiry(cluster: configuration.clusterName, credentials: credentials, loop: loop)
    return Joining(configuration: configuration, inquiry: inquiry, logger: logger)
  }

  private func enter(
    _ identity: ReplicaIdentity?, _ known: KnownPeers, _ answer: MemberAnswer?, _ credentials: PeerCredentials?,
    _ loops: PeerLoops
  ) async throws -> Entrance {
    if let answer, let member = answer.member {
      configuration.assignment.assign(member)
      configuration.assignment.assign(peers: answer.peers)
    }
    let isNew = identity?.hasStarted != true
    let inbox = PeerInbox(logger: logger, known: known.members, isEmpty: isNew, clusterID: identity?.clusterID)
    let transport = try await openTransport(credentials, loops, inbox, clusterID: identity?.clusterID)
    var entrance = Entrance(
      inbox: inbox, transport: transport, clusterID: identity?.clusterID ?? configuration.clusterID,
      membership: answer?.membership, answer: answer)
    let added: MemberAnswer
    do {
      guard isNew else {
        if configuration.rejoins {
          logger.notice("the disk is not empty: there is no need to rejoin, this is an ordinary start")
        }
        return entrance
      }
      // Once it has been told which member it is, it does not ask again.
      let bootstrap = Bootstrap(
        configuration: configuration, inbox: inbox,
        joining: answer == nil ? credentials.map { joining($0, loops.streams) } : nil, logger: logger)
      let beginning: Bootstrap.Beginning
      if configuration.rejoins || configuration.rebuilds {
        beginning = try await bootstrap.rejoin()
      } else if let answer {
        entrance.clusterID = try join(answer, identity)
        return entrance
      } else {
        guard transport != nil else { return entrance }
        beginning = try await bootstrap.begin(clusterID: identity?.clusterID)
      }
      switch beginning {
      case .asNew(let id):
        entrance.clusterID = id
        return entrance
      case .rejoining(let state, let id):
        (entrance.rejoining, entrance.clusterID) = (state, id)
        return entrance
      case .asAdded(let answer): added = answer
      }
    } catch {
      await transport?.close()
      throw error
    }
    // Under another id, which the streams' hello says.
    await transport?.close()
    return try await enter(identity, known, added, credentials, loops)
  }

  /// - Returns: the id of the cluster that this host joins.
  private func join(_ answer: MemberAnswer, _ identity: ReplicaIdentity?) throws -> UInt64 {
    let others = answer.peers.filter { $0.id != answer.member }.map(\.name)
    guard !answer.hasTakenPart else {
      throw StoreStartError.emptiedDisk(member: configuration.name, knownBy: others)
    }
    guard identity == nil || identity?.clusterID == answer.clusterID else {
      throw StoreStartError.foreignCluster(member: configuration.name, on: others)
    }
    logger.notice(
      "joining a cluster that runs",
      metadata: ["id": "\(String(configuration.memberID, radix: 16))", "members": "\(others.joined(separator: " "))"])
    return answer.clusterID
  }
}
