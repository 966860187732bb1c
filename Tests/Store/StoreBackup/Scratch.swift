import Glibc
import MVCC
import RaftCore
import RaftLog
import Replica
import StoreBackup

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A folder for one test, removed when it is done.
func withScratch(_ body: (String) throws -> Void) throws {
  let path = "/tmp/apus-backup-\(getpid())-\(UInt64.random(in: 0...(.max)))"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(path)
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

/// Writes whole files, to alter them.
func contents(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
  try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// Everything below a folder: names and contents, to see that nothing has changed.
func tree(_ path: String) throws -> [String: [UInt8]] {
  var files: [String: [UInt8]] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
    var status = stat()
    guard stat("\(path)/\(name)", &status) == 0 else { continue }
    files[name] = status.st_mode & S_IFMT == S_IFREG ? try contents("\(path)/\(name)") : []
  }
  return files
}

/// The payload of a command entry, as a member's client would have proposed it.
func command(_ command: Command, by member: MemberID = 1, start: UInt64 = 1, sequence: UInt64) -> [UInt8] {
  Envelope(
    id: ProposalID(origin: member, start: start, sequence: sequence), time: 0, command: .store(command)
  ).encoded()
}

func put(
  _ key: String, _ value: String, lease: LeaseID = 0, by member: MemberID = 1, start: UInt64 = 1, sequence: UInt64
) -> [UInt8] {
  command(
    .put(PutRequest(key: bytes(key), value: bytes(value), lease: lease)), by: member, start: start,
    sequence: sequence)
}

/// A replica's state after these entries, of term 1, behind nothing.
func state(_ payloads: [[UInt8]], voters: [MemberID] = [1, 2, 3]) -> ReplicaState {
  var state = ReplicaState(
    configuration: ReplicaConfiguration(member: 1, seed: 1), start: 0,
    base: SnapshotMetadata(index: 0, term: 0, membership: Membership(voters: voters)))
  var rest = payloads.enumerated().map { Entry(term: 1, index: UInt64($0 + 1), payload: $1) }[...]
  while !rest.isEmpty { rest = state.apply(rest) }
  _ = state.takeEffects()
  return state
}

func header(_ state: ReplicaState) -> BackupHeader {
  BackupHeader(
    clusterID: 7, clusterName: "lab", memberID: 1, memberName: "s1",
    members: [.init(id: 1, name: "s1", isVoter: true), .init(id: 2, name: "s2", isVoter: true)],
    time: 1_795_255_200_000, position: state.freeze().metadata, revision: state.store.revision,
    compactRevision: state.store.compactRevision)
}

func backUp(_ state: ReplicaState, to path: String) throws {
  try BackupWriter.write(try BackupEncoder(header(state), state.freeze()), to: path)
}
