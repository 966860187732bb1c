/// A running watch over one resource. Its owner calls `next()` in a loop, and `cancel()` when the client is gone.
package final class ObjectWatch: Sendable {
  /// The next event, in order of revision; nil when the watch has ended (after `cancel()`).
  ///
  /// - Throws: what ended it otherwise, to be sent as an `ERROR` event with the error's `Status`: the watcher read too
  ///   slowly, or the cache lost its place in the history.
  package func next() async throws(APIError) -> WatchEvent? { fatalError("being built") }

  /// Ends the watch; a waiting `next()` returns nil.
  package func cancel() { fatalError("being built") }
}
