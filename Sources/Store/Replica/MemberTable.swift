package import ByteCoding
package import RaftCore

/// Who the members are and what is wanted of each: names, addresses, and whether they are to vote. Part of the
/// replicated state; the leader brings Raft's ``Membership`` in line with it (``target(from:)``).
///
/// So a request is answered by what the log says and not by who happens to lead, several requests can be under way
/// together, and one whose leader dies half-way is finished by the next. The addresses of a member are in the log
/// before the configuration entry that brings it in.
///
/// A member that the cluster began with has no row until it, or the leader for it, has told its attributes: until then
/// the cluster's file says where it is.
package struct MemberTable: Hashable, Sendable {
  /// What a member says of itself, and where it is reached.
  package struct Attributes: Hashable, Sendable {
    /// As in its certificate; empty until the member has run.
    package var name: String
    package var peerURLs: [String]
    package var clientURLs: [String]

    package init(name: String = "", peerURLs: [String], clientURLs: [String] = []) {
      self.name = name
      self.peerURLs = peerURLs
      self.clientURLs = clientURLs
    }
  }

  /// What is to become of a member.
  package enum Wish: Hashable, Sendable {
    /// It votes, once it has caught up; it takes the place of another one then.
    case voter(replaces: MemberID?)
    case learner
    /// It leaves. Its row stays until it has left: the old half of the change still needs to be reached.
    case gone
  }

  package struct Row: Hashable, Sendable {
    package var attributes: Attributes
    package var wish: Wish
  }

  package private(set) var rows: [MemberID: Row] = [:]
  /// Ids that have left. None comes back: who has one of them may have promised things that are forgotten.
  package private(set) var removed: Set<MemberID> = []
  /// The members of the last configuration entry that was applied.
  private var configured: Set<MemberID> = []

  /// The most members that do not vote (yet).
  package static let maximumLearners = 8

  package init() {}

  // MARK: - Looking

  /// Whether an id is a member's that is to stay.
  package func isKnown(_ member: MemberID, in membership: Membership) -> Bool {
    guard !removed.contains(member) else { return false }
    return rows[member].map { $0.wish != .gone } ?? membership.isMember(member)
  }

  /// The members that are to stay, by rising id.
  package func members(in membership: Membership) -> [MemberID] {
    Set(rows.keys).union(membership.members).filter { isKnown($0, in: membership) }.sorted()
  }

  /// The member that has a peer address, the newest wish first: a machine that replaces another may have its address.
  package func member(at peerURL: String) -> MemberID? {
    let found = rows.filter { $0.value.wish != .gone && $0.value.attributes.peerURLs.contains(peerURL) }.keys.sorted()
    return found.first { member in !found.contains { replaced(by: $0) == member } }
  }

  /// Whether an id has left for good.
  package func hasLeft(_ member: MemberID, _ membership: Membership) -> Bool {
    removed.contains(member) && !membership.isMember(member)
  }

  /// The configuration that is wanted in the place of a present one; nil when there is nothing to change, or nobody
  /// would be left to vote.
  package func target(from present: Membership) -> Membership? {
    func stays(_ member: MemberID) -> Bool { !removed.contains(member) && rows[member]?.wish != .gone }
    let voters = present.incoming.filter(stays)
    guard !voters.isEmpty else { return nil }
    let coming = rows.keys.filter { stays($0) && !present.isMember($0) }
    let learners = present.learners.filter(stays) + coming
    let candidates = learners.compactMap { member -> Membership.Candidate? in
      guard let row = rows[member] else { return present.candidates.first { $0.member == member } }
      guard case .voter(let replaced) = row.wish else { return nil }
      return Membership.Candidate(member, replaces: replaced)
    }
    let target = Membership(voters: voters, learners: learners, candidates: candidates)
    return target == present ? nil : target
  }

  private func replaced(by member: MemberID) -> MemberID? {
    if case .voter(let replaced)? = rows[member]?.wish { replaced } else { nil }
  }

  // MARK: - Changing

  /// Carries out a request, or says why not: decided by the log alone.
  ///
  /// - Parameter membership: as of the same index.
  package mutating func apply(_ change: MemberChange, _ membership: Membership) -> MemberError? {
    switch change {
    case .add(let member, let peerURLs, let wish): add(member, peerURLs, wish, membership)
    case .promote(let member): promote(member, membership)
    case .update(let member, let peerURLs): update(member, peerURLs, membership)
    case .remove(let member): remove(member, membership)
    case .publish(let member, let attributes): publish(member, attributes, membership)
    case .seed(let members): seed(members, membership)
    }
  }

  private mutating func add(
    _ member: MemberID, _ peerURLs: [String], _ wish: Wish, _ membership: Membership
  ) -> MemberError? {
    guard member != 0, !removed.contains(member), rows[member] == nil, !membership.isMember(member) else {
      return .idExists
    }
    var replaced: MemberID?
    if case .voter(let other?) = wish {
      guard isKnown(other, in: membership) else { return .notFound }
      guard membership.incoming.contains(other) else { return .notVoter }
      guard !rows.keys.contains(where: { self.replaced(by: $0) == other }) else { return .replacedAlready }
      replaced = other
    }
    if isTaken(peerURLs, besides: [replaced]) { return .peerURLExists }
    let waiting = rows.filter { $0.value.wish != .gone && !membership.incoming.contains($0.key) }
    if waiting.count >= Self.maximumLearners { return .tooManyLearners }
    rows[member] = Row(attributes: Attributes(peerURLs: peerURLs), wish: wish)
    return nil
  }

  private mutating func promote(_ member: MemberID, _ membership: Membership) -> MemberError? {
    guard isKnown(member, in: membership) else { return .notFound }
    guard !membership.incoming.contains(member), let row = rows[member] else { return .notLearner }
    if row.wish == .learner { rows[member]?.wish = .voter(replaces: nil) }
    return nil
  }

  private mutating func update(_ member: MemberID, _ peerURLs: [String], _ membership: Membership) -> MemberError? {
    guard isKnown(member, in: membership) else { return .notFound }
    if isTaken(peerURLs, besides: [member, replaced(by: member)]) { return .peerURLExists }
    makeRow(of: member, membership)
    rows[member]?.attributes.peerURLs = peerURLs
    return nil
  }

  private mutating func remove(_ member: MemberID, _ membership: Membership) -> MemberError? {
    guard isKnown(member, in: membership) else { return .notFound }
    guard membership.incoming.contains(where: { $0 != member && isKnown($0, in: membership) }) else {
      return .lastVoter
    }
    for other in rows.keys where replaced(by: other) == member { rows[other]?.wish = .voter(replaces: nil) }
    if membership.isMember(member) {
      makeRow(of: member, membership)
      rows[member]?.wish = .gone
    } else {
      // Not even there yet. Should its configuration entry be on its way, the next one takes it out again.
      rows[member] = nil
      removed.insert(member)
    }
    return nil
  }

  private mutating func publish(
    _ member: MemberID, _ attributes: Attributes, _ membership: Membership
  ) -> MemberError? {
    guard isKnown(member, in: membership) else { return .notFound }
    let isNameTaken = rows.contains { other, row in
      other != member && row.wish != .gone && row.attributes.name == attributes.name
        && replaced(by: member) != other && replaced(by: other) != member
    }
    if isNameTaken { return .nameTaken }
    makeRow(of: member, membership)
    guard var present = rows[member]?.attributes else { return .notFound }
    if present.peerURLs.isEmpty, !isTaken(attributes.peerURLs, besides: [member]) {
      present.peerURLs = attributes.peerURLs
    }
    present.name = attributes.name
    present.clientURLs = attributes.clientURLs
    rows[member]?.attributes = present
    return nil
  }

  private mutating func seed(_ members: [MemberID: Attributes], _ membership: Membership) -> MemberError? {
    for (member, attributes) in members.sorted(by: { $0.key < $1.key })
    where rows[member] == nil && isKnown(member, in: membership) && !isTaken(attributes.peerURLs, besides: []) {
      makeRow(of: member, membership)
      rows[member]?.attributes = attributes
    }
    return nil
  }

  private mutating func makeRow(of member: MemberID, _ membership: Membership) {
    guard rows[member] == nil else { return }
    let isListening = membership.learners.contains(member) && !membership.isVoter(member)
    let candidate = membership.candidates.first { $0.member == member }
    rows[member] = Row(
      attributes: Attributes(peerURLs: []),
      wish: isListening && candidate == nil ? .learner : .voter(replaces: candidate?.replaces))
  }

  private func isTaken(_ peerURLs: [String], besides exempt: [MemberID?]) -> Bool {
    rows.contains { member, row in
      row.wish != .gone && !exempt.contains(member) && row.attributes.peerURLs.contains(where: peerURLs.contains)
    }
  }

  /// A configuration entry was applied: who was in the last one and is in this one no more has left.
  package mutating func configured(_ membership: Membership) {
    let present = Set(membership.members)
    if !membership.isJoint {
      for member in configured.subtracting(present) {
        rows[member] = nil
        removed.insert(member)
      }
    }
    configured = membership.isJoint ? configured.union(present) : present
  }
}

