extension MVCCStore {
  /// Lets `count` revisions pass in which nothing happens, and compacts all before them: for a store that was restored
  /// from a backup and whose clients have seen later revisions than the backup holds. What they know is then older than
  /// anything they can ask for: they are told `compacted` and read anew, and are not given new changes under revisions
  /// that they know.
  ///
  /// - Parameter count: 0 leaves the store as it is.
  package mutating func skipRevisions(_ count: Int64) {
    guard count > 0 else { return }
    if revision > compactRevision { _ = apply(.compact(revision: revision)) }
    sweep(limit: .max)
    revision += count
    compactRevision = revision
    log.removeChunks(below: revision)
  }
}
