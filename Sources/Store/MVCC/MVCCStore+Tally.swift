/// What a store has done since its process made it or read it from a snapshot: for metrics. It is no part of the
/// replicated state.
package struct StoreTally: Hashable, Sendable {
  /// Keys written, keys deleted, transactions, those within transactions included.
  package var puts: UInt64 = 0
  package var deletions: UInt64 = 0
  package var transactions: UInt64 = 0
  /// Bytes of keys and values that were written.
  package var putBytes: UInt64 = 0
  package var leasesGranted: UInt64 = 0
  package var leasesRevoked: UInt64 = 0

  package init() {}
}
