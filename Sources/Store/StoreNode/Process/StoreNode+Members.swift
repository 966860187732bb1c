import Logging
package import RaftCore
import RaftTransport
import Replica

// The members: what clients ask for, and what this replica tells of itself.

extension StoreNode {
  package func members() async -> [StoreMember] { engine?.directory.list ?? [] }

  /// Adds a member, as a learner that becomes a voter by itself once it has caught up, unless it is to stay a learner.
  ///
  /// - Parameter replacing: the voter that leaves when the new one comes, by its name or its id in hexadecimal digits.
  /// - Returns: the new member, once the configuration has it.
  package func memberAdd(peerURLs: [String], isLearner: Bool, replacing: String?) async throws -> StoreMember {
    let urls = try Self.addresses(peerURLs)
    var wish = isLearner ? MemberTable.Wish.learner : .voter(replaces: nil)
    if let replacing {
      guard !isLearner else {
        throw StoreError.badMemberURLs("apus: a learner takes nobody's place")
      }
      wish = .voter(replaces: try member(named: replacing))
    }
    try await seed()
    while true {
      let id = MemberID.random(in: 1...(.max))
      do {
        try await change(.add(id, peerURLs: urls, wish))
      } catch StoreError.member(.idExists) {
        continue
      }
      try await until { _, membership in membership.isMember(id) }
      return StoreMember(id: id, name: "", peerURLs: urls, clientURLs: [], isLearner: true)
    }
  }

  /// Makes a voter of a learner that is in sync with the leader.
  package func memberPromote(_ member: MemberID) async throws {
    try await change(.promote(member))
    try await until { _, membership in
      // One that waits for another candidate, so that the voters stay odd, is as good as promoted.
      membership.incoming.contains(member)
        || membership.candidates.count > 1 && membership.candidates.contains { $0.member == member }
    }
  }

  package func memberUpdate(_ member: MemberID, peerURLs: [String]) async throws {
    let urls = try Self.addresses(peerURLs)
    try await seed()
    try await change(.update(member, peerURLs: urls))
  }

  package func memberRemove(_ member: MemberID) async throws {
    try await seed()
    try await change(.remove(member))
    try await until { directory, membership in
      directory.isRemoved || !membership.isMember(member) && !membership.isJoint
    }
  }

  /// - Throws: `memberNotFound` when there is none of that name or id.
  private func member(named text: String) throws -> MemberID {
    let members = engine?.directory.list ?? []
    if let found = members.first(where: { $0.name == text }) { return found.id }
    guard let id = UInt64(text, radix: 16), members.contains(where: { $0.id == id }) else {
      throw StoreError.memberNotFound
    }
    return id
  }

  private static func addresses(_ urls: [String]) throws(StoreError) -> [String] {
    guard !urls.isEmpty, urls.count <= 8 else { throw .badMemberURLs(nil) }
    var addresses: [String] = []
    for url in urls {
      do throws(PeerAddress.Problem) {
        addresses.append(try PeerAddress(url).url)
      } catch {
        switch error {
        case .malformed: throw .badMemberURLs(nil)
        case .unusable(let why): throw .badMemberURLs(why)
        }
      }
    }
    return addresses
  }

  /// Puts what the cluster's file says of the members into the log, where that says nothing yet.
  private func seed() async throws {
    guard let missing = engine?.directory.unseeded, !missing.isEmpty else { return }
    try await change(.seed(missing))
  }

  private func change(_ change: MemberChange) async throws {
    guard case .memberChange(let error) = try await propose(.members(change)) else { throw StoreError.stopped }
    if let error { throw StoreError.member(error) }
  }

  /// Waits until the configuration that is applied here is as it should be.
  private func until(_ condition: (MemberDirectory, Membership) -> Bool) async throws {
    let deadline = MonotonicTime.now + configuration.replica.patienceTicks * configuration.tickMilliseconds
    while let engine {
      if let applied = engine.directory.applied, condition(engine.directory, applied.membership) { return }
      guard MonotonicTime.now < deadline else { throw StoreError.timeout }
      try await Task.sleep(for: .milliseconds(5))
    }
    throw StoreError.stopped
  }

  // MARK: - Telling of itself

  /// Tells the others this member's name and addresses once there is a leader, and again should they change; a leader
  /// tells them for members that have not. Ends with the replica.
  func publishAttributes() {
    Task { [weak self] in
      var pause = 100
      while let node = self, let engine = node.engine {
        pause = await node.publishOnce(engine, after: pause)
        try? await Task.sleep(for: .milliseconds(pause))
      }
    }
  }

  /// - Returns: how many milliseconds later to look again.
  private func publishOnce(_ engine: Engine, after pause: Int) async -> Int {
    let leadership = engine.figures.leadership
    guard let applied = engine.directory.applied, leadership.leader != nil, !engine.directory.isRemoved else {
      return 50
    }
    var changes: [MemberChange] = []
    if leadership.role == .leader {
      let missing = engine.directory.unseeded.filter { $0.key != engine.directory.own }
      if !missing.isEmpty { changes.append(.seed(missing)) }
    }
    if let own = configuration.ownPeer, applied.table.isKnown(own.id, in: applied.membership) {
      let said = applied.table.rows[own.id]?.attributes
      if said?.name != configuration.name || said?.clientURLs != configuration.ownClientURLs {
        changes.append(
          .publish(own.id, .init(name: own.name, peerURLs: [own.url], clientURLs: configuration.ownClientURLs)))
      }
    }
    guard !changes.isEmpty else { return 2000 }
    for change in changes {
      do {
        guard case .memberChange(let error?) = try await propose(.members(change)) else { continue }
        logger.warning("the other members do not take what this one says of itself", metadata: ["why": "\(error)"])
        return 60_000
      } catch {
        return min(pause * 2, 2000)
      }
    }
    return 100
  }
}