// MARK: - Format

extension MemberTable {
  // Number of rows, then for each, by rising id: id (8 bytes), attributes, wish (0 gone, 1 learner, 2 voter, 3 voter in
  // the place of another, whose id follows). Then the removed ids and those of the last configuration, each as a count
  // and the ids, rising.

  package func encode(into writer: inout ByteWriter) {
    writer.write(varint: UInt64(rows.count))
    for (member, row) in rows.sorted(by: { $0.key < $1.key }) {
      writer.write(fixed: member)
      row.attributes.encode(into: &writer)
      row.wish.encode(into: &writer)
    }
    for group in [removed, configured] {
      writer.write(varint: UInt64(group.count))
      for member in group.sorted() { writer.write(fixed: member) }
    }
  }

  package init(from reader: inout ByteReader) throws(ByteCodingError) {
    for _ in 0..<(try reader.readCount(minimumSize: 12)) {
      let member = try reader.read(fixed: UInt64.self)
      rows[member] = Row(attributes: try Attributes(from: &reader), wish: try Wish(from: &reader))
    }
    for _ in 0..<(try reader.readCount(minimumSize: 8)) { removed.insert(try reader.read(fixed: UInt64.self)) }
    for _ in 0..<(try reader.readCount(minimumSize: 8)) { configured.insert(try reader.read(fixed: UInt64.self)) }
  }
}

