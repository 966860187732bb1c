import MVCC
import RaftLog
import Replica

/// What is in a backup, for people and for scripts.
package struct BackupStatus: Hashable, Sendable, Codable {
  /// The SHA-256 at the end of the file, in hexadecimal digits.
  package var checksum: String
  package var totalSize: UInt64
  package var revision: Int64
  package var compactRevision: Int64
  package var totalKeys: Int
  package var leases: Int
  /// What `etcdctl endpoint hashkv` of the member answered at that moment.
  package var hash: UInt32
  /// Sixteen hexadecimal digits, like the members' ids.
  package var clusterID: String
  package var clusterName: String
  package var takenFrom: String
  /// Milliseconds since 1970.
  package var takenAt: UInt64
  package var raftIndex: UInt64
  package var raftTerm: UInt64
  package var members: [Member]

  package struct Member: Hashable, Sendable, Codable {
    package var id: String
    package var name: String
    package var isVoter: Bool
  }

  /// Checks the whole backup, and counts.
  package init(_ backup: BackupFile) throws(BackupError) {
    let store = try backup.restore().store
    let header = backup.header
    do throws(MVCCError) {
      var count = RangeRequest(.all)
      count.countOnly = true
      totalKeys = Int(try store.range(count).count)
      hash = try store.hash(at: 0)
    } catch {
      throw BackupError(.damaged, backup.path, "the state in it cannot be read: \(error.message)")
    }
    checksum = hexadecimal(backup.checksum)
    totalSize = backup.size
    revision = store.revision
    compactRevision = store.compactRevision
    leases = store.leases.count
    clusterID = hexadecimal(header.clusterID)
    clusterName = header.clusterName
    takenFrom = header.memberName
    takenAt = header.time
    raftIndex = header.index
    raftTerm = header.term
    members = header.members.map { Member(id: hexadecimal($0.id), name: $0.name, isVoter: $0.isVoter) }
  }

  /// Lines for a terminal.
  package var text: String {
    let list = members.map { "\($0.name) (\($0.id)\($0.isVoter ? "" : ", learner"))" }.joined(separator: ", ")
    return """
      revision          \(revision)
      compacted to      \(compactRevision)
      keys              \(totalKeys)
      leases            \(leases)
      size              \(totalSize) bytes
      hash              \(hash) (as of etcdctl endpoint hashkv)
      SHA-256           \(checksum)
      cluster           \(clusterName) (\(clusterID))
      members           \(list.isEmpty ? "not recorded" : list)
      taken from        \(takenFrom), entry \(raftIndex) of term \(raftTerm)
      taken at          \(utc(milliseconds: takenAt))

      """
  }
}

/// A moment as in `2026-11-21 10:00:00 UTC`, by the civil calendar (Howard Hinnant's `civil_from_days`).
func utc(milliseconds: UInt64) -> String {
  let seconds = milliseconds / 1000
  let z = Int64(clamping: seconds / 86400) + 719_468
  let era = z / 146_097
  let dayOfEra = z - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shifted + 2) / 5 + 1
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  let second = seconds % 86400
  func two(_ value: some BinaryInteger) -> String { value < 10 ? "0\(value)" : "\(value)" }
  return "\(year)-\(two(month))-\(two(day)) \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60)) UTC"
}
