// Backups of a store, and what is done with a store's files while it does not run.
//
//     BackupHeader, BackupEncoder   a state as a backup's bytes, a piece at a time (etcd's Maintenance.Snapshot)
//     BackupFile                    a backup that lies in a file, checked
//     BackupStatus                  what is in it
//     BackupRestore                 a backup as a new cluster's data folder: `apus store restore`
//     Survivor, RecoveryPlan        what the members of a cluster that lost its majority have, and which is best: values
//     SurvivorReader                finds that out of their data folders, without changing them: `apus store recover`
//     RecoveryReport                the same as text
//
// A backup has the shape that etcd's clients check (etcdctl's `snapshot save`): content in whole blocks of 512 bytes, and
// behind it the SHA-256 of the content. It is not a bolt database, so that etcd's own tools cannot restore it, nor this
// one theirs.

/// What is wrong with a backup, or with restoring it: to be shown to an operator.
package struct BackupError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Code: Hashable, Sendable {
    /// The system refused an operation.
    case system
    /// The file is no backup of this store, or one of a later version.
    case foreign
    /// It was one: it has been cut or altered.
    case damaged
    /// It cannot be done with what was asked for.
    case refused
  }

  package var code: Code
  package var file: String
  package var message: String

  package init(_ code: Code, _ file: String, _ message: String) {
    self.code = code
    self.file = file
    self.message = message
  }

  package var description: String { "\(file): \(message)" }
}

/// Two hexadecimal digits a byte.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
