import RaftCore
import RaftLog
import RaftTransport
import Replica

extension Engine {
  /// The members, as of what has been applied: whoever is new is dialled from here on, whoever left is refused.
  func take(_ members: MembersAsApplied) {
    let before = directory.take(members)
    let reachable = reachPeers()
    consensusBox.post(.input(.members(members)))
    if directory.mustWrite(reachable) {
      let lines = reachable.map {
        AddressBook.Line(member: $0.id, name: $0.name, address: "\($0.address):\($0.port)")
      }
      snapshotBox.post(.keepAddresses(AddressBook(lines: lines)))
    }
    if let before, before.membership != members.membership { report(members.membership) }
    if members.table.hasLeft(directory.own, members.membership) { wasRemoved() }
  }

  /// One that is no member as far as this replica has applied the log wants to talk to it.
  func met(stranger: MemberID) {
    guard let lookout, !directory.removed.contains(stranger) else { return }
    lookout.look { [self] answer in
      guard answer.peers.contains(where: { $0.id == stranger }), directory.learn(answer) else { return }
      logger.notice(
        "others know members that this replica has not read of yet: they are let in",
        metadata: ["index": "\(answer.index)"])
      reachPeers()
    }
  }

  /// From here on those are dialled and let in whom the directory names.
  @discardableResult
  private func reachPeers() -> [Peer] {
    let reachable = directory.peers
    peers?.setPeers(reachable, removed: directory.removed)
    return reachable
  }

  private func report(_ membership: Membership) {
    func names(_ members: [MemberID]) -> String {
      let known = Dictionary(directory.list.map { ($0.id, $0.name) }) { first, _ in first }
      return members.map { known[$0].flatMap { $0.isEmpty ? nil : $0 } ?? String($0, radix: 16) }
        .joined(separator: " ")
    }
    logger.notice(
      membership.isJoint ? "the members are about to change" : "the members have changed",
      metadata: ["voters": "\(names(membership.incoming))", "learners": "\(names(membership.learners))"])
    if let trouble = Self.trouble(with: membership) { logger.warning("\(trouble)") }
  }

  /// An even number of voters is allowed, because a dead one has to be removable, and not well.
  static func trouble(with membership: Membership) -> String? {
    let count = membership.incoming.count
    guard count % 2 == 0 else { return nil }
    return """
      apus: \(count) voters are an even number, and survive no more failures than \(count - 1) voters would: add one \
      or remove one (docs/members.md)
      """
  }

  /// This member is none any more, and never will be again. Who asked for it has an answer first.
  func wasRemoved() {
    guard directory.noteRemoval() else { return }
    if let dataPath {
      do throws(StorageError) {
        try RemovalNote.save(in: dataPath)
      } catch {
        logger.error("it cannot be noted that this member was removed", metadata: ["error": "\(error)"])
      }
    }
    Task {
      try? await Task.sleep(for: .milliseconds(300))
      fail(StoreStartError.removedText)
    }
  }
}