extension MemberTable.Attributes {
  func encode(into writer: inout ByteWriter) {
    writer.write(string: name)
    for urls in [peerURLs, clientURLs] {
      writer.write(varint: UInt64(urls.count))
      for url in urls { writer.write(string: url) }
    }
  }

  init(from reader: inout ByteReader) throws(ByteCodingError) {
    let name = try reader.readString()
    var lists: [[String]] = []
    for _ in 0..<2 {
      var urls: [String] = []
      for _ in 0..<(try reader.readCount(minimumSize: 1)) { urls.append(try reader.readString()) }
      lists.append(urls)
    }
    self.init(name: name, peerURLs: lists[0], clientURLs: lists[1])
  }
}

extension MemberTable.Wish {
  func encode(into writer: inout ByteWriter) {
    switch self {
    case .gone: writer.write(UInt8(0))
    case .learner: writer.write(UInt8(1))
    case .voter(nil): writer.write(UInt8(2))
    case .voter(let replaced?):
      writer.write(UInt8(3))
      writer.write(fixed: replaced)
    }
  }

  init(from reader: inout ByteReader) throws(ByteCodingError) {
    let tag = try reader.readByte()
    switch tag {
    case 0: self = .gone
    case 1: self = .learner
    case 2: self = .voter(replaces: nil)
    case 3: self = .voter(replaces: try reader.read(fixed: UInt64.self))
    default: throw .unknownValue(UInt64(tag), field: "a member's part")
    }
  }
}
