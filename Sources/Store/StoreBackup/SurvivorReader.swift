import ByteCoding
import FoundationEssentials
import MVCC
import RaftCore
package import RaftLog
import Replica

/// Finds out what the data folders of a cluster's members hold, and makes a backup of one of them. Changes nothing in
/// them.
package struct SurvivorReader {
  /// What can be said of a folder, and the state that can be made of it.
  private struct Reading {
    var survivor: Survivor
    var entries: [Entry] = []
    /// Where the state begins; nil for the beginning of the log.
    var snapshot: RestoredState?
    var base: SnapshotMetadata?
    var survey: FolderSurvey
  }

  /// How many of the changes behind the highest known commit are told.
  package static let toldChanges = 20

  private var readings: [Reading] = []

  /// Reads all folders. Throws only when one is no data folder at all; what is wrong inside of one is in the plan.
  package init(_ paths: [String]) throws(StorageError) {
    for path in paths { readings.append(try Self.read(path)) }
    let highest = readings.map(\.survivor.knownCommit).max() ?? 0
    for index in readings.indices { Self.play(&readings[index], highestCommit: highest) }
  }

  /// What the folders hold, in the order of the paths.
  package var survivors: [Survivor] { readings.map(\.survivor) }

  /// Writes the state of a survivor, with its log applied to the end, as a backup. On return it is on the disk.
  ///
  /// - Parameters:
  ///   - position: which of ``survivors``.
  ///   - time: now, in milliseconds since 1970.
  package func writeBackup(of position: Int, to path: String, time: UInt64) throws(BackupError) {
    let reading = readings[position]
    let survivor = reading.survivor
    guard survivor.last != nil, var state = Self.beginning(reading) else {
      throw BackupError(.refused, survivor.path, "there is no state in it that can be read")
    }
    guard Self.apply(reading.entries[...], to: &state) == nil else {
      throw BackupError(.damaged, survivor.path, "its log cannot be applied any more: it has changed since it was read")
    }
    let frozen = state.freeze()
    let members = state.membership.members.map { id in
      BackupHeader.Member(
        id: id,
        name: survivors.first { $0.memberID == id }?.memberName ?? survivor.names[id] ?? hexadecimal(id),
        isVoter: state.membership.isVoter(id))
    }
    let header = BackupHeader(
      clusterID: survivor.clusterID, clusterName: survivor.clusterName, memberID: survivor.memberID,
      memberName: survivor.memberName, members: members, time: time, position: frozen.metadata,
      revision: state.store.revision, compactRevision: state.store.compactRevision)
    do {
      try BackupWriter.write(try BackupEncoder(header, frozen), to: path)
    } catch {
      throw error as? BackupError ?? BackupError(.system, path, "\(error)")
    }
  }

  // MARK: - One folder

  private static func read(_ path: String) throws(StorageError) -> Reading {
    let survey = try FolderSurvey(path)
    let owner = survey.logOwner
    let identity = survey.identity
    var survivor = Survivor(
      path: path, clusterID: identity?.clusterID ?? owner?.cluster ?? 0,
      clusterName: identity?.clusterName ?? "(unknown name)", memberID: identity?.memberID ?? owner?.member ?? 0,
      memberName: identity?.memberName ?? "(unknown name)")
    survivor.isInUse = survey.isInUse
    if let torn = survey.tornTail { survivor.defects.append(Survivor.Defect(.tornTail, torn)) }
    if survey.hasTornTailNote {
      survivor.defects.append(
        Survivor.Defect(.tornTail, place: "\(path)/log/torn-tail", reason: "a torn tail was being cut off"))
    }
    survivor.defects += survey.defects.map { Survivor.Defect(.damage, $0) }
    // Of equal ones the last.
    if let state = survey.stretches.reversed().map(\.hardState).max(by: { $0.term < $1.term }) {
      (survivor.term, survivor.votedFor) = (state.term, state.votedFor)
      (survivor.mustCatchUp, survivor.hasLostAll) = (state.mustCatchUp, state.hasLostAll)
    }
    var reading = Reading(survivor: survivor, survey: survey)
    choose(&reading)
    return reading
  }

  /// The newest snapshot that can be read, and the stretch of the log that leads furthest from it.
  private static func choose(_ reading: inout Reading) {
    let survey = reading.survey
    for metadata in survey.snapshots where reading.snapshot == nil {
      do {
        var decoder = StateDecoder()
        try survey.load(metadata) { try decoder.feed($0) }
        reading.snapshot = try decoder.finish()
      } catch {
        reading.survivor.defects.append(
          Survivor.Defect(
            .damage, place: (error as? StorageError)?.file ?? "\(survey.path)/snapshots",
            reason: "the snapshot at entry \(metadata.index): \((error as? StorageError)?.message ?? "\(error)")"))
      }
    }
    let snapshot = reading.snapshot?.metadata
    if let snapshot {
      reading.survivor.snapshot = .init(index: snapshot.index, term: snapshot.term)
      reading.survivor.snapshotRevision = reading.snapshot?.store.revision
      reading.survivor.last = reading.survivor.snapshot
      reading.base = snapshot
    }
    for stretch in survey.stretches {
      let base = stretch.base.index == snapshot?.index ? snapshot ?? stretch.base : stretch.base
      let recovered = RecoveredLog(
        hardState: stretch.hardState, logBase: base, entries: stretch.entries, newestSnapshot: snapshot,
        hasLostTail: false)
      // A stretch that begins behind the snapshot leads nowhere.
      guard recovered.base.index == snapshot?.index ?? 0, isConsecutive(recovered) else { continue }
      let last = recovered.entries.last.map { Survivor.Position(index: $0.index, term: $0.term) }
      let end = last ?? .init(index: recovered.base.index, term: recovered.base.term)
      if let best = reading.survivor.last, end < best { continue }
      (reading.entries, reading.base) = (recovered.entries, recovered.base)
      reading.survivor.last = end
    }
    let commit = survey.stretches.map(\.hardState.commit).max() ?? 0
    reading.survivor.knownCommit = max(commit, snapshot?.index ?? 0)
    reading.survivor.entries = reading.entries.map {
      Survivor.EntryMark(index: $0.index, term: $0.term, checksum: CRC32C.checksum($0.payload))
    }
  }

  private static func isConsecutive(_ log: RecoveredLog) -> Bool {
    var previous = (log.base.index, log.base.term)
    for entry in log.entries {
      guard entry.index == previous.0 + 1, entry.term >= previous.1 else { return false }
      previous = (entry.index, entry.term)
    }
    return true
  }

  // MARK: - Applying

  private static func beginning(_ reading: Reading) -> ReplicaState? {
    let configuration = ReplicaConfiguration(member: reading.survivor.memberID, seed: 1)
    if let snapshot = reading.snapshot {
      return ReplicaState(configuration: configuration, start: 0, snapshot: snapshot)
    }
    return reading.base.map { ReplicaState(configuration: configuration, start: 0, base: $0) }
  }

  /// - Returns: what is wrong with an entry that cannot be applied.
  private static func apply(_ entries: ArraySlice<Entry>, to state: inout ReplicaState) -> UnreadableEntry? {
    var rest = entries
    while !rest.isEmpty {
      rest = state.apply(rest)
      for effect in state.takeEffects() { if case .fault(let entry) = effect { return entry } }
    }
    return nil
  }

  /// Applies the log, and notes the revisions on the way: at what the member knew to be committed, at the highest index
  /// that anybody did, and at the end.
  private static func play(_ reading: inout Reading, highestCommit: LogIndex) {
    guard reading.survivor.last != nil, var state = beginning(reading) else { return }
    var position = 0
    let entries = reading.entries
    func advance(through index: LogIndex) -> UnreadableEntry? {
      let end = entries[position...].firstIndex { $0.index > index } ?? entries.count
      defer { position = end }
      return apply(entries[position..<end], to: &state)
    }
    var fault = advance(through: reading.survivor.knownCommit)
    reading.survivor.revisionAtCommit = state.store.revision
    if fault == nil { fault = advance(through: highestCommit) }
    if state.appliedIndex == highestCommit { reading.survivor.revisionAtHighestCommit = state.store.revision }
    let before = state.store
    if fault == nil { fault = advance(through: .max) }
    reading.survivor.revisionAtEnd = state.store.revision
    reading.survivor.compactRevision = state.store.compactRevision
    reading.survivor.uncommittedChanges = changes(from: before, to: state.store)
    reading.survivor.voters = state.membership.incoming
    reading.survivor.outgoingVoters = state.membership.outgoing
    reading.survivor.learners = state.membership.learners
    reading.survivor.names = state.members.rows.mapValues(\.attributes.name).filter { !$0.value.isEmpty }
    guard let fault else { return }
    reading.survivor.defects.append(
      Survivor.Defect(
        .damage, place: "entry \(fault.index)",
        reason: "it cannot be read, and nothing behind it is used (\(fault.reason)): written by another version?"))
    reading.entries = entries.filter { $0.index < fault.index }
    reading.survivor.entries = reading.survivor.entries.filter { $0.index < fault.index }
    let end = reading.entries.last.map { ($0.index, $0.term) } ?? reading.base.map { ($0.index, $0.term) }
    if let end { reading.survivor.last = .init(index: end.0, term: end.1) }
  }

  private static func changes(from old: MVCCStore, to new: MVCCStore) -> [String] {
    guard new.revision > old.revision, let batch = try? new.events(from: old.revision + 1) else { return [] }
    var lines = batch.events.prefix(toldChanges).map { event in
      let key = String(decoding: event.keyValue.key, as: UTF8.self)
      let shown = key.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? "?" : String($0) }.joined()
      return "revision \(event.keyValue.modRevision): \(event.kind == .put ? "put" : "delete") \(shown.prefix(120))"
    }
    if batch.events.count > lines.count { lines.append("and \(batch.events.count - lines.count) more") }
    return lines
  }
}

extension Survivor.Defect {
  fileprivate init(_ kind: Kind, _ error: StorageError) {
    self.init(
      kind, place: error.offset.map { "\(error.file), byte \($0)" } ?? error.file, reason: error.message)
  }
}
