import ArgumentParser

/// `apus store`: a replica, and what is done with its files while it does not run.
struct Store: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run one replica of the store, or restore and recover a store.",
    discussion: """
      `apus store --config …` without a subcommand runs a replica: see `apus help store run` for its options. The other \
      subcommands work on files, while no replica uses them (docs/backup.md).
      """,
    subcommands: [
      StoreRun.self, StoreRestore.self, StoreSnapshot.self, StoreRecover.self, StoreReplay.self,
      StoreMemberCommand.self,
    ],
    defaultSubcommand: StoreRun.self)
}
