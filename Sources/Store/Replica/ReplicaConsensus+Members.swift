import ByteCoding
import RaftCore

// The leader's part in changes of the members: requests that the log would have to take as they are, but that only a
// leader can tell to be unwise, are refused before they get there; and what the log wants is brought about.

extension ReplicaConsensus {
  /// Brings the configuration in line with what the log wants.
  ///
  /// What the state half has applied must reach to the last configuration entry: an older table could want back what
  /// has been removed since.
  mutating func reconcileMembers() {
    guard let members, raft.canChangeMembership, members.index >= raft.lastMembershipIndex,
      let target = members.table.target(from: raft.membership)
    else { return }
    raft.changeMembership(id: nil, to: target)
  }

  /// Whether this leader takes a member change into its log; what stands before it there says who the members are.
  mutating func refusal(of change: MemberChange) -> ProposalRefusal? {
    switch change {
    // Who has just begun to lead decides a moment later: what is refused as leaderless is tried again.
    case .promote(let member) where raft.membership.learners.contains(member) && !raft.isInSync(member):
      return raft.isUnknown(member) ? .noLeader : .learnerNotReady
    case .remove(let member) where !canSpare(member):
      return raft.membership.incoming.contains(where: raft.isUnknown) ? .noLeader : .unhealthy
    default:
      raft.recordMembership()
      return nil
    }
  }

  /// One that is dead can go. Of the voters that one that lives leaves behind, a majority must live (as etcd's
  /// `--strict-reconfig-check`, which is on by default).
  private func canSpare(_ member: MemberID) -> Bool {
    let voters = raft.membership.incoming
    guard voters.contains(member), raft.isActive(member) else { return true }
    let rest = voters.filter { $0 != member }
    // Who is asked to remove the last one is told so by the state half.
    return rest.isEmpty || rest.filter(raft.isActive).count > rest.count / 2
  }

  /// Takes out of own proposals, on a leader, those that it refuses.
  mutating func admissible(_ batch: [(sequence: UInt64, payload: [UInt8])]) -> [(sequence: UInt64, payload: [UInt8])] {
    guard raft.role == .leader, batch.contains(where: { Envelope.isAboutMembers($0.payload) }) else { return batch }
    var taken: [(sequence: UInt64, payload: [UInt8])] = []
    for item in batch {
      let change = (try? Envelope(decoding: item.payload[...]))?.command.memberChange
      if let reason = change.flatMap({ refusal(of: $0) }) {
        refuse([id(item.sequence)], reason)
      } else {
        taken.append(item)
      }
    }
    return taken
  }
}

extension ReplicaCommand {
  /// The request about members that this is, whoever asks for it.
  var memberChange: MemberChange? {
    switch self {
    case .members(let change): change
    case .byUser(_, let command): command.memberChange
    default: nil
    }
  }
}

extension Envelope {
  /// Whether an encoded command is a member change, without reading all of it.
  static func isAboutMembers(_ payload: [UInt8]) -> Bool {
    var reader = ByteReader(payload)
    guard (try? reader.readByte()) != nil, (try? ProposalID(from: &reader)) != nil, (try? reader.readVarint()) != nil,
      let tag = try? reader.readByte()
    else { return false }
    if tag == 7, (try? reader.readBytes()) != nil, (try? reader.readVarint()) != nil {
      return (try? reader.readByte()) == 4
    }
    return tag == 4
  }
}
